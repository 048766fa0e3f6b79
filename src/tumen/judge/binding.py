"""What a claim asks of a measure, checked: its arguments, its ways to count, its levers, its region."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from pydantic import BaseModel

from tumen.case.model import Claim, Decision, SpecificationChoice
from tumen.case.validating import validated
from tumen.errors import Place, Problem, did_you_mean
from tumen.judge.claim_arguments import claim_arguments
from tumen.judge.claim_text import blank_problems, brace_problems
from tumen.judge.in_time import Times
from tumen.judge.ways import Way, ways_of
from tumen.measure.estimate import Choice, Lacking, Lever, Measure
from tumen.measure.units import SHARE


@dataclass(frozen=True)
class BoundClaim:
    """A claim with its measure, ready to be measured; measure is None where it is planned.

    Args:
        arguments: with every period and day as it stands on the case's day.
        times: what they say of when the claim is about.
    """

    claim: Claim
    measure: Measure | None
    arguments: BaseModel | None = None
    choices: tuple[Choice, ...] = ()
    levers: tuple[Lever, ...] = ()
    times: Times = field(default=Times())


def bind(
    claim: Claim,
    specifications: Mapping[str, SpecificationChoice],
    measures: Mapping[str, Measure],
    as_of: dt.date,
    given: Collection[str] = (),
    own: dt.date | None = None,
    decisions: Mapping[str, Decision] = MappingProxyType({}),
) -> tuple[BoundClaim | None, list[Problem]]:
    """Match a claim with its measure.

    Args:
        as_of: the day to which its periods may be relative.
        given: what is given beside the case. Ways to count that need anything else are left aside, unless the claim
            has no other: then they say what they lack.
        own: the case's own day, where `as_of` is another.

    Returns: the claim bound, or None with every reason why it cannot be.
    """
    bound, problems = bound_as_far(claim, specifications, measures, as_of, given, own, decisions)
    return (None if problems else bound), problems


def bound_as_far(
    claim: Claim,
    specifications: Mapping[str, SpecificationChoice],
    measures: Mapping[str, Measure],
    as_of: dt.date,
    given: Collection[str] = (),
    own: dt.date | None = None,
    decisions: Mapping[str, Decision] = MappingProxyType({}),
) -> tuple[BoundClaim | None, list[Problem]]:
    """A claim with as much of what it asks of its measure as could be read, and every reason why that is not all.

    Args: as in `bind`.

    Returns: None in place of a claim of which the measure is not known.
    """
    measure = measures.get(claim.measure)
    if "measure" in claim.unread:
        return None, []
    if claim.planned:
        return _planned(claim, measure, as_of)
    if measure is None:
        got = f"claim '{claim.id}' names measure '{claim.measure}'"
        fix = did_you_mean(claim.measure, measures) + " Mark the claim `planned = true` if it is to come."
        return None, [
            Problem(
                Place(claim.file, claim.line("measure")),
                got=got,
                expected="a measure of `tumen measures`",
                fix=fix,
                slug="unknown-measure",
            )
        ]
    problems = [*_unit_and_region(claim, measure), *brace_problems(claim)]
    arguments, times, more = claim_arguments(claim, measure, as_of, own or as_of)
    problems += more
    ways, more = ways_of(claim, specifications, decisions)
    problems += more
    choices, more = _choices(claim, ways, measure, given)
    problems += more
    levers, more = _levers(claim, measure)
    problems += more
    if times.lacking:
        measure = replace(measure, run=lambda *_: Lacking(times.lacking))
    return BoundClaim(claim, measure, arguments, tuple(choices), tuple(levers), times), problems


def _planned(claim: Claim, measure: Measure | None, as_of: dt.date) -> tuple[BoundClaim | None, list[Problem]]:
    if measure is None:
        problems = [*brace_problems(claim), *blank_problems(claim, Times(), as_of)]
        return (None if problems else BoundClaim(claim, None, times=Times(claim.in_time))), problems
    return None, [
        Problem(
            Place(claim.file, claim.line("planned")),
            got=f"claim '{claim.id}' is planned, but '{measure.name}' exists",
            expected="a claim that is measured",
            fix="Remove `planned`.",
            slug="planned-exists",
        )
    ]


def _unit_and_region(claim: Claim, measure: Measure) -> list[Problem]:
    """A unit other than the measure's, and a region that its values can never or always lie in."""
    problems: list[Problem] = []
    if claim.unit is not None and claim.unit != measure.unit.name:
        problems.append(
            Problem(
                Place(claim.file, claim.line("unit")),
                got=f"claim '{claim.id}' expects {claim.unit}",
                expected=f"{measure.unit.name}, which '{measure.name}' gives",
                fix="Correct the unit, or use another measure.",
                slug="unit-mismatch",
            )
        )
    if "holds" in claim.unread:
        return problems
    low, high = measure.support
    hundredths = measure.unit.scale == SHARE.scale
    hint = "Correct the bound" + ("; shares are written 0.98, not 98." if hundredths else ".")
    if claim.holds.certain(low, high):
        problems.append(
            Problem(
                Place(claim.file, claim.line("holds")),
                got=f"claim '{claim.id}' holds {claim.holds}",
                expected=f"a region that '{measure.name}' can miss: {measure.unit.name} {_reach(low, high)}",
                fix=hint,
                slug="region-full",
            )
        )
    if not claim.holds.possible(low, high):
        problems.append(
            Problem(
                Place(claim.file, claim.line("holds")),
                got=f"claim '{claim.id}' holds {claim.holds}",
                expected=f"a region that '{measure.name}' can reach: {measure.unit.name} {_reach(low, high)}",
                fix=hint,
                slug="region-empty",
            )
        )
    return problems or (_strange_bound(claim) if measure.probabilities else [])


def _strange_bound(claim: Claim) -> list[Problem]:
    """A bound other than one half on what is the probability of the claim itself: P does not depend on it."""
    if 0.5 in (claim.holds.above, claim.holds.below):
        return []
    return [
        Problem(
            Place(claim.file, claim.line("holds")),
            got=f"claim '{claim.id}' with another bound than one half",
            expected="holds = { above = 0.5 }",
            fix=f"'{claim.measure}' gives P itself; the verdict says how high that must be.",
            slug="bound-of-posterior",
        )
    ]


def _reach(low: float, high: float) -> str:
    return f"of {low:g} or more" if high == float("inf") else f"from {low:g} to {high:g}"


def _choices(
    claim: Claim, ways: Sequence[Way], measure: Measure, given: Collection[str]
) -> tuple[list[Choice], list[Problem]]:
    """The claim's ways to count with checked options, without those that need what is not given.

    Where all of them need such, they stay, and say what they lack.
    """
    choices: list[Choice] = []
    problems: list[Problem] = []
    key = next((name for name in ("specifications", "decisions", "options") if getattr(claim, name)), "measure")
    for way in ways:
        options, more = validated(measure.options, dict(way.options), claim.file, {}, ())
        for problem in more:
            where = f"specification '{way.id}' for '{measure.name}'"
            problems.append(replace(problem, place=Place(problem.file, claim.line(key)), got=f"{where}: {problem.got}"))
        if options is not None:
            choices.append(Choice(way.id, way.label, options, way.path, way.needs))
    return [c for c in choices if c.needs <= set(given)] or choices, problems


def _levers(claim: Claim, measure: Measure) -> tuple[Sequence[Lever], list[Problem]]:
    """The levers that the claim moves, with its own words and ranges; the measure's where it names none."""
    if not claim.lever:
        return measure.levers, []
    known = {lever.name: lever for lever in measure.levers}
    levers: list[Lever] = []
    problems: list[Problem] = []
    for number, choice in enumerate(claim.lever):
        lever = known.get(choice.name)
        if lever is None:
            problems.append(
                Problem(
                    Place(claim.file, claim.line("lever", number, "name")),
                    got=f"lever '{choice.name}'",
                    expected=f"a lever of '{measure.name}'",
                    fix=did_you_mean(choice.name, known),
                    slug="unknown-lever",
                )
            )
            continue
        low = lever.low if choice.low is None else choice.low
        high = lever.high if choice.high is None else choice.high
        if not lever.low <= low < high <= lever.high:
            problems.append(
                Problem(
                    Place(claim.file, claim.line("lever", number)),
                    got=f"lever '{lever.name}' from {low:g} to {high:g}",
                    expected=f"a range within {lever.low:g} to {lever.high:g}",
                    fix="Correct low or high.",
                    slug="lever-range",
                )
            )
            continue
        levers.append(replace(lever, label=choice.label or lever.label, low=low, high=high))
    return levers, problems
