"""Numbers in plain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.judge.chance import Chance
from tumen.measure.units import CHANGE_IN_SHARE, RATIO, SHARE, USD, Unit, digits
from tumen.report.plain_words import likelihood
from tumen.sanctions.units import BARRELS


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.98266, SHARE, "98.27 per cent"),
        (0.0004146, SHARE, "0.041 per cent"),
        (0.228, SHARE, "22.8 per cent"),
        (-0.174, CHANGE_IN_SHARE, "-17.4 percentage points"),
        (7_527_043, USD, "7.53 m USD"),
        (3.3338e9, USD, "3.33 bn USD"),
        (28_649, BARRELS, "28,600 barrels"),
        (1.00087, RATIO, "1.00"),
        (2.655, RATIO, "2.65"),
        (0.0, USD, "0 USD"),
    ],
)
def test_a_value_is_said_with_its_unit(value: float, unit: Unit, words: str) -> None:
    assert unit.said(value) == words


@given(st.floats(min_value=-1e15, max_value=1e15, allow_nan=False))
def test_digits_keep_three_significant_ones(value: float) -> None:
    said = float(digits(value).replace(",", ""))
    assert said == pytest.approx(value, rel=0.0051, abs=1e-11)


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (Chance(1.0, 1.0, 1.0), "> 0.99"),
        (Chance(0.0, 0.0, 0.0), "< 0.01"),
        (Chance(0.2975, 0.2975, 0.2975), "0.30"),
        (Chance(0.6, 0.0, 1.0), "not pinned"),
        (Chance(0.6, 0.0, 0.6), "≤ 0.60"),
        (Chance(0.6, 0.6, 1.0), "≥ 0.60"),
        (None, "—"),
    ],
)
def test_likelihood_never_claims_more_than_the_draws_can_tell(chance: Chance | None, words: str) -> None:
    assert likelihood(chance) == words
