"""Agreement of coders, against published values and those of a library."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import many
from tests.reference.coders import FILE, worlds
from tumen.measure.agreement_of_coders import krippendorff_alpha, nominal_alpha, ordinal_alpha


# Three coders and fifteen units, * where one did not code. Wikipedia, "Krippendorff's alpha", prints 0.811 where the
# numbers are an interval scale, and 0.691 where they are names.
def test_the_published_example():
    rows = ("* * * * * 3 4 1 2 1 1 3 3 * 3", "1 * 2 1 3 3 4 3 * * * * * * *", "* * 2 1 3 4 4 * 2 1 1 3 3 * 4")
    units = [[v for v in column if v != "*"] for column in zip(*(row.split() for row in rows), strict=True)]
    assert krippendorff_alpha([[float(v) for v in unit] for unit in units]) == pytest.approx(0.811, abs=5e-4)
    assert nominal_alpha(units) == pytest.approx(0.691, abs=5e-4)


@pytest.mark.parametrize("number", range(len(worlds())))
def test_alpha_equals_that_of_the_library(number):
    known = json.loads(FILE.read_text())[number]
    assert known["values"] == worlds()[number]
    units = [[v for v in unit if v is not None] for unit in zip(*known["values"], strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(known["interval"], abs=1e-12)
    named = [[str(value) for value in unit] for unit in units]
    assert nominal_alpha(named) == pytest.approx(known["nominal"], abs=1e-12)
    order = [str(value) for value in range(-2, 3)]
    assert ordinal_alpha(named, order) == pytest.approx(known["ordinal"], abs=1e-12)


#: Four coders and twelve units, from Krippendorff (2011); . where one did not code.
PAPER = ("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .")


def test_the_papers_own_example_has_its_alphas():
    units = [[v for v in column if v != "."] for column in zip(*(row.split() for row in PAPER), strict=True)]
    assert nominal_alpha(units) == pytest.approx(0.743, abs=5e-4)
    assert ordinal_alpha(units, "12345") == pytest.approx(0.815, abs=5e-4)
    assert krippendorff_alpha([[float(v) for v in unit] for unit in units]) == pytest.approx(0.849, abs=5e-4)


def test_nothing_coded_twice_or_nothing_that_varies_has_no_agreement():
    assert krippendorff_alpha([(1,), (2,)]) is None
    assert krippendorff_alpha([(1, 1), (1, 1)]) is None
    assert nominal_alpha([("a",), ("b",)]) is None
    assert nominal_alpha([("a", "a"), ("a", "a")]) is None
    assert ordinal_alpha([("a",), ("b",)], "ab") is None
    assert ordinal_alpha([("a", "a"), ("a", "a")], "ab") is None


NAMES = st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=4), min_size=2, max_size=8)


@many
@given(NAMES)
def test_turning_the_order_round_or_naming_what_nobody_chose_changes_nothing(units):
    here: Any = ordinal_alpha(units, "abcd")
    for order in ("dcba", "xabycdz"):
        assert ordinal_alpha(units, order) == (None if here is None else pytest.approx(here))


@many
@given(st.lists(st.lists(st.sampled_from("ab"), min_size=1, max_size=4), min_size=2, max_size=8))
def test_of_two_names_the_order_says_nothing(units):
    here = nominal_alpha(units)
    assert ordinal_alpha(units, "ab") == (None if here is None else pytest.approx(here))


@many
@given(st.lists(st.lists(st.integers(-2, 2), min_size=2, max_size=4), min_size=2, max_size=8), st.integers(-5, 5))
def test_moving_or_turning_the_scale_for_all_changes_nothing(units, shift):
    here = krippendorff_alpha(units)
    for there in ([[v + shift for v in u] for u in units], [[-v for v in u] for u in units]):
        assert krippendorff_alpha(there) == (None if here is None else pytest.approx(here))
    assert here is None or here <= 1
