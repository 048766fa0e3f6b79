"""Counts that scatter more than chance has it: by how much, and the rates that they leave likely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tumen.measure.arrays import Floats

#: The least that one more event adds to a draw.
_LEAST = 1e-9


@dataclass(frozen=True)
class Scatter:
    """How counts scatter.

    Args:
        index: variance of a count over its mean; 1 where events come one by one, about their number in an episode
            where they come in episodes.
        free: degrees of freedom that it was estimated from; 0 where it could not be.
    """

    index: float
    free: int

    @property
    def least(self) -> float:
        """The index, at least 1: events scatter no less than chance has it."""
        return max(1.0, self.index)


def scattered(groups: Sequence[Floats]) -> Scatter:
    """The index of dispersion of counts, each about the mean of its group: Pearson's chi-square over its degrees.

    Args:
        groups: counts in bins that are alike; groups without any event say nothing.

    Source: Wedderburn (1974), doi:10.1093/biomet/61.3.439, for the variance as a multiple of the mean; McCullagh and
        Nelder, Generalized Linear Models (2nd ed., 1989), sections 4.5 and 6.2.3, for its estimate.

    Example:
        >>> scattered([np.array([4.0, 0.0, 0.0, 0.0]), np.zeros(4)])
        Scatter(index=4.0, free=3)
    """
    seen = [counts for counts in groups if counts.any()]
    free = sum(len(counts) - 1 for counts in seen)
    if not free:
        return Scatter(1.0, 0)
    return Scatter(sum(float(((c - c.mean()) ** 2).sum() / c.mean()) for c in seen) / free, free)


def dispersion_draws(scatter: Scatter, draws: int, rng: np.random.Generator) -> Floats:
    """Draws of the index of dispersion, at least 1.

    Source: as the variance of a normal sample: degrees of freedom by index over a chi-square (Gelman et al., Bayesian
        Data Analysis, 3rd ed., section 3.2), which gives a ratio of rates the tails of Student's t.
    """
    if not scatter.free:
        return np.ones(draws)
    return np.maximum(1.0, scatter.index * scatter.free / rng.chisquare(scatter.free, draws))


def episode_rates(count: int, index: Floats, more: int, rng: np.random.Generator) -> Floats:
    """Posterior draws of a rate of events, for a count of them and for every higher count.

    Events that scatter `index` times as much as chance has it say as much as one in `index` of them that came one by
    one would. Under Jeffreys' prior the posterior of n events that come one by one is Gamma(n + ½); of n that do not,
    it is `index` times Gamma(n / index + ½). Building each count on the one before makes draws rise event by event, as
    a lever needs.

    Args:
        index: draws of the index of dispersion.
        more: how many higher counts.

    Returns: shape (more + 1, draws); row n is the posterior after count + n events.

    Source: Gelman et al., Bayesian Data Analysis, 3rd ed., section 2.6, for the prior; Wedderburn (1974),
        doi:10.1093/biomet/61.3.439, for the quasi-likelihood: the log likelihood divided by the index.

    Example:
        >>> rates = episode_rates(3, np.full(1000, 2.0), 4, np.random.default_rng(1))
        >>> rates.shape, bool((np.diff(rates, axis=0) > 0).all())
        ((5, 1000), True)
    """
    # A gamma variate of so small a shape may underflow.
    first = np.maximum(rng.standard_gamma(count / index + 0.5), _LEAST)
    each = np.maximum(rng.standard_gamma(1.0 / index, (more, len(index))), _LEAST)
    rates: Floats = index * np.concatenate([first[None], first + np.cumsum(each, axis=0)])
    return rates
