"""claims.toml: every claim, decision and way to count that can be read, and what is wrong with the rest."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tumen.budgets import TOML_PROBLEMS, unread
from tumen.case.lines import KeyPath, lines_of_parts
from tumen.case.model import Claim, Decision, Placed, SpecificationChoice
from tumen.case.part import Part
from tumen.case.salvage import salvaged
from tumen.case.validating import validated
from tumen.errors import Place, Problem, did_you_mean


class ClaimsFile(Part):
    """Keys that claims.toml may hold at its top."""

    claim: tuple[Mapping[str, Any], ...] = ()
    specification: tuple[Mapping[str, Any], ...] = ()
    decision: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Declared:
    """What claims.toml declares: the claims, and by id what they name."""

    claims: tuple[Claim, ...] = ()
    specifications: Mapping[str, SpecificationChoice] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)


#: What claims.toml declares, by the word of its tables, in the order in which it is read.
_DECLARED: Mapping[str, type[Placed]] = {"specification": SpecificationChoice, "decision": Decision, "claim": Claim}

#: What stands in for keys of these that are missing or cannot be read, so that all else in them is checked.
_INSTEAD: Mapping[str, Any] = {
    "id": "without-an-id",
    "sentence": "none",
    "text": "none",
    "cites": "none",
    "label": "none",
    "measure": "none",
    "holds": {"above": 0.5},
}


def read_claims(body: Mapping[str, Any], lines: Mapping[KeyPath, int]) -> tuple[Declared, list[Problem]]:
    """Every claim, specification and decision, as far as it can be read, and everything that is wrong with them."""
    top, problems = validated(ClaimsFile, body, "claims.toml", lines)
    own = lines_of_parts(lines)
    found: dict[str, dict[str, Any]] = {kind: {} for kind in _DECLARED}
    claims: list[Claim] = []
    for kind, model in _DECLARED.items():
        items = getattr(top, kind) if top else body.get(kind, ())
        for number, item in enumerate(items if isinstance(items, list | tuple) else ()):
            if len(problems) > TOML_PROBLEMS:
                return Declared(tuple(claims)), [*problems, unread("claims.toml")]
            part, more = validated(model, item, "claims.toml", lines, (kind, number))
            problems += more
            part = part or salvaged(model, item, _INSTEAD)
            if isinstance(part, Placed):
                part = part.placed(own.get((kind, number), {}))
            if isinstance(part, Claim):
                claims.append(part)
            if isinstance(part, Claim | SpecificationChoice | Decision):
                if "id" not in part.unread:
                    problems += _repeated(part.id, found[kind], kind, lines.get((kind, number, "id")))
                problems += _weighted(part, lines.get((kind, number, "weight")))
                found[kind][part.id] = part
    if not claims and not problems:
        problems.append(
            Problem(
                Place("claims.toml"),
                got="no claim",
                expected="at least one [[claim]]",
                fix="Declare one; `tumen new DIR` shows how.",
                slug="no-claims",
            )
        )
    return Declared(tuple(claims), found["specification"], found["decision"]), problems


def _weighted(part: Part, line: int | None) -> list[Problem]:
    """A weight, which says nothing: no verdict is an average over ways to count."""
    if not isinstance(part, SpecificationChoice) or part.weight is None:
        return []
    return [
        Problem(
            Place("claims.toml", line),
            got=f"a weight of specification '{part.id}'",
            expected="none: ways to count stand apart, and nothing is averaged over them",
            fix="Remove it.",
            slug="weight-unused",
            severity="warning",
        )
    ]


def _repeated(name: str, seen: Any, kind: str, line: int | None) -> list[Problem]:
    if name not in seen:
        return []
    return [
        Problem(
            Place("claims.toml", line),
            got=f"a second {kind} '{name}'",
            expected="each id once",
            fix="Give one of them another id.",
            slug="id-repeated",
        )
    ]


def naming_problems(declared: Declared) -> list[Problem]:
    """What claims name and nobody declares, and what is declared and no claim names."""
    known = {"specifications": declared.specifications, "decisions": declared.decisions}
    return [problem for key, those in known.items() for problem in _names(key, those, declared.claims)]


def _names(key: str, declared: Collection[str], claims: Sequence[Claim]) -> list[Problem]:
    """Specifications or decisions that claims name and nobody declares, and those that no claim names."""
    word = key.removesuffix("s")
    problems = [
        Problem(
            Place("claims.toml", claim.line(key, number)),
            got=f"claim '{claim.id}' names {word} '{name}'",
            expected=f"a declared [[{word}]]",
            fix=did_you_mean(name, declared),
            slug="unknown-decision" if word == "decision" else "unknown-specification",
        )
        for claim in claims
        for number, name in enumerate(getattr(claim, key))
        if name not in declared
    ]
    if any(claim.unread for claim in claims):
        return problems  # what such a claim uses is not known
    used = {name for claim in claims for name in getattr(claim, key)}
    problems += [
        Problem(
            Place("claims.toml"),
            got=f"{word} '{name}', which no claim uses",
            expected=f"{key} in use",
            fix="Name it in a claim, or remove it.",
            slug="unused-decision" if word == "decision" else "unused-specification",
            severity="warning",
        )
        for name in sorted(set(declared) - used)
    ]
    return problems
