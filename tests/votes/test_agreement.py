"""How often two actors vote alike."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.judge.estimates import of as estimate_of
from tests.measure.worlds import EXACT, YEAR, Given, Row, Scenario, Setting, few, many, moved, run, source, votes, world
from tumen.judge.confidence import confidence
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import amount
from tumen.votes.agreement import AgreementArguments, weigh_votes, wilson_interval
from tumen.votes.units import COUNTED_VOTES

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "agreement.dyad": Scenario(
        {"of": ["AAA", "BBB"], "reference": "CCC", "period": YEAR},
        {"abstention_credit": 0.5},
        {"votes": [*votes("AAA", "YYNA-"), *votes("BBB", "YNNAY"), *votes("CCC", "YYYYY")]},
        {"votes": [*votes("DDD", "NNNNNN"), *votes("AAA", "N", start=90, first="2022-05-05")]},
    ),
}

ASK = {"of": ["AAA"], "reference": "BBB", "period": ["2023-01-01", "2024-01-01"]}
cast = st.text("YNA-", min_size=1, max_size=12)


def agreement(
    rows: Sequence[Row], options: Given = None, ask: Given = None, setting: Setting = EXACT, **tables: Sequence[Row]
) -> SpecificationRun:
    with world(votes=rows, **tables) as record:
        return run(record, "agreement.dyad", ask or ASK, options or {}, setting)


def dyad(one: str, other: str, options: Given = None) -> SpecificationRun:
    return agreement([*votes("AAA", one), *votes("BBB", other)], options)


def test_identical_votes_of_those_that_both_cast():
    # Y/Y and A/A agree, N/Y and A/N do not, and the absences are not votes: 2 of 4.
    found = dyad("YNAA-Y", "YYAN" + "Y-")
    assert [p.median for p in found.series] == [0.5]
    (used,) = found.used
    assert (used.kind, used.amount, used.rows, used.actors) == (
        "identical",
        amount(2.0, COUNTED_VOTES),
        4,
        ("AAA", "BBB"),
    )


def test_an_abstention_may_half_agree_with_a_yes_or_a_no():
    assert [p.median for p in dyad("YNAA", "YYAN", {"abstention_credit": 0.5}).series] == [0.625]


def test_resolutions_on_which_one_abstained_may_be_left_out():
    found = dyad("YNAA", "YYAN", {"abstentions": "left-out"})
    assert [p.median for p in found.series] == [0.5]
    assert found.used[0].rows == 2
    assert "abstention_credit" not in found.baselines


def test_the_lever_gives_abstentions_credit():
    found = dyad("YNAA", "YYAN")
    credited = dyad("YNAA", "YYAN", {"abstention_credit": 0.5})
    assert np.array_equal(moved(found, "abstention_credit", 0.5), credited.draws)


def test_each_year_has_its_own_point_with_wilsons_interval():
    rows = [
        *votes("AAA", "YY"),
        *votes("BBB", "YN"),
        *votes("AAA", "YYY", start=10, first="2022-02-02"),
        *votes("BBB", "YYY", start=10, first="2022-02-02"),
    ]
    found = agreement(rows, ask={**ASK, "period": ["2022-01-01", "2024-01-01"]})
    assert [(p.when, p.group, p.median) for p in found.series] == [("2022", "AAA–BBB", 1.0), ("2023", "AAA–BBB", 0.5)]
    assert (found.series[1].low, found.series[1].high) == wilson_interval(1, 2)


def test_votes_outside_the_period_or_on_other_resolutions_do_not_count():
    rows = [*votes("AAA", "YY"), *votes("BBB", "YY", start=1), *votes("BBB", "N", first="2022-06-01")]
    (used,) = agreement(rows).used
    assert (used.amount, used.rows) == (amount(1.0, COUNTED_VOTES), 1)


@pytest.mark.parametrize(("year", "level"), [(2023, "high"), (2021, "moderate"), (2019, "low")])
def test_votes_age(year, level):
    rows = [*votes("AAA", "YY"), *votes("BBB", "YY"), *votes("AAA", "Y", start=5), *votes("BBB", "Y", start=5)]
    days = ["2018-03-01"] * 4 + [f"{year}-06-01"] * 2
    rows = [{**row, "date": day} for row, day in zip(rows, days, strict=True)]
    with world(votes=rows) as record:
        ask = {**ASK, "period": ["2018-01-01", "2024-01-01"]}
        found = estimate_of(run(record, "agreement.dyad", ask, {}, EXACT))
        (used,) = found.used
        assert (used.start, used.end) == (dt.date(2018, 3, 1), dt.date(year, 6, 1))
        caps = confidence(found, record.sources, dt.date(2024, 1, 1), "supported").caps
    assert [cap.level for cap in caps if cap.part == "age"] == [level]


def test_no_common_vote_is_missing_evidence():
    found = dyad("YY", "--")
    assert found.draws.size == 0
    assert found.missing == ("votes of AAA and BBB between 2023-01-01 and 2024-01-01",)


def test_each_source_is_told_apart():
    rows = [
        *votes("AAA", "YN"),
        *votes("BBB", "YY"),
        *votes("AAA", "Y", start=5, source="t"),
        *votes("BBB", "Y", start=5, source="t"),
    ]
    found = agreement(rows, sources=[source(), source("t", publisher="Q")])
    assert [(u.source, u.publisher, u.amount, u.rows) for u in found.used] == [
        ("s", "P", amount(1.0, COUNTED_VOTES), 2),
        ("t", "Q", amount(1.0, COUNTED_VOTES), 1),
    ]


def on_one_resolution(rows: Sequence[Row]) -> list[Row]:
    """The same votes, as roll calls on parts of one resolution."""
    return [{**row, "resolution": f"R#{row['resolution']}"} for row in rows]


def test_roll_calls_on_one_resolution_say_no_more_than_one():
    rows = [*votes("AAA", "YYYYYYNN"), *votes("BBB", "YYYYYYYY")]
    apart, together = agreement(rows), agreement(on_one_resolution(rows))
    assert (apart.effective, together.effective) == (8, 1)
    assert np.ptp(np.quantile(together.draws, [0.05, 0.95])) > 1.4 * np.ptp(np.quantile(apart.draws, [0.05, 0.95]))
    # Jeffreys' prior of half a resolution for and half against, of eight roll calls each as they all have.
    weight = np.random.default_rng(1).standard_exponential(40_000)
    half = 8 * np.random.default_rng(2).standard_gamma(0.5, (2, 40_000))
    theirs = (6 * weight + half[0]) / (8 * weight + half.sum(axis=0))
    assert np.quantile(together.draws, [0.1, 0.5]) == pytest.approx(np.quantile(theirs, [0.1, 0.5]), abs=0.06)
    (point,) = together.series
    assert (point.median, point.low, point.high) == (0.75, *wilson_interval(0.75, 1))


def test_roll_calls_on_resolutions_without_a_symbol_stand_alone():
    rows = [
        {**row, "resolution": f"roll call#{row['resolution']}"} for row in (*votes("AAA", "YYN"), *votes("BBB", "YYY"))
    ]
    assert agreement(rows).effective == 3


def test_roll_calls_of_one_name_on_two_days_both_count():
    ask = {**ASK, "period": ["2022-01-01", "2024-01-01"]}
    rows = [
        row for first, cast in (("2022-05-05", "N"), ("2023-05-05", "Y")) for row in votes("AAA", cast, first=first)
    ]
    rows += [row for first in ("2022-05-05", "2023-05-05") for row in votes("BBB", "Y", first=first)]
    found = agreement(rows, ask=ask, setting=Setting(4000, 7))
    # Half of the one resolution's two roll calls are alike, so every weight leaves the mean at a half.
    assert np.mean(found.draws) == pytest.approx(0.5, abs=0.02)
    assert [(p.when, p.median) for p in found.series] == [("2022", 0.0), ("2023", 1.0)]


def test_the_actor_with_the_fewest_resolutions_says_how_many_stand_behind_the_draws():
    rows = [*votes("AAA", "YYYY"), *votes("CCC", "YY--"), *votes("BBB", "YYYY")]
    assert agreement(rows, ask={**ASK, "of": ["AAA", "CCC"]}).effective == 2


#: Six others beside BBB, which always says yes; GGG voted on one of the eight.
OTHERS = {
    "CCC": "YYYYNNNN",
    "DDD": "YYNNNNNA",
    "EEE": "NNNNNNNN",
    "FFF": "YYYYYYYY",
    "HHH": "AANNNNNN",
    "GGG": "Y-------",
}


def with_others(own: str = "YNNNNNNN", **more: str) -> list[Row]:
    cast = {"AAA": own, "BBB": "YYYYYYYY", **OTHERS, **more}
    return [row for actor, letters in cast.items() for row in votes(actor, letters)]


def test_other_members_are_what_an_agreement_is_compared_with():
    found = agreement(with_others())
    assert found.peers is not None
    assert found.peers.of == "other members"
    assert found.peers.values == {"CCC": 0.5, "DDD": 0.25, "EEE": 0.0, "FFF": 1.0, "HHH": 0.0}


def test_others_are_counted_as_the_actors_are():
    credited = agreement(with_others(), {"abstention_credit": 0.5}).peers
    assert credited is not None
    assert credited.values == {"CCC": 0.5, "DDD": 0.3125, "EEE": 0.0, "FFF": 1.0, "HHH": 0.125}
    left_out = agreement(with_others(), {"abstentions": "left-out"}).peers
    assert left_out is not None
    assert left_out.values["DDD"] == pytest.approx(2 / 7)


def test_others_are_compared_over_the_resolutions_that_the_actors_voted_on():
    found = agreement(with_others("----NNNN", GGG="YYYYYNNN"))
    assert found.peers is not None
    assert found.peers.values == {"CCC": 0.0, "DDD": 0.0, "EEE": 0.0, "FFF": 1.0, "GGG": 0.25, "HHH": 0.0}


def test_neither_the_actors_nor_few_others_are_a_class_to_compare_with():
    both = {**ASK, "of": ["AAA", "CCC"]}
    assert agreement(with_others(), ask=both).peers is None  # four are left
    found = agreement(with_others(GGG="YYYYYYYY"), ask=both).peers
    assert found is not None
    assert sorted(found.values) == ["DDD", "EEE", "FFF", "GGG", "HHH"]


@pytest.mark.parametrize("how", ["lowest", "highest", "mean"])
def test_several_actors_are_combined_draw_by_draw(how):
    rows = [*votes("AAA", "YYYYYYYY"), *votes("CCC", "NNNNNNNN"), *votes("BBB", "YYYYYYYY")]
    both = agreement(rows, ask={**ASK, "of": ["AAA", "CCC"], "combine": how}).draws
    one, other = (agreement(rows, ask={**ASK, "of": [name]}).draws for name in ("AAA", "CCC"))
    expected = {"lowest": np.minimum(one, other), "highest": np.maximum(one, other), "mean": (one + other) / 2}[how]
    assert both == pytest.approx(expected)


@pytest.mark.parametrize(("of", "reference"), [(["AAA", "BBB"], "BBB"), (["AAA", "AAA"], "BBB"), ([], "BBB")])
def test_actors_must_differ(of, reference):
    with pytest.raises(ValidationError):
        AgreementArguments.model_validate({**ASK, "of": of, "reference": reference})


@few
@given(one=cast, other=cast, credit=st.sampled_from([0.0, 0.5, 1.0]))
def test_agreement_is_the_same_from_either_side_of_the_dyad(one, other, credit):
    rows = [*votes("AAA", one), *votes("BBB", other)]
    with world(votes=rows) as record:
        options = {"abstention_credit": credit}
        here = run(record, "agreement.dyad", ASK, options)
        there = run(record, "agreement.dyad", {**ASK, "of": ["BBB"], "reference": "AAA"}, options)
    assert [(p.median, p.low, p.high) for p in here.series] == [(p.median, p.low, p.high) for p in there.series]
    assert here.draws.size == there.draws.size
    if here.draws.size:
        # The prior half-votes are drawn apart for each side: medians differ by Monte Carlo error only,
        # at most 5 * 1.25 * (sd <= 0.36) / sqrt(400).
        assert np.median(here.draws) == pytest.approx(np.median(there.draws), abs=0.12)
        assert ((here.draws >= 0) & (here.draws <= 1)).all()


@many
@given(
    alike=st.lists(st.booleans(), min_size=1, max_size=20),
    credit=st.floats(0, 1),
)
def test_one_more_vote_alike_never_lowers_agreement(alike, credit):
    rng = np.random.default_rng(3)
    weights, prior = rng.standard_exponential((len(alike), 50)), rng.standard_gamma(0.5, (2, 50))
    votes_alike = np.array(alike)
    half = ~votes_alike
    before = weigh_votes(votes_alike, half, np.ones_like(half), weights, prior).draws(credit)
    first = int(np.argmin(votes_alike))
    votes_alike[first], half[first] = True, False
    after = weigh_votes(votes_alike, half, np.ones_like(half), weights, prior).draws(credit)
    assert (after >= before - 1e-12).all()
    assert ((after >= 0) & (after <= 1 + 1e-12)).all()


@many
@given(agreed=st.integers(0, 60), more=st.integers(0, 60), level=st.floats(0.5, 0.999))
def test_wilsons_interval_holds_the_share_and_narrows_with_more_votes(agreed, more, level):
    count = max(1, agreed + more)
    low, high = wilson_interval(agreed, count, level)
    assert 0 <= low <= agreed / count + 1e-12
    assert agreed / count - 1e-12 <= high <= 1
    wide = high - low
    low, high = wilson_interval(10 * agreed, 10 * count, level)
    assert high - low < wide
