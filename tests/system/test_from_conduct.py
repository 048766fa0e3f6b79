"""The measure system.from_conduct: explanations as aims, weighed by what was done alone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.explanations.rivals import rivals
from tests.measure.worlds import EXACT, Scenario, measured, moved, run, world
from tests.system.systems import CHANGING, KNOWN, RUNNABLE, UNRELATED, record_of
from tumen.explanations.declared import FILE as RIVALS
from tumen.measure.estimate import SpecificationRun
from tumen.system.theory import SYSTEM_FILE, Profile, System

NAME = "system.from_conduct"
ASK = {"favours": ["a"], "against": ["b"]}

SCENARIOS = {
    NAME: Scenario(ASK, {}, CHANGING, UNRELATED),
}


def found_on(
    leans: str, priors: Mapping[str, float] | None = None, system: System = RUNNABLE, **options: Any
) -> SpecificationRun:
    """What the measure finds where BBB always leans so, though it needs much."""
    setting = replace(EXACT, parts={SYSTEM_FILE: system, RIVALS: rivals(priors=dict(priors) if priors else None)})
    with world(**record_of(leans)) as record:
        return run(record, NAME, ASK, options, setting)


def test_conduct_speaks_for_the_explanation_that_expects_it():
    assert found_on("near").draws.mean() > 0.85
    assert found_on("away").draws.mean() < 0.15


def test_exactly_known_aims_are_weighed_by_hand():
    # Coders are sure to 0.95, and five periods follow the first: near pays 2 · 1 · 0.8 by one explanation, nothing by
    # the other.
    aims = [Profile(explains=name, weights={"BBB.gain": (weight, weight)}) for name, weight in (("a", 1), ("b", 0))]
    found = found_on("near", system=replace(KNOWN, profiles=tuple(aims)))
    each = [0.95 * chance + 0.05 * (1 - chance) for chance in (1 / (1 + math.exp(-1.6)), 0.5)]
    odds = (each[0] / each[1]) ** 5
    assert found.draws == pytest.approx(odds / (1 + odds))


def test_what_each_explanation_makes_of_the_moves_is_told():
    found = found_on("near")
    assert found.notes[:2] == ("before the moves: 50 per cent", "‘a’ makes the moves 1.00 times as probable")
    assert found.figures["evidence_a"] > found.figures["evidence_b"]
    assert {row.table for row in found.used} == {"moves", "drivers"}


def test_the_prior_counts_as_declared_or_as_even():
    declared, even = (found_on("near", {"a": 1.0, "b": 3.0}, even=way) for way in (False, True))
    assert (declared.baselines["prior"], even.baselines["prior"]) == pytest.approx((0.25, 0.5))
    odds = [found.draws / (1 - found.draws) for found in (declared, even)]
    assert odds[0] * 3 == pytest.approx(odds[1])


def test_p_follows_its_lever_the_prior():
    found = found_on("near")
    assert moved(found, "prior", 0.01).mean() < found.draws.mean() < moved(found, "prior", 0.99).mean()
    odds = [draws / (1 - draws) for draws in (found.draws, moved(found, "prior", 0.25))]
    assert odds[0] / 3 == pytest.approx(odds[1])


def test_explanations_in_another_order_come_out_alike():
    turned = replace(RUNNABLE, profiles=RUNNABLE.profiles[::-1])
    assert found_on("near", system=turned).draws == pytest.approx(found_on("near").draws)


def test_an_explanation_without_aims_is_named():
    found = found_on("near", system=replace(RUNNABLE, profiles=RUNNABLE.profiles[:1]))
    assert found.missing == ("aims of the explanation ‘b’ in system.toml",)
    assert found.draws.size == 0


def test_a_record_without_codings_lacks_them():
    with world() as record:
        missing = measured(record, NAME, ASK).missing
    assert missing == ("a coding of AAA.help", "a coding of BBB.lean")
