"""What detectors found in vessel positions, as observations of a record beside those that its author wrote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from tumen.engine.queries import Row
from tumen.record.sources import Source
from tumen.vessels.known import PortRow

#: Grades of positions as ships send them: nobody but the ship stands behind them, and a transmitter can be made to lie.
OBSERVED_GRADE = ("C", "3")

#: Grades of simulated positions: nothing can be said of what was not observed.
SIMULATED_GRADE = ("F", "6")

#: Kinds of findings on who a ship is that say she sent a listed vessel's number.
BY_NUMBER = ("listed-imo", "listed-mmsi")

#: Columns of the tables that detectors fill, each with its SQL type. An id names a finding; times are UTC.
FINDING_TABLES: Mapping[str, Mapping[str, str]] = {
    "encounters": {
        "id": "VARCHAR",
        "mmsi_1": "BIGINT",
        "mmsi_2": "BIGINT",
        "name_1": "VARCHAR",
        "name_2": "VARCHAR",
        "ship_type_1": "INTEGER",
        "ship_type_2": "INTEGER",
        "start": "TIMESTAMP",
        "end": "TIMESTAMP",
        "duration_h": "DOUBLE",
        "observed_h": "DOUBLE",
        "median_distance_m": "DOUBLE",
        "lon": "DOUBLE",
        "lat": "DOUBLE",
    },
    "calls": {
        "id": "VARCHAR",
        "mmsi": "BIGINT",
        "imo": "VARCHAR",
        "name": "VARCHAR",
        "ship_type": "INTEGER",
        "port": "VARCHAR",
        "certainty": "VARCHAR",
        "reception": "VARCHAR",
        "start": "TIMESTAMP",
        "end": "TIMESTAMP",
        "needed_speed_kn": "DOUBLE",
    },
    "identity": {
        "id": "VARCHAR",
        "kind": "VARCHAR",
        "mmsi": "BIGINT",
        "imo": "VARCHAR",
        "name": "VARCHAR",
        "word": "VARCHAR",
        "other": "VARCHAR",
        "start": "TIMESTAMP",
        "end": "TIMESTAMP",
        "gap_h": "DOUBLE",
        "score": "DOUBLE",
        "listed": "VARCHAR",
        "authority": "VARCHAR",
        "status": "VARCHAR",
        "list_source": "VARCHAR",
        "lon": "DOUBLE",
        "lat": "DOUBLE",
    },
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
        rows: of the tables `FINDING_TABLES`, by table.
        gaps: silences of ships to be drawn: mmsi, name, start, end, lon_1, lat_1, lon_2, lat_2.
        silences: how many there were in all.
        ports: those that were looked at.
        detectors: levers of each detector that ran, by its name.
        inputs: SHA-256 of every file of positions, by its name as the user gave it.
        start, end: the first and the last position.
        simulated: whether any of the positions is simulated.
        pairs: tracks of the pairs that a report draws.
        source: the id under which the record knows them.
    """

    rows: Mapping[str, Sequence[Row]]
    detectors: Mapping[str, Mapping[str, float]]
    inputs: Mapping[str, str]
    start: dt.datetime
    end: dt.datetime
    simulated: bool
    gaps: Sequence[Row] = ()
    silences: int = 0
    ports: Sequence[PortRow] = ()
    pairs: Sequence[PairTrack] = field(default=(), repr=False)
    source: str = "vessel-positions"

    @property
    def what(self) -> str:
        """What the raw records are called in a sentence."""
        return "vessel positions"

    @property
    def types(self) -> Mapping[str, Mapping[str, str]]:
        """Columns of the tables that detectors fill."""
        return FINDING_TABLES

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
        return table if table in FINDING_TABLES else ""

    @cached_property
    def matches(self) -> list[Row]:
        """Ships that may be on a list, by number first and then by the score of the name: rows of the table
        `identity`.
        """
        order = {kind: place for place, kind in enumerate((*BY_NUMBER, "listed-name"))}
        rows = [row for row in self.rows.get("identity", ()) if row["kind"] in order]
        return sorted(rows, key=lambda r: (order[r["kind"]], -r["score"], r["start"], r["id"]))

    def matched(self, mmsi: int, start: dt.datetime, end: dt.datetime | None) -> list[Row]:
        """Those of a ship that said the number or name between two moments, both included; to the last where end is
        None.
        """
        hers = self._matches_by_mmsi.get(mmsi, ())
        return [r for r in hers if r["end"] >= start and (end is None or r["start"] <= end)]

    def has_number(self, encounter: Row) -> bool:
        """Whether a ship of an encounter sent the number of a listed vessel during it."""
        return any(
            match["kind"] in BY_NUMBER
            for side in ("mmsi_1", "mmsi_2")
            for match in self.matched(encounter[side], encounter["start"], encounter["end"])
        )

    @cached_property
    def _matches_by_mmsi(self) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = {}
        for row in self.matches:
            found.setdefault(row["mmsi"], []).append(row)
        return found

    def listing(self, mmsi: int, start: dt.datetime, end: dt.datetime | None) -> str:
        """Which listed vessels a ship may have been between two moments, as words after its number; empty if none.

        Limits: A ship that sends a listed number need not be that vessel, and a likeness of names is no proof; it says
        so.
        """
        said: dict[str, list[str]] = {}
        for row in self.matched(mmsi, start, end):
            said.setdefault(said_match(row), []).append(f"{row['authority']}: {row['status']}")
        words = [f"; {how} ({', '.join(dict.fromkeys(lists))})" for how, lists in said.items()]
        return "".join(f"{w}; a likeness is no proof" if w.startswith("; name ") else w for w in words)

    def port_name(self, port: str) -> str:
        """What a port is called, by its id."""
        return next(p.name for p in self.ports if p.id == port)

    @property
    def days(self) -> str:
        """The days that the positions span, in words."""
        return f"{self.start:%Y-%m-%d} to {self.end:%Y-%m-%d}"


def said_match(row: Row) -> str:
    """How a ship matches a listed vessel, in words.

    Args:
        row: one of `Findings.matches`.
    """
    listed = row["other"] or "a vessel without a name"
    if row["kind"] == "listed-name":
        return f"name {row['score']:.0f} of 100 like {listed}"
    return f"{'IMO number' if row['kind'] == 'listed-imo' else 'MMSI'} of {listed}"


def found_at_sea(findings: Mapping[str, object]) -> SeaFindings | None:
    """What was found in vessel positions, where such were given.

    Args:
        findings: of a record or an evaluation, by the name of the raw records.
    """
    return next((found for found in findings.values() if isinstance(found, SeaFindings)), None)
