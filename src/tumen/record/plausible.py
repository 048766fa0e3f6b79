"""What rows of a record cannot say together, or hardly: each table's own checks, asked of the engine in one query.

A case is told of the largest few findings of a check, each with all its rows at their lines, and of how many more there
are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tumen.counting import counted
from tumen.engine.loading import quoted
from tumen.engine.queries import typed
from tumen.errors import Place, Problem
from tumen.record.columns import Plausibility, Table
from tumen.record.leaps import LEAP, has_series, leaps
from tumen.record.read import Record
from tumen.record.row_places import RowPlaces, row_places, rows_said

#: So many findings of a check are told one by one.
SHOWN_OF_A_CHECK = 3

#: Qualities of rows that are no evidence of a figure.
_NO_FIGURE = ("lower_bound", "upper_bound", "suspect", "garbled", "missing", "conflict")


#: SQL that is true for a row that is evidence of a figure; every table that is asked has a quality.
_USABLE = f"id is not null and coalesce(quality not in ({', '.join(quoted(one) for one in _NO_FIGURE)}), true)"


@dataclass(frozen=True)
class _Finding:
    """Rows of a table that a check is about.

    Args:
        check: its place among all that were asked.
        n: how many findings the check has.
    """

    check: int
    ids: tuple[str, ...]
    got: str
    n: int


def implausible(record: Record, groups: Collection[str] = ()) -> list[Problem]:
    """A warning for the largest findings of each check, and one that counts the rest.

    Args:
        record: as it was known by the case's day.
        groups: codes of groups of states that the case declares.
    """
    asked = [(t, check) for t in record.tables.values() if record.rows.get(t.name) for check in t.plausible]
    series = [t for t in record.tables.values() if record.rows.get(t.name) and has_series(t)]
    each = [_query(n, check, groups) for n, (_, check) in enumerate(asked)]
    each += [_of_series(len(asked), series)] if series else []
    asked += [(table, LEAP) for table in series]
    if not each:
        return []
    ordered = f'select * from ({" union all ".join(each)}) order by "check", size desc, ids'  # noqa: S608 - our schema
    found = typed(record.engine.inspect(ordered), _Finding)
    by_check: dict[int, list[_Finding]] = defaultdict(list)
    for one in found:
        by_check[one.check].append(one)
    places = row_places(record, [(asked[one.check][0].name, one.ids) for one in found])
    return [p for n, findings in by_check.items() for p in _problems(*asked[n], findings, places, record)]


def _query(n: int, check: Plausibility, groups: Collection[str]) -> str:
    """SQL of the largest findings of a check, each with how many there are of them."""
    named = ", ".join(quoted(name) for name in sorted(groups)) or "''"
    finds = check.finds.replace("{usable}", _USABLE).replace("{groups}", named)
    return (
        f'(select {n} as "check", ids, got, size, count(*) over () as n from ({finds}) '  # noqa: S608 - from our schema
        f"order by size desc, ids limit {SHOWN_OF_A_CHECK})"
    )


def _of_series(first: int, tables: Sequence[Table]) -> str:
    """The same of steps in the series of some tables.

    Args:
        first: place of the first table's check among all.
    """
    finds = leaps(tables).replace("{usable}", _USABLE)
    ranked = "row_number() over (partition by place order by size desc, ids)"
    return (
        f'(select {first} + place as "check", ids, got, size, count(*) over (partition by place) as n '  # noqa: S608
        f"from ({finds}) qualify {ranked} <= {SHOWN_OF_A_CHECK})"
    )


def _problems(
    table: Table, check: Plausibility, found: Sequence[_Finding], places: RowPlaces, record: Record
) -> Iterable[Problem]:
    hidden = record.redaction.rows(table.name, {name for one in found for name in one.ids})
    for one in found:
        at = [places[table.name, name] for name in one.ids]
        open_ = not hidden.keys() & set(one.ids)
        yield Problem(
            at[0],
            got=f"{one.got if open_ else check.instead} ({rows_said(one.ids, at, hidden)})",
            expected=check.expected,
            fix=check.fix,
            slug=check.slug,
            severity="warning",
        )
    if (more := found[0].n - len(found)) > 0:
        yield Problem(
            Place(f"record/{table.name}.csv"),
            got=f"{counted(more, 'more finding')} like these",
            expected=check.expected,
            fix="Correct the first ones, then check again.",
            slug=check.slug,
            severity="warning",
            stands_for=more,
        )
