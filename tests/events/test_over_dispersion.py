"""Counts that scatter more than chance has it leave more rates likely."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import many
from tumen.events.over_dispersion import Scatter, dispersion_draws, episode_rates, scattered


def test_the_index_is_pearsons_chi_square_over_its_degrees():
    # 37, 23, 20 about 80/3: 494/3 over 80/3, 6.175; 12, 5, 8 about 25/3: 74/3 over 25/3, 2.96; over 2 + 2 degrees.
    found = scattered([np.array([37.0, 23, 20]), np.array([12.0, 5, 8]), np.zeros(3)])
    assert found.index == pytest.approx((6.175 + 2.96) / 4)
    assert found.free == 4


def test_without_events_nothing_scatters():
    assert scattered([np.zeros(3), np.zeros(3)]) == Scatter(1.0, 0)
    assert scattered([np.array([4.0])]) == Scatter(1.0, 0), "one count has nothing to scatter about"
    assert (dispersion_draws(Scatter(1.0, 0), 5, np.random.default_rng(1)) == 1).all()


def test_few_counts_leave_the_index_open():
    # The mean of degrees of freedom over a chi-square is free / (free - 2).
    draws = dispersion_draws(Scatter(4.0, 12), 20_000, np.random.default_rng(1))
    assert draws.mean() == pytest.approx(4 * 12 / 10, rel=0.02)
    assert draws.min() >= 1
    assert (Scatter(0.4, 12).least, Scatter(4.0, 12).least) == (1.0, 4.0)


@many
@given(count=st.integers(0, 50), index=st.floats(1, 20), seed=st.integers(0, 99))
def test_more_events_mean_a_higher_rate_on_the_same_draws(count, index, seed):
    rates = episode_rates(count, np.full(9, index), 20, np.random.default_rng(seed))
    assert (np.diff(rates, axis=0) > 0).all()


def test_rates_of_episodes_have_the_moments_of_quasi_likelihood():
    # Gamma(n / index + ½) times the index: mean n + index / 2, variance index times that.
    rates = episode_rates(12, np.full(40_000, 3.0), 6, np.random.default_rng(1))
    for row, count in ((0, 12), (6, 18)):
        assert rates[row].mean() == pytest.approx(count + 1.5, rel=0.01)
        assert rates[row].var() == pytest.approx(3 * (count + 1.5), rel=0.03)
