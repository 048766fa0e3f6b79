"""A file of events, its columns matched to those of its publisher, by the names in its header or by their places."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tumen.counting import counted
from tumen.engine.queries import Engine, FilePart
from tumen.errors import EngineError, Place, Problem
from tumen.events.layouts import Layout
from tumen.record.readers.dialects import SEPARATORS, Dialect, dialect_of
from tumen.record.readers.published_files import TableFile, from_header, import_unreadable

#: So many of a file's first rows say how its days are written.
_LOOKED_AT = 20

_YEAR_LAST = re.compile(r'[\s"]*\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}\b')


@dataclass(frozen=True)
class EventFile:
    """A table of events that can be loaded.

    Args:
        table: where it lies now.
        year_last: whether its days may end with their year, so that their order has to be found.
    """

    part: FilePart
    table: TableFile
    year_last: bool


def event_file(engine: Engine, table: TableFile, layout: Layout, folder: Path) -> EventFile | Problem:
    """A table with its columns matched to the layout's; a problem where it is not of that kind."""
    if table.kind == "parquet":
        return _of_parquet(engine, table, layout)
    dialect = dialect_of(table.start, layout.knows)
    if dialect is not None and not layout.missing(layout.named(dialect.header)):
        return _with_header(from_header(table, dialect, folder), dialect, layout)
    if layout.places:
        return _by_places(table, layout)
    found = layout.named(dialect.header) if dialect else []
    return layout.lacking(table.shown, found, True) or import_unreadable(table.shown, "no table", "Fetch it again.")


def latin_problem(table: TableFile) -> Problem:
    """The warning of a table with lines that are not UTF-8."""
    return Problem(
        Place(table.shown),
        got=f"{counted(table.latin_lines, 'line')} not in UTF-8",
        expected="UTF-8 text",
        fix="The file was read as Latin-1; look at names with accents.",
        slug="import-latin",
        severity="warning",
    )


def _with_header(table: TableFile, dialect: Dialect, layout: Layout) -> EventFile:
    header, *rows = _first_rows(table, dialect.separator)
    columns = layout.named(layout.said(header, rows[0] if rows else header))
    return _matched(table, columns, rows, dialect.separator, True)


def _by_places(table: TableFile, layout: Layout) -> EventFile | Problem:
    """A table without a header: what parts its cells is what gives it as many as the publisher's files have."""
    for separator in ("\t", *SEPARATORS):
        rows = _first_rows(table, separator)
        columns = layout.placed(len(rows[0]))
        if not layout.missing(columns):
            return _matched(table, columns, rows, separator, False)
    cells = table.first_line.split("\t")
    return layout.lacking(table.shown, [None] * len(cells), False) or import_unreadable(table.shown, "no table", "")


def _first_rows(table: TableFile, separator: str) -> list[list[str]]:
    """Cells of the first few lines; between tabs, quotes are letters like any other."""
    lines = [line for line in table.first_lines(_LOOKED_AT) if line]
    if separator == "\t":
        return [line.split("\t") for line in lines] or [[]]
    return list(csv.reader(lines, delimiter=separator)) or [[]]


def _matched(
    table: TableFile, columns: Sequence[str | None], rows: Sequence[Sequence[str]], separator: str, header: bool
) -> EventFile:
    named = tuple((ours or f"_{place}", "VARCHAR" if ours else None) for place, ours in enumerate(columns))
    days = [at for at, ours in enumerate(columns) if ours in ("event_date", "sqldate")]
    year_last = any(_YEAR_LAST.match(row[at]) for row in rows for at in days if at < len(row))
    return EventFile(FilePart(table.path, table.shown, named, separator, header), table, year_last)


def _of_parquet(engine: Engine, table: TableFile, layout: Layout) -> EventFile | Problem:
    try:
        stored = list(engine.parquet_columns(table.path))
    except EngineError:
        return import_unreadable(table.shown, "a Parquet file that is damaged", "Fetch it again.")
    columns = layout.named(stored)
    if lacking := layout.lacking(table.shown, columns, True):
        return lacking
    named = tuple((n, "VARCHAR" if c else None) for n, c in zip(stored, columns, strict=True))
    return EventFile(FilePart(table.path, table.shown, named), table, True)
