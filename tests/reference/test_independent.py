"""Our statistics against implementations that others wrote.

Tolerances: an exact formula is held to 1e-12. Where two random samples are compared, a difference is
held to five standard errors of it, written out beside each, so that one run in a million would fail.
"""

from typing import Any

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from tests.measure.worlds import Setting, run, votes, world
from tumen.events.contact import rate_draws
from tumen.votes.agreement import weigh_votes, wilson_interval

QUANTILES = np.array([0.05, 0.25, 0.5, 0.75, 0.95])


def quantile_errors(distribution: Any, draws: int) -> Any:
    """Standard errors of sample quantiles: sqrt(q (1 - q) / n) over the density there."""
    at = distribution.ppf(QUANTILES)
    return np.sqrt(QUANTILES * (1 - QUANTILES) / draws) / distribution.pdf(at)


@pytest.mark.parametrize("level", [0.5, 0.9, 0.95, 0.99])
@pytest.mark.parametrize(
    ("agreed", "count"), [(0, 1), (1, 1), (0, 20), (1, 29), (15, 148), (81, 263), (69, 83), (500, 1000)]
)
def test_wilsons_interval_against_statsmodels(agreed, count, level):
    theirs = proportion_confint(agreed, count, alpha=1 - level, method="wilson")
    assert wilson_interval(agreed, count, level) == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize(("agreed", "count"), [(0, 5), (9, 15), (69, 83), (400, 420)])
def test_draws_of_agreement_are_jeffreys_posterior(agreed, count):
    draws = 20_000
    rng = np.random.default_rng(4)
    alike = np.repeat([True, False], [agreed, count - agreed])
    weights, prior = rng.standard_exponential((count, draws)), rng.standard_gamma(0.5, (2, draws))
    found = weigh_votes(alike, np.zeros_like(alike), np.ones_like(alike), weights, prior).draws(0.0)
    posterior = stats.beta(agreed + 0.5, count - agreed + 0.5)
    differ = np.abs(np.quantile(found, QUANTILES) - posterior.ppf(QUANTILES))
    assert (differ < 5 * quantile_errors(posterior, draws)).all()
    assert stats.kstest(found, posterior.cdf).pvalue > 1e-4


def test_the_measure_itself_draws_jeffreys_posterior():
    ask = {"of": ["AAA"], "reference": "BBB", "period": ["2023-01-01", "2024-01-01"]}
    with world(votes=[*votes("AAA", "Y" * 9 + "N" * 6), *votes("BBB", "Y" * 15)]) as record:
        found = run(record, "agreement.dyad", ask, {}, Setting(4000, 5)).draws
    posterior = stats.beta(9.5, 6.5)
    differ = np.abs(np.quantile(found, QUANTILES) - posterior.ppf(QUANTILES))
    assert (differ < 5 * quantile_errors(posterior, 4000)).all()


@pytest.mark.parametrize("count", [0, 1, 3, 9, 120])
def test_rates_are_jeffreys_posterior(count):
    found = rate_draws(120, 20_000, np.random.default_rng(6))[count]
    assert stats.kstest(found, stats.gamma(count + 0.5).cdf).pvalue > 1e-4


@pytest.mark.parametrize(("over", "under"), [(9, 3), (4, 4), (0, 2)])
def test_a_ratio_of_rates_follows_the_f_distribution(over, under):
    # Gamma(a) / Gamma(b) times b / a is F with 2a and 2b degrees of freedom.
    draws = 20_000
    rng = np.random.default_rng(7)
    ratio = rate_draws(over, draws, rng)[over] / rate_draws(under, draws, rng)[under]
    a, b = over + 0.5, under + 0.5
    assert stats.kstest(ratio * b / a, stats.f(2 * a, 2 * b).cdf).pvalue > 1e-4
