"""What a claim and a specification may say, whichever measure reads it."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.measure.worlds import many
from tumen.measure.arguments import ActorCode, Factor, Form, Period, Share, Years, months_of, next_month, years_of


class Every(Form):
    """One of each."""

    period: Period = (dt.date(2023, 1, 2), dt.date(2023, 1, 3))
    years: Years = (dt.date(2023, 1, 1), dt.date(2024, 1, 1))
    actor: ActorCode = "AAA"
    share: Share = 0.5
    factor: Factor = (1.05, 1.1)


@pytest.mark.parametrize(
    ("given_form", "words"),
    [
        ({"period": ["2023-01-02", "2023-01-02"]}, "runs forward"),
        ({"years": ["2023-01-01", "2023-12-31"]}, "whole calendar years"),
        ({"years": ["2024-01-01", "2023-01-01"]}, "runs forward"),
        ({"actor": ""}, "at least 1 character"),
        ({"share": 1.01}, "less than or equal to 1"),
        ({"share": -0.01}, "greater than or equal to 0"),
        ({"factor": [1.1, 1.05]}, "the low end before the high one"),
        ({"factor": [0.9, 1.05]}, "greater than or equal to 1"),
        ({"perod": ["2023-01-01", "2023-12-31"]}, "Extra inputs are not permitted"),
    ],
)
def test_what_is_refused(given_form, words):
    with pytest.raises(ValidationError, match=words):
        Every.model_validate(given_form)


@many
@given(first=st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)), days=st.integers(1, 1000))
def test_whole_months_lie_inside_their_period_and_follow_on_each_other(first, days):
    period = (first, first + dt.timedelta(days))
    months = months_of(period)
    assert all(m.day == 1 and period[0] <= m and next_month(m) <= period[1] for m in months)
    assert all(next_month(one) == other for one, other in itertools.pairwise(months))
    if months:
        assert (months[0] - period[0]).days < 31
        assert (period[1] - next_month(months[-1])).days < 31


def test_years_of_a_period():
    assert years_of((dt.date(2019, 1, 1), dt.date(2022, 1, 1))) == [2019, 2020, 2021]
    assert next_month(dt.date(2023, 12, 31)) == dt.date(2024, 1, 1)
