"""Vessel positions from files as they are published to one tidy table, with a count of what was left out and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path

from tumen.ais.json_positions import JsonRows, write_rows
from tumen.ais.position_cells import judged_by, load_cells, with_parquet_columns
from tumen.ais.position_columns import NAMES, columns_read
from tumen.ais.position_dialects import NO_HINTS, PositionHints, columns_not_there, told_of_tenths, told_of_text
from tumen.ais.position_files import PositionFile, position_files, positions_unreadable
from tumen.ais.position_lines import copy_lines
from tumen.ais.position_table import JUDGED_COLUMNS, MADE_BY, PositionsFound, Reading
from tumen.ais.positions_held import are_packed, hold_positions
from tumen.ais.positions_once import put_positions
from tumen.ais.sentence_rows import judge_sentences, told_of_sentences
from tumen.ais.sentences.stretches import stretches
from tumen.engine.queries import Engine, FilePart, UnreadableFileError, query
from tumen.errors import Place, Problem, ProblemsError
from tumen.record.readers.published_files import UNREADABLE_LINE, FileProgress
from tumen.scratch import new_name, scratch_folder

_ROOM = "tumen.ais"


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
    found = PositionsFound(hints=hints)
    with scratch_folder("positions") as folder:
        named = chain.from_iterable(position_files(path, folder, progress, hints) for path in files)
        first = list(named if are_packed(files) else islice(named, 2))
        tables = _lone_tables(first, folder, progress, found)
        reading = _read_held(tables, folder, out, engine, now, found) if tables else None
        if reading is None:
            for file in chain(first, named):
                _read_file(file, tables, folder, engine, now, progress, found)
            found.notes.extend(columns_not_there(hints, found.columns))
            if any(note.severity == "error" for note in found.notes):
                raise ProblemsError(found.notes)
            reading = _merge(found, out, engine) if found.parts else None
    if reading is None or not reading.rows:
        raise ProblemsError([*found.notes, _nothing(found)])
    return reading


def _lone_tables(
    files: Sequence[PositionFile | Problem], folder: Path, progress: FileProgress, found: PositionsFound
) -> dict[Path, PositionFile]:
    """Files that may be looked up where they are, by their paths: files of Parquet, or one table of text as a copy."""
    known = [file for file in files if isinstance(file, PositionFile)]
    may = {"parquet"} if len(files) > 1 else {"parquet", "csv"}
    if len(known) < len(files) or any(file.kind not in may for file in known):
        return {}
    return {
        file.path: _plain_table(file, folder, progress, found.dropped.setdefault(file.shown, Counter()), found)
        for file in known
    }


def _read_held(
    tables: Mapping[Path, PositionFile],
    folder: Path,
    out: Path,
    engine: Callable[[], Engine],
    now: dt.datetime,
    found: PositionsFound,
) -> Reading | None:
    """Files looked up where they are, their positions written in order; None where they must be read row by row."""
    opened = engine()
    try:
        reading = hold_positions(opened, list(tables.values()), folder, now, found)
        if reading is not None:
            _write(opened, reading, out)
        return reading
    except UnreadableFileError:
        return None
    finally:
        opened.close()


def _read_file(
    file: PositionFile | Problem,
    tables: Mapping[Path, PositionFile],
    folder: Path,
    engine: Callable[[], Engine],
    now: dt.datetime,
    progress: FileProgress,
    found: PositionsFound,
) -> None:
    """The rows of one file, judged, as Parquet of our own."""
    if isinstance(file, Problem):
        found.notes.append(file)
        return
    dropped = found.dropped.setdefault(file.shown, Counter())
    table = tables.get(file.path) or _plain_table(file, folder, progress, dropped, found)
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
    engine: Engine, file: PositionFile, folder: Path, now: dt.datetime, dropped: Counter[str], found: PositionsFound
) -> None:
    """One file's rows, judged, as Parquet of our own."""
    table = with_parquet_columns(engine, file, folder, found.hints)
    if isinstance(table, Problem):
        found.notes.append(table)
        return
    if file.kind == "parquet" or file.dialect:
        found.columns.append(columns_read(table.shown, table.header, table.columns))
    held = load_cells(engine, table, folder)
    dropped[UNREADABLE_LINE] += held.rejected
    judging, notes = judged_by(engine, held, found.hints, now)
    found.notes.extend(notes)
    if judging is None:
        return
    part = folder / f"{len(found.parts)}.judged.parquet"
    engine.write(judging.of(), part)
    found.parts.append((part, file.shown))


def _judge_lines(
    engine: Engine, file: PositionFile, folder: Path, now: dt.datetime, progress: FileProgress, found: PositionsFound
) -> None:
    """The messages of one file of sentences, judged, as Parquet of our own."""
    part = folder / f"{len(found.parts)}.judged.parquet"
    sentences = judge_sentences(stretches(file.path, file.shown, progress), engine, part, now)
    found.dropped[file.shown].update(+sentences.dropped)
    found.notes.extend(told_of_sentences(file.shown, sentences))
    found.parts.append((part, file.shown))


def _plain_table(
    file: PositionFile, folder: Path, progress: FileProgress, dropped: Counter[str], found: PositionsFound
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


def _merge(found: PositionsFound, out: Path, engine: Callable[[], Engine]) -> Reading:
    """All files' rows once each, written in order; counts what falls out."""
    opened = engine()
    try:
        named = tuple(JUDGED_COLUMNS.items())
        opened.load("judged_positions", JUDGED_COLUMNS, [FilePart(path, shown, named) for path, shown in found.parts])
        reading = put_positions(opened, found)
        _write(opened, reading, out)
        return reading
    finally:
        opened.close()


def _write(engine: Engine, reading: Reading, out: Path) -> None:
    """Write the table `positions`."""
    labels = {"made by": MADE_BY[0], "simulated": str(reading.simulated).lower()}
    engine.write(query(_ROOM, "positions_in_order"), out, labels)


def _nothing(found: PositionsFound) -> Problem:
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
