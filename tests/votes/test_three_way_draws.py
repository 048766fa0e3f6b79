"""Draws of an excess of identical votes."""

import numpy as np
import pytest

from tumen.votes.loglinear import PATTERNS
from tumen.votes.three_way_draws import counts_of, jackknife_error, resampled, widened


def test_patterns_are_counted():
    counts = counts_of(np.array([[0, 0, 80, -1], [40, -1, -1, -1]]))
    assert counts.shape == (81, 2)
    assert [(int(n), int(c), counts[n, c]) for n, c in np.argwhere(counts > 0)] == [(0, 0, 2), (40, 1, 1), (80, 0, 1)]
    assert PATTERNS[40].tolist() == [1, 1, 1, 1]


def test_weights_of_patterns_are_those_of_a_bayesian_bootstrap():
    # Two resolutions of one pattern and one of another: weights are Gamma(2) and Gamma(1).
    weights = resampled(np.array([5, 5, 7, -1]), ["a", "b", "c", "d"], 20_000, np.random.default_rng(1))
    assert weights[[5, 7]].mean(axis=1) == pytest.approx([2.0, 1.0], abs=0.05)
    assert weights[[5, 7]].var(axis=1) == pytest.approx([2.0, 1.0], abs=0.12)
    assert weights.sum() == pytest.approx(weights[[5, 7]].sum())


def test_draws_are_spread_to_an_error_that_is_larger_than_theirs_and_stay_where_they_are():
    draws = np.array([0.0, 2.0, 4.0])
    assert widened(draws, 2 * draws.std()) == pytest.approx([-2.0, 2.0, 6.0])
    assert widened(draws, 0.5 * draws.std()) is draws


def test_a_single_resolution_has_no_jackknife():
    assert jackknife_error(np.array([0, 40, 80]), ["a"] * 3, np.ones(81), None) == 0.0
