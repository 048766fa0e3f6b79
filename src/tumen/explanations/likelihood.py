"""What each item of evidence says of each hypothesis, as draws of a weighed log-likelihood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tumen.explanations.declared import Evidence, Hypotheses
from tumen.measure.arrays import Floats
from tumen.measure.draws import stream
from tumen.measure.setting import Setting
from tumen.record.sources import Source

#: Share of an item's weight that it keeps, by how reliable its source is and by how credible what it
#: says is. The two are multiplied and temper the likelihood as an exponent. Our convention: the
#: scale is ordinal, and an item that cannot be judged (F, 6) keeps half.
RELIABILITY_WEIGHT: Mapping[str, float] = {"A": 1.0, "B": 0.9, "C": 0.75, "D": 0.5, "E": 0.25, "F": 0.5}
CREDIBILITY_WEIGHT: Mapping[str, float] = {"1": 1.0, "2": 0.9, "3": 0.75, "4": 0.5, "5": 0.25, "6": 0.5}


def grade_weight(reliability: str, credibility: str) -> float:
    """The exponent that a source's grades put on a likelihood.

    Example:
        >>> grade_weight("A", "1"), grade_weight("C", "3")
        (1.0, 0.5625)
    """
    return RELIABILITY_WEIGHT[reliability] * CREDIBILITY_WEIGHT[credibility]


@dataclass(frozen=True)
class Item:
    """An item of evidence as it is weighed.

    Args:
        low, high: ends of the likelihood range of each hypothesis.
        weight: the exponent: the grade's weight over the number of items in the group.
        truth: of an item that is a claim, the probability that the claim holds; None for others.
        silent: an item that is a claim without a probability, which says nothing.
    """

    evidence: Evidence
    low: Floats
    high: Floats
    weight: float
    truth: float | None = None
    silent: bool = False


def items_of(found: Hypotheses, sources: Mapping[str, Source], chances: Mapping[str, float | None]) -> tuple[Item, ...]:
    """The items in order of date, then id, each with its weight.

    Args:
        sources: by id.
        chances: P of each claim that evidence rests on; None where it has no probability.
    """
    ordered = sorted(found.evidence, key=lambda e: (e.date, e.id))
    together = Counter(e.group for e in ordered if e.group)
    items = []
    for one in ordered:
        ends = np.array([one.range_of(h) for h in found.ids])
        grade = 1.0
        if one.source:
            grade = grade_weight(sources[one.source].reliability, sources[one.source].credibility)
        truth = chances.get(one.claim) if one.claim else None
        weight = grade / together[one.group] if one.group else grade
        items.append(Item(one, ends[:, 0], ends[:, 1], weight, truth, one.claim is not None and truth is None))
    return tuple(items)


def likelihood_draws(item: Item, setting: Setting) -> Floats:
    """Draws of the logarithms of an item's likelihoods, hypotheses × draws: evenly over each range.

    Hypotheses to which the item gives the same range share its draws: whoever wrote the range said
    that the item does not tell them apart.
    """
    pairs, which = np.unique(np.column_stack([item.low, item.high]), axis=0, return_inverse=True)
    low, high = np.log(pairs[:, :1]), np.log(pairs[:, 1:])
    rng = stream(setting, "evidence", item.evidence.id)
    drawn: Floats = low + (high - low) * rng.random((len(pairs), setting.draws))
    return drawn[which.reshape(-1)]


def weighed_log(item: Item, log_likelihood: Floats, prior: Floats, deception: bool = True) -> Floats:
    """Logarithms of likelihoods turned into what they add to the logarithm of each hypothesis's weight.

    Three steps. The chance of deception mixes the likelihoods toward their mean over the hypotheses,
    which tells nothing. A claim's verdict enters by Jeffrey's rule, whose factors are taken against
    the priors so that the order of items does not matter. The grade and the group temper the rest.

    Args:
        log_likelihood: hypotheses × draws, or hypotheses alone.
        prior: of the hypotheses, in the same shape, summing to one over the hypotheses.

    Source: Jeffrey (1965), The Logic of Decision, chapter 11; Wagner (2002), Probability kinematics and commutativity,
        for factors that commute.
    """
    if item.silent:
        return np.zeros_like(log_likelihood)
    share = item.evidence.deception if deception else 0.0
    if not share and item.truth is None:
        plain: Floats = item.weight * log_likelihood
        return plain
    likelihood = np.exp(log_likelihood)
    if share:
        likelihood = (1.0 - share) * likelihood + share * likelihood.mean(axis=0)
    if item.truth is not None:
        seen = (prior * likelihood).sum(axis=0)
        likelihood = item.truth * likelihood / seen + (1.0 - item.truth) * (1.0 - likelihood) / (1.0 - seen)
    logs: Floats = item.weight * np.log(likelihood)
    return logs


def prior_draws(found: Hypotheses, setting: Setting, kind: str = "declared") -> Floats:
    """Draws of the priors, hypotheses × draws, summing to one over the hypotheses.

    Args:
        kind: "declared"; "even"; or "holders", by how many are known to hold each, plus one so that
            nothing is ruled out for want of an advocate.
    """
    if kind == "even":
        weights = np.ones((len(found.ids), setting.draws))
    elif kind == "holders":
        weights = np.repeat([[1.0 + len(h.held_by)] for h in found.hypotheses], setting.draws, axis=1)
    else:
        weights = np.stack([_spread(h.prior, setting, h.id) for h in found.hypotheses])
    normal: Floats = weights / weights.sum(axis=0)
    return normal


def _spread(pair: tuple[float, float], setting: Setting, name: str) -> Floats:
    low, high = pair
    drawn: Floats = low * (high / low) ** stream(setting, "prior", name).random(setting.draws)
    return drawn


def central(item: Item) -> Floats:
    """The likelihood of each hypothesis at the middle of its range, on the logarithmic scale."""
    middle: Floats = np.sqrt(item.low * item.high)
    return middle


def posterior_of(logs: Floats) -> Floats:
    """Weights in logarithms turned into probabilities that sum to one over the first axis.

    Example:
        >>> posterior_of(np.log(np.array([1.0, 3.0]))).tolist()
        [0.25, 0.75]
    """
    raised = np.exp(logs - logs.max(axis=0))
    normal: Floats = raised / raised.sum(axis=0)
    return normal


def totals(items: Sequence[Item], prior: Floats, setting: Setting, deception: bool = True) -> Floats:
    """What all items together add, hypotheses × draws."""
    total = np.zeros_like(prior)
    for item in items:
        total += weighed_log(item, likelihood_draws(item, setting), prior, deception)
    return total
