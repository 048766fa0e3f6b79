"""Names of periods, and what follows what."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.system.periods import after, between, end_of, first_day, months_in

NAMES = st.one_of(
    st.integers(1940, 2060).map(str),
    st.builds(lambda y, n: f"{y}H{n}", st.integers(1940, 2060), st.integers(1, 2)),
    st.builds(lambda y, n: f"{y}Q{n}", st.integers(1940, 2060), st.integers(1, 4)),
    st.builds(lambda y, n: f"{y}-{n:02d}", st.integers(1940, 2060), st.integers(1, 12)),
)


@pytest.mark.parametrize(
    ("name", "first", "end"),
    [
        ("2024", dt.date(2024, 1, 1), dt.date(2025, 1, 1)),
        ("2024H1", dt.date(2024, 1, 1), dt.date(2024, 7, 1)),
        ("2024H2", dt.date(2024, 7, 1), dt.date(2025, 1, 1)),
        ("2024Q3", dt.date(2024, 7, 1), dt.date(2024, 10, 1)),
        ("2024-12", dt.date(2024, 12, 1), dt.date(2025, 1, 1)),
    ],
)
def test_a_period_goes_from_its_first_day_to_that_of_the_next(name, first, end):
    assert (first_day(name), end_of(name)) == (first, end)


@pytest.mark.parametrize("name", ["2024H3", "2024Q5", "2024-13", "2024-7", "24", "2024h1", "", "1824", "2024H1 "])
def test_other_names_are_refused(name):
    with pytest.raises(ValueError, match="expected a year, or a half-year, quarter or month"):
        first_day(name)


@given(NAMES, st.integers(0, 30))
def test_there_and_back_again(name, steps):
    assert after(after(name, steps), -steps) == name


@given(NAMES)
def test_a_period_lasts_as_many_months_as_its_form_says(name):
    first, end = first_day(name), end_of(name)
    assert (end.year - first.year) * 12 + end.month - first.month == months_in(name)


@given(st.integers(1950, 2050), st.integers(1, 4), st.integers(0, 40))
def test_between_two_periods_are_all_in_their_order(year, quarter, steps):
    first = f"{year}Q{quarter}"
    found = between(first, after(first, steps))
    assert len(found) == steps + 1
    assert [first_day(one) for one in found] == sorted(first_day(one) for one in found)
    assert found[0] == first
