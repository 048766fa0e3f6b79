"""Whether three relations will stand otherwise by acts that were declared."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from pydantic import ValidationError

from tests.measure.worlds import EXACT, Given, Row, Scenario, event, run, world
from tumen.measure.estimate import SpecificationRun
from tumen.triangle.change_by_acts import ActsArguments, DeclaredAct, balances, chances_of_change, yearly_acts
from tumen.triangle.wandering_rates import rates_followed

ASK = {
    "of": ["AAA", "BBB", "CCC"],
    "kinds": ["summit", "treaty"],
    "period": ["2016-01-01", "2024-01-01"],
    "until": "2025-12-31",
    "compared_with": 2023,
}

#: A and B meet twice a year, A and C once; B and C never do.
STEADY = [
    event(f"{other}{year}-{month}", f"{year}-{month:02}-05", other=other, kind="summit")
    for year in range(2016, 2024)
    for other, month in (("BBB", 2), ("BBB", 9), ("CCC", 5))
]

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "configuration.change_by_acts": Scenario(
        ASK,
        {"merge_days": 0},
        {"events": [*STEADY, event("bad", "2022-03-03", "CCC", "BBB", kind="summit", sign=-1)]},
        {
            "events": [
                event("x1", "2023-02-02", other="DDD", kind="summit"),
                event("x2", "2015-02-02", kind="summit"),
                event("x3", "2023-02-02", kind="summit", sign=0),
                event("x4", "2023-02-02", kind="statement"),
            ]
        },
    ),
}


def change(rows: Sequence[Row], ask: Given = None, options: Given = None) -> SpecificationRun:
    with world(events=rows) as record:
        return run(record, "configuration.change_by_acts", {**ASK, **(ask or {})}, options or {}, EXACT)


def act(day: str, one: str, other: str, sign: int = 1) -> DeclaredAct:
    return DeclaredAct("", dt.date.fromisoformat(day), one, other, "treaty", sign, "", "s")


def test_steps_of_one_treaty_are_one_act():
    # Signed, ratified thirty days later, in force forty after that: one act, then another. A rupture is none of them.
    rows = [act("2022-01-01", "AAA", "BBB"), act("2022-01-31", "BBB", "AAA"), act("2022-03-12", "AAA", "BBB")]
    rows += [act("2022-03-13", "AAA", "BBB", -1), act("2023-03-13", "BBB", "CCC")]
    counts = yearly_acts(rows, ("AAA", "BBB", "CCC"), range(2022, 2024), 30)
    assert counts.tolist() == [[[2, 0, 0], [0, 0, 1]], [[1, 0, 0], [0, 0, 0]]]
    each = yearly_acts(rows, ("AAA", "BBB", "CCC"), range(2022, 2024), 0)
    assert each[0].tolist() == [[3, 0, 0], [0, 0, 1]]


def test_an_act_counts_for_as_many_years_as_the_window():
    counts = np.zeros((2, 5, 3))
    counts[0, 0, 0], counts[1, 1, 2] = 2, 1
    assert balances(counts, 3)[:, 0].tolist() == [2, 2, 2, 0, 0]
    assert balances(counts, 3)[:, 2].tolist() == [0, -1, -1, -1, 0]
    assert np.array_equal(balances(counts, 9), np.cumsum(counts[0] - counts[1], axis=0)), "longer than the years"


def test_what_is_compared_is_said_and_scored():
    found = change(STEADY)
    assert found.forecast is not None
    assert found.forecast.now == "2023: romantic triangle, pivot AAA (AAA–BBB 6, AAA–CCC 3, BBB–CCC 0)"
    assert "in the 3 years that end with 2025, or their order by the difference, are not those of 2023" in (
        found.forecast.resolves
    )
    assert found.probabilities, "so that P is their mean"
    assert found.draws.mean() == pytest.approx(found.forecast.probability, abs=0.005)
    assert [p.median for p in found.series if p.group == "AAA–BBB"][:4] == [2, 4, 6, 6]


def test_dyads_that_go_on_as_they_did_mostly_stand_as_they_did():
    found = change(STEADY)
    assert found.draws.mean() < 0.6
    assert found.peers is None, "four earlier spans are too few"
    turned = [event(f"t{month}", f"2020-{month:02}-05", "BBB", "CCC", kind="treaty") for month in range(1, 12, 2)]
    near = change([*STEADY, *turned], {"until": "2024-12-31"}).peers
    assert near is not None
    assert near.values == {f"{year} to {year + 1}": float(year in (2019, 2022)) for year in range(2018, 2023)}


def test_a_change_that_has_come_already_is_nearly_certain():
    turned = [event(f"t{month}", f"2023-{month:02}-05", "BBB", "CCC", kind="treaty") for month in range(1, 12, 2)]
    found = change([*STEADY, *turned], {"compared_with": 2022, "until": "2024-12-31"}, {"merge_days": 0})
    assert found.forecast is not None
    assert found.forecast.probability > 0.95


def test_only_the_kinds_that_are_asked_for_count():
    found = change([*STEADY, event("s", "2023-06-06", "BBB", "CCC", kind="statement")])
    assert "BBB–CCC 0" in found.notes[0]
    assert "s" not in {used.id for used in found.used}


def test_a_year_to_come_scatters_as_the_years_before_did():
    # Every year alike, or all of the acts in one year: the latter leaves more orders open.
    even, lumped = np.zeros((2, 8, 3)), np.zeros((2, 8, 3))
    even[0, :, 0], even[0, :, 1] = 4, 2
    lumped[0, 1, 0], lumped[0, 5, 1] = 32, 16
    lumped[0, -3:] = even[0, -3:]
    rng = np.random.default_rng(1)
    chances = [chances_of_change(c, rates_followed(c[0]), 7, 0, 2, 3, rng).mean() for c in (even, lumped)]
    assert chances[0] < chances[1]


def test_without_acts_or_a_year_that_was_over_evidence_is_missing():
    assert change([event("a", "2023-01-01")]).missing == (
        "events of kind summit, treaty between two of AAA, BBB, CCC in the period",
    )
    with world(events=STEADY) as record:
        early = replace(EXACT, as_of=dt.date(2023, 12, 30))
        found = run(record, "configuration.change_by_acts", ASK, {}, early)
    assert found.missing == ("declared acts of 2023, which was not over by 2023-12-30",)


def test_a_record_that_may_lack_events_says_so():
    assert change(STEADY).beside == (
        "the record of events does not hold every one: dyads are compared as if all were searched for alike",
    )
    with world(events=STEADY) as record:
        whole = replace(record, coverage={"events": "exhaustive"})
        assert run(whole, "configuration.change_by_acts", ASK, {}, EXACT).beside == ()


@pytest.mark.parametrize(
    "ask",
    [
        {"of": ["AAA", "AAA", "BBB"]},
        {"until": "2023-12-31"},
        {"compared_with": 2017},
        {"compared_with": 2024},
        {"kinds": []},
        {"window": 0},
    ],
)
def test_what_makes_no_sense_is_refused(ask):
    with pytest.raises(ValidationError):
        ActsArguments.model_validate({**ASK, **ask})
