"""Whether the record tells whose payoffs are whose: what one actor did is told of another, and fits worse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.system.ranking import rng_of
from benchmarks.system.worlds import KEEN, SCENES, Scene, game, made
from tumen.system.fit import fit

#: Lengths of history, in periods, of any actors and of actors that care.
LENGTHS = tuple(
    replace(scene, periods=periods) for scene, each in ((SCENES[0], (14, 30)), (KEEN, (14, 30))) for periods in each
)

#: Worlds of each length at most, and draws of each fit: long histories take long.
WORLDS, DRAWS = 100, 200

#: What was done by each told of the next.
_ORDER = (1, 2, 0)


@dataclass(frozen=True)
class Shuffle:
    """In what share of worlds of a length the true fit was better, and by how much, as a median of logarithms."""

    world: str
    periods: int
    worlds: int
    better: float
    margin: float


def margin(scene: Scene, number: int) -> float:
    """By how much the logarithm of the evidence is higher where each actor has its own payoffs."""
    rng = rng_of(scene, number)
    seen = made(scene, rng).seen
    true, shuffled = (fit(game(), one, DRAWS, rng, scene.box).evidence for one in (seen, seen.shuffled(_ORDER)))
    return true - shuffled


def shuffle(scene: Scene, margins: Sequence[float]) -> Shuffle:
    """A row of the table from all worlds of a length."""
    found = np.array(margins)
    return Shuffle(scene.name, scene.periods, len(found), float((found > 0).mean()), float(np.median(found)))
