"""A claim's arguments as they stand on the case's day, and when they say that it is about."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pydantic import BaseModel

from tumen.case.model import Claim
from tumen.case.validating import validated
from tumen.errors import Place, Problem
from tumen.judge.claim_text import blank_problems
from tumen.judge.in_time import Times, implied, in_time_problems
from tumen.judge.relative import Resolved, resolved
from tumen.judge.windows import closing_days, windows_in
from tumen.measure.estimate import Measure


def claim_arguments(
    claim: Claim, measure: Measure, as_of: dt.date, own: dt.date
) -> tuple[BaseModel | None, Times, list[Problem]]:
    """A claim's arguments as they stand on a day, when they are about, and what is wrong with either.

    Args:
        as_of: the day.
        own: the case's own, where another was asked for. What fits then is no error, but lacks something on that day.
    """
    arguments, way, problems = _as_of(claim, measure, as_of)
    lacking = way.lacking
    if arguments is None and as_of != own and way.moving and not way.faults:
        arguments, way, _ = _as_of(claim, measure, own)
        lacking = (f"periods that fit together as of {as_of}",)
    if arguments is None:
        return None, Times(), problems
    windows, days = windows_in(arguments, way.moving)
    closes = min((day for name in closing_days(measure.arguments) if (day := getattr(arguments, name))), default=None)
    if closes and closes <= as_of:
        lacking = (f"what comes after {closes}, when the forecast closed: it can be scored",)
    times = Times(claim.in_time, windows, days, closes, lacking)
    times = times if claim.in_time else replace(times, in_time=implied(times))
    return arguments, times, [*in_time_problems(claim, times), *blank_problems(claim, times, as_of)]


def _as_of(claim: Claim, measure: Measure, day: dt.date) -> tuple[BaseModel | None, Resolved, list[Problem]]:
    """Arguments as they stand on a day: their periods to that day, or where the measure refuses these, whole years."""
    way = resolved(measure.arguments, claim.arguments, day)
    arguments, problems = _checked(claim, measure, way)
    if not problems or not way.moving:
        return arguments, way, problems
    years = resolved(measure.arguments, claim.arguments, day, whole=True)
    of_years, fewer = _checked(claim, measure, years)
    return (of_years, years, fewer) if len(fewer) < len(problems) else (arguments, way, problems)


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
