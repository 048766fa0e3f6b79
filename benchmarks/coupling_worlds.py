"""Simulated worlds of three states, an adversary they share, and eight dyads of other states that face it too.

Everything here is invented. A world is made so that what is true of it is known:

- **Pressure.** The adversary's pressure P(t) moves by an AR(1) process and raises every dyad's rate by `exposure ×
P(t)`, this
  month's and last month's in equal parts. What an analyst sees of it are counts of the adversary's events with each
  state, of
  which the logarithm follows P(t), or a proxy of it whose reliability var(P) / var(proxy) is given.
- **Relations of their own.** Each dyad's rate also follows an AR(1) process of its own, each state's general activity,
  and a season.
- **Coupling.** The share `coupling` of each focal dyad's events is brought about by events of the other two focal
  dyads in the months before: rate = (1 - own - coupling) × base + own × own history + coupling × the others' history,
  where histories are exponentially weighted, each scaled to the dyad's own rate.
- **Careless coding.** Events of all three focal states happen at `joint` times a dyad's rate; a careless coder writes
  each down as three events, one for each dyad.

Counts are negative binomial.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tumen.events.coupling_series import Panel
from tumen.measure.arrays import Floats

FOCAL = ((0, 1), (0, 2), (1, 2))


@dataclass(frozen=True)
class World:
    """How a world is made.

    Args:
        months: its length.
        placebos: dyads of other states, each of two states of its own.
        coupling: the share of each focal dyad's events that the other two bring about.
        own: the share that a dyad's own earlier events bring about.
        exposure: how strongly a dyad's rate follows the adversary's pressure; that of the three is `trio` times as
            large.
        reliability: of what is seen of the pressure; 1: the pressure itself.
        joint: rate of events of all three, as a share of a dyad's rate.
        rate: mean events of a dyad in a month, drawn evenly between these.
        dispersion: of counts around their rate.
        wander: how much of a dyad's own state stays from month to month, and its standard deviation, in logarithms.
        kept: what is left of a month's events after a month, in every history.
    """

    months: int = 180
    placebos: int = 8
    coupling: float = 0.0
    own: float = 0.4
    exposure: float = 0.6
    trio: float = 1.0
    reliability: float = 1.0
    joint: float = 0.0
    rate: tuple[float, float] = (30.0, 120.0)
    dispersion: float = 0.2
    kept: float = 0.05
    wander: tuple[float, float] = (0.7, 0.4)


def simulate(world: World, seed: int) -> Panel:
    """A panel of monthly counts from a world.

    Returns: actors A, B, C and two for each placebo dyad; the first three dyads are focal.
    """
    rng = np.random.default_rng([20241204, seed])
    burn = 60
    length = world.months + burn
    dyads = (*FOCAL, *((3 + 2 * n, 4 + 2 * n) for n in range(world.placebos)))
    actors = 3 + 2 * world.placebos
    pressure = _autoregressive(rng, length, 1, 0.8, 1.0)[:, 0]
    busy = _autoregressive(rng, length, actors, 0.6, 0.15)
    exposure = np.array([world.exposure * (world.trio if n < 3 else 1.0) for n in range(len(dyads))])
    felt = 0.5 * (pressure + np.concatenate([pressure[:1], pressure[:-1]]))
    apart = _autoregressive(rng, length, len(dyads), *world.wander)
    wave = 0.1 * np.sin(2 * np.pi * np.arange(length) / 12)
    logs = (
        exposure * felt[:, None]
        + apart
        + wave[:, None]
        + busy[:, [d[0] for d in dyads]]
        + busy[:, [d[1] for d in dyads]]
    )
    base = np.exp(logs)
    rates = rng.uniform(*world.rate, len(dyads))
    counts = _events(rng, world, base / base.mean(axis=0), rates)
    proxy = pressure + rng.standard_normal(length) * np.sqrt(1 / world.reliability - 1)
    seen = rng.poisson(40 * np.exp(0.5 * proxy)[:, None], (length, actors)).astype(float)
    active = rng.poisson(100 * np.exp(busy)).astype(float)
    share = rng.binomial(counts.astype(np.int64), 0.5).astype(float)
    both = np.stack([share, counts - share], axis=2)
    return Panel(
        tuple(_name(n) for n in range(actors)),
        dyads,
        both[burn:],
        seen[burn:],
        active[burn:],
        np.empty((world.months, 0)),
        12.0,
    )


def _events(rng: np.random.Generator, world: World, base: Floats, rates: Floats) -> Floats:
    """Counts month by month, each on the histories of those before."""
    counts = np.empty(base.shape)
    told = np.ones(base.shape[1])
    coupling = np.array([world.coupling if n < 3 else 0.0 for n in range(base.shape[1])])
    for t, here in enumerate(base):
        others = np.ones(base.shape[1])
        others[:3] = (told[:3].sum() - told[:3]) / 2
        mean = rates * ((1 - world.own - coupling) * here + world.own * told + coupling * others)
        counts[t] = rng.negative_binomial(1 / world.dispersion, 1 / (1 + world.dispersion * mean))
        counts[t, :3] += rng.poisson(world.joint * rates[:3].mean() * here[:3].prod() ** (1 / 3))
        told = world.kept * told + (1 - world.kept) * counts[t] / rates
    return counts


def _autoregressive(rng: np.random.Generator, length: int, series: int, kept: float, sd: float) -> Floats:
    """Stationary AR(1) series, shape (length, series)."""
    steps = rng.standard_normal((length, series)) * sd * np.sqrt(1 - kept**2)
    steps[0] = rng.standard_normal(series) * sd
    for t in range(1, length):
        steps[t] += kept * steps[t - 1]
    return np.asarray(steps)


def _name(place: int) -> str:
    """A, B, C, then two letters for each placebo state."""
    return "ABC"[place] if place < 3 else f"P{place - 2}"
