"""hypotheses.toml: rival explanations, and what each would lead one to expect.

The file is optional. It is read like the other two: every problem in one pass, each at its line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from tumen.budgets import TOML_PROBLEMS
from tumen.case.model import LEAST_WEIGHT, MOST_WEIGHT, Claim, Line, Part, Placed, Slug
from tumen.counting import counted
from tumen.errors import Place, Problem, did_you_mean

#: The file's name in a case.
FILE = "hypotheses.toml"

#: The measure that is about the hypotheses; evidence may not rest on it.
ABOUT_HYPOTHESES = "hypotheses.posterior"

#: What a score stands for: how probable such an observation is where the hypothesis is true. Our
#: convention; the bands are those that ICD 203 gives its words from "very unlikely" to "very likely".
SCORE_RANGES: Mapping[int, tuple[float, float]] = {
    -2: (0.05, 0.20),
    -1: (0.20, 0.45),
    0: (0.45, 0.55),
    1: (0.55, 0.80),
    2: (0.80, 0.95),
}


#: Nothing in a case is more certain, either way.
LEAST_PROBABILITY = 1e-6


def _forward(pair: tuple[float, float]) -> tuple[float, float]:
    if pair[0] > pair[1]:
        raise ValueError("the low end before the high one")
    return pair


def _weights(pair: tuple[float, float]) -> tuple[float, float]:
    if not all(LEAST_WEIGHT <= value <= MOST_WEIGHT for value in pair):
        raise ValueError("numbers from a millionth to a million; what starts with none could never gain any")
    return _forward(pair)


def _probabilities(pair: tuple[float, float]) -> tuple[float, float]:
    if not all(LEAST_PROBABILITY <= value <= 1 - LEAST_PROBABILITY for value in pair):
        raise ValueError("probabilities above 0 and below 1, by a millionth at least; nothing is certain")
    return _forward(pair)


Prior = Annotated[tuple[float, float], AfterValidator(_weights)]
Likelihood = Annotated[tuple[float, float], AfterValidator(_probabilities)]
Score = Annotated[int, Field(ge=-2, le=2)]


class Holder(Part):
    """Somebody who holds an explanation, and the source where that can be read."""

    who: Line
    source: Line


class Hypothesis(Placed):
    """One of the rival explanations, with its weight before any evidence and who is known to hold it."""

    id: Slug
    label: Line
    text: Line
    prior: Prior = (1.0, 1.0)
    held_by: tuple[Holder, ...] = ()

    @field_validator("prior", mode="before")
    @classmethod
    def _number_or_range(cls, value: Any) -> Any:
        return (value, value) if isinstance(value, int | float) and not isinstance(value, bool) else value


class Expectation(Placed):
    """What an observation says of each hypothesis: scores, or likelihoods as ranges."""

    id: Slug
    text: Line
    source: str = ""
    scores: Mapping[str, Score] = {}
    likelihood: Mapping[str, Likelihood] = {}

    @field_validator("likelihood", mode="before")
    @classmethod
    def _numbers_or_ranges(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {k: (v, v) if isinstance(v, int | float) and not isinstance(v, bool) else v for k, v in value.items()}

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if bool(self.scores) == bool(self.likelihood):
            raise ValueError("either scores or likelihood")
        return self

    def range_of(self, hypothesis: str) -> tuple[float, float]:
        """How probable the observation is where a hypothesis is true; one without a score is silent on it."""
        return self.likelihood[hypothesis] if self.likelihood else SCORE_RANGES[self.scores.get(hypothesis, 0)]


class Evidence(Expectation):
    """A dated observation that bears on the hypotheses, or a claim whose verdict does."""

    date: dt.date
    group: Slug | None = None
    deception: Annotated[float, Field(ge=0, le=1)] = 0.0
    claim: Slug | None = None

    @model_validator(mode="after")
    def _source_or_claim(self) -> Self:
        if bool(self.source) == bool(self.claim):
            raise ValueError("either a source or a claim")
        return self


class Observable(Expectation):
    """Something that could be observed and has not been yet; the source, if any, says why one would look for it."""


class HypothesesFile(Part):
    """Keys that hypotheses.toml may hold at its top."""

    note: Line | None = None
    hypothesis: tuple[Mapping[str, Any], ...] = ()
    evidence: tuple[Mapping[str, Any], ...] = ()
    observable: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Hypotheses:
    """Rival explanations and the evidence on them, as the author wrote them.

    Args:
        note: what a reader must know of the scores, such as who gave them; shown wherever results are.
    """

    note: str | None
    hypotheses: tuple[Hypothesis, ...]
    evidence: tuple[Evidence, ...]
    observables: tuple[Observable, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the hypotheses, in the author's order."""
        return tuple(h.id for h in self.hypotheses)


def check(found: Hypotheses, claims: Sequence[Claim], as_of: dt.date) -> list[Problem]:
    """What one part of the file says of another and of the claims.

    Returns: repeated ids, unknown hypotheses and claims, cycles, dates after the case's, fewer than
        two hypotheses, and evidence that tells no hypothesis from another.
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
    named = {c.id: c for c in claims}
    for item in found.evidence:
        problems += _claim(item, named)
        if item.date > as_of:
            problems.append(
                Problem(
                    Place(FILE, item.line("date")),
                    got=f"evidence '{item.id}' of {item.date}, after the case's date {as_of}",
                    expected="nothing later than the case knows",
                    fix="Correct the date, or move as_of in case.toml.",
                    slug="dates-backwards",
                )
            )
    if not problems and found.evidence and all(len({e.range_of(h) for h in found.ids}) == 1 for e in found.evidence):
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
    """Hypotheses that an item names and that are not there, and those that its likelihoods leave out."""
    key = "likelihood" if part.likelihood else "scores"
    problems = [
        Problem(
            Place(FILE, part.line(key, name)),
            got=f"'{part.id}' names hypothesis '{name}'",
            expected="the id of a [[hypothesis]]",
            fix=did_you_mean(name, known),
            slug="unknown-hypothesis",
        )
        for name in [name for name in (part.likelihood or part.scores) if name not in known][:TOML_PROBLEMS]
    ]
    left_out = [name for name in known if part.likelihood and name not in part.likelihood]
    if left_out:
        problems.append(
            Problem(
                Place(FILE, part.line(key)),
                got=f"'{part.id}' with no likelihood for {', '.join(left_out)}",
                expected="one for every hypothesis",
                fix="Add it; for a silent item give all the same.",
                slug="key-missing",
            )
        )
    return problems


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
