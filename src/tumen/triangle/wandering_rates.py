"""Yearly counts whose rates wander: what is known of each rate after each year, on a grid of rates.

log rate(t) = log rate(t - 1) + step,   step ~ Normal(0, step_sd²)
count(t)    ~ negative binomial of that mean, whose variance is `index` times the mean
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tumen.measure.arrays import Floats

#: Standard deviations of a yearly step of a rate's logarithm, and indices of dispersion of a year's count, that are
#: thought possible; all pairs are evenly likely at first. The least step leaves a rate where it is.
RATE_STEPS: Floats = np.geomspace(0.02, 2.0, 8)
INDICES: Floats = np.array([1.0, 1.5, 2.25, 3.4])

#: Points of the grid, and the least rate on it, in events a year.
_POINTS, _LEAST = 120, 0.02


@dataclass(frozen=True)
class Followed:
    """What is known of the rates of several series after each year.

    Args:
        logs: logarithms of the rates on the grid, shape (points,).
        step_sds, indices: of each model, shape (models,).
        chances: of the points, shape (years, models, points, series).
        log_likelihood: of all series up to each year, shape (years, models).
    """

    logs: Floats
    step_sds: Floats
    indices: Floats
    chances: Floats
    log_likelihood: Floats

    def posterior(self, year: int) -> Floats:
        """Probability of each model after a year."""
        log = self.log_likelihood[year] - self.log_likelihood[year].max()
        weights: Floats = np.exp(log) / np.exp(log).sum()
        return weights

    def to_come(self, year: int, rates: int, futures: int, ahead: int, rng: np.random.Generator) -> Floats:
        """Counts of years to come, for rates as they may be after a year and futures of each.

        Returns: shape (rates, futures, ahead, series).
        """
        models = rng.choice(len(self.step_sds), rates, p=self.posterior(year))
        reached = np.cumsum(self.chances[year], axis=1)[models]
        series = reached.shape[-1]
        at = np.minimum((reached < rng.random((rates, 1, series))).sum(axis=1), len(self.logs) - 1)
        now = self.logs[at] + (self.logs[1] - self.logs[0]) * (rng.random(at.shape) - 0.5)
        steps = self.step_sds[models, None, None, None] * rng.standard_normal((rates, futures, ahead, series))
        means = np.exp(np.minimum(now[:, None, None] + np.cumsum(steps, axis=2), self.logs[-1] + 2))
        wider = np.maximum(self.indices[models, None, None, None] - 1, 1e-6)
        counts: Floats = rng.poisson(rng.standard_gamma(means / wider) * wider).astype(float)
        return counts


def rates_followed(counts: Floats, step_sds: Floats = RATE_STEPS, indices: Floats = INDICES) -> Followed:
    """What is known of each series' rate after each year, for each size of step and each index of dispersion.

    Args:
        counts: whole numbers, shape (years, series).
        step_sds, indices: one of each makes a model, the same for all series.

    Returns: a rate begins with Jeffreys' prior, so that with a step of next to none and index 1 it has the Gamma
        posterior of a constant rate.

    Source: Kitagawa (1987), doi:10.1080/01621459.1987.10478534, for the filter on a grid; Gelman et al., Bayesian Data
        Analysis (3rd ed.), section 2.6, for the prior; Cameron and Trivedi, Regression Analysis of Count Data (2nd ed.,
        2013), chapter 3, for the negative binomial whose variance is a multiple of its mean.

    Limits: a rate is known to no better than a step of the grid, some seven per cent.

    Example:
        >>> after = rates_followed(np.array([[4.0], [6.0]]), np.array([0.02]), np.array([1.0]))
        >>> mean = after.chances[-1, 0, :, 0] @ np.exp(after.logs)
        >>> round(float(mean), 2)  # Gamma(10½, 2)
        5.25
    """
    logs = np.linspace(np.log(_LEAST), np.log(3 * counts.max(initial=0.0) + 4), _POINTS)
    steps, index = np.tile(step_sds, len(indices)), np.repeat(indices, len(step_sds))
    moves = np.exp(-0.5 * ((logs[:, None] - logs) / step_sds[:, None, None]) ** 2)
    moves = np.tile(moves / moves.sum(axis=1, keepdims=True), (len(indices), 1, 1))
    known = np.broadcast_to(np.exp(logs / 2)[:, None], (len(steps), len(logs), counts.shape[1]))
    total = np.zeros(len(steps))
    chances, totals = [], []
    for year, seen in enumerate(_likelihoods(counts, logs, indices)):
        known = (moves @ known if year else known / known.sum(axis=1, keepdims=True)) * np.repeat(
            seen, len(step_sds), axis=0
        )
        whole = known.sum(axis=1, keepdims=True)
        known, total = known / whole, total + np.log(whole).sum(axis=(1, 2))
        chances.append(known)
        totals.append(total)
    return Followed(logs, steps, index, np.stack(chances), np.stack(totals))


def _likelihoods(counts: Floats, logs: Floats, indices: Floats) -> Floats:
    """Probability of each count at each rate; shape (years, indices, points, series).

    Each count's is that of the one before it times (rate + j (index - 1)) / (index (j + 1)).
    """
    beyond = np.maximum(indices - 1, 1e-9)[:, None, None]
    rates, j = np.exp(logs)[None, :, None], np.arange(int(counts.max(initial=0.0)))
    none = -rates * np.log1p(beyond) / beyond
    each = np.log((rates + j * beyond) / ((1 + beyond) * (j + 1)))
    ladder = none + np.concatenate([np.zeros((*each.shape[:2], 1)), np.cumsum(each, axis=2)], axis=2)
    found: Floats = np.exp(np.moveaxis(ladder[:, :, counts.astype(np.int64)], 2, 0))
    return found
