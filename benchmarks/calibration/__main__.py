"""Simulate the worlds of the calibration table, keep the results and write the pages that show them.

    python -m benchmarks.calibration --worlds 300

makes every row anew; `--only MEASURE` only those of one measure, `--out FILE` keeps the results elsewhere and leaves
the pages alone, `--pages` writes the pages from the results that are kept.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.calibration.catalogue import SCENES
from benchmarks.calibration.pages import write_pages
from benchmarks.calibration.results import KEPT, unexplained, write
from benchmarks.calibration.simulating import simulated
from benchmarks.calibration.worlds import Scene


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
    rows = []
    for row in simulated(scenes, worlds):
        rows.append(row)
        print(row, flush=True)
    kept = write(rows, out)
    print(f"{time.monotonic() - begun:.0f} s for {worlds * len(scenes)} worlds")
    for row in unexplained(kept.rows):
        print(f"falls short, and whys.toml does not say why: {row.measure}, {row.world}")


if __name__ == "__main__":
    main()
