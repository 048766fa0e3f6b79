"""How much memory and how many cores a process may have, whoever sets the limit."""

from __future__ import annotations

import os
from pathlib import Path

from tumen.process import allowed_mb

#: A limit below this would stop the smallest case.
LEAST_FOR_ENGINE_MB = 100

#: Taken where nothing says how much there is.
UNKNOWN_BYTES = 4_000_000_000

_GROUPS = Path("/sys/fs/cgroup")


def share_of_memory_mb() -> int:
    """Half of what this process may have: the machine's memory, its control group's or its own limit, whichever is
    least.
    """
    return max(
        LEAST_FOR_ENGINE_MB, min([*_of_machine(), *_of_group(), *_of_process()], default=UNKNOWN_BYTES) // 2_000_000
    )


def cores() -> int:
    """The cores that this process may use, which may be fewer than the machine has; one a gigabyte that it may map."""
    free = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    allowed = allowed_mb()
    return free if allowed is None else max(1, min(free, allowed // 1000))


def short_of_memory(error: Exception) -> bool:
    """Whether this is how Python or the engine says that there is no memory left."""
    return isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryException"


def _of_machine() -> list[int]:
    if not hasattr(os, "sysconf"):
        return []
    return [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]


def _of_group() -> list[int]:
    """Limits of the control groups that the process is in, of either version."""
    inside = [
        line.split(":", 2)[2].strip("/")
        for line in _text(Path("/proc/self/cgroup")).splitlines()
        if line.count(":") > 1
    ]
    places = {_GROUPS / place for name in inside for place in (Path(name), *Path(name).parents)} | {_GROUPS}
    files = [
        f
        for p in places
        for f in (p / "memory.max", _GROUPS / "memory" / p.relative_to(_GROUPS) / "memory.limit_in_bytes")
    ]
    return [int(text) for file in files if (text := _text(file).strip()).isdigit()]


def _of_process() -> list[int]:
    """The limit on addresses (`ulimit -v`), where there are such limits and one is set."""
    allowed = allowed_mb()
    return [] if allowed is None else [allowed * 2**20]


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""
