"""What to look for next, and which single item could turn the ranking round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tumen.explanations.declared import Evidence, Hypotheses, Observable
from tumen.explanations.likelihood import Item, at_middle, central, gaps_filled, posterior_of
from tumen.measure.arrays import Floats


@dataclass(frozen=True)
class Telling:
    """How much one would learn by looking for an observation.

    Args:
        bits: expected fall in the entropy of the posterior, in bits: 1 halves two equal rivals to one.
        share: the same as a share of the entropy that there is.
        seen: how probable it is that it would be seen.
        if_seen, if_not: the posterior then, by hypothesis.
        to_come: whether the case declares it as not yet made; else it is another like an item.
        source: of an observable, the source that says why one would look for it; empty where there is none.
    """

    id: str
    text: str
    bits: float
    share: float
    seen: float
    if_seen: Mapping[str, float]
    if_not: Mapping[str, float]
    to_come: bool
    source: str = ""


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


def entropy(p: Floats) -> float:
    """Entropy of a distribution in bits.

    Example:
        >>> entropy(np.array([0.5, 0.5]))
        1.0
    """
    positive = p[p > 0]
    return float(-(positive * np.log2(positive)).sum())


def expected_information(posterior: Floats, likelihood: Floats) -> float:
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
    after_seen, after_not = _after(posterior, likelihood)
    return max(0.0, entropy(posterior) - seen * entropy(after_seen) - (1.0 - seen) * entropy(after_not))


def _after(posterior: Floats, likelihood: Floats) -> tuple[Floats, Floats]:
    """The posterior when it is seen, and when it is looked for and not seen."""
    seen = float(posterior @ likelihood)
    return posterior * likelihood / seen, posterior * (1.0 - likelihood) / (1.0 - seen)


def tellings(found: Hypotheses, items: Sequence[Item], posterior: Floats) -> tuple[Telling, ...]:
    """Observations by how much they would tell, most first: those declared, or others like the items."""
    rows = []
    for one in found.observables:
        ends = np.log(np.array([one.range_of(h) or (np.nan, np.nan) for h in found.ids]))
        rows.append(_telling(found, one, np.exp(gaps_filled(ends.mean(axis=1))), posterior))
    for item in items if not found.observables else ():
        middle, share = central(item), item.evidence.deception
        middle = (1.0 - share) * middle + share * middle.mean()
        rows.append(_telling(found, item.evidence, np.full_like(middle, 0.5) if item.silent else middle, posterior))
    return tuple(sorted(rows, key=lambda t: (-t.bits, t.id)))


def _telling(found: Hypotheses, one: Evidence | Observable, likelihood: Floats, posterior: Floats) -> Telling:
    bits, before = expected_information(posterior, likelihood), entropy(posterior)
    if_seen, if_not = (
        dict(zip(found.ids, (float(v) for v in after), strict=True)) for after in _after(posterior, likelihood)
    )
    return Telling(
        one.id,
        one.text,
        bits,
        bits / before if before else 0.0,
        float(posterior @ likelihood),
        if_seen,
        if_not,
        isinstance(one, Observable),
        one.source if isinstance(one, Observable) else "",
    )


def flips(found: Hypotheses, items: Sequence[Item], log_prior: Floats, prior: Floats) -> tuple[Flip, ...]:
    """For each rival of the leading hypothesis, what it takes inside the ranges to put it first.

    Args:
        log_prior: mean logarithm of the priors.
        prior: mean priors, for Jeffrey's rule.
    """
    middles = [at_middle(item, np.log(central(item)), prior) for item in items]
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
        rows.append(
            Flip(
                found.ids[first],
                found.ids[int(rival)],
                float(np.exp(min(margin, 700.0))),
                alone,
                int(enough[0]) + 1 if enough.size else None,
            )
        )
    return tuple(rows)


def _gain(item: Item, middle: Floats, first: int, rival: int, prior: Floats) -> float:
    """How much a rival gains on the leader, in logarithms, with one item at the end of its range that suits it.

    Hypotheses with the same range move together, as they do in the draws.
    """
    pairs = np.column_stack([item.low, item.high])
    if (pairs[first] == pairs[rival]).all():
        return 0.0
    at = central(item)
    at[(pairs == pairs[first]).all(axis=1)] = item.low[first]
    at[(pairs == pairs[rival]).all(axis=1)] = item.high[rival]
    moved = at_middle(item, np.log(at), prior)
    return float((middle[first] - middle[rival]) - (moved[first] - moved[rival]))
