"""A declared system as a game: which parameters it has, and what each level pays in each draw and period.

Every payoff is a product of an actor's precision, an aim's weight, an effect's value and a driver, so that a game is a
list of such products, of an agent's own level alone or with that of another agent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from tumen.measure.arrays import Floats
from tumen.system.theory import Effect, System

#: Stands for "no driver": an effect that always counts whole.
ALWAYS = -1


@dataclass(frozen=True)
class Ranges:
    """Ranges of all parameters of a game, each evenly likely beforehand.

    Args:
        names: "weight AAA.stability", "habit AAA.support", "effect 3", "precision AAA".
        low, high: shape (parameters,).
    """

    names: tuple[str, ...]
    low: Floats
    high: Floats

    def at(self, places: Floats) -> Floats:
        """Parameters at some places, 0 the low end of each range and 1 the high one."""
        found: Floats = self.low + (self.high - self.low) * places
        return found

    def holds(self, parameters: Floats) -> np.ndarray:
        """Whether each draw lies in every range; shape (draws,)."""
        return np.asarray(((parameters >= self.low) & (parameters <= self.high)).all(axis=1))

    def place(self, name: str) -> int:
        """Where a parameter stands."""
        return self.names.index(name)

    def with_ranges(self, ranges: Mapping[str, tuple[float, float]]) -> Ranges:
        """The same with other ranges for some parameters."""
        low, high = self.low.copy(), self.high.copy()
        for name, (least, most) in ranges.items():
            low[self.place(name)], high[self.place(name)] = least, most
        return replace(self, low=low, high=high)


@dataclass(frozen=True)
class Term:
    """A product that is added to what a level of an agent pays.

    Args:
        agent, level: whose payoff.
        factors: places of the parameters that are multiplied.
        driver: place of the driver that it goes with; `ALWAYS` where it goes with none.
        reversed: whether one minus the driver counts.
        other, other_level: with which level of which other agent; None where its own level is enough.
        aim: id of the aim, "AAA.stability", or "AAA.habit".
    """

    agent: int
    level: int
    factors: tuple[int, ...]
    driver: int
    reversed: bool
    other: int | None
    other_level: int
    aim: str


@dataclass(frozen=True)
class Game:
    """What a system comes to: agents with their levels, drivers, ranges of parameters, and the terms of payoffs.

    Args:
        agents: names of moves, "AAA.support".
        levels: how many each agent has.
        actors: of each agent.
        habits: of each agent, the places of its habit and of its actor's precision.
    """

    agents: tuple[str, ...]
    levels: tuple[int, ...]
    actors: tuple[str, ...]
    drivers: tuple[str, ...]
    box: Ranges
    terms: tuple[Term, ...]
    habits: tuple[tuple[int, int], ...]

    @cached_property
    def size(self) -> int:
        """How many parameters there are."""
        return len(self.box.names)

    def alone(self) -> Game:
        """The same game in which nobody reckons with the others' moves."""
        return replace(self, terms=tuple(term for term in self.terms if term.other is None))


@dataclass(frozen=True)
class Context:
    """What moves agents in some periods.

    Args:
        drivers: shape (drivers, 1 or draws, periods).
        last: of each agent, how far each level is that of the period before; shape (levels, 1 or draws, periods).
    """

    drivers: Floats
    last: tuple[Floats, ...]

    @property
    def periods(self) -> int:
        """How many there are."""
        return int(self.last[0].shape[2])


@dataclass(frozen=True)
class Shared:
    """What a level of an agent pays more where another agent stands at a level; pay of shape (draws, periods)."""

    agent: int
    level: int
    other: int
    other_level: int
    pay: Floats


@dataclass(frozen=True)
class Payoffs:
    """What each level pays, times precision.

    Args:
        own: of each agent, whatever the others do; shape (levels, draws, periods).
        shared: what comes to it by the level of one other agent.
    """

    own: tuple[Floats, ...]
    shared: tuple[Shared, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Draws and periods."""
        return self.own[0].shape[1], self.own[0].shape[2]


def game_of(system: System) -> Game:
    """A declared system as a game.

    An effect counts for each agent of the aim's own actor whose level it names; one that names none of them pays the
    same whatever the actor does, and moves nothing.
    """
    moves = {move.name: n for n, move in enumerate(system.moves)}
    ranges: dict[str, tuple[float, float]] = {f"weight {aim.name}": aim.weight for aim in system.aims}
    ranges |= {f"habit {move.name}": move.habit for move in system.moves}
    ranges |= {f"effect {n}": effect.value for n, effect in enumerate(system.effects)}
    ranges |= {f"precision {actor}": system.precision_of(actor) for actor in system.actors}
    names = tuple(ranges)
    box = Ranges(names, np.array([r[0] for r in ranges.values()]), np.array([r[1] for r in ranges.values()]))
    drivers = tuple(driver.id for driver in system.drivers)
    terms: list[Term] = []
    for n, effect in enumerate(system.effects):
        terms += _terms(effect, n, system, moves, names, drivers)
    habits = tuple((names.index(f"habit {m.name}"), names.index(f"precision {m.actor}")) for m in system.moves)
    levels, actors = tuple(len(m.levels) for m in system.moves), tuple(m.actor for m in system.moves)
    return Game(tuple(moves), levels, actors, drivers, box, tuple(terms), habits)


def _terms(
    effect: Effect,
    number: int,
    system: System,
    moves: Mapping[str, int],
    names: Sequence[str],
    drivers: Sequence[str],
) -> list[Term]:
    actor = effect.aim.split(".")[0]
    factors = tuple(names.index(name) for name in (f"precision {actor}", f"weight {effect.aim}", f"effect {number}"))
    driver = drivers.index(effect.driver) if effect.driver else ALWAYS
    stands = [(moves[name], system.moves[moves[name]].levels.index(level)) for name, level in effect.when.items()]
    terms = []
    for place, (agent, level) in enumerate(stands):
        if system.moves[agent].actor != actor:
            continue
        other, other_level = stands[1 - place] if len(stands) > 1 else (None, 0)
        terms.append(Term(agent, level, factors, driver, effect.reversed, other, other_level, effect.aim))
    return terms


def payoffs_of(game: Game, parameters: Floats, context: Context) -> Payoffs:
    """What each level of each agent pays, for each draw and period.

    Args:
        parameters: shape (draws, parameters).
    """
    draws, periods = len(parameters), context.periods
    own = [np.zeros((levels, draws, periods)) for levels in game.levels]
    for agent, (habit, precision) in enumerate(game.habits):
        own[agent] += (parameters[:, habit] * parameters[:, precision])[:, None] * context.last[agent]
    shared: dict[tuple[int, int, int, int], Floats] = {}
    for term in game.terms:
        pay = product(term, parameters, context)
        if term.other is None:
            own[term.agent][term.level] += pay
        else:
            key = (term.agent, term.level, term.other, term.other_level)
            shared[key] = shared[key] + pay if key in shared else pay
    return Payoffs(tuple(own), tuple(Shared(*key, pay) for key, pay in shared.items()))


def product(term: Term, parameters: Floats, context: Context) -> Floats:
    """What a term adds, for each draw and period; shape (draws, periods)."""
    by_draw = parameters[:, list(term.factors)].prod(axis=1)
    if term.driver == ALWAYS:
        return np.repeat(by_draw[:, None], context.periods, axis=1)
    driver = context.drivers[term.driver]
    found: Floats = by_draw[:, None] * (1.0 - driver if term.reversed else driver)
    return found


def forced(payoffs: Payoffs, levels: Mapping[int, int]) -> Payoffs:
    """The same where some agents no longer choose: the others reckon with the level that each is forced to.

    Args:
        levels: of each forced agent. What the solver finds for that agent itself means nothing.
    """
    own = [one.copy() for one in payoffs.own]
    for agent in levels:
        own[agent][:] = 0.0
    shared = []
    for one in payoffs.shared:
        if one.agent in levels:
            continue
        if one.other in levels:
            if levels[one.other] == one.other_level:
                own[one.agent][one.level] += one.pay
            continue
        shared.append(one)
    return Payoffs(tuple(own), tuple(shared))
