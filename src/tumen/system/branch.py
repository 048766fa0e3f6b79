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

#: How far a step may bend, as a cosine, and how much of its length it may be corrected by; what goes further may have
#: leapt to another branch that passes near.
_STRAIGHT, _BESIDE = 0.95, 0.2

#: Steps so short that a branch which still changes its side on one is crossed there by another: it goes straight on.
_CROSSING = 1e-3

#: Corrections of a step and of the end, at most, and how exact they have to be on the way and there.
_CORRECTIONS, _AT_LAST, _NEAR, _EXACT = 6, 50, 1e-7, 1e-13

#: Steps along a branch, at most.
_STEPS = 20_000


def follow(flat: Payoffs) -> tuple[list[Floats], np.ndarray]:
    """Equilibria at the whole precision, and whether each branch turned back before it got there.

    Args:
        flat: payoffs of shape (levels, games) and (games,).

    Returns: of each agent, shape (levels, games), no numbers where a branch was given up; and shape (games,), true
        where it was given up too.
    """
    games = flat.own[0].shape[1]
    found = [np.empty(one.shape) for one in flat.own]
    turned = np.zeros(games, dtype=bool)
    for game in range(games):
        own = [one[:, game] for one in flat.own]
        shared = [(s.agent, s.level, s.other, s.other_level, float(s.pay[game])) for s in flat.shared]
        field = _Field(own, shared)
        odds, turned[game] = _follow_one(field)
        for agent, one in enumerate(_split(field, odds)):
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


def _follow_one(field: _Field) -> tuple[Floats, bool]:
    """Log-odds at the whole precision, and whether the branch turned back before; no numbers where it is given up."""
    point = np.zeros(len(field.kept) + 1)
    way = _direction(field, point, np.append(np.zeros(len(field.kept)), 1.0))
    length, turned, side = _FIRST, False, 1
    for _ in range(_STEPS):
        if length < _SHORTEST:
            break
        step = _step(field, point, way, length)
        if step is None or (step[2] != side and length > _CROSSING):
            length /= 2
            continue
        if step[0][-1] >= 1.0:
            odds = _at_whole(field, point, step[0])
            if odds is not None:
                return odds, turned
            length /= 2
            continue
        point, way, side = step
        turned |= bool(way[-1] < 0)
        length = min(length * 1.5, _LONGEST)
    return np.full(len(field.kept), np.nan), True


def _step(field: _Field, point: Floats, way: Floats, length: float) -> tuple[Floats, Floats, int] | None:
    """The next point of the branch, its direction and its side there; None where so long a step may leave it.

    Its side is the sign of the determinant of the slopes with its direction, which stays the same where it turns.
    """
    ahead = point + length * way
    found = _corrected(field, ahead, way)
    if found is None or np.linalg.norm(found - ahead) > _BESIDE * length:
        return None
    turn = _direction(field, found, way)
    if not turn @ way >= _STRAIGHT:
        return None
    return found, turn, int(np.linalg.slogdet(_square(field, found, turn))[0])


def _square(field: _Field, point: Floats, way: Floats) -> Floats:
    """The slopes at a point, with a direction below them."""
    by_odds, by_scale = field.slopes(point[:-1], point[-1])
    return np.vstack([np.column_stack([by_odds, by_scale]), way])


def _direction(field: _Field, point: Floats, before: Floats) -> Floats:
    """The branch's direction at a point, on from the direction before."""
    way = _solved(_square(field, point, before), np.append(np.zeros(len(point) - 1), 1.0))
    unit: Floats = way / np.linalg.norm(way)
    return unit


def _corrected(field: _Field, ahead: Floats, way: Floats) -> Floats | None:
    """The point of the branch beside one ahead, square to the direction; None where it is not found."""
    point = ahead
    for _ in range(_CORRECTIONS):
        value = field.value(point[:-1], point[-1])
        if np.abs(value).max() < _NEAR:
            return point
        point = point - _solved(_square(field, point, way), np.append(value, way @ (point - ahead)))
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
        odds = odds - _solved(field.slopes(odds, 1.0)[0], value)
    near = np.abs(odds - between).max() <= np.abs(beyond - before).max()
    return odds if near and np.abs(field.value(odds, 1.0)).max() < _NEAR else None


def _solved(square: Floats, right: Floats) -> Floats:
    """The answer of linear equations; no numbers where they have none."""
    try:
        return np.asarray(np.linalg.solve(square, right))
    except np.linalg.LinAlgError:
        return np.full(len(right), np.nan)


def _split(field: _Field, odds: Floats) -> list[Floats]:
    return np.split(field.chances(odds), field.starts[1:-1])
