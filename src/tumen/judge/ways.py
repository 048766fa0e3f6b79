"""Ways to count as paths: one option of each decision of a claim, and all of their combinations."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from tumen.budgets import WAYS, over
from tumen.case.model import Claim, Decision, SpecificationChoice
from tumen.errors import Place, Problem
from tumen.measure.estimate import Taken

#: The decision that a claim's specifications make together: each of them is an option of it.
WAY = "way"

#: It as words after "depends on".
WHICH_WAY = "the way to count"


@dataclass(frozen=True)
class Way:
    """One path through the decisions of a claim, with the options that it gives to the measure, unchecked.

    Args:
        needs: what has to be given beside the case for it.
    """

    id: str
    label: str
    options: Mapping[str, Any]
    path: tuple[Taken, ...] = ()
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Part:
    """One option of one decision."""

    taken: Taken
    choice: SpecificationChoice


def ways_of(
    claim: Claim, specifications: Mapping[str, SpecificationChoice], decisions: Mapping[str, Decision]
) -> tuple[list[Way], list[Problem]]:
    """Every way to count of a claim, in the order of its decisions; one without options where it names none."""
    parts = _parts(claim, specifications, decisions)
    if prod(map(len, parts)) > WAYS:
        return [], [
            over(
                claim.file,
                claim.line("decisions"),
                f"{prod(map(len, parts)):,} ways to count of claim '{claim.id}'",
                f"at most {WAYS}",
                "Take fewer decisions.",
            )
        ]
    problems = _twice(claim, parts)
    return [_way(claim, path) for path in product(*parts)] if not problems else [], problems


def _parts(
    claim: Claim, specifications: Mapping[str, SpecificationChoice], decisions: Mapping[str, Decision]
) -> list[list[_Part]]:
    """The options of each decision: those of its specifications first, as one decision."""
    named = [specifications[name] for name in claim.specifications if name in specifications]
    parts = [[_Part(Taken(WAY, WHICH_WAY, one.id, one.label), one) for one in named]] if named else []
    for decision in (decisions[name] for name in claim.decisions if name in decisions):
        parts.append([_Part(Taken(decision.id, decision.label, one.id, one.label), one) for one in decision.option])
    return parts


def _way(claim: Claim, path: Sequence[_Part]) -> Way:
    options: dict[str, Any] = dict(claim.options)
    for part in path:
        options |= part.choice.options
    if not path:
        return Way("default", "as the measure counts by default", options)
    return Way(
        "+".join(part.taken.option for part in path),
        "; ".join(part.taken.answer for part in path),
        options,
        tuple(part.taken for part in path),
        frozenset(part.choice.needs for part in path if part.choice.needs),
    )


def _twice(claim: Claim, parts: Sequence[Collection[_Part]]) -> list[Problem]:
    """Options of the measure that two decisions set, so that one of them would be lost."""
    problems: list[Problem] = []
    seen: dict[str, str] = dict.fromkeys(claim.options, "options")
    for options in parts:
        where = next(iter(options)).taken.decision
        for name in sorted({name for part in options for name in part.choice.options}):
            if name in seen:
                problems.append(
                    Problem(
                        Place(claim.file, claim.line("decisions" if claim.decisions else "options")),
                        got=f"option '{name}' of claim '{claim.id}', set by '{seen[name]}' and by '{where}'",
                        expected="each option set in one place",
                        fix="Let one decision set it, with an option for each combination.",
                        slug="option-twice",
                    )
                )
            seen[name] = where
    return problems
