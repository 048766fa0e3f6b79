"""What may be moved under an answer of a system: weights of aims, precision, habits, and what drives actors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from tumen.measure.arrays import Floats
from tumen.measure.estimate import Draws, Lever, Response
from tumen.measure.units import FACTOR, TIMES
from tumen.system.play import Outlook, Played, play
from tumen.system.running import Running, luck_of, thinned

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
        parameters: places of the parameters that are multiplied.
        driver: place of a driver that is set; None where parameters are multiplied.
    """

    lever: Lever
    stands: float
    parameters: tuple[int, ...] = ()
    driver: int | None = None

    @property
    def values(self) -> tuple[float, ...]:
        """Where the answer is computed."""
        return _TIMES if self.driver is None else tuple(sorted({*_LEVELS, self.stands}))


def knobs_of(run: Running) -> list[Knob]:
    """Each aim's weight, each actor's precision and habit, and each driver that stays as it was last."""
    game, system = run.game, run.system
    knobs = [
        _times(f"weight {a.name}", f"the weight of {a.name}: {a.says}", [f"weight {a.name}"], run) for a in system.aims
    ]
    for actor in system.actors:
        habits = [f"habit {move.name}" for move in system.moves if move.actor == actor]
        knobs.append(_times(f"habit {actor}", f"the habit of {actor}", habits, run))
        knobs.append(_times(f"precision {actor}", f"how exactly {actor} chooses", [f"precision {actor}"], run))
    for place, driver in enumerate(system.drivers):
        if driver.move not in game.agents:
            stands = float(run.seen.drivers[place, 0, -1])
            lever = Lever(
                name=f"driver.{driver.id}",
                unit=FACTOR,
                low=0.0,
                high=1.0,
                baseline=stands,
                tolerance=1e-2,
                label=f"{driver.id.replace('_', ' ')}: {driver.says}",
            )
            knobs.append(Knob(lever, stands, driver=place))
    return knobs


def _times(name: str, label: str, parameters: Sequence[str], run: Running) -> Knob:
    lever = Lever(name=name.replace(" ", "."), unit=TIMES, low=0.0, high=3.0, baseline=1.0, tolerance=1e-2, label=label)
    return Knob(lever, 1.0, tuple(run.game.box.place(one) for one in parameters))


def response(run: Running, ahead: Outlook, answer: Answer, base: Draws) -> Response:
    """How probabilities of a claim move with any of the knobs: all of them by as much as their mean does.

    Args:
        answer: the claim's probability in each future.
        base: where nothing is moved.
    """
    knobs = {knob.lever.name: knob for knob in knobs_of(run)}

    @cache
    def curves() -> Mapping[str, tuple[Sequence[float], Floats]]:
        return _curves(run, list(knobs.values()), ahead, answer)

    def respond(lever: str, value: float) -> Draws:
        knob = knobs.get(lever)
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
    return {knob.lever.name: (knob.values, np.array([next(means) for _ in knob.values])) for knob in knobs}


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
