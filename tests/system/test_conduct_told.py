"""Where what was done and the scored evidence disagree, a sentence says so; where they hardly differ, that too."""

from __future__ import annotations

import math

from tumen.system.conduct_told import Fitting, conduct_sentences


def fitting(name: str, behind: float, scored: float | None = None, error: float = 0.05) -> Fitting:
    return Fitting(name, name, behind, error, scored)


def test_explanations_within_a_factor_of_three_are_said_to_be_hardly_told_apart() -> None:
    near = [fitting("a", 0.0), fitting("b", -0.5), fitting("c", -1.0)]
    assert "conduct alone hardly tells them apart" in conduct_sentences(near)[0]
    far = [fitting("a", 0.0), fitting("b", -0.5), fitting("c", -4.0)]
    assert "54.6 times as probable. 2 of the 3 lie within a factor of 1.6" in conduct_sentences(far)[0]
    alone = [fitting("a", 0.0), fitting("b", -2.0)]
    assert "No other comes within a factor of 3 of the best." in conduct_sentences(alone)[0]


def test_an_order_that_is_reversed_by_more_than_the_error_is_a_disagreement() -> None:
    reversed_ = [fitting("a", 0.0, 0.2), fitting("b", -0.5, 0.8)]
    said = conduct_sentences(reversed_)[1]
    assert "puts ‘b’ first (80 per cent by the scores), but the aims of ‘a’ (1.6 times; 20 per cent" in said
    assert "disagree. None of this is more than a factor of 3" in said
    surely = [fitting("a", 0.0, 0.001), fitting("b", -2.5, 0.8)]
    assert "under 1 per cent" in conduct_sentences(surely)[1]
    assert "factor of 3" not in conduct_sentences(surely)[1]


def test_an_order_that_is_reversed_by_less_than_the_error_is_none() -> None:
    close = [fitting("a", 0.0, 0.2, error=0.3), fitting("b", -0.5, 0.8, error=0.3)]
    assert "nothing else fits what was done better by more than the error" in conduct_sentences(close)[1]


def test_without_scored_evidence_only_conduct_is_told() -> None:
    assert len(conduct_sentences([fitting("a", 0.0), fitting("b", -0.5)])) == 1
    assert conduct_sentences([fitting("a", 0.0)]) == []
    assert conduct_sentences([]) == []


def test_evidence_is_shown_as_a_share_of_the_best() -> None:
    assert math.isclose(fitting("a", math.log(0.25)).relative, 0.25)
    assert "times as probable" in conduct_sentences([fitting("a", 0.0), fitting("b", -900.0)])[0]
