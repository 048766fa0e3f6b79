"""Verdicts on estimates whose draws are known."""

import datetime as dt
from typing import Any

import numpy as np
import pytest

from tests.judge.estimates import claim, evenly, of, spec, used
from tumen.case.model import Region
from tumen.judge.verdict import Verdict, judge, not_measured, summarise
from tumen.measure.estimate import SpecificationRun
from tumen.record.sources import Source

AS_OF = dt.date(2024, 12, 31)
SOURCES = {"s": Source("s", "P", "T", "", "", "B", "2", "public", "s")}
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
    assert (found.outcome, found.words, found.disagree) == (outcome, words, False)
    assert found.summary.median == pytest.approx(0.5)
    assert found.summary.low == pytest.approx(0.05, abs=1e-3)
    assert found.summary.high == pytest.approx(0.95, abs=1e-3)


def test_specifications_that_disagree_are_told_apart():
    found = verdict(spec(np.ones(1000), "yes", 0.75, **ROWS), spec(np.zeros(1000), "no", 0.25, **ROWS))
    assert found.disagree
    assert found.probability == 0.75
    assert [(s.run.id, s.outcome, s.words) for s in found.specifications] == [
        ("yes", "supported", "almost certain"),
        ("no", "contradicted", "almost no chance"),
    ]


def test_without_draws_it_is_undetermined_and_says_what_is_missing():
    found = verdict(
        spec([], "p", 0.0, missing=("2023: p's figure",)), spec([], "q", 0.0, missing=("2023: q's figure",))
    )
    assert (found.outcome, found.chance, found.probability, found.words) == ("undetermined", None, None, None)
    assert found.missing == ("2023: p's figure", "2023: q's figure")
    assert found.summary == summarise(np.empty(0))
    assert found.tipping_points == ()
    assert found.confidence is not None
    assert found.confidence.level == "low"


def test_where_no_measure_says_what_is_missing_the_claim_may():
    found = verdict(spec([], weight=0.0), missing="counts that nobody has made")
    assert found.missing == ("counts that nobody has made",)


def test_a_specification_that_could_not_run_is_neither_agreement_nor_disagreement():
    found = verdict(spec(np.ones(1000), "yes", 1.0, **ROWS), spec([], "no", 0.0, missing=("a figure",)))
    assert not found.disagree
    assert found.outcome == "supported"
    assert found.missing == ("a figure",)
    assert found.specifications[1].outcome == "undetermined"
    assert found.specifications[1].chance is None
    assert found.specifications[1].words is None


LOWEST: dict[str, Any] = {**ROWS, "bounds": frozenset({"upper"}), "missing": ("2021",)}


def test_partial_evidence_can_contradict_that_all_years_were_above():
    # The lowest of the years known lies below the bound: so does the lowest of all.
    found = verdict(spec(np.zeros(1000), **LOWEST))
    assert (found.outcome, found.probability, found.words) == ("contradicted", 0.0, "almost no chance")
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
    found = verdict(spec(np.ones(1000), "firm", 0.5, **ROWS), spec(np.ones(1000), "part", 0.5, **LOWEST))
    assert found.chance is not None
    assert (found.chance.low, found.chance.share, found.chance.high) == (0.5, 1.0, 1.0)
    assert found.outcome == "undetermined"
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
