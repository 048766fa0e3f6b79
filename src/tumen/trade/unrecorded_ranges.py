"""Published ranges of exchange that trade tables leave out, and whose of them count.

Publishers value the same deliveries, each in its own way. So ranges of one kind are one publisher's: they are never
added up or averaged over publishers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

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
    """A territory's unrecorded exchange of the kinds that count, whenever it was, and what is lacking or unclear.

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
    return kept, [*_unprinted(kept, kinds, by), *_unclear(kept)]


def _unprinted(kept: Sequence[Range], kinds: Sequence[str], by: Mapping[str, str]) -> Iterator[str]:
    """Kinds that the publisher named for them prints nothing of."""
    printed = {row.kind for row in kept}
    yield from (f"{by[kind]}'s range of unrecorded {kind}" for kind in kinds if kind in by and kind not in printed)


def _unclear(kept: Sequence[Range]) -> list[str]:
    """Kinds of which several publishers print the same partner and time, with none of them named."""
    several = {a.kind for a, b in combinations(kept, 2) if a.publisher != b.publisher and _same_exchange(a, b)}
    return [
        f"whose range of unrecorded {kind} counts, of several publishers that print one" for kind in sorted(several)
    ]


def _same_exchange(one: Range, other: Range) -> bool:
    """Whether two ranges are of the same kind and partner and share a day."""
    same = (one.kind, one.partner) == (other.kind, other.partner)
    return same and one.start < other.end and other.start < one.end
