"""Turn a printed figure into draws: its rounding, its source's grade, its published range.

Every row's error grows from the case's seed and from what the row is of (whose figure it is, and for whom and when),
never from what the row or its source is called. So the same row errs the same way in every specification, a new row
changes no other row's draws, and renaming rows and sources changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from tumen.measure.estimate import Bound, Draws
from tumen.measure.series import Point
from tumen.measure.setting import Setting

#: How quantities of several years or actors become one.
Combine = Literal["lowest", "highest", "mean"]


def stream(setting: Setting, *key: str) -> np.random.Generator:
    """The random numbers that belong to a key, the same in every run and specification."""
    digest = hashlib.sha256("\x1f".join(key).encode()).digest()
    words = np.frombuffer(digest, dtype="<u4").tolist()
    return np.random.default_rng([setting.seed, *words])


def figure_draws(value: float, last_digit: float, relative_error: float, setting: Setting, *key: str) -> Draws:
    """Draws of what a printed figure may stand for.

    Args:
        value: the figure; at least 0.
        last_digit: one unit of its last printed digit, in its unit; 0 where it is exact. The
            rounding is drawn evenly over half a unit to either side.
        relative_error: standard error that the source's grade adds, as a share of the figure.
        key: what names the figure.

    Returns: 1-D, `setting.draws` long, never below 0.

    Example:
        >>> d = figure_draws(100.0, 1.0, 0.0, Setting(1000, 1), "row")
        >>> bool((abs(d - 100) <= 0.5).all())
        True
    """
    rng = stream(setting, *key)
    error = rng.standard_normal(setting.draws) if relative_error else 0.0
    rounding = rng.uniform(-0.5, 0.5, setting.draws)
    return np.maximum(0.0, value * (1.0 + relative_error * error) + last_digit * rounding)


def range_draws(low: float, high: float, setting: Setting, *key: str) -> Draws:
    """Draws of a published range: evenly between its ends, which is all that a range says."""
    return stream(setting, *key).uniform(low, high, setting.draws)


def combined(each: Sequence[Draws], how: Combine) -> Draws:
    """Draws of the lowest, the highest or the mean of several quantities, draw by draw.

    The lowest lies above a bound exactly where all do, so a claim about all of them is one about it.

    Example:
        >>> combined([np.array([1.0, 4.0]), np.array([2.0, 3.0])], "lowest").tolist()
        [1.0, 3.0]
    """
    stacked = np.array(each)
    if how == "lowest":
        drawn: Draws = stacked.min(axis=0)
    elif how == "highest":
        drawn = stacked.max(axis=0)
    else:
        drawn = stacked.mean(axis=0)
    return drawn


#: What the lowest, the highest or the mean of some of the years says of that of all of them.
_OF_SOME: Mapping[Combine, frozenset[Bound]] = {
    "lowest": frozenset({"upper"}),
    "highest": frozenset({"lower"}),
    "mean": frozenset({"lower", "upper"}),
}


def bounds_of(how: Combine, lacking: bool, partial: bool) -> frozenset[Bound]:
    """From which sides combined draws pin their estimand.

    Args:
        lacking: whether one of the quantities combined is missing.
        partial: whether one of them leaves something out, so that it is at least its draws.

    Example:
        >>> sorted(bounds_of("lowest", True, True))
        ['lower', 'upper']
    """
    return (_OF_SOME[how] if lacking else frozenset()) | (frozenset({"lower"}) if partial else frozenset())


def point_of(when: str, group: str, draws: Draws) -> Point:
    """A point of a series: the median of some draws and their central 90 per cent."""
    low, middle, high = np.quantile(draws, [0.05, 0.5, 0.95])
    return Point(when, group, float(middle), float(low), float(high))
