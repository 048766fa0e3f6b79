"""Vessel positions from files as they are published to one tidy table, with a count of what was left out and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from tumen.ais.position_files import (
    NAMES,
    PositionFile,
    canonical,
    copy_lines,
    lacking_columns,
    lines,
    open_file,
    positions_unreadable,
)
from tumen.ais.positions_nmea import Sentences, write_rows
from tumen.engine.queries import Engine, FilePart, UnreadableFileError, query, typed
from tumen.errors import EngineError, Place, Problem, ProblemsError
from tumen.record.readers.published_files import UNREADABLE_LINE, FileProgress
from tumen.scratch import new_name, scratch_folder

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
_JUDGED: Mapping[str, str] = {
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
    """

    rows: int
    vessels: int
    first: dt.datetime | None
    last: dt.datetime | None
    dropped: Mapping[str, Mapping[str, int]]
    notes: tuple[Problem, ...]

    @property
    def dropped_rows(self) -> int:
        """All rows left out."""
        return sum(sum(reasons.values()) for reasons in self.dropped.values())


@dataclass(frozen=True)
class _Found:
    """What has been read so far.

    Args:
        parts: the judged rows of each file, as Parquet of our own, and the file as the user named it.
    """

    parts: list[tuple[Path, str]] = field(default_factory=list)
    dropped: dict[str, Counter[str]] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class _Dropped:
    """One row of positions_dropped.sql: how many rows of a file fell out for a reason, None for those that are kept."""

    file: str
    reason: str | None
    rows: int
    swapped: int
    zoned: int


@dataclass(frozen=True)
class _Summary:
    """One row of positions_summary.sql: what is kept of all files, and what fell out between them."""

    positions: int
    vessels: int
    first: dt.datetime | None
    last: dt.datetime | None
    simulated: str
    duplicates: int
    crowded: int


def read_positions(
    files: Sequence[Path],
    out: Path,
    engine: Callable[[], Engine],
    now: dt.datetime,
    progress: FileProgress = lambda *_: None,
) -> Reading:
    """Read files of AIS positions and write the good rows, in order and once each, as Parquet.

    Parquet, CSV with the column names of the NOAA's MarineCadastre (until 2024 and since) or of the
    Danish Maritime Authority, and NMEA 0183 sentences; each plain or gzip, told by content. A file that
    cannot be read, or breaks off, is a note, and the others are read all the same. Files are read one
    after the other and what does not fit in memory goes to disk. Rows of a file that say the same are judged once.

    Args:
        out: the Parquet file to write; columns `POSITION_COLUMNS`, ordered by ship, time and place. Its metadata say
            whether any position is simulated.
        engine: opens an engine that reads files; each file gets one of its own.
        now: the time of reading, UTC: a position of a later day is left out.
        progress: told the file and how much of it is done, in bytes.

    Returns: counts of what was kept and left out.

    Raises: ProblemsError where no position is left.

    Limits: A speed, course or draught that cannot be is left empty, and its position kept. Unpacked
        copies take room in the folder for temporary files.
    """
    found = _Found()
    with scratch_folder("positions") as folder:
        for file in files:
            _read_file(file, folder, engine, now, progress, found)
        rows, vessels, first, last = _merge(found, out, engine) if found.parts else (0, 0, None, None)
    if not rows:
        raise ProblemsError([*found.notes, _nothing(found)])
    dropped = {name: dict(+reasons) for name, reasons in found.dropped.items() if +reasons}
    return Reading(rows, vessels, first, last, dropped, tuple(found.notes))


def _read_file(
    path: Path, folder: Path, engine: Callable[[], Engine], now: dt.datetime, progress: FileProgress, found: _Found
) -> None:
    """One file's rows, judged, as Parquet of our own."""
    file, problems = open_file(path, folder, progress)
    found.notes.extend(problems)
    if file is None:
        return
    dropped = found.dropped.setdefault(file.shown, Counter())
    if file.kind != "parquet":
        file = _plain_table(file, folder, progress, dropped)
    judged = folder / f"{len(found.parts)}.judged.parquet"
    opened = engine()
    try:
        if lacking := _lacking(opened, file, folder):
            found.notes.append(lacking)
            return
        dropped[UNREADABLE_LINE] += _load(opened, file, folder)
        opened.write(query(_ROOM, "positions_judged"), judged, now=now)
    except UnreadableFileError:
        found.notes.append(positions_unreadable(file.shown, "a file that breaks off or is damaged", "Fetch it again."))
        return
    finally:
        opened.close()
    found.parts.append((judged, file.shown))


def _plain_table(file: PositionFile, folder: Path, progress: FileProgress, dropped: Counter[str]) -> PositionFile:
    """A file of text as a CSV file of our own, in which every line is a row."""
    table = new_name(folder, ".csv")
    if file.kind == "csv":
        dropped[UNREADABLE_LINE] += copy_lines(file, table, progress)
        return PositionFile(table, file.shown, "csv", file.header)
    sentences = Sentences()
    write_rows(sentences.rows(lines(file, progress)), table)
    dropped.update(sentences.dropped)
    return PositionFile(table, file.shown, "csv", tuple(NAMES))


def _lacking(engine: Engine, file: PositionFile, folder: Path) -> Problem | None:
    """What keeps a Parquet file from being one of positions; a CSV file's header has been looked at."""
    if file.kind != "parquet":
        return None
    try:
        stored = {canonical(name) for name in engine.parquet_columns(_link(file, folder))}
    except EngineError:
        return positions_unreadable(file.shown, "a Parquet file that breaks off or is damaged", "Fetch it again.")
    return lacking_columns(file.shown, "a table", stored)


def _link(file: PositionFile, folder: Path) -> Path:
    """The file under a name that ends as its kind does."""
    link = new_name(folder, f".link.{file.kind}")
    link.symlink_to(file.path.resolve())
    return link


def _load(engine: Engine, file: PositionFile, folder: Path) -> int:
    """Put a file into the engine as it is, every cell text; returns the lines that cannot be read."""
    aliases = [*(name for names in NAMES.values() for name in names if name != "type_of_mobile"), "mobile"]
    link = _link(file, folder)
    if file.kind == "parquet":
        stored = engine.parquet_columns(link)
        spelt = {name.lower(): name for name in stored}
        columns = [(name, "VARCHAR" if name.lower() in aliases else None) for name in stored]
        aliases = [spelt.get(alias, alias) for alias in aliases]
    else:
        columns = _csv_columns(file.header)
    rejects = engine.load(
        "raw_positions", dict.fromkeys(aliases, "VARCHAR"), [FilePart(link, file.shown, tuple(columns))]
    )
    return len({reject.record for reject in rejects})


def _csv_columns(header: Sequence[str]) -> list[tuple[str, str | None]]:
    """Our name for each column of a CSV file, in its order; of two that mean the same, the first counts."""
    columns: list[tuple[str, str | None]] = []
    for number, cell in enumerate(header):
        ours = canonical(cell)
        taken = ours is None or (ours, "VARCHAR") in columns
        columns.append((f"_{number}", None) if taken else (str(ours), "VARCHAR"))
    return columns


def _count(engine: Engine, found: _Found) -> None:
    """Count what each file's rows were left out for."""
    dropped = typed(engine.rows(query(_ROOM, "positions_dropped")), _Dropped)
    for file, rows in groupby(dropped, key=lambda row: row.file):
        counted = {row.reason: row for row in rows}
        found.dropped[file].update({reason: row.rows for reason, row in counted.items() if reason is not None})
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


def _merge(
    found: _Found, out: Path, engine: Callable[[], Engine]
) -> tuple[int, int, dt.datetime | None, dt.datetime | None]:
    """All files' rows once each, written in order; counts what falls out."""
    opened = engine()
    try:
        named = tuple(_JUDGED.items())
        opened.load("judged_positions", _JUDGED, [FilePart(path, shown, named) for path, shown in found.parts])
        _count(opened, found)
        opened.create("single_positions", query(_ROOM, "positions_single"))
        opened.create("crowded_positions", query(_ROOM, "positions_crowded"), most=MOST_PLACES)
        (told,) = typed(opened.rows(query(_ROOM, "positions_summary")), _Summary)
        opened.write(query(_ROOM, "positions_tidy"), out, {"made by": MADE_BY[0], "simulated": told.simulated})
    finally:
        opened.close()
    found.dropped[""] = +Counter({DUPLICATE: told.duplicates, CROWDED: told.crowded})
    return told.positions, told.vessels, told.first, told.last


def _nothing(found: _Found) -> Problem:
    dropped = sum(found.dropped.values(), Counter())
    why = "; ".join(f"{reason}: {number}" for reason, number in dropped.most_common(5)) or (
        "no rows in it" if found.parts else "no file could be read"
    )
    return Problem(
        Place("positions"),
        got=f"no row that can be used ({why})",
        expected="vessel positions",
        fix="Look at a file's first rows; docs/vessel-positions.md says what is read.",
        slug="positions-none",
    )
