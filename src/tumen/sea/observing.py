"""All detectors over one set of positions, for a case: what they find becomes observations of its record."""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib.util
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tumen.engine.queries import Engine, Row, query
from tumen.errors import Place, Problem
from tumen.record.hashes import sha256
from tumen.sea.calls.feasible_calls import feasible_calls
from tumen.sea.calls.port_calls import port_calls
from tumen.sea.detecting import Sea, SeaDetector, opened_sea
from tumen.sea.encounters.encounters import encounters
from tumen.sea.gaps.gaps import gaps as silences
from tumen.sea.identity.identity import identity
from tumen.sea.pair_tracks import pair_tracks
from tumen.sea.sea_findings import BY_NUMBER, SeaFindings
from tumen.sea.sea_levers import CaseLevers, IdentityLevers
from tumen.vessels.known import Known
from tumen.vessels.ports import PortPlace

_ROOM = "tumen.vessels"

#: Pairs whose tracks are kept for drawing, at most.
PAIRS = 12

#: Silences that are kept for drawing, the longest ones; all are counted.
SILENCES = 200

Ships = Mapping[int, Row]
Noted = dict[str, dict[str, Any]]


def observe(
    files: Sequence[Path],
    known: Known,
    engine_url: str,
    now: dt.datetime,
    doing: Callable[[str], None] = lambda _: None,
    levers: CaseLevers = CaseLevers(),
) -> tuple[SeaFindings, tuple[Problem, ...]]:
    """Run the detectors over files of positions and gather what they find.

    Args:
        files: of vessel positions, at least one, as `tumen import ais` reads or writes them.
        known: what the case says of ports and ships.
        now: the time, UTC; positions of a later day are left out.
        doing: told in words what is being done.
        levers: of the detectors.

    Returns: the findings, each with an id that the same positions always give it, and what a reader should know.

    Raises: ProblemsError where no position is left. EngineError.

    Limits: Calls are kept at ports of the focal state and at those of which the case says what they handle. The
    findings name the levers.
    """
    ports, places = known.ports, known.places(named_by="id")
    with opened_sea(files, places, engine_url, None, now, doing) as sea:
        ships = {int(row["mmsi"]): row for row in sea.engine.rows(query(_ROOM, "ships"))}
        noted: Noted = {}
        doing("looking for encounters")
        met = _met(_look(sea.engine, encounters(levers.encounters), noted), ships)
        sea.engine.drop("tracked")  # of the ships that came near others; the next detectors follow all
        doing("looking for calls and silences")
        telling = {p.id for p in ports if p.territory == known.focal or p.handles}
        calls, gaps, notes = _calls(sea.engine, places, telling, levers, noted)
        doing("looking who the ships are")
        who, more = _identity(sea.engine, known, levers.identity, noted)
        tied = {int(c["mmsi"]) for c in calls if c["certainty"] == "observed" or c["reception"] == "good"}
        tied |= {int(w["mmsi"]) for w in who if w["kind"] in BY_NUMBER}
        pairs = pair_tracks(sea.engine, _suspicious(met, tied), levers.encounters.leg_h)
        (span,) = sea.engine.rows('select min(t) as "first", max(t) as "last" from positions')
        found = SeaFindings(
            {"encounters": met, "calls": calls, "identity": who},
            noted,
            {str(f): sha256(f) for f in files},
            span["first"],
            span["last"],
            sea.simulated,
            _longest(gaps),
            len(gaps),
            ports,
            pairs,
        )
        return found, (*_read(sea), *notes, *more)


def _read(sea: Sea) -> tuple[Problem, ...]:
    """What was said of files that had to be read first."""
    return sea.reading.notes if sea.reading else ()


def _look(engine: Engine, detector: SeaDetector, noted: Noted) -> list[Row]:
    """A detector's findings in its order; its levers are noted."""
    detector.find(engine)
    noted[detector.name] = dataclasses.asdict(detector.levers)
    return engine.rows(detector.query)


def _met(rows: Sequence[Row], ships: Ships) -> list[Row]:
    """Encounters as the record has them, with what the ships say of themselves."""
    found: list[Row] = []
    for row in rows:
        both = ((n, ships[row[f"mmsi_{n}"]]) for n in (1, 2))
        said = {f"{what}_{n}": ship[what] for n, ship in both for what in ("name", "ship_type")}
        found.append({**row, **said, "id": f"encounter-{row['mmsi_1']}-{row['mmsi_2']}-{_moment(row['start'])}"})
    return found


def _calls(
    engine: Engine, places: Sequence[PortPlace], telling: set[str], levers: CaseLevers, noted: Noted
) -> tuple[list[Row], list[Row], tuple[Problem, ...]]:
    """Calls seen and feasible at telling ports, silences from the longest on, and what could not be looked for."""
    seen = (
        [row for row in _look(engine, port_calls(levers.port_calls), noted) if row["port"] in telling] if places else []
    )
    if any(place.focal and place.kind == "port" for place in places) and importlib.util.find_spec("searoute"):
        feasible = [row for row in _look(engine, feasible_calls(levers.feasible_calls), noted) if row["feasible"]]
        gaps = engine.rows(silences().query)
        notes: tuple[Problem, ...] = ()
    else:
        feasible, gaps, notes = [], _look(engine, silences(levers.gaps), noted), (_no_calls(places),)
    engine.drop("gaps")  # whoever looks at silences next has levers of its own
    calls = [*_numbered(map(_seen, seen)), *_numbered(map(_feasible, feasible))]
    return calls, sorted(gaps, key=lambda gap: -gap["duration_h"]), notes


def _identity(
    engine: Engine, known: Known, levers: IdentityLevers, noted: Noted
) -> tuple[list[Row], tuple[Problem, ...]]:
    """What does not fit in what ships say of themselves, with who lists them, and what could not be looked for."""
    names = importlib.util.find_spec("rapidfuzz") is not None
    rows = _look(engine, identity(levers, known.vessels, names), noted)
    found = _numbered(_who(row, known) for row in rows)
    return found, () if names or not any(vessel.listed for vessel in known.vessels) else (_NO_NAMES,)


#: What is said where names cannot be compared.
_NO_NAMES = Problem(
    Place("--positions"),
    got="no way to compare names",
    expected="the extra 'ais'",
    fix="Ships were compared with the table 'designated_vessels' by number alone: pip install 'tumen[ais]'.",
    slug="names-not-compared",
    severity="warning",
)


def _who(row: Row, known: Known) -> Row:
    """A finding on who a ship is; of a ship on a list also who lists her and where that was read."""
    imo = f"{row['imo']:07}" if row["imo"] is not None else None
    listing = known.listings.get(row["listed"]) if row["kind"].startswith("listed-") else None
    told = {what: getattr(listing, what, None) for what in ("authority", "status")}
    name = f"identity-{row['kind']}-{row['mmsi']}-{_moment(row['start'])}"
    return {**row, **told, "imo": imo, "list_source": getattr(listing, "source", None), "id": name}


def _numbered(rows: Iterable[Row]) -> list[Row]:
    """Rows with a number behind an id that another has: one silence may have several ports within reach."""
    of: Counter[str] = Counter()
    found: list[Row] = []
    for row in rows:
        of[row["id"]] += 1
        found.append({**row, "id": f"{row['id']}-{of[row['id']]}" if of[row["id"]] > 1 else row["id"]})
    return found


def _no_calls(places: Sequence[PortPlace]) -> Problem:
    if any(place.focal for place in places):
        return Problem(
            Place("--positions"),
            got="no way to tell distances by sea",
            expected="the extra 'sea'",
            fix="Calls that ships could have made while silent were not looked for: pip install 'tumen[sea]'.",
            slug="calls-not-looked-for",
            severity="warning",
        )
    return Problem(
        Place("--positions"),
        got="no port of the focal state in the table 'ports'",
        expected="its ports",
        fix="Calls there were not looked for.",
        slug="calls-not-looked-for",
        severity="warning",
    )


def _seen(row: Row) -> Row:
    """A call that was seen; its end is open where the track ends in port."""
    return {
        **_ship(row),
        "id": f"call-{row['mmsi']}-{_moment(row['start'])}",
        "port": row["port"],
        "certainty": "observed",
        "reception": None,
        "start": row["start"],
        "end": row["end"] if row["departed"] else None,
        "needed_speed_kn": None,
    }


def _feasible(row: Row) -> Row:
    """A call that could have been made in a silence, which it begins and ends with."""
    return {
        **_ship(row),
        "id": f"dark-call-{row['mmsi']}-{_moment(row['start'])}",
        "port": row["port"],
        "certainty": "feasible",
        "reception": row["reception"],
        "start": row["start"],
        "end": row["end"],
        "needed_speed_kn": row["speed_needed_kn"],
    }


def _ship(row: Row) -> Row:
    imo = f"{row['imo']:07}" if row["imo"] is not None else None
    return {"mmsi": row["mmsi"], "imo": imo, "name": row["name"], "ship_type": row["ship_type"]}


def _moment(moment: dt.datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def _suspicious(met: Sequence[Row], tied: set[int]) -> list[Row]:
    """The encounters to draw, those of a telling ship first, then the longest.

    Args:
        tied: ships that called, or may have, at a port of the case, or that send the number of a listed vessel.
    """
    order = sorted(met, key=lambda r: (not {r["mmsi_1"], r["mmsi_2"]} & tied, -r["duration_h"], r["id"]))
    return order[:PAIRS]


def _longest(gaps: Sequence[Row]) -> tuple[Row, ...]:
    """The silences to draw: those that reception does not explain, the longest of them."""
    columns = ("mmsi", "name", "start", "end", "lon_1", "lat_1", "lon_2", "lat_2")
    return tuple({c: row[c] for c in columns} for row in gaps if row["reception"] == "good")[:SILENCES]
