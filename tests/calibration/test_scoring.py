"""Rows of the calibration table, computed by hand from what was true and what was said."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.calibration.scoring import DRAWS, PLACES, Outcome, Score, score
from benchmarks.calibration.worlds import Scene, World

from tumen.measure.estimate import Bound

EVEN = np.linspace(0.0, 100.0, 1001)


def scene(**how: bool) -> Scene:
    return Scene("contact.ratio", "a world", lambda _: World(0.0, {}, {}), **how)


def said(truth: float, draws: np.ndarray = EVEN, *bounds: Bound) -> Outcome:
    return Outcome(truth, draws, frozenset(bounds))


@pytest.mark.parametrize(("truth", "held"), [(4.9, False), (5.1, True), (94.9, True), (95.1, False)])
def test_an_interval_covers_what_lies_in_the_central_90_per_cent(truth, held):
    assert said(truth).covered(at_least=False) is held


def test_draws_that_say_at_least_are_right_below_the_truth_where_part_of_it_is_unseen():
    assert said(200.0, EVEN, "lower").covered(at_least=True)
    assert not said(200.0, EVEN, "lower").covered(at_least=False)
    assert not said(200.0, EVEN).covered(at_least=True)
    assert not said(4.0, EVEN, "lower").covered(at_least=True)


def test_p_is_the_share_of_draws_above_the_bound_and_not_on_it():
    assert said(0.0, np.array([1.0, 2.0, 2.0, 3.0])).above(2.0) == 0.25


def test_draws_that_lie_around_the_truth_as_estimates_do_are_rarely_wrong_where_they_are_sure():
    rng = np.random.default_rng(1)
    fair = [said(0.0, np.sort(rng.normal(rng.normal(), 1, DRAWS))) for _ in range(400)]
    row = score(scene(), fair)
    assert row.coverage == pytest.approx(0.90, abs=0.04)
    assert row.wrong is not None
    assert row.wrong < 0.03
    assert row.sure > 400


def test_draws_that_are_three_times_too_narrow_are_often_wrong_where_they_are_sure():
    rng = np.random.default_rng(1)
    narrow = [said(0.0, np.sort(rng.normal(rng.normal(), 1 / 3, DRAWS))) for _ in range(400)]
    row = score(scene(), narrow)
    assert row.coverage is not None
    assert row.coverage < 0.5
    assert row.wrong is not None
    assert row.wrong > 0.05


def test_bounds_lie_around_the_truth_as_far_as_estimates_do():
    # Both estimates are 2 off, so bounds are at 10 ± 2 × 0.25 and so on; all draws are at 12.
    sure = score(scene(), [said(10.0, np.full(100, 12.0)), said(10.0, np.full(100, 12.0))])
    below = sum(10 + 2 * place < 12 for place in PLACES)
    wrong = sum(place > 0 and 10 + 2 * place < 12 for place in PLACES)
    assert sure.sure == 2 * len(PLACES)
    assert below == 8
    assert sure.wrong == pytest.approx(wrong / len(PLACES))


def test_bounds_of_ratios_are_placed_by_their_logarithms():
    # Twice the truth: bounds at 2 ** place, so that none is below zero; on both sides of the truth.
    row = score(scene(logs=True), [said(1.0, np.full(100, 2.0))])
    assert row.sure == len(PLACES)
    assert row.wrong == pytest.approx(2 / len(PLACES))


@pytest.mark.parametrize(("bounds", "sure"), [((), 6), (("lower",), 5), (("upper",), 1)])
def test_what_says_at_least_gives_no_verdict_that_contradicts(bounds, sure):
    # The estimate is 30 off: five bounds lie below all draws, from -62.5 to -2.5, and one above all of them, at 102.5.
    row = score(scene(), [said(20.0, EVEN, *bounds)])
    assert (row.sure, row.wrong) == (sure, 0.0)


def test_worlds_in_which_nothing_was_found_are_counted_apart():
    row = score(scene(), [said(1.0, np.empty(0)), said(50.0)])
    assert (row.worlds, row.nothing, row.coverage) == (1, 1, 1.0)


def test_a_probability_is_scored_by_what_came_true():
    ones, zeros, half = np.ones(10), np.zeros(10), np.repeat([0.0, 1.0], 5)
    row = score(scene(chance=True), [said(1.0, ones), said(1.0, zeros), said(0.0, half), said(0.0, half)])
    assert row == Score(
        "contact.ratio",
        "a world",
        True,
        4,
        0,
        None,
        2,
        0.5,
        said=0.5,
        came=0.5,
        brier=(0 + 1 + 0.25 + 0.25) / 4,
        base=0.25,
    )
