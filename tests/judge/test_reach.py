"""Periods that end as far as the record reaches, where a claim says so, and what that costs."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.judge.days import unquoted
from tests.measure.worlds import EXACT, Row, event, month, trade, votes, world, year
from tumen.case.model import Claim, SpecificationChoice
from tumen.judge.binding import BoundClaim, bind
from tumen.judge.reach import measured
from tumen.kinds import kinds

SHARE = {"focal": "AAA", "partner": "BBB", "period": ["2021-01-01", "as_of"]}


def claim(measure: str, arguments: dict[str, Any], as_of: dt.date, options: Sequence[dict[str, Any]]) -> BoundClaim:
    ways = {str(n): SpecificationChoice(id=str(n), label=str(n), options=o) for n, o in enumerate(options)}
    keys = {"id": "c", "sentence": "s", "text": "So.", "cites": "p. 1", "measure": measure, "as_far_as_known": True}
    keys |= {"holds": {"above": 0.5}, "arguments": unquoted(arguments), "specifications": list(ways)}
    found, problems = bind(Claim.model_validate(keys), ways, kinds().measures, as_of)
    assert found, problems
    return found


def reached(
    rows: Sequence[Row],
    arguments: dict[str, Any],
    measure: str = "dependence.share",
    table: str = "trade",
    as_of: str = "2024-12-31",
    options: Sequence[dict[str, Any]] = ({"publisher": "p"},),
) -> list[tuple[str, str | None]]:
    """The end of each period that goes with the day, and the one that was asked where it was cut."""
    day = dt.date.fromisoformat(as_of)
    bound = claim(measure, arguments, day, options)
    with world(**{table: rows}) as record:
        found, _ = measured(bound, record, replace(EXACT, as_of=day))
    assert found.arguments is not None
    assert all(getattr(found.arguments, w.name) == (w.start, w.end) for w in found.times.moving)
    return [(str(w.end), str(w.asked) if w.asked else None) for w in found.times.moving]


def yearly(*years: int, publisher: str = "p") -> list[Row]:
    """A publisher's figures of some years: AAA with BBB, and with all."""
    with_b = [trade(f"b{y}{publisher}", 90, **year(y), publisher=publisher) for y in years]
    return with_b + [trade(f"w{y}{publisher}", 100, **year(y), partner="WLD", publisher=publisher) for y in years]


@pytest.mark.parametrize(
    ("rows", "end"),
    [
        (yearly(2021, 2022, 2023), ("2024-01-01", "2025-01-01")),
        (yearly(2021, 2022, 2023, 2024), ("2025-01-01", None)),
        (yearly(2021, 2023), ("2024-01-01", "2025-01-01")),  # a gap is not the end, and is told as missing
        ([*yearly(2021, 2022), *yearly(2023, 2024)[:2]], ("2023-01-01", "2025-01-01")),  # of all partners nothing
        (yearly(2019, 2020), ("2025-01-01", None)),  # nothing within the period: it says what it lacks
        ([], ("2025-01-01", None)),
    ],
)
def test_a_period_of_years_ends_with_the_last_that_can_be_measured(rows, end):
    assert reached(rows, SHARE) == [end]


def test_one_way_to_count_that_reaches_further_is_enough():
    rows = [*yearly(2021, 2022), *yearly(2021, 2022, 2023, publisher="q")]
    assert reached(rows, SHARE, options=({"publisher": "p"}, {"publisher": "q"})) == [("2024-01-01", "2025-01-01")]


def test_a_period_that_stands_still_is_not_cut():
    asked = {"focal": "AAA", "partner": "BBB", "before": ["2019-01-01", "2021-01-01"], "after": ["2021-01-01", "as_of"]}
    rows = yearly(2019, 2020, 2021, 2022)
    assert reached(rows, asked, "dependence.change") == [("2023-01-01", "2025-01-01")]


@pytest.mark.parametrize(
    ("last", "end"),
    [
        ("2024-03-05", ("2024-04-01", "2025-01-01")),
        ("2024-11-30", ("2024-12-01", "2025-01-01")),
        ("2024-12-01", ("2025-01-01", None)),
    ],
)
def test_what_happened_on_a_day_reaches_to_the_end_of_its_month(last, end):
    asked = {"dyad": ["AAA", "BBB"], "reference": ["AAA", "CCC"], "kinds": ["visit"], "period": ["2023-01-01", "as_of"]}
    rows = [event("a", "2023-02-01"), event("b", last), event("c", "2023-05-01", other="CCC")]
    assert reached(rows, asked, "contact.ratio", "events", options=({},)) == [end]


def test_of_what_happens_once_a_year_a_measure_of_years_has_the_year():
    rows = [
        row
        for y in range(2018, 2024)
        for actor in ("AAA", "BBB", "CCC")
        for row in votes(actor, "YNYNY", first=f"{y}-03-05", start=10 * y)
    ]
    asked = {"of": ["AAA", "BBB", "CCC"], "period": ["2018-01-01", "as_of"], "until": "2026-12-31"}
    ways = ({"evidence": "votes"},)
    found = reached(rows, asked, "configuration.change_probability", "votes", options=ways)
    assert found == [("2024-01-01", "2025-01-01")]


def test_monthly_figures_reach_to_their_last_month():
    months = [trade(f"m{n}{y}", 100, **month(n, y)) for y in (2023, 2024) for n in range(1, 13) if (y, n) < (2024, 11)]
    asked: dict[str, Any] = {"territory": "AAA", "partner": "BBB", "by": "month"}
    asked |= {"before": ["2023-01-01", "2024-01-01"], "after": ["2024-01-01", "as_of"]}
    assert reached(months, asked, "continuity.ratio") == [("2024-11-01", "2025-01-01")]
