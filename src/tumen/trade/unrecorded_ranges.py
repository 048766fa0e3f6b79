"""Published ranges of exchange that trade tables leave out, and whose of them count.

Publishers value the same deliveries, each in its own way. So ranges of one kind, partner and time are one publisher's:
they are never added up or averaged over publishers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from tumen.engine.queries import query
from tumen.measure.content import in_order
from tumen.record.read import Record


@dataclass(frozen=True)
class Range:
    """One row of unrecorded_exchange.sql: a published range of exchange that trade tables leave out."""

    id: str
    territory: str
    partner: str
    start: dt.date
    end: dt.date
    kind: str
    low_usd: float
    middle_usd: float | None
    high_usd: float
    shape: str | None
    publisher: str
    quality: str
    source: str


def counted_ranges(
    record: Record, territory: str, kinds: Sequence[str], by: Mapping[str, str]
) -> tuple[list[Range], list[str]]:
    """A territory's unrecorded exchange of the kinds that count, whenever it was, and what is lacking.

    A range that a publisher dates later is its word that there was none before. So a publisher lacks evidence only
    where it prints nothing of the kind at all.

    Args:
        kinds: those that count.
        by: kind to the publisher whose ranges of it count; of other kinds, everyone's.
    """
    asked = query("tumen.trade", "unrecorded_exchange")
    ever = {"first": str(dt.date.min), "last": str(dt.date.max)}
    found = in_order(record.answers.rows(asked, Range, territory=territory, **ever), record)
    kept = [row for row in found if row.kind in kinds and by.get(row.kind, row.publisher) == row.publisher]
    return kept, [*_unprinted(kept, kinds, by)]


def _unprinted(kept: Sequence[Range], kinds: Sequence[str], by: Mapping[str, str]) -> Iterator[str]:
    """Kinds that the publisher named for them prints nothing of."""
    printed = {row.kind for row in kept}
    yield from (f"{by[kind]}'s range of unrecorded {kind}" for kind in kinds if kind in by and kind not in printed)


def rivals(ranges: Sequence[Range]) -> list[dict[str, list[int]]]:
    """Ranges in groups of one kind and partner: in a group of several publishers each prints some of the same time as
    another one.

    Returns: places of the ranges by publisher, a mapping for each group.

    Example:
        >>> def r(publisher, year):
        ...     dates = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
        ...     return Range("", "AAA", "BBB", *dates, "arms", 1, None, 2, None, publisher, "exact", "s")
        >>> rivals([r("p", 2023), r("q", 2023), r("q", 2024), r("late", 2030)])
        [{'p': [0], 'q': [1, 2]}, {'late': [3]}]
    """
    groups: list[dict[str, list[int]]] = []
    of: dict[tuple[str, str, str], list[int]] = {}
    for n, row in enumerate(ranges):
        of.setdefault((row.kind, row.partner, row.publisher), []).append(n)
    for (_, _, publisher), places in of.items():
        met = [g for g in groups if any(_touch(ranges, places, theirs) for theirs in g.values())]
        groups = [g for g in groups if g not in met]
        groups.append({**{name: theirs for g in met for name, theirs in g.items()}, publisher: places})
    return groups


def _touch(ranges: Sequence[Range], mine: Sequence[int], theirs: Sequence[int]) -> bool:
    return any(_same_exchange(ranges[a], ranges[b]) for a, b in product(mine, theirs))


def _same_exchange(one: Range, other: Range) -> bool:
    """Whether two ranges are of the same kind and partner and share a day."""
    same = (one.kind, one.partner) == (other.kind, other.partner)
    return same and one.start < other.end and other.start < one.end


def of_one_time(one: Range, other: Range) -> bool:
    """Whether two ranges are of the same kind, partner, publisher and time."""
    return (one.kind, one.partner, one.publisher, one.start, one.end) == (
        other.kind,
        other.partner,
        other.publisher,
        other.start,
        other.end,
    )
