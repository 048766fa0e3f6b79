"""All detectors over one set of positions, for a case: what they find becomes observations of its record."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from tumen.engine.queries import Engine, typed
from tumen.errors import Place, Problem
from tumen.record.hashes import hashes_by_name
from tumen.sea.calls.feasible_calls import CallInSilence, feasible_calls
from tumen.sea.calls.port_calls import PortCall, port_calls
from tumen.sea.detecting import SeaDetector, opened_sea
from tumen.sea.encounters.encounters import encounters
from tumen.sea.encounters.ships_met import ShipsMet
from tumen.sea.gaps.gaps import Gap
from tumen.sea.gaps.gaps import gaps as silences
from tumen.sea.identity.identity import IdentityDoubt, identity
from tumen.sea.pair_tracks import pair_tracks
from tumen.sea.sea_findings import BY_NUMBER, CallFinding, EncounterFinding, IdentityFinding, SeaFindings
from tumen.sea.sea_levers import CaseLevers, IdentityLevers
from tumen.vessels.known import Known, SaidShip
from tumen.vessels.ports import PortPlace
from tumen.vessels.ship_names import make_ships

#: Pairs whose tracks are kept for drawing, at most.
PAIRS = 12

#: Silences that are kept for drawing, the longest ones; all are counted.
SILENCES = 200

T = TypeVar("T")
F = TypeVar("F", CallFinding, IdentityFinding)

Noted = dict[str, dict[str, Any]]


@dataclasses.dataclass(frozen=True)
class _Span:
    """When the first position was heard, and the last."""

    first: dt.datetime
    last: dt.datetime


def observe(
    files: Sequence[Path],
    known: Known,
    engine_url: str,
    now: dt.datetime,
    doing: Callable[[str], None] = lambda _: None,
    levers: CaseLevers = CaseLevers(),
    as_of: dt.date | None = None,
) -> tuple[SeaFindings, tuple[Problem, ...]]:
    """Run the detectors over files of positions and gather what they find.

    Args:
        files: of vessel positions, at least one, as `tumen import ais` reads or writes them.
        known: what the case says of ports and ships.
        now: the time, UTC; positions of a later day are left out.
        doing: told in words what is being done.
        levers: of the detectors.
        as_of: the last day whose positions count; all count where None.

    Returns: the findings, each with an id that the same positions always give it, and what a reader should know.

    Raises: ProblemsError where no position is left. EngineError.

    Limits: Calls are kept at ports of the focal state and at those of which the case says what they handle. The
    findings name the levers.
    """
    ports, places = known.ports, known.places(named_by="id")
    with opened_sea(files, places, engine_url, None, now, doing, as_of) as sea:
        make_ships(sea.engine)
        ships = {ship.mmsi: ship for ship in typed(sea.engine.rows("select * from ships"), SaidShip)}
        sea.engine.drop("ships")
        noted: Noted = {}
        doing("looking for encounters")
        met = [_met(row, ships) for row in _look(sea.engine, encounters(levers.encounters), ShipsMet, noted)]
        sea.engine.drop("tracked")  # of the ships that came near others; the next detectors follow all
        doing("looking for calls and silences")
        telling = {p.id for p in ports if p.territory == known.focal or p.handles}
        calls, gaps, notes = _calls(sea.engine, places, telling, levers, noted)
        doing("looking who the ships are")
        who = _identity(sea.engine, known, levers.identity, noted)
        tied = {call.mmsi for call in calls if call.certainty == "observed" or call.reception == "good"}
        tied |= {doubt.mmsi for doubt in who if doubt.kind in BY_NUMBER}
        pairs = pair_tracks(sea.engine, _suspicious(met, tied), levers.encounters.leg_h)
        (span,) = typed(sea.engine.rows('select min(t) as "first", max(t) as "last" from positions'), _Span)
        found = SeaFindings(
            met,
            calls,
            who,
            noted,
            hashes_by_name(files),
            span.first,
            span.last,
            sea.simulated,
            _longest(gaps),
            len(gaps),
            ports,
            pairs,
            later=sea.later,
        )
        return found, (*(sea.reading.notes if sea.reading else ()), *notes)


def _look(engine: Engine, detector: SeaDetector, form: type[T], noted: Noted) -> list[T]:
    """A detector's findings in its order; its levers are noted."""
    detector.find(engine)
    noted[detector.name] = dataclasses.asdict(detector.levers)
    return typed(engine.rows(detector.query), form)


def _met(row: ShipsMet, ships: Mapping[int, SaidShip]) -> EncounterFinding:
    """An encounter as the record has it, with what the ships say of themselves."""
    one, other = ships[row.mmsi_1], ships[row.mmsi_2]
    return EncounterFinding(
        **vars(row),
        name_1=one.name,
        ship_type_1=one.ship_type,
        name_2=other.name,
        ship_type_2=other.ship_type,
        id=f"encounter-{row.mmsi_1}-{row.mmsi_2}-{_moment(row.start)}",
    )


def _calls(
    engine: Engine, places: Sequence[PortPlace], telling: set[str], levers: CaseLevers, noted: Noted
) -> tuple[list[CallFinding], list[Gap], tuple[Problem, ...]]:
    """Calls seen and feasible at telling ports, silences from the longest on, and what could not be looked for."""
    at_ports = _look(engine, port_calls(levers.port_calls), PortCall, noted) if places else []
    seen = [_seen(call) for call in at_ports if call.port in telling]
    if any(place.focal and place.kind == "port" for place in places):
        in_silence = _look(engine, feasible_calls(levers.feasible_calls), CallInSilence, noted)
        gaps = typed(engine.rows(silences().query), Gap)
        notes: tuple[Problem, ...] = ()
    else:
        in_silence, gaps, notes = [], _look(engine, silences(levers.gaps), Gap, noted), (_NO_CALLS,)
    engine.drop("gaps")  # whoever looks at silences next has levers of its own
    calls = [*_numbered(seen), *_numbered(_feasible(call) for call in in_silence if call.feasible)]
    return calls, sorted(gaps, key=lambda gap: -gap.duration_h), notes


def _identity(engine: Engine, known: Known, levers: IdentityLevers, noted: Noted) -> list[IdentityFinding]:
    """What does not fit in what ships say of themselves, with who lists them."""
    rows = _look(engine, identity(levers, known.vessels), IdentityDoubt, noted)
    return _numbered(_who(row, known) for row in rows)


def _who(row: IdentityDoubt, known: Known) -> IdentityFinding:
    """A finding on who a ship is; of a ship on a list also who lists her and where that was read."""
    listing = known.listings.get(row.listed) if row.listed and row.kind.startswith("listed-") else None
    said: dict[str, Any] = {**vars(row), "imo": _imo(row.imo)}
    return IdentityFinding(
        **said,
        authority=listing.authority if listing else None,
        status=listing.status if listing else None,
        list_source=listing.source if listing else None,
        id=f"identity-{row.kind}-{row.mmsi}-{_moment(row.start)}",
    )


def _numbered(rows: Iterable[F]) -> list[F]:
    """Rows with a number behind an id that another has: one silence may have several ports within reach."""
    of: Counter[str] = Counter()
    found: list[F] = []
    for row in rows:
        of[row.id] += 1
        found.append(dataclasses.replace(row, id=f"{row.id}-{of[row.id]}") if of[row.id] > 1 else row)
    return found


#: What is said where no port is one of the focal state's.
_NO_CALLS = Problem(
    Place("--positions"),
    got="no port of the focal state in the table 'ports'",
    expected="its ports",
    fix="Calls there were not looked for.",
    slug="calls-not-looked-for",
    severity="warning",
)


def _seen(call: PortCall) -> CallFinding:
    """A call that was seen; its end is open where the track ends in port."""
    return CallFinding(
        mmsi=call.mmsi,
        imo=_imo(call.imo),
        name=call.name,
        ship_type=call.ship_type,
        id=f"call-{call.mmsi}-{_moment(call.start)}",
        port=call.port,
        certainty="observed",
        reception=None,
        start=call.start,
        end=call.end if call.departed else None,
        needed_speed_kn=None,
    )


def _feasible(call: CallInSilence) -> CallFinding:
    """A call that could have been made in a silence, which it begins and ends with."""
    return CallFinding(
        mmsi=call.mmsi,
        imo=_imo(call.imo),
        name=call.name,
        ship_type=call.ship_type,
        id=f"dark-call-{call.mmsi}-{_moment(call.start)}",
        port=call.port,
        certainty="feasible",
        reception=call.reception,
        start=call.start,
        end=call.end,
        needed_speed_kn=call.speed_needed_kn,
    )


def _imo(number: int | None) -> str | None:
    """An IMO number as the record has it, seven digits."""
    return f"{number:07}" if number is not None else None


def _moment(moment: dt.datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def _suspicious(met: Sequence[EncounterFinding], tied: set[int]) -> list[EncounterFinding]:
    """The encounters to draw, those of a telling ship first, then the longest.

    Args:
        tied: ships that called, or may have, at a port of the case, or that send the number of a listed vessel.
    """
    order = sorted(met, key=lambda row: (not {row.mmsi_1, row.mmsi_2} & tied, -row.duration_h, row.id))
    return order[:PAIRS]


def _longest(gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """The silences to draw: those that reception does not explain, the longest of them."""
    return tuple(gap for gap in gaps if gap.reception == "good")[:SILENCES]
