"""Words against deeds."""

import datetime as dt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import (
    EXACT,
    OTHER_WORDS,
    WORDS,
    YEAR,
    Given,
    Row,
    Scenario,
    Setting,
    event,
    few,
    moved,
    run,
    source,
    statement,
    topic,
    world,
)
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import amount
from tumen.words.gap import gap_of, month_sums, quarters_of
from tumen.words.units import SIGN

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "stance.gap": Scenario(
        {"actor": "AAA", "target": "BBB", "topics": ["t"], "period": YEAR},
        {"certainty": "medium"},
        {
            **WORDS,
            "sources": [source(), source("s2")],
            "events": [
                event("d1", "2023-02-01", sign=-1),
                event("d2", "2023-06-01"),
                event("d3", "2023-06-02", sign=0),
            ],
        },
        {
            **OTHER_WORDS,
            "events": [event("x", "2023-02-02", "BBB", "AAA"), event("y", "2023-02-02", kind="statement")],
        },
    ),
}

ASK = {"actor": "AAA", "target": "BBB", "topics": ["t"], "period": ["2023-01-01", "2024-01-01"]}


def gap(
    words: list[Row], deeds: list[Row], options: Given = None, setting: Setting = EXACT, **more: Any
) -> SpecificationRun:
    with world(statements=words, events=deeds, topics=[topic("t"), topic("u", "t")], sources=[source()]) as record:
        return run(record, "stance.gap", {**ASK, **more}, options, setting)


def words(*stances: int) -> list[Row]:
    return [statement(f"w{n}", f"2023-{n + 1:02}-01", stance=s) for n, s in enumerate(stances)]


def deeds(*signs: int, **more: Any) -> list[Row]:
    return [event(f"d{n}", f"2023-{n + 1:02}-15", sign=s, **more) for n, s in enumerate(signs)]


def test_the_gap_by_hand():
    # Words 1, 1, ½, ½: mean ¾, squares about it 4 × 1/16. Deeds 1, −1: mean 0, squares 2.
    # Pooled: (¼ + 2) / (6 − 2) = 9/16, so the gap is ¾ / ¾ = 1.
    said = month_sums([(dt.date(2023, 1, 1), v) for v in (1.0, 1.0, 0.5, 0.5)], [(2023, 1)])
    done = month_sums([(dt.date(2023, 1, 1), v) for v in (1.0, -1.0)], [(2023, 1)])
    assert gap_of(said, done, 6) == pytest.approx([1.0])
    assert np.median(gap(words(2, 2, 1, 1) * 1, deeds(1, -1), setting=Setting(8000, 1)).draws) == pytest.approx(
        1, abs=0.2
    )


def test_joint_event_is_nobodys_deed_toward_one_other():
    more = [event("j", "2023-05-01", sign=-1, parties="AAA+BBB+CCC")]
    alone, beside = (gap(words(2, 1, 2, 1), [*deeds(1, -1), *joint]) for joint in ([], more))
    assert [u.id for u in beside.used] == [u.id for u in alone.used]
    assert np.array_equal(alone.draws, beside.draws)


def test_every_deed_says_when_it_was_done_to_whom_and_its_sign():
    found = gap(words(2, 1, 2, 1), deeds(1, -1))
    done = [u for u in found.used if u.table == "events"]
    assert [u.amount for u in done] == [amount(1.0, SIGN), amount(-1.0, SIGN)]
    assert {(u.actors, u.kind, u.text) for u in done} == {(("AAA", "BBB"), "visit", "they met")}
    assert (done[0].start, done[0].end) == (dt.date(2023, 1, 15), dt.date(2023, 1, 15))


def test_notes_say_both_means():
    found = gap(words(2, 2, 1, 1), deeds(1, -1))
    assert found.notes[:2] == ("remarks: 4, mean +0.75", "deeds: 2, mean +0.00")


def test_each_quarter_has_its_mean_and_a_quarter_without_a_word_is_silent():
    found = gap(words(2, 2, 1, 1), deeds(1, -1))  # words in January to April, deeds in January and February
    series = {(p.when, p.group): p.median for p in found.series}
    assert series == {("2023-Q1", "words"): pytest.approx(5 / 6), ("2023-Q2", "words"): 0.5, ("2023-Q1", "deeds"): 0.0}
    assert found.silent == ("2023-Q3", "2023-Q4")


@pytest.mark.parametrize(
    ("first", "last", "quarters"),
    [
        ("2023-02-15", "2023-04-01", ["2023-Q1"]),
        ("2023-03-31", "2023-04-02", ["2023-Q1", "2023-Q2"]),
        ("2022-12-31", "2023-01-02", ["2022-Q4", "2023-Q1"]),
    ],
)
def test_a_period_touches_its_quarters_half_open(first, last, quarters):
    period = (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert quarters_of(period) == quarters


def test_statements_are_no_deeds_nor_is_what_others_do():
    others = [
        event("x", "2023-05-01", kind="statement"),
        event("y", "2023-05-01", "BBB", "AAA"),
        event("z", "2023-05-01", certainty="low"),
    ]
    found = gap(words(2, 1, 0), [*deeds(1, -1), *others], {"certainty": "medium"})
    assert found.notes[1] == "deeds: 2, mean +0.00"
    kept = gap(words(2, 1, 0), [*deeds(1, -1), *others], {"words_only": ["visit"]})
    assert kept.notes[1] == "deeds: 1, mean +1.00"


def test_renderings_of_one_remark_are_one():
    twice = [*words(2, 1, 0), statement("again", "2023-01-01", stance=0)]
    assert gap(twice, deeds(1, -1)).notes[0] == "remarks: 3, mean +0.33"


def test_missing_deeds_move_the_gap():
    found = gap(words(2, 1, 0, 1), deeds(1, -1, 1))
    assert (moved(found, "cold_deeds", 3.0) > found.draws).all()
    assert np.median(moved(found, "warm_deeds", 9.0)) < np.median(found.draws)


@pytest.mark.parametrize(
    ("said", "done", "missing"),
    [
        (words(1, 2), [], "deeds of AAA toward BBB between 2023-01-01 and 2024-01-01"),
        ([statement("o", actor="BBB")], deeds(1, -1, 1), "statements of AAA about t between 2023-01-01 and 2024-01-01"),
        (words(1), deeds(1), "at least four remarks and deeds together, in at least three months"),
        (words(1, 1, 1), deeds(1, 1, 1), "variation: all words alike and all deeds alike have no standard deviation"),
    ],
)
def test_what_is_missing_is_named(said, done, missing):
    found = gap(said, done)
    assert found.draws.size == 0
    assert found.missing == (missing,)


@few
@given(
    stances=st.lists(st.integers(-2, 2), min_size=3, max_size=8),
    signs=st.lists(st.integers(-1, 1), min_size=3, max_size=8),
)
def test_turning_both_scales_turns_the_gap(stances, signs):
    here = gap(words(*stances), deeds(*signs)).draws
    there = gap(words(*(-s for s in stances)), deeds(*(-s for s in signs))).draws
    assert here == pytest.approx(-there)
    assert np.isfinite(here).all()
