"""`tumen import harvests`: the books of a farm, put into a case's record."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np

from tumen.commands.importing import FILES_ARGUMENT, INTO, SOURCE, rows_left_out
from tumen.commands.options import require_names
from tumen.commands.saying import say
from tumen.counting import counted

if TYPE_CHECKING:
    from tumen.commands.into_case import Destination

#: Columns that are read, each with the engine's name for its type.
_COLUMNS = {"id": "VARCHAR", "field": "VARCHAR", "year": "BIGINT", "hectares": "DOUBLE", "tonnes": "DOUBLE"}


@dataclass(frozen=True)
class _Books:
    """What was read: rows as the table has them, and how many were left out, by file and reason."""

    rows: list[tuple[str, str, int, float, float]] = field(default_factory=list)
    dropped: dict[str, Counter[str]] = field(default_factory=dict)


@click.command()
@FILES_ARGUMENT
@INTO
@SOURCE
def harvests(files: tuple[Path, ...], case: Path, source: str) -> None:
    """Put harvests from FILEs into CASE: CSV files with field, year, hectares and tonnes."""
    from tumen.commands.into_case import imported

    require_names(files)

    def fill(into: Destination, ours: Path) -> _Books:
        books = _read(files)
        into.require(len(books.rows), files[0], books.dropped, (), "harvests of fields")
        _write(books, source, ours)
        return books

    books, into = imported(case, "harvests", source, fill)
    say(f"{counted(len(books.rows), 'harvest')} written to {into.path}.")
    for line in (*rows_left_out(books.dropped), *into.beside):
        say(line)


def _read(files: tuple[Path, ...]) -> _Books:
    books = _Books()
    for file in files:
        for line in _lines(file):
            try:
                name, year = line["field"], int(line["year"])
                books.rows.append((f"{name} {year}", name, year, float(line["hectares"]), float(line["tonnes"])))
            except (KeyError, TypeError, ValueError):
                books.dropped.setdefault(str(file), Counter())["a line without a field, a year and two figures"] += 1
    return books


def _lines(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _write(books: _Books, source: str, out: Path) -> None:
    from tumen.engine.backends import open_engine

    engine = open_engine()
    try:
        columns = dict(zip(_COLUMNS, zip(*books.rows, strict=True), strict=True))
        engine.tabulate("books", _COLUMNS, {name: np.array(cells, dtype=object) for name, cells in columns.items()})
        engine.write("select *, $source as source from books order by field, year nulls last", out, source=source)
    finally:
        engine.close()


IMPORTERS = (harvests,)
