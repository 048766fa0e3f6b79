"""Simulate histories of a small system, fit each, keep what came of it and write docs/system-calibration.md.

    python -m benchmarks.system --worlds 300

takes some ten minutes on two processes. `--pages` writes the page from the results that are kept, and `--cost` measures
what a fit and a what-if cost instead.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from benchmarks.system.cost import print_costs
from benchmarks.system.ranking import places, rows
from benchmarks.system.results import read, write, write_page
from benchmarks.system.shuffling import LENGTHS, WORLDS, margin, shuffle
from benchmarks.system.worlds import SCENES

PROCESSES = 2

#: Worlds that one process makes before it hands them back.
BATCH = 10


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=300, help="Worlds a row.")
    parser.add_argument("--pages", action="store_true", help="Write the page from the results that are kept.")
    parser.add_argument("--cost", action="store_true", help="Measure time and memory; keeps nothing.")
    given = parser.parse_args(arguments)
    if given.cost:
        print_costs()
        return
    if not given.pages:
        _make(given.worlds)
    write_page(read())


def _make(worlds: int) -> None:
    begun = time.monotonic()
    ranked, shuffled = [], []
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=fresh, initializer=os.nice, initargs=(5,)) as pool:
        for scene in SCENES:
            ranked += rows(scene, list(pool.map(partial(places, scene), range(worlds), chunksize=BATCH)))
            print(*ranked[-6:], sep="\n", flush=True)
        for scene in LENGTHS:
            margins = list(pool.map(partial(margin, scene), range(min(worlds, WORLDS)), chunksize=2))
            shuffled.append(shuffle(scene, margins))
            print(shuffled[-1], flush=True)
    write(ranked, shuffled)
    print(f"{time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
