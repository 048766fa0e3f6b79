"""Means and ratios of months that remember each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tumen.measure.arrays import Floats

#: Fewer months than this have no cosine to estimate their memory by.
FEWEST_MONTHS = 8


def cosines(months: int) -> int:
    """How many cosines estimate the memory of so many months: the degrees of freedom of their t.

    Source: Lazarus, Lewis, Stock & Watson (2018), doi:10.1080/07350015.2018.1506926: 0.4 T^(2/3).

    Example:
        >>> cosines(43), cosines(8)
        (4, 1)
    """
    return max(1, int(0.4 * months ** (2 / 3)))


def slow_moves(series: Floats) -> Floats:
    """The first cosine transforms of a series, which move too slowly for memory of a few months to bend.

    Returns: as many as `cosines` says, each with the long-run variance of a month; none of a single month.

    Source: Müller (2007), Journal of Econometrics 141, 1331-1352.

    Example:
        >>> slow_moves(np.array([1.0, 3.0])).round(6).tolist()
        [-1.414214]
    """
    if series.size < 2:
        return np.empty(0)
    at = np.pi * (np.arange(series.size) + 0.5) / series.size
    waves = np.cos(np.outer(np.arange(1, cosines(series.size) + 1), at))
    slow: Floats = np.sqrt(2 / series.size) * waves @ series
    return slow


def long_run(series: Floats) -> tuple[float, int]:
    """Standard error of the mean of months that may remember each other, and its degrees of freedom.

    Args:
        series: two months or more, in order.

    Source: as `cosines`.

    Example:
        >>> error, free = long_run(np.array([1.0, -1.0] * 8))
        >>> error < 0.1, free
        (True, 2)
    """
    slow = slow_moves(series)
    return float(np.sqrt((slow**2).mean() / series.size)), slow.size


def step_error(before: Floats, after: Floats) -> tuple[float, int]:
    """Standard error of the logarithm of the mean of some months over that of others, and its degrees of freedom.

    Months scatter about the mean of their own side, and remember each other, alike on both sides and as a share of
    that mean; so both sides tell how far.

    Args:
        before, after: months in order, at least 0.

    Returns: by the delta method; fewer than two degrees of freedom say next to nothing.

    Source: as `cosines`.

    Example:
        >>> error, free = step_error(np.array([9.0, 11.0]), np.array([4.0, 6.0]))
        >>> round(error, 3), free
        (0.224, 2)
    """
    sides = [side / (side.mean() or 1.0) for side in (before, after)]
    slow = np.concatenate([slow_moves(side) for side in sides])
    variance = float((slow**2).mean()) if slow.size else 0.0
    return float(np.sqrt(variance * sum(1 / side.size for side in sides))), slow.size


def log_ratio(over: Sequence[float], under: Sequence[float]) -> tuple[float, float, int, float]:
    """Logarithm of the ratio of two sums over the same months, its standard error, degrees of freedom, and how many
    independent months stand behind it.

    Args:
        over, under: counts by month, in order; neither sums to nothing.

    Returns: by the delta method, months remembering each other; see `long_run`. No more months are independent than
        there are.

    Example:
        >>> value, error, free, months = log_ratio([4.0] * 27, [2.0] * 27)
        >>> round(value, 3), error < 1e-12, free, months
        (0.693, True, 3, 27.0)
    """
    x, y = np.asarray(over, dtype=float), np.asarray(under, dtype=float)
    moves = x / x.mean() - y / y.mean()
    error, free = long_run(moves)
    alone = float(moves.std(ddof=1) / np.sqrt(moves.size))
    months = float(moves.size) if error <= alone or not error else moves.size * (alone / error) ** 2
    return float(np.log(x.sum() / y.sum())), error, free, months
