"""Days, months and years that a claim's sentence names, held against those of its arguments."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tumen.case.model import Claim
from tumen.errors import Place, Problem
from tumen.judge.claim_text import MONTH_NAMES
from tumen.judge.in_time import Times
from tumen.judge.windows import day_before, months_later
from tumen.record.wall import day_after

_MONTH = "|".join(MONTH_NAMES)
_YEAR = r"(?:19|20)\d\d"

#: A day, a month or a year as sentences name them.
_DATE = re.compile(
    rf"\b(?:(?P<iso>{_YEAR}-\d\d-\d\d)|(?:(?P<day>\d\d?) )?(?P<month>{_MONTH}),? (?P<of>{_YEAR})"
    rf"|(?P<year>{_YEAR}))\b(?![\d.,-]\d|%)"
)

#: What a number of four digits is where it is no year: it stands after such a word, or before what it counts.
_NUMBERED = re.compile(
    r"(?i)(?:resolutions?|unscr|no\.|numbers?|nr\.?|article|paragraph|page|section|code|[/$€£#-])\s*$"
)
_COUNTED = re.compile(
    r"\s+(?!(?:was|is|has|does|as|this|its)\b)(?:(?:per|percent|million|billion|thousand|people|men|women|usd|km|kg)\b"
    r"|[a-z]+s\b)"
)
_AND = re.compile(r"\s*(?:and|or|,|to|until|through|till|–|-|—)\s*")

#: Words that may stand between such a word and its day.
_PART = r"(?:early |mid-|late |the (?:beginning|end) of )?$"
_FROM = re.compile(rf"(?i)\b(?:from|between)\s+{_PART}")
_DURING = re.compile(rf"(?i)\b(?:in|during|for|throughout)\s+{_PART}")
_SINCE = re.compile(rf"(?i)(?<!first time )(?<!est )(?<!record )\bsince\s+{_PART}")


@dataclass(frozen=True)
class NamedDay:
    """A day, month or year that a sentence names.

    Args:
        said: as it stands there.
        start, end: half-open.
        at, until: where it stands in the sentence.
    """

    said: str
    start: dt.date
    end: dt.date
    at: int
    until: int

    def holds(self, day: dt.date) -> bool:
        """Whether a day lies in it."""
        return self.start <= day < self.end

    def meets(self, first: dt.date, last: dt.date) -> bool:
        """Whether it has a day from the first to the last."""
        return self.start <= last and first < self.end


def named_in(text: str) -> list[NamedDay]:
    """The days, months and years that a sentence names; numbers of other things are left aside.

    Example:
        >>> [n.said for n in named_in("Resolution 2094 let 2000 workers stay from May 2019 to 2021.")]
        ['May 2019', '2021']
    """
    return list(_named(text))


def _named(text: str) -> Iterator[NamedDay]:
    for found in _DATE.finditer(text):
        alone = found["year"] is not None
        if alone and (_NUMBERED.search(text[: found.start()]) or _COUNTED.match(text, found.end())):
            continue
        try:
            start, end = _bounds(found)
        except ValueError:
            continue  # no such day
        yield NamedDay(found[0], start, end, found.start(), found.end())


def _bounds(found: re.Match[str]) -> tuple[dt.date, dt.date]:
    if found["iso"]:
        day = dt.date.fromisoformat(found["iso"])
        return day, day_after(day)
    if found["year"]:
        return dt.date(int(found["year"]), 1, 1), dt.date(int(found["year"]) + 1, 1, 1)
    first = dt.date(int(found["of"]), MONTH_NAMES.index(found["month"]) + 1, int(found["day"] or 1))
    return first, day_after(first) if found["day"] else months_later(first, 1)


def disagreements(claim: Claim, times: Times, as_of: dt.date) -> list[Problem]:
    """Warnings where a sentence names other days than its arguments.

    A stretch ("from … to …", "since …") must begin, and end, in what it names. Any other day is told of where it lies
    in no period asked after, unless the sentence names all of those too: then it is taken for the background. So is a
    day between two periods, but not after "in" or "during".

    Limits: Of a period that is named in part, the rest is not asked for.
    """
    spans = [(w.start, day_before(w.end)) for w in times.windows] + [(day, as_of) for day in times.days]
    if not spans or times.lacking:
        return []
    if times.closes:
        spans.append((times.closes, times.closes))
    named = named_in(claim.text)
    odd = _odd(claim.text, named, spans)
    if not odd:
        return []
    asked = ", ".join(f"{first} to {last}" if first != last else str(first) for first, last in spans)
    return [
        Problem(
            Place(claim.file, claim.line("text")),
            got=f"claim '{claim.id}', whose text says {', '.join(odd)} where its arguments say {asked}",
            expected="the same days in both",
            fix="Correct one of them; {start}, {end} and {as_of} in the text follow the arguments.",
            slug="text-and-arguments",
            severity="warning",
        )
    ]


def _odd(text: str, named: list[NamedDay], spans: list[tuple[dt.date, dt.date]]) -> list[str]:
    """What a sentence names that does not agree with what is asked after: first and last days."""
    odd: list[str] = []
    bound: set[int] = set()
    for n, one in enumerate(named):
        begins, ends = _FROM.search(text, 0, one.at), None
        if n + 1 < len(named) and _AND.fullmatch(text, one.until, named[n + 1].at):
            ends = named[n + 1]
        if begins and ends and one.start < ends.start:
            bound |= {n, n + 1}
            if not any(one.holds(first) for first, _ in spans) or not any(ends.holds(last) for _, last in spans):
                odd.append(f"{one.said} to {ends.said}")
        elif _SINCE.search(text, 0, one.at):
            bound.add(n)
            odd += [] if any(one.holds(first) for first, _ in spans) else [f"since {one.said}"]
    if named and all(any(one.meets(*span) for one in named) for span in spans):
        return odd
    whole = min(first for first, _ in spans), max(last for _, last in spans)
    for n, one in enumerate(named):
        between = one.meets(*whole) and not _DURING.search(text, 0, one.at)
        if n not in bound and not between and not any(one.meets(*span) for span in spans):
            odd.append(one.said)
    return odd
