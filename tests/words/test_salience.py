"""How often one topic is spoken of for each time of another."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.measure.worlds import (
    EXACT,
    MEASURES,
    WORDS,
    YEAR,
    Given,
    Row,
    Scenario,
    Setting,
    few,
    moved,
    run,
    source,
    statement,
    topic,
    world,
)
from tests.words.telling import covering
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import COUNT

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "salience.ratio": Scenario(
        {"actor": "AAA", "topics": ["t"], "reference": ["v"], "period": YEAR},
        {"renderings": 0.5},
        {**WORDS, "sources": [source(), source("s2")]},
        {"statements": [statement("z1", actor="BBB"), statement("z2", topic="w"), statement("z3", "2022-01-01")]},
    ),
}

ASK = {"actor": "AAA", "topics": ["t"], "reference": ["r"], "period": ["2023-01-01", "2024-01-01"]}


def said(
    over: int,
    under: int,
    options: Given = None,
    setting: Setting = EXACT,
    copies: int = 1,
    coverage: Any = "exhaustive",
) -> SpecificationRun:
    rows: list[Row] = [
        statement(f"{name}{n}-{c}", f"2023-{1 + n // 28:02}-{1 + n % 28:02}", name, source=f"s{c}")
        for name, many in (("t", over), ("r", under))
        for n in range(many)
        for c in range(copies)
    ]
    sources = [source(f"s{c}") for c in range(copies)]
    with world(statements=rows, topics=[topic("t"), topic("r")], sources=sources) as record:
        return run(covering(record, coverage), "salience.ratio", ASK, options, setting)


def test_the_chance_that_one_topic_leads_has_a_closed_form():
    found = said(6, 2, setting=Setting(20_000, 1))
    assert np.mean(found.draws > 1) == pytest.approx(stats.beta(6.5, 2.5).sf(0.5), abs=0.015)
    assert found.notes == (
        "t: 6 distinct remarks in 6 renderings, as 6 independent ones",
        "r: 2 distinct remarks in 2 renderings, as 2 independent ones",
    )
    assert {p.group: p.median for p in found.series} == {"t": 6.0, "r": 2.0}  # the last point of each line
    assert MEASURES["salience.ratio"].series_unit == COUNT


@pytest.mark.parametrize(("over", "under", "lacks"), [(0, 3, "t"), (3, 0, "r")])
def test_a_topic_without_statements_is_missing_and_not_zero(over, under, lacks):
    found = said(over, under)
    assert found.draws.size == 0
    assert found.missing == (f"statements of AAA about {lacks} between 2023-01-01 and 2024-01-01",)
    assert len(found.used) == 3


@few
@given(over=st.integers(1, 20), under=st.integers(1, 20))
def test_copies_change_nothing_until_they_are_counted(over, under):
    once, copied = said(over, under), said(over, under, copies=2)
    assert np.array_equal(once.draws, copied.draws)
    each = said(over, under, {"renderings": 1}, copies=2)
    assert np.array_equal(moved(copied, "renderings", 1.0), each.draws)


def test_remarks_that_were_missed_move_the_ratio_both_ways():
    found = said(6, 2)
    assert (moved(found, "missed", 4.0) < found.draws).all()
    assert (moved(found, "missed_counted", 4.0) > found.draws).all()


def test_a_record_that_somebody_chose_leaves_the_ratio_open_above_and_draws_what_was_noted():
    whole, chosen = said(6, 2, setting=Setting(20_000, 1)), said(6, 2, None, Setting(20_000, 1), coverage=None)
    assert not whole.bounds
    assert chosen.bounds == {"lower"}
    assert np.log(chosen.draws).std() == pytest.approx(np.hypot(np.log(whole.draws).std(), np.log(2)), rel=0.03)
    assert np.array_equal(moved(chosen, "noted", 2.0), chosen.draws / 2)


def test_remarks_of_one_briefing_widen_a_rate_and_do_not_move_it():
    rows = [statement(f"t{n}", f"2023-01-{1 + n // 4:02}", "t", remark=f"t{n}") for n in range(12)]
    rows += [statement(f"r{n}", f"2023-02-{1 + n:02}", "r") for n in range(12)]
    with world(statements=rows, topics=[topic("t"), topic("r")], sources=[source()]) as record:
        found = run(covering(record, "exhaustive"), "salience.ratio", ASK, {}, Setting(20_000, 1))
    assert found.effective == 3  # three briefings of four remarks
    # Three independent ones and twelve: Gamma(3½) × 4 over Gamma(12½).
    lead = np.random.default_rng(1).gamma(3.5, 4, 200_000) > np.random.default_rng(2).gamma(12.5, 1, 200_000)
    assert np.mean(found.draws > 1) == pytest.approx(lead.mean(), abs=0.015)
