"""Days, months and years that a sentence names, held against its arguments: what differs is told, and little else."""

import datetime as dt

import pytest

from tumen.case.model import Claim
from tumen.judge.claim_dates import disagreements, named_in
from tumen.judge.in_time import Times
from tumen.judge.windows import Window

DAY = dt.date(2024, 12, 31)


def years(first: int, last: int, name: str = "period") -> Window:
    return Window((name,), dt.date(first, 1, 1), dt.date(last + 1, 1, 1))


OF_2023 = Times(windows=(years(2023, 2023),))
LONG = Times(windows=(years(2018, 2023),))
TWO = Times(windows=(years(2023, 2023, "before"), years(2024, 2024, "after")))
APART = Times(windows=(years(2021, 2021, "before"), years(2024, 2024, "after")))
MONTHS = Times(windows=(Window(("period",), dt.date(2023, 9, 1), dt.date(2025, 1, 1)),))
SINCE_2017 = Times(days=(dt.date(2017, 8, 5),))
FORECAST = Times(windows=(years(2012, 2024),), closes=dt.date(2026, 12, 31))


def told(text: str, times: Times) -> str:
    keys = {"id": "c", "sentence": "s", "cites": "p. 1", "measure": "m", "holds": {"above": 0}, "text": text}
    problems = disagreements(Claim.model_validate(keys).placed({("text",): 4}), times, DAY)
    assert all((p.line, p.slug, p.severity) == (4, "text-and-arguments", "warning") for p in problems)
    return "".join(p.got.split("text says ")[1].split(" where ")[0] for p in problems)


@pytest.mark.parametrize(
    ("text", "times", "odd"),
    [
        ("Trade in 2022 rose.", OF_2023, "2022"),
        ("Since the sanctions of 2016, the share stayed above 90 per cent.", LONG, "2016"),
        ("Each year from 2016 to 2023.", LONG, "2016 to 2023"),
        ("Between 2018 and 2022.", LONG, "2018 to 2022"),
        ("From September 2023 to November 2024.", MONTHS, "September 2023 to November 2024"),
        ("In 2024 at least nine tenths of that of 2019.", TWO, "2019"),
        ("In 2022 it was more than before.", APART, "2022"),
        ("Since 2019 coal left.", SINCE_2017, "since 2019"),
        ("It will change by the end of 2027.", FORECAST, "2027"),
        ("On 2 May 2022 and on 2022-05-03.", OF_2023, "2 May 2022, 2022-05-03"),
    ],
)
def test_a_day_that_is_asked_after_nowhere_is_told(text, times, odd):
    assert told(text, times) == odd


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Trade in 2023 rose.", OF_2023),
        ("It is so now.", OF_2023),
        ("Since the sanctions of 2016 the share in 2023 rose.", OF_2023),
        ("For the first time since 2017 it fell in 2023.", OF_2023),
        ("The cap of resolution 2397 of 2017 was exceeded in 2023.", OF_2023),
        ("The cap of resolution 2094 was exceeded.", OF_2023),
        ("More than 2000 workers stayed, and 2,019 barrels, 2019.5 tonnes, $2019.", OF_2023),
        ("Goods of code 2009, on page 1999.", OF_2023),
        ("Each year from 2018 to 2023.", LONG),
        ("2018–2023", LONG),
        ("Trade in 2020 fell.", LONG),
        ("From September 2023 to December 2024.", MONTHS),
        ("From {start} to {end}.", MONTHS),
        ("In 2024 at least nine tenths of that of 2023.", TWO),
        ("More than before the war of 2022.", APART),
        ("They stayed past 5 August 2017.", SINCE_2017),
        ("Since August 2017 coal left.", SINCE_2017),
        ("It will change by the end of 2026.", FORECAST),
        ("On 31 April 2022 nothing can have happened.", OF_2023),
        ("Trade in 2022 rose.", Times()),
        ("Trade in 2022 rose.", Times(windows=OF_2023.windows, lacking=("x",))),
    ],
)
def test_what_agrees_or_is_no_day_is_let_pass(text, times):
    assert told(text, times) == ""


def test_days_months_and_years_are_read_with_their_length():
    found = named_in("2023, May 2023, 2 May 2023, 2023-05-03 and December 2024")
    assert [(n.end - n.start).days for n in found] == [365, 31, 1, 1, 31]
