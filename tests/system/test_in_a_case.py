"""A system in a case: its claims are judged like any other, by levers that the case itself gives."""

from __future__ import annotations

import pytest

from tests.conftest import CLAIMS, CaseFolder
from tests.system.systems import case_files
from tumen.errors import ProblemsError
from tumen.judge.verdict import Verdict
from tumen.run import evaluate

LEANS = """
[[claim]]
id = "leans"
sentence = "leans"
text = "Betaland leans near by the end of 2025."
cites = "page 2"
measure = "system.move_probability"
unit = "share"
holds = { above = 0.5 }
arguments = { actor = "BBB", move = "lean", level = "near", until = 2025-12-31 }
in_time = "forecast"
"""
OWN = '\n[[claim.lever]]\nname = "weight.BBB.gain"\nlabel = "what Betaland gains"\nhigh = 2\n'


def judged(case_folder: CaseFolder, claim: str) -> Verdict:
    folder = case_folder({"claims.toml": CLAIMS + claim, **case_files()})
    return next(v for v in evaluate(folder).verdicts if v.claim.id == "leans")


def test_p_is_the_mean_of_the_probabilities(case_folder: CaseFolder) -> None:
    verdict = judged(case_folder, LEANS)
    (only,) = verdict.specifications
    assert verdict.probability == pytest.approx(float(only.run.draws.mean()))
    assert verdict.missing == ()


def test_tipping_points_are_looked_for_on_the_levers_that_the_case_gives(case_folder: CaseFolder) -> None:
    verdict = judged(case_folder, LEANS)
    levers = {point.lever for point in verdict.tipping_points}
    assert {"weight.AAA.calm", "weight.BBB.gain", "habit.AAA", "precision.BBB", "driver.need"} <= levers
    assert {point.label for point in verdict.tipping_points if point.lever == "driver.need"} == {
        "need (how much it needs help)"
    }


def test_a_claim_may_name_the_levers_that_it_moves(case_folder: CaseFolder) -> None:
    verdict = judged(case_folder, LEANS + OWN)
    assert verdict.estimate is not None
    assert [(one.name, one.label, one.high) for one in verdict.estimate.levers] == [
        ("weight.BBB.gain", "what Betaland gains", 2.0)
    ]


def test_a_lever_of_a_claim_that_the_case_does_not_give_is_named(case_folder: CaseFolder) -> None:
    with pytest.raises(ProblemsError) as refused:
        judged(case_folder, LEANS + OWN.replace("BBB.gain", "BBB.gian"))
    assert [str(p) for p in refused.value.problems if p.slug == "unknown-lever"] == [
        "claims.toml:30: got lever 'weight.BBB.gian'; expected a lever of 'system.move_probability'. "
        "Did you mean 'weight.BBB.gain' or 'weight.AAA.calm'? [unknown-lever]"
    ]


def test_without_a_system_the_claim_says_what_it_lacks(case_folder: CaseFolder) -> None:
    folder = case_folder({"claims.toml": CLAIMS + LEANS, **case_files(None)})
    (verdict,) = [v for v in evaluate(folder).verdicts if v.claim.id == "leans"]
    assert verdict.missing == ("a system in system.toml",)
