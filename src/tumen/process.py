"""What this process may do on the machine: its memory, how it cleans up, and whether a core is left when it dies."""

from __future__ import annotations

import contextlib
import gc
import os


def leave_no_core() -> None:
    """See to it that no core is left where this process, or one that it starts, dies: it would hold what was read.

    Limits: nothing happens where the system knows no such limit.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def allowed_mb() -> int | None:
    """Megabytes of memory that this process may map (`ulimit -v`), or None where nobody set a limit."""
    with contextlib.suppress(ImportError, OSError):
        import resource

        soft, _ = resource.getrlimit(resource.RLIMIT_AS)
        return None if soft == resource.RLIM_INFINITY else soft // 2**20
    return None


def spare_memory() -> None:
    """Where the memory that this process may map is limited, keep numpy's library from taking a share for every
    core.
    """
    if allowed_mb() is not None:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def collect_rarely() -> None:
    """Look for circles among objects a hundred times as rarely as is usual.

    A command makes many objects, few of them in circles, and ends soon: the search takes a twentieth of a run else.
    """
    gc.set_threshold(70_000, 20, 20)
