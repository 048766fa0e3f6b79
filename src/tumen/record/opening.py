"""Whether a file of the record can be read as its table: its size, its text, its columns and their types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tumen.budgets import USUAL, Budgets
from tumen.engine.queries import Engine, Extent, FilePart, MemoryShortError, is_nested
from tumen.engine.rejects import clipped
from tumen.errors import EngineError, Place, Problem, did_you_mean
from tumen.record.columns import TYPES, Table
from tumen.record.readable import readable
from tumen.record.sizes import csv_extent, over_budget, parquet_extent, ragged_problem, size_problem
from tumen.record.strange_forms import foreign_problem
from tumen.record.table_files import RecordFile
from tumen.record.table_text import header_of

_NOTHING = Extent(0, 0)


@dataclass(frozen=True)
class OpenedPart:
    """A file of the record with its columns matched to the schema.

    Args:
        file: with what is read in its place, where it is no plain CSV.
        columns: the file for the engine.
    """

    file: RecordFile
    columns: FilePart

    @property
    def names(self) -> list[str]:
        """Names of its columns."""
        return [name for name, _ in self.columns.columns]


def part_of(
    table: Table, file: RecordFile, engine: Engine, spent: Extent = _NOTHING, budgets: Budgets = USUAL
) -> tuple[OpenedPart | None, list[Problem], Extent]:
    """A file with its columns matched to the schema, or why it cannot be read; and how large it is.

    Args:
        spent: the rows of the table and the bytes of the record that were read before.
    """
    too_large = size_problem(file, spent, budgets)
    if too_large is not None:
        return None, [too_large], _NOTHING
    if file.is_parquet:
        names, extent, problems = _parquet_columns(table, file, engine, budgets)
    else:
        file, names, extent, problems = _text_columns(table, file, engine, spent, budgets)
    too_large = over_budget(file, extent, spent, budgets)
    problems += [too_large] if too_large else []
    if any(p.severity == "error" for p in problems):
        return None, problems, _NOTHING
    return OpenedPart(file, file_part(table, file, names)), problems, extent


def file_part(table: Table, file: RecordFile, names: Sequence[str]) -> FilePart:
    """A file for the engine.

    Args:
        names: of its columns.
    """
    kinds = {c.name: TYPES[c.type] for c in table.columns}
    return FilePart(file.text, file.shown, tuple((n, kinds.get(n)) for n in names))


def _parquet_columns(
    table: Table, file: RecordFile, engine: Engine, budgets: Budgets
) -> tuple[list[str], Extent, list[Problem]]:
    """Names of a Parquet file's columns and its size, or why it cannot be read."""
    try:
        kinds = engine.parquet_columns(file.path)
    except EngineError:
        return (
            [],
            _NOTHING,
            [
                Problem(
                    Place(file.shown),
                    got="a file that is not Parquet",
                    expected="Parquet, as its name says",
                    fix="Save it again, or rename it to .csv if it is text.",
                    slug="file-kind",
                )
            ],
        )
    known = {name: kind for name, kind in kinds.items() if table.column(name)}
    problems = _header_problems(table, file, list(kinds)) + [
        Problem(
            Place(file.shown),
            got=f"column '{name}' of type {clipped(kind, 60)}",
            expected="one value in each cell",
            fix="Write one value, or leave the column out.",
            slug="column-nested",
        )
        for name, kind in known.items()
        if is_nested(kind)
    ]
    if any(p.severity == "error" for p in problems):
        return [], _NOTHING, problems
    try:
        return list(kinds), parquet_extent(file, known, engine, budgets), problems
    except MemoryShortError:
        raise
    except EngineError:  # damaged somewhere in the middle, which is told of where its rows are read
        return list(kinds), _NOTHING, problems


def _text_columns(
    table: Table, file: RecordFile, engine: Engine, spent: Extent, budgets: Budgets
) -> tuple[RecordFile, list[str], Extent, list[Problem]]:
    """A file of text or a workbook, plain; names of its columns and its size, or why it cannot be read."""
    if file.ending == ".csv" and csv_extent(file).rows > budgets.rows:
        return file, [], csv_extent(file), []
    opened, problems = readable(table, file, engine.folder, budgets.bytes - spent.bytes)
    if opened is None:
        return file, [], _NOTHING, problems
    names, extent = header_of(opened), csv_extent(opened)
    of_header = _header_problems(table, opened, names)
    problems = of_header if any(p.slug == "table-foreign" for p in of_header) else [*of_header, *problems]
    if not any(p.severity == "error" for p in problems):
        ragged = ragged_problem(opened)
        problems += [ragged] if ragged else []
    return opened, names, extent, problems


def _header_problems(table: Table, file: RecordFile, names: Sequence[str]) -> list[Problem]:
    """Columns that are missing, repeated or unknown."""
    line = None if file.is_parquet else file.plain.header_line if file.plain else 1
    foreign = foreign_problem(table, file.shown, line, names)
    if foreign and any(c.required and c.name not in names for c in table.columns):
        return [foreign]
    if not any(n.strip() for n in names) or not any(table.column(n.strip().lower()) for n in names):
        return [
            Problem(
                Place(file.shown, line),
                got="no header",
                expected="column names on the first line",
                fix=f"Start with: {','.join(c.name for c in table.columns)}",
                slug="header-missing",
            )
        ]
    problems = [
        Problem(
            Place(file.shown, line),
            got=f"no column '{c.name}'",
            expected=f"the columns of '{table.name}'",
            fix=f"Add it: {c.meaning}.",
            slug="column-missing",
        )
        for c in table.columns
        if c.required and c.name not in names and not (c.name == "id" and line is None)
    ]
    counts = Counter(name.lower() for name in names)  # engines do not tell 'id' from 'ID'
    for name in {n.lower(): n for n in reversed(names)}.values():
        if (count := counts[name.lower()]) > 1:
            problems.append(
                Problem(
                    Place(file.shown, line),
                    got=f"column '{name}' {count} times",
                    expected="each column once",
                    fix="Remove or rename the others.",
                    slug="column-repeated",
                )
            )
        elif table.column(name) is None:
            problems.append(
                Problem(
                    Place(file.shown, line),
                    got=f"column '{name}'",
                    expected=f"the columns of '{table.name}'",
                    fix=did_you_mean(name, [c.name for c in table.columns]) + " It is not read.",
                    slug="column-unknown",
                    severity="warning",
                )
            )
    return problems


def damaged(table: str, files: Sequence[RecordFile]) -> list[Problem]:
    """The problem of a table whose Parquet opens but cannot be read to its end."""
    return [
        Problem(
            Place(f.shown),
            got="a file that cannot be read",
            expected=f"a table of '{table}'",
            fix="Check the file; it may be damaged.",
            slug="file-unreadable",
        )
        for f in files
        if f.table == table and f.is_parquet
    ]
