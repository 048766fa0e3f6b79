"""Rows that a measure would have used but for one cell, looked for where it lacks something."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel

from tumen.counting import counted
from tumen.engine.loading import quoted
from tumen.engine.queries import typed
from tumen.measure.named_columns import names_given
from tumen.record import redaction
from tumen.record.columns import Table
from tumen.record.nearness import meant_cell, meant_period
from tumen.record.read import Record

T = TypeVar("T")

#: Rows beyond so many are not told.
_TOLD = 5

#: Cells of a column, or periods, that are looked through.
_LOOKED_AT = 2000


@dataclass(frozen=True)
class Sought:
    """What a measure looks for in the record.

    Args:
        cells: what a cell must be one of, by column with its table: "trade.publisher".
        days: every day among its arguments.
    """

    cells: Mapping[str, Collection[str]]
    days: tuple[dt.date, ...]

    def of(self, table: str) -> dict[str, Collection[str]]:
        """What the cells of a table must be, by column."""
        return {at.split(".")[1]: names for at, names in self.cells.items() if at.split(".")[0] == table}


@dataclass(frozen=True)
class _Other:
    """Rows that are as wanted but for one cell: the column, the cell, the first of them by its id."""

    at: str
    cell: str
    id: str
    n: int


@dataclass(frozen=True)
class _Period:
    """Rows of one period whose cells all are as wanted."""

    first: dt.date
    after: dt.date
    id: str
    n: int


def sought(arguments: BaseModel, options: BaseModel, implied: Mapping[str, Sequence[str]]) -> Sought:
    """What a measure looks for.

    Args:
        implied: cells that it looks for whatever a claim names, by column.
    """
    cells = {at: set(names) for at, names in implied.items()}
    for one in (*names_given(arguments, by_default=True), *names_given(options, by_default=True)):
        for column in one.names.columns if one.name else ():
            cells.setdefault(column, set()).add(one.name)
    return Sought({at: sorted(names) for at, names in sorted(cells.items())}, tuple(sorted(_days(arguments))))


def _days(value: Any) -> Iterator[dt.date]:
    if isinstance(value, dt.date):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from _days(inner)
    elif isinstance(value, BaseModel):
        for key in type(value).model_fields:
            yield from _days(getattr(value, key))


def near_misses(record: Record, tables: Sequence[str], asked: Sought) -> tuple[str, ...]:
    """Rows of public sources that are as wanted but for one cell that looks like a slip, in words.

    Args:
        record: behind the wall.
        tables: those that the measure reads.

    Returns: a text a cell, five at the most; each names the first row that has it, the cell, and what was meant.
    """
    found: list[str] = []
    for name in tables:
        wanted = asked.of(name)
        if wanted and record.rows.get(name):
            table = record.tables[name]
            found += [*_cells_off(record, table, wanted, asked.days), *_days_off(record, table, wanted, asked.days)]
    return tuple(found[:_TOLD])


def _cells_off(
    record: Record, table: Table, wanted: Mapping[str, Collection[str]], days: Sequence[dt.date]
) -> Iterator[str]:
    """Rows of which one cell is not what is wanted, but near it."""
    around = _around(record, table, days)
    asked = []
    for at, names in wanted.items():
        others = [_is(other, those) for other, those in wanted.items() if other != at]
        where = " and ".join([*others, f'"{at}" is not null', f"not {_is(at, names)}", *around])
        asked.append(
            f'(select {quoted(at)} as at, "{at}" as cell, {_id(table)} as id, count(*) as n from "{table.name}" '  # noqa: S608 - our schema, quoted names
            f'where {where} group by "{at}" order by "{at}" limit {_LOOKED_AT})'
        )
    for row in _asked_once(record, " union all ".join(asked), _Other):
        if meant := meant_cell(row.cell, wanted[row.at]):
            yield f"{_rows(table, row.id, row.n)} {row.at} “{row.cell}”; did you mean “{meant}”?"


def _asked_once(record: Record, sql: str, form: type[T]) -> Sequence[T]:
    """Rows of a query that several ways to count may ask alike, where the files are read."""
    return record.answers.once(("near misses", sql), lambda: typed(record.engine.inspect(sql), form))


def _days_off(
    record: Record, table: Table, wanted: Mapping[str, Collection[str]], days: Sequence[dt.date]
) -> Iterator[str]:
    """Rows as wanted whose period begins or ends a day off."""
    if table.column("start") is None or table.column("end") is None:
        return
    cells = [_is(at, names) for at, names in wanted.items()]
    where = " and ".join([*cells, '"start" is not null', '"end" is not null', *_around(record, table, days)])
    sql = (
        f'select "start" as first, "end" as after, {_id(table)} as id, count(*) as n from "{table.name}" '  # noqa: S608 - our schema, quoted names
        f'where {where} group by "start", "end" order by "start", "end" limit {_LOOKED_AT}'
    )
    for row in _asked_once(record, sql, _Period):
        if meant := meant_period(row.first, row.after):
            pairs = (("start", row.first, meant[0]), ("end", row.after, meant[1]))
            slips = [f"{at} {day}; did you mean {other}?" for at, day, other in pairs if day != other]
            yield f"{_rows(table, row.id, row.n)} {' and '.join(slips)}"


def _is(column: str, names: Collection[str]) -> str:
    return f'coalesce("{column}" in ({", ".join(map(quoted, names))}), true)'


def _around(record: Record, table: Table, days: Sequence[dt.date]) -> list[str]:
    """SQL conditions: a row that may be shown, of a time that was asked for, a day more or less."""
    public = [redaction.is_public(table)] if record.redaction.hides else []
    if len(days) < 2 or table.column("start") is None or table.column("end") is None:
        return public
    first, last = f"date '{days[0]}'", f"date '{days[-1]}'"
    return [*public, f'"start" <= {last} and "end" >= {first}']


def _id(table: Table) -> str:
    return "min(id)" if table.column("id") else "''"


def _rows(table: Table, row: str, number: int) -> str:
    """Rows as the beginning of a sentence of what they have."""
    named = f"row “{row}” of {table.name}" if row else f"{counted(number, 'row')} of {table.name}"
    more = f" and {counted(number - 1, 'other')}" if row and number > 1 else ""
    return f"{named}{more} {'have' if number > 1 else 'has'}"
