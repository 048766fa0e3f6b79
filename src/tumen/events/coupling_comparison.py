"""Whether the histories of other dyads say anything of a dyad: one statistic for every triad, without fitting M1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tumen.events.coupling_series import Panel, Triads, all_triads, triads_of
from tumen.events.negative_binomial import fitted, information, refitted
from tumen.measure.arrays import Floats

_UPPER = 1.645

#: The level of the test.
LEVEL = 0.05

#: Placebo dyads below which other triads are too few to compare with.
LEAST_PLACEBOS = 8


@dataclass(frozen=True)
class Scores:
    """What M0's residuals say of the cross-dyad terms.

    Args:
        statistic: of each triad, about standard normal without coupling, were M0 exactly right.
        share: of each triad, one step of Fisher scoring from M0 toward M1.
        influence: of each bin on that share, shape (triads, bins).
        surprise: of each bin, what it adds to the statistic, shape (triads, bins).
    """

    statistic: Floats
    share: Floats
    influence: Floats
    surprise: Floats


@dataclass(frozen=True)
class Comparison:
    """The test: the focal triad against all triads of focal and placebo dyads, or against simulated series.

    Args:
        p_value: share of all triads, the focal one among them, with a statistic as high.
        critical: the statistic above which the focal triad is among the highest LEVEL of triads.
        typical: mean statistic of triads of placebo dyads alone, what is left of the adversary in them.
        error: its standard error.
        shift: share that the model finds in triads of placebo dyads alone: what is left of the adversary, and its own
            bias.
        influence: of each bin on the shift.
        left: the part of the share that a shared adversary accounts for, at the exposure taken for granted.
        compared: how many triads or series the focal triad was compared with, itself among them.
    """

    statistic: float
    p_value: float
    critical: float
    typical: float
    error: float
    shift: float
    influence: Floats
    left: float
    compared: int

    @property
    def rejects(self) -> bool:
        """Whether the focal triad stands out."""
        return self.p_value <= LEVEL

    @property
    def vanishes(self) -> float:
        """How many times as exposed to the adversary as the placebos the three would have to be for the statistic to
        be critical.

        What a shared adversary leaves in the statistic grows with the exposure of both dyads of a pair, so with its
        square.
        It is taken at the upper end of its 95 per cent interval: the answer errs toward fragility. 1 where nothing
            stands out.
        """
        left = max(self.typical + _UPPER * self.error, 1e-6)
        return float(np.sqrt(1 + max(self.statistic - self.critical, 0.0) / left))


def scores(triads: Triads, start: tuple[Floats, Floats] | None = None) -> Scores:
    """Rao's efficient score of the cross-dyad terms of each triad, M0 fitted to each equation.

    Args:
        start: coefficients and dispersion of each equation, from which M0 takes two steps.

    The statistic looks in one direction, in which both other dyads raise the events of a dyad alike: it has the power
    of one degree of freedom where a likelihood ratio spreads over six. M0 takes two steps from the fit of the same dyad
    in the first triad that has it, whose dispersion it keeps.

    Source: Rao (1948), doi:10.1017/S0305004100023987.
    """
    beta, alpha = start or _start(triads)
    beta = refitted(triads.counts, triads.rows, np.ones(triads.counts.shape), beta, alpha, 2)
    means = np.exp((triads.rows @ beta[:, :, None])[:, :, 0])
    weights = means / (1 + alpha[:, None] * means)
    weighed = triads.rows * weights[:, :, None]
    fit = np.linalg.solve(information(triads.rows, weights), weighed.transpose(0, 2, 1) @ triads.others)
    rest = triads.others - triads.rows @ fit
    surprise = (weights * (triads.counts - means) / means)[:, :, None] * rest
    held = rest.transpose(0, 2, 1) @ (weights[:, :, None] * rest)
    toward, sure = surprise.sum(axis=(1, 2)).reshape(-1, 3), held.sum(axis=(1, 2)).reshape(-1, 3)
    turned = np.linalg.solve(held + 1e-9 * np.eye(2), np.ones((len(held), 2, 1)))
    weight = triads.counts.mean(axis=1).reshape(-1, 3)
    weight /= weight.sum(axis=1, keepdims=True)
    influence = ((surprise @ turned)[:, :, 0].reshape(len(weight), 3, -1) * weight[:, :, None]).sum(axis=1)
    scale = np.sqrt(sure.sum(axis=1))
    each = surprise.sum(axis=2).reshape(len(weight), 3, -1).sum(axis=1) / scale[:, None]
    return Scores(toward.sum(axis=1) / scale, influence.sum(axis=1), influence, each)


def _start(triads: Triads) -> tuple[Floats, Floats]:
    """Fits of each dyad in the first triad that has it."""
    _, first, back = np.unique(triads.dyads.ravel(), return_index=True, return_inverse=True)
    base = fitted(triads.counts[first], triads.rows[first])
    return base.coefficients[back], base.dispersion[back]


def ranked(panel: Panel, half_life: float) -> Comparison:
    """The focal triad among all triads that can be drawn from the panel's dyads.

    Source: Phipson and Smyth (2010), doi:10.2202/1544-6115.1585, for the p-value of a rank; Lipsitch, Tchetgen
    Tchetgen and Cohen (2010),
        doi:10.1097/EDE.0b013e3181d61eeb, for comparisons that no effect can reach.

    Limits: exact where the focal dyads differ from the placebos in nothing but coupling.
    """
    triads = all_triads(len(panel.dyads))
    found = scores(triads_of(panel, triads, half_life))
    apart = (triads >= 3).all(axis=1)
    error = float(np.sqrt((found.surprise[apart].mean(axis=0) ** 2).sum()))
    shift = float(found.share[apart].mean())
    return Comparison(
        float(found.statistic[0]),
        *_place(found.statistic),
        float(found.statistic[apart].mean()),
        error,
        shift,
        found.influence[apart].mean(axis=0),
        shift,
        len(triads),
    )


def simulated_test(focal: Triads, none: Scores, pressed: float) -> Comparison:
    """The focal triad among series that M0 made.

    Args:
        none: scores of series without coupling.
        pressed: what the share would gain were the adversary left out of the model.

    Limits: right where M0 is; a pressure that the record does not show is taken for coupling.
    """
    own = scores(focal)
    every = np.concatenate([own.statistic, none.statistic])
    left = max(pressed, 0.0)
    per_share = float(none.statistic.std() / max(none.share.std(), 1e-9))
    return Comparison(
        float(own.statistic[0]),
        *_place(every),
        left * per_share,
        0.0,
        float(none.share.mean()),
        np.zeros(none.influence.shape[1]),
        left,
        len(every),
    )


def _place(statistic: Floats) -> tuple[float, float]:
    """The p-value of the first among all, and the value above which it would be among the highest LEVEL."""
    return float((statistic >= statistic[0]).mean()), float(np.sort(statistic)[::-1][int(LEVEL * len(statistic))])
