"""The system played forward: what each would do next, and what follows where a move or a driver is set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tumen.measure.arrays import Floats
from tumen.system.fit import Observed
from tumen.system.game import Context, Game, forced, payoffs_of, product
from tumen.system.solver import FOLLOWED, solve

#: LevelPlaces of levels, of agents, draws or periods.
LevelPlaces = NDArray[np.int64]


@dataclass(frozen=True)
class Outlook:
    """What lies outside the game in the periods to come.

    Args:
        drivers: shape (drivers, 1 or draws, periods).
        driven: what a driver is where it is the level that an agent had in the period before: agent, and the value of
            each of its levels; by the driver's place.
        forced: levels that agents are forced to, by agent, then by period; an intervention, which nobody chose.
    """

    drivers: Floats
    driven: Mapping[int, tuple[int, Floats]] = field(default_factory=dict)
    forced: Mapping[int, Mapping[int, int]] = field(default_factory=dict)

    @property
    def periods(self) -> int:
        """How many there are."""
        return int(self.drivers.shape[2])


@dataclass(frozen=True)
class Played:
    """One future for each draw.

    Args:
        chances: of each agent, how probable each level was in each period, by what had been played before it; shape
            (levels, draws, periods).
        levels: what was played, shape (agents, draws, periods).
        pays: of each agent and aim, what each level paid for that aim, as `chances`; empty unless asked for.
    """

    chances: tuple[Floats, ...]
    levels: LevelPlaces
    pays: tuple[Mapping[str, Floats], ...]


def starts(seen: Observed, draws: int, rng: np.random.Generator) -> LevelPlaces:
    """A level of each agent in the last period seen, as the coders put it; shape (agents, draws)."""
    return np.array([_chosen(np.repeat(one[:, -1:], draws, axis=1), rng.random(draws)) for one in seen.coded])


def play(
    game: Game, parameters: Floats, start: LevelPlaces, outlook: Outlook, luck: Floats, reckoned: bool = False
) -> Played:
    """Play the game period after period.

    Args:
        parameters: shape (draws, parameters).
        start: levels in the period before, shape (agents, draws).
        luck: even numbers from 0 to 1 that choose among levels, shape (agents, draws, periods); the same ones give
            futures that differ only by what is set.
        reckoned: whether to tell what each level paid.
    """
    draws, last = len(parameters), start
    chances: list[list[Floats]] = [[] for _ in game.agents]
    pays: list[list[Mapping[str, Floats]]] = [[] for _ in game.agents]
    levels = np.empty((len(game.agents), draws, outlook.periods), dtype=np.int64)
    for period in range(outlook.periods):
        context = _context(game, last, outlook, period)
        held = {agent: by[period] for agent, by in outlook.forced.items() if period in by}
        solved = solve(forced(payoffs_of(game, parameters, context), held), followed=FOLLOWED).chances
        found = [_sure(one, held[n]) if n in held else one for n, one in enumerate(solved)]
        for agent, one in enumerate(found):
            chances[agent].append(one[:, :, 0])
            pays[agent] += [aims_of(game, parameters, context, found, agent)] if reckoned else []
            levels[agent, :, period] = _chosen(one[:, :, 0], luck[agent, :, period])
        last = levels[:, :, period]
    return Played(
        tuple(np.stack(one, axis=2) for one in chances),
        levels,
        tuple({aim: np.stack([p[aim] for p in one], axis=2) for aim in one[0]} if one else {} for one in pays),
    )


def _context(game: Game, last: LevelPlaces, outlook: Outlook, period: int) -> Context:
    draws = last.shape[1]
    drivers = outlook.drivers[:, :, period : period + 1]
    if outlook.driven:
        drivers = np.broadcast_to(drivers, (len(drivers), draws, 1)).copy()
    for driver, (agent, values) in outlook.driven.items():
        drivers[driver, :, 0] = values[last[agent]]
    return Context(drivers, tuple(_one_hot(last[n], k)[:, :, None] for n, k in enumerate(game.levels)))


def _one_hot(levels: LevelPlaces, of: int) -> Floats:
    return np.asarray(np.arange(of)[:, None] == levels[None, :], dtype=np.float64)


def _sure(chances: Floats, level: int) -> Floats:
    """Probabilities of a forced agent."""
    found = np.zeros_like(chances)
    found[level] = 1.0
    return found


def _chosen(chances: Floats, luck: Floats) -> LevelPlaces:
    """A level for each draw."""
    passed: LevelPlaces = (np.cumsum(chances, axis=0) < luck).sum(axis=0)
    return np.minimum(passed, len(chances) - 1)


def aims_of(
    game: Game, parameters: Floats, context: Context, chances: Sequence[Floats], agent: int
) -> Mapping[str, Floats]:
    """What each level of an agent pays for each of its actor's aims in one period, given what the others do.

    Returns: by aim, shape (levels, draws).
    """
    habit, precision = game.habits[agent]
    kept = (parameters[:, habit] * parameters[:, precision]) * context.last[agent][:, :, 0]
    found = {f"{game.actors[agent]}.habit": kept}
    for term in game.terms:
        if term.agent != agent:
            continue
        pay = product(term, parameters, context)[:, 0]
        if term.other is not None:
            pay = pay * chances[term.other][term.other_level][:, 0]
        found.setdefault(term.aim, np.zeros((game.levels[agent], len(parameters))))[term.level] += pay
    return found
