"""Two sides of a claim about the rival explanations, and what the evidence says between them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from tumen.explanations.declared import Hypotheses
from tumen.explanations.likelihood import (
    LENIENCY,
    Item,
    gaps_filled,
    heard,
    likelihood_draws,
    prior_draws,
    truth_draws,
)
from tumen.measure.arrays import Floats
from tumen.measure.setting import Setting

#: How the coders' answers become one.
Pool = Literal["log", "linear"]

#: Where the priors come from.
Priors = Literal["declared", "even", "holders", "sides"]


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """How evidence is weighed: which priors, how coders are pooled, what is reckoned with.

    Args:
        deception: whether the stated chances of deception count.
        leniency: correlation between the places at which a coder reads two items in their ranges.
    """

    priors: Priors = "declared"
    pool: Pool = "log"
    deception: bool = True
    leniency: float = LENIENCY


@dataclass(frozen=True)
class Sides:
    """The explanations on either side, the favoured first.

    Args:
        before: logarithms of their priors, explanations × draws.
        added: what the items add before grade and group temper them, classes × coders × explanations × draws; items of
            one grade and one size of group are one class.
        grades, together: of each class, the exponent of the grade and the number of items in a group.
        favoured: how many explanations the claim asserts.
        pool: how the coders' probabilities become one.
    """

    before: Floats
    added: Floats
    grades: Floats
    together: Floats
    favoured: int
    pool: Pool

    @property
    def start(self) -> float:
        """The probability of the favoured side before any evidence, mean over the draws."""
        return float(_share(self._odds(self.before)).mean())

    def share(self, evidence: float = 1.0, grades: float = 1.0, groups: float = 1.0, shift: float = 0.0) -> Floats:
        """Draws of the probability of the favoured side, as a share of both.

        The linear pool is the mean of the coders' probabilities; the logarithmic pool that of the logarithms of their
        weights, scaled to sum to one.

        Args:
            evidence: weight of all evidence; 1 as it stands.
            grades, groups: exponents of the grades' weights and of one over the number of items in a group.
            shift: what is added to the logarithm of the odds.

        Source: Genest and Zidek (1986), Combining probability distributions, doi:10.1214/ss/1177013825.
        """
        weights = evidence * self.grades**grades / self.together**groups
        if self.pool == "log":
            return _share(self._odds(self.before + np.tensordot(weights, self._pooled, axes=(0, 0))) + shift)
        totals = np.tensordot(weights, self.added, axes=(0, 0))
        each: Floats = np.mean([_share(self._odds(self.before + one) + shift) for one in totals], axis=0)
        return each

    @cached_property
    def _pooled(self) -> Floats:
        """What the items add in the mean of the coders, classes × explanations × draws."""
        mean: Floats = self.added.mean(axis=1)
        return mean

    def _odds(self, logs: Floats) -> Floats:
        """Logarithms of the odds of the favoured side against the other."""
        ahead, behind = (_sum(side) for side in (logs[: self.favoured], logs[self.favoured :]))
        difference: Floats = ahead - behind
        return difference


def sides_of(
    found: Hypotheses,
    items: Sequence[Item],
    favours: Sequence[str],
    against: Sequence[str],
    weighing: Weighing,
    setting: Setting,
) -> Sides:
    """Two sides and the evidence between them.

    An item counts between explanations for which it was considered; see `tumen.explanations.likelihood.gaps_filled`.

    Args:
        favours, against: ids of the explanations on either side.
    """
    rows = [found.ids.index(name) for name in (*favours, *against)]
    # Whose priors a claim's verdict is held against is the case's matter, whichever sides are asked about.
    whole = prior_draws(found, setting, "declared" if weighing.priors == "sides" else weighing.priors)
    classes = sorted({(i.grade, i.together) for i in items})
    coders = {name: n for n, name in enumerate(found.coders)}
    added = np.zeros((len(classes), len(coders), len(rows), setting.draws))
    for item in items:
        truth, one = truth_draws(item, setting), added[classes.index((item.grade, item.together))]
        for scoring in item.scorings:
            logs = likelihood_draws(item, scoring, setting, weighing.leniency)
            told = gaps_filled(heard(item, logs, whole, truth, weighing.deception)[rows])
            one[coders[scoring.coder]] += np.nan_to_num(told)  # nothing, where neither side was considered
    grades, together = (np.array([c[n] for c in classes], dtype=float) for n in (0, 1))
    before = np.log(whole[rows])
    if weighing.priors == "sides":
        before = evened(before, len(favours))
    return Sides(before, added, grades, together, len(favours), weighing.pool)


def evened(before: Floats, favoured: int) -> Floats:
    """Logarithms of priors such that both sides begin alike; within a side they stand to each other as before.

    Args:
        favoured: how many of the first rows are one side.

    Example:
        >>> np.exp(evened(np.log(np.array([[1.0], [3.0], [2.0]])), 2)).ravel().round(3).tolist()
        [0.25, 0.75, 1.0]
    """
    return np.concatenate([side - _sum(side) for side in (before[:favoured], before[favoured:])])


def _sum(logs: Floats) -> Floats:
    """Logarithm of the sum of what the rows are logarithms of."""
    added: Floats = logs[0] if len(logs) == 1 else np.logaddexp.reduce(logs, axis=0)
    return added


def _share(log_odds: Floats) -> Floats:
    drawn: Floats = 1.0 / (1.0 + np.exp(-np.maximum(log_odds, -700.0)))  # beyond it the exponential overflows
    return drawn


def logit(share: float) -> float:
    """Logarithm of the odds of a probability.

    Example:
        >>> logit(0.5)
        0.0
    """
    return math.log(share / (1.0 - share))
