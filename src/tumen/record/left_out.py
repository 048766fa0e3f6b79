"""How much of a table, or of a part of a case, lies beyond the wall of time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BeyondWall:
    """Rows of a table, or items of a part, that lie beyond the wall.

    Args:
        later: of what happened, or ended, after it.
        unknown: of what had happened by then and became known after it.
        names: ids of them, where the case itself names them.
    """

    later: int = 0
    unknown: int = 0
    names: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """How many in all."""
        return self.later + self.unknown
