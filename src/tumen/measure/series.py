"""What stands behind an estimate over time: points, what kind of thing it was, what was signalled, what may come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """One point of the series behind an estimate.

    Args:
        when: the year, month or period it stands for.
        group: the line it belongs to: a publisher, a dyad, a specification.
    """

    when: str
    group: str
    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Shape:
    """How probable each answer is to questions of kind at a time, such as what type of triangle it was.

    Args:
        chances: by question, the probability of each answer, likeliest first.
        seen: the answers as seen at that time alone, by which a forecast is scored; empty where not all was seen.
    """

    when: str
    chances: Mapping[str, Mapping[str, float]]
    seen: str = ""


@dataclass(frozen=True)
class Alarm:
    """A change in a series that was signalled.

    Args:
        when: the time by whose end it was signalled.
        group: the line it belongs to.
        since: the first time of the new level.
        before, after: the levels, as known when it was signalled.
        changed: probability that the answer the claim asks for differs between the two.
        says: that in words.
    """

    when: str
    group: str
    since: str
    before: float
    after: float
    changed: float
    says: str


@dataclass(frozen=True)
class Forecast:
    """What must be kept of a forecast to score it later.

    Args:
        until: the day by which it can be scored.
        probability: of what `resolves` says.
        now: what was seen when it was made.
        resolves: how to tell whether it came.
    """

    until: dt.date
    probability: float
    now: str
    resolves: str


@dataclass(frozen=True)
class OneCounted:
    """How one of several things stands that an estimand counts, such as a rule that was kept or broken.

    Args:
        id: of its row, as it may be shown.
        says: what it is, in words.
        state: how it stands.
        chance: the probability that it counts; None where it never can.
        since: the day since when it stands so, as far as the rows say.
        rows: those that show it: their table and their id, as they may be shown.
    """

    id: str
    says: str
    state: str
    chance: float | None
    since: dt.date | None = None
    rows: tuple[tuple[str, str], ...] = ()
