"""The principal branch of quantal response, followed along its length, so that it may turn back on its way.

Pseudo-arclength continuation (Turocy 2005, doi:10.1016/j.geb.2004.04.003): unknown are the log-odds of each agent's
levels against its first, and how far precision has risen, from 0 to the whole.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tumen.measure.arrays import Floats
from tumen.system.game import Payoffs

#: Length of a step along the branch, at first and at most; below the last of these a branch is given up.
_FIRST, _LONGEST, _SHORTEST = 0.05, 0.5, 1e-7

#: Corrections of a step and of the end, at most, and how exact they have to be on the way and there.
_CORRECTIONS, _AT_LAST, _NEAR, _EXACT = 6, 50, 1e-7, 1e-13

#: Steps along a branch, at most.
_STEPS = 20_000


def follow(flat: Payoffs) -> tuple[list[Floats], np.ndarray]:
    """Equilibria at the whole precision, and whether each branch turned back before it got there.

    Args:
        flat: payoffs of shape (levels, games) and (games,).

    Returns: of each agent, shape (levels, games); and shape (games,).
    """
    games = flat.own[0].shape[1]
    found = [np.empty(one.shape) for one in flat.own]
    turned = np.zeros(games, dtype=bool)
    for game in range(games):
        own = [one[:, game] for one in flat.own]
        shared = [(s.agent, s.level, s.other, s.other_level, float(s.pay[game])) for s in flat.shared]
        chances, turned[game] = _follow_one(_Field(own, shared))
        for agent, one in enumerate(chances):
            found[agent][:, game] = one
    return found, turned


class _Field:
    """The equations of one game: log-odds less precision times the difference in pay."""

    def __init__(self, own: Sequence[Floats], shared: Sequence[tuple[int, int, int, int, float]]) -> None:
        self.levels = [len(one) for one in own]
        starts = np.concatenate([[0], np.cumsum(self.levels)])
        self.starts = starts
        self.own = np.concatenate(own)
        self.mutual = np.zeros((starts[-1], starts[-1]))
        for agent, level, other, other_level, pay in shared:
            self.mutual[starts[agent] + level, starts[other] + other_level] += pay
        self.first = np.repeat(starts[:-1], self.levels)
        self.kept = np.array([n for n in range(starts[-1]) if n not in set(starts[:-1].tolist())])

    def chances(self, odds: Floats) -> Floats:
        """Probabilities of all levels, agent after agent."""
        whole = np.zeros(len(self.own))
        whole[self.kept] = odds
        weights = np.exp(whole - np.maximum.reduceat(whole, self.starts[:-1])[self._agent])
        shares: Floats = weights / np.add.reduceat(weights, self.starts[:-1])[self._agent]
        return shares

    @property
    def _agent(self) -> np.ndarray:
        return np.repeat(np.arange(len(self.levels)), self.levels)

    def value(self, odds: Floats, scale: float) -> Floats:
        """What is zero on the branch."""
        pays = self.own + self.mutual @ self.chances(odds)
        left: Floats = odds - scale * (pays - pays[self.first])[self.kept]
        return left

    def slopes(self, odds: Floats, scale: float) -> tuple[Floats, Floats]:
        """Its derivatives by the log-odds and by the scale."""
        chances = self.chances(odds)
        pays = self.own + self.mutual @ chances
        same = self._agent[:, None] == self._agent[None, :]
        by_odds = (np.diag(chances) - np.outer(chances, chances) * same)[:, self.kept]
        by_mutual = self.mutual @ by_odds
        differences = (by_mutual - by_mutual[self.first])[self.kept]
        return np.eye(len(odds)) - scale * differences, -(pays - pays[self.first])[self.kept]


def _follow_one(field: _Field) -> tuple[list[Floats], bool]:
    point = np.zeros(len(field.kept) + 1)
    way = _direction(field, point, np.append(np.zeros(len(field.kept)), 1.0))
    length, turned = _FIRST, False
    for _ in range(_STEPS):
        if length < _SHORTEST:
            break
        ahead = point + length * way
        found = _corrected(field, ahead, way)
        if found is None:
            length /= 2
            continue
        turn = _direction(field, found, way)
        if turn @ way < 0.9:  # a bend too sharp for the step
            length /= 2
            continue
        if found[-1] >= 1.0:
            odds = _at_whole(field, point, found)
            if odds is not None:
                return _split(field, odds), turned
            length /= 2
            continue
        turned |= bool(turn[-1] < 0)
        point, way, length = found, turn, min(length * 1.5, _LONGEST)
    return _split(field, point[:-1]), True


def _direction(field: _Field, point: Floats, before: Floats) -> Floats:
    """The branch's direction at a point, on from the direction before."""
    by_odds, by_scale = field.slopes(point[:-1], point[-1])
    square = np.vstack([np.column_stack([by_odds, by_scale]), before])
    way = np.linalg.solve(square, np.append(np.zeros(len(by_scale)), 1.0))
    unit: Floats = way / np.linalg.norm(way)
    return unit


def _corrected(field: _Field, ahead: Floats, way: Floats) -> Floats | None:
    """The point of the branch beside one ahead, square to the direction; None where it is not found."""
    point = ahead
    for _ in range(_CORRECTIONS):
        value = field.value(point[:-1], point[-1])
        if np.abs(value).max() < _NEAR:
            return point
        by_odds, by_scale = field.slopes(point[:-1], point[-1])
        square = np.vstack([np.column_stack([by_odds, by_scale]), way])
        point = point - np.linalg.solve(square, np.append(value, way @ (point - ahead)))
    return point if np.abs(field.value(point[:-1], point[-1])).max() < _NEAR else None


def _at_whole(field: _Field, before: Floats, beyond: Floats) -> Floats | None:
    """The log-odds at the whole precision, between a point before it and one beyond; None where they lie elsewhere."""
    share = (1.0 - before[-1]) / (beyond[-1] - before[-1])
    between = before[:-1] + share * (beyond[:-1] - before[:-1])
    odds: Floats = between
    for _ in range(_AT_LAST):
        value = field.value(odds, 1.0)
        if np.abs(value).max() < _EXACT:
            break
        odds = odds - np.linalg.solve(field.slopes(odds, 1.0)[0], value)
    near = np.abs(odds - between).max() <= np.abs(beyond - before).max()
    return odds if near and np.abs(field.value(odds, 1.0)).max() < _NEAR else None


def _split(field: _Field, odds: Floats) -> list[Floats]:
    return np.split(field.chances(odds), field.starts[1:-1])
