"""Quantal response equilibria of random games by Gambit, which CI need not build; prints quantal_response.json.

    python tests/reference/make_quantal_response.py > tests/reference/quantal_response.json

It needs pygambit (pip install pygambit, some twenty minutes where it is compiled), which is no dependency of Tumen's;
the file says which version made it. Gambit's `logit_solve_lambda` gives the first equilibrium at a precision that the
principal branch meets. Payoffs are sums of what a level pays whatever the others do, and with each level of one other
agent, as `tumen.system.game.Payoffs` are. Fifty games come as they are drawn; some more have branches that turn back.
"""

from __future__ import annotations

import itertools
import json
from importlib.metadata import version

import numpy as np

GAMES, SEED = 50, 20261130

#: Agents and levels, and precisions; every game takes the next of each.
SHAPES = [(2, 2), (3, 2), (2, 3), (3, 3), (2, 3, 2), (2, 2, 2), (3, 3, 3), (2, 2, 2, 2), (3, 2, 3, 2), (3, 3, 3, 3)]
PRECISIONS = [0.3, 1.0, 2.0, 4.0, 8.0, 15.0]

#: Seeds, levels and precision of games whose branch turns back on its way, by Tumen's own search.
TURNING = [
    *((seed, (3, 3), 20.0) for seed in (294, 309)),
    (466, (3, 3), 40.0),
    *((seed, (3, 3, 3, 3), 10.0) for seed in (150, 188, 225, 408, 446)),
]


def drawn(rng: np.random.Generator, levels: tuple[int, ...]) -> tuple[list, list]:
    """Payoffs of each agent's own levels, and with another's: agent, level, other, its level, pay."""
    own = [rng.uniform(-1, 1, k).round(3).tolist() for k in levels]
    pairs = itertools.permutations(range(len(levels)), 2)
    each = [(a, i, b, j) for a, b in pairs for i in range(levels[a]) for j in range(levels[b])]
    return own, [[*key, round(float(rng.uniform(-1, 1)), 3)] for key in each]


def tables(levels: tuple[int, ...], own: list, shared: list) -> list[np.ndarray]:
    """What each profile pays each agent."""
    found = []
    for agent in range(len(levels)):
        table = np.zeros(levels)
        for profile in np.ndindex(*levels):
            table[profile] = own[agent][profile[agent]] + sum(
                pay for a, i, b, j, pay in shared if (a, profile[a], profile[b]) == (agent, i, j)
            )
        found.append(table.round(9))
    return found


def answer(levels: tuple[int, ...], own: list, shared: list, precision: float) -> list[list[float]]:
    """Gambit's probabilities."""
    import pygambit  # here, so that tests can be gathered without it
    from pygambit.qre import logit_solve_lambda

    game = pygambit.Game.from_arrays(*tables(levels, own, shared))
    (found,) = logit_solve_lambda(game, precision, first_step=0.001, max_accel=1.01)
    return [[float(found.profile[s]) for s in player.strategies] for player in game.players]


def solved(levels: tuple[int, ...], precision: float, own: list, shared: list) -> dict:
    """A game with its answer."""
    return {"precision": precision, "own": own, "shared": shared, "chances": answer(levels, own, shared, precision)}


def main() -> None:
    rng = np.random.default_rng(SEED)
    games = []
    for number in range(GAMES):
        levels, precision = SHAPES[number % len(SHAPES)], PRECISIONS[number % len(PRECISIONS)]
        games.append(solved(levels, precision, *drawn(rng, levels)))
    games += [solved(k, precision, *drawn(np.random.default_rng(seed), k)) for seed, k, precision in TURNING]
    lines = ",\n  ".join(json.dumps(game) for game in games)
    print(f'{{"pygambit": "{version("pygambit")}", "seed": {SEED},\n "games": [\n  {lines}\n ]}}')


if __name__ == "__main__":
    main()
