"""P(claim) on some draws: a number, or a range where the draws pin the estimand from one side only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tumen.case.model import Region
from tumen.judge.likelihood_words import LikelihoodWords, Outcome, likelihood_words, outcome
from tumen.measure.estimate import Bound, Draws


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
    def words(self) -> LikelihoodWords | None:
        """The ICD 203 words, where there is a probability."""
        return None if self.probability is None else likelihood_words(self.probability)

    @property
    def outcome(self) -> Outcome:
        """Supported or contradicted only where the whole range says so."""
        if outcome(self.low) == "supported":
            return "supported"
        return "contradicted" if outcome(self.high) == "contradicted" else "undetermined"


def share_in(draws: Draws, region: Region) -> float:
    """The share of draws that lie in a region.

    Example:
        >>> share_in(np.array([1.0, 3.0]), Region(above=2.0))
        0.5
    """
    return int(np.count_nonzero(region.contains(draws))) / draws.size


def chance_in(draws: Draws, bounds: frozenset[Bound], region: Region) -> Chance:
    """P(region), or its range where draws are bounds of the estimand.

    Example:
        >>> chance_in(np.array([1.0, 3.0]), frozenset({"lower"}), Region(above=2.0))
        Chance(share=0.5, low=0.5, high=1.0)
    """
    share = share_in(draws, region)
    if not bounds:
        return Chance(share, share, share)
    one_way = region.above is not None or region.below is not None
    if len(bounds) > 1 or not one_way:
        return Chance(share, 0.0, 1.0)
    rises = ("lower" in bounds) == (region.above is not None)
    return Chance(share, share, 1.0) if rises else Chance(share, 0.0, share)


def weighed(share: float, parts: Sequence[tuple[float, Chance]]) -> Chance:
    """P(region) of a mixture: a range as soon as one of its parts has only a range.

    Args:
        share: of the mixture's own draws that lie in the region.
        parts: weight, summing to one, and chance of each part.

    Example:
        >>> weighed(0.5, [(0.5, Chance(0.0, 0.0, 1.0)), (0.5, Chance(1.0, 1.0, 1.0))])
        Chance(share=0.5, low=0.5, high=1.0)
    """
    if all(chance.low == chance.high for _, chance in parts):
        return Chance(share, share, share)
    low = sum(weight * chance.low for weight, chance in parts)
    high = sum(weight * chance.high for weight, chance in parts)
    return Chance(share, min(low, share), max(high, share))
