"""How many remarks, and what share of them is of some kind."""

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
from tumen.measure.estimate import SpecificationRun
from tumen.measure.units import amount
from tumen.words.stance import REAL, share_draws
from tumen.words.units import COUNTED_STATEMENTS, REMARKS, STANCE

#: The world in which the measure is tried like every other, and what is none of its business.
SCENARIOS = {
    "stance.remarks": Scenario(
        {"actor": "AAA", "topics": ["t"], "kinds": ["endorse"], "period": YEAR},
        {"renderings": 0.5},
        {**WORDS, "sources": [source(), source("s2", credibility="3")]},
        OTHER_WORDS,
    ),
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
    measure: str, rows: list[Row], options: Given = None, setting: Setting = EXACT, sources: Any = None, **more: Any
) -> SpecificationRun:
    given = sources or [source(name) for name in sorted({str(r["source"]) for r in rows} | {"s"})]
    with world(statements=rows, topics=TOPICS, sources=given) as record:
        return run(record, f"stance.{measure}", {**ASK, **more}, options, setting)


def renderings(*sources: str, **more: Any) -> list[Row]:
    return [statement(f"r{n}", source=s, kind="priority-claim", **more) for n, s in enumerate(sources)]


def test_three_renderings_of_one_remark_are_one_remark():
    found = said("remarks", renderings("a", "b", "c"), kinds=["priority-claim"])
    assert found.draws.max() == 1
    assert found.notes == ("distinct remarks: 1, in 3 renderings",)
    each = said("remarks", renderings("a", "b", "c"), {"renderings": 1}, kinds=["priority-claim"])
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
    assert said("remarks", rows, kinds=["non-answer"]).notes[0].startswith(f"distinct remarks: {remarks},")


@pytest.mark.parametrize("credibility", "123456")
def test_a_remark_is_real_by_the_credibility_of_what_reports_it(credibility):
    sources = [source("a", credibility=credibility)]
    found = said("remarks", renderings("a"), None, MANY, sources=sources, kinds=["priority-claim"])
    p = REAL[credibility]
    assert found.draws.mean() == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / 20_000))


def test_origins_are_independent_and_repetitions_of_one_are_not():
    # Two origins of credibility 4: real but for ¼. Two papers with one agency's text: but for ½.
    apart = [source("a", credibility="4"), source("b", credibility="4")]
    together = [source("a", credibility="4", origin="wire"), source("b", credibility="4", origin="wire")]
    for sources, real in ((apart, 0.75), (together, 0.5)):
        found = said("remarks", renderings("a", "b"), None, MANY, sources=sources, kinds=["priority-claim"])
        assert found.draws.mean() == pytest.approx(real, abs=0.015)
        each = moved(found, "renderings", 1.0)
        assert each.mean() == pytest.approx(1.0, abs=0.03), "two renderings, each right half the time"
    assert set(np.unique(each)) == {0.0, 2.0}, "one origin's renderings stand or fall together"


def test_reticence_has_jeffreys_posterior():
    # Nine of eleven remarks take no position: Beta(9½, 2½).
    rows = [statement(f"n{n}", f"2023-02-{n + 1:02}") for n in range(9)]
    rows += [statement(f"e{n}", f"2023-03-{n + 1:02}", kind="endorse") for n in range(2)]
    found = said("reticence", rows, None, MANY)
    expected = stats.beta(9.5, 2.5)
    assert np.mean(found.draws > 0.75) == pytest.approx(expected.sf(0.75), abs=0.015)
    assert found.notes == ("taking no position: 9 of 11 distinct remarks, 9 of 11 renderings",)
    assert np.median(moved(found, "missed", 7.0)) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(("kind", "counted"), [("neutral", 1), ("deny-knowledge", 1), ("joint", 0), ("oppose", 0)])
def test_which_kinds_take_no_position(kind, counted):
    assert said("reticence", [statement("a", kind=kind)]).notes[0].startswith(f"taking no position: {counted} of 1")


def test_a_share_counts_its_kinds_those_added_and_a_stance():
    rows = [
        statement("a", kind="oppose"),
        statement("b", "2023-02-01", kind="joint"),
        statement("c", "2023-03-01", stance=1),
        statement("d", "2023-04-01"),
    ]
    for options, counted in (({}, 1), ({"also": ["joint"]}, 2), ({"also": ["joint"], "stance_from": 1}, 3)):
        note = said("share", rows, options, kinds=["oppose"]).notes[0]
        assert note == f"counted: {counted} of 4 distinct remarks, {counted} of 4 renderings"


def test_a_remark_that_coders_read_differently_counts_in_part():
    rows = [statement("a", coder="x"), statement("b", coder="y", kind="endorse")]
    assert said("reticence", rows).notes[0] == "taking no position: 0.5 of 1 distinct remark, 0.5 of 1 rendering"
    assert said("remarks", rows, kinds=["endorse"], sources=[source(credibility="1")]).draws.max() == 0.5
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


@pytest.mark.parametrize("measure", ["remarks", "share"])
def test_without_statements_evidence_is_missing(measure):
    found = said(measure, [statement("a", topic="other")], kinds=["endorse"])
    assert found.draws.size == 0
    assert found.missing == ("statements of AAA about t between 2023-01-01 and 2024-01-01",)


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
