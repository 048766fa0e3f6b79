"""What excess of identical votes three actors can have at all, given how each two of them vote, and an adversary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tumen.votes.loglinear import Tables, alike, fit_and_room, passed_by_none, share


def points(share: float) -> str:
    """A share as percentage points, signed.

    Example:
        >>> points(0.0123), points(-0.000001)
        ('+1.23', '0.00')
    """
    return f"{100 * share:+.2f}".replace("-0.00", "0.00").replace("+0.00", "0.00")


@dataclass(frozen=True)
class Room:
    """What votes with the same pairs can show.

    Args:
        fit: the model's table, shape (81,).
        calls: how many roll calls there are.
        voted, expected: share of identical votes, as cast and by the model.
        least, greatest: the ends of the excess that votes with these pairs can have, found a little too near.
        floor, ceiling: ends that none of them pass, a little too far.
    """

    fit: Tables
    calls: int
    voted: float
    expected: float
    least: float
    greatest: float
    floor: float
    ceiling: float

    @property
    def excess(self) -> float:
        """Identical votes beyond those expected."""
        return self.voted - self.expected

    @property
    def says(self) -> str:
        """The room in words."""
        ends = f"from {points(self.least)} to {points(self.greatest)}"
        return f"votes with the same pairs can have an excess {ends} percentage points"

    @property
    def notes(self) -> tuple[str, str]:
        """What was seen, and the room."""
        return (
            f"{100 * self.voted:.1f} per cent of {self.calls} roll calls identical, {100 * self.expected:.1f} "
            "expected from the pairs",
            self.says,
        )

    @property
    def figures(self) -> Mapping[str, float]:
        """What the notes tell, as numbers."""
        return {"excess": self.excess, "room_least": self.least, "room_greatest": self.greatest}

    def inside(self, bound: float) -> bool:
        """Whether no votes with these pairs can have an excess that reaches a bound, to either side."""
        return -bound < self.floor and self.ceiling < bound

    def never(self, bound: float) -> str:
        """Why a claim about this bound cannot be tested."""
        ends = f"never {points(-bound)} or {points(bound)}"
        return f"room for a triangle to show: {self.says}, {ends}; these have {points(self.excess)}"


def room_of(counts: Tables, answer: int | None) -> Room:
    """What votes with the pairs of one table can show.

    Args:
        counts: how often each pattern occurs, shape (81, 1).
        answer: which identical votes are counted; any where None.

    Source: bounds of a table's cells given its two-way margins: Fréchet (1951); Dobra and Fienberg (2000),
        doi:10.1073/pnas.97.22.11885.

    Example:
        >>> import numpy as np
        >>> two = np.zeros((81, 1)); two[[0, 60], 0] = 30  # yes of all four; no, yes, no, yes
        >>> room_of(two, None).inside(0.05)
        True
    """
    fit, least, greatest = fit_and_room(counts[:, 0], answer)
    (voted,), (expected,) = share(counts, alike(answer)), share(fit[:, None], alike(answer))
    floor, ceiling = (end - float(expected) for end in passed_by_none(counts[:, 0], answer))
    return Room(fit, int(counts.sum()), float(voted), float(expected), least, greatest, floor, ceiling)
