"""Vessel positions from files as they are published to one tidy table, with a count of what was left out and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from tumen.ais.json_positions import JsonRows, write_rows
from tumen.ais.position_cells import judged_by, load_cells, with_parquet_columns
from tumen.ais.position_columns import NAMES, ColumnsRead, columns_read
from tumen.ais.position_dialects import NO_HINTS, PositionHints, columns_not_there, told_of_tenths, told_of_text
from tumen.ais.position_files import PositionFile, position_files, positions_unreadable
from tumen.ais.position_lines import copy_lines
from tumen.ais.sentence_rows import judge_sentences, told_of_sentences
from tumen.ais.sentences.stretches import stretches
from tumen.ais.static_data import SAID_OF_SELF, join_static_data
from tumen.engine.queries import Engine, FilePart, UnreadableFileError, query, typed
from tumen.errors import Place, Problem, ProblemsError
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
        said: rows without a position that say who their ships are; they are joined to positions by MMSI and time.
        columns: which columns of each file were read, and which were not; nothing of a file of sentences.
    """

    rows: int
    vessels: int
    first: dt.datetime | None
    last: dt.datetime | None
    dropped: Mapping[str, Mapping[str, int]]
    notes: tuple[Problem, ...]
    said: int = 0
    columns: tuple[ColumnsRead, ...] = ()

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
    hints: PositionHints = NO_HINTS,
) -> Reading:
    """Read files of AIS positions and write the good rows, in order and once each, as Parquet.

    Parquet, tables of text and JSON with names that docs/vessel-positions.md lists, and NMEA 0183 sentences; each plain
    or packed, told by content. A file that cannot be read, or breaks off, is a note, and the others are read all the
    same. Files are read one after the other and what does not fit in memory goes to disk. Rows of a file that say the
    same are judged once.

    Args:
        files: files, folders, archives or patterns.
        out: the Parquet file to write; columns `POSITION_COLUMNS`, ordered by ship, time and place. Its metadata say
            whether any position is simulated.
        engine: opens an engine that reads files; each file gets one of its own.
        now: the time of reading, UTC: a position of a later day is left out.
        progress: told the file and how much of it is done, in bytes.
        hints: what the user says of the files that they do not say themselves.

    Returns: counts of what was kept and left out.

    Raises: ProblemsError where no position is left, where a file's days cannot be told from its months, or where no
        file has a column that `hints` names.

    Limits: A speed, course or draught that cannot be is left empty, and its position kept. Unpacked
        copies take room in the folder for temporary files.
    """
    found = _Found(hints=hints)
    with scratch_folder("positions") as folder:
        for file in files:
            _read_path(file, folder, engine, now, progress, found)
        found.notes.extend(columns_not_there(hints, found.columns))
        if any(note.severity == "error" for note in found.notes):
            raise ProblemsError(found.notes)
        rows, vessels, first, last = _merge(found, out, engine) if found.parts else (0, 0, None, None)
    if not rows:
        raise ProblemsError([*found.notes, _nothing(found)])
    dropped = {name: dict(+reasons) for name, reasons in found.dropped.items() if +reasons}
    return Reading(rows, vessels, first, last, dropped, tuple(found.notes), found.said.total(), tuple(found.columns))


def _read_path(
    path: Path, folder: Path, engine: Callable[[], Engine], now: dt.datetime, progress: FileProgress, found: _Found
) -> None:
    """The rows of all files behind a path, judged, as Parquet of our own."""
    for file in position_files(path, folder, progress, found.hints):
        if isinstance(file, Problem):
            found.notes.append(file)
            continue
        dropped = found.dropped.setdefault(file.shown, Counter())
        table = _plain_table(file, folder, progress, dropped, found)
        opened = engine()
        try:
            if file.kind == "nmea":
                _judge_lines(opened, file, folder, now, progress, found)
            else:
                _judge(opened, table, folder, now, dropped, found)
        except UnreadableFileError:
            broken = "a file that breaks off or is damaged"
            found.notes.append(positions_unreadable(file.shown, broken, "Fetch it again."))
        finally:
            opened.close()
            file.done()
            table.done()


def _judge(
    engine: Engine, file: PositionFile, folder: Path, now: dt.datetime, dropped: Counter[str], found: _Found
) -> None:
    """One file's rows, judged, as Parquet of our own."""
    table = with_parquet_columns(engine, file, folder, found.hints)
    if isinstance(table, Problem):
        found.notes.append(table)
        return
    if file.kind == "parquet" or file.dialect:
        found.columns.append(columns_read(table.shown, table.header, table.columns))
    dropped[UNREADABLE_LINE] += load_cells(engine, table, folder)
    judged, parameters, notes = judged_by(engine, table, found.hints)
    found.notes.extend(notes)
    if any(note.severity == "error" for note in notes):
        return
    part = folder / f"{len(found.parts)}.judged.parquet"
    engine.write(judged, part, now=now, **parameters)
    found.parts.append((part, file.shown))


def _judge_lines(
    engine: Engine, file: PositionFile, folder: Path, now: dt.datetime, progress: FileProgress, found: _Found
) -> None:
    """The messages of one file of sentences, judged, as Parquet of our own."""
    part = folder / f"{len(found.parts)}.judged.parquet"
    sentences = judge_sentences(stretches(file.path, file.shown, progress), engine, part, now)
    found.dropped[file.shown].update(+sentences.dropped)
    found.notes.extend(told_of_sentences(file.shown, sentences))
    found.parts.append((part, file.shown))


def _plain_table(
    file: PositionFile, folder: Path, progress: FileProgress, dropped: Counter[str], found: _Found
) -> PositionFile:
    """A file of text as a CSV file of our own, in which every line is a row."""
    if file.kind in ("parquet", "nmea"):
        return file
    table = new_name(folder, ".csv")
    if file.kind == "csv":
        copied = copy_lines(file, table, progress)
        dropped[UNREADABLE_LINE] += copied.left_out
        found.notes.extend(told_of_text(file.shown, copied.windows))
        return PositionFile(table, file.shown, "csv", file.header, file.columns, file.dialect, ours=True)
    objects = JsonRows(found.hints)
    write_rows(objects.positions(file, progress), table)
    dropped.update(objects.dropped)
    found.columns.append(objects.columns(file.shown))
    found.notes.extend([told_of_tenths(file.shown, "SPEED and DRAUGHT")] if objects.in_tenths else [])
    return PositionFile(table, file.shown, "csv", tuple(NAMES), tuple(NAMES), ours=True)


def _count(engine: Engine, found: _Found) -> None:
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
        join_static_data(opened)
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
