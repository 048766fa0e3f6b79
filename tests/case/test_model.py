"""What a region says of numbers, and what the parts of a case refuse."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from tumen.case.error_parts import Grades
from tumen.case.model import LeverChoice, Region


@pytest.mark.parametrize(
    ("region", "inside", "not_inside"),
    [
        (Region(above=0.5), [0.51, 9.0], [0.5, -1.0]),
        (Region(below=0.5), [0.49, -9.0], [0.5, 1.0]),
        (Region(within=(0.0, 1.0)), [0.0, 0.5, 1.0], [-0.01, 1.01]),
        (Region(outside=(0.0, 1.0)), [-0.01, 1.01], [0.0, 0.5, 1.0]),
        (Region(above=0.0), [0.1], [0.0]),
    ],
)
def test_region_holds_the_numbers_that_it_says(region: Region, inside: list[float], not_inside: list[float]) -> None:
    assert all(region.contains(x) is True for x in inside)
    assert all(region.contains(x) is False for x in not_inside)
    assert region.contains(np.array(inside + not_inside)).tolist() == [True] * len(inside) + [False] * len(not_inside)


@pytest.mark.parametrize(
    ("region", "low", "high", "possible"),
    [
        (Region(above=0.98), 0.0, 1.0, True),
        (Region(above=98.0), 0.0, 1.0, False),
        (Region(above=1.0), 0.0, 1.0, False),
        (Region(below=0.0), 0.0, 1.0, False),
        (Region(below=0.1), 0.0, 1.0, True),
        (Region(within=(1.0, 2.0)), 0.0, 1.0, True),
        (Region(within=(1.1, 2.0)), 0.0, 1.0, False),
        (Region(outside=(0.0, 1.0)), 0.0, 1.0, False),
        (Region(outside=(0.1, 1.0)), 0.0, 1.0, True),
    ],
)
def test_region_knows_whether_any_value_can_lie_in_it(region: Region, low: float, high: float, possible: bool) -> None:
    assert region.possible(low, high) is possible


@pytest.mark.parametrize(
    ("region", "words"),
    [
        (Region(above=0.98), "above 0.98"),
        (Region(below=-0.05), "below -0.05"),
        (Region(within=(-0.05, 1)), "within -0.05 to 1"),
        (Region(outside=(-0.5, 0.5)), "outside -0.5 to 0.5"),
    ],
)
def test_region_reads_as_words(region: Region, words: str) -> None:
    assert str(region) == words


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "exactly one of above, below, within, outside, not 0"),
        ({"above": 0.1, "within": (0.0, 1.0)}, "exactly one of above, below, within, outside, not 2"),
        ({"above": float("nan")}, "finite bounds"),
        ({"below": float("-inf")}, "finite bounds"),
        ({"outside": (0.0, float("inf"))}, "finite bounds"),
        ({"within": (1.0, 0.0)}, "the low bound below the high one"),
        ({"within": (1.0, 1.0)}, "the low bound below the high one"),
    ],
)
def test_region_that_is_none_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Region.model_validate(given)


def test_part_of_a_case_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Region(above=0.5).above = 0.1  # type: ignore[misc]


def test_lever_with_one_end_is_enough() -> None:
    assert LeverChoice(name="imputed", high=0.5).low is None


def test_lever_without_width_is_refused() -> None:
    with pytest.raises(ValidationError, match="low below high"):
        LeverChoice(name="imputed", low=0.5, high=0.5)


@pytest.mark.parametrize(
    "grades", [{"reliability": {"G": 0.1}}, {"reliability": {"": 0.1}}, {"reliability": {"AB": 0.1}}]
)
def test_grade_that_does_not_exist_is_refused(grades: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="reliability grades A to F, not"):
        Grades.model_validate(grades)


def test_error_beyond_the_whole_figure_is_refused() -> None:
    with pytest.raises(ValidationError, match="less than or equal to 1"):
        Grades.model_validate({"reliability": {"A": 1.5}})
