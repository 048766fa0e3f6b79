"""Draws of the share by a block bootstrap."""

import numpy as np
import pytest
from benchmarks.coupling_worlds import World, simulate

from tumen.events.coupling_draws import block_weights, shares
from tumen.events.coupling_joint import joint
from tumen.events.coupling_series import triads_of


def test_blocks_keep_neighbours_together():
    weights = block_weights(216, 200, np.random.default_rng(1))  # blocks of six
    assert weights.mean() == 1
    together = np.mean([np.corrcoef(w[:-1], w[1:])[0, 1] for w in weights])
    assert together == pytest.approx(5 / 6, abs=0.1)


def test_every_bin_counts_once_on_average():
    weights = block_weights(50, 4000, np.random.default_rng(2))
    assert weights.mean(axis=0) == pytest.approx(np.ones(50), abs=0.1)


def test_draws_lie_around_the_share_that_was_made():
    focal = triads_of(simulate(World(coupling=0.3, placebos=0), 11), np.array([[0, 1, 2]]), 7 / 30.44)
    found = shares(focal, block_weights(180, 400, np.random.default_rng(3)))
    draws = found.basic(0.0, np.zeros(400))
    assert np.quantile(draws, 0.05) < 0.3 < np.quantile(draws, 0.95)
    assert np.quantile(draws, 0.95) - np.quantile(draws, 0.05) < 0.4


def test_basic_draws_reflect_resamples_in_the_sample_and_take_off_the_shift():
    focal = triads_of(simulate(World(months=60, placebos=0), 1), np.array([[0, 1, 2]]), 0.5)
    found = shares(focal, block_weights(60, 50, np.random.default_rng(4)))
    plain = found.basic(0.0, np.zeros(50))
    assert plain + found.resampled == pytest.approx(np.full(50, 2 * found.share))
    shifted = found.basic(0.1, np.full(50, 0.1))
    assert shifted == pytest.approx(plain - 0.1)


def test_joint_events_beyond_what_independent_dyads_have_are_improbable():
    counts = np.full((12, 3), 6.0)  # each dyad on a fifth of days or so: all three on about two days a year
    found = joint(9, counts, 30.0)
    assert found.expected == pytest.approx(360 * (1 - np.exp(-0.2)) ** 3)
    assert found.chance < 0.001
    assert joint(0, counts, 30.0).chance == 1
    assert joint(1, np.zeros((3, 3)), 30.0).chance == 0
