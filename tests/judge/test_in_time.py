"""A claim's kind in time: told by its periods, refused where it contradicts them, warned of where it has passed."""

import datetime as dt

import pytest

from tumen.case.model import Claim
from tumen.judge.in_time import Times, implied, in_time_problems, time_warnings
from tumen.judge.windows import Window

DAY = dt.date(2024, 12, 31)
FIXED = Window(("period",), dt.date(2023, 1, 1), dt.date(2024, 1, 1))
SINCE = Window(("after",), dt.date(2023, 9, 1), dt.date(2025, 1, 1), "since")
ROLLING = Window(("last",), dt.date(2023, 1, 1), dt.date(2025, 1, 1), "rolling")
CLOSES = dt.date(2026, 12, 31)
ALONE = (dt.date(2017, 8, 5),)

#: What a claim asks after, the kind that it tells, and all kinds that it may be said to be.
KINDS = [
    (Times(windows=(FIXED,)), "fixed", {"fixed"}),
    (Times(windows=(SINCE,)), "since", {"since"}),
    (Times(windows=(FIXED, SINCE)), "since", {"since"}),
    (Times(windows=(ROLLING,)), "rolling", {"rolling"}),
    (Times(windows=(FIXED, ROLLING)), "rolling", {"rolling"}),
    (Times(windows=(SINCE, ROLLING)), None, {"since", "rolling"}),
    (Times(days=ALONE), "since", {"since", "fixed"}),
    (Times(windows=(SINCE,), closes=CLOSES), "forecast", {"forecast"}),
    (Times(windows=(FIXED,), closes=CLOSES), "forecast", {"forecast"}),
    (Times(), None, {"fixed", "since", "rolling"}),
]


def claim(in_time: str | None = None, reach: bool = False) -> Claim:
    keys = {"id": "c", "sentence": "s", "text": "It is so.", "cites": "p. 1", "measure": "m", "holds": {"above": 0}}
    found = Claim.model_validate({**keys, "in_time": in_time, "as_far_as_known": reach})
    return found.placed({(): 1, ("in_time",): 7, ("arguments",): 8, ("as_far_as_known",): 9})


@pytest.mark.parametrize(("times", "told", "may"), KINDS)
@pytest.mark.parametrize("asked", ["fixed", "since", "rolling", "forecast"])
def test_a_declared_kind_in_time_must_be_one_that_its_periods_are(times, told, may, asked):
    assert implied(times) == told
    problems = in_time_problems(claim(asked), times)
    assert (not problems) == (asked in may)
    for problem in problems:
        assert (problem.line, problem.slug, problem.severity) == (7, "in-time-mismatch", "error")
        assert f'in_time = "{asked}"' in problem.got
        assert told is None or f'Say in_time = "{told}"' in problem.fix


def test_a_kind_in_time_that_nothing_tells_must_be_declared():
    (told,) = in_time_problems(claim(), Times(windows=(SINCE, ROLLING)))
    assert (told.line, told.slug) == (8, "in-time-mismatch")
    assert in_time_problems(claim(), Times()) == []


def test_a_period_can_end_as_far_as_known_only_where_it_goes_with_the_day():
    assert in_time_problems(claim(reach=True), Times(windows=(SINCE,))) == []
    (told,) = in_time_problems(claim(reach=True), Times(windows=(FIXED,)))
    assert (told.line, told.slug) == (9, "in-time-mismatch")


@pytest.mark.parametrize(
    ("as_of", "asked", "warned"),
    [
        ("2024-06-30", None, False),
        ("2024-07-01", None, True),
        ("2024-07-01", "fixed", False),
    ],
)
def test_a_claim_that_repeats_what_was_long_ago_is_warned_of(as_of, asked, warned):
    told = time_warnings(claim(asked), Times(windows=(FIXED,)), dt.date.fromisoformat(as_of))
    assert [str(p) for p in told] == [
        "claims.toml:8: got claim 'c' as of 2024-07-01, whose period ended on 2023-12-31; expected a period that ended "
        'in the 6 months before. This claim repeats 2023. If it is about the past, say in_time = "fixed"; else end the '
        'period at "as_of". [window-ended]'
    ] * warned
    assert all(p.severity == "warning" for p in told)


def test_a_period_that_goes_with_the_day_never_has_ended_long_ago():
    year = Window(("period",), dt.date(2022, 1, 1), dt.date(2024, 1, 1), "since")  # of whole years, in November
    assert time_warnings(claim(), Times(windows=(year,)), dt.date(2024, 11, 30)) == []


def test_the_period_that_ended_last_counts():
    before = Window(("before",), dt.date(2019, 1, 1), dt.date(2020, 1, 1))
    assert time_warnings(claim(), Times(windows=(before, FIXED)), dt.date(2024, 6, 30)) == []


def test_a_forecast_that_closed_is_warned_of():
    times = Times(windows=(SINCE,), closes=DAY, lacking=("x",))
    (told,) = time_warnings(claim("forecast"), times, DAY)
    assert (told.slug, told.severity) == ("window-ended", "warning")
    assert "closed on 2024-12-31" in told.got
    assert time_warnings(claim("forecast"), Times(windows=(SINCE,), closes=DAY), dt.date(2024, 12, 30)) != [told]


def test_a_claim_with_nothing_to_look_at_yet_is_warned_of():
    (told,) = time_warnings(claim(), Times(windows=(SINCE,), lacking=("no day had come",)), dt.date(2018, 12, 31))
    assert (told.slug, told.severity, told.line) == ("window-empty", "warning", 8)
    assert "no day had come" in told.got


def test_days_that_stand_alone_may_lie_beyond_the_wall_too():
    (told,) = time_warnings(claim(), Times(days=ALONE), dt.date(2016, 12, 31))
    assert told.slug == "window-beyond-wall"


@pytest.mark.parametrize(
    ("times", "first", "last"),
    [
        (Times(windows=(FIXED,)), "2023-01-01", "2023-12-31"),
        (Times(windows=(FIXED, SINCE)), "2023-09-01", "2024-12-31"),
        (Times(days=ALONE), "2017-08-05", "2024-12-31"),
        (Times(windows=(SINCE,), closes=CLOSES), "2023-09-01", "2026-12-31"),
        (Times(windows=(SINCE,), lacking=("x",)), "2023-09-01", "2024-12-31"),
    ],
)
def test_a_sentence_speaks_of_the_period_that_moves_or_the_only_one(times, first, last):
    assert times.told_of(DAY) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize("times", [Times(), Times(windows=(FIXED, FIXED)), Times(windows=(SINCE, ROLLING))])
def test_of_several_periods_a_sentence_speaks_of_none(times):
    assert times.told_of(DAY) is None
