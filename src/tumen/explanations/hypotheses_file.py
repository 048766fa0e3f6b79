"""hypotheses.toml read, and all that is wrong with it: within itself, and beside the claims and the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tumen.budgets import TOML_PROBLEMS
from tumen.case.further_file import read_further
from tumen.case.lines import KeyPath
from tumen.case.load import Case
from tumen.case.model import CaseHeader, Claim, Placed
from tumen.counting import counted
from tumen.errors import Place, Problem, did_you_mean
from tumen.explanations.declared import (
    ABOUT_HYPOTHESES,
    FILE,
    Evidence,
    Expectation,
    Hypotheses,
    HypothesesFile,
    Hypothesis,
    Matrix,
    Observable,
)
from tumen.explanations.matrices import matrix_problems
from tumen.explanations.posterior import PosteriorArguments, sides_in
from tumen.kind import Checked
from tumen.record.left_out import BeyondWall
from tumen.record.read import Record

#: What the file's parts are, in the order in which they are read.
_MODELS: Mapping[str, type[Placed]] = {
    "hypothesis": Hypothesis,
    "evidence": Evidence,
    "observable": Observable,
    "matrix": Matrix,
}


def read_hypotheses(
    body: Mapping[str, Any], lines: Mapping[KeyPath, int], header: CaseHeader, claims: Sequence[Claim]
) -> tuple[Hypotheses | None, list[Problem]]:
    """The rival explanations that a file declares, or None, and everything that is wrong with it.

    Args:
        body, lines: its keys, and the line of each.
        header, claims: of its case.
    """
    read, problems = read_further(HypothesesFile, _MODELS, body, lines, FILE)
    if read is None:
        return None, problems
    top, parts = read
    hypotheses, evidence, observables, matrices = parts.values()
    found = Hypotheses(top.note, hypotheses, evidence, observables, top.coder, matrices)
    return found, check(found, claims)


def declared_in(case: Case) -> Hypotheses | None:
    """The rival explanations of a case, where it has any."""
    found: Hypotheses | None = case.parts.get(FILE)
    return found


def check(found: Hypotheses, claims: Sequence[Claim]) -> list[Problem]:
    """What one part of the file says of another and of the claims.

    Returns: repeated ids, unknown hypotheses and claims, cycles, fewer than two hypotheses, and evidence that
        tells no hypothesis from another.
    """
    problems = [
        *_ids("hypothesis", found.hypotheses),
        *_ids("evidence", found.evidence),
        *_ids("observable", found.observables),
    ]
    if len(found.hypotheses) < 2:
        problems.append(
            Problem(
                Place(FILE),
                got=counted(len(found.hypotheses), "hypothesis", "hypotheses"),
                expected="at least two rival ones",
                fix="Add the explanation that you would have to rule out.",
                slug="too-few-hypotheses",
            )
        )
    ids = found.ids
    for part in (*found.evidence, *found.observables):
        problems += _names(part, ids)
        if len(problems) > TOML_PROBLEMS:
            return problems
    problems += matrix_problems(found)
    named = {c.id: c for c in claims}
    items = {e.id: e for e in found.evidence}
    for item in found.evidence:
        problems += [*_claim(item, named), *_contrary(item, items)]
    if not problems and found.evidence and not found.matrices and all(_alike(e, found) for e in found.evidence):
        problems.append(
            Problem(
                Place(FILE),
                got="the same likelihood for all hypotheses in every item",
                expected="an item that tells them apart",
                fix="Nothing discriminates: add what would be expected under one hypothesis and not under another.",
                slug="nothing-discriminates",
            )
        )
    return problems


def _alike(item: Evidence, found: Hypotheses) -> bool:
    """Whether an item is as probable under one hypothesis as under any other for which it was considered."""
    return len({item.range_of(h) for h in found.ids} - {None}) < 2


def check_arguments(checked: Checked) -> list[Problem]:
    """Hypotheses that claims name and the case does not have, and hypotheses on both sides."""
    found = declared_in(checked.case)
    problems: list[Problem] = []
    for one in checked.bound:
        if isinstance(one.arguments, PosteriorArguments):
            ways = [sides_in(one.arguments, choice.options) for choice in one.choices]
            named = dict.fromkeys(name for sides in ways for names in sides for name in names)
            problems += check_named(one.claim, named, found)
            problems += [p for favours, against in ways for p in _on_both(one.claim, set(favours) & set(against))]
    return list(dict.fromkeys(problems))


def _on_both(claim: Claim, both: Collection[str]) -> list[Problem]:
    """A hypothesis that a way to count puts on both sides."""
    return [
        Problem(
            Place(claim.file, claim.line("decisions") or claim.line("specifications")),
            got=f"a way to count claim '{claim.id}' with '{name}' on both sides",
            expected="each hypothesis on one side at most",
            fix="Give `against` too where a way to count gives `favours`.",
            slug="bad-value",
        )
        for name in sorted(both)
    ]


def check_record(checked: Checked) -> list[Problem]:
    """Sources that the rival explanations name and the record does not have."""
    found, record = declared_in(checked.case), checked.whole
    return check_sources(found, record.sources, record.redaction.unknown_source) if found else []


def claims_of(found: Hypotheses) -> set[str]:
    """Ids of the claims whose verdicts are evidence."""
    return {e.claim for e in found.evidence if e.claim}


def known_by(found: Hypotheses, record: Record, as_of: dt.date) -> tuple[Hypotheses, BeyondWall]:
    """The rival explanations as far as they had been held and the evidence as far as it had arrived.

    Args:
        record: as it was known by the day; it has no source that was published later.
    """

    def known(source: str | None) -> bool:
        return not source or source in record.sources

    evidence = tuple(e for e in found.evidence if e.date <= as_of and known(e.source))
    observables = tuple(o for o in found.observables if known(o.source))
    hypotheses = tuple(
        h.model_copy(update={"held_by": tuple(one for one in h.held_by if known(one.source))}) for h in found.hypotheses
    )
    later = sum(e.date > as_of for e in found.evidence)
    holders = sum(len(h.held_by) for h in found.hypotheses) - sum(len(h.held_by) for h in hypotheses)
    unknown = len(found.evidence) - later - len(evidence) + len(found.observables) - len(observables) + holders
    left = replace(found, hypotheses=hypotheses, evidence=evidence, observables=observables)
    kept = {e.id for e in evidence}
    names = tuple(e.id for e in found.evidence if e.id not in kept)
    return left, BeyondWall(later, unknown, names)


def dated_by(found: Hypotheses) -> set[str]:
    """Ids of the sources that the evidence dates."""
    return {e.source for e in found.evidence if e.source}


def check_sources(found: Hypotheses, known: Collection[str], told: Callable[[str], tuple[str, str]]) -> list[Problem]:
    """Sources that are named and not in the record.

    Args:
        told: what may be said of such a source, and how to mend it.
    """
    named = [
        (f"{type(e).__name__.lower()} '{e.id}'", e.line("source"), e.source)
        for e in (*found.evidence, *found.observables)
    ]
    named += [(f"a holder of '{h.id}'", h.line("held_by"), one.source) for h in found.hypotheses for one in h.held_by]
    unknown = [(what, line, *told(source)) for what, line, source in named if source and source not in known]
    return [
        Problem(
            Place(FILE, line),
            got=f"{what} names {got}",
            expected="an id of sources.csv",
            fix=fix,
            slug="unknown-source",
        )
        for what, line, got, fix in unknown
    ]


def check_named(claim: Claim, named: Iterable[str], found: Hypotheses | None) -> list[Problem]:
    """Hypotheses that a claim's arguments name and the case does not have."""
    if found is None:
        return []
    return [
        Problem(
            Place(claim.file, claim.line("arguments")),
            got=f"claim '{claim.id}' names hypothesis '{name}'",
            expected=f"an id of {FILE}",
            fix=did_you_mean(name, found.ids),
            slug="unknown-hypothesis",
        )
        for name in named
        if name not in found.ids
    ]


def _ids(kind: str, parts: Sequence[Hypothesis | Expectation]) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for part in parts:
        if part.id in seen:
            problems.append(
                Problem(
                    Place(FILE, part.line("id")),
                    got=f"a second {kind} '{part.id}'",
                    expected="each id once",
                    fix="Give one of them another id.",
                    slug="id-repeated",
                )
            )
        seen.add(part.id)
    return problems


def _names(part: Expectation, known: Sequence[str]) -> list[Problem]:
    """Hypotheses that an item names and that are not there."""
    key = "likelihood" if part.likelihood else "scores"
    return [
        Problem(
            Place(FILE, part.line(key, name)),
            got=f"'{part.id}' names hypothesis '{name}'",
            expected="the id of a [[hypothesis]]",
            fix=did_you_mean(name, known),
            slug="unknown-hypothesis",
        )
        for name in [name for name in (part.likelihood or part.scores) if name not in known][:TOML_PROBLEMS]
    ]


def _contrary(item: Evidence, known: Mapping[str, Evidence]) -> list[Problem]:
    """Contrary observations that are not there."""
    return [
        Problem(
            Place(FILE, item.line("contrary")),
            got=f"evidence '{item.id}' is contrary to '{name}'",
            expected="the id of another [[evidence]]",
            fix=did_you_mean(name, known),
            slug="unknown-evidence",
        )
        for name in item.contrary
        if name not in known or name == item.id
    ]


def _claim(item: Evidence, named: Mapping[str, Claim]) -> list[Problem]:
    """A claim that evidence rests on and that is not there, or that itself rests on the evidence."""
    if item.claim is None:
        return []
    if item.claim not in named:
        return [
            Problem(
                Place(FILE, item.line("claim")),
                got=f"evidence '{item.id}' names claim '{item.claim}'",
                expected="the id of a claim",
                fix=did_you_mean(item.claim, named),
                slug="unknown-claim",
            )
        ]
    if named[item.claim].measure == ABOUT_HYPOTHESES:
        return [
            Problem(
                Place(FILE, item.line("claim")),
                got=f"evidence '{item.id}' rests on claim '{item.claim}', which rests on the hypotheses",
                expected="a claim that is measured without them",
                fix="Take another claim; a circle proves nothing.",
                slug="evidence-cycle",
            )
        ]
    return []
