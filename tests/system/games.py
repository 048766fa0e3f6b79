"""Small games: systems whose ranges are points, payoffs drawn at random, and contexts without habit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tumen.measure.arrays import Floats
from tumen.system.game import Context, Game, Payoffs, Shared, game_of
from tumen.system.theory import Aim, Driver, Effect, Move, System

#: An aim, when, value or range, and what it goes times.
Row = tuple[str, Mapping[str, str], float | tuple[float, float], str | None]

LEVELS = ("low", "mid", "high")


def ranged(value: float | tuple[float, float]) -> tuple[float, float]:
    """A range; a number is one with both ends there."""
    return value if isinstance(value, tuple) else (value, value)


def system(
    moves: Mapping[str, int],
    effects: Sequence[Row] = (),
    weight: float | tuple[float, float] = 1.0,
    habit: float | tuple[float, float] = 0.0,
    precision: float | tuple[float, float] = 1.0,
) -> System:
    """A system of moves with so many levels each: "low", "mid", "high"."""
    declared = tuple(
        Move(actor=n[:3], id=n[4:], says="-", levels=LEVELS[:k], scale=tuple(range(k)), habit=ranged(habit))
        for n, k in moves.items()
    )
    aims = dict.fromkeys(row[0] for row in effects)
    drivers = dict.fromkeys(row[3].removeprefix("1 - ") for row in effects if row[3])
    return System(
        declared,
        tuple(Aim(actor=a[:3], id=a[4:], says="-", weight=ranged(weight), cites="-") for a in aims),
        tuple(Effect(aim=a, when=when, value=ranged(value), times=times) for a, when, value, times in effects),
        tuple(Driver(id=d, says="-") for d in drivers),
        precision={move.actor: ranged(precision) for move in declared},
    )


def game(moves: Mapping[str, int], effects: Sequence[Row] = (), **more: Any) -> Game:
    """The same as a game."""
    return game_of(system(moves, effects, **more))


def still(it: Game, drivers: Sequence[float] = (), last: Sequence[int] = ()) -> Context:
    """One period, with drivers as given; each agent's last level, the first where none is given."""
    levels = last or [0] * len(it.agents)
    before = tuple(np.eye(k)[level][:, None, None] for level, k in zip(levels, it.levels, strict=True))
    return Context(np.array(drivers, dtype=float).reshape(-1, 1, 1), before)


def point(it: Game) -> Floats:
    """The one draw of a game whose ranges are points."""
    return it.box.low[None]


def random_payoffs(levels: Sequence[int], size: float, games: int, seed: int) -> Payoffs:
    """Payoffs of all levels, alone and with each level of each other agent; even up to some size."""
    rng = np.random.default_rng(seed)
    own = tuple(size * rng.uniform(-1, 1, (k, games, 1)) for k in levels)
    keys = [
        (a, i, b, j)
        for a in range(len(levels))
        for b in range(len(levels))
        if a != b
        for i in range(levels[a])
        for j in range(levels[b])
    ]
    return Payoffs(own, tuple(Shared(*key, size * rng.uniform(-1, 1, (games, 1))) for key in keys))


def in_a_row(payoffs: Payoffs) -> Payoffs:
    """The same for `follow`: games in one row."""
    shared = (Shared(s.agent, s.level, s.other, s.other_level, s.pay[:, 0]) for s in payoffs.shared)
    return Payoffs(tuple(one[:, :, 0] for one in payoffs.own), tuple(shared))


def two_by_two(first: Sequence[Sequence[float]], second: Sequence[Sequence[float]], precision: float) -> Payoffs:
    """A game of two agents by its two tables, rows the first agent's levels and columns the second's."""
    a, b = np.array(first, dtype=float) * precision, np.array(second, dtype=float) * precision
    places = list(np.ndindex(*a.shape))
    shared = [Shared(0, i, 1, j, np.full((1, 1), a[i, j])) for i, j in places]
    shared += [Shared(1, j, 0, i, np.full((1, 1), b[i, j])) for i, j in places]
    return Payoffs((np.zeros((len(a), 1, 1)), np.zeros((len(a[0]), 1, 1))), tuple(shared))
