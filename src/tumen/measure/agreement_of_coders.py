"""How far several coders of the same things agree: Krippendorff's alpha for numbers, for names, and for ranks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

#: The least alpha from which Krippendorff would draw even tentative conclusions.
TENTATIVE = 0.667

#: From so many things that several coded, coders who clash are told of by themselves; below, chance may do it.
ENOUGH_SHARED = 5


def krippendorff_alpha(units: Iterable[Sequence[float]]) -> float | None:
    """Agreement of coders on an interval scale: 1 where they agree, 0 as by chance, below 0 where they clash.

    Args:
        units: the values that coders gave each thing coded; those with fewer than two are left out.

    Returns: alpha; None where nothing was coded twice or all values are the same.

    Source: Krippendorff (2011), https://repository.upenn.edu/asc_papers/43.

    Example:
        >>> krippendorff_alpha([(1, 1), (2, 2)]), krippendorff_alpha([(1, 2), (2, 1)])
        (1.0, -0.5)
    """
    paired = [np.asarray(values, dtype=float) for values in units if len(values) > 1]
    if not paired:
        return None
    pooled = np.concatenate(paired)
    expected = float(np.sum((pooled - pooled.mean()) ** 2)) / (len(pooled) - 1)
    if expected <= 0:
        return None
    observed = sum(len(u) * float(np.sum((u - u.mean()) ** 2)) / (len(u) - 1) for u in paired) / len(pooled)
    return 1 - observed / expected


def nominal_alpha(units: Iterable[Sequence[str]]) -> float | None:
    """Agreement of coders on names that have no order: 1 where they agree, 0 as by chance.

    Args:
        units: the names that coders gave each thing coded; those with fewer than two are left out.

    Returns: alpha; None where nothing was coded twice or all names are the same.

    Source: Krippendorff (2011), https://repository.upenn.edu/asc_papers/43.

    Example:
        >>> nominal_alpha([("a", "a"), ("b", "b")]), nominal_alpha([("a", "b"), ("b", "a")])
        (1.0, -0.5)
    """
    paired = [Counter(names) for names in units if len(names) > 1]
    every = sum(paired, Counter[str]())
    whole = every.total()
    if len(every) < 2:
        return None
    expected = (whole**2 - sum(n**2 for n in every.values())) / (whole - 1)
    observed = sum((one.total() ** 2 - sum(n**2 for n in one.values())) / (one.total() - 1) for one in paired)
    return 1 - observed / expected


def ordinal_alpha(units: Iterable[Sequence[str]], order: Sequence[str]) -> float | None:
    """Agreement of coders on names that have an order: to take one for its neighbour is less than for one far off.

    How far two names are from each other is counted by how many values lie between them.

    Args:
        units: the names that coders gave each thing coded; those with fewer than two are left out.
        order: every name, from one end to the other.

    Returns: alpha; None where nothing was coded twice or all names are the same.

    Source: Krippendorff (2011), https://repository.upenn.edu/asc_papers/43.

    Example:
        >>> ordinal_alpha([("a", "a"), ("c", "c")], "abc"), ordinal_alpha([("a", "b"), ("b", "a")], "abc")
        (1.0, -0.5)
    """
    paired = [Counter(names) for names in units if len(names) > 1]
    counts = np.array([[one[name] for name in order] for one in paired], dtype=float).reshape(-1, len(order))
    each = counts.sum(axis=0)
    upto = np.cumsum(each) - each / 2
    apart = np.square(upto[:, None] - upto[None, :])
    expected = float(each @ apart @ each) / max(float(each.sum()) - 1, 1.0)
    if expected <= 0:
        return None
    observed: float = sum(float(one @ apart @ one) / (float(one.sum()) - 1) for one in counts)
    return 1 - observed / expected
