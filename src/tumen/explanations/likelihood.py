"""What each item of evidence says of each hypothesis, as draws of a weighed log-likelihood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tumen.explanations.declared import AGAINST_TO, Evidence, Hypotheses
from tumen.measure.arrays import Floats
from tumen.measure.draws import standard_uniforms, stream
from tumen.measure.setting import Setting
from tumen.record.sources import Source

#: Share of an item's weight that it keeps, by how reliable its source is and by how credible what it
#: says is. The two are multiplied and temper the likelihood as an exponent. Our convention: the
#: scale is ordinal, and an item that cannot be judged (F, 6) keeps half.
RELIABILITY_WEIGHT: Mapping[str, float] = {"A": 1.0, "B": 0.9, "C": 0.75, "D": 0.5, "E": 0.25, "F": 0.5}
CREDIBILITY_WEIGHT: Mapping[str, float] = {"1": 1.0, "2": 0.9, "3": 0.75, "4": 0.5, "5": 0.25, "6": 0.5}

#: How far a coder's way with the ranges is common to all items: the correlation between the places at
#: which one coder reads two items. Our convention.
LENIENCY = 0.5

#: Ends of P of each claim that evidence rests on, by its id: its least and its most; None where it has none.
ClaimEnds = Mapping[str, tuple[float, float] | None]


def grade_weight(reliability: str, credibility: str) -> float:
    """The exponent that a source's grades put on a likelihood.

    Example:
        >>> grade_weight("A", "1"), grade_weight("C", "3")
        (1.0, 0.5625)
    """
    return RELIABILITY_WEIGHT[reliability] * CREDIBILITY_WEIGHT[credibility]


@dataclass(frozen=True)
class Scoring:
    """What one coder says of one item.

    Args:
        low, high: ends of the likelihood range of each hypothesis; not a number where it was not considered.
    """

    coder: str
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Item:
    """An item of evidence as it is weighed.

    Args:
        scorings: of each coder who considered it.
        coders: how many coders there are, those too who did not consider it.
        grade: the exponent of its source's grades.
        together: how many items its group has; 1 where it has none.
        truth: of an item that is a claim, the least and the most that the probability of the claim can be.
        silent: an item that is a claim of which nothing is known, which says nothing.
    """

    evidence: Evidence
    scorings: tuple[Scoring, ...]
    coders: int = 1
    grade: float = 1.0
    together: int = 1
    truth: tuple[float, float] | None = None
    silent: bool = False

    @property
    def weight(self) -> float:
        """The exponent: the grade's weight over the number of items in the group."""
        return self.grade / self.together

    @property
    def low(self) -> Floats:
        """The low end of each hypothesis's range, the coders' together."""
        return _together([s.low for s in self.scorings])

    @property
    def high(self) -> Floats:
        """The high end of each hypothesis's range, the coders' together."""
        return _together([s.high for s in self.scorings])

    @property
    def against(self) -> tuple[bool, ...]:
        """Of each hypothesis, whether at least half of those who considered it find the item unlikely under it."""
        highs = np.array([s.high for s in self.scorings])
        found, asked = (highs <= AGAINST_TO).sum(axis=0), (~np.isnan(highs)).sum(axis=0)
        return tuple(bool(v) for v in (found > 0) & (2 * found >= asked))


def _together(ends: Sequence[Floats]) -> Floats:
    """Ends of several coders as one, by their mean logarithm; a hypothesis that nobody considered has the others'."""
    logs = np.log(np.array(ends))
    return np.exp(gaps_filled(_means(logs)))


def items_of(found: Hypotheses, sources: Mapping[str, Source], chances: ClaimEnds) -> tuple[Item, ...]:
    """The items in order of date, then id, each with its weight.

    Args:
        sources: by id.
        chances: P of each claim that evidence rests on. A range that leaves everything open says as little as none.
    """
    ordered = sorted(found.evidence, key=lambda e: (e.date, e.id))
    together = Counter(e.group for e in ordered if e.group)
    items = []
    for one in ordered:
        grade = 1.0
        if one.source:
            grade = grade_weight(sources[one.source].reliability, sources[one.source].credibility)
        truth = chances.get(one.claim) if one.claim else None
        if truth == (0.0, 1.0):
            truth = None
        silent = one.claim is not None and truth is None
        size = together[one.group] if one.group else 1
        items.append(Item(one, _scorings(found, one), len(found.coders), grade, size, truth, silent))
    return tuple(items)


def _scorings(found: Hypotheses, one: Evidence) -> tuple[Scoring, ...]:
    """What each coder who considered an item says of it."""
    nothing = (np.nan, np.nan)
    given = [(found.coder, [one.range_of(h) or nothing for h in found.ids])]
    given += [
        (m.coder, [m.range_of(one.id, h) or nothing for h in found.ids]) for m in found.matrices if m.considers(one.id)
    ]
    return tuple(Scoring(coder, *np.array(ends).T) for coder, ends in given)


def likelihood_draws(item: Item, scoring: Scoring, setting: Setting, leniency: float = LENIENCY) -> Floats:
    """Draws of the logarithms of an item's likelihoods as a coder gives them, hypotheses × draws, evenly over each
    range.

    Where in its range a coder reads an item is partly the coder's way with all items: who puts one likelihood high
    puts the others high. So each draw has a place for the coder, which an item takes or else has a place of its own,
    with such a chance that `leniency` is the correlation between the places of two items; every place stays as probable
    as another. Hypotheses to which the item gives the same range
    share its draws: whoever wrote the range said that the item does not tell them apart.

    Source: Linacre (1989), Many-Facet Rasch Measurement, for the leniency of a rater as an effect common to all that
        the rater judges; that it is a place within the ranges is our form of it.
    """
    ranges = np.column_stack([scoring.low, scoring.high]).astype(float).tobytes()
    return _drawn(item.evidence.id, scoring.coder, ranges, leniency, setting.draws, setting.seed)


@lru_cache(maxsize=128)
def _drawn(item: str, coder: str, ranges: bytes, leniency: float, draws: int, seed: int) -> Floats:
    """The draws of what a coder says of an item, not to be written to; kept for whoever weighs it again.

    Args:
        ranges: low and high end for each hypothesis, as an array's bytes, so that they name what is kept.
    """
    pairs, which = np.unique(np.frombuffer(ranges).reshape(-1, 2), axis=0, return_inverse=True)
    low, high = np.log(pairs[:, :1]), np.log(pairs[:, 1:])
    setting = Setting(draws, seed)
    rng = stream(setting, "evidence", item, coder)
    place = rng.random((len(pairs), draws))
    if leniency:
        common = standard_uniforms(setting, "leniency", coder)
        place = np.where(rng.random(draws) < leniency**0.5, common, place)
    drawn: Floats = (low + (high - low) * place)[which.reshape(-1)]
    drawn.flags.writeable = False
    return drawn


def truth_draws(item: Item, setting: Setting) -> Floats | None:
    """Draws of the probability of the claim that an item is: evenly between its ends; None where it is no claim."""
    if item.truth is None:
        return None
    low, high = item.truth
    drawn: Floats = low + (high - low) * standard_uniforms(setting, "claim", str(item.evidence.claim))
    return drawn


def heard(
    item: Item, log_likelihood: Floats, prior: Floats, truth: Floats | None = None, deception: bool = True
) -> Floats:
    """Logarithms of likelihoods once deception and doubt are reckoned with, before grade and group temper them.

    Two steps. The chance of deception mixes the likelihoods toward their mean over the hypotheses, which tells
    nothing. A claim's verdict enters by Jeffrey's rule, whose factors are taken against the priors so that the order
    of items does not matter. Hypotheses that were not considered take part in neither.

    Args:
        log_likelihood: hypotheses × draws, or hypotheses alone; not a number where one was not considered.
        prior: of the hypotheses, in the same shape, summing to one over the hypotheses.
        truth: probability of the claim that the item is.

    Source: Jeffrey (1965), The Logic of Decision, chapter 11; Wagner (2002), Probability kinematics and commutativity,
        for factors that commute.
    """
    if item.silent:
        return np.zeros_like(log_likelihood)
    share = item.evidence.deception if deception else 0.0
    if not share and truth is None:
        return log_likelihood
    likelihood = np.exp(log_likelihood)
    if share:
        likelihood = (1.0 - share) * likelihood + share * _means(likelihood)
    if truth is not None:
        considered = np.where(np.isnan(likelihood), 0.0, prior)
        seen = np.nansum(considered * likelihood, axis=0) / considered.sum(axis=0)
        likelihood = truth * likelihood / seen + (1.0 - truth) * (1.0 - likelihood) / (1.0 - seen)
    logs: Floats = np.log(likelihood)
    return logs


def _means(values: Floats) -> Floats:
    """Mean over the first axis of what is a number; not a number where nothing is."""
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        mean: Floats = np.where(known, values, 0.0).sum(axis=0) / known.sum(axis=0)
    return mean


def gaps_filled(logs: Floats) -> Floats:
    """Logarithms in which hypotheses that were not considered stand at the mean of those that were.

    So an item moves two hypotheses that were considered by the ratio of their likelihoods, and two of which one was not
    by as little as one set of probabilities allows: of all that keep those ratios, these leave the smallest squares
    for the pairs that the item should leave alone. Between two hypotheses taken by themselves that is nothing. An item
    considered for one hypothesis alone says nothing at all.

    Example:
        >>> gaps_filled(np.array([1.0, 3.0, np.nan])).tolist(), gaps_filled(np.array([1.0, np.nan])).tolist()
        ([1.0, 3.0, 2.0], [1.0, 1.0])
    """
    gaps = np.isnan(logs)
    return np.where(gaps, _means(logs), logs) if gaps.any() else logs


def coder_logs(item: Item, coders: Sequence[str], setting: Setting, prior: Floats) -> Floats:
    """What an item adds to the logarithm of each hypothesis's weight as each coder has it, coders × hypotheses × draws,
    tempered by grade and group. Who did not consider the item adds nothing.

    The mean over the coders is their logarithmic opinion pool, which is the same whether they are pooled before an item
    or after it.

    Source: Genest and Zidek (1986), Combining probability distributions, doi:10.1214/ss/1177013825.
    """
    truth = truth_draws(item, setting)
    added = np.zeros((len(coders), *prior.shape))
    for scoring in item.scorings:
        told = heard(item, likelihood_draws(item, scoring, setting), prior, truth)
        added[coders.index(scoring.coder)] = item.weight * gaps_filled(told)
    return added


def at_middle(item: Item, log_likelihood: Floats, prior: Floats) -> Floats:
    """What an item adds, the coders' scores taken together and a claim's probability at the middle of its ends."""
    truth = None if item.truth is None else np.array(sum(item.truth) / 2)
    share = item.weight * len(item.scorings) / item.coders
    return share * heard(item, log_likelihood, prior, truth)


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
    drawn: Floats = low * (high / low) ** standard_uniforms(setting, "prior", name)
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
