"""Turn a printed figure into draws: its rounding, its source's grade, its published range.

Every row's error grows from the case's seed and from what the row is of (whose figure it is, and for whom and when),
never from what the row or its source is called. So the same row errs the same way in every specification, a new row
changes no other row's draws, and renaming rows and sources changes nothing.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from statistics import NormalDist
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


def standard_normals(setting: Setting, *key: str) -> Draws:
    """Standard normal numbers of a key, `setting.draws` long, not to be written to; kept for whoever asks again."""
    return _first_of("normal", setting.draws, setting.seed, key)


def standard_uniforms(setting: Setting, *key: str) -> Draws:
    """Numbers of a key that lie evenly from 0 to 1, `setting.draws` long, not to be written to; kept likewise."""
    return _first_of("uniform", setting.draws, setting.seed, key)


@lru_cache(maxsize=512)
def _first_of(shape: Literal["normal", "uniform"], draws: int, seed: int, key: tuple[str, ...]) -> Draws:
    rng = stream(Setting(draws, seed), *key)
    drawn = rng.standard_normal(draws) if shape == "normal" else rng.random(draws)
    drawn.flags.writeable = False
    return drawn


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


#: A range whose high end is so many times its low one begins nearly at nothing.
FROM_NOTHING = 100.0


def range_draws(
    low: float | Draws,
    high: float | Draws,
    setting: Setting,
    *key: str,
    error: float = 0.0,
    most: float = math.inf,
) -> Draws:
    """Draws of what a published range may stand for: as much of it as the setting says lies between the ends.

    Log-normal with the ends as its quantiles, so that as much lies below the low end as above the high one. A range
    that begins at nothing, or nearly so, is half-normal, with as much above the high end as of any other range.

    Args:
        low, high: its ends, at least 0; one for each draw where they are not certain themselves.
        error: relative standard error where both ends are one figure, so that no range was printed.
        most: nothing is larger, such as 1 for a share.
        key: what names the range.

    Returns: 1-D, `setting.draws` long, from 0 to `most`.
    Source: quantiles fitted to a distribution, as in SHELF: O'Hagan et al. (2006), Uncertain Judgements,
        doi:10.1002/0470033312. People's ranges are too narrow: Soll and Klayman (2004), doi:10.1037/0278-7393.30.2.299.

    Example:
        >>> d = range_draws(2.0, 8.0, Setting(20_000, 1, range_coverage=0.8), "row")
        >>> round(float(((d > 2) & (d < 8)).mean()), 2), round(float(np.median(d)), 1)
        (0.8, 4.0)
    """
    ends = [np.broadcast_to(np.maximum(0.0, end), setting.draws) for end in (low, high)]
    begins, over = np.minimum(*ends), np.maximum(*ends)
    drawn = standard_normals(setting, *key)
    above = begins > over / FROM_NOTHING
    width = np.log(np.where(above, over, 1.0)) - np.log(np.where(above, begins, 1.0))
    spread = np.where(width > 0, width / (2 * _reach(setting.range_coverage)), error)
    from_nothing = over * np.abs(drawn) / _reach((1.0 + setting.range_coverage) / 2)
    found: Draws = np.where(above, begins * np.exp(width / 2 + spread * drawn), from_nothing)
    return np.minimum(most, found)


def even_draws(low: float, high: float, setting: Setting, *key: str) -> Draws:
    """Draws evenly between two ends, for what a convention of ours keeps between them."""
    return stream(setting, *key).uniform(low, high, setting.draws)


def _reach(coverage: float) -> float:
    """How many standard deviations to either side hold a share of a normal distribution."""
    return NormalDist().inv_cdf((1.0 + coverage) / 2)


def quantile_draws(low: float, middle: float, high: float, setting: Setting, *key: str) -> Draws:
    """Draws from three quantiles that somebody was asked for: the median, and the ends of the central range.

    A log-normal on each side of the median. How much lies between the ends is the setting's coverage of ranges.

    Args:
        low, middle, high: rising, above 0.
        key: what names the quantity.

    Source: SHELF, O'Hagan et al. (2006), Uncertain Judgements, doi:10.1002/0470033312; Oakley and O'Hagan, SHELF: the
        Sheffield Elicitation Framework, https://shelf.sites.sheffield.ac.uk.

    Example:
        >>> d = quantile_draws(1.0, 2.0, 8.0, Setting(20_000, 1), "row")
        >>> [round(float(q)) for q in np.quantile(d, [0.1, 0.5, 0.9])]
        [1, 2, 8]
    """
    drawn = standard_normals(setting, *key)
    spread = np.where(drawn < 0, math.log(middle / low), math.log(high / middle)) / _reach(setting.range_coverage)
    found: Draws = middle * np.exp(spread * drawn)
    return found


def pert_draws(least: float, likeliest: float, most: float, setting: Setting, *key: str) -> Draws:
    """Draws from a least, a likeliest and a largest value: the beta distribution of PERT. Nothing lies outside.

    Its mean is (least + 4 likeliest + most) / 6.

    Args:
        least, likeliest, most: rising, and not all alike.
        key: what names the quantity.

    Source: Malcolm, Roseboom, Clark and Fazar (1959), doi:10.1287/opre.7.5.646.

    Example:
        >>> d = pert_draws(0.0, 1.0, 8.0, Setting(20_000, 1), "row")
        >>> round(float(d.mean()), 1), bool(d.min() >= 0), bool(d.max() <= 8)
        (2.0, True, True)
    """
    if least == most:
        return np.full(setting.draws, least)
    width = most - least
    rising, falling = 1 + 4 * (likeliest - least) / width, 1 + 4 * (most - likeliest) / width
    found: Draws = least + width * stream(setting, *key).beta(rising, falling, setting.draws)
    return found


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
