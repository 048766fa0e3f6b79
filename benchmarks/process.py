"""CPU seconds and peak memory of a whole process, by the operating system's own account."""

from __future__ import annotations

import os
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """What a command cost: CPU seconds (user and system) and the peak of its memory, MB."""

    cpu_s: float
    peak_mb: float


def cost(command: Sequence[str], folder: Path, runs: int = 5) -> Cost:
    """Median cost of a command over some runs, after one that is not counted.

    Raises: RuntimeError where the command fails.
    """
    costs = [_once(command, folder) for _ in range(runs + 1)][1:]
    return Cost(statistics.median(c.cpu_s for c in costs), max(c.peak_mb for c in costs))


def _once(command: Sequence[str], folder: Path) -> Cost:
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise RuntimeError(f"{' '.join(command)} failed: {process.stderr.read().decode() if process.stderr else ''}")
    process.returncode = 0
    if process.stderr:
        process.stderr.close()
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
