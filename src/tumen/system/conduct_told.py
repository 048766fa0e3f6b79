"""Rival explanations by what was done, beside the scored evidence: in words, and in order."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tumen.explanations.declared import FILE as HYPOTHESES
from tumen.explanations.declared import Hypotheses
from tumen.explanations.sentences import percent
from tumen.explanations.weighing import weighed_in
from tumen.judge.evaluated import Evaluated
from tumen.system.conclusion import Conclusion

#: What is done makes one explanation this many times as probable as another, or hardly tells them apart (Kass and
#: Raftery 1995, doi:10.1080/01621459.1995.10476572).
HARDLY = 3.0

#: Standard errors by which two must differ to stand in order: one in twenty would by luck alone.
_ERRORS = 1.96


@dataclass(frozen=True)
class Fitting:
    """An explanation by what was done, and by the scored evidence.

    Args:
        behind: how much less the logarithm of its evidence is than the best one's; 0 or below.
        error: the standard error of that logarithm, by the luck of the draws.
        scored: its probability after the scored evidence, 0 to 1; None where the case has none.
    """

    id: str
    label: str
    behind: float
    error: float
    scored: float | None

    @property
    def relative(self) -> float:
        """How probable it makes what was done, as a share of what the best one does."""
        return math.exp(self.behind)


def fittings(found: Conclusion, evaluated: Evaluated) -> list[Fitting]:
    """Each explanation that has a profile of aims, the best first."""
    weighed = weighed_in(evaluated)
    declared: Hypotheses | None = evaluated.case.parts.get(HYPOTHESES)
    labels = {one.id: one.label for one in declared.hypotheses} if declared else {}
    scored: Mapping[str, float] = {one.id: one.posterior for one in weighed.standings} if weighed else {}
    best = max((one.evidence for one in found.conduct.values()), default=0.0)
    each = [
        Fitting(name, labels.get(name, name), one.evidence - best, one.error, scored.get(name))
        for name, one in found.conduct.items()
    ]
    return sorted(each, key=lambda one: -one.behind)


def conduct_sentences(each: Sequence[Fitting]) -> list[str]:
    """How far what was done tells the explanations apart, and where the scored evidence says otherwise."""
    if len(each) < 2:
        return []
    first, last = each[0], each[-1]
    near = [one for one in each[1:] if _near_to(one, first)]
    lines = [
        f"What was done fits ‘{first.label}’ best and ‘{last.label}’ worst: the aims of the first make it "
        f"{_times(first, last)} times as probable. {_near(near, each)}"
    ]
    return [*lines, *_disagreement(each)]


def _times(one: Fitting, other: Fitting) -> str:
    ratio = math.exp(min(one.behind - other.behind, 50.0))
    return f"{ratio:.1f}" if ratio < 100 else f"{ratio:,.0f}"


def _near(near: Sequence[Fitting], each: Sequence[Fitting]) -> str:
    if not near:
        return f"No other comes within a factor of {HARDLY:g} of the best."
    if len(near) == len(each) - 1:
        return f"None is further from the best than a factor of {HARDLY:g}: conduct alone hardly tells them apart."
    widest = _times(each[0], near[-1])
    return (
        f"{len(near) + 1} of the {len(each)} lie within a factor of {widest} of each other: between those, conduct "
        "alone says next to nothing."
    )


def _disagreement(each: Sequence[Fitting]) -> list[str]:
    """A sentence for the leader of the scored evidence where conduct puts others before it, or that they agree."""
    told = [one for one in each if one.scored is not None]
    if len(told) < 2:
        return []
    leader = max(told, key=lambda one: one.scored or 0.0)
    before = [one for one in told if _surely_before(one, leader)]
    scored = f"The scored evidence puts ‘{leader.label}’ first ({_percent(leader)})"
    if not before:
        return [f"{scored}; nothing else fits what was done better by more than the error of the reckoning."]
    names = " and ".join(f"‘{one.label}’ ({_times(one, leader)} times; {_percent(one)})" for one in before)
    doubt = (
        f" None of this is more than a factor of {HARDLY:g}, so it is no reason to drop what was scored."
        if all(_near_to(leader, one) for one in before)
        else ""
    )
    return [
        f"{scored}, but the aims of {names} make what was done more probable than its own do, by more than the error "
        f"of the reckoning: here scored evidence and conduct disagree.{doubt}"
    ]


def _surely_before(one: Fitting, other: Fitting) -> bool:
    return one.behind - other.behind > _ERRORS * math.hypot(one.error, other.error)


def _near_to(one: Fitting, other: Fitting) -> bool:
    return abs(one.behind - other.behind) < math.log(HARDLY)


def _percent(one: Fitting) -> str:
    return f"{percent(one.scored or 0.0)} by the scores"
