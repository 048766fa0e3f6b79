"""How many rows of a table lie beyond the wall of time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LeftOut:
    """Rows of a table that lie beyond the wall.

    Args:
        later: of what happened, or ended, after it.
        unknown: of what had happened by then and became known after it.
    """

    later: int = 0
    unknown: int = 0
