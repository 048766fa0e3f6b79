"""Verdicts on estimates whose draws are known."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judge.estimates import claim, evenly, of, spec, used
from tests.measure.worlds import many
from tumen.case.model import Region
from tumen.judge.reference_class import ReferenceClass
from tumen.judge.verdict import Verdict, judge, not_measured, summarise
from tumen.measure.estimate import Peers, SpecificationRun, Taken
from tumen.record.sources import Source

AS_OF = dt.date(2024, 12, 31)
#: The record is the act itself, so that nothing holds a probability back.
SOURCES = {"s": Source("s", "P", "T", "", "2024", "A", "1", "public", "s")}
ROWS: dict[str, Any] = {"used": (used(),)}


def verdict(*runs: SpecificationRun, holds: Region | None = None, **more: Any) -> Verdict:
    return judge(claim(holds, **more), of(*runs), SOURCES, AS_OF)


@pytest.mark.parametrize(
    ("bound", "probability", "outcome", "words"),
    [
        (0.1, 0.9, "supported", "very likely"),
        (0.2, 0.8, "supported", "very likely"),
        (0.5, 0.5, "undetermined", "roughly even chance"),
        (0.8, 0.2, "contradicted", "very unlikely"),
        (0.99, 0.01, "contradicted", "almost no chance"),
    ],
)
def test_a_verdict_is_the_share_of_draws_in_the_region(bound, probability, outcome, words):
    found = verdict(spec(evenly(), **ROWS), holds=Region(above=bound))
    assert found.probability == pytest.approx(probability)
    assert (found.outcome, found.words, found.depends_on) == (outcome, words, ())
    assert found.summary.median == pytest.approx(0.5)
    assert found.summary.low == pytest.approx(0.05, abs=1e-3)
    assert found.summary.high == pytest.approx(0.95, abs=1e-3)


def test_specifications_that_disagree_are_told_apart_and_never_averaged():
    found = verdict(spec(np.ones(1000), "yes", **ROWS), spec(np.zeros(1000), "no", **ROWS))
    assert (found.outcome, found.probability, found.words) == ("depends", None, None)
    assert found.depends_on == ("the way to count",)
    assert found.chance is not None
    assert (found.chance.low, found.chance.high) == (0.0, 1.0)
    assert [(s.run.id, s.outcome, s.words) for s in found.specifications] == [
        ("yes", "supported", "almost certain"),
        ("no", "contradicted", "almost no chance"),
    ]
    assert found.summary.median is None, "no estimate stands for both"
    assert [(h.under, h.summary.median) for h in found.headlines] == [
        ("specification yes", 1.0),
        ("specification no", 0.0),
    ]


def crossed(answers: Mapping[tuple[str, str], float]) -> list[SpecificationRun]:
    """Ways to count by two decisions, 'first' and 'second', with draws at a value each."""
    return [
        spec(
            np.full(1000, value) + 0.01 * evenly(),
            f"{one}+{two}",
            path=(Taken("first", "whether first", one, one), Taken("second", "whether second", two, two)),
            **ROWS,
        )
        for (one, two), value in answers.items()
    ]


def test_a_verdict_depends_on_the_decision_that_divides_it_and_on_no_other():
    found = verdict(*crossed({("a", "x"): 0.9, ("a", "y"): 0.9, ("b", "x"): 0.1, ("b", "y"): 0.1}))
    assert found.depends_on == ("whether first",)
    assert [h.under for h in found.headlines] == ["a", "b"]


def test_where_no_decision_alone_divides_it_both_are_named():
    found = verdict(*crossed({("a", "x"): 0.9, ("a", "y"): 0.9, ("b", "x"): 0.9, ("b", "y"): 0.1}))
    assert found.depends_on == ("whether first", "whether second")


def test_ways_that_agree_and_lie_far_apart_have_an_estimate_each_and_one_verdict():
    found = verdict(*crossed({("a", "x"): 0.9, ("a", "y"): 0.9, ("b", "x"): 0.7, ("b", "y"): 0.7}))
    assert (found.outcome, found.probability, found.depends_on) == ("supported", 1.0, ())
    assert [(h.under, round(h.summary.median or 0, 1)) for h in found.headlines] == [("a", 0.9), ("b", 0.7)]


def test_the_headline_is_that_of_the_way_that_says_least():
    sure, open_ = spec(evenly() + 0.45, "sure", **ROWS), spec(evenly() + 0.35, "open", **ROWS)
    found = verdict(sure, open_)
    assert found.outcome == "supported"
    assert found.probability == pytest.approx(0.85)
    assert found.summary.median == pytest.approx(0.85)
    assert verdict(open_, sure).summary == found.summary


def what_it_says(found: Verdict) -> tuple[Any, ...]:
    overall = [p for p in found.tipping_points if p.specification is None]
    return found.outcome, found.chance, found.probability, found.words, found.headlines, overall


def test_a_near_copy_of_a_way_to_count_changes_nothing():
    ways = crossed({("a", "x"): 0.9, ("a", "y"): 0.9, ("b", "x"): 0.1, ("b", "y"): 0.1})
    copies = [replace(run, id=f"{run.id}-again", path=(run.path[0], replace(run.path[1], option="z"))) for run in ways]
    before, after = verdict(*ways), verdict(*ways, *copies)
    assert what_it_says(before) == what_it_says(after)
    assert before.depends_on == after.depends_on


@many
@given(shares=st.lists(st.floats(0, 1), min_size=1, max_size=5), data=st.data())
def test_whatever_the_ways_a_copy_of_one_of_them_changes_no_verdict(shares, data):
    ways = [spec(evenly(100) + share - 0.5, f"way{n}", **ROWS) for n, share in enumerate(shares)]
    copy = replace(data.draw(st.sampled_from(ways)), id="copy")
    assert what_it_says(verdict(*ways))[:5] == what_it_says(verdict(*ways, copy))[:5]


def test_on_one_maker_alone_no_probability_is_shown_beyond_one_in_twenty():
    alone = {"s": replace(SOURCES["s"], reliability="B", credibility="2")}
    found = judge(claim(), of(spec(np.ones(1000), **ROWS)), alone, AS_OF)
    assert found.confidence is not None
    assert (found.confidence.level, found.probability, found.words) == ("low", 0.95, "very likely")
    assert found.outcome == "supported"


def test_posteriors_are_the_probability_themselves():
    # All of them lie above one half: their share there would be 1, and say nothing of how probable the claim is.
    found = verdict(spec(0.6 + 0.2 * evenly(), probabilities=True, **ROWS))
    assert (found.outcome, found.words) == ("undetermined", "likely")
    assert found.probability == pytest.approx(0.7)
    assert {p.lever for p in found.tipping_points} == {"error_scale"}


def test_where_no_record_of_its_kind_could_show_it_a_claim_cannot_be_tested():
    found = verdict(spec([], missing=("room for it to show",), untestable=True))
    assert (found.outcome, found.chance, found.missing) == ("cannot be tested this way", None, ("room for it to show",))
    assert found.specifications[0].outcome == "cannot be tested this way"


def test_comparable_units_that_meet_the_bound_are_counted():
    peers = Peers(of="members", values={"AAA": 0.6, "BBB": 0.4, "CCC": 0.7})
    found = verdict(spec(np.ones(1000), peers=peers, **ROWS))
    assert found.reference == ReferenceClass("members", 2, 3)
    assert found.reference.sentence == "2 of 3 members also meet this bound, so that meeting it says little"
    assert found.confidence is not None
    assert found.confidence.level == "low"


def test_without_draws_it_is_undetermined_and_says_what_is_missing():
    found = verdict(spec([], "p", missing=("2023: p's figure",)), spec([], "q", missing=("2023: q's figure",)))
    assert (found.outcome, found.chance, found.probability, found.words) == ("undetermined", None, None, None)
    assert found.missing == ("2023: p's figure", "2023: q's figure")
    assert found.summary == summarise(np.empty(0))
    assert found.tipping_points == ()
    assert found.confidence is not None
    assert found.confidence.level == "low"


def test_where_no_measure_says_what_is_missing_the_claim_may():
    found = verdict(spec([]), missing="counts that nobody has made")
    assert found.missing == ("counts that nobody has made",)


def test_a_specification_that_could_not_run_is_neither_agreement_nor_disagreement():
    found = verdict(spec(np.ones(1000), "yes", **ROWS), spec([], "no", missing=("a figure",)))
    assert found.depends_on == ()
    assert found.outcome == "supported"
    assert found.missing == ("a figure",)
    assert found.specifications[1].outcome == "undetermined"
    assert found.specifications[1].chance is None
    assert found.specifications[1].words is None


LOWEST: dict[str, Any] = {**ROWS, "bounds": frozenset({"upper"}), "missing": ("2021",)}


def test_partial_evidence_can_contradict_that_all_years_were_above():
    # The lowest of the years known lies below the bound: so does the lowest of all.
    found = verdict(spec(np.zeros(1000), **LOWEST))
    assert (found.outcome, found.probability, found.words) == ("contradicted", 0.05, "very unlikely")
    found = verdict(spec(evenly(), **LOWEST), holds=Region(above=0.9))
    assert (found.outcome, found.probability, found.words) == ("contradicted", None, None)
    assert found.chance is not None
    assert [found.chance.low, found.chance.high] == pytest.approx([0.0, 0.1])


def test_partial_evidence_cannot_support_it():
    found = verdict(spec(np.ones(1000), **LOWEST))
    assert found.outcome == "undetermined"
    assert found.chance is not None
    assert (found.chance.share, found.chance.low, found.chance.high) == (1.0, 0.0, 1.0)
    assert found.missing == ("2021",)


def test_a_lower_bound_beyond_the_region_supports_it():
    found = verdict(spec(np.ones(1000), **ROWS, bounds=frozenset({"lower"})))
    assert found.outcome == "supported"
    assert found.chance is not None
    assert (found.chance.low, found.chance.high) == (1.0, 1.0)


def test_one_bounded_specification_makes_the_whole_a_range():
    found = verdict(spec(np.ones(1000), "firm", **ROWS), spec(np.ones(1000), "part", **LOWEST))
    assert found.chance is not None
    assert (found.chance.low, found.chance.high) == (0.0, 1.0)
    assert found.outcome == "depends"
    assert found.probability is None


def test_a_planned_claim_is_not_measured_yet_rather_than_undetermined():
    found = not_measured(claim(planned=True, missing="the measure"))
    assert (found.outcome, found.probability, found.confidence, found.estimate) == (
        "not measured yet",
        None,
        None,
        None,
    )
    assert found.missing == ("the measure",)
    assert not_measured(claim(planned=True)).missing == ()
