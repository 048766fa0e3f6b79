"""How many remarks of some kind were made."""

from typing import Any

import numpy as np
import pytest

from tests.measure.worlds import (
    EXACT,
    OTHER_WORDS,
    WORDS,
    YEAR,
    Given,
    Row,
    Scenario,
    Setting,
    moved,
    run,
    source,
    statement,
    topic,
    world,
)
from tests.words.telling import answer, covering
from tumen.measure.estimate import SpecificationRun
from tumen.words.stance import REAL

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "stance.remarks": Scenario(
        {"actor": "AAA", "topics": ["t"], "kinds": ["endorse"], "period": YEAR},
        {"renderings": 0.5},
        {**WORDS, "sources": [source(), source("s2", credibility="3")]},
        OTHER_WORDS,
    ),
}

ASK = {"actor": "AAA", "topics": ["t"], "period": ["2023-01-01", "2024-01-01"]}
TOPICS = [topic("t"), topic("u", "t"), topic("deep", "u"), topic("other")]
MANY = Setting(20_000, 1)


def said(
    rows: list[Row],
    options: Given = None,
    setting: Setting = EXACT,
    sources: Any = None,
    coverage: Any = None,
    **more: Any,
) -> SpecificationRun:
    given = sources or [source(name) for name in sorted({str(r["source"]) for r in rows} | {"s"})]
    with world(statements=rows, topics=TOPICS, sources=given) as record:
        return run(covering(record, coverage), "stance.remarks", {**ASK, **more}, options, setting)


def renderings(*sources: str, **more: Any) -> list[Row]:
    return [statement(f"r{n}", source=s, kind="priority-claim", **more) for n, s in enumerate(sources)]


def test_three_renderings_of_one_remark_are_one_remark():
    found = said(renderings("a", "b", "c"), kinds=["priority-claim"])
    assert found.draws.max() == 1
    assert found.notes == ("distinct remarks: 1, in 3 renderings",)
    each = said(renderings("a", "b", "c"), {"renderings": 1}, kinds=["priority-claim"])
    assert each.draws.max() == 3
    assert moved(found, "renderings", 1.0) == pytest.approx(each.draws)


@pytest.mark.parametrize(
    ("rows", "remarks"),
    [
        ([statement("a"), statement("b", topic="u")], 2),
        ([statement("a"), statement("b", "2023-01-06")], 2),
        ([statement("a"), statement("b", "2023-01-06", remark="x"), statement("c", topic="u", remark="x")], 2),
        ([statement("a", date_precision="month"), statement("b", date_precision="month")], 2),
        ([statement("a", date_precision="approximate"), statement("b")], 1),
        ([statement("a"), statement("b", topic="deep"), statement("c", topic="other")], 2),
        ([statement("a"), statement("b", "2024-01-01"), statement("c", "2022-12-31"), statement("d", actor="BBB")], 1),
    ],
)
def test_what_is_one_remark(rows, remarks):
    assert said(rows, kinds=["non-answer"]).notes[0].startswith(f"distinct remarks: {remarks},")


@pytest.mark.parametrize("credibility", "123456")
def test_a_remark_is_real_by_the_credibility_of_what_reports_it(credibility):
    sources = [source("a", credibility=credibility)]
    found = said(renderings("a"), None, MANY, sources=sources, kinds=["priority-claim"])
    p = REAL[credibility]
    assert found.draws.mean() == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / 20_000))


def test_origins_are_independent_and_repetitions_of_one_are_not():
    # Two origins of credibility 4: real but for ¼. Two papers with one agency's text: but for ½.
    apart = [source("a", credibility="4"), source("b", credibility="4")]
    together = [source("a", credibility="4", origin="wire"), source("b", credibility="4", origin="wire")]
    for sources, real in ((apart, 0.75), (together, 0.5)):
        found = said(renderings("a", "b"), None, MANY, sources=sources, kinds=["priority-claim"])
        assert found.draws.mean() == pytest.approx(real, abs=0.015)
        each = moved(found, "renderings", 1.0)
        assert each.mean() == pytest.approx(1.0, abs=0.03), "two renderings, each right half the time"
    assert set(np.unique(each)) == {0.0, 2.0}, "one origin's renderings stand or fall together"


def test_a_remark_that_coders_read_differently_counts_in_part():
    rows = [statement("a", coder="x"), statement("b", coder="y", kind="endorse")]
    assert said(rows, kinds=["endorse"], sources=[source(credibility="1")]).draws.max() == 0.5


def test_without_statements_evidence_is_missing():
    found = said([statement("a", topic="other")], kinds=["endorse"])
    assert found.draws.size == 0
    assert found.missing == ("statements of AAA about t between 2023-01-01 and 2024-01-01",)


@pytest.mark.parametrize(
    ("coverage", "bounds"),
    [(None, {"lower"}), ("convenience", {"lower"}), ("sampled", {"lower"}), ("exhaustive", set())],
)
def test_remarks_that_nobody_noted_leave_a_count_open_above(coverage, bounds):
    assert said(renderings("a"), coverage=coverage, kinds=["priority-claim"]).bounds == bounds


def test_a_count_moves_both_ways_and_never_below_nothing():
    found = said(renderings("a"), kinds=["priority-claim"])
    assert np.array_equal(moved(found, "missed", 2.0), found.draws + 2)
    assert (moved(found, "wrong", 3.0) == 0).all()


def test_remarks_of_one_day_are_one_voice():
    rows = [statement("a"), statement("b", topic="u"), statement("c", "2023-02-01")]
    assert said(rows, kinds=["non-answer"]).effective == pytest.approx(9 / 5)  # (2 + 1)² over 2² + 1²


def test_answers_are_counted_where_they_are_asked_for():
    rows = [answer("m1"), answer("m1", coder="y"), answer("m2", "2023-03-01", kind="endorse")]
    with world(answers=rows, topics=TOPICS) as record:
        found = run(record, "stance.remarks", {**ASK, "kinds": ["non-answer"]}, {"evidence": "answers"}, EXACT)
    assert found.notes[0] == "distinct remarks: 1, in 1 rendering"
    assert [(u.table, u.id) for u in found.used] == [("answers", "m1-x"), ("answers", "m1-y")]
    assert not found.bounds, "every answer is there"
