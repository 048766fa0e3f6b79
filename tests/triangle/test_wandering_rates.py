"""What is known of rates that wander, and what is expected of the years to come."""

import numpy as np
import pytest

from tumen.triangle.wandering_rates import INDICES, RATE_STEPS, rates_followed


def steps_found(counts: np.ndarray) -> float:
    model = rates_followed(counts)
    return float(model.posterior(-1) @ model.step_sds)


def test_rates_that_wander_are_told_from_those_that_stay():
    rng = np.random.default_rng(1)
    staying = rng.poisson(5.0, (40, 3)).astype(float)
    wandering = rng.poisson(np.exp(np.log(5) + np.cumsum(0.5 * rng.standard_normal((40, 3)), axis=0))).astype(float)
    assert steps_found(staying) < 0.15
    assert steps_found(wandering) == pytest.approx(0.5, abs=0.15)


def test_years_that_scatter_are_told_from_years_that_do_not():
    rng = np.random.default_rng(2)
    even, lumped = rng.poisson(6.0, (60, 3)), 3 * rng.poisson(2.0, (60, 3))
    found = [rates_followed(counts.astype(float)) for counts in (even, lumped)]
    indices = [float(one.posterior(-1) @ one.indices) for one in found]
    assert indices[0] < 1.3
    assert indices[1] == pytest.approx(3.0, abs=0.5)


def test_years_to_come_go_on_at_the_rate_reached_and_are_less_sure_the_farther_they_lie():
    counts = np.concatenate([np.full((10, 1), 2.0), np.full((10, 1), 20.0)])
    coming = rates_followed(counts).to_come(-1, 400, 50, 4, np.random.default_rng(3))
    assert coming.shape == (400, 50, 4, 1)
    assert np.median(coming[:, :, 0]) == pytest.approx(20, abs=2)
    assert coming[:, :, 3].std() > coming[:, :, 0].std()


def test_what_is_known_after_a_year_knows_nothing_of_later_ones():
    counts = np.array([[3.0, 1, 0], [2, 1, 0], [4, 0, 1], [3, 2, 0]])
    whole, part = rates_followed(counts), rates_followed(counts[:2])
    assert whole.posterior(1) == pytest.approx(part.posterior(1), abs=0.01), "but for the grid's end"
    assert len(whole.step_sds) == len(RATE_STEPS) * len(INDICES)


def test_a_dyad_that_never_acted_has_next_to_no_rate():
    coming = rates_followed(np.zeros((12, 3))).to_come(-1, 200, 50, 1, np.random.default_rng(4))
    assert 0 < coming.mean() < 0.2
