"""Reports of what thieves stole, and the thefts that they speak of, each counted once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tumen.measure.content import keys
from tumen.measure.estimate import Used
from tumen.measure.units import USD, Amount, printed

Attribution = Literal["government", "panel", "firms", "researcher"]

#: From the firmest to the least firm.
_LEVELS: tuple[Attribution, ...] = ("government", "panel", "firms", "researcher")


@dataclass(frozen=True)
class Valued:
    """A value that a publisher prints, from the lowest to the highest, USD."""

    id: str
    low_usd: float
    high_usd: float
    publisher: str
    quality: str
    source: str

    @property
    def amount(self) -> Amount:
        """Its value or the range of it."""
        return printed(self.low_usd, self.high_usd, USD, self.quality)


@dataclass(frozen=True)
class TheftReport(Valued):
    """One row of thefts.sql: a report of one theft."""

    date: dt.date
    victim: str
    attributed_to: str
    attribution: Attribution

    @property
    def used(self) -> Used:
        """The row, for walking back."""
        return Used(
            table="thefts",
            id=self.id,
            source=self.source,
            publisher=self.publisher,
            amount=self.amount,
            start=self.date,
            end=self.date,
            actors=(self.attributed_to,),
            text=self.victim,
        )


@dataclass(frozen=True)
class Total(Valued):
    """One row of theft_totals.sql: what a publisher says was stolen in a period."""

    actor: str
    start: dt.date
    end: dt.date
    incidents: int | None

    @property
    def used(self) -> Used:
        """The row, for walking back."""
        return Used(
            table="theft_totals",
            id=self.id,
            source=self.source,
            publisher=self.publisher,
            amount=self.amount,
            start=self.start,
            end=self.end,
            actors=(self.actor,),
        )


@dataclass(frozen=True)
class Theft:
    """One theft, from all its reports that count.

    Args:
        id: of the row that stands for it.
        key: what tells its errors from those of other thefts: whose it was and when, never what its rows are called.
        low_usd, high_usd: lowest and highest value that a report prints.
    """

    id: str
    date: dt.date
    low_usd: float
    high_usd: float
    lower_bound: bool
    rows: tuple[TheftReport, ...]
    key: tuple[str, ...] = ()


def thefts_of(rows: Sequence[TheftReport], level: Attribution, same: Mapping[str, str]) -> list[Theft]:
    """Thefts, each once, of those reports whose attribution is firm enough.

    Args:
        rows: of what is said alike the first counts.
        level: the least firm attribution that counts.
        same: the theft that a row tells of which does not stand for itself; see `tumen.record.same`.

    Returns: in order of date.

    Example:
        >>> def r(i, low, level):
        ...     return TheftReport(i, low, low, "p", "exact", "s", dt.date(2022, 3, 1), "V", "AAA", level)
        >>> rows = [r("a", 9, "researcher"), r("b", 6, "government"), r("c", 7, "government")]
        >>> [(t.id, t.low_usd, t.high_usd) for t in thefts_of(rows, "government", {"b": "a", "c": "a"})]
        [('a', 6, 7)]
    """
    by_id = {r.id: r for r in rows if r.id not in same}
    groups: dict[str, list[TheftReport]] = {}
    for row in rows:
        groups.setdefault(same.get(row.id, row.id), []).append(row)
    found = []
    standing = [by_id.get(theft, group[0]) for theft, group in groups.items()]
    named = zip(groups.items(), standing, keys(standing, ("victim", "date")), strict=True)
    for (theft, group), row, key in named:
        counted = [r for r in group if _LEVELS.index(r.attribution) <= _LEVELS.index(level)]
        if counted:
            lowest, highest = min(r.low_usd for r in counted), max(r.high_usd for r in counted)
            when = row.date if theft in by_id else min(r.date for r in group)
            bound = all(r.quality == "lower_bound" for r in counted)
            found.append(Theft(theft, when, lowest, highest, bound, tuple(counted), key))
    return sorted(found, key=lambda t: (t.date, t.key))
