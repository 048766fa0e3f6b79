"""The test for coupling: what it finds, and what a shared adversary cannot make it find."""

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.coupling_worlds import World, simulate

from tumen.events.coupling_comparison import Scores, ranked, scores, simulated_test
from tumen.events.coupling_power import Power, power_of, simulated_scores
from tumen.events.coupling_series import Triads, triads_of
from tumen.events.negative_binomial import fitted

WEEK = 7 / 30.44
FOCAL = np.array([[0, 1, 2]])


def test_strong_coupling_puts_the_three_first_among_all_triads():
    found = ranked(simulate(World(coupling=0.35, reliability=0.6), 3), WEEK)
    assert found.compared == 165  # three of eleven dyads
    assert found.p_value == pytest.approx(1 / 165)
    assert found.rejects
    assert found.statistic > found.critical


def test_a_shared_adversary_alone_is_found_no_more_often_than_the_level_allows():
    # 40 worlds: at 5 per cent, more than 6 rejections come once in 70 times; the benchmark counts 500 worlds a row.
    rejected = [ranked(simulate(World(months=90, reliability=0.6), 100 + n), WEEK).rejects for n in range(40)]
    assert sum(rejected) <= 6


def test_share_in_triads_without_coupling_is_small_beside_real_coupling():
    panel = simulate(World(coupling=0.3), 5)
    found = ranked(panel, WEEK)
    focal = scores(triads_of(panel, FOCAL, WEEK)).share[0]
    assert abs(found.shift) < 0.1
    assert focal - found.shift == pytest.approx(0.3, abs=0.15)


def test_the_exposure_that_undoes_a_result_grows_with_the_result_and_shrinks_with_what_the_adversary_leaves():
    found = replace(ranked(simulate(World(months=60), 1), WEEK), critical=2.0, statistic=4.0, typical=0.5, error=0.0)
    assert found.vanishes == pytest.approx(np.sqrt(1 + 2 / 0.5))
    assert replace(found, statistic=6.0).vanishes > found.vanishes
    assert replace(found, typical=1.0).vanishes < found.vanishes
    assert replace(found, error=0.5).vanishes < found.vanishes
    assert replace(found, statistic=1.0).vanishes == 1


def simulations(share: float) -> tuple[Triads, Scores]:
    panel = simulate(World(months=120, placebos=0), 2)
    focal = triads_of(panel, FOCAL, WEEK)
    fit = fitted(focal.counts, focal.rows)
    return focal, simulated_scores(panel, focal, fit, WEEK, share, 300, np.random.default_rng(1))


def test_simulated_series_without_coupling_have_a_standard_normal_statistic():
    _, none = simulations(0.0)
    assert none.statistic.mean() == pytest.approx(0, abs=0.25)
    assert none.statistic.std() == pytest.approx(1, abs=0.15)


def test_simulated_series_have_the_coupling_that_was_asked_for():
    _, none = simulations(0.0)
    _, some = simulations(0.2)
    assert some.share.mean() - none.share.mean() == pytest.approx(0.2, abs=0.03)
    power = power_of(none.statistic, some.statistic, 1.645)
    assert 0.3 < power.power < 1
    assert power.times >= 1


def test_coupling_that_adds_nothing_shows_at_no_length():
    none = np.random.default_rng(1).standard_normal(100)
    assert power_of(none, none - 0.1, 1.645) == Power(float((none - 0.1 >= 1.645).mean()), float("inf"))


def test_with_few_placebos_the_three_are_compared_with_simulated_series():
    focal, none = simulations(0.0)
    found = simulated_test(focal, none, 0.1)
    assert found.compared == 301
    assert found.p_value == ((none.statistic >= found.statistic).sum() + 1) / 301
    assert found.critical == pytest.approx(1.645, abs=0.4)
    assert found.left == 0.1
    assert simulated_test(focal, none, -0.1).left == 0
