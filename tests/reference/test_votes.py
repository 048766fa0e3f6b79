"""Agreement in the General Assembly, counted vote by vote in plain Python.

The counts come from the bundled roll calls, read here with DuckDB alone and counted in loops, so that
nothing of the measure under test takes part in its own answer. What they come to, identical votes of
those that both cast:

    dyad       2016–2019          2022–2023          2024
    CHN–PRK    274 of 349, 0.785  121 of 156, 0.776  63 of 82, 0.768
    CHN–RUS    314 of 414, 0.758  120 of 175, 0.686  60 of 91, 0.659
    PRK–RUS    248 of 349, 0.711  132 of 158, 0.835  69 of 83, 0.831
    CHN–USA     84 of 420, 0.200   28 of 175, 0.160  17 of 90, 0.189
    PRK–USA     28 of 353, 0.079   15 of 158, 0.095  10 of 82, 0.122
    RUS–USA    109 of 419, 0.260   31 of 177, 0.175  17 of 91, 0.187
"""

import datetime as dt
from functools import cache
from itertools import combinations
from typing import Any

import duckdb
import numpy as np
import pytest

from tests.measure.worlds import measured
from tumen.engine.embedded import DuckDB
from tumen.measure.estimate import SpecificationRun
from tumen.measure.setting import Setting
from tumen.prepare import prepare
from tumen.record.read import Record
from tumen.run import BUNDLED

DYADS = list(combinations(["CHN", "PRK", "RUS", "USA"], 2))
SETTING = Setting(4000, 1)

Vote = tuple[dt.date, str, str, str]


@cache
def cast() -> tuple[Vote, ...]:
    """Every vote of the four as (date, resolution, actor, vote)."""
    place = BUNDLED / "record" / "votes.parquet"
    with duckdb.connect() as connection:
        found = connection.execute(
            "select date, resolution, actor, vote from read_parquet($place) where actor in ('CHN', 'PRK', 'RUS', "
            "'USA')",
            {"place": str(place)},
        ).fetchall()
    return tuple((row[0], str(row[1]), str(row[2]), str(row[3])) for row in found)


def counted(
    one: str, other: str, first: int, last: int, credit: float = 0.0, abstentions: bool = True
) -> tuple[float, int]:
    """How much of the votes of two actors agreed, and how many both cast, in years first to last."""
    of_one = {(date, name): vote for date, name, actor, vote in cast() if actor == one}
    of_other = {(date, name): vote for date, name, actor, vote in cast() if actor == other}
    agreed, both = 0.0, 0
    for key, vote in of_one.items():
        against = of_other.get(key, "-")
        if not first <= key[0].year <= last or vote == "-" or against == "-":
            continue
        if not abstentions and "A" in (vote, against):
            continue
        both += 1
        if vote == against:
            agreed += 1
        elif "A" in (vote, against):
            agreed += credit
    return agreed, both


@pytest.fixture(scope="module")
def record():
    engine = DuckDB()
    prepared = prepare(BUNDLED, engine)
    assert prepared.record is not None
    yield prepared.record
    engine.close()


def agreement(record: Record, one: str, other: str, first: int, last: int, **options: Any) -> SpecificationRun:
    """The measure on the bundled record, for one dyad."""
    ask = {"of": [one], "reference": other, "period": [f"{first}-01-01", f"{last + 1}-01-01"]}
    (only,) = measured(record, "agreement.dyad", ask, options, setting=SETTING).specifications
    return only


def test_no_vote_stands_twice_in_the_record():
    keys = [vote[:3] for vote in cast()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("one", "other"), DYADS)
@pytest.mark.parametrize(
    ("options", "how"),
    [
        ({}, {}),
        ({"abstention_credit": 0.5}, {"credit": 0.5}),
        ({"abstentions": "left-out"}, {"abstentions": False}),
    ],
)
def test_each_year_is_what_a_reader_counts(record, one, other, options, how):
    found = agreement(record, one, other, 2012, 2024, **options)
    assert [p.when for p in found.series] == [str(y) for y in range(2012, 2025)]
    for point in found.series:
        agreed, both = counted(one, other, int(point.when), int(point.when), **how)
        assert point.median == pytest.approx(agreed / both, abs=1e-12)
    assert sum(u.rows for u in found.used) == counted(one, other, 2012, 2024, **how)[1]


@pytest.mark.parametrize(("one", "other"), DYADS)
@pytest.mark.parametrize(("first", "last"), [(2016, 2019), (2022, 2023), (2024, 2024)])
def test_draws_of_pooled_years_stand_around_what_a_reader_counts(record, one, other, first, last):
    found = agreement(record, one, other, first, last)
    agreed, both = counted(one, other, first, last)
    # The posterior mean is (agreed + 1/2) / (both + 1); of 4,000 draws the mean lies within five
    # standard errors.
    mean = (agreed + 0.5) / (both + 1)
    error = np.sqrt(mean * (1 - mean) / (both + 2) / SETTING.draws)
    assert found.draws.mean() == pytest.approx(mean, abs=5 * error)


def test_north_korea_came_to_vote_with_russia_more_than_with_china(record):
    def share(one: str, other: str, first: int, last: int) -> float:
        agreed, both = counted(one, other, first, last)
        return agreed / both

    assert share("CHN", "PRK", 2016, 2019) == pytest.approx(0.785, abs=5e-4)
    assert share("PRK", "RUS", 2016, 2019) == pytest.approx(0.711, abs=5e-4)
    assert share("CHN", "PRK", 2024, 2024) == pytest.approx(0.768, abs=5e-4)
    assert share("PRK", "RUS", 2024, 2024) == pytest.approx(0.831, abs=5e-4)

    def russia_ahead(first: int, last: int) -> float:
        """How often the draws have North Korea closer to Russia than to China, on the same resamples."""
        with_russia, with_china = (agreement(record, "PRK", other, first, last).draws for other in ("RUS", "CHN"))
        return float(np.mean(with_russia > with_china))

    # 0.006, 0.955 and 0.85 with this seed: sure before and since 2022, not yet in 2024 taken alone.
    assert russia_ahead(2016, 2019) < 0.02
    assert russia_ahead(2022, 2024) > 0.93
    assert 0.8 < russia_ahead(2024, 2024) < 0.9


def test_each_of_the_three_votes_with_the_united_states_in_less_than_a_third():
    for one in ("CHN", "PRK", "RUS"):
        agreed, both = counted(one, "USA", 2022, 2024)
        assert agreed / both < 1 / 5
        agreed, both = counted(one, "USA", 2022, 2024, credit=0.5)
        assert agreed / both < 1 / 3
