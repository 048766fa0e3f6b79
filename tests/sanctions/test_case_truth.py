"""Whether published cases are true: those of one origin together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import Setting, many
from tumen.sanctions.case_truth import case_draws, existence, true_draws

DRAWS = Setting(20_000, 7)
CASES = st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 1)), min_size=1, max_size=6)


def test_one_true_case_is_enough() -> None:
    # Two origins, of which all is false with 0.25 and 0.5.
    assert existence(["a", "a", "b"], [0.5, 0.75, 0.5]) == pytest.approx(1 - 0.25 * 0.5)
    assert existence([], []) == 0.0


@many
@given(CASES, st.sampled_from("abcd"), st.floats(0, 1))
def test_another_case_never_lowers_the_chance_that_there_was_one(
    cases: list[tuple[str, float]], origin: str, chance: float
) -> None:
    origins, chances = (list(part) for part in zip(*cases, strict=True))
    assert existence([*origins, origin], [*chances, chance]) >= existence(origins, chances) - 1e-12


@many
@given(CASES)
def test_a_near_copy_of_a_case_changes_nothing(cases: list[tuple[str, float]]) -> None:
    origins, chances = (list(part) for part in zip(*cases, strict=True))
    twice = existence([*origins, origins[0]], [*chances, chances[0]])
    assert twice == pytest.approx(existence(origins, chances), abs=1e-12)


def test_draws_agree_with_the_product() -> None:
    origins, chances = ["a", "a", "b", "c"], [0.5, 0.3, 0.6, 0.2]
    any_true = np.any(true_draws(origins, chances, DRAWS), axis=0).mean()
    # Four standard errors of a share of 20,000 draws are at most 0.0142.
    assert any_true == pytest.approx(existence(origins, chances), abs=0.0142)
    assert (case_draws(origins, chances, DRAWS) > 0).mean() == pytest.approx(float(any_true))


def test_the_less_sure_case_of_an_origin_is_true_only_with_the_surer_one() -> None:
    sure, unsure = true_draws(["a", "a"], [0.7, 0.2], DRAWS)
    assert not (unsure & ~sure).any()
