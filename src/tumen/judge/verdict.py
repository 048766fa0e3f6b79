"""Verdicts: how likely a claim is under each way to count it, and what all of them say together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from tumen.case.model import Claim
from tumen.judge.chance import Chance as Chance
from tumen.judge.chance import across, chance_under, nearest_to_even, outcome_of
from tumen.judge.confidence import Confidence, confidence
from tumen.judge.dividing import Groups, divided, questions
from tumen.judge.in_time import Times
from tumen.judge.likelihood_words import LikelihoodWords, Outcome
from tumen.judge.reference_class import ReferenceClass, reference_class
from tumen.judge.tipping import TippingPoint, tipping_points
from tumen.measure.estimate import Draws, Estimate, SpecificationRun
from tumen.measure.series import Point
from tumen.record.sources import Source


@dataclass(frozen=True)
class Summary:
    """Median and central 90 per cent of some draws; None where there are none."""

    median: float | None
    low: float | None
    high: float | None


#: Of no draws.
NOTHING = Summary(None, None, None)


@dataclass(frozen=True)
class Headline:
    """An estimate that some way to count supports.

    Args:
        under: the options taken, in words, where ways to count are far apart; empty where one estimate stands for all.
    """

    under: str
    summary: Summary


@dataclass(frozen=True)
class SpecificationVerdict:
    """A claim under one specification; chance is None where it could not be run."""

    run: SpecificationRun
    outcome: Outcome
    chance: Chance | None
    summary: Summary

    @property
    def words(self) -> LikelihoodWords | None:
        """The ICD 203 words, where there is a probability."""
        return self.chance.words if self.chance else None


@dataclass(frozen=True)
class Verdict:
    """How likely a claim is, how good its evidence is, and what would overturn it.

    Args:
        chance: P(claim) over all ways to count; its share is that of the way that says least. None where nothing could
            be measured.
        missing: what the evidence lacks.
        depends_on: the decisions by which ways to count of different outcomes are told apart, in words.
        headlines: the estimate, or one for each option of what divides the ways to count where they are far apart.
        reference: how many comparable units meet the bound, where the record holds such.
        times: when the claim is about, as it stands on the case's day.
    """

    claim: Claim
    outcome: Outcome
    chance: Chance | None
    missing: tuple[str, ...]
    estimate: Estimate | None
    specifications: tuple[SpecificationVerdict, ...] = ()
    confidence: Confidence | None = None
    depends_on: tuple[str, ...] = ()
    headlines: tuple[Headline, ...] = ()
    reference: ReferenceClass | None = None
    times: Times = field(default=Times())

    @cached_property
    def tipping_points(self) -> tuple[TippingPoint, ...]:
        """Values of levers at which it changes, searched for when they are first asked for."""
        return tipping_points(self.estimate, self.claim.holds) if self.estimate and self.chance else ()

    @property
    def summary(self) -> Summary:
        """The one estimate that stands for all ways to count; nothing where none does."""
        return self.headlines[0].summary if len(self.headlines) == 1 else NOTHING

    @property
    def probability(self) -> float | None:
        """P(claim) under the way to count that says least; None where only a range is known, or ways disagree."""
        pinned = all(s.chance.probability is not None for s in self.specifications if s.chance)
        return self.chance.share if self.chance and pinned and self.outcome != "depends" else None

    @property
    def words(self) -> LikelihoodWords | None:
        """The ICD 203 words, where one of them holds for the whole range."""
        return self.chance.words if self.chance else None

    @property
    def points(self) -> list[Point]:
        """Points of the series of all specifications; of the first alone where specifications share their lines."""
        runs = [s.run for s in self.specifications if s.run.series]
        points = [p for run in runs for p in run.series]
        shared = len({(p.when, p.group) for p in points}) < len(points)
        return [p for run in runs[:1] for p in run.series] if shared else points


def judge(
    claim: Claim, estimate: Estimate, sources: Mapping[str, Source], as_of: dt.date, times: Times | None = None
) -> Verdict:
    """Judge a claim on an estimate.

    A verdict holds under every way to count that could be run, or it depends on the decisions that divide them; nothing
    is averaged. Too little evidence is an undetermined verdict that says what is missing. Where the draws pin the
    estimand from one side only, P(claim) is a range, and the verdict is what all of it says. On evidence of low
    confidence P is not shown beyond 0.05 to 0.95.

    Args:
        times: when the claim is about; nothing is known of it where None.
    """
    times = times or Times()
    reference = reference_class(estimate.ran, claim.holds)
    found = {run.id: chance_under(run, claim.holds) for run in estimate.ran}
    verdict = outcome_of(list(found.values())) if found else _of_nothing(estimate)
    certain = confidence(estimate, sources, as_of, verdict, times.cut, reference)
    if certain.level == "low":
        found = {name: chance.cautious for name, chance in found.items()}
    by_outcome = divided(estimate.ran, lambda runs: len({found[run.id].outcome for run in runs}) == 1)
    judged = Verdict(
        claim,
        verdict,
        across(list(found.values())) if found else None,
        estimate.missing or (() if found or not claim.missing else (claim.missing,)),
        estimate,
        tuple(_under(run, found.get(run.id)) for run in estimate.specifications),
        certain,
        reference=reference,
        times=times,
    )
    return replace(judged, depends_on=questions(by_outcome), headlines=_headlines(estimate.ran, found, by_outcome))


def not_measured(claim: Claim) -> Verdict:
    """The verdict on a claim whose measure does not exist yet, kept apart from undetermined."""
    missing = (claim.missing,) if claim.missing else ()
    return Verdict(claim, "not measured yet", None, missing, None, times=Times(claim.in_time))


def _of_nothing(estimate: Estimate) -> Outcome:
    """The verdict where no way to count could be run."""
    return "cannot be tested this way" if any(s.untestable for s in estimate.specifications) else "undetermined"


def _under(run: SpecificationRun, chance: Chance | None) -> SpecificationVerdict:
    outcome: Outcome = "cannot be tested this way" if run.untestable else "undetermined"
    return SpecificationVerdict(run, chance.outcome if chance else outcome, chance, summarise(run.draws))


def _headlines(
    runs: Sequence[SpecificationRun], chances: Mapping[str, Chance], by_outcome: Groups
) -> tuple[Headline, ...]:
    """The estimate of the way that says least; one for each option of what divides them where ways are far apart."""
    if not runs:
        return ()
    if share_a_value(runs):
        return (Headline("", _of_least(runs, chances)),)
    groups = by_outcome if len(by_outcome) > 1 else divided(runs, share_a_value)
    under = {"; ".join(taken.answer for taken in key): group for key, group in groups.items()}
    return tuple(Headline(options, _of_least(group, chances)) for options, group in under.items())


def share_a_value(runs: Sequence[SpecificationRun]) -> bool:
    """Whether some value lies in the central 90 per cent of every one of some ways to count."""
    ends = [np.quantile(run.draws, [0.05, 0.95]) for run in runs]
    return bool(max(low for low, _ in ends) <= min(high for _, high in ends))


def _of_least(runs: Sequence[SpecificationRun], chances: Mapping[str, Chance]) -> Summary:
    return summarise(runs[nearest_to_even([chances[run.id] for run in runs])].draws)


def summarise(draws: Draws) -> Summary:
    """Median and central 90 per cent.

    Example:
        >>> summarise(np.arange(101.0))
        Summary(median=50.0, low=5.0, high=95.0)
    """
    if not draws.size:
        return NOTHING
    low, middle, high = (float(q) for q in np.quantile(draws, [0.05, 0.5, 0.95]))
    return Summary(middle, low, high)
