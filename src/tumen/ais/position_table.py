"""The table of vessel positions that detectors look in, and what is counted of the reading of files into it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from tumen.ais.position_columns import ColumnsRead
from tumen.ais.position_dialects import PositionHints
from tumen.ais.static_data import SAID_OF_SELF
from tumen.engine.queries import Engine, query, typed
from tumen.errors import Place, Problem

#: The columns of the table of positions, in order; t is UTC.
POSITION_COLUMNS: Mapping[str, str] = {
    "mmsi": "BIGINT",
    "t": "TIMESTAMP",
    "lon": "DOUBLE",
    "lat": "DOUBLE",
    "speed_kn": "DOUBLE",
    "course_deg": "DOUBLE",
    "heading_deg": "DOUBLE",
    "ship_type": "INTEGER",
    "name": "VARCHAR",
    "imo": "BIGINT",
    "draught_m": "DOUBLE",
    "receiver": "VARCHAR",
}

#: One MMSI in more places than this at one moment is no ship that can be followed.
MOST_PLACES = 20

DUPLICATE = "a position that is there already"
CROWDED = f"one MMSI in more than {MOST_PLACES} places at one moment"

#: Who writes tidy positions that need no second look; in their files' metadata.
MADE_BY = ("tumen import ais", "tumen simulate ais")

#: A row of a file once it has been judged; `copies` rows of the file say the same.
JUDGED_COLUMNS: Mapping[str, str] = {
    **POSITION_COLUMNS,
    "reason": "VARCHAR",
    "copies": "BIGINT",
    "swapped": "BOOLEAN",
    "zoned": "BOOLEAN",
}

_ROOM = "tumen.ais"


@dataclass(frozen=True)
class Reading:
    """What came of reading files of positions.

    Args:
        rows: positions kept.
        vessels: MMSIs among them.
        first, last: their earliest and latest time, UTC; None where there is none.
        dropped: rows left out, by file as the user named it, then by reason. Duplicates and crowded
            moments are found across files and stand under "".
        notes: what a reader should know beside the counts.
        said: rows without a position that say who their ships are; they are joined to positions by MMSI and time.
        columns: which columns of each file were read, and which were not; nothing of a file of sentences.
        simulated: whether any position is simulated.
    """

    rows: int
    vessels: int
    first: dt.datetime | None
    last: dt.datetime | None
    dropped: Mapping[str, Mapping[str, int]]
    notes: tuple[Problem, ...]
    said: int = 0
    columns: tuple[ColumnsRead, ...] = ()
    simulated: bool = False

    @property
    def dropped_rows(self) -> int:
        """All rows left out."""
        return sum(sum(reasons.values()) for reasons in self.dropped.values())


@dataclass(frozen=True)
class PositionsFound:
    """What has been read so far.

    Args:
        parts: the judged rows of each file, as Parquet of our own, and the file as the user named it.
    """

    parts: list[tuple[Path, str]] = field(default_factory=list)
    dropped: dict[str, Counter[str]] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)
    columns: list[ColumnsRead] = field(default_factory=list)
    hints: PositionHints = field(default_factory=PositionHints)


@dataclass(frozen=True)
class _Dropped:
    """One row of positions_dropped.sql: how many rows of a file fell out for a reason, None for those that are kept."""

    file: str
    reason: str | None
    rows: int
    swapped: int
    zoned: int


@dataclass(frozen=True)
class PositionsSummary:
    """One row of positions_summary.sql: what is kept of all files, and what fell out between them."""

    positions: int
    vessels: int
    first: dt.datetime | None
    last: dt.datetime | None
    simulated: str
    duplicates: int
    crowded: int


def count_dropped(engine: Engine, found: PositionsFound) -> None:
    """Count what each file's rows were left out for."""
    dropped = typed(engine.rows(query(_ROOM, "positions_dropped")), _Dropped)
    for file, rows in groupby(dropped, key=lambda row: row.file):
        counted = {row.reason: row for row in rows}
        left_out = {reason: row.rows for reason, row in counted.items() if reason is not None}
        found.said[file] += left_out.pop(SAID_OF_SELF, 0)
        found.dropped[file].update(left_out)
        found.notes.extend(_odd(file, counted))


def _odd(shown: str, counted: Mapping[str | None, _Dropped]) -> list[Problem]:
    """What the counts of a file tell of the file as a whole."""
    rows = sum(row.rows for row in counted.values())
    zoned = sum(row.zoned for row in counted.values())
    swapped = sum(row.swapped for row in counted.values())
    kept = counted[None].rows if None in counted else 0
    notes = []
    if not kept and swapped:
        notes.append(
            Problem(
                Place(shown),
                got="positions that are all off the globe",
                expected="longitudes and latitudes",
                fix=f"Swapped, {swapped} of {rows} would be on it: change the names of the two columns.",
                slug="positions-swapped",
                severity="warning",
            )
        )
    if 0 < zoned < rows:
        notes.append(
            Problem(
                Place(shown),
                got=f"times with a time zone ({zoned}) and without one ({rows - zoned})",
                expected="times of one kind",
                fix="Those without one were taken as UTC.",
                slug="positions-zones",
                severity="warning",
            )
        )
    return notes


def reading_of(found: PositionsFound, told: PositionsSummary) -> Reading:
    """What came of reading, of what was found on the way and the summary of it."""
    found.dropped[""] = +Counter({DUPLICATE: told.duplicates, CROWDED: told.crowded})
    dropped = {name: dict(+reasons) for name, reasons in found.dropped.items() if +reasons}
    return Reading(
        told.positions,
        told.vessels,
        told.first,
        told.last,
        dropped,
        tuple(found.notes),
        found.said.total(),
        tuple(found.columns),
        told.simulated == "true",
    )
