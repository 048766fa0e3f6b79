"""What share of remarks is of some kind."""

import datetime as dt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.measure.worlds import (
    EXACT,
    MEASURES,
    OTHER_WORDS,
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
from tests.words.telling import answer, covering
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import amount
from tumen.words.shares import share_draws
from tumen.words.units import COUNTED_STATEMENTS, REMARKS, STANCE

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "stance.reticence": Scenario(
        {"actor": "AAA", "topics": ["t"], "period": YEAR},
        {"renderings": 0.5},
        {**WORDS, "sources": [source(), source("s2")]},
        OTHER_WORDS,
    ),
    "stance.share": Scenario(
        {"actor": "AAA", "topics": ["t"], "kinds": ["oppose"], "period": YEAR},
        {"also": ["joint"], "stance_from": 1},
        {**WORDS, "sources": [source(), source("s2")]},
        OTHER_WORDS,
    ),
}

ASK = {"actor": "AAA", "topics": ["t"], "period": ["2023-01-01", "2024-01-01"]}
TOPICS = [topic("t"), topic("u", "t"), topic("deep", "u"), topic("other")]
MANY = Setting(20_000, 1)


def said(
    measure: str,
    rows: list[Row],
    options: Given = None,
    setting: Setting = EXACT,
    sources: Any = None,
    coverage: Any = "exhaustive",
    **more: Any,
) -> SpecificationRun:
    given = sources or [source(name) for name in sorted({str(r["source"]) for r in rows} | {"s"})]
    with world(statements=rows, topics=TOPICS, sources=given) as record:
        return run(covering(record, coverage), f"stance.{measure}", {**ASK, **more}, options, setting)


def test_reticence_has_jeffreys_posterior():
    # Nine of eleven remarks take no position: Beta(9½, 2½).
    rows = [statement(f"n{n}", f"2023-02-{n + 1:02}") for n in range(9)]
    rows += [statement(f"e{n}", f"2023-03-{n + 1:02}", kind="endorse") for n in range(2)]
    found = said("reticence", rows, None, MANY)
    expected = stats.beta(9.5, 2.5)
    assert np.mean(found.draws > 0.75) == pytest.approx(expected.sf(0.75), abs=0.015)
    assert found.notes == ("taking no position: 9 of 11 distinct remarks, 9 of 11 renderings, as 11 independent ones",)
    assert np.median(moved(found, "missed", 7.0)) == pytest.approx(0.5, abs=0.01)
    assert np.median(moved(found, "missed_counted", 89.0)) == pytest.approx(stats.beta(98.5, 2.5).median(), abs=0.01)


@pytest.mark.parametrize(("kind", "counted"), [("neutral", 1), ("deny-knowledge", 1), ("joint", 0), ("oppose", 0)])
def test_which_kinds_take_no_position(kind, counted):
    assert said("reticence", [statement("a", kind=kind)]).notes[0].startswith(f"taking no position: {counted} of 1")


def test_a_share_counts_its_kinds_those_added_and_a_stance():
    rows = [
        statement("a", kind="oppose"),
        statement("b", "2023-02-01", kind="joint"),
        statement("c", "2023-03-01", stance=1),
        statement("d", "2023-04-01", stance=-1),
    ]
    for options, counted in (
        ({}, 1),
        ({"also": ["joint"]}, 2),
        ({"also": ["joint"], "stance_from": 1}, 3),
        ({"stance_until": -1}, 2),
    ):
        note = said("share", rows, options, kinds=["oppose"]).notes[0]
        assert note == f"counted: {counted} of 4 distinct remarks, {counted} of 4 renderings, as 4 independent ones"


def test_a_remark_that_coders_read_differently_counts_in_part():
    rows = [statement("a", coder="x"), statement("b", coder="y", kind="endorse")]
    assert (
        said("reticence", rows).notes[0]
        == "taking no position: 0.5 of 1 distinct remark, 0.5 of 1 rendering, as 1 independent ones"
    )
    assert said("reticence", rows, {"coder": "y"}).notes[0].startswith("taking no position: 0 of 1")


def test_coders_who_swapped_the_ends_are_named():
    rows = [
        statement(f"{coder}{n}", f"2023-01-{n + 1:02}", coder=coder, stance=sign * stance)
        for n, stance in enumerate((-2, -1, 0, 1, 2, 2, -2))
        for coder, sign in (("x", 1), ("y", -1))
    ]
    agreement, warning = said("reticence", rows).notes[1:]
    assert agreement.startswith("2 coders of 7 statements: Krippendorff's alpha -0.")
    assert warning.startswith("warning: coders 'x' and 'y' at opposite ends of the scale: alpha -0.")
    assert warning.endswith("and 1.00 with one of them reversed, over 7 statements")


def test_a_topic_that_is_not_in_the_tree_is_named():
    found = said("reticence", [statement("a")], topics=["othr"])
    assert found.missing == ("topic 'othr' in the table topics: Did you mean 'other'?",)


def test_very_many_rows_are_listed_by_source():
    rows = [statement(f"n{n}", remark=f"m{n}") for n in range(1001)]
    (used,) = said("reticence", rows).used
    assert (used.id, used.rows, used.amount) == ("all in s", 1001, amount(1001.0, COUNTED_STATEMENTS))
    assert (used.start, used.end, used.actors) == (dt.date(2023, 1, 5), dt.date(2023, 1, 5), ("AAA",))


def test_every_statement_says_who_spoke_when_of_what_how_warmly_and_in_which_words():
    used, silent = said("reticence", [statement("a", stance=-2), statement("b", "2023-02-01", phrase="")]).used
    assert (used.table, used.id, used.publisher, used.rows) == ("statements", "a", "P", 1)
    assert (used.start, used.end) == (dt.date(2023, 1, 5), dt.date(2023, 1, 5))
    assert (used.actors, used.kind, used.amount) == (("AAA",), "non-answer", amount(-2.0, STANCE))
    assert (used.text, silent.text) == ("spokesperson on t: “no comment”", "spokesperson on t")


def test_neither_speaker_nor_words_of_a_protected_source_are_told():
    hidden = [source("a", access="restricted")]
    (used,) = said("reticence", [statement("a", source="a")], sources=hidden).used
    assert used.text == "a protected source on t"


@pytest.mark.parametrize("measure", ["reticence", "share"])
def test_the_series_of_a_share_counts_remarks(measure):
    rows = [statement("a"), statement("b", "2023-05-01", kind="endorse")]
    more: dict[str, Any] = {"kinds": ["endorse"]} if measure == "share" else {}
    assert said(measure, rows, **more).series[-1].median == 1.0
    assert MEASURES[f"stance.{measure}"].series_unit == REMARKS


@few
@given(days=st.lists(st.integers(1, 28), min_size=1, max_size=12), copies=st.integers(1, 3))
def test_repeating_a_remark_elsewhere_changes_no_share_of_distinct_remarks(days, copies):
    rows = [statement(f"{n}", f"2023-01-{d:02}", kind="endorse" if d % 2 else "neutral") for n, d in enumerate(days)]
    again: list[Row] = [{**row, "id": f"{row['id']}-{c}", "source": f"copy{c}"} for row in rows for c in range(copies)]
    assert np.array_equal(said("reticence", rows).draws, said("reticence", rows + again).draws)


@pytest.mark.parametrize(
    ("counted", "all_"), [(0, 0), (0, 0.3), (1, 1), (2.5, 7.25), (60, 60), (300, 1000), (1, 100_000)]
)
def test_a_share_has_the_quantiles_of_its_beta_posterior(counted, all_):
    uniforms = np.linspace(1e-5, 1 - 1e-5, 5001)
    theirs = stats.beta(counted + 0.5, all_ - counted + 0.5)
    assert share_draws(counted, all_, uniforms) == pytest.approx(theirs.ppf(uniforms), abs=1e-4 * theirs.std())


def test_more_remarks_of_a_kind_raise_a_share():
    uniforms = np.linspace(0.01, 0.99, 9)
    assert (share_draws(3, 8, uniforms) > share_draws(2, 8, uniforms)).all()


def test_remarks_of_one_briefing_are_one_voice():
    # Two briefings of three remarks each, all of one kind: as wide as two independent remarks, Beta(2½, ½).
    rows = [statement(f"{d}{n}", f"2023-02-{d:02}", remark=f"{d}{n}") for d in (1, 2) for n in range(3)]
    found = said("reticence", rows, None, MANY)
    assert found.effective == 2
    assert np.mean(found.draws > 0.75) == pytest.approx(stats.beta(2.5, 0.5).sf(0.75), abs=0.015)
    assert found.notes == ("taking no position: 6 of 6 distinct remarks, 6 of 6 renderings, as 2 independent ones",)


@pytest.mark.parametrize(
    ("coverage", "bounds"), [("convenience", {"lower"}), ("sampled", set()), ("exhaustive", set())]
)
def test_only_a_record_that_somebody_chose_leaves_a_share_open_above(coverage, bounds):
    found = said("reticence", [statement("a"), statement("b", "2023-05-01", kind="joint")], coverage=coverage)
    assert found.bounds == bounds
    assert ("noted" in found.baselines) == (coverage == "convenience")


def test_how_likely_a_kind_was_to_be_noted_is_drawn_where_somebody_chose():
    rows = [statement(f"n{n}", f"2023-02-{n + 1:02}") for n in range(20)]
    rows += [statement(f"e{n}", f"2023-03-{n + 1:02}", kind="endorse") for n in range(20)]
    whole, chosen = (said("reticence", rows, None, MANY, coverage=how) for how in ("exhaustive", "convenience"))
    odds = [np.log(d / (1 - d)) for d in (whole.draws, chosen.draws)]
    assert odds[1].std() == pytest.approx(np.hypot(odds[0].std(), np.log(2)), rel=0.03)
    assert np.median(chosen.draws) == pytest.approx(0.5, abs=0.01)
    # Kinds counted three times as likely to be noted: one to one in the record is one to three in truth.
    assert np.median(moved(chosen, "noted", 3.0)) == pytest.approx(0.25, abs=0.01)


def test_a_share_of_each_year_is_that_of_its_lowest():
    rows = [
        *(statement(f"a{n}", f"2021-0{n + 1}-01", kind="oppose") for n in range(3)),
        *(statement(f"b{n}", f"2022-0{n + 1}-01", kind="oppose" if n else "neutral") for n in range(3)),
        statement("c", "2023-01-01", kind="neutral"),
    ]
    more: dict[str, Any] = {"kinds": ["oppose"], "period": ["2021-01-01", "2023-06-01"], "each_year": True}
    found = said("share", rows, None, MANY, **more)
    assert [note[:18] for note in found.notes] == ["2021, counted: 3 o", "2022, counted: 2 o"]
    first, second = (np.random.default_rng(n).beta(*ab, 20_000) for n, ab in enumerate(((3.5, 0.5), (2.5, 1.5))))
    assert np.mean(found.draws > 0.5) == pytest.approx(np.mean(np.minimum(first, second) > 0.5), abs=0.015)
    assert found.effective == 3


def test_a_year_without_a_remark_leaves_the_lowest_share_open_below():
    more: dict[str, Any] = {"kinds": ["oppose"], "period": ["2021-01-01", "2023-01-01"], "each_year": True}
    found = said("share", [statement("a", "2021-05-01", kind="oppose")], **more)
    assert found.missing == ("2022: statements of AAA",)
    assert found.bounds == {"upper"}
    none = said("share", [statement("a", "2021-05-01")], **{**more, "period": ["2021-02-01", "2022-01-01"]})
    assert none.missing == ("a calendar year with statements of AAA that lies wholly in the period",)


def test_coders_of_answers_are_ways_to_count_and_their_agreement_is_told_under_each():
    rows = [
        answer(f"m{n}", f"2023-02-{n + 1:02}", c, kind="oppose" if n else "neutral") for n in range(3) for c in "xy"
    ]
    with world(answers=[*rows, answer("m9", "2023-05-01", "y")], topics=TOPICS) as record:
        both, one = (
            run(record, "stance.reticence", ASK, {"evidence": "answers", "coder": coder}, EXACT) for coder in ("", "x")
        )
    agree = "2 coders of 3 answers: Krippendorff's alpha 1.00 on kind"
    assert both.notes == (
        "taking no position: 2 of 4 distinct remarks, 2 of 4 renderings, as 4 independent ones",
        agree,
    )
    assert one.notes == ("taking no position: 1 of 3 distinct remarks, 1 of 3 renderings, as 3 independent ones", agree)
    assert not both.bounds
