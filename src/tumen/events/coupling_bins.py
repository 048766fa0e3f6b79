"""Events of some dyads in bins of time: days, weeks or months, as dense as the rarest dyad allows."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import numpy as np

from tumen.engine.queries import query
from tumen.events.coupling_series import Panel
from tumen.measure.arguments import months_of, next_month
from tumen.measure.arrays import Floats
from tumen.record.read import Record

Bin = Literal["day", "week", "month"]

#: Events in a bin, of the rarest of the three dyads, that a bin must have on average; otherwise it is too fine.
DENSE = 1.0

#: Days in a bin, and bins in its season.
BIN_DAYS: Mapping[Bin, float] = {"day": 1.0, "week": 7.0, "month": 365.25 / 12}
_CYCLES: Mapping[Bin, float] = {"day": 7.0, "week": 365.25 / 7, "month": 12.0}


@dataclass(frozen=True)
class Question:
    """Whose events are asked after.

    Args:
        of: the three, in the order of the alphabet.
        placebos: dyads of other states.
    """

    of: tuple[str, str, str]
    adversaries: tuple[str, ...]
    placebos: tuple[tuple[str, str], ...]
    period: tuple[dt.date, dt.date]

    @property
    def focal(self) -> tuple[tuple[str, str], ...]:
        """The three dyads."""
        return tuple(combinations(self.of, 2))

    @property
    def compared(self) -> tuple[tuple[str, str], ...]:
        """Placebo dyads that have no adversary in them, with which the three can be compared."""
        return tuple(pair for pair in self.placebos if not {*pair} & {*self.adversaries})

    @property
    def actors(self) -> tuple[str, ...]:
        """Everyone named."""
        return tuple(sorted({*self.of, *self.adversaries, *(a for pair in self.placebos for a in pair)}))


@dataclass(frozen=True)
class Tally:
    """One row of coupling_events.sql: how many events a pair of actors had on a day, in its direction."""

    date: dt.date
    date_precision: str
    one: str
    other: str
    source: str
    events: int
    id: str


@dataclass(frozen=True)
class JointDay:
    """One row of coupling_joint.sql: how many joint events of three actors a source gives for a day."""

    date: dt.date
    source: str
    events: int


@dataclass(frozen=True)
class Events:
    """What a question is answered from.

    Args:
        rows: by day and pair; those whose day is not known to the day count only in bins of a month.
        joint: days on which all three are party to one event.
    """

    question: Question
    rows: tuple[Tally, ...]
    joint: tuple[JointDay, ...]

    def from_one(self, source: str) -> Events:
        """Events of one source alone, in the part of the period that it covers: from its first event to its last."""
        rows = tuple(r for r in self.rows if r.source == source)
        joint = tuple(r for r in self.joint if r.source == source)
        days = [*(r.date for r in rows), *(r.date for r in joint)]
        period = (min(days), max(days) + dt.timedelta(days=1)) if days else self.question.period
        return Events(replace(self.question, period=period), rows, joint)

    def main_source(self) -> str | None:
        """The source of more than half of the three dyads' events, where there is one: coded events have one, a
        chronology many.
        """
        counted: Counter[str] = Counter()
        focal = [{*pair} for pair in self.question.focal]
        for row in self.rows:
            if {row.one, row.other} in focal:
                counted[row.source] += row.events
        source, most = counted.most_common(1)[0] if counted else ("", 0)
        return source if 2 * most > counted.total() else None

    def count(self, pair: Iterable[str], width: Bin) -> int:
        """Events of a dyad that bins of a kind hold."""
        return sum(r.events for r in self.rows if {r.one, r.other} == {*pair} and known(r, width))

    def first_days(self, width: Bin) -> list[dt.date]:
        """First days of the bins that lie wholly inside the period."""
        first, last = self.question.period
        if width == "month":
            return months_of((first, last))
        step = int(BIN_DAYS[width])
        return [first + dt.timedelta(days=n) for n in range(0, (last - first).days - step + 1, step)]

    def bin(self) -> Bin:
        """The finest bin in which the rarest of the three dyads has DENSE events on average; a month where none has."""
        kinds: tuple[Bin, ...] = ("day", "week")
        for kind in kinds:
            bins = len(self.first_days(kind))
            if bins and min(self.count(pair, kind) for pair in self.question.focal) >= DENSE * bins:
                return kind
        return "month"


def known(row: Tally, width: Bin) -> bool:
    """Whether an event's date is known well enough for a bin."""
    return row.date_precision == "day" or (width == "month" and row.date_precision == "month")


def events_of(record: Record, question: Question) -> Events:
    """Events of the dyads that a question names, and joint events of its three."""
    first, last = (str(day) for day in question.period)
    asked = dict(zip(("one", "two", "three"), question.of, strict=True))
    rows = record.answers.rows(
        query("tumen.events", "coupling_events"), Tally, first=first, last=last, actors="+".join(question.actors)
    )
    joint = record.answers.rows(query("tumen.events", "coupling_joint"), JointDay, first=first, last=last, **asked)
    return Events(question, tuple(rows), tuple(joint))


def panel_of(events: Events, width: Bin, compared: Sequence[tuple[str, str]]) -> Panel:
    """Counts in bins.

    Args:
        compared: placebo dyads that stand beside the three; the other placebos serve for the common factor alone.
    """
    asked = events.question
    starts = events.first_days(width)
    dyads = (*asked.focal, *compared)
    actors = tuple(sorted({a for pair in dyads for a in pair}))
    tally = _tally(events, width, starts)
    at = {a: n for n, a in enumerate(actors)}
    nothing = np.zeros(len(starts))

    def between(one: str, other: str) -> Floats:
        return tally.get((one, other), nothing)

    def both(one: str, other: str) -> Floats:
        return between(one, other) + between(other, one)

    against = [sum((both(a, x) for x in asked.adversaries if x != a), nothing) for a in actors]
    own = [sum((both(*pair) for pair in dyads if a in pair), nothing) for a in actors]
    whole = [sum((v for pair, v in tally.items() if a in pair), nothing) for a in actors]
    apart = [pair for pair in asked.placebos if pair not in compared]
    return Panel(
        actors,
        tuple((at[one], at[other]) for one, other in dyads),
        np.stack([np.stack([between(*pair), between(*pair[::-1])], axis=1) for pair in dyads], axis=1),
        np.stack(against, axis=1),
        np.stack([w - o - p for w, o, p in zip(whole, own, against, strict=True)], axis=1),
        np.stack([both(*pair) for pair in apart], axis=1) if apart else np.empty((len(starts), 0)),
        _CYCLES[width],
    )


def _tally(events: Events, width: Bin, starts: Sequence[dt.date]) -> dict[tuple[str, str], Floats]:
    """Events of each pair, in its direction, in each bin."""
    edges = np.array(starts, dtype="datetime64[D]")
    end = next_month(starts[-1]) if width == "month" else starts[-1] + dt.timedelta(days=int(BIN_DAYS[width]))
    tally: dict[tuple[str, str], Floats] = defaultdict(lambda: np.zeros(len(starts)))
    for row in events.rows:
        if starts[0] <= row.date < end and known(row, width):
            place = int(np.searchsorted(edges, np.datetime64(row.date, "D"), side="right")) - 1
            tally[row.one, row.other][place] += row.events
    return tally
