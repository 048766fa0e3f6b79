"""What a claim asks of a measure, checked: its arguments, its specifications, its levers, its region."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel

from tumen.case.model import Claim, SpecificationChoice
from tumen.case.validating import validated
from tumen.errors import Place, Problem, did_you_mean
from tumen.judge.claim_text import blank_problems
from tumen.judge.in_time import Times, implied, in_time_problems, time_warnings
from tumen.judge.relative import Resolved, resolved
from tumen.judge.windows import windows_in
from tumen.measure.arguments import AHEAD
from tumen.measure.estimate import Choice, Lacking, Lever, Measure
from tumen.measure.units import SHARE
from tumen.record.wall import day_after


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
) -> tuple[BoundClaim | None, list[Problem]]:
    """Match a claim with its measure.

    Args:
        as_of: the case's day, to which its periods may be relative.
        given: what is given beside the case. Ways to count that need anything else are left aside, unless the claim
            has no other: then they say what they lack.

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
    problems = _unit_and_region(claim, measure)
    arguments, times, more = _arguments(claim, measure, as_of)
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


def _arguments(claim: Claim, measure: Measure, as_of: dt.date) -> tuple[BaseModel | None, Times, list[Problem]]:
    """A claim's arguments as they stand on a day, when they are about, and what is wrong with either.

    Periods that are relative to the day end with it; where the measure refuses that, as one of whole years does, they
    are of the whole years that were over.
    """
    ways = [resolved(measure.arguments, claim.arguments, as_of, whole) for whole in (False, True)]
    tried = [(way, *_checked(claim, measure, way)) for way in ways[: 1 + bool(ways[0].moving)]]
    way, arguments, problems = min(tried, key=lambda one: len(one[2]))
    if arguments is None:
        return None, Times(), problems
    windows, days = windows_in(arguments, way.moving)
    ahead = [getattr(arguments, name) for name in _ahead(measure.arguments)]
    closes = min((day for day in ahead if day), default=None)
    closed = (f"what comes after {closes}, when the forecast closed: it can be scored",) if closes else ()
    lacking = closed if closes and closes <= as_of else way.lacking
    times = Times(claim.in_time, windows, days, closes, lacking)
    times = replace(times, in_time=claim.in_time or implied(times))
    return arguments, times, [*in_time_problems(claim, times), *blank_problems(claim, times, as_of)]


def _checked(claim: Claim, measure: Measure, way: Resolved) -> tuple[BaseModel | None, list[Problem]]:
    """Arguments as the measure takes them, or all that is wrong with them."""
    arguments, problems = validated(measure.arguments, dict(way.arguments), claim.file, claim.lines, ("arguments",))
    unread = tuple(f"{fault.path[0]}{sign}" for fault in way.faults for sign in (" =", "."))
    problems = [p for p in problems if not p.got.startswith(unread)] if unread else problems
    faults = [
        Problem(
            Place(claim.file, claim.line("arguments", *fault.path)),
            got=f"claim '{claim.id}' with {fault.got}",
            expected="a period or day that can be read",
            fix=fault.fix,
            slug="window-unreadable",
        )
        for fault in way.faults
    ]
    return (None if faults else arguments), [*faults, *problems]


def _ahead(arguments: type[BaseModel]) -> list[str]:
    """Arguments that are the day on which a forecast closes."""
    return [name for name, field in arguments.model_fields.items() if AHEAD in field.metadata]


def _planned(claim: Claim, measure: Measure | None, as_of: dt.date) -> tuple[BoundClaim | None, list[Problem]]:
    if measure is None:
        problems = blank_problems(claim, Times(), as_of)
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


def window_warnings(bound: BoundClaim, as_of: dt.date) -> list[Problem]:
    """A warning where a claim asks after days that lie beyond the case's, and where its periods ended long before.

    The last day of a forecast may lie beyond it.
    """
    claim, asked = bound.claim, bound.arguments
    told = time_warnings(claim, bound.times, as_of)
    ahead = set(_ahead(type(asked))) if asked else set()
    until = max(_days_in(asked.model_dump(exclude=ahead)) if asked else (), default=as_of)
    if until <= day_after(as_of) or told:
        return told
    return [
        Problem(
            Place(claim.file, claim.line("arguments")),
            got=f"claim '{claim.id}', which asks after days until {until}",
            expected=f"days until {as_of}, the case's day",
            fix="Nothing later counts. End the period earlier, or move as_of.",
            slug="window-beyond-wall",
            severity="warning",
        )
    ]


def _days_in(value: Any) -> Iterator[dt.date]:
    """Every day that arguments name."""
    if isinstance(value, dt.date):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _days_in(inner)


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
