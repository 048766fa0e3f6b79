"""Simulate the worlds of the calibration table, keep the results and write the pages that show them.

    python -m benchmarks.calibration --worlds 300

makes every row anew; `--only MEASURE` only those of one measure, `--out FILE` keeps the results elsewhere and leaves
the pages alone, `--pages` writes the pages from the results that are kept.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from benchmarks.calibration.catalogue import BY_KEY, SCENES
from benchmarks.calibration.pages import write_pages
from benchmarks.calibration.recording import Recorder
from benchmarks.calibration.results import KEPT, unexplained, write
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
    forked = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=forked, initializer=os.nice, initargs=(5,)) as pool:
        waiting = {s.key: [pool.submit(_batch, s.key, numbers) for numbers in batches] for s in scenes}
        for scene in scenes:
            yield score(scene, [o for batch in waiting.pop(scene.key) for o in batch.result()])


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=300, help="Worlds a row.")
    parser.add_argument(
        "--only", action="append", metavar="MEASURE", help="Make rows of this measure; may be repeated."
    )
    parser.add_argument("--out", type=Path, default=KEPT, help="File of the results.")
    parser.add_argument("--pages", action="store_true", help="Write the pages from the results that are kept.")
    given = parser.parse_args(arguments)
    if not given.pages:
        scenes = [s for s in SCENES if not given.only or s.measure in given.only]
        if not scenes:
            parser.error(f"no row of {', '.join(given.only)}")
        _make(scenes, given.worlds, given.out)
    if given.out == KEPT:
        write_pages()


def _make(scenes: Sequence[Scene], worlds: int, out: Path) -> None:
    """Make rows, print each as it comes, and say which of those that fall short nobody has explained."""
    begun = time.monotonic()
    by_measure: dict[str, list[Score]] = defaultdict(list)
    for row in simulated(scenes, worlds):
        by_measure[row.measure].append(row)
        print(row, flush=True)
    kept = write([row for rows in by_measure.values() for row in rows], out)
    print(f"{time.monotonic() - begun:.0f} s for {worlds * len(scenes)} worlds")
    for row in unexplained(kept.rows):
        print(f"falls short, and whys.toml does not say why: {row.measure}, {row.world}")


if __name__ == "__main__":
    main()
