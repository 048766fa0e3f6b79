"""Words against deeds."""

import datetime as dt
import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

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
    many,
    moved,
    run,
    source,
    statement,
    topic,
    world,
)
from tests.words.telling import covering
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import amount
from tumen.words.gap import GapErrors, GapSide, episodes, errors_of, gap_draws, quarters_of
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
                event("d4", "2023-09-02"),
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
    words: list[Row],
    deeds: list[Row],
    options: Given = None,
    setting: Setting = EXACT,
    coverage: Any = None,
    **more: Any,
) -> SpecificationRun:
    with world(statements=words, events=deeds, topics=[topic("t"), topic("u", "t")], sources=[source()]) as record:
        return run(covering(record, coverage), "stance.gap", {**ASK, **more}, options, setting)


def words(*stances: int) -> list[Row]:
    return [statement(f"w{n}", f"2023-{n + 1:02}-01", stance=s) for n, s in enumerate(stances)]


def deeds(*signs: int, **more: Any) -> list[Row]:
    return [event(f"d{n}", f"2023-{n + 1:02}-15", sign=s, **more) for n, s in enumerate(signs)]


def test_the_gap_by_hand():
    # Words 1, 1, ½, ½: mean ¾, variance (4 × 1/16) / 3. Deeds 1, −1, 1, −1: mean 0, variance 4/3. Both have four
    # independent ones, so the pooled variance is their mean.
    pooled = (1 / 12 + 4 / 3) / 2
    said = GapSide((1.0, 1.0, 0.5, 0.5), 4.0, 0.5).more(0.0, 0.0)
    done = GapSide((1.0, -1.0, 1.0, -1.0), 4.0, 1.0).more(0.0, 0.0)
    sure = GapErrors(np.ones(1), np.zeros(1), np.zeros(1))
    assert gap_draws(said, done, (sure, sure)) == pytest.approx(0.75 / np.sqrt(pooled))
    found = gap(words(2, 2, 1, 1), deeds(1, -1, 1, -1), setting=Setting(8000, 1))
    assert np.median(found.draws) == pytest.approx(0.75 / np.sqrt(pooled), abs=0.2)


def test_the_difference_is_that_of_behrens_and_fisher():
    # Each mean has Student's t about it, by its own variance: against draws of SciPy's.
    side = GapSide((1.0, 0.0, 0.5, -0.5, 1.0), 5.0, 0.5)
    number, mean, variance = side.more(0.0, 0.0)
    drawn = errors_of(side, np.zeros(40_000), np.random.default_rng(1))
    ours = mean + np.sqrt(variance * drawn.spread / number) * drawn.error
    theirs = stats.t(4, loc=mean, scale=np.sqrt(variance / number))
    assert stats.kstest(ours, theirs.cdf).pvalue > 1e-3


def test_of_three_remarks_and_four_deeds_noise_supports_neither_reading():
    # Both as warm as cold: the true gap is nothing. A reading is supported where four of five draws lie beyond half a
    # standard deviation; the bootstrap over months that stood here before supported one in a quarter of such worlds.
    rng, worlds, supported = np.random.default_rng(7), 400, np.zeros(2)
    for _ in range(worlds):
        sides = (
            GapSide(tuple(rng.choice([-1.0, -0.5, 0.0, 0.5, 1.0], 3)), 3.0, 0.5),
            GapSide(tuple(rng.choice([-1.0, 0.0, 1.0], 4)), 4.0, 1.0),
        )
        by = (errors_of(sides[0], np.zeros(400), rng), errors_of(sides[1], np.zeros(400), rng))
        drawn = gap_draws(sides[0].more(0, 0), sides[1].more(0, 0), by)
        supported += (np.mean(drawn > 0.5) >= 0.8, np.mean(drawn < -0.5) >= 0.8)
    assert (supported / worlds <= 0.06).all(), supported


def test_a_gap_that_is_there_is_seen_once_there_are_enough():
    found = gap(words(2, 2, 1, 2, 1, 2, 2, 2), deeds(*[-1] * 8), coverage="exhaustive")
    assert np.mean(found.draws > 0.5) > 0.95


def test_words_of_one_day_and_deeds_of_one_episode_are_one():
    said = [*words(2, 1, 0, 1), statement("again", "2023-01-01", "u", stance=2)]
    done = [*deeds(1, -1, 1), event("soon", "2023-01-20", sign=-1)]
    found = gap(said, done)
    assert found.effective == pytest.approx(16 / 6)  # deeds of two, one and one
    assert found.notes[:2] == (
        "remarks: 5, mean +0.60, as 3.57 independent ones",
        "deeds: 4, mean +0.00, as 2.67 independent ones",
    )


def test_a_record_that_somebody_chose_may_note_the_warm_likelier_than_the_cold():
    whole, chosen = (
        gap(words(2, 1, -1, 0, 1, -2), deeds(1, -1, 0, 1), setting=Setting(8000, 1), coverage=how)
        for how in ("exhaustive", "convenience")
    )
    assert chosen.draws.std() > 1.02 * whole.draws.std()


def test_joint_event_is_nobodys_deed_toward_one_other():
    more = [event("j", "2023-05-01", sign=-1, parties="AAA+BBB+CCC")]
    alone, beside = (gap(words(2, 1, 2, 1), [*deeds(1, -1, 1), *joint]) for joint in ([], more))
    assert [u.id for u in beside.used] == [u.id for u in alone.used]
    assert np.array_equal(alone.draws, beside.draws)


def test_every_deed_says_when_it_was_done_to_whom_and_its_sign():
    found = gap(words(2, 1, 2, 1), deeds(1, -1, 1))
    done = [u for u in found.used if u.table == "events"]
    assert [u.amount for u in done] == [amount(1.0, SIGN), amount(-1.0, SIGN), amount(1.0, SIGN)]
    assert {(u.actors, u.kind, u.text) for u in done} == {(("AAA", "BBB"), "visit", "they met")}
    assert (done[0].start, done[0].end) == (dt.date(2023, 1, 15), dt.date(2023, 1, 15))


def test_each_quarter_has_its_mean_and_a_quarter_without_a_word_is_silent():
    found = gap(words(2, 2, 1, 1), deeds(1, -1, 0))  # words in January to April, deeds in January to March
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
    found = gap(words(2, 1, 0), [*deeds(1, -1, 1), *others], {"certainty": "medium"})
    assert found.notes[1].startswith("deeds: 3, mean +0.33")
    kept = gap(words(2, 1, 0), [*deeds(1, -1, 1), *others], {"words_only": ["visit"]})
    assert kept.missing == ("remarks of at least 3 days and deeds of at least 3 episodes",)


def test_renderings_of_one_remark_are_one():
    twice = [*words(2, 1, 0), statement("again", "2023-01-01", stance=0)]
    assert gap(twice, deeds(1, -1, 0)).notes[0].startswith("remarks: 3, mean +0.33")


def test_what_is_missing_moves_the_gap_both_ways_on_either_side():
    found = gap(words(2, 1, 0, 1), deeds(1, -1, 1))
    middle = np.median(found.draws)
    for lever, more, up in (
        ("cold_deeds", 3.0, True),
        ("warm_deeds", 9.0, False),
        ("warm_words", 9.0, True),
        ("cold_words", 9.0, False),
    ):
        assert (np.median(moved(found, lever, more)) > middle) == up


@pytest.mark.parametrize(
    ("said", "done", "missing"),
    [
        (words(1, 2, 1), [], "deeds of AAA toward BBB between 2023-01-01 and 2024-01-01"),
        ([statement("o", actor="BBB")], deeds(1, -1, 1), "statements of AAA about t between 2023-01-01 and 2024-01-01"),
        (words(1, 1), deeds(1, 1, 0), "remarks of at least 3 days and deeds of at least 3 episodes"),
        (words(1, 1, 1), deeds(1, 0), "remarks of at least 3 days and deeds of at least 3 episodes"),
    ],
)
def test_what_is_missing_is_named(said, done, missing):
    found = gap(said, done)
    assert found.draws.size == 0
    assert found.missing == (missing,)


def test_words_all_alike_and_deeds_all_alike_are_not_without_error():
    assert GapSide((1.0, 1.0, 1.0), 3.0, 1.0).more(0.0, 0.0)[2] == pytest.approx(1 / 12)
    found = gap(words(2, 2, 2), deeds(1, 1, 1))
    assert np.std(found.draws) > 0.3, "what is coded as one spreads over a step of the scale"


@many
@given(st.lists(st.integers(0, 400), min_size=1, max_size=9))
def test_every_deed_is_of_one_episode(days):
    first = dt.date(2023, 1, 1)
    sizes = episodes([first + dt.timedelta(n) for n in sorted(days)])
    assert sum(sizes) == len(days)
    assert len(sizes) == 1 + sum(b - a > 10 for a, b in itertools.pairwise(sorted(days)))


@few
@given(
    stances=st.lists(st.integers(-2, 2), min_size=3, max_size=8),
    signs=st.lists(st.integers(-1, 1), min_size=3, max_size=8),
)
def test_turning_both_scales_turns_the_gap(stances, signs):
    here = gap(words(*stances), deeds(*signs)).draws
    there = gap(words(*(-s for s in stances)), deeds(*(-s for s in signs))).draws
    assert np.median(here) == pytest.approx(-np.median(there), abs=0.35)
    assert np.isfinite(here).all()
