"""What would follow if a move or a driver were otherwise: two sets of futures that differ by that alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tumen.measure.arrays import Floats
from tumen.system.periods import after
from tumen.system.play import Played
from tumen.system.running import Intervention, Running, outlook_of, played

#: Draws of the parameters, and futures of each.
_DRAWS, _FUTURES = 500, 8

#: A probability that moves by less than this is told as one that stays.
NOTICED = 0.05


@dataclass(frozen=True)
class Probable:
    """How probable a level is: the mean over the draws, and their central 90 per cent."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Prospect:
    """One level of one move in one period, as things go and with what is set.

    Args:
        forced: whether the move is set, so that nobody chose it.
    """

    move: str
    level: str
    period: str
    without: Probable
    with_it: Probable
    forced: bool

    @property
    def change(self) -> float:
        """By how much the probability moves."""
        return self.with_it.mean - self.without.mean


@dataclass(frozen=True)
class Carried:
    """The aim that carries a change: of all that speak for the level, that whose part grew the most."""

    aim: str
    says: str


@dataclass(frozen=True)
class WhatIf:
    """What follows from what is set.

    Args:
        prospects: every level of every move in every period.
        carried: by the move that is not forced, what carries the largest change of its last period.
    """

    change: Intervention
    periods: tuple[str, ...]
    prospects: tuple[Prospect, ...]
    carried: Mapping[str, Carried]

    def last(self, move: str) -> Sequence[Prospect]:
        """The levels of a move in the last period."""
        return [one for one in self.prospects if one.move == move and one.period == self.periods[-1]]

    @property
    def noticed(self) -> list[Prospect]:
        """Of each move that is not forced, the level that gains most in the last period, the largest gain first."""
        moves = dict.fromkeys(one.move for one in self.prospects if one.move in self.carried)
        gains = [max(self.last(move), key=lambda one: one.change) for move in moves]
        return sorted((one for one in gains if one.change >= NOTICED), key=lambda one: -one.change)


def what_if(run: Running, change: Intervention, periods: int) -> WhatIf:
    """Play the system with and without a change, on the same draws and the same luck.

    Args:
        periods: how many.
    """
    without = played(run, outlook_of(run, until=periods), _DRAWS, _FUTURES, reckoned=True)
    ahead = outlook_of(run, change, until=periods)
    with_it = played(run, ahead, _DRAWS, _FUTURES, reckoned=True)
    names = tuple(after(run.history.periods[-1], n + 1) for n in range(periods))
    found: list[Prospect] = []
    carried: dict[str, Carried] = {}
    for agent, move in enumerate(run.system.moves):
        for place, level in enumerate(move.levels):
            found += [
                Prospect(
                    move.name,
                    level,
                    period,
                    _chance(without.chances[agent][place, :, n]),
                    _chance(with_it.chances[agent][place, :, n]),
                    n in ahead.forced.get(agent, {}),
                )
                for n, period in enumerate(names)
            ]
        if agent not in ahead.forced:
            carried[move.name] = _carried(run, agent, without, with_it)
    return WhatIf(change, names, tuple(found), carried)


def _chance(draws: Floats) -> Probable:
    """Mean and central 90 per cent over draws, each the mean of its futures."""
    each = draws.reshape(_FUTURES, -1).mean(axis=0)
    low, high = np.quantile(each, [0.05, 0.95])
    return Probable(float(each.mean()), float(low), float(high))


def _carried(run: Running, agent: int, without: Played, with_it: Played) -> Carried:
    """The aim whose part in what speaks for the level that gains most grew the most, in the last period.

    Habit only hands on what aims did in the periods before, and is left aside where there is an aim.
    """
    gains = (with_it.chances[agent] - without.chances[agent])[:, :, -1].mean(axis=1)
    level = int(gains.argmax())
    habit = f"{run.game.actors[agent]}.habit"
    aims = [aim for aim in without.pays[agent] if aim != habit] or [habit]
    mix = without.chances[agent][:, :, -1]
    grew = {
        aim: _speaks_for(with_it, agent, aim, level, mix) - _speaks_for(without, agent, aim, level, mix) for aim in aims
    }
    most = max(grew, key=lambda aim: grew[aim])
    says = {aim.name: aim.says for aim in run.system.aims}
    return Carried(most, says.get(most, "doing the same as before"))


def _speaks_for(futures: Played, agent: int, aim: str, level: int, mix: Floats) -> float:
    """How much more a level pays for an aim than some mix of levels, over all draws."""
    pays = futures.pays[agent][aim][:, :, -1]
    return float((pays[level] - (pays * mix).sum(axis=0)).mean())
