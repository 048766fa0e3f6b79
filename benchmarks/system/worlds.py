"""A small system of three states, and histories of it that it made itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from tumen.measure.arrays import Floats
from tumen.system.fit import Observed
from tumen.system.game import Context, Game, Ranges, game_of, payoffs_of
from tumen.system.solver import solve
from tumen.system.theory import Aim, Driver, Effect, Move, System

#: How often a coder who says "high", "medium" or "low" is right, by what is said.
SAID = (0.95, 0.80, 0.60)

_MOVES = (("AAA", "help"), ("BBB", "lean"), ("CCC", "press"))
_AIMS = ("AAA.calm", "AAA.cost", "BBB.gain", "BBB.pride", "CCC.check", "CCC.ease")
_EFFECTS = (
    ("AAA.calm", {"AAA.help": "low", "BBB.lean": "low"}, (-1.0, -0.5), None),
    ("AAA.calm", {"AAA.help": "low", "CCC.press": "high"}, (-0.8, -0.3), None),
    ("AAA.cost", {"AAA.help": "high"}, (-0.8, -0.3), "1 - need"),
    ("BBB.gain", {"BBB.lean": "high", "AAA.help": "high"}, (0.5, 1.0), None),
    ("BBB.gain", {"BBB.lean": "high", "AAA.help": "mid"}, (0.2, 0.5), "need"),
    ("BBB.pride", {"BBB.lean": "high"}, (-0.6, -0.2), None),
    ("CCC.check", {"CCC.press": "high", "BBB.lean": "high"}, (0.4, 1.0), "need"),
    ("CCC.ease", {"CCC.press": "high"}, (-0.6, -0.2), None),
)


@cache
def game() -> Game:
    """Three agents of three levels, each of which reckons with another that reckons with it in the end."""
    levels = ("low", "mid", "high")
    system = System(
        tuple(Move(actor=a, id=m, says="-", levels=levels, scale=(-1, 0, 1), habit=(0, 1.5)) for a, m in _MOVES),
        tuple(Aim(actor=a[:3], id=a[4:], says="-", weight=(0.2, 2.0), cites="-") for a in _AIMS),
        tuple(Effect(aim=a, when=when, value=value, times=times) for a, when, value, times in _EFFECTS),
        (Driver(id="need", says="-"),),
    )
    return game_of(system)


def _keen() -> dict[str, tuple[float, float]]:
    """Narrower ranges: of weights the upper half or so, of precisions too, of habits the lower third."""
    narrow = {"weight": (1.0, 2.0), "precision": (2.0, 4.0), "habit": (0.0, 0.5)}
    return {name: narrow[name.split()[0]] for name in game().box.names if name.split()[0] in narrow}


@dataclass(frozen=True)
class Scene:
    """How histories come about and what is seen of them.

    Args:
        says: how often coders claim to be right, one of these for each coding; exactly what was done where empty.
        right: how often they are right; as often as they say where None.
        misread: standard deviation of the error with which a driver is read.
        keen: whether actors care much, choose exactly and have little habit; else anything in the ranges.
    """

    name: str
    harsh: bool
    says: tuple[float, ...] = ()
    right: float | None = None
    misread: float = 0.0
    periods: int = 14
    keen: bool = False

    @property
    def box(self) -> Ranges:
        """Ranges of the parameters."""
        return game().box.with_ranges(_keen() if self.keen else {})


#: Actors of whom a record tells much.
KEEN = Scene("what was done is known, of actors that care", harsh=False, keen=True)

SCENES = (
    Scene("what was done is known", harsh=False),
    Scene("coders err as often as they say", harsh=True, says=SAID),
    Scene("coders say high, and are right in 80 of 100", harsh=True, says=(0.95,), right=0.80),
    Scene("the driver is misread by 0.2", harsh=True, misread=0.2),
)


@dataclass(frozen=True)
class World:
    """A history and what made it.

    Args:
        parameters: the true ones, shape (parameters,).
        levels: what was done, shape (agents, periods).
        need: the driver as it was, shape (periods,).
        ahead: a driver for the period after the last.
    """

    parameters: Floats
    levels: np.ndarray
    need: Floats
    seen: Observed
    ahead: float


def made(scene: Scene, rng: np.random.Generator) -> World:
    """A history with parameters drawn from their ranges."""
    it = game()
    parameters = scene.box.at(rng.random(it.size))
    need = rng.random(scene.periods + 1)
    levels = np.empty((len(it.agents), scene.periods), dtype=np.int64)
    levels[:, 0] = [rng.integers(k) for k in it.levels]
    for period in range(1, scene.periods):
        chances = chances_after(parameters[None], levels[:, period - 1], need[period])
        levels[:, period] = [rng.choice(len(one), p=one[:, 0] / one[:, 0].sum()) for one in chances]
    coded = tuple(_coded(scene, one, k, rng) for one, k in zip(levels, it.levels, strict=True))
    read = np.clip(need[:-1] + scene.misread * rng.normal(size=scene.periods), 0.0, 1.0)
    return World(parameters, levels, need[:-1], Observed(coded, read[None, None]), float(need[-1]))


def chances_after(parameters: Floats, levels: Sequence[int] | np.ndarray, need: float) -> tuple[Floats, ...]:
    """How probable each level of each agent is after some levels; shape (levels, draws)."""
    last = tuple(np.eye(k)[level][:, None, None] for level, k in zip(levels, game().levels, strict=True))
    solved = solve(payoffs_of(game(), parameters, Context(np.full((1, 1, 1), need), last)))
    return tuple(one[:, :, 0] for one in solved.chances)


def _coded(scene: Scene, levels: np.ndarray, of: int, rng: np.random.Generator) -> Floats:
    """What a coder makes of an agent's levels; shape (levels, periods)."""
    if not scene.says:
        return np.eye(of).T[:, levels]
    says = rng.choice(scene.says, size=len(levels))
    right = rng.random(len(levels)) < (says if scene.right is None else scene.right)
    put = np.where(right, levels, (levels + rng.integers(1, of, size=len(levels))) % of)
    coded: Floats = np.where(np.arange(of)[:, None] == put, says, (1.0 - says) / (of - 1))
    return coded
