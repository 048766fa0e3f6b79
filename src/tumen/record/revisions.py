"""Figures that one publisher printed more than once: the last that is known by the wall counts.

A table says which figure each of its rows prints. Of rows of one figure whose dates of publication are known and
differ, those that came before the last, and that differ from it by more than rounding, are replaced, each as a whole.
A row that is derived, or in conflict with a firmer one, replaces none; a bound, and one that is suspect, garbled or
missing, takes no part.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tumen.engine.loading import quoted
from tumen.engine.queries import Engine, typed
from tumen.record.columns import Figure, Table
from tumen.record.publication import known_on
from tumen.record.same import Things

#: What a row is that prints no figure to be replaced, nor one that replaces another.
_NO_FIGURE = ("lower_bound", "upper_bound", "suspect", "garbled", "missing")

#: Of tables of no more rows all are gathered by figure; in larger ones those printed twice are found first.
FEW = 10_000

#: A part of a figure that is no difference.
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
class Print:
    """A row of a figure that was printed more than once.

    Args:
        published: when it became known, as the row itself says; None where it does not.
        last_digit: one unit of the last printed digit; 0 where it is exact, None where that is not said.
        values: what it prints, one for each value of its table's figure.
    """

    id: str
    source: str
    published: str | None
    quality: str | None
    last_digit: float | None
    values: tuple[float | None, ...]

    @property
    def firm(self) -> bool:
        """Whether its publisher printed it so, and nothing firmer contradicts it."""
        return self.quality not in ("derived", "conflict")

    def unit(self, value: float) -> float:
        """One unit of the last printed digit of a value; of a rounded one that does not say, of the last but zeros.

        Example:
            >>> Print("a", "s", None, "rounded", None, (660.0,)).unit(660.0)
            10.0
        """
        if self.last_digit is not None or self.quality != "rounded" or value <= 0 or value != int(value):
            return self.last_digit or 0.0
        whole = str(int(value))
        return float(10 ** (len(whole) - len(whole.rstrip("0"))))


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
        _query(table, table.figure, known, same.get(table.name, {}), rows[table.name] > FEW)
        for table, known in among.items()
        if table.figure
    ]
    figures = typed(engine.inspect(" union all ".join(asked)), _Figure) if asked else []
    found = {}
    for table in among:
        prints = [[_dated(p, published) for p in f.prints] for f in figures if f.name == table.name]
        names = [name for name, _ in _values(table.figure)] if table.figure else []
        found[table.name] = revised(sorted(prints, key=lambda rows: min(p.id for p in rows)), names)
    return {name: one for name, one in found.items() if one != Revisions()}


def _dated(one: Print, published: Mapping[str, str]) -> Print:
    return one if one.published is not None else replace(one, published=published.get(one.source))


def revised(figures: Iterable[Sequence[Print]], names: Sequence[str]) -> Revisions:
    """What was printed anew of some figures of a table.

    Args:
        figures: the rows of each, dated as they or else their sources are.
        names: what the values of a row are called.

    Example:
        >>> old, new = (Print(name, "s", day, "exact", None, (v,)) for name, day, v in
        ...             (("a", "2023", 100.0), ("b", "2025", 120.0)))
        >>> found = revised([[old, new]], ["usd"])
        >>> found.replaced, found.earlier["b"][0].values
        (('a',), {'usd': 100.0})
    """
    replaced: list[str] = []
    unclear: list[str] = []
    earlier: dict[str, tuple[Earlier, ...]] = {}
    for rows in figures:
        before, last = _before(rows)
        left = [p for p in rows if p.firm and p not in before]
        replaced += [p.id for p in before]
        unclear += sorted(p.id for p in left) if any(end.apart for end in _ends(left)) else []
        earlier |= {p.id: tuple(_earlier(one, names) for one in before) for p in last if before}
    return Revisions(tuple(replaced), tuple(unclear), earlier)


def _before(rows: Sequence[Print]) -> tuple[list[Print], list[Print]]:
    """Of one figure's rows those that a later one replaces, from the oldest on, and the last."""
    days = {p.id: known_on(p.published or "") or dt.date.max for p in rows}
    firm = [p for p in rows if p.firm] or [p for p in rows if p.quality == "conflict"]
    last_day = max((days[p.id] for p in firm if days[p.id] < dt.date.max), default=dt.date.min)
    last = [p for p in firm if days[p.id] == last_day]
    ends = _ends(last)
    before = [p for p in rows if days[p.id] < last_day and any(_apart(p, end) for end in ends)]
    return sorted(before, key=lambda p: (days[p.id], p.id)), last


@dataclass(frozen=True)
class _End:
    """The least and the most that some prints of a figure say of one of its values, with the coarsest unit of each.

    Args:
        n: which of the values.
    """

    n: int
    least: float
    most: float
    unit_least: float
    unit_most: float

    @property
    def apart(self) -> bool:
        """Whether the two differ by more than rounding."""
        return _differ(self.least, self.most, self.unit_least + self.unit_most)


def _ends(prints: Sequence[Print]) -> list[_End]:
    """The ends of each value that any of some prints of one figure has."""
    found = []
    for n in range(len(prints[0].values) if prints else 0):
        said = [(value, p.unit(value)) for p in prints if (value := p.values[n]) is not None]
        if said:
            least, most = min(value for value, _ in said), max(value for value, _ in said)
            units = [max(unit for value, unit in said if value == end) for end in (least, most)]
            found.append(_End(n, least, most, *units))
    return found


def _apart(one: Print, end: _End) -> bool:
    """Whether a print lies outside of what others say, by more than rounding."""
    value = one.values[end.n]
    if value is None:
        return False
    unit = one.unit(value)
    below = value < end.least and _differ(value, end.least, unit + end.unit_least)
    return below or (value > end.most and _differ(value, end.most, unit + end.unit_most))


def _differ(one: float, other: float, units: float) -> bool:
    """Whether two figures differ by more than half of the units of their last digits together."""
    return abs(one - other) > units / 2 + _NOTHING * max(abs(one), abs(other))


def _earlier(one: Print, names: Sequence[str]) -> Earlier:
    printed = {name: value for name, value in zip(names, one.values, strict=True) if value is not None}
    return Earlier(one.id, one.source, one.published or "", printed)


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
    of = ", ".join(f'"{name}"' for name in figure.of) + (", coalesce(thing, id)" if table.same else "")
    things = ", ".join(f"({quoted(row)}, {quoted(thing)})" for row, thing in same.items()) or "(null, null)"
    tied = f"left join (values {things}) as same (row_id, thing) on id = row_id" if table.same else ""
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
