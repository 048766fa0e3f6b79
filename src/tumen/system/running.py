"""A system on its record: fitted to what was coded, and ready to be played."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from tumen.measure.arrays import Floats
from tumen.measure.draws import stream
from tumen.measure.estimate import Lacking
from tumen.measure.setting import Setting
from tumen.record.read import Record
from tumen.system.fit import Fit, Observed, fit
from tumen.system.game import Game, Ranges, game_of
from tumen.system.history import History, history_of
from tumen.system.kept_fits import kept_fit
from tumen.system.periods import after, first_day
from tumen.system.play import LevelPlaces, Outlook, Played, play, starts
from tumen.system.theory import SYSTEM_FILE, Future, System

#: Parameters are drawn no more often than this, however many draws a case asks for.
MOST_DRAWS = 4000

#: Draws of the parameters, and futures of each, of a forecast.
_DRAWS, _FUTURES = 500, 8

#: Fewer periods than this say nothing of how the next follows from the last.
LEAST_PERIODS = 4


@dataclass(frozen=True)
class Running:
    """A system fitted to its record.

    Args:
        seen: the coded moves, as the game takes them.
        fitted: parameters after the record.
        seed: what all luck grows from.
    """

    system: System
    game: Game
    history: History
    seen: Observed
    fitted: Fit
    seed: int

    @property
    def ahead(self) -> tuple[str, ...]:
        """The periods that are forecast."""
        return tuple(after(self.history.periods[-1], n + 1) for n in range(self.system.ahead))

    def agent(self, actor: str, move: str) -> int:
        """The place of an actor's move."""
        return self.game.agents.index(f"{actor}.{move}")


@dataclass(frozen=True)
class Intervention:
    """What is set from outside, from a period on.

    Args:
        levels: of moves, by name.
        drivers: values, by id.
        since: the first period; the first that is forecast where None.
    """

    levels: Mapping[str, str] = field(default_factory=dict)
    drivers: Mapping[str, float] = field(default_factory=dict)
    since: str | None = None


#: Nothing set.
AS_IT_GOES = Intervention()


def system_in(setting: Setting) -> System | None:
    """The system that the case declares, if any."""
    found: System | None = setting.parts.get(SYSTEM_FILE)
    return found


def running(record: Record, setting: Setting) -> Running | Lacking:
    """The case's system, fitted to its record once for whoever asks."""
    system = system_in(setting)
    if system is None:
        return Lacking(f"a system in {SYSTEM_FILE}")
    named = (SYSTEM_FILE, id(system), setting.draws, setting.seed, setting.as_of)
    found: Running | Lacking = record.answers.once(named, lambda: _run(record, system, setting))
    return found


def _run(record: Record, system: System, setting: Setting) -> Running | Lacking:
    history = history_of(record, system)
    if isinstance(history, Lacking):
        return history
    if len(history.periods) < LEAST_PERIODS:
        few = f"{LEAST_PERIODS} periods with coded moves; there are {len(history.periods)}"
        return Lacking(few, history.used)
    game = game_of(system)
    seen = Observed(
        tuple(history.coded[name].T for name in game.agents),
        np.array([history.drivers[name] for name in game.drivers]).reshape(len(game.drivers), 1, -1),
    )
    fitted = fitted_in(game, seen, game.box, min(setting.draws, MOST_DRAWS), setting, "fit")
    return Running(system, game, history, seen, fitted, setting.seed)


def fitted_in(game: Game, seen: Observed, box: Ranges, draws: int, setting: Setting, *key: str) -> Fit:
    """A fit whose luck belongs to a key; kept for whoever asks for the same again."""

    def make() -> Fit:
        return fit(game, seen, draws, stream(setting, "system", *key), box)

    return kept_fit(game, seen, box, (draws, setting.seed), make)


def outlook_of(
    run: Running, change: Intervention = AS_IT_GOES, future: Future | None = None, until: int = 0
) -> Outlook:
    """What lies outside the game: drivers stay as they were last but for what a future, then a change, sets.

    Args:
        until: how many periods; as many as are forecast where 0.
    """
    count = until or run.system.ahead
    periods = [after(run.history.periods[-1], n + 1) for n in range(count)]
    now = np.array([run.history.next[name] for name in run.game.drivers]).reshape(-1, 1, 1)
    drivers = np.repeat(now, count, axis=2)
    for name, values in (future.set if future else {}).items():
        for period, value in sorted(values.items(), key=lambda one: first_day(one[0])):
            drivers[run.game.drivers.index(name), :, _from(periods, period) :] = value
    start = _from(periods, change.since) if change.since else 0
    driven = _driven(run)
    for name, value in change.drivers.items():
        drivers[run.game.drivers.index(name), :, start:] = value
        driven.pop(run.game.drivers.index(name), None)
    forced = {}
    for name, level in change.levels.items():
        move = run.system.moves[run.game.agents.index(name)]
        forced[run.game.agents.index(name)] = {n: move.levels.index(level) for n in range(start, count)}
    return Outlook(drivers, driven, forced)


def _from(periods: list[str], first: str) -> int:
    """Where a period stands among those ahead; beyond all where it is later."""
    return sum(first_day(period) < first_day(first) for period in periods)


def _driven(run: Running) -> dict[int, tuple[int, Floats]]:
    """Drivers that are moves of agents, of the period before."""
    found = {}
    for place, driver in enumerate(run.system.drivers):
        if driver.move in run.game.agents:
            agent = run.game.agents.index(driver.move)
            values = np.array([driver.levels[level] for level in run.system.moves[agent].levels])
            found[place] = (agent, values)
    return found


def played(
    run: Running, ahead: Outlook, draws: int, times: int = 1, parameters: Floats | None = None, reckoned: bool = False
) -> Played:
    """Futures of some draws of the parameters, each several times with other luck.

    The same draws and luck whatever is set, so that two outcomes differ by that alone.

    Args:
        draws: how many, evenly from all.
        times: how often each.
        parameters: in place of the fitted ones, shape (draws, parameters).
        reckoned: whether to tell what each level paid.
    """
    chosen = parameters if parameters is not None else thinned(run.fitted.parameters, draws)
    chosen = np.tile(chosen, (times, 1))
    start, luck = luck_of(run, len(chosen), ahead.periods)
    return play(run.game, chosen, start, ahead, luck, reckoned)


def thinned(parameters: Floats, draws: int) -> Floats:
    """So many draws, evenly from all."""
    chosen: Floats = parameters[np.linspace(0, len(parameters) - 1, min(draws, len(parameters))).round().astype(int)]
    return chosen


def luck_of(run: Running, draws: int, periods: int) -> tuple[LevelPlaces, Floats]:
    """Levels to start from, as the coders put them, and even numbers that choose among levels to come."""
    rng = np.random.default_rng([run.seed, draws, periods])
    return starts(run.seen, draws, rng), rng.random((len(run.game.agents), draws, periods))


def next_chances(run: Running) -> Floats:
    """How probable each level of each move is in the periods that are forecast, as things go.

    Returns: shape (levels of all moves, draws, periods), the mean of some futures of each draw.
    """
    futures = played(run, outlook_of(run), _DRAWS, _FUTURES)
    each = np.concatenate(futures.chances)
    found: Floats = each.reshape(len(each), _FUTURES, -1, len(run.ahead)).mean(axis=1)
    return found
