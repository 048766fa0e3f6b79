"""How every member of an assembly voted beside a reference member: the class that any of them is compared with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tumen.engine.queries import query
from tumen.record.read import Record

Abstentions = Literal["counted", "left-out"]
Marks = NDArray[np.float32]
Letters = NDArray[np.uint8]

#: What stands in place of the symbol of a resolution that nobody named; such roll calls stand alone.
UNNAMED = "roll call"

#: Draws of a year's point in a series.
YEAR_DRAWS = 200

#: Letters of a member's code and its vote, in the text of a row; 0 where no vote was cast.
_WIDTH = 4
_ABSTAINED = ord("A")


@dataclass(frozen=True)
class RollCall:
    """One row of assembly.sql: a roll call, the reference's vote and those of members, as one source has them."""

    date: dt.date
    resolution: str
    reference_vote: str
    source: str
    reference_source: str
    voted: str


@dataclass(frozen=True)
class Beside:
    """How each member voted beside the reference, a row each, on each resolution, a column each.

    Args:
        alike, half, counted: on how many of a resolution's roll calls the two votes were the same, just one of them
            an abstention, or counted at all; shape (members, resolutions).
    """

    members: tuple[str, ...]
    alike: Marks
    half: Marks
    counted: Marks

    def shares(self, credit: float) -> dict[str, float]:
        """Each member's share of votes alike, as they were cast."""
        whole, alike, half = (m.sum(axis=1, dtype=float) for m in (self.counted, self.alike, self.half))
        return dict(zip(self.members, ((alike + credit * half) / whole).tolist(), strict=True))


@dataclass(frozen=True, eq=False)
class Assembly:
    """Votes of the members, a row each, and of the reference, a column for each roll call on which it voted.

    Args:
        votes, reference: letters' codes, 0 where no vote was cast.
    """

    members: tuple[str, ...]
    symbols: tuple[str, ...]
    days: tuple[dt.date, ...]
    votes: Letters
    reference: Letters

    @property
    def years(self) -> NDArray[np.int64]:
        """The year of each roll call."""
        return np.array([day.year for day in self.days], dtype=np.int64)

    def beside(self, abstentions: Abstentions, least: float, on: NDArray[np.bool_] | None = None) -> Beside:
        """Votes of the members beside the reference's, summed by resolution.

        Args:
            abstentions: counted, or left-out, where roll calls on which either abstained are not counted.
            least: the share of the roll calls that a member must have voted on not to be left out. One without a
                counted vote is left out too.
            on: which roll calls; all where None.
        """
        here = np.ones(len(self.symbols), dtype=bool) if on is None else on
        votes, reference = self.votes[:, here], self.reference[here]
        between = (votes == _ABSTAINED) | (reference == _ABSTAINED)
        counted = (votes > 0) & ~between if abstentions == "left-out" else votes > 0
        alike = counted & (votes == reference)
        enough = ((votes > 0).sum(axis=1) >= least * int(here.sum())) & counted.any(axis=1)
        symbols = np.array(self.symbols)[here]
        together = np.argsort(symbols, kind="stable")
        first = np.unique(symbols[together], return_index=True)[1]
        sums = [
            np.add.reduceat(marks[np.ix_(enough, together)], first, axis=1, dtype=np.float32)
            for marks in (alike, counted & between & ~alike, counted)
        ]
        return Beside(tuple(np.array(self.members)[enough].tolist()), *sums)


def resolution_of(roll_call: str) -> str:
    """The resolution that a roll call is on, whose symbol stands before a '#': roll calls of one belong together.

    Example:
        >>> resolution_of("R/66/253#5180"), resolution_of("roll call#17")
        ('R/66/253', 'roll call#17')
    """
    symbol = roll_call.split("#")[0]
    return roll_call if symbol == UNNAMED else symbol


def roll_calls(record: Record, reference: str, period: tuple[dt.date, dt.date]) -> Sequence[RollCall]:
    """Roll calls of a half-open period on which the reference cast a vote, those that some other member voted on."""
    first, last = (str(day) for day in period)
    return record.answers.rows(query("tumen.votes", "assembly"), RollCall, reference=reference, first=first, last=last)


@lru_cache(maxsize=4)
def assembly_of(rows: tuple[RollCall, ...]) -> Assembly:
    """The votes of some rows as numbers, read once for all ways to count them."""
    calls = sorted({(row.date, row.resolution): row.reference_vote for row in rows}.items())
    at = {call: n for n, (call, _) in enumerate(calls)}
    letters = np.frombuffer("".join(row.voted for row in rows).encode("ascii"), dtype=np.uint8).reshape(-1, _WIDTH)
    codes = np.ascontiguousarray(letters[:, :-1]).view(f"S{_WIDTH - 1}").ravel()
    members, row_of = np.unique(codes, return_inverse=True)
    columns = np.repeat([at[r.date, r.resolution] for r in rows], [len(r.voted) // _WIDTH for r in rows])
    votes = np.zeros((len(members), len(calls)), dtype=np.uint8)
    votes[row_of, columns] = letters[:, -1]
    return Assembly(
        tuple(name.decode() for name in members.tolist()),
        tuple(resolution_of(name) for (_, name), _ in calls),
        tuple(day for (day, _), _ in calls),
        votes,
        np.array([ord(vote) for _, vote in calls], dtype=np.uint8),
    )


def sources_of(rows: Sequence[RollCall], actors: Collection[str]) -> tuple[frozenset[str], ...]:
    """Where the votes of some actors and of the reference were read, for each roll call in order."""
    found: dict[tuple[dt.date, str], set[str]] = {}
    for row in rows:
        mine = found.setdefault((row.date, row.resolution), {row.reference_source})
        if any(row.voted[n : n + _WIDTH - 1] in actors for n in range(0, len(row.voted), _WIDTH)):
            mine.add(row.source)
    return tuple(frozenset(found[call]) for call in sorted(found))
