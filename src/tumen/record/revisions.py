"""Figures that one publisher printed more than once: the last that is known by the wall counts.

A table says which figure each of its rows prints. Of rows of one figure whose dates of publication are known and
differ, those that came before the last, and that differ from it by more than rounding, are replaced, each as a whole.
A row that is derived, or in conflict with a firmer one, replaces none; a bound, and one that is suspect, garbled or
missing, takes no part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tumen.engine.loading import quoted
from tumen.engine.queries import Engine, typed
from tumen.record.columns import Figure, Table
from tumen.record.publication import published_on
from tumen.record.same import Things

#: What a row is that prints no figure to be replaced, nor one that replaces another.
_NO_FIGURE = ("lower_bound", "upper_bound", "suspect", "garbled", "missing")

#: A difference this small, of a figure, is none.
_NOTHING = 1e-9


@dataclass(frozen=True)
class Earlier:
    """What a publisher had printed before.

    Args:
        published: when, as the row or else its source has it.
        values: its figures, by column.
    """

    id: str
    source: str
    published: str
    values: Mapping[str, float]


@dataclass(frozen=True)
class Revisions:
    """What was printed anew in a table.

    Args:
        replaced: ids of the rows that a later one replaces.
        unclear: ids of rows that differ, of which it cannot be told which is the later.
        earlier: what a row replaces, from the oldest on, by the row's id.
    """

    replaced: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    earlier: Mapping[str, tuple[Earlier, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Printed:
    """A row of a figure that was printed more than once; `figure` is the same for all rows of one."""

    name: str
    figure: str
    id: str
    source: str
    published: str | None
    last: bool
    replaced: bool
    unclear: bool
    values: tuple[float | None, ...]


def revisions_of(engine: Engine, among: Mapping[Table, str], same: Mapping[str, Things]) -> dict[str, Revisions]:
    """What was printed anew, by table.

    Args:
        among: for each table that says what figure its rows print, SQL that is true for a row that is known.
        same: what rows tell of that name another one; see `tumen.record.same`.

    Returns: nothing for tables in which no figure was printed twice.
    """
    asked = [_query(t, t.figure, known, same.get(t.name, {})) for t, known in among.items() if t.figure]
    if not asked:
        return {}
    rows = typed(engine.inspect(f"{' union all '.join(asked)} order by name, figure, day nulls last, id"), _Printed)
    named = {table.name: table for table in among}
    return {name: _told(named[name], [r for r in rows if r.name == name]) for name in sorted({r.name for r in rows})}


def _told(table: Table, rows: Sequence[_Printed]) -> Revisions:
    """What the rows of a table say, those of one figure from the oldest on."""
    before: dict[str, list[Earlier]] = {}
    for row in (r for r in rows if r.replaced):
        before.setdefault(row.figure, []).append(_earlier(table, row))
    return Revisions(
        tuple(r.id for r in rows if r.replaced),
        tuple(r.id for r in rows if r.unclear),
        {r.id: tuple(before[r.figure]) for r in rows if r.last and r.figure in before},
    )


def _earlier(table: Table, row: _Printed) -> Earlier:
    names = [name for name, _ in _values(table.figure)] if table.figure else []
    printed = {name: value for name, value in zip(names, row.values, strict=True) if value is not None}
    return Earlier(row.id, row.source, row.published or "", printed)


def _values(figure: Figure) -> list[tuple[str, str]]:
    """What is printed of a figure: the name of each value, and its SQL.

    Example:
        >>> _values(Figure(("host",), ("low", "coalesce(a, b) as high")))
        [('low', 'low'), ('high', 'coalesce(a, b)')]
    """
    parts = [value.rpartition(" as ") for value in figure.values]
    return [(name, sql or name) for sql, _, name in parts]


def _query(table: Table, figure: Figure, known: str, same: Things) -> str:
    """SQL of the rows of a table whose figure was printed more than once, with what a later print makes of them.

    Each step adds to the one before: what kind of print a row is, which kind counts of its figure, when that was
    printed last, and from what least to what most it was printed then.
    """
    places = range(len(figure.values))
    counts = "filter (where last) over g"
    ends = ", ".join(
        f"min(v{n}) {counts} as least{n}, max(v{n}) {counts} as most{n}, "
        f"(digit{n} + max(digit{n}) {counts}) / 2 + {_NOTHING} * v{n} as slack{n}"
        for n in places
    )
    apart = " or ".join(f"coalesce(v{n} < least{n} - slack{n} or v{n} > most{n} + slack{n}, false)" for n in places)
    left = "filter (where rank = 1 and not replaced) over g"
    spread = " or ".join(
        f"coalesce(max(v{n}) {left} - min(v{n}) {left} > max(digit{n} + {_NOTHING} * v{n}) {left}, false)"
        for n in places
    )
    window = "window g as (partition by figure)"
    return f"""select * from (with printed as ({_printed(table, figure, known, same)}),
        ranked as (select *, min(rank) filter (where rank <> 2) over g as firmest from printed {window}),
        dated as (select *, max(day) filter (where rank = firmest) over g as last_day from ranked {window}),
        firm as (select *, coalesce(rank = firmest and day = last_day, false) as last from dated),
        ended as (select *, {ends} from firm {window}),
        judged as (select *, coalesce(day < last_day, false) and ({apart}) as replaced from ended),
        told as (select *, rank = 1 and not replaced and ({spread}) as unclear from judged {window})
        select {quoted(table.name)} as name, figure, id, source, published, last, replaced, unclear, day,
            [{", ".join(f"v{n}" for n in places)}] as "values"
        from told qualify bool_or(replaced or unclear) over (partition by figure))"""  # noqa: S608 - from our schema


def _printed(table: Table, figure: Figure, known: str, same: Things) -> str:
    """SQL of the rows of a table that print a figure more than once, each with the first id of those rows."""
    own = "published" if table.column("published") else "cast(null as varchar)"
    quality = "quality" if table.column("quality") else "''"
    none = ", ".join(quoted(one) for one in _NO_FIGURE)
    values = ", ".join(f"cast({sql} as double) as v{n}" for n, (_, sql) in enumerate(_values(figure)))
    digits = ", ".join(
        f"{_digit(sql, figure.last_digit, quality)} as digit{n}" for n, (_, sql) in enumerate(_values(figure))
    )
    of = ", ".join(f'"{name}"' for name in figure.of) + (", coalesce(thing, id)" if table.same else "")
    things = ", ".join(f"({quoted(row)}, {quoted(thing)})" for row, thing in same.items()) or "(null, null)"
    tied = f"left join (values {things}) as same (row_id, thing) on id = row_id" if table.same else ""
    return f"""
        select r.*, coalesce(r.own, s.published) as published,
            case when r.own is not null then {published_on("r.own")} else {published_on("s.published")} end as day
        from (
            select id, source, {own} as own, {values}, {digits},
                case when {quality} in ({none}) then null when {quality} = 'derived' then 2
                    when {quality} = 'conflict' then 3 else 1 end as rank,
                min(id) over (partition by {of}) as figure
            from "{table.name}" {tied} where ({known})
            qualify rank is not null and count(*) over (partition by {of}) > 1
        ) as r left join (select id as name, published from sources) as s on r.source = s.name"""  # noqa: S608


def _digit(value: str, last_digit: str, quality: str) -> str:
    """SQL of one unit of the last printed digit; of a rounded figure that does not say, of the last that is no zero."""
    whole = f"cast(cast({value} as bigint) as varchar)"
    zeros = f"power(10, length({whole}) - length(rtrim({whole}, '0')))"
    unsaid = f"case when {quality} = 'rounded' and {value} > 0 and {value} = floor({value}) then {zeros} else 0.0 end"
    return f"coalesce(cast({last_digit} as double), {unsaid})" if last_digit else unsaid
