"""Whether three states are party to one event more often than their dyads' rates predict."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tumen.measure.arrays import Floats


@dataclass(frozen=True)
class Joint:
    """Days with a joint event, against days on which all three dyads would have an event by chance.

    Args:
        chance: of so many days or more, were the dyads independent.
    """

    seen: int
    expected: float
    chance: float


def joint(seen: int, counts: Floats, days: float) -> Joint:
    """The number of days with a joint event of all three, beside the number expected.

    Args:
        counts: events of the three dyads, shape (bins, 3).
        days: in a bin.

    Returns: within a bin each dyad has its events on days at random, independently of the others.

    Example:
        >>> joint(2, np.full((10, 3), 30 * np.log(2)), 30.0).expected  # each dyad on every second day
        37.5
    """
    expected = float((days * (1 - np.exp(-counts / days)).prod(axis=1)).sum())
    return Joint(seen, expected, _at_least(seen, expected))


def _at_least(seen: int, mean: float) -> float:
    """Chance that a Poisson count of a mean is so high or higher.

    Example:
        >>> round(_at_least(1, math.log(2)), 6)
        0.5
    """
    if mean <= 0:
        return float(seen == 0)
    below = sum(math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(seen))
    return min(1.0, max(0.0, 1.0 - below))
