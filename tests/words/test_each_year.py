"""Whether an actor keeps saying something."""

from typing import Any

import numpy as np
import pytest

from tests.measure.worlds import (
    EXACT,
    OTHER_WORDS,
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

ASK = {
    "actor": "AAA",
    "topics": ["t"],
    "kinds": ["oppose"],
    "opposite": ["endorse"],
    "period": ["2020-01-01", "2023-05-01"],
}
TOPICS = [topic("t"), topic("v"), topic("w")]

SCENARIOS = {
    "stance.each_year": Scenario(
        ASK,
        {"also": ["joint"]},
        {
            "topics": TOPICS,
            "statements": [statement("a", "2020-03-01", kind="oppose"), statement("b", "2021-03-01", kind="joint")],
            "answers": [answer("m", "2022-03-01", kind="oppose")],
            "sources": [source()],
        },
        OTHER_WORDS,
    ),
}

BOTH = Setting(20_000, 1)


def kept(*rows: Row, options: Given = None, coverage: Any = None, answers: Any = (), **more: Any) -> SpecificationRun:
    setting, sources = more.pop("setting", EXACT), more.pop("sources", [source(credibility="1")])
    with world(statements=rows, answers=answers, topics=TOPICS, sources=sources) as record:
        return run(covering(record, coverage), "stance.each_year", {**ASK, **more}, options, setting)


def oppose(year: int, **more: Any) -> Row:
    return statement(f"o{year}{more.get('kind', '')}", f"{year}-03-01", **{"kind": "oppose", **more})


def test_a_year_without_a_remark_leaves_the_share_open_above():
    found = kept(oppose(2020), oppose(2022))
    assert found.draws.max() == pytest.approx(2 / 3), "2023 is not whole"
    assert found.bounds == {"lower"}
    assert found.effective == 2
    assert found.missing == ("2021: a remark of AAA about t of the kinds counted",)
    assert found.notes[:2] == ("years with such a remark: 2020, 2022", "years with the opposite: none")


def test_every_year_seen_lacks_nothing_and_a_doubtful_source_loses_no_year():
    found = kept(oppose(2020), oppose(2021), oppose(2022), sources=[source(credibility="5")])
    assert found.draws.max() == 1.0
    assert not found.missing
    assert found.bounds == {"lower"}, "whoever is not believed leaves the year unknown"


def test_a_year_with_the_opposite_is_lost_whatever_else_was_said():
    rows = [oppose(2020), oppose(2021), oppose(2021, kind="endorse")]
    found = kept(*rows)
    assert found.draws.min() == pytest.approx(2 / 3), "at most 2020 and 2022"
    assert found.bounds == {"upper"}
    assert kept(*rows, oppose(2022)).draws == pytest.approx(found.draws)


def test_a_table_that_holds_all_says_that_nothing_was_said():
    found = kept(oppose(2020), oppose(2022), coverage="exhaustive")
    assert not found.bounds
    assert not found.missing


@pytest.mark.parametrize("credibility", "1345")
def test_a_remark_is_real_by_the_credibility_of_what_reports_it(credibility):
    sources = [source("a", credibility=credibility), source("b", credibility=credibility)]
    rows = [oppose(2020, source="a"), statement("x", "2020-05-01", kind="oppose", source="b")]
    found = kept(*rows, sources=sources, setting=BOTH, period=["2020-01-01", "2021-01-01"])
    assert found.draws.mean() == pytest.approx(1 - (1 - REAL[credibility]) ** 2, abs=0.015)


def test_answers_and_statements_are_read_together_each_with_its_own_sense_of_stance():
    answers = [answer("m", "2021-03-01", stance=-1), answer("n", "2022-03-01", stance=1)]
    statements = [oppose(2020, kind="neutral", stance=1), oppose(2022, kind="neutral", stance=-1)]
    options = {"stance_from": 1, "answers_until": -1}
    found = kept(*statements, answers=answers, options=options)
    assert found.notes[0] == "years with such a remark: 2020, 2021"
    alone = kept(*statements, answers=answers, options={**options, "evidence": ["answers"]})
    assert alone.notes[0] == "years with such a remark: 2021"


def test_years_that_were_missed_move_the_share_both_ways():
    found = kept(oppose(2020))
    assert np.allclose(moved(found, "missed", 1.0), found.draws + 1 / 3)
    assert (moved(found, "missed", 9.0) == 1).all()
    assert (moved(found, "turned", 3.0) == 0).all()


def test_without_any_remark_evidence_is_missing():
    lacks = tuple(f"{table} of AAA about t between 2020-01-01 and 2023-05-01" for table in ("statements", "answers"))
    assert kept(oppose(2020, topic="v")).missing == lacks
    assert kept(oppose(2020), period=["2020-02-01", "2021-01-01"]).missing == (
        "a calendar year that lies wholly in the period",
    )
