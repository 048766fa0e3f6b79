"""Verdicts: how likely a claim is on an estimate, overall and under each specification."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tumen.case.model import Claim, Region
from tumen.judgement.confidence import Confidence, confidence
from tumen.judgement.tipping import TippingPoint, tipping_points
from tumen.judgement.words import Outcome, likelihood_words, outcome
from tumen.measurement.estimate import Bound, Draws, Estimate, SpecificationRun
from tumen.record.sources import Source


@dataclass(frozen=True)
class Summary:
    """Median and central 90 per cent of some draws; None where there are none."""

    median: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Chance:
    """What the evidence says of P(claim): a number, or the range that it cannot leave.

    Args:
        share: of the draws that lie in the region.
        low, high: the least and the most that P(claim) can be; both equal share unless the draws
            pin the estimand from one side only.
    """

    share: float
    low: float
    high: float

    @property
    def probability(self) -> float | None:
        """P(claim), or None where only a range is known."""
        return self.share if self.low == self.high else None

    @property
    def outcome(self) -> Outcome:
        """Supported or contradicted only where the whole range says so."""
        if outcome(self.low) == "supported":
            return "supported"
        return "contradicted" if outcome(self.high) == "contradicted" else "undetermined"


@dataclass(frozen=True)
class SpecificationVerdict:
    """A claim under one specification; chance is None where it could not be run."""

    run: SpecificationRun
    outcome: Outcome
    chance: Chance | None
    summary: Summary

    @property
    def words(self) -> str | None:
        """The ICD 203 words, where there is a probability."""
        return _words(self.chance)


@dataclass(frozen=True)
class Verdict:
    """How likely a claim is, how good its evidence is, and what would overturn it.

    Args:
        chance: P(claim), or its range; None where nothing could be measured.
        missing: what the evidence lacks.
        disagree: whether specifications that could be run reach different outcomes.
    """

    claim: Claim
    outcome: Outcome
    chance: Chance | None
    missing: tuple[str, ...]
    disagree: bool
    summary: Summary
    estimate: Estimate | None
    specifications: tuple[SpecificationVerdict, ...]
    tipping_points: tuple[TippingPoint, ...]
    confidence: Confidence | None

    @property
    def probability(self) -> float | None:
        """P(claim), where the evidence gives one."""
        return self.chance.probability if self.chance else None

    @property
    def words(self) -> str | None:
        """The ICD 203 words, where there is a probability."""
        return _words(self.chance)


def judge(claim: Claim, estimate: Estimate, sources: Mapping[str, Source], as_of: dt.date) -> Verdict:
    """Judge a claim on an estimate.

    Too little evidence is an undetermined verdict that says what is missing. Where the draws pin
    the estimand from one side only, P(claim) is a range, and the verdict is what all of it says.
    """
    each = tuple(_under(run, claim.holds) for run in estimate.specifications)
    ran = [s for s in each if s.chance]
    outcomes = [s.outcome for s in ran]
    certain = confidence(estimate, sources, as_of, outcomes)
    summary = summarise(estimate.draws)
    missing = estimate.missing
    if not ran:
        missing = missing or ((claim.missing,) if claim.missing else ())
        return Verdict(claim, "undetermined", None, missing, False, summary, estimate, each, (), certain)
    share = float(np.mean(claim.holds.contains(estimate.draws)))
    chance = Chance(share, share, share)
    if any(s.run.bounds for s in ran):
        low = sum(s.run.weight * s.chance.low for s in ran if s.chance)
        high = sum(s.run.weight * s.chance.high for s in ran if s.chance)
        chance = Chance(share, min(low, share), max(high, share))
    return Verdict(claim, chance.outcome, chance, missing, len(set(outcomes)) > 1, summary, estimate, each,
                   tipping_points(estimate, claim.holds), certain)  # fmt: skip


def not_measured(claim: Claim) -> Verdict:
    """The verdict on a claim whose measure is yet to be built: none, said apart from undetermined."""
    missing = (claim.missing,) if claim.missing else ()
    return Verdict(claim, "not measured yet", None, missing, False, Summary(None, None, None), None, (), (), None)


def _under(run: SpecificationRun, region: Region) -> SpecificationVerdict:
    if not run.draws.size:
        return SpecificationVerdict(run, "undetermined", None, summarise(run.draws))
    chance = chance_in(run.draws, run.bounds, region)
    return SpecificationVerdict(run, chance.outcome, chance, summarise(run.draws))


def chance_in(draws: Draws, bounds: frozenset[Bound], region: Region) -> Chance:
    """P(region), or its range where draws are bounds of the estimand.

    Example:
        >>> chance_in(np.array([1.0, 3.0]), frozenset({"lower"}), Region(above=2.0))
        Chance(share=0.5, low=0.5, high=1.0)
    """
    share = float(np.mean(region.contains(draws)))
    if not bounds:
        return Chance(share, share, share)
    one_way = region.above is not None or region.below is not None
    if len(bounds) > 1 or not one_way:
        return Chance(share, 0.0, 1.0)
    rises = ("lower" in bounds) == (region.above is not None)
    return Chance(share, share, 1.0) if rises else Chance(share, 0.0, share)


def _words(chance: Chance | None) -> str | None:
    return likelihood_words(chance.share) if chance and chance.probability is not None else None


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
