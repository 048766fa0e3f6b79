"""Worlds of roll calls: how members vote, resolution by resolution, and paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from benchmarks.calibration.worlds import OWN, Rng, Row, Scene, World, day

ANSWERS = "YAN"

Floats = NDArray[np.float64]


def roll_calls(cast: Mapping[str, Sequence[str]], resolutions: Sequence[int] | None = None) -> list[Row]:
    """Rows of the table votes: each member's votes, one roll call after another.

    Args:
        resolutions: which resolution each roll call is on, where several are on one.
    """
    rows: list[Row] = []
    for actor, votes in cast.items():
        for n, vote in enumerate(votes):
            of = n if resolutions is None else resolutions[n]
            symbol = f"A/RES/{of}" if resolutions is None else f"A/RES/{of}#{n}"
            rows.append({"date": day(3 * of), "resolution": symbol, "actor": actor, "vote": vote, "source": "votes"})
    return rows


def clusters(count: int, most: int, rng: Rng) -> list[int]:
    """Which resolution each roll call is on: each has from one to so many."""
    return [n for n in range(count) for _ in range(rng.integers(1, most + 1))]


def alike(paragraphs: int, kept: float, rng: Rng) -> World:
    """How often two members vote alike.

    Args:
        paragraphs: most roll calls on one resolution.
        kept: chance that a roll call goes as the resolution's first.
    """
    chance = rng.uniform(0.1, 0.9)
    on = clusters(80 if paragraphs == 1 else 40, paragraphs, rng)
    whole = rng.random(max(on) + 1) < chance
    same = [whole[of] if rng.random() < kept else rng.random() < chance for of in on]
    first = rng.choice(list(ANSWERS), len(on), p=[0.5, 0.2, 0.3])
    other = [a if s else ANSWERS[(ANSWERS.index(a) + rng.integers(1, 3)) % 3] for a, s in zip(first, same, strict=True)]
    rows = roll_calls({"AAA": list(first), "BBB": other}, None if paragraphs == 1 else on)
    arguments = {"of": ("AAA",), "reference": "BBB", "period": (day(0), day(2000))}
    return World(float(chance), {"votes": rows}, arguments)


def ranked(paragraphs: int, kept: float, rng: Rng) -> World:
    """Where one of forty members stands by how often it votes alike with another.

    Args:
        paragraphs, kept: as in `alike`.
    """
    chances = rng.uniform(0.1, 0.9, 40)
    on = clusters(80 if paragraphs == 1 else 40, paragraphs, rng)
    cast = {"RRR": list(rng.choice(["Y", "N"], len(on)))}
    for n, chance in enumerate(chances):
        whole = rng.random(max(on) + 1) < chance
        same = [whole[of] if rng.random() < kept else rng.random() < chance for of in on]
        pairs = zip(cast["RRR"], same, strict=True)
        cast[f"M{n // 26 + 10:X}"[:2] + chr(65 + n % 26)] = [v if s else "YN"[v == "Y"] for v, s in pairs]
    of = next(actor for actor in cast if actor != "RRR")
    truth = float((chances[1:] < chances[0]).mean())
    arguments = {"of": (of,), "reference": "RRR", "period": (day(0), day(2000))}
    return World(truth, {"votes": roll_calls(cast, None if paragraphs == 1 else on)}, arguments)


def three(paragraphs: int, kept: float, pull: float, rng: Rng) -> World:
    """How much more often three members vote as one than their pairs and an adversary's vote predict.

    Args:
        paragraphs, kept: as in `alike`.
        pull: how strongly the three draw each other into an abstention that no pair of them accounts for.
    """
    table = _patterns(pull, rng)
    on = clusters(300 if paragraphs == 1 else 120, paragraphs, rng)
    each = rng.choice(81, max(on) + 1, p=table)
    drawn = [each[of] if rng.random() < kept else rng.choice(81, p=table) for of in on]
    letters = [np.unravel_index(p, (3, 3, 3, 3)) for p in drawn]
    cast = {actor: [ANSWERS[pattern[n]] for pattern in letters] for n, actor in enumerate(("AAA", "BBB", "CCC", "RRR"))}
    arguments = {"of": ("AAA", "BBB", "CCC"), "reference": "RRR", "period": (day(0), day(2000))}
    rows = roll_calls(cast, None if paragraphs == 1 else on)
    return World(excess(table.reshape(3, 3, 3, 3)), {"votes": rows}, arguments)


def _patterns(pull: float, rng: Rng) -> Floats:
    """How probable each pattern of four members' votes is: each leans somewhere, and pairs lean on each other."""
    logs = np.zeros((3, 3, 3, 3))
    for axis in range(4):
        lean = np.log(rng.dirichlet([4, 4, 4]))
        logs += lean.reshape([3 if a == axis else 1 for a in range(4)])
    for one, other in combinations(range(4), 2):
        tie = rng.normal(0.5, 0.4, (3,)) * np.eye(3)
        logs += tie.reshape([3 if a in (one, other) else 1 for a in range(4)])
    for answers in product(range(3), repeat=3):
        logs[answers] += pull * (answers.count(1) == 3)
    table = np.exp(logs)
    flat: Floats = (table / table.sum()).reshape(-1)
    return flat


def excess(table: Floats) -> float:
    """Share of identical votes of the first three beyond that of the table with the same pairs and nothing else."""
    fit = np.full_like(table, 1 / table.size)
    for _ in range(300):
        for pair in combinations(range(4), 2):
            others = tuple(a for a in range(4) if a not in pair)
            fit = fit * (table.sum(others, keepdims=True) / fit.sum(others, keepdims=True))
    same = sum((table - fit)[n, n, n].sum() for n in range(3))
    return float(same)


SCENES: tuple[Scene, ...] = (
    Scene("agreement.dyad", OWN, partial(alike, 1, 1.0), False),
    Scene("agreement.dyad", "up to six paragraph votes a resolution, all as the first", partial(alike, 6, 1.0)),
    Scene(
        "agreement.dyad", "up to six paragraph votes a resolution, four in five as the first", partial(alike, 6, 0.8)
    ),
    Scene("agreement.rank", OWN, partial(ranked, 1, 1.0), False),
    Scene("agreement.rank", "up to six paragraph votes a resolution, all as the first", partial(ranked, 6, 1.0)),
    Scene("coupling.three_way", f"{OWN}, no triangle", partial(three, 1, 1.0, 0.0), False),
    Scene("coupling.three_way", f"{OWN}, a triangle", partial(three, 1, 1.0, 1.5), False),
    Scene(
        "coupling.three_way",
        "up to six paragraph votes a resolution, four in five as the first",
        partial(three, 6, 0.8, 0.0),
    ),
)
