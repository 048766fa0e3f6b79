"""Verdicts: how likely a claim is on an estimate, overall and under each specification."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from tumen.case.model import Claim, Region
from tumen.judge.chance import Chance as Chance
from tumen.judge.chance import chance_in, share_in, weighed
from tumen.judge.confidence import Confidence, confidence
from tumen.judge.in_time import Times
from tumen.judge.likelihood_words import LikelihoodWords, Outcome
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
        chance: P(claim), or its range; None where nothing could be measured.
        missing: what the evidence lacks.
        disagree: whether specifications that could be run reach different outcomes.
        times: when the claim is about, as it stands on the case's day.
    """

    claim: Claim
    outcome: Outcome
    chance: Chance | None
    missing: tuple[str, ...]
    disagree: bool
    summary: Summary
    estimate: Estimate | None
    specifications: tuple[SpecificationVerdict, ...]
    confidence: Confidence | None
    times: Times = field(default=Times())

    @cached_property
    def tipping_points(self) -> tuple[TippingPoint, ...]:
        """Values of levers at which it changes, searched for when they are first asked for."""
        return tipping_points(self.estimate, self.claim.holds) if self.estimate and self.chance else ()

    @property
    def probability(self) -> float | None:
        """P(claim), where the evidence gives one."""
        return self.chance.probability if self.chance else None

    @property
    def words(self) -> LikelihoodWords | None:
        """The ICD 203 words, where there is a probability."""
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

    Too little evidence is an undetermined verdict that says what is missing. Where the draws pin
    the estimand from one side only, P(claim) is a range, and the verdict is what all of it says.

    Args:
        times: when the claim is about; nothing is known of it where None.
    """
    times = times or Times()
    each = tuple(_under(run, claim.holds) for run in estimate.specifications)
    ran = [s for s in each if s.chance]
    outcomes = [s.outcome for s in ran]
    certain = confidence(estimate, sources, as_of, outcomes, times.cut)
    summary = summarise(estimate.draws)
    missing = estimate.missing
    if not ran:
        missing = missing or ((claim.missing,) if claim.missing else ())
        return Verdict(claim, "undetermined", None, missing, False, summary, estimate, each, certain, times)
    share = share_in(estimate.draws, claim.holds)
    chance = weighed(share, [(s.run.weight, s.chance) for s in ran if s.chance])
    return Verdict(
        claim,
        chance.outcome,
        chance,
        missing,
        len(set(outcomes)) > 1,
        summary,
        estimate,
        each,
        certain,
        times,
    )


def not_measured(claim: Claim) -> Verdict:
    """The verdict on a claim whose measure does not exist yet, kept apart from undetermined."""
    missing = (claim.missing,) if claim.missing else ()
    nothing = Summary(None, None, None)
    times = Times(claim.in_time)
    return Verdict(claim, "not measured yet", None, missing, False, nothing, None, (), None, times)


def _under(run: SpecificationRun, region: Region) -> SpecificationVerdict:
    if not run.draws.size:
        return SpecificationVerdict(run, "undetermined", None, summarise(run.draws))
    chance = chance_in(run.draws, run.bounds, region)
    return SpecificationVerdict(run, chance.outcome, chance, summarise(run.draws))


def summarise(draws: Draws) -> Summary:
    """Median and central 90 per cent.

    Example:
        >>> summarise(np.arange(101.0))
        Summary(median=50.0, low=5.0, high=95.0)
    """
    if not draws.size:
        return Summary(None, None, None)
    low, middle, high = (float(q) for q in np.quantile(draws, [0.05, 0.5, 0.95]))
    return Summary(middle, low, high)
