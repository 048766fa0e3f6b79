"""Confidence: how good the evidence is, apart from how likely the claim is.

Each part of the evidence caps confidence; the lowest cap binds. The rule is ours and is written
out in docs/how-a-verdict-is-reached.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tumen.case.coverage import Coverage
from tumen.counting import counted
from tumen.judge.likelihood_words import Outcome
from tumen.judge.reference_class import ReferenceClass
from tumen.judge.windows import Window, day_before
from tumen.measure.estimate import Estimate, Used
from tumen.record.publication import known_on
from tumen.record.sources import Source

Level = Literal["low", "moderate", "high"]
_ORDER: tuple[Level, ...] = ("low", "moderate", "high")
_COVERAGE: tuple[Coverage, ...] = ("exhaustive", "sampled", "convenience")

#: Independent observations below which confidence is low, and below which it is moderate at most.
FEW_OBSERVATIONS, MANY_OBSERVATIONS = 10, 30


@dataclass(frozen=True)
class Cap:
    """One part of the rule: the most that it allows, and why."""

    part: str
    level: Level
    why: str


@dataclass(frozen=True)
class Confidence:
    """The level, every part of the rule, and which of them bound it."""

    level: Level
    caps: tuple[Cap, ...]

    @property
    def binding(self) -> tuple[Cap, ...]:
        """The parts that hold the level where it is; empty at the top."""
        return tuple(c for c in self.caps if c.level == self.level and self.level != "high")


def confidence(
    estimate: Estimate,
    sources: Mapping[str, Source],
    as_of: dt.date,
    outcome: Outcome,
    cut: Sequence[Window] = (),
    reference: ReferenceClass | None = None,
) -> Confidence:
    """Confidence in an estimate's evidence.

    Args:
        sources: by id.
        as_of: the case's date, from which age is counted.
        outcome: the verdict.
        cut: periods of the claim that end as far as the record reaches, before those that it asks after.
        reference: how many comparable units meet the claim's bound, where the record holds such.
    """
    used = estimate.used
    if not used:
        return Confidence("low", (Cap("evidence", "low", "no row of the record supports it"),))
    grades = [sources[u.source] for u in used]
    caps = (
        _reliability(grades),
        _credibility(grades),
        _independence(used, grades),
        _age(used, as_of),
        _dated(used, grades),
        _complete(estimate),
        _rejected(estimate.rejected),
        _agreement(estimate, outcome),
        *_scored(estimate),
        *_observations(estimate),
        *_coverage(estimate, outcome),
        *_discriminates(reference, outcome),
    )
    caps += _reach(caps, cut)
    return Confidence(_lowest(caps), caps)


def _lowest(caps: Sequence[Cap]) -> Level:
    return min((c.level for c in caps), key=_ORDER.index)


def _median(letters: Sequence[str]) -> str:
    """The middle of ordered grades; of two middles the worse."""
    return sorted(letters)[len(letters) // 2]


def _reliability(grades: Sequence[Source]) -> Cap:
    middle = _median([g.reliability for g in grades])
    level: Level = "high" if middle in "AB" else "moderate" if middle == "C" else "low"
    return Cap("reliability", level, f"the middle grade of the sources is {middle}")


def _credibility(grades: Sequence[Source]) -> Cap:
    middle = _median([g.credibility for g in grades])
    level: Level = "high" if middle in "12" else "moderate" if middle == "3" else "low"
    return Cap("credibility", level, f"the middle grade of what they say is {middle}")


def _independence(used: Sequence[Used], grades: Sequence[Source]) -> Cap:
    """Who made the figures: no more makers than publishers, and no more than sources that go back to no other."""
    if all(g.reliability == "A" and g.credibility == "1" for g in grades):
        return Cap("independence", "high", "the record is the act itself, graded A1")
    count = min(len({u.publisher for u in used}), len({g.origin or g.id for g in grades}))
    level: Level = "high" if count >= 3 else "moderate" if count == 2 else "low"
    makers = "one maker alone" if count == 1 else f"{count} independent makers"
    return Cap("independence", level, f"the figures come from {makers}")


def _age(used: Sequence[Used], as_of: dt.date) -> Cap:
    days = [(as_of - u.end).days for u in used if u.end is not None]
    if not days:
        return Cap("age", "high", "the evidence does not age")
    years = max(0, min(days)) / 365.25
    level: Level = "high" if years <= 2 else "moderate" if years <= 4 else "low"
    return Cap("age", level, f"the newest evidence is {years:.1f} years older than the case's date")


def _dated(used: Sequence[Used], grades: Sequence[Source]) -> Cap:
    """Whether it can be told since when the evidence is known: each row by its own date or by its source's.

    A protected source's date is not shown.
    """
    open_ones = {g.id for g in grades if g.access == "public"}
    undated = {g.id for u, g in zip(used, grades, strict=True) if known_on(u.published or g.published) is None}
    if not undated & open_ones:
        return Cap("publication", "high", "it is known when each row was published")
    of = counted(len(open_ones), "source")
    return Cap("publication", "moderate", f"{len(undated & open_ones)} of {of} without a date of publication")


def _complete(estimate: Estimate) -> Cap:
    lacking = sum(1 for s in estimate.specifications if s.missing)
    if not lacking:
        return Cap("completeness", "high", "no part of what is measured lacks evidence")
    return Cap("completeness", "low", "evidence for a part of what is measured is missing")


def _rejected(count: int) -> Cap:
    if not count:
        return Cap("rejected rows", "high", "every row of the tables could be read")
    level: Level = "moderate" if count <= 5 else "low"
    return Cap("rejected rows", level, f"{counted(count, 'row')} of the tables could not be read")


def _agreement(estimate: Estimate, outcome: Outcome) -> Cap:
    lacking = len(estimate.specifications) - len(estimate.ran)
    if outcome == "depends":
        return Cap("specifications", "moderate", "the specifications do not agree on the verdict")
    if lacking:
        return Cap("specifications", "moderate", f"{counted(lacking, 'specification')} could not be run")
    return Cap("specifications", "high", "the specifications agree on the verdict")


def _observations(estimate: Estimate) -> tuple[Cap, ...]:
    """How many independent observations stand behind it, where it rests on such rather than on printed totals."""
    each = [run.effective for run in estimate.ran if run.effective is not None]
    if not each:
        return ()
    least = min(each)
    level: Level = "low" if least < FEW_OBSERVATIONS else "moderate" if least < MANY_OBSERVATIONS else "high"
    said = counted(round(least), "independent observation")
    return (Cap("observations", level, f"it rests on {said}, once what belongs together counts once"),)


def _coverage(estimate: Estimate, outcome: Outcome) -> tuple[Cap, ...]:
    """What the record covers. What a convenience record holds can support a lower bound; what it lacks says nothing."""
    at_least = all("lower" in run.bounds for run in estimate.ran) and outcome == "supported"
    worst = max((estimate.coverage.get(u.table, "exhaustive") for u in estimate.used), key=_COVERAGE.index)
    if worst == "exhaustive" or at_least:
        return (Cap("coverage", "high", "what the record lacks would not change it" if at_least else "all is covered"),)
    said = "what somebody came across" if worst == "convenience" else "a sample"
    return (Cap("coverage", "moderate", f"a table that it rests on holds {said}, not all that there was"),)


def _discriminates(reference: ReferenceClass | None, outcome: Outcome) -> tuple[Cap, ...]:
    if reference is None:
        return ()
    little = reference.many and outcome in ("supported", "depends")
    return (Cap("reference class", "low" if little else "high", reference.sentence),)


def _scored(estimate: Estimate) -> tuple[Cap, ...]:
    """What is asked only where people scored the evidence: no row of the record says it."""
    return (Cap("scores", "low", f"{estimate.by_hand} is scored by hand, not measured"),) if estimate.by_hand else ()


def _reach(caps: Sequence[Cap], cut: Sequence[Window]) -> tuple[Cap, ...]:
    """One grade below all the rest, where the record ends before what is asked after."""
    ends = [(w.last_day, day_before(w.asked)) for w in cut if w.asked]
    if not ends:
        return ()
    level = _ORDER[max(0, _ORDER.index(_lowest(caps)) - 1)]
    known, asked = min(ends)
    return (Cap("reach", level, f"the record reaches to {known}, and the claim asks after days until {asked}"),)
