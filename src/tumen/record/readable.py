"""A file of the record in a form that the engine reads: as it lies where it is a plain CSV, else as one made of it."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from tumen.budgets import USUAL, over
from tumen.case.record_files import PACKED, TEXTS, WORKBOOKS, endings_of
from tumen.counting import counted
from tumen.errors import Place, Problem
from tumen.record.columns import Table
from tumen.record.plain_tables import MadePlain, NumberedRow, RowsAgain, as_called, columns_of, is_known, made_plain
from tumen.record.readers.dialects import LOOKED_AT, START_BYTES, Dialect, dialect_of, encoding_of, plain_copy
from tumen.record.readers.packages import Member, Unopened, members
from tumen.record.readers.workbooks import COMPOUND, NoSheet, SheetRows, WorkbookSheet, read_sheet
from tumen.record.strange_forms import foreign_problem, strange_form
from tumen.record.table_files import RecordFile
from tumen.record.table_text import header_of, look, text_problems
from tumen.scratch import new_name

#: A file that can be read, or None; and what is wrong with it, or should be known of it.
Readable = tuple[RecordFile | None, list[Problem]]


def readable(table: Table, file: RecordFile, folder: Path, most_bytes: int = USUAL.bytes) -> Readable:
    """A file of text or a workbook, ready to be read.

    Args:
        file: not Parquet.
        folder: one of ours, for what is made of it.
        most_bytes: how much may be unpacked.
    """
    packed = file.ending.endswith(PACKED)
    if packed:
        opened = _unpacked(file, folder, most_bytes)
        if isinstance(opened, Problem):
            return None, [opened]
        name, path = endings_of(file.path.name.removesuffix(file.path.suffix))[1], opened
    else:
        name, path = file.ending, file.path
    if name in WORKBOOKS or (packed and not name and _is_workbook(path)):
        return _of_workbook(table, file, path, folder, most_bytes)
    return _of_text(table, file, path, folder, certain_plain=not packed and name not in TEXTS)


def _unpacked(file: RecordFile, folder: Path, most_bytes: int) -> Path | Problem:
    """The one file that a packed one holds."""
    every = list(members(file.path, folder, most_bytes=most_bytes))
    found = [one for one in every if isinstance(one, Member)]
    faults = [one for one in every if isinstance(one, Unopened)]
    if faults and faults[0].got.startswith("more than"):
        fix = "Unpack it and take a part, or allow more on the command line: --max-mb MB."
        return over(file.shown, None, faults[0].got, "what is left of the budget", fix)
    if faults:
        first = faults[0]
        fix = first.fix if not first.cut else "Fetch or pack the file again."
        return Problem(Place(file.shown), got=first.got, expected="a whole file", fix=fix, slug="file-packed")
    if len(found) != 1:
        return Problem(
            Place(file.shown),
            got=f"an archive of {counted(len(found), 'file')}",
            expected="one table in it",
            fix="Unpack it, and name its files after their tables or in [record] of case.toml.",
            slug="file-packed",
        )
    return found[0].path


def _is_workbook(path: Path) -> bool:
    return _start(path).startswith((b"PK\x03\x04", COMPOUND))


# ------------------------------------------------------------------------------------------------ workbooks


def _of_workbook(table: Table, file: RecordFile, path: Path, folder: Path, most_bytes: int) -> Readable:
    """One sheet of a workbook."""
    sheet = read_sheet(path, table.name, new_name(folder, ".rows"), most_bytes)
    if isinstance(sheet, NoSheet):
        said = strange_form(file.shown, _start(path)) if _is_page(path) else None
        is_closed = file.ending.startswith((".xlsx", ".xlsm", ".xlsb")) and _start(path).startswith(COMPOUND)
        got = "a workbook with a password, or of an older form" if is_closed else sheet.got
        refused = Problem(
            Place(file.shown), got=got, expected="a workbook with a sheet of rows", fix=sheet.fix, slug="workbook"
        )
        return None, [said or refused]
    if sheet.unsaved:
        return None, [_unsaved(file.shown, sheet)]
    first = list(islice(SheetRows(sheet.rows), LOOKED_AT))
    at = _header_among(table, first)
    if at is None:
        return None, [_no_header(table, file.shown, first[0][0])]
    columns = columns_of(table, *first[at])
    unusual = [f"{counted(at, 'row')} before the names of columns"] if at else []
    made = made_plain(
        file.shown, table, columns, SheetRows(sheet.rows, after=columns.line), new_name(folder, ".csv"), unusual
    )
    return replace(file, plain=made.plain), [
        *made.problems,
        *read_as(file.shown, made),
        *_sheet_told(file.shown, sheet),
    ]


def _header_among(table: Table, rows: Sequence[NumberedRow]) -> int | None:
    """The first of the rows that name the most columns."""
    named = [len({as_called(c) for c in cells if is_known(table, c)}) for _, cells in rows]
    return named.index(max(named)) if any(named) else None


def _unsaved(shown: str, sheet: WorkbookSheet) -> Problem:
    return Problem(
        Place(shown),
        got=f"{counted(sheet.unsaved, 'formula')} on the sheet '{sheet.name}' without a value",
        expected="values that were saved with their formulas",
        fix="Open it in a spreadsheet program and save it again.",
        slug="workbook",
    )


def _sheet_told(shown: str, sheet: WorkbookSheet) -> list[Problem]:
    """Which sheet was read, where there are others."""
    if not sheet.others and not sheet.hidden:
        return []
    hidden = ", ".join(f"'{name}'" for name in sheet.hidden)
    others = ", ".join(f"'{name}'" for name in sheet.others)
    also = f", besides {others}" if others else ""
    return [
        Problem(
            Place(shown),
            got=f"the sheet '{sheet.name}'{also}" + (f"; hidden: {hidden}" if hidden else ""),
            expected="one sheet with rows, which all can see",
            fix=f"Only '{sheet.name}' is read; call the right one after the table, or save it alone.",
            slug="workbook-sheets",
            severity="warning",
        )
    ]


# ----------------------------------------------------------------------------------------------------- text


def _of_text(table: Table, file: RecordFile, path: Path, folder: Path, certain_plain: bool) -> Readable:
    """A file of text: as it lies where it is plain, else as a plain one made of it."""
    start = _start(path)
    if strange := strange_form(file.shown, start):
        return None, [strange]
    lies = replace(file, path=path)
    wide = encoding_of(start)[0] != "utf-8"
    looked = look(lies) if not wide else None
    fatal = [p for p in looked.problems if p.severity == "error"] if looked else []
    if [p for p in fatal if p.slug != "not-utf8"]:
        return None, fatal
    if certain_plain and looked and not fatal and looked.is_plain and _names_plainly(table, header_of(lies)):
        return file, looked.problems
    dialect = dialect_of(start, lambda cell: is_known(table, cell))
    if dialect is None:
        foreign = foreign_problem(table, file.shown, 1, header_of(lies))
        return None, fatal or [foreign or _no_header(table, file.shown, 1)]
    return _made_of_text(table, file, path, folder, dialect, fatal)


def _names_plainly(table: Table, names: Sequence[str]) -> bool:
    """Whether a first line names the table's columns as ours are, or names none in any way."""
    if not any(table.column(name) for name in names) or "" in names:
        return False
    return not any(is_known(table, name) and not table.column(name) and as_called(name) not in names for name in names)


def _made_of_text(
    table: Table, file: RecordFile, path: Path, folder: Path, dialect: Dialect, not_utf8: Sequence[Problem] = ()
) -> Readable:
    made, problems = made_of_text(table, file, path, folder, dialect, not_utf8)
    return (replace(file, plain=made.plain), [*problems, *read_as(file.shown, made)]) if made else (None, problems)


def made_of_text(
    table: Table, file: RecordFile, path: Path, folder: Path, dialect: Dialect, not_utf8: Sequence[Problem] = ()
) -> tuple[MadePlain | None, list[Problem]]:
    """A plain CSV made of text.

    Args:
        path: where the text lies.
        not_utf8: the problem of the first line that is not UTF-8, where there is one.
    """
    copy = new_name(folder, ".text")
    took = plain_copy(path, copy, dialect)
    before = dialect.header_line - 1
    problems = text_problems(replace(file, path=copy), first_line=dialect.header_line)
    if took.windows_lines and _has_unreadable(copy):
        problems = [*problems, *not_utf8]
    if any(p.severity == "error" for p in problems):
        return None, problems
    columns = columns_of(table, dialect.header_line, _first_row(copy, dialect.separator))
    rows = RowsAgain(copy, dialect.separator, before)
    said = [*(["a line sep="] if dialect.declared else []), *dialect.unusual]
    if file.ending.startswith((".tsv", ".tab")):
        said = [one for one in said if one != "tabs between cells"]
    if took.windows_lines:
        at = f", first on line {not_utf8[0].line}" if not_utf8 else ""
        said.append(f"{counted(took.windows_lines, 'line')} in Windows-1252 (Latin-1){at}")
    try:
        made = made_plain(file.shown, table, columns, rows, new_name(folder, ".csv"), said, dialect.separator)
    except csv.Error:
        return None, [*problems, _unpaired(file.shown, dialect.header_line)]
    return made, [*problems, *made.problems]


def made_of_cells(table: Table, file: RecordFile, folder: Path) -> MadePlain | None:
    """A plain CSV made of one whose lines are plain, but not all its cells; None where its quotes do not pair."""
    dialect = dialect_of(_start(file.path), lambda cell: is_known(table, cell))
    return made_of_text(table, file, file.path, folder, dialect)[0] if dialect else None


def _first_row(copy: Path, separator: str) -> list[str]:
    with copy.open(encoding="utf-8", newline="") as stream:
        return next(csv.reader(stream, delimiter=separator), [])


def _has_unreadable(copy: Path) -> bool:
    """Whether a byte was no letter of Windows-1252 either."""
    mark = "\ufffd".encode()
    with copy.open("rb") as stream:
        return any(mark in line for line in stream)


def _start(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(START_BYTES)


def _is_page(path: Path) -> bool:
    return _start(path).lstrip(codecs.BOM_UTF8 + b" \r\n\t").startswith(b"<")


# ------------------------------------------------------------------------------------------------- messages


def read_as(shown: str, made: MadePlain) -> list[Problem]:
    """What was unusual about a file that was read."""
    if not made.plain.said:
        return []
    return [
        Problem(
            Place(shown),
            got="; ".join(made.plain.said),
            expected="CSV in UTF-8 with commas between cells, and days and numbers as 2024-01-31 and 1234.5",
            fix="It is read as what it is; look whether that is right.",
            slug="read-as",
            severity="warning",
        )
    ]


def _unpaired(shown: str, line: int) -> Problem:
    return Problem(
        Place(shown, line),
        got="a cell below with a quote that has no other, or text behind it",
        expected="cells with line ends or separators in a pair of quotes",
        fix="Double quotes inside a quoted cell, and close each.",
        slug="quote-open",
    )


def _no_header(table: Table, shown: str, line: int) -> Problem:
    return Problem(
        Place(shown, line),
        got="no header",
        expected="column names on the first line",
        fix=f"Start with: {','.join(c.name for c in table.columns)}",
        slug="header-missing",
    )
