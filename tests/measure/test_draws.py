"""Draws of printed figures: repeatable by key, honest in spread."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import many
from tumen.measure.draws import (
    bounds_of,
    combined,
    even_draws,
    figure_draws,
    pert_draws,
    point_of,
    quantile_draws,
    range_draws,
    stream,
)
from tumen.measure.setting import Setting

LONG = Setting(20_000, 3)


def test_a_key_has_its_own_stream_whatever_else_is_drawn():
    first = stream(LONG, "trade", "a").random(5)
    stream(LONG, "trade", "b").random(1000)
    assert np.array_equal(first, stream(LONG, "trade", "a").random(5))
    assert not np.array_equal(first, stream(LONG, "trade", "b").random(5))
    assert not np.array_equal(first, stream(LONG, "tradea").random(5))
    assert not np.array_equal(first, stream(Setting(9, 4), "trade", "a").random(5))


def test_streams_of_two_keys_are_independent():
    one, other = (stream(LONG, "trade", name).standard_normal(LONG.draws) for name in "ab")
    # A correlation of independent draws has a standard error of 1 / sqrt(n).
    assert abs(np.corrcoef(one, other)[0, 1]) < 5 / np.sqrt(LONG.draws)


def test_rounding_is_even_over_half_a_unit_either_way():
    found = figure_draws(100.0, 10.0, 0.0, LONG, "x")
    assert found.min() >= 95
    assert found.max() <= 105
    assert found.std() == pytest.approx(10 / np.sqrt(12), rel=0.02)


def test_a_grade_adds_its_relative_standard_error():
    found = figure_draws(100.0, 0.0, 0.02, LONG, "x")
    assert found.mean() == pytest.approx(100, abs=5 * 2 / np.sqrt(LONG.draws))
    assert found.std() == pytest.approx(2.0, rel=0.03)


def test_an_exact_figure_without_error_is_itself():
    assert (figure_draws(100.0, 0.0, 0.0, LONG, "x") == 100).all()


def test_no_figure_falls_below_nothing():
    assert figure_draws(1.0, 10.0, 0.5, LONG, "x").min() == 0.0


def test_a_range_holds_as_much_as_the_setting_says_with_as_much_below_as_above():
    found = range_draws(2.0, 8.0, LONG, "x")
    assert np.quantile(found, [0.1, 0.5, 0.9]) == pytest.approx([2, 4, 8], rel=0.03)
    assert found.min() > 0
    narrower = range_draws(2.0, 8.0, replace(LONG, range_coverage=0.5), "x")
    assert np.quantile(narrower, [0.25, 0.75]) == pytest.approx([2, 8], rel=0.04)


def test_a_range_from_nothing_on_has_as_much_above_its_end_as_any_other():
    found = range_draws(0.0, 8.0, LONG, "x")
    assert found.min() >= 0
    assert (found > 8).mean() == pytest.approx(0.1, abs=0.01)


def test_a_range_of_one_figure_is_that_figure_with_the_error_of_its_class():
    assert (range_draws(3.0, 3.0, LONG, "x") == 3).all()
    assert (range_draws(0.0, 0.0, LONG, "x", error=0.2) == 0).all()
    found = range_draws(3.0, 3.0, LONG, "x", error=0.2)
    assert np.median(found) == pytest.approx(3, rel=0.01)
    assert np.log(found).std() == pytest.approx(0.2, rel=0.02)


def test_a_range_from_next_to_nothing_is_one_from_nothing():
    assert (range_draws(1e-9, 8.0, LONG, "x") == range_draws(0.0, 8.0, LONG, "x")).all()


def test_the_error_of_a_class_widens_no_range():
    assert (range_draws(2.0, 8.0, LONG, "x", error=0.2) == range_draws(2.0, 8.0, LONG, "x")).all()


def test_no_share_is_above_one():
    assert range_draws(0.5, 1.0, LONG, "x", most=1.0).max() == 1.0


def test_ends_that_are_uncertain_themselves_may_cross():
    low, high = np.full(LONG.draws, 8.0), np.full(LONG.draws, 2.0)
    assert range_draws(low, high, LONG, "x") == pytest.approx(range_draws(2.0, 8.0, LONG, "x"))


@many
@given(
    st.floats(0, 1e12), st.floats(0, 1e12), st.floats(1, 1e6), st.floats(0.05, 0.99), st.sampled_from([0.0, 0.1, 2.0])
)
def test_ranges_in_another_unit_are_drawn_alike_and_never_below_nothing(low, high, factor, coverage, error):
    setting = Setting(50, 3, range_coverage=coverage)
    found = range_draws(low, high, setting, "x", error=error)
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert range_draws(low * factor, high * factor, setting, "x", error=error) == pytest.approx(
        found * factor, rel=1e-6
    )


def test_quantiles_that_were_asked_for_are_those_of_the_draws():
    found = quantile_draws(1.0, 2.0, 8.0, LONG, "x")
    assert np.quantile(found, [0.1, 0.5, 0.9]) == pytest.approx([1, 2, 8], rel=0.03)
    wider = quantile_draws(1.0, 2.0, 8.0, replace(LONG, range_coverage=0.5), "x")
    assert np.quantile(wider, [0.25, 0.75]) == pytest.approx([1, 8], rel=0.05)


def test_pert_lies_between_its_ends_around_the_likeliest_four_times():
    found = pert_draws(10.0, 12.0, 20.0, LONG, "x")
    assert found.min() >= 10
    assert found.max() <= 20
    # Mean (10 + 4 * 12 + 20) / 6 = 13; variance (mean - least) (most - mean) / 7 = 3 * 7 / 7 = 3.
    assert found.mean() == pytest.approx(13, abs=5 * np.sqrt(3 / LONG.draws))
    assert found.var() == pytest.approx(3, rel=0.05)
    assert (pert_draws(4.0, 4.0, 4.0, LONG, "x") == 4).all()


def test_what_a_convention_keeps_between_two_ends_is_drawn_evenly():
    found = even_draws(2.0, 6.0, LONG, "x")
    assert found.min() >= 2
    assert found.max() <= 6
    assert np.quantile(found, [0.25, 0.5, 0.75]) == pytest.approx([3, 4, 5], abs=0.06)


@many
@given(st.lists(st.lists(st.floats(-1e9, 1e9), min_size=3, max_size=3), min_size=1, max_size=5))
def test_the_lowest_is_above_a_bound_exactly_where_all_are(rows):
    each = [np.array(row) for row in rows]
    lowest, mean, highest = (combined(each, how) for how in ("lowest", "mean", "highest"))
    bound = float(np.median(lowest))
    assert ((lowest > bound) == np.all([e > bound for e in each], axis=0)).all()
    assert ((highest < bound) == np.all([e < bound for e in each], axis=0)).all()
    assert (lowest - 1e-6 <= mean).all()
    assert (mean <= highest + 1e-6).all()


def test_a_point_is_the_median_and_the_central_ninety_per_cent():
    point = point_of("2023", "p", np.arange(101.0))
    assert (point.when, point.group, point.low, point.median, point.high) == ("2023", "p", 5.0, 50.0, 95.0)


def test_a_range_is_drawn_by_its_own_key():
    assert not np.array_equal(range_draws(0.0, 1.0, LONG, "x"), range_draws(0.0, 1.0, LONG, "y"))


@pytest.mark.parametrize(
    ("how", "lacking", "partial", "bounds"),
    [
        ("lowest", False, False, set()),
        ("lowest", True, False, {"upper"}),
        ("highest", True, False, {"lower"}),
        ("mean", True, False, {"lower", "upper"}),
        ("lowest", False, True, {"lower"}),
        ("lowest", True, True, {"lower", "upper"}),
    ],
)
def test_what_lacks_or_is_left_out_pins_the_sum_from_one_side_only(how, lacking, partial, bounds):
    assert bounds_of(how, lacking, partial) == bounds


def test_a_figure_errs_by_its_own_key_in_proportion_to_itself():
    one, other = (figure_draws(100.0, 0.0, 0.2, LONG, name) for name in "xy")
    assert not np.array_equal(one, other)
    assert one.mean() == pytest.approx(100, abs=5 * 20 / LONG.draws**0.5)
