"""Numbers and days as people write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.record.readers.written import (
    DayOrder,
    NumberForm,
    day_order,
    day_read,
    number_form,
    order_of_days,
    plain_number,
)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["13/01/2024", "01/02/2024"], DayOrder.DAY_FIRST),
        (["01/13/2024", "01/02/2024 10:00:00"], DayOrder.MONTH_FIRST),
        (["1-13-2024"], DayOrder.MONTH_FIRST),
        (["01/02/2024", "03/04/2024"], DayOrder.UNDECIDED),
        (["13/01/2024", "01/13/2024"], DayOrder.CONTRADICTORY),
        (["01.02.2024"], DayOrder.DAY_FIRST),
        (["12/12/2024"], DayOrder.UNDECIDED),
        (["2024-02-01", "", "n/a"], DayOrder.NONE),
    ],
)
def test_a_number_above_twelve_decides_what_comes_first(cells, order):
    assert order_of_days(cells) is order


@given(
    days=st.lists(st.dates(dt.date(1000, 1, 1), dt.date(2100, 1, 1)), min_size=1),
    first=st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]),
)
def test_days_are_never_read_in_the_other_order(days, first):
    cells = [day.strftime(first) for day in days]
    order = order_of_days(cells)
    true = DayOrder.DAY_FIRST if first == "%d/%m/%Y" else DayOrder.MONTH_FIRST
    assert order in (true, DayOrder.UNDECIDED)
    assert [day_read(cell, order) for cell in cells] == ([None] * len(days) if order is DayOrder.UNDECIDED else days)
    assert [day_read(cell, true) for cell in cells] == days


@given(day=st.dates())
def test_a_day_that_begins_with_its_year_needs_no_order(day):
    assert day_read(day.isoformat(), DayOrder.NONE) == day
    assert day_read(day.strftime("%Y").zfill(4) + day.strftime("%m%d"), DayOrder.UNDECIDED) == day


@pytest.mark.parametrize("cell", ["2024-13-01", "31/02/2024", "2024-1", "x", "", "1/2/24", "2024-01-01T00:00"])
def test_what_is_no_day_is_none(cell):
    assert day_read(cell, DayOrder.DAY_FIRST) is None


def test_both_or_neither_above_twelve_decide_nothing() -> None:
    assert day_order(True, True) is DayOrder.CONTRADICTORY
    assert day_order(False, False) is DayOrder.UNDECIDED
    assert day_order(True, False) is DayOrder.DAY_FIRST


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (["1.5", "2"], NumberForm(".")),
        (["1,5", "2"], NumberForm(",")),
        (["1,234.5"], NumberForm(".", ",")),
        (["1.234,5"], NumberForm(",", ".")),
        (["1,234,567"], NumberForm(".", ",")),
        (["1.234.567"], NumberForm(",", ".")),
        (["1.234", "0,5"], NumberForm(",", ".")),
        (["1,234", "0.5"], NumberForm(".", ",")),
        (["0,125"], NumberForm(",")),
        (["30,000000"], NumberForm(",")),
        (["12345,678"], NumberForm(",")),
        (["1.234"], NumberForm(".")),
        (["12", "", "n/a"], NumberForm(".")),
        (["1,234"], NumberForm(certain=False)),
        (["1,5", "1.5"], NumberForm(certain=False)),
    ],
)
def test_a_column_says_what_parts_its_fractions(cells, form):
    assert number_form(cells) == form


@given(
    numbers=st.lists(st.integers(-(10**9), 10**9), min_size=1),
    marks=st.sampled_from([(".", ","), (",", "."), (".", ""), (",", "")]),
)
def test_numbers_are_never_read_a_thousand_times_too_large(numbers, marks):
    decimal, thousands = marks
    cells = [f"{n / 100:,.2f}".replace(",", "_").replace(".", decimal).replace("_", thousands) for n in numbers]
    form = number_form(cells)
    assert form.certain
    assert [round(float(plain_number(cell, form)) * 100) for cell in cells] == numbers


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", " ", "'", "\u2019"])
def test_blanks_part_thousands(blank):
    assert plain_number(f"\u22121{blank}234,5", number_form([f"1{blank}234,5"])) == "-1234.5"
