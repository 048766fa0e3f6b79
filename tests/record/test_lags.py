"""How long after a period its figure becomes known, computed by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.measure.worlds import Row, month, source, trade, world, year
from tumen.record.lags import Lag, lags_of, usual_lags


def lags(rows: list[Row], *sources: Row) -> list[Lag]:
    with world(trade=rows, sources=[source(), *sources]) as record:
        return lags_of(usual_lags(record), ["trade"], ["p"])


def yearly(number: int, published: Any, **more: Any) -> Row:
    return trade(f"y{number}{published}", 1, published=published, **{**year(number), **more})


def test_lag_is_the_median_over_years_and_says_when_the_next_is_due() -> None:
    rows = [yearly(2020, "2021-01-11"), yearly(2021, "2022-01-31"), yearly(2022, "2023-03-02")]
    (found,) = lags(rows)
    assert found == Lag("trade", "p", "year", 3, 30, dt.date(2023, 1, 1))
    assert found.last_day == dt.date(2023, 12, 31)
    assert found.due == dt.date(2024, 1, 31)


def test_months_quarters_and_years_have_their_own_lags() -> None:
    quarter = {"start": "2022-10-01", "end": "2023-01-01"}
    rows = [
        yearly(2022, "2023-01-11"),
        trade("m", 1, published="2024-01-03", **month(12)),
        trade("q", 1, published="2023-01-21", **quarter),
    ]
    assert {(lag.every, lag.days, lag.next_end) for lag in lags(rows)} == {
        ("month", 2, dt.date(2024, 2, 1)),
        ("quarter", 20, dt.date(2023, 4, 1)),
        ("year", 10, dt.date(2024, 1, 1)),
    }


def test_of_several_figures_of_a_period_the_one_known_first_counts() -> None:
    (found,) = lags([yearly(2022, "2023-02-01"), yearly(2022, "2023-01-02"), yearly(2022, "2024-01-01")])
    assert (found.days, found.figures) == (1, 1)


def test_a_month_of_publication_counts_as_its_last_day_and_a_source_dates_its_rows() -> None:
    rows = [trade("a", 1, source="dated", **year(2022))]
    assert lags(rows, source("dated", published="2023-01"))[0].days == 30


@pytest.mark.parametrize("published", ["", "2023", "2022-06-30", "2022-12-31"])
def test_a_figure_without_a_month_of_publication_or_known_before_its_period_ended_tells_no_lag(published: str) -> None:
    assert lags([yearly(2022, published)]) == []


def test_a_period_that_is_no_month_quarter_or_year_tells_no_lag() -> None:
    assert lags([trade("a", 1, published="2023-01-31", start="2022-01-05", end="2023-01-05")]) == []
    assert lags([trade("a", 1, published="2023-01-31", start="2022-06-01", end="2023-01-01")]) == []
