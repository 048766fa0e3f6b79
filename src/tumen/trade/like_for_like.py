"""Figures that several publishers print of the same flow and period, and which of them are like for like."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from tumen.case.error_parts import Differing, TableErrors
from tumen.engine.queries import query
from tumen.measure.setting import Grading
from tumen.record.read import Record
from tumen.trade.figure_errors import Flow

#: Figures that are no print of their own: computed from others, or contradicted.
_NO_PRINT = frozenset({"derived", "conflict"})

#: What a figure measures, and in which sense.
Compared = tuple[str, str, str, dt.date, dt.date, Flow, str]


@dataclass(frozen=True)
class Comparable:
    """One row of like_for_like.sql: a figure that another publisher prints too."""

    publisher: str
    territory: str
    partner: str
    commodity: str
    start: dt.date
    end: dt.date
    flow: Flow
    quality: str
    source: str
    value_usd: float
    reliability: str
    credibility: str

    @property
    def thing(self) -> Compared:
        """What it measures."""
        return (self.territory, self.partner, self.commodity, self.start, self.end, self.flow, "")

    def error(self, grading: Grading) -> float:
        """The relative error that its source's grade adds."""
        return grading.relative_error(self.reliability, self.credibility)


@dataclass(frozen=True)
class Pair:
    """Two publishers' figures of one thing.

    Args:
        apart: natural logarithm of their ratio.
        graded: the standard error of that by the grades of their sources.
    """

    one: Comparable
    other: Comparable
    apart: float
    graded: float

    @property
    def beyond(self) -> bool:
        """Whether they differ by more than the central 90 per cent of what their grades allow."""
        return abs(self.apart) > 1.645 * self.graded


def printed_by_several(record: Record) -> Sequence[Comparable]:
    """The firmest figure of each publisher, of whatever two or more of them print; those that may be shown."""
    rows = record.answers.rows(query("tumen.trade", "like_for_like"), Comparable)
    return [row for row in rows if row.source in record.redaction.public]


def pairs_of(
    figures: Iterable[Comparable], grading: Grading, thing: Callable[[Comparable], Compared] = lambda f: f.thing
) -> list[Pair]:
    """Every two figures of one thing."""
    by_thing: dict[Compared, list[Comparable]] = defaultdict(list)
    for figure in figures:
        by_thing[thing(figure)].append(figure)
    return [_pair(*two, grading) for found in by_thing.values() for two in combinations(found, 2)]


def _pair(one: Comparable, other: Comparable, grading: Grading) -> Pair:
    apart = float(np.log(one.value_usd / other.value_usd))
    return Pair(one, other, apart, float(np.hypot(one.error(grading), other.error(grading))))


@dataclass(frozen=True)
class Likes:
    """How a case tells what is like for like.

    Args:
        makers: whose figures a publisher prints again, by publisher.
    """

    errors: TableErrors

    @property
    def makers(self) -> Mapping[str, str]:
        """Whose figures each repeating publisher prints."""
        return {one.publisher: one.of for one in self.errors.repeats}

    def thing(self, figure: Comparable) -> Compared:
        """What a figure measures, with how it differs from others of the same name."""
        return (*figure.thing[:-1], "; ".join(sorted(one.how for one in self.errors.differs if _is_of(one, figure))))

    def of(self, figures: Sequence[Comparable]) -> list[Comparable]:
        """The figures that are like for like: at least two makers' of each thing.

        Left out are figures that are computed or contradicted, reprints, and totals of which every maker prints the two
        sides, which would count twice.
        """
        prints = [f for f in figures if f.quality not in _NO_PRINT]
        first: dict[tuple[str, Compared], Comparable] = {}
        for figure in sorted(prints, key=lambda f: (f.publisher in self.makers, f.publisher)):
            first.setdefault((self.maker(figure), self.thing(figure)), figure)
        sides = {(name, thing[:5]) for name, thing in first if thing[5] == "exports"}
        sides &= {(name, thing[:5]) for name, thing in first if thing[5] == "imports"}
        by_thing: dict[Compared, list[Comparable]] = defaultdict(list)
        for (_, thing), figure in first.items():
            by_thing[thing].append(figure)
        kept = [
            found
            for thing, found in sorted(by_thing.items())
            if len(found) > 1 and not (thing[5] == "total" and all((self.maker(f), thing[:5]) in sides for f in found))
        ]
        return [figure for found in kept for figure in found]

    def maker(self, figure: Comparable) -> str:
        """Who made a figure: its publisher, or whom that repeats."""
        return self.makers.get(figure.publisher, figure.publisher)


def _is_of(differing: Differing, figure: Comparable) -> bool:
    """Whether a figure is one of those that differ."""
    return (
        differing.publisher == figure.publisher
        and (not differing.figures or figure.flow in differing.figures)
        and all(getattr(figure, column) in values for column, values in differing.where.items())
        and differing.since <= figure.start < differing.until
    )
