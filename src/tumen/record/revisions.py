"""Figures of a record that one publisher printed more than once: the last that is known by the wall counts.

A table says which figure each of its rows prints. Bounds, and rows that are suspect, garbled or missing, take no part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tumen.engine.loading import quoted
from tumen.engine.queries import Engine, typed
from tumen.record.columns import Figure, Table
from tumen.record.prints import Print, Revisions, revised
from tumen.record.same import Things

#: What a row is that prints no figure to be replaced, nor one that replaces another.
_NO_FIGURE = ("lower_bound", "upper_bound", "suspect", "garbled", "missing")

#: Of tables of no more rows all are gathered by figure; in larger ones those printed twice are found first.
MOST_GATHERED = 10_000


@dataclass(frozen=True)
class _Figure:
    """A figure that was printed more than once, in one table."""

    name: str
    prints: tuple[Print, ...]


def revisions_of(
    engine: Engine,
    among: Mapping[Table, str],
    same: Mapping[str, Things],
    published: Mapping[str, str],
    rows: Mapping[str, int],
) -> dict[str, Revisions]:
    """What was printed anew, by table.

    Args:
        among: for each table that says what figure its rows print, SQL that is true for a row that is known.
        same: what rows tell of that name another one; see `tumen.record.same`.
        published: when each source was published that says so.
        rows: of each table, before anything was left out.

    Returns: nothing for tables in which no figure was printed twice.
    """
    asked = [
        _query(table, table.figure, known, same.get(table.name, {}), rows[table.name] > MOST_GATHERED)
        for table, known in among.items()
        if table.figure
    ]
    figures = typed(engine.inspect(" union all ".join(asked)), _Figure) if asked else []
    printed: dict[str, list[list[Print]]] = {}
    for figure in sorted(figures, key=lambda one: one.prints[0].id):
        printed.setdefault(figure.name, []).append([_dated(one, published) for one in figure.prints])
    names = {t.name: [name for name, _ in _values(t.figure)] for t in among if t.figure}
    found = {name: revised(printed[name], names[name]) for name in names if name in printed}
    return {name: one for name, one in found.items() if one != Revisions()}


def _dated(one: Print, published: Mapping[str, str]) -> Print:
    return one if one.published is not None else replace(one, published=published.get(one.source))


def _values(figure: Figure) -> list[tuple[str, str]]:
    """What is printed of a figure: the name of each value, and its SQL.

    Example:
        >>> _values(Figure(("host",), ("low", "coalesce(a, b) as high")))
        [('low', 'low'), ('high', 'coalesce(a, b)')]
    """
    parts = [value.rpartition(" as ") for value in figure.values]
    return [(name, sql or name) for sql, _, name in parts]


def _query(table: Table, figure: Figure, known: str, same: Things, many: bool) -> str:
    """SQL of the figures of a table that were printed more than once, each with its rows.

    Args:
        many: whether rows are so many that those of other figures are to be sorted out before any are gathered.
    """
    own = "published" if table.column("published") else "null"
    quality = "quality" if table.column("quality") else "null"
    none = ", ".join(quoted(one) for one in _NO_FIGURE)
    values = ", ".join(f"cast({sql} as double)" for _, sql in _values(figure))
    of = ", ".join(f'"{name}"' if table.column(name) else name for name in figure.of) + (
        ", coalesce(same.thing, id)" if table.same else ""
    )
    things = ", ".join(f"({quoted(row)}, {quoted(thing)})" for row, thing in same.items()) or "(null, null)"
    tied = f"left join (values {things}) as same (row_id, thing) on id = same.row_id" if table.same else ""
    source = f'"{table.name}" {tied}'
    twice = f"select hash({of}) from {source} where {known} group by all having count(*) > 1"  # noqa: S608
    first = f"and hash({of}) in ({twice}) " if many else ""
    return (
        f"select {quoted(table.name)} as name, list({{'id': id, 'source': source, "  # noqa: S608 - from our schema
        f"'published': cast({own} as varchar), 'quality': cast({quality} as varchar), "
        f"'last_digit': cast({figure.last_digit or 'null'} as double), 'values': [{values}]}} order by id) as prints "
        f"from {source} where {known} {first}and coalesce({quality} not in ({none}), true) "
        f"group by {of} having count(*) > 1"
    )
