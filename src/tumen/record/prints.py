"""Rows of one figure that a publisher printed more than once: which the last replaces, and which nobody can tell.

Of rows whose dates of publication are known and differ, those that came before the last, and that differ from it by
more than rounding, are replaced, each as a whole. A row that is derived, or in conflict with a firmer one, replaces
none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tumen.record.publication import known_on

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
        unclear: rows that differ, of which it cannot be told which is the later: the source of each, by id.
        earlier: what a row replaces, from the oldest on, by the row's id.
        against: those unclear rows again, with what they print: all that are of one figure together.
    """

    replaced: tuple[str, ...] = ()
    unclear: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, tuple[Earlier, ...]] = field(default_factory=dict)
    against: tuple[tuple[Earlier, ...], ...] = ()


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
    unclear: dict[str, str] = {}
    earlier: dict[str, tuple[Earlier, ...]] = {}
    against: list[tuple[Earlier, ...]] = []
    for rows in figures:
        before, last = _before(rows)
        gone = {p.id for p in before}
        firm = [p for p in rows if p.firm and p.id not in gone]
        left = [p for p in firm if p.quality != "estimate"] or firm
        replaced += [p.id for p in before]
        if any(end.apart for end in _ends(left)):
            unclear |= {p.id: p.source for p in left}
            against.append(tuple(_earlier(p, names) for p in left))
        earlier |= {p.id: tuple(_earlier(one, names) for one in before) for p in last if before}
    return Revisions(tuple(replaced), unclear, earlier, tuple(against))


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
