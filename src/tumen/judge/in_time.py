"""A claim's kind in time: about a past period, since a day, over a window that rolls, or a forecast."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tumen.case.model import Claim, InTime
from tumen.errors import Place, Problem
from tumen.judge.windows import Window, months_later
from tumen.record.wall import day_after

#: A window of a claim that is not about the past may have ended so many months before the case's day.
MONTHS = 6


@dataclass(frozen=True)
class Times:
    """When a claim is about.

    Args:
        in_time: its kind; None where nothing tells.
        windows: the periods that it asks after.
        days: days of its arguments that stand alone, from which on, or by which, something counts.
        closes: the day on which it can be scored, of a forecast.
        lacking: why nothing of what it asks after can have been seen by the case's day.
    """

    in_time: InTime | None = None
    windows: tuple[Window, ...] = ()
    days: tuple[dt.date, ...] = ()
    closes: dt.date | None = None
    lacking: tuple[str, ...] = ()

    @property
    def moving(self) -> tuple[Window, ...]:
        """The windows that go with the case's day."""
        return tuple(w for w in self.windows if w.moves)

    @property
    def cut(self) -> tuple[Window, ...]:
        """Those that end as far as the record reaches, before the case's day."""
        return tuple(w for w in self.windows if w.asked)

    def told_of(self, as_of: dt.date) -> tuple[dt.date, dt.date] | None:
        """The first day and the last of which the sentence speaks; None where there are several windows, or none.

        That is the window that goes with the case's day, or the only one; of a forecast, until it closes.
        """
        one = self.moving if len(self.moving) == 1 else self.windows
        if len(one) > 1:
            return None
        if one:
            return one[0].start, self.closes or (max(as_of, one[0].start) if self.lacking else one[0].last_day)
        return (self.days[0], self.closes or as_of) if len(self.days) == 1 else None


#: What the windows of each kind must be.
_NEEDS = {
    "fixed": "periods that begin and end on days of their own",
    "since": 'a period [day, "as_of"], or the day from which on all counts',
    "rolling": 'a period { last = "24 months" }',
    "forecast": "an argument with the day on which it closes",
}


def implied(times: Times) -> InTime | None:
    """The kind in time that the windows of a claim tell, where they tell one."""
    moves = {w.moves for w in times.moving}
    if times.closes:
        return "forecast"
    if moves:
        return "since" if moves == {"since"} else "rolling" if moves == {"rolling"} else None
    return "fixed" if times.windows else "since" if times.days else None


def in_time_problems(claim: Claim, times: Times) -> list[Problem]:
    """Where the declared kind in time, or reach, of a claim contradicts its windows."""
    asked = claim.in_time
    told = implied(times)
    if asked and not _fits(asked, times):
        got, fix = f'in_time = "{asked}"', f'Say in_time = "{told}", or correct the arguments.'
        return [_mismatch(claim, "in_time", got, _NEEDS[asked], fix if told else "Correct the arguments.")]
    if asked is None and told is None and times.moving:
        got = "no in_time, and one period since a day beside one that rolls"
        return [_mismatch(claim, "arguments", got, "the kind in time", 'Say in_time = "since" or "rolling".')]
    if claim.as_far_as_known and not times.moving:
        fix = "Remove it, or let a period end with as_of."
        return [_mismatch(claim, "as_far_as_known", "as_far_as_known", "a period that ends with as_of", fix)]
    return []


def _fits(asked: InTime, times: Times) -> bool:
    """Whether windows are as a kind in time needs them."""
    if asked == "forecast" or times.closes:
        return asked == "forecast" and times.closes is not None
    moves = {w.moves for w in times.moving}
    if asked == "fixed":
        return not moves
    return asked in moves or (not times.windows and (asked == "since" or not times.days))


def _mismatch(claim: Claim, key: str, got: str, expected: str, fix: str) -> Problem:
    return Problem(
        Place(claim.file, claim.line(key)),
        got=f"claim '{claim.id}' with {got}",
        expected=expected,
        fix=fix,
        slug="in-time-mismatch",
    )


def time_warnings(claim: Claim, times: Times, as_of: dt.date) -> list[Problem]:
    """A warning where a claim says again what it said long ago, or asks after days that had not come.

    The day on which a forecast closes may be to come.
    """
    until = max([*(w.end for w in times.windows), *times.days], default=as_of)
    if times.closes and times.closes <= as_of:
        slug = "window-ended"
        got = f", a forecast that closed on {times.closes}"
        expected, fix = f"one that closes after {as_of}", "Score it; a new forecast needs a later day."
    elif times.lacking:
        slug = "window-empty"
        got = f", with nothing to look at yet ({'; '.join(times.lacking)})"
        expected, fix = "a period that has begun", "It is undetermined until then. Begin earlier, or move as_of."
    elif until > day_after(as_of):
        slug = "window-beyond-wall"
        got = f", which asks after days until {until}"
        expected = f"days until {as_of}, the case's day"
        fix = "Nothing later counts. End the period earlier, or move as_of."
    elif ended := _ended_long_before(claim, times, as_of):
        slug = "window-ended"
        got = f" as of {as_of}, whose period ended on {ended}"
        expected = f"a period that ended in the {MONTHS} months before"
        fix = (
            f'This claim repeats {ended.year}. If it is about the past, say in_time = "fixed"; else end the period at '
            '"as_of".'
        )
    else:
        return []
    return [
        Problem(
            Place(claim.file, claim.line("arguments")),
            got=f"claim '{claim.id}'{got}",
            expected=expected,
            fix=fix,
            slug=slug,
            severity="warning",
        )
    ]


def _ended_long_before(claim: Claim, times: Times, as_of: dt.date) -> dt.date | None:
    """The last day of the last period, where that was long ago and the claim is not said to be about the past."""
    if claim.in_time == "fixed" or times.moving or not times.windows:
        return None
    ended = max(w.last_day for w in times.windows)
    return ended if months_later(ended, MONTHS) < as_of else None
