"""A local-level model of several series that wander alike: what was seen is the level and an error of known size.

level(t) = level(t - 1) + step,   step ~ Normal(0, step_sd²)
seen(t)  = level(t) + error,      error ~ Normal(0, variance(t)), known
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tumen.measure.arrays import Floats

#: Standard deviations of a yearly step that are thought possible, on a logarithmic scale, evenly likely at first.
STEP_SDS: Floats = np.geomspace(0.02, 2.0, 32)


@dataclass(frozen=True)
class Filtered:
    """What is known of the levels after each time.

    Args:
        level, variance: mean and variance, shape (steps, times, series); not finite before a series begins.
        log_likelihood: of all series up to each time, shape (steps, times).
    """

    step_sds: Floats
    level: Floats
    variance: Floats
    log_likelihood: Floats

    def posterior(self, time: int) -> Floats:
        """Probability of each step's size after a time, all evenly likely at first."""
        log = self.log_likelihood[:, time] - self.log_likelihood[:, time].max()
        weights: Floats = np.exp(log) / np.exp(log).sum()
        return weights


def filtered(seen: Floats, variance: Floats, step_sds: Floats = STEP_SDS) -> Filtered:
    """Kalman filter of each series, for each size of step at once.

    Args:
        seen: shape (times, series); nan where nothing was seen.
        variance: of each one's error, same shape.
        step_sds: sizes of step; the same one for all series.

    Returns: a series begins with its first value, of which nothing is expected (a diffuse start).

    Source: Durbin and Koopman, Time Series Analysis by State Space Methods (2nd ed., 2012), chapter 2.

    Example:
        >>> f = filtered(np.array([[0.0], [1.0]]), np.array([[1.0], [1.0]]), np.array([1.0]))
        >>> f.level[0, :, 0].round(3).tolist()  # the second value counts 2/3: variances 1 + 1 against 1
        [0.0, 0.667]
    """
    shape = (len(step_sds), seen.shape[1])
    level, spread, total = np.full(shape, np.nan), np.full(shape, np.inf), np.zeros(shape[0])
    levels, spreads, totals = [], [], []
    for value, error in zip(seen, variance, strict=True):
        spread = spread + step_sds[:, None] ** 2
        here, first = np.isfinite(value), np.isnan(level)
        expected = np.where(here & ~first, spread + error, 1.0)
        surprise = np.where(here & ~first, value - level, 0.0)
        gain = np.where(here & ~first, np.where(first, 0.0, spread) / expected, 0.0)
        total = total - 0.5 * np.where(here & ~first, np.log(2 * np.pi * expected) + surprise**2 / expected, 0.0).sum(
            axis=1
        )
        level = np.where(here & first, value, level + gain * surprise)
        spread = np.where(here & first, error, np.where(first, np.inf, spread) * (1 - gain))
        levels.append(level)
        spreads.append(spread)
        totals.append(total)
    return Filtered(step_sds, np.stack(levels, 1), np.stack(spreads, 1), np.stack(totals, 1))
