"""What a claim asks of a measure, checked: its arguments, its specifications, its levers, its region."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic import BaseModel

from tumen.case.model import Claim, SpecificationChoice
from tumen.case.validating import validated
from tumen.errors import Place, Problem, did_you_mean
from tumen.judge.claim_arguments import claim_arguments
from tumen.judge.claim_text import blank_problems, brace_problems
from tumen.judge.in_time import Times
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
) -> tuple[BoundClaim | None, list[Problem]]:
    """Match a claim with its measure.

    Args:
        as_of: the day to which its periods may be relative.
        given: what is given beside the case. Ways to count that need anything else are left aside, unless the claim
            has no other: then they say what they lack.
        own: the case's own day, where `as_of` is another.

    Returns: the claim bound, or None with every reason why it cannot be.
    """
    measure = measures.get(claim.measure)
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
    choices, more = _choices(claim, specifications, measure, given)
    problems += more
    levers, more = _levers(claim, measure)
    problems += more
    if problems or arguments is None:
        return None, problems
    if times.lacking:
        measure = replace(measure, run=lambda *_: Lacking(times.lacking))
    return BoundClaim(claim, measure, arguments, tuple(choices), tuple(levers), times), []


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
    low, high = measure.support
    hundredths = measure.unit.scale == SHARE.scale
    if not claim.holds.possible(low, high):
        problems.append(
            Problem(
                Place(claim.file, claim.line("holds")),
                got=f"claim '{claim.id}' holds {claim.holds}",
                expected=f"a region that '{measure.name}' can reach: {measure.unit.name} {_reach(low, high)}",
                fix="Correct the bound" + ("; shares are written 0.98, not 98." if hundredths else "."),
                slug="region-empty",
            )
        )
    return problems


def _reach(low: float, high: float) -> str:
    return f"of {low:g} or more" if high == float("inf") else f"from {low:g} to {high:g}"


def _choices(
    claim: Claim, specifications: Mapping[str, SpecificationChoice], measure: Measure, given: Collection[str]
) -> tuple[list[Choice], list[Problem]]:
    """The claim's specifications with checked options; one of the measure's defaults where it names none."""
    named = [specifications[name] for name in claim.specifications if name in specifications]
    if not claim.specifications:
        named = [SpecificationChoice(id="default", label="as the measure counts by default")]
    choices: list[Choice] = []
    problems: list[Problem] = []
    for item in named:
        options, more = validated(measure.options, dict(item.options), claim.file, {}, ())
        for problem in more:
            where = f"specification '{item.id}' for '{measure.name}'"
            line = claim.line("specifications" if claim.specifications else "measure")
            problems.append(replace(problem, place=Place(problem.file, line), got=f"{where}: {problem.got}"))
        if options is not None:
            choices.append(Choice(item.id, item.label, item.weight, options))
    needy = {item.id for item in named if item.needs and item.needs not in given}
    return [c for c in choices if c.id not in needy] or choices, problems


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
