"""Rows that were left out because a cell could not be read: what else is wrong with them is told as well."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tumen.counting import counted
from tumen.engine.queries import Engine, FilePart, Reject
from tumen.errors import EngineError, Place, Problem
from tumen.record.columns import TYPES, Table
from tumen.record.table_files import RecordFile
from tumen.record.table_text import record_lines
from tumen.scratch import new_name
from tumen.writing import new_file

#: Columns of the table of such rows, beside those of the schema.
UNREAD_LINE, UNREAD_CELLS = "_line", "_unread"


@dataclass(frozen=True)
class UnreadRow:
    """A row that was left out.

    Args:
        line: on which it begins; None where its file has no lines.
        cells: by column; none where it has more or fewer than the file has columns.
        unread: the columns whose cells cannot be read.
    """

    file: str
    record: int
    line: int | None
    cells: Mapping[str, str]
    unread: frozenset[str]


def unread_name(table: str) -> str:
    """The name of the table that holds the rows of one that were left out."""
    return f"{table}_unread"


def unread_rows(
    engine: Engine, files: Sequence[RecordFile], parts: Sequence[FilePart], rejects: Sequence[Reject]
) -> list[UnreadRow]:
    """The rows in which cells could not be read, each once."""
    columns: dict[tuple[str, int], set[str]] = defaultdict(set)
    for reject in rejects:
        if reject.record:
            columns[reject.file, reject.record] |= {reject.column} if reject.column else set()
    found: list[UnreadRow] = []
    for file, part in zip(files, parts, strict=True):
        records = sorted(record for shown, record in columns if shown == file.shown)
        for record, (line, cells) in _cells(engine, file, part, records).items():
            found.append(UnreadRow(file.shown, record, line, cells, frozenset(columns[file.shown, record])))
    return found


def _cells(
    engine: Engine, file: RecordFile, part: FilePart, records: Sequence[int]
) -> Mapping[int, tuple[int | None, Mapping[str, str]]]:
    if not records:
        return {}
    if not file.is_parquet:
        return {**record_lines(file, records)}
    try:
        return {record: (None, cells) for record, cells in engine.cells(part, records).items()}
    except EngineError:  # of a column that numbers rows by itself, or damaged there
        return {}


def load_unread(engine: Engine, table: Table, rows: Sequence[UnreadRow]) -> None:
    """Make a table of the rows that were left out, with nothing in the cells that cannot be read."""
    names = [column.name for column in table.columns]
    whole = [row for row in rows if row.cells and row.unread]
    if not whole:
        return
    kinds = {
        **{column.name: TYPES[column.type] for column in table.columns},
        UNREAD_LINE: "BIGINT",
        UNREAD_CELLS: "VARCHAR",
    }
    parts = []
    for shown in dict.fromkeys(row.file for row in whole):
        target = new_name(engine.folder, ".csv")
        _write(target, names, [row for row in whole if row.file == shown])
        parts.append(FilePart(target, shown, tuple(kinds.items())))
    engine.load(unread_name(table.name), kinds, parts)


def _write(target: Path, names: Sequence[str], rows: Sequence[UnreadRow]) -> None:
    with new_file(target) as raw:
        out = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*names, UNREAD_LINE, UNREAD_CELLS])
        for row in rows:
            cells = ["" if name in row.unread else row.cells.get(name, "") for name in names]
            writer.writerow([*cells, row.line or "", f",{','.join(sorted(row.unread))},"])
        out.flush()
        out.detach()


def half_unread(table: Table, files: Sequence[RecordFile], rows: int, rejected: int) -> list[Problem]:
    """The problem of a table of which no row, or less than half, could be read."""
    if rejected <= rows:
        return []
    places = {file.shown for file in files}
    return [
        Problem(
            Place(min(places)),
            got=f"{counted(rows, 'row')} of '{table.name}' that can be read, of {rows + rejected}",
            expected="at least half",
            fix="Correct the cells that are told of; a verdict of so little of a table would not be one of it.",
            slug="table-unread",
        )
    ]
