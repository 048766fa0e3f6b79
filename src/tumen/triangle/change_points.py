"""When yearly shares moved to another level, signalled year by year at a stated rate of false alarms.

A series holds `close` of `count` things a time, such as votes alike among votes. Nothing changes where one share
stands behind all of them, and what was seen scatters around it as much as it does from one time to the next.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tumen.measure.arrays import Floats

#: Nothing is signalled before this many times were seen.
LEAST_TIMES = 5

#: Series without a change that the threshold comes from.
_WORLDS = 1000

#: Series with a change that are tried for each size of it, and how often it must be signalled to count as found.
_TRIALS, POWER = 400, 0.8


@dataclass(frozen=True)
class ChangePoint:
    """A change: the first time of the new level, and the time by whose end it was signalled; indices of the series."""

    since: int
    signalled: int


@dataclass(frozen=True)
class Watched:
    """What was signalled in a series, and what could have been.

    Args:
        share: of the whole series, as if nothing had changed.
        scatter: the most, at 95 per cent, that its variance can be over that of a fair draw; at least 1.
        findable: nearest level, in the direction of the farther end, to which a lasting move halfway through the
            series would be signalled in four of five such series; None where no level is far enough.
    """

    changes: tuple[ChangePoint, ...]
    share: float
    scatter: float
    findable: float | None


def watched(close: Floats, count: Floats, rate: float, rng: np.random.Generator) -> Watched:
    """Changes in a series as they would have been signalled, time by time.

    After each time the likeliest split of what was seen so far is compared with no split. It is signalled where the
    likelihood ratio, divided by the scatter so far, is greater than in all but `rate` of simulated series in which
    nothing changes, at any of their times. They scatter as much as this one may, rather than as it seems to: few times
    say little of scatter, and too small a one makes false alarms. After a signal, watching begins anew with the first
    time of the new level.

    Args:
        close, count: shape (times,); count above 0.
        rate: share of series without any change in which something may be signalled.

    Source: Siegmund and Venkatraman (1995), Annals of Statistics 23, 255-271, for the generalised likelihood ratio; the
        threshold is a parametric bootstrap, at the end of a range of the unknown variance as in Berger and Boos (1994),
        Journal of the American Statistical Association 89, 1012-1016.

    Limits: one odd time at the end can be signalled as a new level. A slow drift is signalled as a step. Scatter that
        lasts over several times is not told apart from change.

    Example:
        >>> close = np.array([5, 6, 4, 5, 6, 19, 18, 19.0])
        >>> watched(close, np.full(8, 20.0), 0.05, np.random.default_rng(1)).changes
        (ChangePoint(since=5, signalled=6),)
    """
    share = float((close.sum() + 0.5) / (count.sum() + 1))
    scatter = most_scatter(close, count)
    threshold = threshold_of(share, scatter, count, rate, rng)
    return Watched(
        _signalled(close, count, threshold), share, scatter, _findable(share, scatter, count, threshold, rng)
    )


def threshold_of(share: float, scatter: float, count: Floats, rate: float, rng: np.random.Generator) -> float:
    """What the greatest statistic of a series stays under, but for a share `rate` of series in which nothing
    changes.
    """
    if len(count) < LEAST_TIMES:
        return np.inf
    worlds = simulated_counts(np.full(len(count), share), scatter, count, _WORLDS, rng)
    return float(np.quantile(scan(worlds, count)[0].max(axis=1), 1 - rate, method="higher"))


def simulated_counts(share: Floats, scatter: float, count: Floats, worlds: int, rng: np.random.Generator) -> Floats:
    """Counts around given shares, shape (worlds, times): binomial, or beta-binomial where they scatter more."""
    if scatter > 1:
        size = np.maximum((count - scatter) / (scatter - 1), 0.05)
        share = rng.beta(share * size, (1 - share) * size, (worlds, len(count)))
    return rng.binomial(count.astype(np.int64), share, (worlds, len(count))).astype(float)


def scan(close: Floats, count: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """For each time, how much likelier the best split of a series up to it is than none, and where it lies.

    Args:
        close: shape (worlds, times); count: shape (times,).

    Returns: twice the logarithm of the likelihood ratio, divided by the scatter so far, and the first time after the
        split; both shape (worlds, times), 0 before `LEAST_TIMES` were seen.
    """
    statistic, split = np.zeros(close.shape), np.zeros(close.shape, dtype=np.int64)
    so_far, of_all = np.cumsum(close, axis=1), np.cumsum(count)
    alone = _likelihood(so_far, of_all)
    scatter = _scatter(close, count)
    for time in range(LEAST_TIMES - 1, close.shape[1]):
        rest = _likelihood(so_far[:, [time]] - so_far[:, :time], of_all[time] - of_all[:time])
        both = alone[:, :time] + rest
        best = np.argmax(both, axis=1)
        gain = np.take_along_axis(both, best[:, None], axis=1)[:, 0] - alone[:, time]
        statistic[:, time], split[:, time] = 2 * gain / scatter[:, time], best + 1
    return statistic, split


def _likelihood(close: Floats, count: Floats) -> Floats:
    """Greatest logarithm of a binomial likelihood, but for a constant that splitting does not change."""
    return _x_log_x(close) + _x_log_x(count - close) - _x_log_x(count)


def _x_log_x(x: Floats) -> Floats:
    return np.asarray(x * np.log(np.maximum(x, 1e-12)))


def _scatter(close: Floats, count: Floats) -> Floats:
    """Variance from one time to the next over that of a fair draw, up to each time; at least 1."""
    return np.concatenate([np.ones((len(close), 1)), np.maximum(1.0, _ratio(close, count))], axis=1)


def _ratio(close: Floats, count: Floats) -> Floats:
    steps = np.cumsum(np.diff(close / count, axis=1) ** 2 / (1 / count[1:] + 1 / count[:-1]), axis=1)
    whole = np.cumsum(close, axis=1) / np.cumsum(count)
    fair = np.maximum((whole * (1 - whole))[:, 1:] * np.arange(1, len(count)), 1e-12)
    return np.asarray(steps / fair)


def most_scatter(close: Floats, count: Floats) -> float:
    """Upper 95 per cent limit of the variance over that of a fair draw; at least 1.

    Source: von Neumann (1941), Annals of Mathematical Statistics 12, 367-395, for the variance of a mean squared
        difference; Wilson and Hilferty (1931), doi:10.1073/pnas.17.12.684, for the quantile of chi-squared.
    """
    times = len(count)
    if times < LEAST_TIMES:
        return 1.0
    freedom = 2 * (times - 1) ** 2 / (3 * times - 4)
    low = (1 - 2 / (9 * freedom) - 1.645 * np.sqrt(2 / (9 * freedom))) ** 3
    return max(1.0, float(_ratio(close[None], count)[0, -1] / low))


def _signalled(close: Floats, count: Floats, threshold: float) -> tuple[ChangePoint, ...]:
    found: list[ChangePoint] = []
    start, last = 0, -1
    while True:
        statistic, split = scan(close[None, start:], count[start:])
        later = [t for t in np.flatnonzero(statistic[0] > threshold) if start + t > last]
        if not later:
            return tuple(found)
        since, last = start + int(split[0, later[0]]), start + int(later[0])
        found.append(ChangePoint(since, last))
        start = since


def _findable(share: float, scatter: float, count: Floats, threshold: float, rng: np.random.Generator) -> float | None:
    """The nearest of ten levels that is found often enough, by halving: a greater move is found more often."""
    half = np.arange(len(count)) >= len(count) // 2
    levels = np.linspace(share, 0.0 if share > 0.5 else 1.0, 11)[1:]

    def found(level: float) -> bool:
        worlds = simulated_counts(np.where(half, np.clip(level, 0.005, 0.995), share), scatter, count, _TRIALS, rng)
        return bool(np.mean(scan(worlds, count)[0].max(axis=1) > threshold) >= POWER)

    missed, enough = -1, len(levels) - 1
    if len(count) < LEAST_TIMES or not found(levels[enough]):
        return None
    while enough - missed > 1:
        middle = (missed + enough) // 2
        missed, enough = (missed, middle) if found(levels[middle]) else (middle, enough)
    return float(levels[enough])
