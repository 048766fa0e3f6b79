"""What detectors found in vessel positions, as observations of a record beside those that its author wrote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from tumen.record.sources import Source
from tumen.sea.encounters.ships_met import ShipsMet
from tumen.vessels.known import PortRow

if TYPE_CHECKING:
    from tumen.sea.gaps.gaps import Gap

#: Grades of positions as ships send them: nobody but the ship stands behind them, and a transmitter can be made to lie.
OBSERVED_GRADE = ("C", "3")

#: Grades of simulated positions: nothing can be said of what was not observed.
SIMULATED_GRADE = ("F", "6")

#: Kinds of findings on who a ship is that say she sent a listed vessel's number.
BY_NUMBER = ("listed-imo", "listed-mmsi")


@dataclass(frozen=True)
class EncounterFinding(ShipsMet):
    """An encounter, with what the ships say of themselves."""

    name_1: str | None
    ship_type_1: int | None
    name_2: str | None
    ship_type_2: int | None
    id: str

    @property
    def ships(self) -> tuple[tuple[int, str | None], ...]:
        """MMSI and name of each ship."""
        return (self.mmsi_1, self.name_1), (self.mmsi_2, self.name_2)


@dataclass(frozen=True)
class CallFinding:
    """A call at a port of the case, seen or feasible in a silence.

    Args:
        imo: seven digits.
        port: its id.
        reception: of a silence, as in `Gap`.
        start, end: of the stay or the silence, UTC; end None where the track ends in port.
    """

    mmsi: int
    imo: str | None
    name: str | None
    ship_type: int | None
    id: str
    port: str
    certainty: Literal["observed", "feasible"]
    reception: Literal["good", "poor", "untested"] | None
    start: dt.datetime
    end: dt.datetime | None
    needed_speed_kn: float | None

    @property
    def ships(self) -> tuple[tuple[int, str | None], ...]:
        """MMSI and name of the ship."""
        return ((self.mmsi, self.name),)


@dataclass(frozen=True)
class IdentityFinding:
    """What does not fit in what a ship says of herself, as `find_identity` has it; of a listed vessel also who lists
    her.

    Args:
        imo: seven digits.
        authority, status, list_source: who lists her as what, and the id of the source where that was read.
    """

    kind: str
    mmsi: int
    name: str | None
    imo: str | None
    word: str | None
    other: str | None
    start: dt.datetime
    end: dt.datetime
    gap_h: float | None
    score: float | None
    listed: str | None
    lon: float | None
    lat: float | None
    authority: str | None
    status: str | None
    list_source: str | None
    id: str

    @property
    def ships(self) -> tuple[tuple[int, str | None], ...]:
        """MMSI and name of the ship."""
        return ((self.mmsi, self.name),)


#: What a finding is, by the table that such findings fill. An id names a finding; times are UTC.
FORMS: Mapping[str, type[EncounterFinding | CallFinding | IdentityFinding]] = {
    "encounters": EncounterFinding,
    "calls": CallFinding,
    "identity": IdentityFinding,
}


@dataclass(frozen=True)
class Trace:
    """One ship around an encounter, as heard.

    Args:
        hours: since the encounter's start, rising.
        speeds_kn: speed over ground at each; NaN where the ship did not say.
        silences: stretches of hours in which the ship was silent.
    """

    mmsi: int
    hours: tuple[float, ...]
    speeds_kn: tuple[float, ...]
    silences: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class PairTrack:
    """Two ships around an encounter: how far apart they were, and how fast each was.

    Args:
        encounter: id of the finding.
        hours: since the encounter's start, rising, at which a ship was heard.
        distances_m: between the two at each; NaN where either was silent.
    """

    encounter: str
    hours: tuple[float, ...]
    distances_m: tuple[float, ...]
    ships: tuple[Trace, Trace]


@dataclass(frozen=True)
class SeaFindings:
    """What detectors found in files of vessel positions.

    Args:
        gaps: silences of ships to be drawn.
        silences: how many there were in all.
        ports: those that were looked at.
        detectors: levers of each detector that ran, by its name.
        inputs: SHA-256 of every file of positions, by a name as `hashes_by_name` gives it.
        start, end: the first and the last position.
        simulated: whether any of the positions is simulated.
        pairs: tracks of the pairs that a report draws.
        source: the id under which the record knows them.
        later: positions that were left out, as they were heard after the case's day.
    """

    encounters: Sequence[EncounterFinding]
    calls: Sequence[CallFinding]
    identity: Sequence[IdentityFinding]
    detectors: Mapping[str, Mapping[str, float]]
    inputs: Mapping[str, str]
    start: dt.datetime
    end: dt.datetime
    simulated: bool
    gaps: Sequence[Gap] = ()
    silences: int = 0
    ports: Sequence[PortRow] = ()
    pairs: Sequence[PairTrack] = field(default=(), repr=False)
    source: str = "vessel-positions"
    later: int = 0

    @property
    def what(self) -> str:
        """What the raw records are called in a sentence."""
        return "vessel positions"

    @property
    def forms(self) -> Mapping[str, type[EncounterFinding | CallFinding | IdentityFinding]]:
        """What a finding is, by the table that such findings fill."""
        return FORMS

    @property
    def rows(self) -> Mapping[str, Sequence[EncounterFinding | CallFinding | IdentityFinding]]:
        """The findings, by table."""
        return {"encounters": self.encounters, "calls": self.calls, "identity": self.identity}

    def origin(self) -> Source:
        """The source that findings have in place of a publication.

        Grades: observed positions C3, simulated ones F6. The rule is ours; docs/from-ais-to-a-finding.md says why.
        """
        reliability, credibility = SIMULATED_GRADE if self.simulated else OBSERVED_GRADE
        kind = "simulated vessel positions" if self.simulated else "vessel positions"
        return Source(
            self.source,
            kind,
            f"found by Tumen in {kind} of {self.days}",
            "",
            str(self.end.date()),
            reliability,
            credibility,
            "public",
            "",
        )

    def renamed(self, source: str) -> SeaFindings:
        """The same findings under another id."""
        return replace(self, source=source)

    def detector(self, table: str, finding: str) -> str:
        """Which detector found a row of the record, or nothing where none did.

        Args:
            table, finding: the row's table and id.
        """
        if table == "calls":
            return "feasible-calls" if finding.startswith("dark-call-") else "port-calls"
        return table if table in FORMS else ""

    @cached_property
    def matches(self) -> list[IdentityFinding]:
        """Ships that may be on a list, by number first and then by the score of the name."""
        order = {kind: place for place, kind in enumerate((*BY_NUMBER, "listed-name"))}
        rows = [row for row in self.identity if row.kind in order]
        return sorted(rows, key=lambda row: (order[row.kind], -(row.score or 0), row.start, row.id))

    def matched(self, mmsi: int, start: dt.datetime, end: dt.datetime | None) -> list[IdentityFinding]:
        """Those of a ship that said the number or name between two moments, both included; to the last where end is
        None.
        """
        hers = self._matches_by_mmsi.get(mmsi, ())
        return [row for row in hers if row.end >= start and (end is None or row.start <= end)]

    def has_number(self, encounter: EncounterFinding) -> bool:
        """Whether a ship of an encounter sent the number of a listed vessel during it."""
        return any(
            match.kind in BY_NUMBER
            for mmsi, _ in encounter.ships
            for match in self.matched(mmsi, encounter.start, encounter.end)
        )

    @cached_property
    def _matches_by_mmsi(self) -> dict[int, list[IdentityFinding]]:
        found: dict[int, list[IdentityFinding]] = {}
        for row in self.matches:
            found.setdefault(row.mmsi, []).append(row)
        return found

    def listing(self, mmsi: int, start: dt.datetime, end: dt.datetime | None) -> str:
        """Which listed vessels a ship may have been between two moments, as words after its number; empty if none.

        Limits: A ship that sends a listed number need not be that vessel, and a likeness of names is no proof; it says
        so.
        """
        said: dict[str, list[str]] = {}
        for row in self.matched(mmsi, start, end):
            said.setdefault(said_match(row), []).append(f"{row.authority}: {row.status}")
        words = [f"; {how} ({', '.join(dict.fromkeys(lists))})" for how, lists in said.items()]
        return "".join(f"{w}; a likeness is no proof" if w.startswith("; name ") else w for w in words)

    def port_name(self, port: str) -> str:
        """What a port is called, by its id."""
        return next(p.name for p in self.ports if p.id == port)

    @property
    def days(self) -> str:
        """The days that the positions span, in words."""
        return f"{self.start:%Y-%m-%d} to {self.end:%Y-%m-%d}"


def said_match(row: IdentityFinding) -> str:
    """How a ship matches a listed vessel, in words.

    Args:
        row: one of `SeaFindings.matches`.
    """
    listed = row.other or "a vessel without a name"
    if row.kind == "listed-name":
        return f"name {row.score:.0f} of 100 like {listed}"
    return f"{'IMO number' if row.kind == 'listed-imo' else 'MMSI'} of {listed}"


def found_at_sea(findings: Mapping[str, object]) -> SeaFindings | None:
    """What was found in vessel positions, where such were given.

    Args:
        findings: of a record or an evaluation, by the name of the raw records.
    """
    return next((found for found in findings.values() if isinstance(found, SeaFindings)), None)
