"""The names that claims and their ways to count give, each with the line where its author wrote it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tumen.case.lines import KeyPath
from tumen.case.load import Case
from tumen.case.model import Claim
from tumen.errors import Place
from tumen.judge.binding import BoundClaim
from tumen.judge.ways import WAY
from tumen.measure.estimate import Choice
from tumen.measure.named_columns import NameGiven, Names, names_given


@dataclass(frozen=True)
class NamePlaced:
    """A name that a claim gives, and where.

    Args:
        beside: the names in the same list, itself among them.
    """

    name: str
    names: Names
    place: Place
    beside: tuple[str, ...]


def names_of_claim(case: Case, bound: BoundClaim) -> list[NamePlaced]:
    """The names that a claim gives: among its arguments, and in each of its ways to count.

    Args:
        bound: the claim as far as it could be read.
    """
    claim = bound.claim
    found: list[NamePlaced] = []
    if bound.arguments is not None:
        found += _each_placed(
            names_given(bound.arguments), lambda path: Place(claim.file, claim.line("arguments", *path))
        )
    for choice in bound.choices:
        where = _Options(case, claim, choice)
        found += _each_placed(names_given(choice.options), where.place)
    return found


@dataclass(frozen=True)
class _Options:
    """The options of a way to count of a claim."""

    case: Case
    claim: Claim
    choice: Choice

    def place(self, path: KeyPath) -> Place:
        """Where an option was set: in a specification, in an option of a decision, or by the claim itself."""
        for taken in self.choice.path:
            if taken.decision == WAY:
                specification = self.case.specifications[taken.option]
                if path[0] in specification.options:
                    return Place(self.claim.file, specification.line("options", *path))
                continue
            decision = self.case.decisions[taken.decision]
            for number, option in enumerate(decision.option):
                if option.id == taken.option and path[0] in option.options:
                    return Place(self.claim.file, decision.line("option", number, "options", *path))
        return Place(self.claim.file, self.claim.line("options", *path))


def _each_placed(given: Sequence[NameGiven], place: Callable[[KeyPath], Place]) -> Iterator[NamePlaced]:
    beside: dict[str | int, list[str]] = defaultdict(list)
    for one in given:
        beside[one.path[0]].append(one.name)
    for one in given:
        yield NamePlaced(one.name, one.names, place(one.path), tuple(beside[one.path[0]]))
