"""What exchange that trade tables leave out comes to in a year: ranges spread over their days, each thing once.

Several publishers that value the same kind, partner and time are alternatives: each draw takes one of them, all as
likely as each other, and never their sum.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tumen.counting import counted
from tumen.measure.content import keys
from tumen.measure.contested import contested, one_of
from tumen.measure.draws import pert_draws, quantile_draws, range_draws
from tumen.measure.estimate import Draws, Used
from tumen.measure.setting import Setting
from tumen.measure.units import USD, printed
from tumen.record.read import Record
from tumen.trade.unrecorded_ranges import Range, of_one_time, rivals

#: What tells published ranges apart.
_EXCHANGE = ("territory", "partner", "start", "end", "kind", "publisher")


@dataclass(frozen=True)
class UnrecordedYear:
    """Unrecorded exchange of a year, with the partner and with others; the part of it covered."""

    partner: Draws
    rest: Draws
    covers: float
    used: list[Used]
    notes: tuple[str, ...] = ()


def unrecorded_in(
    exchange: Sequence[Range], partner: str, later: dt.date | None, year: int, record: Record, setting: Setting
) -> UnrecordedYear:
    """Spread each published range evenly over its days and take the year's part.

    Args:
        later: day from which ranges are spread that began before it and end after it.
    """
    drawn: dict[int, Draws] = {}
    covers = 0.0
    used: list[Used] = []
    start, end = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    for n, (row, key) in enumerate(zip(exchange, keys(exchange, _EXCHANGE), strict=True)):
        begins = _begins(row, later)
        days = (min(end, row.end) - max(start, begins)).days
        if days <= 0:
            continue
        drawn[n] = _drawn(row, record, setting, *key) * (days / (row.end - begins).days)
        covers = max(covers, days / (end - start).days) if row.partner != partner else covers
        used.append(_used(row))
    sides = {True: np.zeros(setting.draws), False: np.zeros(setting.draws)}
    notes: list[str] = []
    groups = rivals(exchange)
    alone = {
        n
        for group in groups
        if len(group) == 1
        for mine in group.values()
        for n in _uncontested(exchange, mine, record)
    }
    for n in (n for n in drawn if n in alone):
        sides[exchange[n].partner == partner] += drawn[n]
    for group in groups:
        here = {name: [n for n in places if n in drawn and n not in alone] for name, places in group.items()}
        if not any(here.values()):
            continue
        of = exchange[next(iter(group.values()))[0]]
        each = [_of_publisher(exchange, places, drawn, record, setting) for places in here.values()]
        named = ("unrecorded-of-several", of.territory, of.partner, of.kind)
        sides[of.partner == partner] += one_of(each, list(here), setting, *named)
        notes += [f"{year}: {_said(of, len(here))}"] if len(here) > 1 else []
    return UnrecordedYear(sides[True], sides[False], covers, used, tuple(notes))


def _uncontested(exchange: Sequence[Range], places: Sequence[int], record: Record) -> list[int]:
    """Places of ranges that no other one of their time contradicts."""
    return [same[0] for same in _of_the_same_time(exchange, places, record) if len(same) == 1]


def _said(of: Range, publishers: int) -> str:
    several = counted(publishers, "publisher")
    return (
        f"{several} value the same unrecorded {of.kind} with {of.partner}; each draw takes one of them, not their sum"
    )


def _of_publisher(
    exchange: Sequence[Range], places: Sequence[int], drawn: Mapping[int, Draws], record: Record, setting: Setting
) -> Draws:
    """The sum of what one publisher says of a year; of ranges of the same time that contradict each other, one."""
    total = np.zeros(setting.draws)
    for same in _of_the_same_time(exchange, places, record):
        of = exchange[same[0]]
        key = ("unrecorded", of.territory, of.partner, of.kind, of.publisher, str(of.start), str(of.end))
        total = total + one_of([drawn[n] for n in same], [exchange[n].source for n in same], setting, *key)
    return total


def _of_the_same_time(exchange: Sequence[Range], places: Sequence[int], record: Record) -> Iterator[list[int]]:
    """Places of ranges, those together that contradict each other."""
    unclear = contested(record, "unrecorded")
    left = list(places)
    while left:
        first = left[0]
        same = [
            first,
            *(
                n
                for n in left[1:]
                if {exchange[first].id, exchange[n].id} <= set(unclear) and of_one_time(exchange[first], exchange[n])
            ),
        ]
        left = [n for n in left if n not in same]
        yield same


def _begins(row: Range, later: dt.date | None) -> dt.date:
    """The day from which a range is spread: a later one than its own start, where that lies before its end."""
    return later if later and row.start < later < row.end else row.start


def _drawn(row: Range, record: Record, setting: Setting, *key: str) -> Draws:
    """Draws of a range for its whole period, as it was stated."""
    middle = row.middle_usd
    if middle is not None and row.shape == "pert":
        return pert_draws(row.low_usd, middle, row.high_usd, setting, "unrecorded", *key)
    if middle is not None and 0 < row.low_usd < middle < row.high_usd:
        return quantile_draws(row.low_usd, middle, row.high_usd, setting, "unrecorded", *key)
    of = {"territory": row.territory, "partner": row.partner}
    error = setting.error_of("unrecorded", row.publisher, record.sources[row.source], of).whole
    return range_draws(row.low_usd, row.high_usd, setting, "unrecorded", *key, error=error)


def _used(row: Range) -> Used:
    return Used(
        table="unrecorded",
        id=row.id,
        source=row.source,
        publisher=row.publisher,
        amount=printed(row.low_usd, row.high_usd, USD, row.quality),
        start=row.start,
        end=row.end,
        actors=(row.territory, row.partner),
        kind=row.kind,
    )
