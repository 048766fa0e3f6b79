"""A claim's sentence with the days that it leaves open filled in."""

from __future__ import annotations

import datetime as dt
import re

from tumen.case.model import Claim
from tumen.errors import Place, Problem
from tumen.judge.in_time import Times

#: Names of months, whatever language the machine speaks.
MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_BLANK = re.compile(r"\{(as_of|start|end)\}")


def plain_day(day: dt.date) -> str:
    """A day in plain words.

    Example:
        >>> plain_day(dt.date(2024, 12, 31))
        '31 December 2024'
    """
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def filled(text: str, times: Times, as_of: dt.date) -> str:
    """A sentence with the case's day, and the first and last day that the claim is about, in place of their names.

    Example:
        >>> filled("Nothing happened by {as_of}.", Times(), dt.date(2024, 12, 31))
        'Nothing happened by 31 December 2024.'
    """
    first, last = times.told_of(as_of) or (as_of, as_of)
    days = {"as_of": as_of, "start": first, "end": last}
    return _BLANK.sub(lambda blank: plain_day(days[blank[1]]), text)


def brace_problems(claim: Claim) -> list[Problem]:
    """Braces of a sentence that hold no name of a day."""
    if not set("{}") & set(_BLANK.sub("", claim.text)):
        return []
    return [_problem(claim, "braces in its text", "{as_of}, {start} or {end} in braces, and nothing else")]


def blank_problems(claim: Claim, times: Times, as_of: dt.date) -> list[Problem]:
    """Days that a sentence leaves open and that its arguments do not tell."""
    names = set(_BLANK.findall(claim.text)) - {"as_of"}
    if not names or times.told_of(as_of):
        return []
    got = f"{{{min(names)}}} in its text"
    return [_problem(claim, got, "one period that ends with as_of, or one period in all, to take it from")]


def _problem(claim: Claim, got: str, expected: str) -> Problem:
    return Problem(
        Place(claim.file, claim.line("text")),
        got=f"claim '{claim.id}' with {got}",
        expected=expected,
        fix="Write the day in words, or correct the braces.",
        slug="text-blank",
    )
