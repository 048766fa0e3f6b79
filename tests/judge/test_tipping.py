"""Tipping points against answers in closed form."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judge.estimates import Draws, X, evenly, moving, of, spec
from tests.measure.worlds import many
from tumen.case.model import Region
from tumen.judge.chance import chance_in
from tumen.judge.tipping import TippingPoint, nearest, nearest_change, tipping_points
from tumen.measure.estimate import Bound, SpecificationRun

NINE_TENTHS = Region(above=0.9)


def point(
    points: Sequence[TippingPoint], crossing: str = "one half", specification: str | None = "only", lever: str = "x"
) -> TippingPoint:
    (found,) = [p for p in points if (p.lever, p.specification, p.crossing) == (lever, specification, crossing)]
    return found


def share_of(partner: Draws, rest: float) -> Callable[[float], Draws]:
    """Draws of partner / (partner + rest + x) as a function of x."""
    return lambda x: partner / (partner + rest + x)


def test_a_share_tips_where_the_median_draw_stands_on_the_bound():
    # partner / (partner + rest + x) = 0.9 where x = partner / 0.9 - partner - rest.
    partner = np.random.default_rng(1).normal(95.0, 1.0, 1001)
    found = point(tipping_points(of(moving(share_of(partner, 5.0)), draws=1001), NINE_TENTHS))
    assert found.value == pytest.approx(np.median(partner) / 0.9 - np.median(partner) - 5.0, abs=2 * X.tolerance)
    assert found.baseline == 0.0
    assert (found.low, found.high) == (0.0, 100.0)
    assert found.label == "trade that nobody saw"


@many
@given(partner=st.floats(91, 99.9), spread=st.floats(0.001, 0.1), bound=st.floats(0.5, 0.9))
def test_the_probability_straddles_one_half_within_the_tolerance(partner, spread, bound):
    draws = partner + spread * (evenly(201) - 0.5)
    region = Region(above=bound)
    run = moving(share_of(draws, 100 - partner))
    found = point(tipping_points(of(run, draws=201), region))
    exact = float(np.median(draws)) / bound - float(np.median(draws)) - (100 - partner)
    if exact > 100:
        assert found.value is None
        return
    assert found.value == pytest.approx(exact, abs=1e-5)
    assert found.value is not None
    assert run.respond is not None
    just_before, there = run.respond("x", found.value - 2e-6), run.respond("x", found.value)
    before, after = (chance_in(draws, frozenset(), region).share for draws in (just_before, there))
    assert after <= 0.5 < before
    assert found.probability == after


def test_each_crossing_has_its_own_place():
    # Draws evenly over 0 to 1, less x: P(above 0) = 1 - x, so words and outcomes change at once with x.
    points = tipping_points(of(moving(lambda x: evenly() - x)), Region(above=0.0))
    half, words, verdict = (point(points, c) for c in ("one half", "words", "verdict"))
    assert half.value == pytest.approx(0.5, abs=1.1e-3)
    assert words.value == pytest.approx(0.05, abs=1.1e-3)
    assert words.flips_to == "very likely"
    assert verdict.value == pytest.approx(0.2, abs=1.1e-3)
    assert (verdict.flips_to, verdict.verdict) == ("likely", "undetermined")


def test_none_in_range_is_none():
    points = tipping_points(of(moving(lambda x: np.ones(1000))), Region(above=0.5))
    for crossing in ("one half", "words", "verdict"):
        found = point(points, crossing)
        assert (found.value, found.probability, found.flips_to, found.verdict) == (None, None, None, None)


def test_a_lever_is_searched_on_both_sides_of_its_baseline():
    # P falls below one half under 40 and over 90; it stands at 50, so 40 is nearer.
    inside = moving(lambda x: np.full(1000, float(40 <= x <= 90)), baseline=50.0)
    assert point(tipping_points(of(inside), Region(above=0.5))).value == pytest.approx(40, abs=1e-5)


def test_a_lever_whose_effect_turns_back_tips_at_the_nearer_edge():
    band = moving(lambda x: np.full(1000, float(not 10 < x < 60)))
    assert point(tipping_points(of(band), Region(above=0.5))).value == pytest.approx(10, abs=1e-5)


def test_a_tipping_point_close_to_the_baseline_is_not_stepped_over():
    narrow = moving(lambda x: np.full(1000, float(not 0.0004 < x < 0.0008)))
    assert point(tipping_points(of(narrow), Region(above=0.5))).value == pytest.approx(0.0004, abs=1e-5)


@many
@given(edge=st.floats(0.01, 99.9), tolerance=st.sampled_from([1e-6, 1e-3, 0.1]))
def test_a_change_is_placed_just_beyond_itself(edge, tolerance):
    found = nearest_change(lambda v: v > edge, 0.0, 0.0, 100.0, tolerance)
    assert found is not None
    assert edge < found <= edge + tolerance


def test_no_change_and_no_room():
    assert nearest_change(lambda v: "same", 0.0, 0.0, 100.0, 1e-6) is None
    assert nearest_change(lambda v: v > 5, 0.0, 0.0, 0.0, 1e-6) is None


def test_overall_a_lever_stands_at_the_same_value_in_every_specification_that_has_it():
    # One falls below 0.5 at x = 10 and the other at x = 30; with three quarters of the weight the
    # second decides. The third has no lever and does not move.
    first = moving(lambda x: np.full(1000, float(x < 10)), "first", 0.25)
    second = moving(lambda x: np.full(1000, float(x < 30)), "second", 0.5)
    still = spec(np.zeros(1000), "still", 0.25)
    points = tipping_points(of(first, second, still), Region(above=0.5))
    assert point(points, specification=None).value == pytest.approx(10, abs=1e-5)
    assert point(points, specification="first").value == pytest.approx(10, abs=1e-5)
    assert point(points, specification="second").value == pytest.approx(30, abs=1e-5)
    assert [p for p in points if p.lever == "x" and p.specification == "still"] == []
    assert nearest(points, "x", None) == point(points, specification=None)
    assert nearest(points, "x", "still") is None


def test_overall_there_is_no_baseline_where_specifications_stand_apart():
    runs = [
        moving(lambda x: np.full(1000, float(x < 80)), name, 0.5, at) for name, at in (("low", 10.0), ("high", 50.0))
    ]
    overall = [p for p in tipping_points(of(*runs), Region(above=0.5)) if p.lever == "x" and p.specification is None]
    assert [(p.crossing, p.baseline) for p in overall] == [("one half", None)]
    assert overall[0].value == pytest.approx(80, abs=1e-5)


@many
@given(own=st.floats(0.6, 1), other=st.floats(0, 0.4), weight=st.floats(0.05, 0.95))
def test_a_weight_tips_where_the_mixture_stands_at_one_half(own, other, weight):
    # w * own + (1 - w) * other = 1/2 where w = (1/2 - other) / (own - other).
    def draws(p: float) -> Draws:
        return np.where(evenly(10_000) < p, 1.0, 0.0)

    def share(p: float) -> float:
        return float(np.mean(draws(p)))

    runs = [spec(draws(own), "own", weight), spec(draws(other), "other", 1 - weight)]
    found = point(tipping_points(of(*runs, draws=10_000), Region(above=0.5)), specification="own", lever="weight")
    expected = (0.5 - share(other)) / (share(own) - share(other))
    assert found.value == pytest.approx(expected, abs=2e-4)
    assert found.baseline == weight


def test_weights_of_specifications_that_agree_change_nothing():
    runs = [spec(np.ones(1000), "a", 0.5), spec(np.ones(1000), "b", 0.5)]
    weights = [p for p in tipping_points(of(*runs), Region(above=0.5)) if p.lever == "weight"]
    assert len(weights) == 6
    assert all(p.value is None for p in weights)
    assert tipping_points(of(spec(np.ones(1000))), Region(above=0.5)) == (), "one specification has no rival"


def test_other_weights_keep_their_proportions():
    # Against 'no', the others count 2 to 1: without it P is 2/3, with all the weight on it 0.
    runs = [spec(np.ones(1000), "yes", 0.5), spec(np.zeros(1000), "too", 0.25), spec(np.zeros(1000), "no", 0.25)]
    found = point(tipping_points(of(*runs), Region(above=0.5)), specification="no", lever="weight")
    assert found.value == pytest.approx(0.25, abs=2e-4), "2/3 of the rest is one half where the rest is 3/4"


def bounded(*bounds: Bound) -> SpecificationRun:
    """P(above 0) of the draws is 1 - x, and they bound the estimand."""
    return moving(lambda x: evenly() - x, bounds=frozenset(bounds))


def test_no_lever_changes_a_verdict_that_nothing_pins():
    points = tipping_points(of(bounded("lower", "upper")), Region(above=0.0))
    assert point(points, "one half").value == pytest.approx(0.5, abs=1.1e-3), "of what was measured"
    assert point(points, "words").value is None
    assert point(points, "verdict").value is None


def test_a_lower_bound_tips_only_out_of_support():
    # P lies in [1 - x, 1]: supported until x = 0.2, and never contradicted.
    points = tipping_points(of(bounded("lower")), Region(above=0.0))
    found = point(points, "verdict")
    assert found.value == pytest.approx(0.2, abs=1.1e-3)
    assert (found.verdict, found.probability, found.flips_to) == ("undetermined", None, None)
    assert point(points, "words").value is None


def test_an_upper_bound_tips_only_into_contradiction():
    # P lies in [0, 1 - x]: undetermined until x = 0.8.
    found = point(tipping_points(of(bounded("upper")), Region(above=0.0)), "verdict")
    assert found.value == pytest.approx(0.8, abs=1.1e-3)
    assert found.verdict == "contradicted"


def test_overall_and_by_weight_a_bounded_specification_widens_the_range():
    # Half the weight on a firm yes, half on a lower bound whose share falls as x grows: P lies in
    # [(1 + 1 - x) / 2, 1], supported until x = 0.4.
    firm = spec(np.ones(1000), "firm", 0.5)
    loose = moving(lambda x: evenly() - x, "loose", 0.5, bounds=frozenset({"lower"}))
    points = tipping_points(of(firm, loose), Region(above=0.0))
    assert point(points, "verdict", specification=None).value == pytest.approx(0.4, abs=2.1e-3)
    assert point(points, "words", specification=None).value is None
    upper = moving(lambda x: evenly() - 2 + x, "never", 0.5, bounds=frozenset({"upper"}))
    points = tipping_points(of(firm, upper), Region(above=0.0))
    # P is the weight w on the firm yes, since the other is surely below: 0.2 and 0.8 are equally near 0.5.
    value = point(points, "verdict", "firm", "weight").value
    assert value is not None
    assert abs(value - 0.5) == pytest.approx(0.3, abs=2e-4)
