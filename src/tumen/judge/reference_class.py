"""How many comparable units also meet the bound of a claim: a bound that many meet tells little apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tumen.case.model import Region
from tumen.measure.estimate import SpecificationRun

#: A bound that more than this share of comparable units meets discriminates little.
MANY = 1 / 3


@dataclass(frozen=True)
class ReferenceClass:
    """Comparable units, and how many of them meet the bound.

    Args:
        of: what they are, in the plural.
        meet: how many meet it.
        number: how many there are.
    """

    of: str
    meet: int
    number: int

    @property
    def many(self) -> bool:
        """Whether so many meet the bound that it tells little apart."""
        return self.meet > MANY * self.number

    @property
    def sentence(self) -> str:
        """It in words."""
        said = f"{self.meet} of {self.number} {self.of} also meet this bound"
        return f"{said}, so that meeting it says little" if self.many else said


def reference_class(runs: Sequence[SpecificationRun], region: Region) -> ReferenceClass | None:
    """The reference class of some ways to count: of those that have one, the one that the most units meet.

    Example:
        >>> import numpy as np
        >>> from tumen.measure.estimate import Peers
        >>> peers = Peers(of="members", values={"AAA": 0.1, "BBB": 0.4, "CCC": 0.6})
        >>> run = SpecificationRun(id="a", label="A", draws=np.zeros(1), peers=peers)
        >>> reference_class([run], Region(below=0.2))
        ReferenceClass(of='members', meet=1, number=3)
    """
    found = [
        ReferenceClass(run.peers.of, sum(bool(region.contains(v)) for v in run.peers.values.values()), number)
        for run in runs
        if run.peers and (number := len(run.peers.values))
    ]
    return max(found, key=lambda one: one.meet / one.number, default=None)
