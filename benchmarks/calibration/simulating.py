"""Worlds made and measured on two processes, a batch at a time."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from benchmarks.calibration.catalogue import BY_KEY
from benchmarks.calibration.recording import Recorder
from benchmarks.calibration.scoring import Outcome, Score, outcome, score
from benchmarks.calibration.worlds import Scene

#: Worlds that one process makes before it hands them back.
BATCH = 25

PROCESSES = 2


@cache
def _recorder() -> Recorder:
    return Recorder()


def _batch(key: tuple[str, str], numbers: range) -> list[Outcome]:
    return [outcome(BY_KEY[key], n, _recorder()) for n in numbers]


def simulated(scenes: Sequence[Scene], worlds: int) -> Iterator[Score]:
    """Rows of the table, in the order in which they are asked for."""
    batches = [range(n, min(n + BATCH, worlds)) for n in range(0, worlds, BATCH)]
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=fresh, initializer=os.nice, initargs=(5,)) as pool:
        waiting = {s.key: [pool.submit(_batch, s.key, numbers) for numbers in batches] for s in scenes}
        for scene in scenes:
            yield score(scene, [o for batch in waiting.pop(scene.key) for o in batch.result()])
