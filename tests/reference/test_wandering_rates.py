"""The filter on a grid against scipy: the Gamma posterior of a rate that stays, and quadrature of one that moves."""

import numpy as np
import pytest
from scipy import integrate, stats

from tumen.triangle.wandering_rates import rates_followed

COUNTS = np.array([[2.0], [5.0]])


def test_a_rate_that_stays_has_its_gamma_posterior():
    counts = np.array([[2.0, 0], [5, 1], [3, 0], [4, 0]])
    found = rates_followed(counts, np.array([0.02]), np.array([1.0]))
    rates = np.exp(found.logs)
    for series, total in enumerate(counts.sum(axis=0)):
        posterior = stats.gamma(total + 0.5, scale=1 / 4)
        chances = found.chances[-1, 0, :, series]
        assert chances @ rates == pytest.approx(posterior.mean(), rel=0.02)
        assert chances @ rates**2 - (chances @ rates) ** 2 == pytest.approx(posterior.var(), rel=0.05)


def of_count(count: float, rate: float, index: float) -> float:
    """A count whose variance is `index` times its mean."""
    if index == 1:
        return float(stats.poisson.pmf(count, rate))
    return float(stats.nbinom.pmf(count, rate / (index - 1), 1 / index))


@pytest.mark.parametrize("index", [1.0, 2.25])
@pytest.mark.parametrize("step", [0.3, 1.0])
def test_two_years_are_those_of_quadrature(step, index):
    found = rates_followed(COUNTS, np.array([step]), np.array([index]))
    low, high = float(found.logs[0]), float(found.logs[-1])

    def joint(now: float, before: float) -> float:
        stays = stats.norm.pdf(now, before, step) * np.exp(before / 2)
        return float(stays * of_count(2, np.exp(before), index) * of_count(5, np.exp(now), index))

    # The grid's ends are far in the tails: of either integral they cut off less than the tolerance.
    logs = np.linspace(low, high, 100)
    at = np.array([[joint(now, before) for before in logs] for now in logs])
    whole = integrate.simpson(integrate.simpson(at, x=logs), x=logs)
    mean = integrate.simpson(integrate.simpson(at, x=logs) * np.exp(logs), x=logs) / whole
    assert found.chances[-1, 0, :, 0] @ np.exp(found.logs) == pytest.approx(mean, rel=0.03)


def test_models_are_weighed_by_the_likelihood_of_their_counts():
    found = rates_followed(COUNTS, np.array([0.02]), np.array([1.0, 2.25]))
    logs = np.linspace(found.logs[0], found.logs[-1], 4000)
    prior = np.exp(logs / 2) / np.exp(logs / 2).sum()
    likelihoods = [
        sum(
            p * of_count(2, rate, index) * of_count(5, rate, index) for p, rate in zip(prior, np.exp(logs), strict=True)
        )
        for index in (1.0, 2.25)
    ]
    assert np.diff(found.log_likelihood[-1])[0] == pytest.approx(np.log(likelihoods[1] / likelihoods[0]), abs=0.01)
