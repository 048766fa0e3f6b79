"""What to look for next, and which single item could turn the ranking round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tumen.case.hypotheses import Hypotheses
from tumen.judgement.likelihood import Array, Item, central, posterior_of, weighed_log


@dataclass(frozen=True)
class Telling:
    """How much an observation would tell if one went and looked.

    Args:
        bits: expected fall in the entropy of the posterior, in bits: 1 halves two equal rivals to one.
        seen: how probable it is that it would be seen.
        to_come: whether the case declares it as not yet made; else it is another like an item.
    """

    id: str
    text: str
    bits: float
    seen: float
    to_come: bool


@dataclass(frozen=True)
class Flip:
    """A rival of the leading hypothesis, and what inside the likelihood ranges puts it first.

    Args:
        leader, rival: ids; the leader with every likelihood at the middle of its range.
        margin: how many times likelier the leader is than the rival there.
        alone: ids of items each of which turns the two round by itself, at an end of its range.
        fewest: how few items must stand at their ends together; None where all of them do not suffice.
    """

    leader: str
    rival: str
    margin: float
    alone: tuple[str, ...]
    fewest: int | None


def entropy(p: Array) -> float:
    """Entropy of a distribution in bits.

    Example:
        >>> entropy(np.array([0.5, 0.5]))
        1.0
    """
    positive = p[p > 0]
    return float(-(positive * np.log2(positive)).sum())


def expected_information(posterior: Array, likelihood: Array) -> float:
    """Bits by which the entropy is expected to fall when something is looked for and seen or not seen.

    Args:
        posterior: of each hypothesis, summing to one.
        likelihood: how probable it is to be seen where each hypothesis is true.

    Source: Lindley (1956), doi:10.1214/aoms/1177728069.

    Example:
        >>> expected_information(np.array([0.5, 0.5]), np.array([0.5, 0.5]))
        0.0
    """
    seen = float(posterior @ likelihood)
    after_seen = posterior * likelihood / seen
    after_not = posterior * (1.0 - likelihood) / (1.0 - seen)
    return max(0.0, entropy(posterior) - seen * entropy(after_seen) - (1.0 - seen) * entropy(after_not))


def tellings(found: Hypotheses, items: Sequence[Item], posterior: Array) -> tuple[Telling, ...]:
    """Observations by how much they would tell, most first: those declared, or others like the items."""
    rows: list[Telling] = []
    if found.observables:
        for one in found.observables:
            ends = np.array([one.range_of(h) for h in found.ids])
            middle = np.sqrt(ends[:, 0] * ends[:, 1])
            rows.append(
                Telling(one.id, one.text, expected_information(posterior, middle), float(posterior @ middle), True)
            )
    else:
        for item in items:
            middle = central(item)
            share = item.evidence.deception
            middle = (1.0 - share) * middle + share * middle.mean()
            bits = 0.0 if item.silent else expected_information(posterior, middle)
            rows.append(Telling(item.evidence.id, item.evidence.text, bits, float(posterior @ middle), False))
    return tuple(sorted(rows, key=lambda t: (-t.bits, t.id)))


def flips(found: Hypotheses, items: Sequence[Item], log_prior: Array, prior: Array) -> tuple[Flip, ...]:
    """For each rival of the leading hypothesis, what it takes inside the ranges to put it first.

    Args:
        log_prior: mean logarithm of the priors.
        prior: mean priors, for Jeffrey's rule.
    """
    middles = [weighed_log(item, central(item), prior) for item in items]
    total = log_prior + sum(middles, np.zeros(len(found.ids)))
    odds = posterior_of(total)
    first = int(np.argmax(odds))
    rows: list[Flip] = []
    for rival in np.argsort(-odds, kind="stable"):
        if rival == first:
            continue
        margin = float(total[first] - total[rival])
        gains = [_gain(item, m, first, int(rival), prior) for item, m in zip(items, middles, strict=True)]
        alone = tuple(i.evidence.id for i, gain in zip(items, gains, strict=True) if gain > margin)
        reached = np.cumsum(sorted(gains, reverse=True))
        enough = np.flatnonzero(reached > margin)
        rows.append(Flip(found.ids[first], found.ids[int(rival)], float(np.exp(min(margin, 700.0))), alone,
                         int(enough[0]) + 1 if enough.size else None))  # fmt: skip
    return tuple(rows)


def _gain(item: Item, middle: Array, first: int, rival: int, prior: Array) -> float:
    """How much a rival gains on the leader, in logarithms, with one item at the end of its range that suits it.

    Hypotheses with the same range move together, as they do in the draws.
    """
    pairs = np.column_stack([item.low, item.high])
    if (pairs[first] == pairs[rival]).all():
        return 0.0
    at = central(item)
    at[(pairs == pairs[first]).all(axis=1)] = item.low[first]
    at[(pairs == pairs[rival]).all(axis=1)] = item.high[rival]
    moved = weighed_log(item, at, prior)
    return float((middle[first] - middle[rival]) - (moved[first] - moved[rival]))
