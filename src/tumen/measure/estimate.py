"""What every measure returns: a quantity with its uncertainty, and all ways to count it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from tumen.case.coverage import Coverage
from tumen.measure.series import Alarm, Forecast, OneCounted, Point, Shape
from tumen.measure.units import Amount, Unit
from tumen.record.prints import Earlier

Draws = NDArray[np.float64]

#: The shape of a series that is drawn as lines over time, as most are.
AS_LINES = "lines"

#: Answers "what would the draws be if this lever stood at this value?"
Response = Callable[[str, float], Draws]

#: How draws can stand to an estimand that evidence pins from one side only.
Bound = Literal["lower", "upper"]


@dataclass(frozen=True, kw_only=True)
class Lever:
    """An assumption of a measure that a user may move.

    Args:
        low, high: the range that is searched for a tipping point.
        baseline: its value as measured; None where that differs by specification.
        tolerance: how exactly a tipping point is found, in `unit`.
        label: in plain words, after "of": "trade missing from the table".
    """

    name: str
    unit: Unit
    low: float
    high: float
    baseline: float | None
    tolerance: float
    label: str


@dataclass(frozen=True, kw_only=True)
class Used:
    """A row that carries an estimate, so that it can be walked back to.

    Args:
        rows: how many rows stand behind this entry; 1 unless rows were summed.
        amount: its figure, where it has one.
        start, end: the period it speaks of, half-open; of a moment, both are its day.
        actors: whom it is about, ISO 3166 alpha-3, in the row's own order.
        commodity: the goods, as the row names them.
        kind: what sort of thing it is, such as a visit or a ban.
        text: what it says in words, where it has any.
        published: when it became known, where the row itself says so.
        before: what its publisher had printed of the same figure, from the oldest on.
    """

    table: str
    id: str
    source: str
    publisher: str
    rows: int = 1
    amount: Amount | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    actors: tuple[str, ...] = ()
    commodity: str = ""
    kind: str = ""
    text: str = ""
    published: str = ""
    before: tuple[Earlier, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Peers:
    """Comparable units, of which the record tells the same: how many of them also meet a claim's bound.

    Args:
        of: what they are, in the plural: "members of the General Assembly".
        values: the estimand of each unit, by its name, those that the claim is about left out.
    """

    of: str
    values: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a measure found under one specification.

    Args:
        draws: 1-D, of the estimand; empty where evidence is missing.
        missing: the part of the estimand that the draws leave out.
        bounds: "lower" where the estimand is at least the draws, as when some of it was not
            counted; "upper" where it is at most the draws, as the lowest of years of which one is
            missing; both where it can be either.
        baselines: value of each lever as this specification has it.
        respond: the same draws with one lever moved.
        silent: times of which the series could hold a point and nothing was seen, so that a gap can be shown.
        beside: those of the notes that must be read with the verdict, wherever it is shown.
        figures: numbers that the notes tell, by name.
        shapes, alarms: how the kind of thing measured stood over time, and the changes that were signalled.
        forecast: where the claim is of the future.
        standings: the things that the estimand counts, one by one, where each can be shown.
        effective: how many independent observations stand behind the draws, once what belongs together counts once;
            None where the figures are printed totals, which nobody drew.
        peers: comparable units, where the record holds them.
        untestable: whether no record of this kind could have told the claim from its opposite; there are no draws then.
        probabilities: whether the draws are probabilities of the claim itself. P is their mean then, and their spread
            says how far it can be trusted; in any other case P is the share of draws in the claim's region.
    """

    draws: Draws
    used: tuple[Used, ...] = ()
    missing: tuple[str, ...] = ()
    bounds: frozenset[Bound] = frozenset()
    notes: tuple[str, ...] = ()
    series: tuple[Point, ...] = ()
    baselines: Mapping[str, float] = field(default_factory=dict)
    respond: Response | None = None
    silent: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)
    shapes: tuple[Shape, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    forecast: Forecast | None = None
    standings: tuple[OneCounted, ...] = ()
    effective: float | None = None
    peers: Peers | None = None
    untestable: bool = False
    probabilities: bool = False


@dataclass(frozen=True)
class Lacking:
    """Why a measure found nothing under one specification.

    Args:
        what: what the record lacks, in a reader's words; a thing each.
        used: rows that were looked at all the same.
        untestable: whether no record of this kind could have told the claim from its opposite; `what` says why.
        figures: numbers that the notes tell, by name.
    """

    what: str | tuple[str, ...]
    used: tuple[Used, ...] = ()
    notes: tuple[str, ...] = ()
    untestable: bool = False
    figures: Mapping[str, float] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is lacking, a thing each."""
        return (self.what,) if isinstance(self.what, str) else self.what


@dataclass(frozen=True)
class Taken:
    """One decision of a way to count, and the option taken there: ids, and both in words."""

    decision: str
    question: str
    option: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class SpecificationRun(Found):
    """One specification, run: what was found, under the name of the specification.

    Args:
        path: the options that it takes, decision by decision.
    """

    id: str
    label: str
    path: tuple[Taken, ...] = ()

    def moved(self, lever: str, value: float) -> Draws:
        """The draws with a lever moved; the same draws where the specification has not the lever."""
        return self.respond(lever, value) if self.respond and lever in self.baselines else self.draws


@dataclass(frozen=True)
class Estimate:
    """A quantity with its uncertainty, under each way to count; nothing is averaged over them.

    Args:
        rejected: rows of the measure's tables that could not be read.
        series_unit, shape, by_hand, estimates: as the measure declares them.
        coverage: how much of what there was each of the measure's tables holds.
    """

    name: str
    unit: Unit
    method: str
    specifications: tuple[SpecificationRun, ...]
    levers: tuple[Lever, ...]
    rejected: int = 0
    series_unit: Unit | None = None
    shape: str = AS_LINES
    by_hand: str = ""
    coverage: Mapping[str, Coverage] = field(default_factory=dict)
    estimates: str = ""

    @property
    def ran(self) -> tuple[SpecificationRun, ...]:
        """The specifications that could be run."""
        return tuple(s for s in self.specifications if s.draws.size)

    @property
    def used(self) -> tuple[Used, ...]:
        """Every row behind any specification, each once, in order of table and id."""
        rows = {(u.table, u.id): u for s in self.specifications for u in s.used}
        return tuple(rows[key] for key in sorted(rows))

    @property
    def missing(self) -> tuple[str, ...]:
        """What any specification lacks, each once."""
        return tuple(dict.fromkeys(m for s in self.specifications for m in s.missing))


@dataclass(frozen=True)
class Choice:
    """A specification as a measure sees it.

    Args:
        options: checked, of the measure's own model.
        path: the options that it takes, decision by decision.
        needs: what has to be given beside the case for it.
    """

    id: str
    label: str
    options: Any
    path: tuple[Taken, ...] = ()
    needs: frozenset[str] = frozenset()


def run_of(choice: Choice, answer: Found | Lacking) -> SpecificationRun:
    """What a measure found, or why it found nothing, as the run of a specification.

    Example:
        >>> run_of(Choice("a", "A", None), Lacking("a figure of 2023")).missing
        ('a figure of 2023',)
    """
    if isinstance(answer, Lacking):
        answer = Found(
            draws=np.empty(0),
            used=answer.used,
            missing=answer.missing,
            notes=answer.notes,
            figures=answer.figures,
            untestable=answer.untestable,
        )
    found: Mapping[str, Any] = vars(answer)
    return SpecificationRun(id=choice.id, label=choice.label, path=choice.path, **found)


#: Measures one specification: (record, arguments, choice, setting) to what was found.
Runner = Callable[..., Found | Lacking]

#: The levers that a measure has in a case, by what the case's file that it is about declares.
LeversOf = Callable[[Any], tuple[Lever, ...]]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """The definition of a quantity: what it is called, what it needs, how it is found.

    Args:
        estimates: the estimand as words after "estimated": "ratio of the flow after to the flow before".
        unit: of the estimand.
        support: lowest and highest value that the estimand can have.
        arguments, options: pydantic models of what a claim and a specification may say.
        tables: the tables of the record that it reads.
        levers: assumptions a user may move.
        source: the paper or data set behind the method.
        limits: what it cannot show.
        run: measures one specification.
        series_unit: unit of the points of its series; None: that of the estimand.
        shape: what its series is, by which a chart is chosen.
        part: the file of the case that it is about, where it is about one.
        by_hand: what of the evidence people scored rather than measured, as words before "is scored by hand".
        probabilities: whether its draws are probabilities of the claim itself, which then asks for more than one half.
        levers_of: levers that a case gives it by its `part`, beside its own.
        implied: cells that it looks for beside what a claim names, by column: "trade.commodity".
    """

    name: str
    question: str
    unit: Unit
    support: tuple[float, float]
    arguments: type[BaseModel]
    options: type[BaseModel]
    tables: tuple[str, ...]
    levers: tuple[Lever, ...]
    method: str
    source: str
    limits: str
    run: Runner
    series_unit: Unit | None = None
    shape: str = AS_LINES
    part: str = ""
    by_hand: str = ""
    estimates: str = ""
    probabilities: bool = False
    levers_of: LeversOf | None = None
    implied: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def in_case(self, parts: Mapping[str, Any]) -> Measure:
        """The measure with the levers that a case gives it.

        Args:
            parts: what the case's further files hold, by the file's name.
        """
        if self.levers_of is None or self.part not in parts:
            return self
        return replace(self, levers=(*self.levers, *self.levers_of(parts[self.part])))
