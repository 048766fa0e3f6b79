"""What a fit and a what-if cost, each in a process of its own so that its memory can be told."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.system.worlds import SCENES, World, game, made
from tumen.system.fit import Observed, fit, log_probability
from tumen.system.game import Game, game_of
from tumen.system.play import Outlook, play, starts
from tumen.system.theory import Aim, Driver, Effect, Move, System

#: Draws of a run.
DRAWS = 4000

#: A large system: agents, levels, periods, and effects of each level with others' moves.
AGENTS, LEVELS, PERIODS, TIES = 12, 4, 40, 4


@dataclass(frozen=True)
class Cost:
    """CPU in seconds, and the most memory at any time, in MB."""

    what: str
    seconds: float
    memory: float


def _fit() -> None:
    world = _world()
    fit(game(), world.seen, DRAWS, np.random.default_rng(1))


def _what_if() -> None:
    """Four periods, once as they would be and once with a move forced."""
    rng, it = np.random.default_rng(1), game()
    parameters, start = it.box.at(rng.random((DRAWS, it.size))), starts(_world().seen, DRAWS, rng)
    luck, needs = rng.random((len(it.agents), DRAWS, 4)), np.full((1, 1, 4), 0.5)
    for forced in ({}, {0: dict.fromkeys(range(4), 0)}):
        play(it, parameters, start, Outlook(needs, forced=forced), luck)


def _likelihood_of_a_large_system() -> None:
    it, seen = large()
    log_probability(it, it.box.at(np.random.default_rng(2).random((DRAWS, it.size))), seen, 1, PERIODS)


def _world() -> World:
    return made(replace(SCENES[0], periods=16), np.random.default_rng(1))


def large() -> tuple[Game, Observed]:
    """A system at the bounds of what may be declared, and a record of it that sways to and fro."""
    rng = np.random.default_rng(1)
    names = [f"{'ABCDEF'[n % 6] * 3}.m{n}" for n in range(AGENTS)]
    levels = tuple(f"l{k}" for k in range(LEVELS))
    moves = tuple(
        Move(actor=name[:3], id=name[4:], says="-", levels=levels, scale=tuple(range(LEVELS)), habit=(0, 1.5))
        for name in names
    )
    aims = tuple(Aim(actor=n[:3], id=f"aim-{n[4:]}", says="-", weight=(0.2, 2), cites="-") for n in names)
    effects = []
    for n, name in enumerate(names):
        for level in levels:
            others = [names[(n + int(k)) % AGENTS] for k in rng.integers(1, AGENTS, size=TIES)]
            ends = [{name: level}, *({name: level, o: levels[rng.integers(LEVELS)]} for o in others)]
            effects += [Effect(aim=f"{name[:3]}.aim-{name[4:]}", when=e, value=(-0.5, 0.5), times="need") for e in ends]
    coded = tuple(rng.dirichlet([0.2] * LEVELS, PERIODS).T * 0.9 + 0.1 / LEVELS for _ in names)
    need = Driver(id="need", says="-")
    return game_of(System(moves, aims, tuple(effects), (need,))), Observed(coded, rng.random((1, 1, PERIODS)))


#: What is measured, and what it is called.
MEASURED: dict[str, Callable[[], None]] = {
    f"fit: 3 moves, 16 periods, {DRAWS} draws": _fit,
    f"what-if: 3 moves, 4 periods twice, {DRAWS} draws": _what_if,
    f"one look at {AGENTS} moves × {LEVELS} levels, {PERIODS} periods, {DRAWS} draws": _likelihood_of_a_large_system,
}


def measured(what: str) -> Cost:
    """Do one of `MEASURED`."""
    begun = time.process_time()
    MEASURED[what]()
    return Cost(what, time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def print_costs() -> None:
    """Measure each in a fresh process and print what it cost."""
    for what in MEASURED:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            print(pool.submit(measured, what).result(), flush=True)
