"""How far publishers are off by what they print of the same: a lasting bias of each, and a noise of each figure.

The logarithm of a figure is that of the truth, which is free for each thing that is measured, plus a bias of its
publisher's flow, plus a noise. Both have mean zero, so a publisher of whom little is known is taken to be like the
others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tumen.measure.arrays import Floats

#: Ratios of bias to noise among which the likeliest is sought, on a log scale.
_RATIOS = np.linspace(-12.0, 12.0, 241)

#: Shares of the largest eigenvalue that count as none.
_NOTHING = 1e-10


@dataclass(frozen=True)
class Pooled:
    """Biases and noises of some figures.

    Args:
        bias, noise: standard deviations of the logarithm, of all together.
        effects: the expected bias of each flow of a publisher, on the log scale.
        effect_sds: how far each of those may be off.
        noise_squares: the expected square of each figure's noise.
    """

    bias: float
    noise: float
    effects: Floats
    effect_sds: Floats
    noise_squares: Floats

    @property
    def bias_squares(self) -> Floats:
        """The expected square of the bias of each flow of a publisher."""
        squares: Floats = self.effects**2 + self.effect_sds**2
        return squares


def pooled(logs: Sequence[float], things: Sequence[int], flows: Sequence[int]) -> Pooled | None:
    """Fit by restricted maximum likelihood (REML).

    Args:
        logs: of each figure, its natural logarithm.
        things: what each measures, numbered from 0; figures of one thing are compared.
        flows: whose flow each belongs to, numbered from 0; figures of one flow share their bias.

    Returns: None where bias and noise cannot be told apart, because no two flows share two things.

    Source: Patterson and Thompson (1971), doi:10.1093/biomet/58.3.545; expectations given the figures: Robinson (1991),
        doi:10.1214/ss/1177011926. Equal to MixedLM of statsmodels; see tests/reference.

    Example:
        >>> found = pooled([0.0, 0.5, 1.0, 1.4, 2.0, 2.6], [0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1])
        >>> round(float(found.effects[1] - found.effects[0]), 2)
        0.49
    """
    y, thing, flow = np.asarray(logs, dtype=float), np.asarray(things), np.asarray(flows)
    size = np.bincount(thing)[thing]
    within = y - (np.bincount(thing, y) / np.maximum(np.bincount(thing), 1))[thing]
    gram = _gram(thing, flow)
    eigenvalues, vectors = np.linalg.eigh(gram)
    kept = eigenvalues > _NOTHING * max(1.0, eigenvalues[-1])
    free = len(y) - len(np.unique(thing))
    if free <= kept.sum():
        return None
    roots = np.sqrt(eigenvalues[kept])
    turned = vectors[:, kept].T @ np.bincount(flow, within, len(gram)) / roots
    rest = max(0.0, float(within @ within - turned @ turned))

    def variance(ratio: float) -> float:
        return float((turned**2 / (1 + ratio * eigenvalues[kept])).sum() + rest) / free

    def criterion(ratio: float) -> float:
        return float(free * np.log(max(variance(ratio), 1e-300)) + np.log1p(ratio * eigenvalues[kept]).sum())

    ratio = _least(criterion)
    noise = variance(ratio)
    shrunk = vectors[:, kept] @ (ratio * roots / (1 + ratio * eigenvalues[kept]) * turned)
    unsure = noise * ratio * (vectors / (1 + ratio * np.where(kept, eigenvalues, 0.0))) @ vectors.T
    squares = (within - _within(shrunk[flow], thing)) ** 2 + noise / size + _spread(unsure, thing, flow)
    return Pooled(float(np.sqrt(ratio * noise)), float(np.sqrt(noise)), shrunk, np.sqrt(np.diag(unsure)), squares)


def _gram(thing: np.ndarray, flow: np.ndarray) -> Floats:
    """Cross products of the flows' indicators, each taken from its mean over the figures of a thing."""
    gram = np.diag(np.bincount(flow).astype(float))
    for places in _by_thing(thing):
        np.subtract.at(gram, np.ix_(flow[places], flow[places]), 1.0 / len(places))
    return gram


def _by_thing(thing: np.ndarray) -> list[np.ndarray]:
    """Places of the figures of each thing."""
    order = np.argsort(thing, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(thing[order])) + 1)


def _within(values: Floats, thing: np.ndarray) -> Floats:
    """Values less the mean of their thing."""
    means: Floats = values - (np.bincount(thing, values) / np.maximum(np.bincount(thing), 1))[thing]
    return means


def _spread(unsure: Floats, thing: np.ndarray, flow: np.ndarray) -> Floats:
    """Variance of each figure's bias less the mean of its thing's."""
    found = np.zeros(len(thing))
    for places in _by_thing(thing):
        of = unsure[np.ix_(flow[places], flow[places])]
        found[places] = np.diag(of) - 2 * of.mean(axis=1) + of.mean()
    return found


def _least(criterion: Callable[[float], float]) -> float:
    """The ratio of variances at which a criterion is least, none among them."""
    values = [criterion(float(np.exp(2 * r))) for r in _RATIOS]
    best = int(np.argmin(values))
    low, high = _RATIOS[max(best - 1, 0)], _RATIOS[min(best + 1, len(_RATIOS) - 1)]
    golden = (np.sqrt(5) - 1) / 2
    while high - low > 1e-9:
        one, other = high - golden * (high - low), low + golden * (high - low)
        if criterion(float(np.exp(2 * one))) < criterion(float(np.exp(2 * other))):
            high = other
        else:
            low = one
    ratio = float(np.exp(low + high))
    return ratio if criterion(ratio) < criterion(0.0) else 0.0
