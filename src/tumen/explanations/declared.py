"""hypotheses.toml: rival explanations, and what each would lead one to expect.

The file is optional. It is read like the other two: every problem in one pass, each at its line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from tumen.case.model import LEAST_WEIGHT, MOST_WEIGHT, Placed
from tumen.case.part import Line, Part, Slug

#: The file's name in a case.
FILE = "hypotheses.toml"

#: Most parts of each kind that it may have.
MOST: Mapping[str, int] = {"evidence": 10_000, "observable": 10_000, "hypothesis": 200, "matrix": 20}

#: The coder of the scores that stand with the evidence, where the case does not say who it is.
OWN_CODER = "case"

#: The measure that is about the hypotheses; evidence may not rest on it.
ABOUT_HYPOTHESES = "hypotheses.posterior"

#: Items at least as improbable under a hypothesis count against it: unlikely, in the words of ICD 203.
AGAINST_TO = 0.45

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


def as_ranges(cells: Any) -> Any:
    """Likelihoods by hypothesis, a lone number as a range without width; anything else as it is.

    Example:
        >>> as_ranges({"a": 0.2, "b": [0.1, 0.3]})
        {'a': (0.2, 0.2), 'b': [0.1, 0.3]}
    """
    if not isinstance(cells, dict):
        return cells
    return {k: (v, v) if isinstance(v, int | float) and not isinstance(v, bool) else v for k, v in cells.items()}


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
        return as_ranges(value)

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if bool(self.scores) == bool(self.likelihood):
            raise ValueError("either scores or likelihood")
        return self

    def range_of(self, hypothesis: str) -> tuple[float, float] | None:
        """How probable the observation is where a hypothesis is true; None where that was not considered."""
        return range_in(self.scores, self.likelihood, hypothesis)


def range_in(
    scores: Mapping[str, int], likelihood: Mapping[str, tuple[float, float]], hypothesis: str
) -> tuple[float, float] | None:
    """The range of likelihoods that a score, or a range itself, gives to a hypothesis; None where neither does.

    Example:
        >>> range_in({"a": 1, "b": 0}, {}, "a"), range_in({"a": 1, "b": 0}, {}, "c")
        ((0.55, 0.8), None)
    """
    if likelihood:
        return likelihood.get(hypothesis)
    return SCORE_RANGES[scores[hypothesis]] if hypothesis in scores else None


class Evidence(Expectation):
    """A dated observation that bears on the hypotheses, or a claim whose verdict does.

    `contrary` names observations that point the other way: an explanation that fits both of two such explains neither.
    """

    date: dt.date
    group: Slug | None = None
    deception: Annotated[float, Field(ge=0, le=1)] = 0.0
    claim: Slug | None = None
    contrary: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _source_or_claim(self) -> Self:
        if bool(self.source) == bool(self.claim):
            raise ValueError("either a source or a claim")
        return self


class Observable(Expectation):
    """Something that could be observed and has not been yet; the source, if any, says why one would look for it."""


class Matrix(Placed):
    """What another coder says of the items, apart from the case's own scores: by item, scores or likelihoods."""

    coder: Slug
    scores: Mapping[str, Mapping[str, Score]] = {}
    likelihood: Mapping[str, Mapping[str, Likelihood]] = {}

    @field_validator("likelihood", mode="before")
    @classmethod
    def _numbers_or_ranges(cls, value: Any) -> Any:
        return {item: as_ranges(cells) for item, cells in value.items()} if isinstance(value, dict) else value

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        both = sorted(set(self.scores) & set(self.likelihood))
        if both:
            raise ValueError(f"for each item either scores or likelihood, not both as for {', '.join(both)}")
        if not (self.scores or self.likelihood):
            raise ValueError("scores or likelihood for an item at least")
        return self

    @property
    def items(self) -> tuple[str, ...]:
        """Ids of the evidence that the coder considered."""
        return (*self.scores, *self.likelihood)

    def considers(self, item: str) -> bool:
        """Whether the coder considered an item."""
        return item in self.scores or item in self.likelihood

    def range_of(self, item: str, hypothesis: str) -> tuple[float, float] | None:
        """How probable an item is where a hypothesis is true; None where the coder did not consider that."""
        return range_in(self.scores.get(item, {}), self.likelihood.get(item, {}), hypothesis)


class HypothesesFile(Part):
    """Keys that hypotheses.toml may hold at its top."""

    note: Line | None = None
    coder: Slug = OWN_CODER
    hypothesis: tuple[Mapping[str, Any], ...] = ()
    evidence: tuple[Mapping[str, Any], ...] = ()
    observable: tuple[Mapping[str, Any], ...] = ()
    matrix: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Hypotheses:
    """Rival explanations and the evidence on them, as the author wrote them.

    Args:
        note: what a reader must know of the scores, such as who gave them; shown wherever results are.
        coder: who gave the scores that stand with the evidence.
        matrices: those of other coders.
    """

    note: str | None
    hypotheses: tuple[Hypothesis, ...]
    evidence: tuple[Evidence, ...]
    observables: tuple[Observable, ...] = ()
    coder: str = OWN_CODER
    matrices: tuple[Matrix, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the hypotheses, in the author's order."""
        return tuple(h.id for h in self.hypotheses)

    @property
    def coders(self) -> tuple[str, ...]:
        """Everybody who scored, the case's own coder first."""
        return (self.coder, *(m.coder for m in self.matrices))
