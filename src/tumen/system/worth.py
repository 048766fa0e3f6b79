"""Whether the model is worth its assumptions: its forecasts' scores beside those of much simpler ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tumen.measure.arrays import Floats
from tumen.system.fit import Observed

#: What each level, and staying as well as leaving, is credited with before anything was seen (Jeffreys).
_HALF = 0.5


def persistence(seen: Observed) -> Floats:
    """Scores of the forecast that each agent does the same again as often as it did so far, else any other level.

    Returns: of each period after the first, the logarithm of how probable it was by those before it.
    """
    return _summed([_persistence_of(one) for one in seen.coded])


def frequencies(seen: Observed) -> Floats:
    """Scores of the forecast that each level comes as often as it did so far; as `persistence`."""
    return _summed([_frequencies_of(one) for one in seen.coded])


def _summed(each: Sequence[Floats]) -> Floats:
    total: Floats = np.sum(each, axis=0)
    return total


def _persistence_of(coded: Floats) -> Floats:
    """Of one agent; what was its level is known as far as the coders know it."""
    again = (coded[:, 1:] * coded[:, :-1]).sum(axis=0)
    scores = []
    for period in range(1, coded.shape[1]):
        stays = (again[: period - 1].sum() + _HALF) / (period - 1 + 2 * _HALF)
        last = coded[:, period - 1]
        ahead = stays * last + (1.0 - stays) * (1.0 - last) / (len(coded) - 1)
        scores.append(float(np.log(coded[:, period] @ ahead)))
    return np.array(scores)


def _frequencies_of(coded: Floats) -> Floats:
    scores = []
    for period in range(1, coded.shape[1]):
        ahead = (coded[:, :period].sum(axis=1) + _HALF) / (period + _HALF * len(coded))
        scores.append(float(np.log(coded[:, period] @ ahead)))
    return np.array(scores)
