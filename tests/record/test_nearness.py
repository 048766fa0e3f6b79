"""Which cells are taken for slips of another, and which are names of their own."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.record.nearness import meant_cell, meant_period


@pytest.mark.parametrize(
    ("cell", "wanted", "meant"),
    [
        ("Total", ["TOTAL"], "TOTAL"),
        ("GACC", ["gacc", "kotra"], "gacc"),
        ("refined  Petroleum", ["refined petroleum"], "refined petroleum"),
        ("30617", ["030617"], "030617"),
        ("306", ["0306"], "0306"),
        ("China", ["CHN"], "CHN"),
        ("chn", ["CHN"], "CHN"),
        ("offcie", ["office"], "office"),
        ("offise", ["office"], "office"),
        ("customs-ofice", ["customs-office"], "customs-office"),
    ],
)
def test_a_slip_is_taken_for_what_was_meant(cell, wanted, meant):
    assert meant_cell(cell, wanted) == meant


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("TOTAL", ["TOTAL"]),
        ("0307", ["0306"]),
        ("30617", ["306170"]),
        ("panel-2024", ["panel-2023"]),
        ("nti", ["cns"]),
        ("RUS", ["PRK"]),
        ("PKR", ["PRK"]),
        ("arms", ["farm"]),
        ("oil", ["coal"]),
        ("anything", []),
    ],
)
def test_another_name_is_no_slip(cell, wanted):
    assert meant_cell(cell, wanted) is None


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=4))
def test_what_was_meant_is_always_another_of_the_names(cell, wanted):
    assert meant_cell(cell, wanted) in {None, *wanted} - {cell} | {None}


def days(first: str, after: str) -> tuple[dt.date, dt.date]:
    return dt.date.fromisoformat(first), dt.date.fromisoformat(after)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (("2023-01-01", "2023-12-31"), ("2023-01-01", "2024-01-01")),
        (("2024-02-01", "2024-02-29"), ("2024-02-01", "2024-03-01")),
        (("2023-01-01", "2023-03-31"), ("2023-01-01", "2023-04-01")),
        (("2023-01-02", "2024-01-01"), ("2023-01-01", "2024-01-01")),
        (("2022-12-31", "2024-01-01"), ("2023-01-01", "2024-01-01")),
        (("2021-01-01", "2023-12-31"), ("2021-01-01", "2024-01-01")),
    ],
)
def test_a_period_with_one_end_a_day_off_is_a_slip(written, meant):
    assert meant_period(*days(*written)) == days(*meant)


@pytest.mark.parametrize(
    ("first", "after"),
    [
        ("2023-01-01", "2024-01-01"),
        ("2018-01-01", "2018-05-31"),  # up to 30 May, and no period that figures are printed for
        ("2023-01-09", "2023-12-31"),
        ("2023-01-01", "2023-12-30"),
        ("2022-12-31", "2023-12-31"),
        ("0001-01-01", "9999-12-31"),
    ],
)
def test_another_period_is_none(first, after):
    assert meant_period(*days(first, after)) is None
