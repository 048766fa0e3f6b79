"""Answers of two kinds, one after another: how many that follow their like say as much as one given on its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

#: Where fewer turns than this are expected, those that came say nothing of how answers follow each other.
LEAST_TURNS = 5


@dataclass(frozen=True)
class Turns:
    """A sequence of answers of two kinds.

    Args:
        count: how many there are.
        ones: how many are of the one kind.
        turns: how many are not of the kind of the one before.
    """

    count: int
    ones: int
    turns: int

    @property
    def expected(self) -> float:
        """How many turns there are on average if each order of these answers is as likely as any other.

        Source: Wald and Wolfowitz (1940), doi:10.1214/aoms/1177731909, for the mean number of runs, which is one more.
        """
        return 2 * self.ones * (self.count - self.ones) / max(1, self.count)


def turns_of(answers: Sequence[bool]) -> Turns:
    """A sequence of answers, in order of time.

    Example:
        >>> turns_of([True, True, False, False, False, True])
        Turns(count=6, ones=3, turns=2)
    """
    return Turns(len(answers), sum(answers), sum(a != b for a, b in pairwise(answers)))


def in_a_row(sequences: Iterable[Turns]) -> float:
    """How many answers say as much as one that is given on its own would; at least 1, and 1 where they are few.

    Where answers follow one of their own kind more often than chance has it, the correlation r of one with the next
    is one less the turns over those expected, and n of them say as much as n (1 - r) / (1 + r) independent ones.

    Args:
        sequences: each about its own share; one without two kinds of answers says nothing, and all of them say
            nothing where fewer than `LEAST_TURNS` turns are expected.

    Source: Bayley and Hammersley (1946), doi:10.2307/2983560, for the effective number; Wedderburn (1974),
        doi:10.1093/biomet/61.3.439, for a likelihood divided by it.

    Limits: an estimate from few turns is rough. Answers of one bout that others
        come between are not seen to belong together. Answers of two kinds in turns count as independent.

    Example:
        >>> in_a_row([turns_of([True] * 5 + [False] * 5)])  # one turn, where five were expected
        9.0
    """
    told = list(sequences)
    turns, expected = sum(one.turns for one in told), sum(one.expected for one in told)
    return max(1.0, (2 * expected - turns) / turns) if expected >= LEAST_TURNS else 1.0
