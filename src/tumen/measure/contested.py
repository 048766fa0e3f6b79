"""Figures that one publisher prints against each other, where nothing tells which of them counts.

Figures of different sources contradict each other: each draw takes one of them, all as likely as each other. Rows of
one source may be that as well, or the parts of a breakdown, such as by means of transport: each draw takes all of them
together, or else one, both as likely. None is taken in silence, and none is averaged.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from tumen.measure.draws import standard_uniforms
from tumen.measure.estimate import Draws
from tumen.measure.setting import Setting
from tumen.record.read import Record

#: A part of a figure that is no difference.
_NOTHING = 1e-9


@dataclass(frozen=True)
class Said:
    """What a row says: its figure, one unit of its last printed digit, and where it was read."""

    value: float
    unit: float
    source: str

    def agrees(self, other: Said) -> bool:
        """Whether another source says the same, but for rounding."""
        far = (self.unit + other.unit) / 2 + _NOTHING * max(abs(self.value), abs(other.value))
        return self.source != other.source and abs(self.value - other.value) <= far


#: Places of rows that are taken together, and how likely that is.
WayToRead = tuple[tuple[int, ...], float]


def contested(record: Record, table: str) -> Collection[str]:
    """Ids of the rows of a table that contradict another one of the same publisher, of the same thing."""
    return record.revised[table].unclear.keys() if table in record.revised else ()


def against_each_other(rows: Sequence[Said]) -> list[int]:
    """Places of rows of which each says something that no other source before it says.

    Example:
        >>> against_each_other([Said(98.0, 0.0, "a"), Said(98.4, 1.0, "b"), Said(60.0, 0.0, "b")])
        [0, 2]
    """
    kept: list[int] = []
    for n, row in enumerate(rows):
        if not any(row.agrees(rows[k]) for k in kept):
            kept.append(n)
    return kept


def ways_to_read(sources: Sequence[str]) -> list[WayToRead]:
    """How rows that contradict each other can be read, with how likely each way is.

    Args:
        sources: of each row.

    Example:
        >>> ways_to_read(["a", "b"]), ways_to_read(["a", "a"])
        ([((0,), 0.5), ((1,), 0.5)], [((0,), 0.25), ((1,), 0.25), ((0, 1), 0.5)])
    """
    by_source = {name: tuple(n for n, one in enumerate(sources) if one == name) for name in sources}
    each = 1.0 / len(by_source)
    found: list[WayToRead] = []
    for places in by_source.values():
        several = len(places) > 1
        found += [((n,), each / len(places) / (2 if several else 1)) for n in places]
        found += [(places, each / 2)] if several else []
    return found


def one_of(each: Sequence[Draws | float], sources: Sequence[str], setting: Setting, *key: str) -> Draws:
    """Draws of what rows say that contradict each other: each takes one way to read them; see `ways_to_read`.

    Args:
        each: draws of every row.
        sources: of each row.
        key: what they are of, never what they are called: the same key reads them in the same way.

    Example:
        >>> sorted(set(one_of([98.0, 60.0], ["a", "b"], Setting(100, 1), "flow").tolist()))
        [60.0, 98.0]
    """
    spread = np.array([np.broadcast_to(one, setting.draws) for one in each], dtype=float)
    if len(each) == 1:
        alone: Draws = spread[0]
        return alone
    ways = ways_to_read(sources)
    ends = np.cumsum([likely for _, likely in ways])
    turn = np.minimum(np.searchsorted(ends, standard_uniforms(setting, "contested", *key)), len(ways) - 1)
    sums = np.array([spread[list(places)].sum(axis=0) for places, _ in ways])
    taken: Draws = sums[turn, np.arange(setting.draws)]
    return taken
