"""Draws of printed figures: repeatable by key, honest in spread."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import many
from tumen.measure.draws import bounds_of, combined, figure_draws, point_of, range_draws, stream
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


def test_a_range_is_drawn_evenly():
    found = range_draws(2.0, 6.0, LONG, "x")
    assert found.min() >= 2
    assert found.max() <= 6
    assert np.quantile(found, [0.25, 0.5, 0.75]) == pytest.approx([3, 4, 5], abs=0.06)
    assert (range_draws(2.0, 2.0, LONG, "x") == 2).all()


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
