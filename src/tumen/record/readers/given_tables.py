"""A table whose columns are ours, as somebody saved it, as plain rows: a workbook's sheet, or text of any separator."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tumen.errors import Place, Problem, did_you_mean
from tumen.record.columns import Table
from tumen.record.readers.dialects import START_BYTES, dialect_of, plain_copy
from tumen.record.readers.workbooks import NoSheet, SheetRows, read_sheet
from tumen.scratch import new_name
from tumen.writing import new_file

#: Most bytes of the rows of one sheet.
MOST_SHEET_BYTES = 500_000_000

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class GivenTable:
    """A table made plain.

    Args:
        path: CSV in a folder of ours, a line for each row.
        lines: where each of its rows stands in the file that was given, 1-based.
        notes: what a reader should know of how it was read.
    """

    path: Path
    lines: Sequence[int]
    notes: tuple[str, ...]


def given_table(file: Path, table: Table, folder: Path) -> GivenTable | list[Problem]:
    """A file's rows as CSV with the columns of a table of the record; every problem where that cannot be.

    Args:
        file: CSV or text with other separators, or a workbook, whose sheet called after the table is taken, else the
            first that is shown and holds rows.
        folder: a folder of ours, for copies.
    """
    try:
        with file.open("rb") as stream:
            start = stream.read(START_BYTES)
    except OSError as error:
        return [_unread(file, (error.strerror or "no answer").lower(), "Correct the path.")]
    found = _of_sheet(file, table, folder) if start.startswith(_WORKBOOKS) else _of_text(file, start, table, folder)
    if isinstance(found, Problem):
        return [found]
    rows, notes = found
    line, header = next(rows, (1, ()))
    names = [cell.strip() for cell in header]
    while names and not names[-1]:
        names.pop()
    if problems := _header_problems(file, line, names, table):
        return problems
    target, lines = new_name(folder, ".csv"), []
    with new_file(target) as copy:
        copy.write((",".join(names) + "\n").encode())
        for line, cells in rows:
            kept = [" ".join(cell.split("\n")) for cell in cells[: len(names)]]
            if any(cell.strip() for cell in cells):
                copy.write(_csv_row([*kept, *[""] * (len(names) - len(kept)), *filter(None, cells[len(names) :])]))
                lines.append(line)
    return GivenTable(target, lines, notes)


def _of_sheet(
    file: Path, table: Table, folder: Path
) -> tuple[Iterator[tuple[int, Sequence[str]]], tuple[str, ...]] | Problem:
    sheet = read_sheet(file, table.name, new_name(folder, ".rows"), MOST_SHEET_BYTES)
    if isinstance(sheet, NoSheet):
        return _unread(file, sheet.got, sheet.fix)
    others = [f"Not read: the other sheets, {', '.join(sheet.others)}."] if sheet.others else []
    unsaved = [f"Formulas without a saved value, read as empty: {sheet.unsaved:,}."] if sheet.unsaved else []
    return iter(SheetRows(sheet.rows)), (f"Sheet {sheet.name}.", *others, *unsaved)


def _of_text(
    file: Path, start: bytes, table: Table, folder: Path
) -> tuple[Iterator[tuple[int, Sequence[str]]], tuple[str, ...]] | Problem:
    dialect = dialect_of(start, lambda cell: table.column(cell) is not None)
    if dialect is None:
        expected = f"the columns of {table.name}: {', '.join(c.name for c in table.columns)}"
        return _unread(file, "no line that names a column", "Name the columns in the first line.", expected)
    plain = new_name(folder, ".txt")
    copied = plain_copy(file, plain, dialect)
    notes = [f"Read with {'; '.join(dialect.unusual)}."] if dialect.unusual else []
    if copied.windows_lines:
        notes.append(f"Lines that are not UTF-8, read as Windows-1252: {copied.windows_lines:,}.")
    return _text_rows(plain, dialect.separator, dialect.header_line), tuple(notes)


def _text_rows(plain: Path, separator: str, first: int) -> Iterator[tuple[int, Sequence[str]]]:
    with plain.open(encoding="utf-8", newline="") as stream:
        reader, before = csv.reader(stream, delimiter=separator), 0
        for cells in reader:
            yield before + first, cells
            before = reader.line_num


def _header_problems(file: Path, line: int, names: Sequence[str], table: Table) -> list[Problem]:
    """Columns that the table does not have, and those that come twice."""
    known = [column.name for column in table.columns]
    problems = [
        Problem(
            Place(str(file), line),
            got=f"column '{name}'",
            expected=f"a column of {table.name}",
            fix=did_you_mean(name, known),
            slug="column-unknown",
        )
        for name in names
        if name not in known
    ]
    return problems + [
        Problem(
            Place(str(file), line),
            got=f"column '{name}' twice",
            expected="each column once",
            fix="Remove or rename one.",
            slug="column-repeated",
        )
        for name in sorted({n for n in names if names.count(n) > 1})
    ]


def _csv_row(cells: Sequence[str]) -> bytes:
    quoted = ['"' + cell.replace('"', '""') + '"' if any(c in cell for c in ',"\r') else cell for cell in cells]
    return (",".join(quoted) + "\n").encode()


def _unread(file: Path, got: str, fix: str, expected: str = "a table: CSV, or a workbook") -> Problem:
    return Problem(Place(str(file)), got=got, expected=expected, fix=fix, slug="import-unreadable")
