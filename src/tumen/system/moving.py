"""What may be moved under an answer of a system: weights of aims, precision, habits, and what drives actors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from tumen.measure.arrays import Floats
from tumen.measure.estimate import Draws, Lever, Response
from tumen.measure.units import FACTOR, TIMES, Unit
from tumen.system.play import Outlook, Played, play
from tumen.system.running import Running, luck_of, thinned
from tumen.system.theory import System

#: Values at which an answer is computed; between them it is taken to go straight.
_TIMES = (0.0, 0.33, 0.67, 1.0, 1.5, 2.0, 3.0)
_LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)

#: Draws of the parameters at each value, and futures of each.
_DRAWS, _FUTURES = 150, 2

#: What a set of futures answers, one number for each.
Answer = Callable[[Played], Floats]


@dataclass(frozen=True)
class Knob:
    """Something that may be moved.

    Args:
        name: of its lever.
        parameters: places of the parameters that are multiplied.
        driver: place of a driver that is set; None where parameters are multiplied.
    """

    name: str
    stands: float
    parameters: tuple[int, ...] = ()
    driver: int | None = None

    @property
    def values(self) -> tuple[float, ...]:
        """Where the answer is computed."""
        return _TIMES if self.driver is None else tuple(sorted({*_LEVELS, self.stands}))


def system_levers(system: System) -> tuple[Lever, ...]:
    """Each aim's weight, each actor's habit and precision, and each driver that is no move of theirs."""
    levers = [_lever(f"weight.{a.name}", f"the weight of {a.actor}'s aim “{a.says}”", TIMES) for a in system.aims]
    for actor in system.actors:
        levers.append(_lever(f"habit.{actor}", f"the habit of {actor}", TIMES))
        levers.append(_lever(f"precision.{actor}", f"how exactly {actor} chooses", TIMES))
    return (
        *levers,
        *(
            _lever(f"driver.{driver.id}", f"{driver.id.replace('_', ' ')} ({driver.says})", FACTOR)
            for driver in system.drivers
            if driver.move is None or system.move_named(driver.move) is None
        ),
    )


def _lever(name: str, label: str, unit: Unit) -> Lever:
    """A factor on parameters, which stands at 1, or a driver, which stands where the record has it."""
    most, stands = (3.0, 1.0) if unit is TIMES else (1.0, None)
    return Lever(name=name, unit=unit, low=0.0, high=most, baseline=stands, tolerance=1e-2, label=label)


def knobs_of(run: Running, ahead: Outlook) -> list[Knob]:
    """What the levers move; drivers that a future sets are not theirs to move."""
    knobs = []
    for lever in system_levers(run.system):
        kind, _, of = lever.name.partition(".")
        if kind != "driver":
            habits = [f"habit {move.name}" for move in run.system.moves if move.actor == of]
            names = habits if kind == "habit" else [f"{kind} {of}"]
            knobs.append(Knob(lever.name, 1.0, tuple(run.game.box.place(name) for name in names)))
            continue
        place = run.game.drivers.index(of)
        stands = run.history.next[of]
        if (ahead.drivers[place] == stands).all():
            knobs.append(Knob(lever.name, stands, driver=place))
    return knobs


def response(run: Running, knobs: Sequence[Knob], ahead: Outlook, answer: Answer, base: Draws) -> Response:
    """How probabilities of a claim move with any of the knobs: all of them by as much as their mean does.

    Args:
        answer: the claim's probability in each future.
        base: where nothing is moved.
    """
    by_name = {knob.name: knob for knob in knobs}

    @cache
    def curves() -> Mapping[str, tuple[Sequence[float], Floats]]:
        return _curves(run, knobs, ahead, answer)

    def respond(lever: str, value: float) -> Draws:
        knob = by_name.get(lever)
        if knob is None or value == knob.stands:
            return base
        values, means = curves()[lever]
        shift = np.interp(value, values, means) - np.interp(knob.stands, values, means)
        return np.clip(base + shift, 0.0, 1.0)

    return respond


def _curves(
    run: Running, knobs: Sequence[Knob], ahead: Outlook, answer: Answer
) -> Mapping[str, tuple[Sequence[float], Floats]]:
    """The mean answer at each value of each knob, all played at once on the same luck."""
    own = thinned(run.fitted.parameters, _DRAWS)
    settings = [(knob, value) for knob in knobs for value in knob.values]
    parameters = np.concatenate([_moved(own, knob, value) for knob, value in settings])
    drivers = np.concatenate([_set(ahead.drivers, knob, value, len(own)) for knob, value in settings], axis=1)
    outlook = replace(ahead, drivers=np.repeat(drivers, _FUTURES, axis=1))
    start, luck = luck_of(run, len(own) * _FUTURES, ahead.periods)  # the same at each value
    start, luck = np.tile(start, (1, len(settings))), np.tile(luck, (1, len(settings), 1))
    found = answer(play(run.game, np.repeat(parameters, _FUTURES, axis=0), start, outlook, luck))
    means = iter(found.reshape(len(settings), -1).mean(axis=1).tolist())
    return {knob.name: (knob.values, np.array([next(means) for _ in knob.values])) for knob in knobs}


def _moved(parameters: Floats, knob: Knob, value: float) -> Floats:
    moved = parameters.copy()
    if knob.parameters:
        moved[:, list(knob.parameters)] *= value
    return moved


def _set(drivers: Floats, knob: Knob, value: float, draws: int) -> Floats:
    found = np.repeat(drivers, draws, axis=1)
    if knob.driver is not None:
        found[knob.driver] = value
    return found
