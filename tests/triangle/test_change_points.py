"""Changes of level in yearly shares: what is signalled, when, and how often for nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.measure.worlds import many
from tumen.triangle.change_points import (
    LEAST_TIMES,
    ChangePoint,
    most_scatter,
    scan,
    simulated_counts,
    threshold_of,
    watched,
)


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_a_great_jump_is_signalled_within_two_years():
    close = np.array([10, 11, 9, 10, 10, 38, 39, 38.0])
    assert watched(close, np.full(8, 40.0), 0.05, rng()).changes == (ChangePoint(5, 6),)


def test_a_small_step_is_signalled_later_than_it_happened():
    close = np.array([53, 39, 51, 50, 55, 74, 59, 64, 66, 64, 67, 66, 69.0])
    count = np.array([85, 61, 73, 72, 86, 102, 84, 77, 82, 74, 79, 79, 83.0])
    (change,) = watched(close, count, 0.05, rng()).changes
    assert change.since == 7
    assert change.signalled > 7


def test_two_jumps_are_two_signals():
    close = np.concatenate([np.full(7, 10.0), np.full(7, 35.0), np.full(7, 12.0)])
    assert [c.since for c in watched(close, np.full(21, 40.0), 0.05, rng()).changes] == [7, 14]


def test_what_comes_later_does_not_change_what_was_signalled_before():
    close = np.array([10, 12, 9, 11, 10, 36, 38, 37, 5, 20.0])
    statistic, split = scan(close[None], np.full(10, 40.0))
    early, early_split = scan(close[None, :7], np.full(7, 40.0))
    assert np.array_equal(statistic[:, :7], early)
    assert np.array_equal(split[:, :7], early_split)


@pytest.mark.parametrize("close", [np.zeros(4), np.array([0.0, 20, 0, 20])])
def test_nothing_is_signalled_in_too_few_years(close):
    found = watched(close, np.full(LEAST_TIMES - 1, 20.0), 0.05, rng())
    assert found.changes == ()
    assert found.findable is None


@pytest.mark.parametrize("level", [0.0, 20.0])
def test_a_constant_series_signals_nothing(level):
    assert watched(np.full(12, level), np.full(12, 20.0), 0.05, rng()).changes == ()


def test_few_votes_find_no_change_and_say_so():
    found = watched(np.array([1, 2, 1, 2, 1, 1.0]), np.full(6, 2.0), 0.05, rng())
    assert found.findable is None


def test_many_votes_find_a_smaller_change_than_few():
    few = watched(np.full(12, 32.0), np.full(12, 40.0), 0.05, rng()).findable
    lots = watched(np.full(12, 320.0), np.full(12, 400.0), 0.05, rng()).findable
    assert few is not None
    assert lots is not None
    assert few < lots < 0.8


def test_scatter_is_one_for_fair_draws_and_more_where_years_scatter_more():
    count = np.full(400, 60.0)
    fair = simulated_counts(np.full(400, 0.7), 1.0, count, 1, rng())[0]
    wide = simulated_counts(np.full(400, 0.7), 4.0, count, 1, rng())[0]
    assert most_scatter(fair, count) < 1.3
    assert 4.0 < most_scatter(wide, count) < 5.5


def test_the_limit_of_scatter_is_that_of_chi_squared():
    close, count = np.array([14, 20, 9, 17, 12, 22, 8, 15.0]), np.full(8, 25.0)
    steps = np.mean(np.diff(close / 25) ** 2 * 25 / 2) / (0.585 * 0.415)
    freedom = 2 * 7**2 / (3 * 8 - 4)
    assert most_scatter(close, count) == pytest.approx(steps * freedom / stats.chi2(freedom).ppf(0.05), rel=0.03)


@pytest.mark.parametrize(
    ("share", "scatter", "count"),
    [(0.8, 1.0, np.full(13, 80.0)), (0.7, 3.0, np.full(13, 80.0)), (0.75, 3.0, np.array([5, 6, 5, 2, 2, 6, 5, 8.0]))],
)
def test_false_alarms_are_no_more_than_stated(share, scatter, count):
    worlds, rate, seed = 150, 0.05, rng(7)
    alarms = 0
    for close in simulated_counts(np.full(len(count), share), scatter, count, worlds, seed):
        mean = float((close.sum() + 0.5) / (count.sum() + 1))
        limit = threshold_of(mean, most_scatter(close, count), count, rate, seed)
        alarms += bool((scan(close[None], count)[0] > limit).any())
    # At a rate of 0.05 at most, more than this in 150 comes once in 500 tests.
    assert alarms <= stats.binom(worlds, rate).ppf(0.998)


shares = st.lists(st.integers(0, 30), min_size=5, max_size=12)


@many
@given(close=shares)
def test_closeness_and_its_opposite_change_alike(close):
    near, count = np.array(close, dtype=float)[None], np.full(len(close), 30.0)
    here, there = scan(near, count)[0], scan(count - near, count)[0]
    assert here == pytest.approx(there, abs=1e-9)
    assert (here >= -1e-9).all()
