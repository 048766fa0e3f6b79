"""Positions of files whose numbers are numbers, looked up where they are: only moments told twice are copied."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tumen.ais.position_cells import Judging, LoadedFile, judged_by, load_cells, with_parquet_columns
from tumen.ais.position_columns import columns_read
from tumen.ais.position_dialects import columns_not_there
from tumen.ais.position_files import PositionFile
from tumen.ais.position_table import PositionsFound, Reading
from tumen.ais.positions_once import SHARED, put_positions
from tumen.engine.loading import column_name, quoted
from tumen.engine.queries import Engine, typed
from tumen.errors import Problem


@dataclass(frozen=True)
class _Cells:
    """How many cells a file has that hold something."""

    cells: int


def are_packed(files: Sequence[Path]) -> bool:
    """Whether all of some paths are files of Parquet."""
    return bool(files) and all(_is_packed(file) for file in files)


def _is_packed(file: Path) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        return stream.read(4) == b"PAR1"


def hold_positions(
    engine: Engine, files: Sequence[PositionFile], folder: Path, now: dt.datetime, found: PositionsFound
) -> Reading | None:
    """Make the table `positions` of files that stay as they are; None where they must be read row by row.

    Args:
        engine: new; where None is returned it is of no more use.
        files: files of Parquet, or a table of text of which every line is a row.
        folder: a folder of ours.
        now: the time of reading, UTC.
        found: what was found on the way to the files; it stays as it is.

    Returns: what came of it. `positions` has the columns `POSITION_COLUMNS`, in no order, each position once.

    Raises: UnreadableFileError where a file is damaged.

    Limits: Files of which no row is of use are read row by row, to say why.
    """
    ours = PositionsFound(
        hints=found.hints, notes=[*found.notes], dropped={of: +counts for of, counts in found.dropped.items()}
    )
    held = _loaded(engine, files, folder, ours)
    if held is None or columns_not_there(ours.hints, ours.columns):
        return None
    judgings = _judgings(engine, held, now, ours)
    if judgings is None:
        return None
    packed = all(file.kind == "parquet" for file in files)
    judged = _together([(file, judging.of()) for file, judging in zip(held, judgings, strict=True)])
    (engine.derive if packed else engine.create)("judged_positions", judged)  # text is read once, Parquet where it is
    reading = put_positions(engine, ours, _shared(held, judgings) if packed else SHARED)
    _look_into(engine, held)
    return reading if reading.rows else None


def _judgings(
    engine: Engine, held: Sequence[LoadedFile], now: dt.datetime, found: PositionsFound
) -> list[Judging] | None:
    """How each file's rows are judged; None where something of a file must be asked first."""
    judgings = []
    for number, file in enumerate(held):
        judging, notes = judged_by(engine, file, found.hints, now, number)
        if judging is None:
            return None
        found.notes.extend(notes)
        judgings.append(judging)
    return judgings


def _together(judged: Iterable[tuple[LoadedFile, str]]) -> str:
    """SQL for the judged rows of all files, each with its file's name."""
    return " union all ".join(
        f"select *, {quoted(file.file.shown)} as _file from ({sql})"  # noqa: S608 - our queries, a text in quotes
        for file, sql in judged
    )


def _shared(held: Sequence[LoadedFile], judgings: Sequence[Judging]) -> str:
    """SQL for the rows of shared moments; of others as few as can be are judged again."""

    def rows(file: LoadedFile) -> str:
        asked = f"{file.moment} in (select moment from shared_moments)" if file.moment else "true"  # noqa: S608 - quoted
        return f"(select * from {file.table} where {asked}) as {file.table}"  # noqa: S608 - a file's names in quotes

    judged = _together([(file, judging.of(rows(file))) for file, judging in zip(held, judgings, strict=True)])
    return SHARED.replace("from judged_positions", f"from ({judged})")


def _look_into(engine: Engine, held: Sequence[LoadedFile]) -> None:
    """Read every column that may be asked for. Raises UnreadableFileError where one is damaged."""
    for file in held:
        counts = " + ".join(f"count({column_name(name)})" for name in file.names.values())
        typed(engine.rows(f"select {counts} as cells from {file.table}"), _Cells)  # noqa: S608 - names in quotes


def _loaded(
    engine: Engine, files: Sequence[PositionFile], folder: Path, found: PositionsFound
) -> list[LoadedFile] | None:
    """The files in the engine; None where one is no table of positions, or has a number that is none."""
    held = []
    for number, file in enumerate(files):
        table = with_parquet_columns(engine, file, folder, found.hints)
        if isinstance(table, Problem):
            return None
        loaded = load_cells(engine, table, folder, number)
        if loaded.kinds is None:
            return None
        found.columns.append(columns_read(table.shown, table.header, table.columns))
        found.dropped.setdefault(file.shown, Counter())
        held.append(loaded)
    return held
