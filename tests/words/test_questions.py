"""Questions that name one topic for each that names another, month by month."""

from typing import Any

import numpy as np
import pytest
from scipy import stats

from tests.measure.worlds import EXACT, Given, Row, Setting, moved, run, source, topic, world
from tests.words.telling import questions
from tumen.measure.estimate import SpecificationRun

ASK = {"actor": "AAA", "topics": ["t"], "reference": ["r"], "period": ["2020-01-01", "2022-01-01"]}
TOPICS = [topic(name) for name in ("t", "r", "u", "v")]
TWICE = [*questions("t", *[6, 4] * 6), *questions("r", *[2, 3] * 6)]


def asked(rows: list[Row], options: Given = None, setting: Setting = EXACT, **more: Any) -> SpecificationRun:
    with world(questions=rows, topics=TOPICS, sources=[source(), source("b", reliability="B")]) as record:
        return run(record, "salience.ratio", {**ASK, **more}, {"evidence": "questions", **(options or {})}, setting)


def test_the_ratio_is_of_all_questions_and_its_logarithm_has_students_t():
    over, under = [9, 2, 7, 4, 8, 3, 6, 5, 9, 1, 7, 5], [3, 2, 4, 1, 3, 2, 4, 2, 3, 1, 2, 3]
    found = asked([*questions("t", *over), *questions("r", *under)], None, Setting(20_000, 1))
    assert np.median(found.draws) == pytest.approx(66 / 30, rel=0.01)
    # By hand: two cosines for twelve months, 0.4 × 12^(2/3) = 2.1.
    moves = np.array(over) / 5.5 - np.array(under) / 2.5
    at = np.pi * (np.arange(12) + 0.5) / 12
    error = np.sqrt(sum((np.sqrt(2 / 12) * np.cos(j * at) @ moves) ** 2 for j in (1, 2)) / 2 / 12)
    low = 66 / 30 * np.exp(stats.t(2).ppf(0.1) * error)
    assert np.quantile(found.draws, 0.1) == pytest.approx(low, rel=0.03)
    assert found.notes[0] == "66 questions name t and 30 name r, of 1,200"


def test_missed_questions_move_the_ratio_both_ways():
    found = asked(TWICE)
    assert moved(found, "missed", 30.0) == pytest.approx(found.draws / 2)
    assert moved(found, "missed_counted", 60.0) == pytest.approx(found.draws * 2)


def test_only_months_in_which_both_were_counted_and_that_lie_in_the_period():
    rows = [*questions("t", *[6] * 24), *questions("r", *[2] * 10)]
    assert asked(rows).notes[0] == "60 questions name t and 20 name r, of 1,000"
    later = asked(rows, period=["2020-02-01", "2022-01-01"])
    assert later.notes[0] == "54 questions name t and 18 name r, of 900"
    assert [(u.table, u.kind, u.actors) for u in later.used[:1]] == [("questions", "t", ("AAA",))]


def test_where_a_topic_is_named_is_a_way_to_count():
    more = [{**row, "id": f"{row['id']}a", "named_in": "anywhere", "naming": row["naming"] * 2} for row in TWICE]
    assert asked([*TWICE, *more], {"named_in": "anywhere"}).notes[0] == "120 questions name t and 60 name r, of 1,200"


def test_of_two_counts_of_one_month_that_of_the_better_source_counts():
    worse: list[Row] = [{**row, "id": f"{row['id']}b", "naming": 50, "source": "b"} for row in TWICE]
    assert asked([*worse, *TWICE]).notes == asked(TWICE).notes


def test_other_topics_of_the_same_months_are_its_peers():
    found = asked([*TWICE, *questions("u", *[5] * 12), *questions("v", *[1] * 5)])
    assert found.peers is not None
    assert (found.peers.of, dict(found.peers.values)) == ("other topics that were counted", {"u": 2.0})
    assert asked(TWICE).peers is None


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        (TWICE[:12], "counts of questions to AAA about t, r in at least 8 months from 2020-01-01 to 2022-01-01"),
        (
            [*questions("t", *[1] * 7), *questions("r", *[1] * 7)],
            "counts of questions to AAA about t, r in at least 8 months from 2020-01-01 to 2022-01-01",
        ),
        (
            [*questions("t", *[1] * 8), *questions("r", *[0] * 8)],
            "a question to AAA that names r between 2020-01-01 and 2022-01-01",
        ),
    ],
)
def test_what_is_missing_is_named(rows, missing):
    assert asked(rows).missing == (missing,)


def test_figures_that_are_no_evidence_are_left_out():
    bad = [{**row, "quality": "suspect"} for row in questions("r", *[9] * 12)]
    assert asked([*questions("t", *[6] * 12), *bad]).draws.size == 0


def test_names_and_order_of_rows_decide_nothing():
    renamed: list[Row] = [{**row, "id": f"x{n}", "source": "b"} for n, row in enumerate(reversed(TWICE))]
    assert np.array_equal(asked(renamed).draws, asked(TWICE).draws)
