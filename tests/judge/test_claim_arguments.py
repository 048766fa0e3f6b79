"""A claim's arguments as they stand on a day, checked; every measure gets days, and no measure knows of the day."""

import datetime as dt
from dataclasses import replace
from typing import Any, Self

import pytest
from pydantic import BaseModel, model_validator

from tests.judge.days import unquoted
from tumen.case.model import Claim, SpecificationChoice
from tumen.errors import Problem
from tumen.judge.binding import BoundClaim, bind
from tumen.kinds import kinds
from tumen.measure.estimate import Lacking

SHARE = {"focal": "AAA", "partner": "BBB"}
RATIO = {"territory": "AAA", "partner": "BBB", "before": ["2023-01-01", "2024-01-01"]}
CHANGE = {"of": ["AAA", "BBB", "CCC"], "period": ["2012-01-01", "as_of"], "until": "2026-12-31"}
CONTACT = {"dyad": ["AAA", "BBB"], "reference": ["AAA", "CCC"], "kinds": ["visit"]}
OWN = dt.date(2024, 12, 31)


def bound(measure: str, arguments: dict[str, Any], as_of: str, **more: Any) -> tuple[BoundClaim | None, list[Problem]]:
    keys = {"id": "c", "sentence": "s", "text": "So.", "cites": "p. 1", "measure": measure, "holds": {"above": 0.5}}
    claim = Claim.model_validate({**keys, "arguments": unquoted(arguments), "specifications": ["w"], **more})
    options = {"publisher": "p"} if measure.startswith(("dependence", "continuity")) else {}
    ways = {"w": SpecificationChoice(id="w", label="w", options=options)}
    return bind(claim, ways, kinds().measures, dt.date.fromisoformat(as_of), own=OWN)


def period(found: BoundClaim | None, name: str = "period") -> list[str]:
    assert found is not None
    return [str(day) for day in getattr(found.arguments, name)]


@pytest.mark.parametrize(
    ("as_of", "end"), [("2024-12-31", "2025-01-01"), ("2024-12-30", "2024-01-01"), ("2025-07-01", "2025-01-01")]
)
def test_a_measure_of_whole_years_gets_those_that_were_over(as_of, end):
    found, problems = bound("dependence.share", {**SHARE, "period": ["2022-01-01", "as_of"]}, as_of)
    assert problems == []
    assert period(found) == ["2022-01-01", end]


def test_a_measure_that_takes_any_day_gets_the_cases():
    found, _ = bound("contact.ratio", {**CONTACT, "last": "3 months"}, "2024-07-15")
    assert period(found) == ["2024-04-16", "2024-07-16"]


def test_a_measure_that_takes_years_for_some_arguments_only_gets_them_too():
    asked = {**RATIO, "after": ["2024-01-01", "as_of"]}
    assert period(bound("continuity.ratio", {**asked, "by": "year"}, "2025-07-15")[0], "after")[1] == "2025-01-01"
    assert period(bound("continuity.ratio", {**asked, "by": "month"}, "2025-07-15")[0], "after")[1] == "2025-07-16"


class Harvests(BaseModel):
    """What a stranger's measure asks, in a form of its own."""

    seasons: tuple[dt.date, dt.date]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if any((day.month, day.day) != (10, 1) and (day.month, day.day) != (1, 1) for day in self.seasons):
            raise ValueError("seasons begin in January or October")
        return self


@pytest.mark.parametrize(("as_of", "end"), [("2024-09-30", "2024-10-01"), ("2024-08-31", "2024-01-01")])
def test_a_strangers_measure_gets_days_without_knowing_of_it(as_of, end):
    keys = {"id": "c", "sentence": "s", "text": "So.", "cites": "p. 1", "measure": "x", "holds": {"above": 0.5}}
    claim = Claim.model_validate({**keys, "arguments": {"seasons": [dt.date(2022, 10, 1), "as_of"]}})
    measure = replace(kinds().measures["contact.ratio"], name="x", arguments=Harvests)
    found, problems = bind(claim, {}, {"x": measure}, dt.date.fromisoformat(as_of))
    assert problems == []
    assert period(found, "seasons") == ["2022-10-01", end]


def test_years_that_do_not_begin_with_one_are_refused_as_ever():
    found, (problem,) = bound("dependence.share", {**SHARE, "period": ["2022-06-01", "as_of"]}, "2024-12-31")
    assert found is None
    assert problem.slug == "bad-value"
    assert "whole calendar years" in problem.expected


@pytest.mark.parametrize(
    ("measure", "arguments", "as_of", "missing"),
    [
        (
            "dependence.share",
            {**SHARE, "period": ["2024-01-01", "as_of"]},
            "2024-06-30",
            "period: no whole year from 2024-01-01 on was over by 2024-06-30",
        ),
        (
            "continuity.ratio",
            {**RATIO, "after": ["2024-01-01", "as_of"], "by": "year"},
            "2018-12-31",
            "after: no day from 2024-01-01 on had come by 2018-12-31",
        ),
        (
            "continuity.ratio",
            {**RATIO, "after": {"last": "1 whole year"}, "by": "year"},
            "2018-12-31",
            "periods that fit together as of 2018-12-31",
        ),
        (
            "configuration.change_probability",
            CHANGE,
            "2026-12-31",
            "what comes after 2026-12-31, when the forecast closed: it can be scored",
        ),
        (
            "configuration.change_probability",
            CHANGE,
            "2040-06-30",
            "what comes after 2026-12-31, when the forecast closed: it can be scored",
        ),
    ],
)
def test_a_claim_of_which_nothing_had_come_is_no_error_and_lacks_it(measure, arguments, as_of, missing):
    found, problems = bound(measure, arguments, as_of)
    assert problems == []
    assert found is not None
    assert found.measure is not None
    assert found.measure.run(None, found.arguments, found.choices[0], None) == Lacking((missing,))


def test_periods_that_never_fit_are_an_error_on_the_cases_own_day():
    arguments = {**RATIO, "after": {"last": "24 months"}, "by": "year"}
    assert bound("continuity.ratio", arguments, str(OWN))[0] is None


def test_whatever_else_is_wrong_is_told_beside_a_window_that_cannot_be_read():
    found, problems = bound("dependence.share", {"focal": "AAA", "partner": "", "last": "9 moons"}, "2024-12-31")
    assert found is None
    assert sorted(p.slug for p in problems) == ["bad-value", "window-unreadable"]


def test_braces_are_told_beside_everything_else():
    _, problems = bound("dependence.share", {"focal": "AAA", "last": "9 moons"}, "2024-12-31", text="So {x}.")
    assert sorted(p.slug for p in problems) == ["key-missing", "text-blank", "window-unreadable"]


def test_a_kind_in_time_that_is_not_written_is_told_by_the_periods():
    kinds_told = [
        bound("dependence.share", {**SHARE, "period": asked}, "2024-12-31")[0]
        for asked in (["2023-01-01", "2024-01-01"], ["2023-01-01", "as_of"], {"last": "2 years"})
    ]
    assert [one.times.in_time for one in kinds_told if one] == ["fixed", "since", "rolling"]


def test_a_planned_claim_has_no_periods_and_only_the_day_to_fill_in():
    found, problems = bound("not.yet", {}, "2024-12-31", planned=True, text="By {as_of}.", in_time="rolling")
    assert problems == []
    assert found is not None
    assert found.times.in_time == "rolling"
    _, (problem,) = bound("not.yet", {}, "2024-12-31", planned=True, text="By {end}.")
    assert problem.slug == "text-blank"
