"""How much of a table, or of a part of a case, does not count on its day."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BeyondWall:
    """Rows of a table, or items of a part, that do not count on the case's day.

    Args:
        later: of what happened, or ended, after it.
        unknown: of what had happened by then and became known after it.
        names: ids of those, where the case itself names them.
        revised: of what was known by then, figures that their publishers had printed anew by then.
    """

    later: int = 0
    unknown: int = 0
    names: tuple[str, ...] = ()
    revised: int = 0

    @property
    def beyond(self) -> int:
        """Those that lie beyond the wall."""
        return self.later + self.unknown

    @property
    def all(self) -> int:
        """All that do not count."""
        return self.beyond + self.revised
