"""Where the truth lies among the draws (Talts et al. 2018, arXiv:1804.06788), and whether intervals hold it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import chisquare

from benchmarks.system.worlds import Scene, World, chances_after, game, made
from tumen.measure.arrays import Floats
from tumen.system.fit import fit

#: Draws of each fit, and bins of ranks.
DRAWS, BINS = 1000, 20

#: Every world has a seed of its own.
ROOT_SEED = 20261130

#: Parameters whose ranks are shown; a probability to come is shown beside them.
SHOWN = ("weight AAA.calm", "weight BBB.gain", "effect 6", "habit CCC.press", "precision BBB")
FORECAST = "P(BBB.lean is high) in the next period"
QUANTITIES = (*SHOWN, FORECAST)


@dataclass(frozen=True)
class Row:
    """What became of one quantity in all worlds of a scene.

    Args:
        coverage: share of worlds in which the central 90 per cent of the draws hold the truth.
        uniform: P of ranks at least as uneven as these, were they even; chi-square.
        narrowed: mean width of the interval, as a share of that before the record; None of a forecast.
    """

    world: str
    harsh: bool
    quantity: str
    worlds: int
    coverage: float
    uniform: float
    narrowed: float | None


def rng_of(scene: Scene, number: int) -> np.random.Generator:
    """The luck of one world."""
    return np.random.default_rng([ROOT_SEED, *scene.name.encode(), scene.periods, number])


def places(scene: Scene, number: int, draws: int = DRAWS) -> Floats:
    """Of each quantity in one world: the share of draws below the truth, and the interval's width; (2, quantities)."""
    rng = rng_of(scene, number)
    world = made(scene, rng)
    parameters = fit(game(), world.seen, draws, rng).parameters
    drawn, true = _quantities(parameters, world), _quantities(world.parameters[None], world)[:, 0]
    low, high = np.quantile(drawn, [0.05, 0.95], axis=1)
    return np.array([(drawn < true[:, None]).mean(axis=1), high - low])


def _quantities(parameters: Floats, world: World) -> Floats:
    """What is ranked, of some parameters; shape (quantities, draws)."""
    shown = [parameters[:, game().box.place(name)] for name in SHOWN]
    ahead = chances_after(parameters, world.levels[:, -1], world.ahead)
    return np.array([*shown, ahead[1][2]])


def rows(scene: Scene, found: Sequence[Floats]) -> list[Row]:
    """Rows of the table from all worlds of a scene."""
    each = np.array(found)
    return [_row(scene, n, name, each[:, 0, n], each[:, 1, n]) for n, name in enumerate(QUANTITIES)]


def _row(scene: Scene, place: int, quantity: str, below: Floats, width: Floats) -> Row:
    counts = np.bincount(np.minimum((below * BINS).astype(int), BINS - 1), minlength=BINS)
    held = float(((below >= 0.05) & (below <= 0.95)).mean())
    narrowed = None
    if place < len(SHOWN):
        box = game().box
        n = box.place(quantity)
        narrowed = float(width.mean() / (0.9 * (box.high[n] - box.low[n])))
    return Row(scene.name, scene.harsh, quantity, len(below), held, float(chisquare(counts).pvalue), narrowed)
