"""Periods and days that are told relative to the case's day, as they stand on one."""

import datetime as dt
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from tests.measure.worlds import many
from tumen.judge.relative import resolved
from tumen.measure.arguments import AHEAD, Period, Years

END_OF_2024 = dt.date(2024, 12, 31)


class Asked(BaseModel):
    """A measure with every form of a day in time."""

    period: Period | None = None
    day: dt.date | None = None
    until: Annotated[dt.date | None, AHEAD] = None
    name: str = ""


class Several(BaseModel):
    several: tuple[Period, ...]


class Two(BaseModel):
    before: Period
    after: Period


class Moonlight(BaseModel):
    """A stranger's measure that has an argument of its own called so."""

    last: str
    period: Period


def dates(*days: str) -> tuple[dt.date, ...]:
    return tuple(dt.date.fromisoformat(day) for day in days)


def period(value: object, as_of: dt.date = END_OF_2024, whole: bool = False) -> object:
    found = resolved(Asked, {"period": value}, as_of, whole)
    assert found.faults == ()
    return found.arguments["period"]


@pytest.mark.parametrize("start", ["2023-09-01", dt.date(2023, 9, 1)])
def test_a_period_up_to_the_cases_day_ends_on_the_day_after(start):
    assert period([start, "as_of"]) == dates("2023-09-01", "2025-01-01")


@pytest.mark.parametrize(
    ("length", "as_of", "start", "end"),
    [
        ("24 months", "2024-12-31", "2023-01-01", "2025-01-01"),
        ("1 month", "2025-03-30", "2025-02-28", "2025-03-31"),  # there is no 31 February
        ("1 month", "2025-02-28", "2025-02-01", "2025-03-01"),
        ("90 days", "2024-03-31", "2024-01-02", "2024-04-01"),
        ("1 day", "2024-03-31", "2024-03-31", "2024-04-01"),
        ("2 years", "2024-06-30", "2022-07-01", "2024-07-01"),
        ("3 whole years", "2024-06-30", "2021-01-01", "2024-01-01"),
        ("3 whole years", "2024-12-31", "2022-01-01", "2025-01-01"),
        ("1 whole year", "2024-12-30", "2023-01-01", "2024-01-01"),
        ("2 whole months", "2024-06-29", "2024-04-01", "2024-06-01"),
        ("2 whole months", "2024-06-30", "2024-05-01", "2024-07-01"),
    ],
)
def test_a_length_of_time_ends_with_the_cases_day(length, as_of, start, end):
    day = dt.date.fromisoformat(as_of)
    assert period({"last": length}, day) == dates(start, end)
    assert resolved(Asked, {"last": length}, day).arguments == {"period": dates(start, end)}


def test_a_window_says_where_it_stands_and_how_it_moves():
    found = resolved(Two, {"before": {"last": "2 years"}, "after": ["2024-01-01", "as_of"]}, END_OF_2024)
    assert [(w.name, w.moves) for w in found.moving] == [("before", "rolling"), ("after", "since")]


def test_each_of_several_periods_may_move():
    found = resolved(Several, {"several": [["2023-01-01", "as_of"], {"last": "1 year"}]}, END_OF_2024)
    assert found.arguments["several"] == [dates("2023-01-01", "2025-01-01"), dates("2024-01-01", "2025-01-01")]
    assert [w.name for w in found.moving] == ["several.0", "several.1"]


def test_a_day_may_be_the_cases():
    assert resolved(Asked, {"day": "as_of"}, END_OF_2024).arguments == {"day": END_OF_2024}


def test_what_is_no_day_stays_as_it_is():
    given = {"name": "as_of", "period": [dt.date(2023, 1, 1), dt.date(2024, 1, 1)]}
    assert resolved(Asked, given, END_OF_2024).arguments == {**given, "period": list(given["period"])}


def test_an_argument_of_a_measure_that_is_called_last_is_its_own():
    given = {"last": "24 moons", "period": ["2023-01-01", "as_of"]}
    assert resolved(Moonlight, given, END_OF_2024).arguments["last"] == "24 moons"


@pytest.mark.parametrize(
    ("asked", "years"),
    [
        (["2022-01-01", "as_of"], ("2022-01-01", "2024-01-01")),
        ({"last": "24 months"}, ("2022-01-01", "2024-01-01")),
        ({"last": "2 years"}, ("2022-01-01", "2024-01-01")),
    ],
)
def test_of_whole_years_those_count_that_were_over(asked, years):
    assert period(asked, dt.date(2024, 12, 30), whole=True) == dates(*years)


def test_months_that_are_no_years_are_none_of_a_measure_of_years():
    class OfYears(BaseModel):
        period: Years

    found = resolved(OfYears, {"last": "18 months"}, dt.date(2024, 6, 30), whole=True)
    with pytest.raises(ValidationError, match="whole calendar years"):
        OfYears.model_validate(found.arguments)


@pytest.mark.parametrize(
    ("start", "as_of", "whole", "lacking"),
    [
        ("2023-09-01", "2018-12-31", False, "period: no day from 2023-09-01 on had come by 2018-12-31"),
        ("2023-09-01", "2023-08-31", False, "period: no day from 2023-09-01 on had come by 2023-08-31"),
        ("2023-09-01", "2023-09-01", False, None),
        ("2024-01-01", "2024-12-30", True, "period: no whole year from 2024-01-01 on was over by 2024-12-30"),
        ("2024-01-01", "2024-12-31", True, None),
    ],
)
def test_a_window_without_a_day_says_so_and_its_first_year_stands_in(start, as_of, whole, lacking):
    found = resolved(Asked, {"period": [start, "as_of"]}, dt.date.fromisoformat(as_of), whole)
    assert found.lacking == ((lacking,) if lacking else ())
    assert Asked.model_validate(found.arguments).period


@pytest.mark.parametrize("as_of", [dt.date.min, dt.date(1, 6, 30), dt.date.max])
def test_a_length_ends_with_the_first_and_the_last_day_that_there_is(as_of):
    for whole in (False, True):
        found = resolved(Asked, {"last": "3 whole years"}, as_of, whole)
        assert Asked.model_validate(found.arguments).period


def test_what_a_forecast_rests_on_ends_before_it_closes():
    given = {"period": ["2020-01-01", "as_of"], "until": dt.date(2024, 6, 30)}
    assert resolved(Asked, given, END_OF_2024).arguments["period"] == dates("2020-01-01", "2024-06-30")
    assert resolved(Asked, given, dt.date(2024, 5, 31)).arguments["period"] == dates("2020-01-01", "2024-06-01")


@pytest.mark.parametrize(
    ("given", "got"),
    [
        ({"last": "24 moons"}, "last = '24 moons'"),
        ({"last": "0 months"}, "last = '0 months'"),
        ({"last": "-2 months"}, "last = '-2 months'"),
        ({"last": "whole years"}, "last = 'whole years'"),
        ({"last": "2 whole days"}, "last = '2 whole days'"),
        ({"last": "9999 years"}, "last = '9999 years'"),
        ({"last": 24}, "last = 24"),
        ({"last": None}, "last = None"),
        ({"last": "1 year", "period": ["2023-01-01", "2024-01-01"]}, "both 'last' and 'period'"),
        ({"period": {"last": "1 year", "from": "2023-01-01"}}, "more than 'last' in 'period'"),
        ({"period": "as_of"}, "period = 'as_of'"),
        ({"period": "last 24 months"}, "period = 'last 24 months'"),
        ({"period": ["as_of", "2024-01-01"]}, "period = [as_of, 2024-01-01]"),
        ({"period": ["2023-01-01", "as_of", "as_of"]}, "period = [2023-01-01, as_of, as_of]"),
        ({"period": ["2023-02-30", "as_of"]}, "period = [2023-02-30, as_of]"),
        ({"period": [dt.datetime(2023, 1, 1), "as_of"]}, "period = [2023-01-01 00:00:00, as_of]"),
        ({"period": ["2023-01-01", "asof"]}, "period.1 = 'asof'"),
        ({"until": "as_of"}, 'until = "as_of"'),
    ],
)
def test_what_cannot_be_read_is_a_fault_of_its_own(given, got):
    (fault,) = resolved(Asked, given, END_OF_2024).faults
    assert fault.got == got


def test_last_must_name_its_period_where_there_are_several():
    (fault,) = resolved(Two, {"last": "1 year"}, END_OF_2024).faults
    assert (fault.got, fault.fix) == ("'last' for a measure with 2 periods", "Name the period: after = { last = … }.")


def test_lists_without_end_are_left_to_the_measure():
    deep: list[object] = ["2023-01-01", "as_of"]
    for _ in range(5000):
        deep = [deep]
    assert resolved(Asked, {"period": deep}, END_OF_2024).faults == ()


def test_every_fault_is_told():
    found = resolved(Two, {"before": {"last": "2 moons"}, "after": "as_of"}, END_OF_2024)
    assert [fault.path for fault in found.faults] == [("before",), ("after",)]


@many
@given(st.dates(), st.integers(1, 999), st.sampled_from(["day", "month", "year", "whole month", "whole year"]))
def test_a_window_never_reaches_beyond_the_wall(as_of, count, unit):
    found = resolved(Asked, {"last": f"{count} {unit}s"}, as_of)
    start, end = found.arguments["period"]
    assert start < end or as_of == dt.date.max
    assert found.lacking or end <= as_of or end - as_of == dt.timedelta(days=1)
