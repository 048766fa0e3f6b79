"""Which decisions divide the ways to count, and what stands for those that agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from tumen.measure.estimate import SpecificationRun, Taken

#: Whether some ways to count say the same.
Alike = Callable[[Sequence[SpecificationRun]], bool]

#: Ways to count by the options that they take in some decisions.
Groups = Mapping[tuple[Taken, ...], Sequence[SpecificationRun]]


def divided(runs: Sequence[SpecificationRun], alike: Alike) -> Groups:
    """The ways to count parted by the fewest decisions that leave only such together as say the same.

    Of several equally few decisions, the first as the claim names them. A way to count that is there twice divides
    nothing.

    Returns: ways by the options taken in those decisions; all of them by none where they say the same.
    """
    decisions = list(dict.fromkeys(taken.decision for run in runs for taken in run.path))
    for size in range(len(decisions) + 1):
        for chosen in combinations(decisions, size):
            groups = _groups(runs, chosen)
            if all(alike(group) for group in groups.values()):
                return groups
    return {run.path: [run] for run in runs}


def _groups(
    runs: Sequence[SpecificationRun], decisions: Sequence[str]
) -> dict[tuple[Taken, ...], list[SpecificationRun]]:
    groups: dict[tuple[Taken, ...], list[SpecificationRun]] = {}
    for run in runs:
        key = tuple(taken for taken in run.path if taken.decision in decisions)
        groups.setdefault(key, []).append(run)
    return groups


def questions(groups: Groups) -> tuple[str, ...]:
    """The decisions by which ways to count are parted, in words."""
    return tuple(dict.fromkeys(taken.question for key in groups for taken in key))
