"""Tipping points against answers in closed form."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.judge.estimates import Draws, X, evenly, moving, of, spec
from tests.measure.worlds import many
from tumen.case.model import Region
from tumen.judge.chance import chance_in
from tumen.judge.tipping import TippingPoint, nearest, nearest_change, tipping_points
from tumen.measure.estimate import Bound, SpecificationRun

NINE_TENTHS = Region(above=0.9)


def point(
    points: Sequence[TippingPoint], crossing: str = "one half", specification: str | None = None, lever: str = "x"
) -> TippingPoint:
    (found,) = [p for p in points if (p.lever, p.specification, p.crossing) == (lever, specification, crossing)]
    return found


def share_of(partner: Draws, rest: float) -> Callable[[float], Draws]:
    """Draws of partner / (partner + rest + x) as a function of x."""
    return lambda x: partner / (partner + rest + x)


def test_a_share_tips_where_the_median_draw_stands_on_the_bound():
    # partner / (partner + rest + x) = 0.9 where x = partner / 0.9 - partner - rest.
    partner = np.random.default_rng(1).normal(95.0, 1.0, 1001)
    found = point(tipping_points(of(moving(share_of(partner, 5.0))), NINE_TENTHS))
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
    found = point(tipping_points(of(run), region))
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
    narrow = moving(lambda x: np.full(1000, float(not 0.0004 < x < 0.0017)))
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
    # One falls below 0.5 at x = 10 and the other at x = 30: over all ways the first to cross tells. The third has no
    # lever and does not move.
    first = moving(lambda x: np.full(1000, float(x < 10)), "first")
    second = moving(lambda x: np.full(1000, float(x < 30)), "second")
    still = spec(np.zeros(1000), "still")
    points = tipping_points(of(first, second, still), Region(above=0.5))
    assert point(points, specification=None).value == pytest.approx(10, abs=1e-5)
    assert point(points, specification="first").value == pytest.approx(10, abs=1e-5)
    assert point(points, specification="second").value == pytest.approx(30, abs=1e-5)
    assert [p for p in points if p.lever == "x" and p.specification == "still"] == []
    assert nearest(points, "x", None) == point(points, specification=None)
    assert nearest(points, "x", "still") is None


def test_overall_the_verdict_tips_where_one_way_leaves_what_all_of_them_said():
    first = moving(lambda x: np.full(1000, float(x < 10)), "first")
    second = moving(lambda x: np.full(1000, float(x < 30)), "second")
    found = point(tipping_points(of(first, second), Region(above=0.5)), "verdict", None)
    assert found.value == pytest.approx(10, abs=1e-5)
    assert (found.verdict, found.probability) == ("depends", None)


def test_overall_there_is_no_baseline_where_specifications_stand_apart():
    runs = [moving(lambda x: np.full(1000, float(x < 80)), name, at) for name, at in (("low", 10.0), ("high", 50.0))]
    overall = [p for p in tipping_points(of(*runs), Region(above=0.5)) if p.lever == "x" and p.specification is None]
    assert [(p.crossing, p.baseline) for p in overall] == [("one half", None)]
    assert overall[0].value == pytest.approx(80, abs=1e-5)


def test_one_way_to_count_is_told_of_once():
    points = tipping_points(of(moving(lambda x: evenly() - x)), Region(above=0.0))
    assert {p.specification for p in points} == {None}


def test_a_way_to_count_that_is_there_twice_moves_no_tipping_point():
    def shape(name: str) -> SpecificationRun:
        return moving(lambda x: evenly() - x, name)

    alone = tipping_points(of(shape("only")), Region(above=0.1))
    twice = tipping_points(of(shape("only"), shape("copy")), Region(above=0.1))
    assert [p for p in twice if p.specification is None] == list(alone)


@pytest.mark.parametrize("share", [0.451, 0.5, 0.549])
def test_what_is_as_likely_as_not_already_crosses_one_half_nowhere(share):
    run = moving(lambda x: evenly() - x)
    points = tipping_points(of(run), Region(above=1 - share))
    assert {p.crossing for p in points} == {"words", "verdict"}


def test_errors_tip_where_the_spread_is_wide_enough_on_the_same_middle():
    # N(1, 1): P(above 0) = Phi(1 / s), which is 0.8 where s = 1 / 0.8416.
    drawn = stats.norm.ppf(evenly(10_000)) + 1.0
    found = point(tipping_points(of(spec(drawn)), Region(above=0.0)), "verdict", None, "error_scale")
    assert found.value == pytest.approx(1 / stats.norm.ppf(0.8), abs=0.02)
    assert (found.baseline, found.verdict, found.label) == (1.0, "undetermined", "the errors taken here")
    assert tipping_points(of(spec(drawn)), Region(above=0.0))[0].lever == "error_scale", "it is told first"


def test_a_verdict_holds_for_any_bound_up_to_the_fifth_of_its_draws():
    found = point(tipping_points(of(spec(evenly())), Region(above=0.05)), "verdict", None, "bound")
    assert found.value == pytest.approx(0.2, abs=2e-3)
    assert (found.baseline, found.verdict) == (0.05, "undetermined")


def test_each_end_of_a_band_is_a_bound_of_its_own():
    points = tipping_points(of(spec(evenly())), Region(within=(0.0, 1.0)))
    lower, upper = (point(points, "verdict", None, name) for name in ("lower bound", "upper bound"))
    assert lower.value == pytest.approx(0.2, abs=2e-3)
    assert upper.value == pytest.approx(0.8, abs=2e-3)


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


def test_overall_a_bounded_specification_widens_the_range():
    # A firm yes, and a lower bound whose share falls as x grows: P lies in [1 - x, 1], supported until x = 0.2.
    firm = spec(np.ones(1000), "firm")
    loose = moving(lambda x: evenly() - x, "loose", bounds=frozenset({"lower"}))
    points = tipping_points(of(firm, loose), Region(above=0.0))
    assert point(points, "verdict", specification=None).value == pytest.approx(0.2, abs=2.1e-3)


def test_all_errors_are_not_scaled_where_many_draws_stand_on_a_bound():
    levels, between = np.repeat([-0.5, 0.0, 0.5], 100), evenly(300) - 0.5
    region = Region(within=(-0.5, 0.5))
    assert not [p for p in tipping_points(of(spec(levels)), region) if p.lever == "error_scale"]
    assert [p for p in tipping_points(of(spec(between)), region) if p.lever == "error_scale"]


@pytest.mark.parametrize(("scale", "within"), [(1e-3, 1e-3), (1.0, 1e-3), (98.0, 1e-2), (1e6, 1e3)])
def test_a_change_is_placed_by_its_own_distance_however_small_figures_are_beside_the_levers_range(scale, within):
    found = nearest_change(lambda v: v > 0.0907 * scale, 0.0, 0.0, 20e9, 1e3)
    assert found == pytest.approx(0.0907 * scale, rel=0, abs=within)
