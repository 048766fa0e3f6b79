"""Biases and noises against MixedLM of statsmodels, which fits the same model by the same method."""

from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm

from tumen.trade.partial_pooling import pooled

#: Logarithms of figures, what they measure and whose they are, and what MixedLM of statsmodels 0.15 said of them.
SMALL = (
    [0.10, 0.35, 0.02, 1.20, 1.31, 2.05, 2.41, 1.98, 3.07, 3.30, 4.01, 4.22, 3.90],
    [0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4],
    [0, 1, 2, 0, 1, 0, 1, 2, 0, 1, 0, 1, 2],
)
SMALL_BIAS, SMALL_NOISE = 0.17116, 0.05290


def made(
    seed: int, bias: float, noise: float, things: int = 30, flows: int = 7
) -> tuple[list[float], list[int], list[int]]:
    """Figures of a world whose bias and noise are known."""
    rng = np.random.default_rng(seed)
    biases = rng.normal(0, bias, flows)
    rows = [(t, f) for t in range(things) for f in rng.choice(flows, rng.integers(2, 5), replace=False)]
    logs = [t * 0.1 + biases[f] + rng.normal(0, noise) for t, f in rows]
    return logs, [t for t, _ in rows], [int(f) for _, f in rows]


def theirs(logs: list[float], things: list[int], flows: list[int]) -> Any:
    dummies = np.eye(max(things) + 1)[things]
    return sm.MixedLM(np.array(logs), dummies, groups=np.array(flows)).fit(reml=True)


@pytest.mark.parametrize(("bias", "noise"), [(0.3, 0.1), (0.1, 0.1), (0.2, 0.3)])
def test_the_fit_is_that_of_statsmodels(bias, noise):
    logs, things, flows = made(3, bias, noise)
    ours, reference = pooled(logs, things, flows), theirs(logs, things, flows)
    assert ours is not None
    assert ours.bias == pytest.approx(np.sqrt(reference.cov_re[0, 0]), rel=1e-3)
    assert ours.noise == pytest.approx(np.sqrt(reference.scale), rel=1e-3)
    effects = [float(np.asarray(effect)[0]) for _, effect in sorted(reference.random_effects.items())]
    assert ours.effects == pytest.approx(np.array(effects), abs=1e-3 * bias)


def test_figures_by_hand_are_fitted_as_statsmodels_said():
    found = pooled(*SMALL)
    assert found is not None
    assert (found.bias, found.noise) == pytest.approx((SMALL_BIAS, SMALL_NOISE), abs=1e-4)


def test_expected_squares_are_those_of_the_fit_together():
    # At the likeliest variances an EM step changes nothing: Dempster, Laird and Rubin (1977).
    found = pooled(*made(5, 0.3, 0.1))
    assert found is not None
    assert np.sqrt(found.bias_squares.mean()) == pytest.approx(found.bias, rel=1e-5)
    assert np.sqrt(found.noise_squares.mean()) == pytest.approx(found.noise, rel=1e-5)


@pytest.mark.parametrize(("bias", "noise"), [(0.2, 0.05), (0.05, 0.1)])
def test_many_figures_give_back_the_world_that_made_them(bias, noise):
    found = pooled(*made(7, bias, noise, things=400, flows=60))
    assert found is not None
    assert found.bias == pytest.approx(bias, rel=0.25)
    assert found.noise == pytest.approx(noise, rel=0.05)


def test_without_a_bias_none_is_found():
    found = pooled(*made(1, 0.0, 0.1))
    assert found is not None
    assert found.bias < 0.03


def test_flows_that_never_meet_twice_tell_nothing_of_bias_and_noise():
    assert pooled([0.0, 1.0], [0, 0], [0, 1]) is None
    assert pooled([0.0, 1.0, 2.0, 5.0], [0, 0, 1, 1], [0, 1, 2, 3]) is None


def test_the_order_and_the_numbers_of_figures_change_nothing():
    logs, things, flows = made(9, 0.3, 0.1)
    order = np.random.default_rng(2).permutation(len(logs))
    other = pooled([logs[n] for n in order], [max(things) - things[n] for n in order], [6 - flows[n] for n in order])
    found = pooled(logs, things, flows)
    assert found is not None
    assert other is not None
    assert (other.bias, other.noise) == pytest.approx((found.bias, found.noise), rel=1e-6)
    assert other.effects[::-1] == pytest.approx(found.effects, abs=1e-8)
