"""Series of three dyads as M0 would have them, with a share of coupling that is chosen: what the test would say of
them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tumen.events.coupling_comparison import Scores, scores
from tumen.events.coupling_series import DESIGN_COLUMNS, Panel, Places, Triads, history
from tumen.events.negative_binomial import Fitted
from tumen.measure.arrays import Floats

#: Series simulated for power; for the reference distribution of the test; and at once.
POWER_SERIES, NULL_SERIES, _CHUNK = 400, 1000, 200

#: Power below which a test that does not reject says nothing.
ENOUGH_POWER = 0.8
_ENOUGH_SDS = 0.842

_OWN = DESIGN_COLUMNS.index("own history")
_FOCAL: Places = np.array([[0, 1, 2]])


@dataclass(frozen=True)
class Power:
    """How well the test tells a share of coupling from none.

    Args:
        power: chance of a rejection at that share.
        times: how many times as long the series would have to be for a chance of 0.8; infinite where no length would
            do.
    """

    power: float
    times: float


def simulated_scores(
    panel: Panel, focal: Triads, fit: Fitted, half_life: float, share: float, series: int, rng: np.random.Generator
) -> Scores:
    """Statistics of simulated series of the three dyads.

    Each follows M0 as it was fitted, its own history being that of the simulated events; the histories of the other
    two raise it with an elasticity of half the share each. All else is as it was seen.

    Args:
        fit: M0 of the three dyads.
        share: of events that the other two dyads account for.
    """
    found = [
        _chunk(panel, focal, fit, half_life, share, min(_CHUNK, series - n), rng) for n in range(0, series, _CHUNK)
    ]
    return Scores(*(np.concatenate([getattr(s, name) for s in found]) for name in Scores.__dataclass_fields__))


def _chunk(
    panel: Panel, focal: Triads, fit: Fitted, half_life: float, share: float, series: int, rng: np.random.Generator
) -> Scores:
    totals = panel.totals[:, :3]
    center = np.log1p(history(totals, half_life)).mean(axis=0)
    own = fit.coefficients[:, _OWN]
    fixed = np.log(fit.means).T - own * focal.rows[:, :, _OWN].T
    keep = 0.5 ** (1 / half_life)
    state = np.repeat(totals.mean(axis=0)[None], series, axis=0)
    size, most = 1 / fit.dispersion, np.log(20 * (totals.max(axis=0) + 1))
    counts, before = np.empty((2, len(totals), series, 3))
    for t, outside in enumerate(fixed):
        told = np.log1p(state) - center
        others = (told.sum(axis=1, keepdims=True) - told) / 2
        mean = np.exp(np.minimum(outside + own * told + share * others, most))
        counts[t] = rng.negative_binomial(size, size / (size + mean))
        before[t] = told
        state = keep * state + (1 - keep) * counts[t]
    before -= before.mean(axis=0)
    rows = np.repeat(focal.rows[None], series, axis=0)
    rows[:, :, :, _OWN] = before.transpose(1, 2, 0)
    others = np.stack([before[:, :, [[1, 0, 0][d], [2, 2, 1][d]]] for d in range(3)], axis=2)
    bins = len(totals)
    made = Triads(
        np.repeat(_FOCAL, series, axis=0),
        counts.transpose(1, 2, 0).reshape(-1, bins),
        rows.reshape(-1, bins, rows.shape[3]),
        others.transpose(1, 2, 0, 3).reshape(-1, bins, 2),
    )
    return scores(made, (np.tile(fit.coefficients, (series, 1)), np.tile(fit.dispersion, series)))


def power_of(none: Floats, some: Floats, critical: float) -> Power:
    """Power, and the length that would do, from statistics of series without coupling and with some.

    What coupling adds to the statistic grows with the square root of the length.

    Example:
        >>> rng = np.random.default_rng(1)
        >>> found = power_of(rng.standard_normal(4000), 1 + rng.standard_normal(4000), 1.645)
        >>> round(found.power, 1), round(found.times)  # (1.645 + 0.842) squared
        (0.3, 6)
    """
    adds = float(some.mean() - none.mean())
    takes = critical - float(none.mean()) + _ENOUGH_SDS * float(some.std())
    return Power(float((some >= critical).mean()), max(1.0, (takes / adds) ** 2) if adds > 0 else float("inf"))
