"""Tables of positions that are tidy already: whether the same position may lie in two of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tumen.engine.queries import Engine, typed


@dataclass(frozen=True)
class _Time:
    """From when until when a file's positions are; None where it has none."""

    first: dt.datetime | None
    last: dt.datetime | None


def overlap_in_time(files: Sequence[Path], engine: Callable[[], Engine]) -> bool:
    """Whether two tidy files have positions of the same time, so that the same may lie in both.

    Args:
        files: files that `tumen import ais` or `tumen simulate ais` wrote.
        engine: opens an engine that reads files.
    """
    if len(files) < 2:
        return False
    opened = engine()
    try:
        for number, file in enumerate(files):
            opened.scan(f"tidy_{number}", [file])
        times = [_time(opened, f"tidy_{number}") for number in range(len(files))]
    finally:
        opened.close()
    known = sorted((time.first, time.last) for time in times if time.first and time.last)
    return any(last >= first for (_, last), (first, _) in pairwise(known))


def _time(engine: Engine, table: str) -> _Time:
    (time,) = typed(engine.rows(f'select min(t) as first, max(t) as last from "{table}"'), _Time)  # noqa: S608 - ours
    return time
