"""How claims stand at first sight."""

from __future__ import annotations

from typing import cast

import pytest

from tumen.judge.chance import Chance
from tumen.judge.likelihood_words import Outcome
from tumen.judge.verdict import Verdict
from tumen.report.standing import UNMEASURED, by_subject, in_editors_words
from tumen.run import BUNDLED, evaluate


class Judged:
    """A verdict as far as it is looked at here."""

    def __init__(self, outcome: Outcome, low: float | None = None, high: float | None = None) -> None:
        self.outcome = outcome
        self.chance = None if low is None else Chance(low, low, low if high is None else high)


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Judged("undetermined", 0.3), "not settled: 30 per cent likely"),
        (Judged("supported", 0.93, 1.0), "holds: at least 93 per cent likely"),
        (Judged("contradicted", 0.004), "does not hold: under 1 per cent likely"),
        (Judged("depends", 0.1, 0.88), "depends on the count: 10 to 88 per cent likely"),
        (Judged("undetermined"), "not settled"),
        (Judged("not measured yet"), "not measured yet"),
    ],
)
def test_a_verdict_is_said_in_an_editors_words(verdict: Judged, said: str) -> None:
    assert in_editors_words(cast(Verdict, verdict)) == said


def test_every_claim_of_the_bundled_case_stands_once_under_a_subject_and_what_holds_stands_last() -> None:
    evaluation = evaluate(BUNDLED)
    groups = by_subject(evaluation)
    assert sorted(v.claim.id for mine in groups.values() for v in mine) == sorted(
        v.claim.id for v in evaluation.verdicts
    )
    assert next(iter(groups)) == "Trade"
    assert "Others" not in groups
    for mine in groups.values():
        held = [v.outcome == "supported" for v in mine]
        assert held == sorted(held)
    assert all(v.outcome != "not measured yet" for name, mine in groups.items() if name != UNMEASURED for v in mine)
