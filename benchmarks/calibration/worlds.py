"""What a simulated world is: what is true of it, and the rows that a record would have of it."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rng = np.random.Generator
Row = Mapping[str, Any]

#: Each seed of a world begins with it, so that these worlds are nobody else's.
ROOT_SEED = 20260131


@dataclass(frozen=True)
class World:
    """A world, as a measure sees it, and what is true of it.

    Args:
        truth: the estimand.
        tables: rows of the record, by table; sources that rows name are made where `sources` has none of them.
        arguments: of the claim.
        options: of the one way of counting.
        parts: what further files of the case hold.
        as_of: the case's day.
        setting: what the case sets otherwise than is usual, such as errors that it adopts.
        whole: tables that hold all there was, and say so; of the others their usual coverage is taken.
        draws: what the measure finds, of worlds that are too large to be written down as rows.
    """

    truth: float
    tables: Mapping[str, Sequence[Row]]
    arguments: Mapping[str, Any]
    options: Mapping[str, Any] = field(default_factory=dict)
    parts: Mapping[str, Any] = field(default_factory=dict)
    as_of: dt.date = dt.date(2025, 12, 31)
    setting: Mapping[str, Any] = field(default_factory=dict)
    whole: tuple[str, ...] = ()
    draws: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class Scene:
    """A row of the calibration table: worlds made alike, for one measure.

    Args:
        name: how these worlds are, in plain words.
        make: a world from random numbers.
        harsh: whether the world errs in a way that the measure's own model does not hold.
        logs: whether bounds are placed around the truth on a logarithmic scale, as for ratios.
        chance: whether the estimand is 0 or 1, so that the mean of the draws is a probability and has no interval.
        at_least: whether the record misses part of what there was, so that a measure that says "at least" is right
            wherever the truth is no less.
    """

    measure: str
    name: str
    make: Callable[[Rng], World]
    harsh: bool = True
    logs: bool = False
    chance: bool = False
    at_least: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What names the row."""
        return self.measure, self.name

    def rng(self, number: int) -> Rng:
        """The random numbers of a world: the same whatever other worlds there are."""
        return np.random.default_rng([ROOT_SEED, zlib.crc32("|".join(self.key).encode()), number])


#: How a world is told from the one that the measure itself assumes.
OWN = "own errors"


def numbered(name: str, rows: Sequence[Row]) -> list[Row]:
    """Rows with ids, in their order."""
    return [{"id": f"{name}-{n}", **row} for n, row in enumerate(rows)]


def day(number: float, start: dt.date = dt.date(2020, 1, 1)) -> dt.date:
    """A day so many days after the first."""
    return start + dt.timedelta(days=int(number))
