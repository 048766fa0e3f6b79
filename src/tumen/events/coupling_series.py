"""What a dyad's events are explained by: own history, reciprocity, activity, pressure, a common factor, season and
trend.

A *triad* here is any three dyads, so that one model can be fitted to dyads that have nothing to do with each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from tumen.measure.arrays import Floats

Places = NDArray[np.int64]

#: What M0 holds for each dyad, in this order.
DESIGN_COLUMNS = (
    "constant",
    "trend",
    "season, sine",
    "season, cosine",
    "own history",
    "reciprocity",
    "activity of one",
    "activity of the other",
    "activity of one before",
    "activity of the other before",
    "pressure on one",
    "pressure on the other",
    "pressure on the rest",
    "pressure on one before",
    "pressure on the other before",
    "pressure on the rest before",
    "common factor",
    "common factor before",
)

#: What M1 has beyond M0.
CROSS = ("history of the first other dyad", "history of the second other dyad")


@dataclass(frozen=True)
class Panel:
    """Counts of events in bins of time.

    Args:
        actors: names.
        dyads: two places in actors each; the first three are the focal ones.
        counts: shape (bins, dyads, 2): from the first to the second, and back.
        pressure: events of the adversaries with each actor, shape (bins, actors).
        activity: each actor's events with others than adversaries and the dyads' own, shape (bins, actors).
        factor: events of dyads that serve for the common factor alone, shape (bins, those dyads).
        cycle: bins in a season: 12 for months, 365.25 / 7 for weeks, 7 for days.
    """

    actors: tuple[str, ...]
    dyads: tuple[tuple[int, int], ...]
    counts: Floats
    pressure: Floats
    activity: Floats
    factor: Floats
    cycle: float

    @property
    def totals(self) -> Floats:
        """Events of each dyad in either direction, shape (bins, dyads)."""
        summed: Floats = self.counts.sum(axis=2)
        return summed


@dataclass(frozen=True)
class Triads:
    """The equations of some triads, three each: equation 3t + i is that of the i-th dyad of triad t.

    Args:
        dyads: places of each triad's dyads, shape (triads, 3).
        counts: what is explained, shape (3 × triads, bins).
        rows: covariates of M0, shape (3 × triads, bins, COLUMNS).
        others: what M1 adds, shape (3 × triads, bins, CROSS).
    """

    dyads: Places
    counts: Floats
    rows: Floats
    others: Floats

    @property
    def full(self) -> Floats:
        """Covariates of M1."""
        return np.concatenate([self.rows, self.others], axis=2)


def history(series: Floats, half_life: float) -> Floats:
    """What was seen before each bin, exponentially weighted; it starts from the whole series' mean.

    Args:
        series: shape (bins, ...).
        half_life: in bins: after so many, an event weighs half.

    Example:
        >>> history(np.array([[4.0], [0.0], [2.0]]), 1.0)[:, 0].tolist()
        [2.0, 3.0, 1.5]
    """
    keep = 0.5 ** (1.0 / half_life)
    state = series.mean(axis=0)
    before = np.empty_like(series)
    for t, value in enumerate(series):
        before[t] = state
        state = keep * state + (1 - keep) * value
    return before


def all_triads(dyads: int) -> Places:
    """Every three of some dyads; the first is the focal one."""
    return np.array(list(combinations(range(dyads), 3)))


def triads_of(panel: Panel, dyads: Places, half_life: float) -> Triads:
    """The equations of some triads.

    The common factor of a triad comes from all dyads outside it, for the focal one as for every other: triads of dyads
    that differ in nothing then have statistics that differ in nothing.

    Args:
        dyads: shape (triads, 3).
        half_life: of every history, in bins.
    """
    before = history(panel.counts, half_life)
    total = before.sum(axis=2)
    pairs = np.array(panel.dyads)
    mine = dyads.ravel()
    one, other = pairs[mine].T
    triad = np.repeat(np.arange(len(dyads)), 3)
    columns = [
        *(np.broadcast_to(c, (len(mine), len(c))) for c in _clock(len(total), panel.cycle)),
        np.log1p(total).T[mine],
        (np.abs(before[:, :, 0] - before[:, :, 1]) / (total + 1)).T[mine],
    ]
    for activity in (panel.activity, history(panel.activity, half_life)):
        columns += [np.log1p(activity).T[one], np.log1p(activity).T[other]]
    rest = np.zeros((len(mine), len(panel.actors)))
    rest[np.arange(len(mine))[:, None], pairs[dyads].reshape(len(dyads), 6)[triad]] = 1
    rest[np.arange(len(mine))[:, None], pairs[mine]] = 0
    for pressure in (panel.pressure, history(panel.pressure, half_life)):
        pressed = np.log1p(pressure).T
        columns += [pressed[one], pressed[other], np.log1p(rest @ pressure.T)]
    columns += [common[triad] for common in _common(panel, dyads, half_life)]
    rows = np.stack(columns, axis=2)
    rows[:, :, 1:] -= rows[:, :, 1:].mean(axis=1, keepdims=True)
    others = np.array([[d for d in three if d != own] for three in dyads for own in three])
    told = np.log1p(total)
    told = told - told.mean(axis=0)
    return Triads(dyads, panel.totals.T[mine], rows, told.T[others].transpose(0, 2, 1))


def _clock(bins: int, cycle: float) -> tuple[Floats, ...]:
    """Constant, trend and one wave over the season."""
    angle = 2 * np.pi * np.arange(bins) / cycle
    return np.ones(bins), np.linspace(-1.0, 1.0, bins), np.sin(angle), np.cos(angle)


def _common(panel: Panel, dyads: Places, half_life: float) -> tuple[Floats, Floats]:
    """Mean of the dyads outside each triad, each as a multiple of its own mean, now and before; shape (triads,
    bins).
    """
    series = np.concatenate([panel.totals, panel.factor], axis=1)
    mean = series.mean(axis=0)
    shares = series / np.where(mean > 0, mean, 1.0)
    outside = np.ones((len(dyads), series.shape[1]))
    outside[np.arange(len(dyads))[:, None], dyads] = 0
    outside /= np.maximum(outside.sum(axis=1, keepdims=True), 1)
    return np.log1p(outside @ shares.T), np.log1p(outside @ history(shares, half_life).T)
