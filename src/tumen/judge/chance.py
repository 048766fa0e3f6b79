"""P(claim) on some draws: a number, or a range where the evidence gives no more than that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tumen.case.model import Region
from tumen.judge.likelihood_words import LikelihoodWords, Outcome, likelihood_words, outcome
from tumen.measure.estimate import Bound, Draws, SpecificationRun

#: Ends of a range that are nearer to each other than this are one number.
ONE_NUMBER = 0.005

#: Where confidence is low, P is never shown beyond these.
SHOWN_ON_LOW = (0.05, 0.95)


@dataclass(frozen=True)
class Chance:
    """What the evidence says of P(claim): a number, or the range that it cannot leave.

    Args:
        share: of the draws that lie in the region.
        low, high: the least and the most that P(claim) can be; both equal share unless the draws pin the estimand from
            one side only, or ways to count differ.
    """

    share: float
    low: float
    high: float

    @property
    def probability(self) -> float | None:
        """P(claim), or None where only a range is known."""
        return self.share if self.high - self.low < ONE_NUMBER else None

    @property
    def words(self) -> LikelihoodWords | None:
        """The ICD 203 words, where the whole range lies in the band of one of them."""
        low, high = likelihood_words(self.low), likelihood_words(self.high)
        return low if low == high else None

    @property
    def outcome(self) -> Outcome:
        """Supported or contradicted only where the whole range says so."""
        if outcome(self.low) == "supported":
            return "supported"
        return "contradicted" if outcome(self.high) == "contradicted" else "undetermined"

    @property
    def cautious(self) -> Chance:
        """The same as it is shown on evidence of low confidence; what is open to one side stays open."""
        least, most = SHOWN_ON_LOW
        if self.low < self.high and (self.low == 0.0 or self.high == 1.0):
            return Chance(self.share, min(self.low, most), max(self.high, least))
        return Chance(*(min(max(value, least), most) for value in (self.share, self.low, self.high)))


def share_in(draws: Draws, region: Region) -> float:
    """The share of draws that lie in a region.

    Example:
        >>> share_in(np.array([1.0, 3.0]), Region(above=2.0))
        0.5
    """
    return int(np.count_nonzero(region.contains(draws))) / draws.size


def chance_in(draws: Draws, bounds: frozenset[Bound], region: Region) -> Chance:
    """P(region), or its range where draws are bounds of the estimand.

    Of a region outside two bounds, one side has to carry a verdict: P lies between the share of the likelier side and
    that of both, so that noise around the middle supports nothing.

    Example:
        >>> chance_in(np.array([1.0, 3.0]), frozenset({"lower"}), Region(above=2.0))
        Chance(share=0.5, low=0.5, high=1.0)
        >>> chance_in(np.array([-2.0, 0.0, 2.0, 3.0]), frozenset(), Region(outside=(-1.0, 1.0)))
        Chance(share=0.5, low=0.5, high=0.75)
    """
    share = share_in(draws, region)
    one_way = region.above is not None or region.below is not None
    if bounds and (len(bounds) > 1 or not one_way):
        return Chance(share, 0.0, 1.0)
    if bounds:
        rises = ("lower" in bounds) == (region.above is not None)
        return Chance(share, share, 1.0) if rises else Chance(share, 0.0, share)
    if region.outside is not None:
        side = max(sides(draws, region.outside)[::2])
        return Chance(side, side, share)
    return Chance(share, share, share)


def chance_under(run: SpecificationRun, region: Region, draws: Draws | None = None) -> Chance:
    """P(claim) under one way to count, on its own draws or on others.

    Where the draws are probabilities of the claim itself, such as posteriors, P is their mean: how often they exceed a
    bound would be a probability of a probability.

    Example:
        >>> posteriors = SpecificationRun(id="a", label="A", draws=np.array([0.6, 0.7, 0.8]), probabilities=True)
        >>> [round(chance_under(posteriors, r).share, 6) for r in (Region(above=0.5), Region(below=0.5))]
        [0.7, 0.3]
    """
    drawn = run.draws if draws is None else draws
    if not run.probabilities:
        return chance_in(drawn, run.bounds, region)
    mean = min(max(float(drawn.mean()), 0.0), 1.0)
    share = mean if region.below is None else 1.0 - mean
    return Chance(share, share, share)


def sides(draws: Draws, bounds: tuple[float, float]) -> tuple[float, float, float]:
    """The shares of draws below two bounds, within them, and above.

    Example:
        >>> sides(np.array([-2.0, 0.0, 2.0, 3.0]), (-1.0, 1.0))
        (0.25, 0.25, 0.5)
    """
    below, above = (share_in(draws, region) for region in (Region(below=bounds[0]), Region(above=bounds[1])))
    return below, 1.0 - below - above, above


def nearest_to_even(chances: Sequence[Chance]) -> int:
    """The place of the chance that says least: that nearest to one half, the first of several."""
    return min(range(len(chances)), key=lambda place: abs(chances[place].share - 0.5))


def across(chances: Sequence[Chance]) -> Chance:
    """What several ways to count say together: the range over all of them, and the share of the one that says least.

    Nothing is averaged, so that a way to count that is there twice changes nothing.

    Example:
        >>> across([Chance(0.9, 0.9, 0.9), Chance(0.99, 0.99, 0.99), Chance(0.9, 0.9, 0.9)])
        Chance(share=0.9, low=0.9, high=0.99)
    """
    share = chances[nearest_to_even(chances)].share
    return Chance(share, min(c.low for c in chances), max(c.high for c in chances))


def outcome_of(chances: Sequence[Chance]) -> Outcome:
    """The verdict of several ways to count: that of all of them, or that it depends.

    Example:
        >>> sure, open_ = Chance(0.9, 0.9, 0.9), Chance(0.5, 0.5, 0.5)
        >>> outcome_of([sure, sure]), outcome_of([sure, open_])
        ('supported', 'depends')
    """
    outcomes = {chance.outcome for chance in chances}
    return outcomes.pop() if len(outcomes) == 1 else "depends"
