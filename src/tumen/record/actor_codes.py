"""Codes of actors in a record that ISO 3166 gives to no state, each with a row that has it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from tumen.counting import counted
from tumen.engine.loading import quoted
from tumen.engine.queries import typed
from tumen.errors import Place, Problem
from tumen.record.columns import ACTOR, Column, Table
from tumen.record.read import Record
from tumen.record.readers.states import known_states
from tumen.record.row_places import RowPlaces, row_places

#: So many codes of a column are told one by one.
SHOWN_OF_A_COLUMN = 5


@dataclass(frozen=True)
class _Code:
    """A code that a column of a table has."""

    name: str
    held: str
    code: str


@dataclass(frozen=True)
class _Row:
    """How many rows have a code in a column, and the first of them by its id, or its file where rows have none."""

    name: str
    held: str
    code: str
    n: int
    id: str | None
    file: str


def strange_codes(record: Record, declared: Collection[str], groups: Collection[str] = ()) -> list[Problem]:
    """A warning for each code in a column of actors that no state has, the first few of each column.

    Args:
        declared: ids of the case's own actors, whatever they are.
        groups: codes of groups of states that the case declares.
    """
    columns = {
        (t.name, c.name): (t, c) for t in record.tables.values() if record.rows.get(t.name) for c in _of_actors(t)
    }
    if not columns:
        return []
    known = {*known_states("name").values(), *declared, *groups}
    held = typed(record.engine.inspect(" union all ".join(_held(t, c) for t, c in columns.values())), _Code)
    strange = [one for one in held if one.code not in known and one.code not in _meant(columns[one.name, one.held][1])]
    if not strange:
        return []
    asked = [_asked(columns[one.name, one.held][0], one) for one in strange]
    rows = typed(record.engine.inspect(f"select * from ({' union all '.join(asked)}) order by name, held, code"), _Row)  # noqa: S608
    told = [row for row in rows if row.id is not None]
    places = row_places(record, [(row.name, [row.id]) for row in told if row.id is not None])
    return list(_problems(rows, places, record, known))


def _of_actors(table: Table) -> Iterable[Column]:
    return (c for c in table.columns if c.pattern.startswith(ACTOR.removesuffix("$")))


def _meant(column: Column) -> Collection[str]:
    """Codes to which a column gives a meaning of its own: "WLD: all partners together"."""
    return re.findall(r"\b([A-Z]{3}):", column.meaning)


def _held(table: Table, column: Column) -> str:
    """SQL of the codes of a column, once each."""
    if column.pattern == ACTOR:
        return (
            f"select distinct {quoted(table.name)} as name, {quoted(column.name)} as held, "  # noqa: S608 - our schema
            f'"{column.name}" as code from "{table.name}" where "{column.name}" is not null'
        )
    return (
        f"select distinct {quoted(table.name)} as name, {quoted(column.name)} as held, "  # noqa: S608 - from our schema
        f'unnest(string_split("{column.name}", \'+\')) as code from (select distinct "{column.name}" '
        f'from "{table.name}" where "{column.name}" is not null)'
    )


def _asked(table: Table, one: _Code) -> str:
    """SQL of the rows that have a code."""
    row = "min(id)" if table.column("id") else "cast(null as varchar)"
    return (
        f"select {quoted(one.name)} as name, {quoted(one.held)} as held, {quoted(one.code)} as code, "  # noqa: S608
        f'count(*) as n, {row} as id, min(_file) as file from "{one.name}" '
        f"where list_contains(string_split(\"{one.held}\", '+'), {quoted(one.code)})"
    )


def _problems(rows: Iterable[_Row], places: RowPlaces, record: Record, known: Collection[str]) -> Iterable[Problem]:
    by_column: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        by_column[row.name, row.held].append(row)
    for (table, column), found in by_column.items():
        hides = record.redaction.hides_rows_of(table)
        for row in found[:SHOWN_OF_A_COLUMN]:
            place = places.get((table, row.id or ""), Place(row.file))
            yield _problem(place, row, _said(row, hides), "" if hides else _meaning(row.code, known))
        if (more := len(found) - SHOWN_OF_A_COLUMN) > 0:
            yield _problem(Place(found[0].file), found[0], f"{counted(more, 'more code')} in {column}", "", more)


def _said(row: _Row, hides: bool) -> str:
    """A code with a row that has it; where some rows may not be shown, the code alone is not told."""
    if hides:
        return f"a code in {row.held} that is not shown ({counted(row.n, 'row')})"
    named = f"row '{row.id}'" if row.id else "a row"
    more = f" and {counted(row.n - 1, 'more row')}" if row.n > 1 else ""
    return f"{row.held} '{row.code}' ({named}{more})"


def _meaning(code: str, known: Collection[str]) -> str:
    """Codes that may have been meant: the same letters in another order, then those that look alike."""
    swapped = sorted(one for one in known if sorted(one) == sorted(code))
    near = (swapped or get_close_matches(code, sorted(known), n=2, cutoff=0.6))[:2]
    named = " or ".join(f"'{one}'" for one in near)
    return f"Did you mean {named}? " if near else ""


def _problem(place: Place, row: _Row, got: str, meant: str, stands_for: int = 1) -> Problem:
    return Problem(
        place,
        got=got,
        expected="the ISO 3166 alpha-3 code of a state",
        fix=f"{meant}Correct it; where it is a group or an actor of your own, declare it in case.toml.",
        slug="code-of-no-state",
        severity="warning",
        stands_for=stands_for,
    )
