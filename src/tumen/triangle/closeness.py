"""How close each dyad of three actors was in each year: by votes alike, or by cooperative events."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tumen.engine.queries import query
from tumen.events.units import COUNTED_EVENTS
from tumen.measure.arguments import CERTAINTIES
from tumen.measure.arrays import Floats
from tumen.measure.estimate import Used
from tumen.measure.series import Point
from tumen.measure.units import amount
from tumen.record.read import Record
from tumen.triangle.dyads import dyads_of, probabilities
from tumen.votes.agreement import wilson_interval
from tumen.votes.units import COUNTED_ROLL_CALLS


@dataclass(frozen=True)
class Pattern:
    """One row of configuration_votes.sql: how often three actors voted so in a year, and where it was read."""

    year: int
    one: str
    two: str
    three: str
    source_one: str | None
    source_two: str | None
    source_three: str | None
    calls: int

    @property
    def cast(self) -> tuple[str, str, str]:
        """The three votes; a dash where none was cast."""
        return self.one, self.two, self.three

    @property
    def sources(self) -> frozenset[str]:
        """Where the votes were read."""
        return frozenset(s for s in (self.source_one, self.source_two, self.source_three) if s is not None)


@dataclass(frozen=True)
class YearlyEvents:
    """One row of configuration_events.sql: events of a dyad and a sign that a source gives for a year."""

    year: int
    one: str
    other: str
    sign: int
    source: str
    events: int
    id: str
    last_day: dt.date


@dataclass(frozen=True)
class CountedTogether:
    """Things that were counted together: their year, how many there are, and what each says of the dyads.

    Args:
        close: for each dyad 1 where it is close, 0 where it is not, between where half; nan where it says nothing.
    """

    year: int
    count: int
    close: tuple[float, float, float]


@dataclass(frozen=True)
class Closeness:
    """Yearly closeness of the three dyads of three actors.

    Args:
        years: every year of the period.
        close, count: how much of how many votes or events was close, shape (years, 3).
    """

    actors: tuple[str, ...]
    years: tuple[int, ...]
    cells: tuple[CountedTogether, ...]
    used: tuple[Used, ...]
    close: Floats
    count: Floats

    @property
    def names(self) -> tuple[str, ...]:
        """The dyads, as outputs name them."""
        return tuple("–".join(pair) for pair in dyads_of(self.actors))

    def logits(self) -> tuple[Floats, Floats]:
        """Log odds of closeness and the variance of their error, shape (years, 3); nan where nothing was counted.

        Source: Anscombe (1956), doi:10.1093/biomet/43.3-4.461: half is added to either side.
        """
        far = self.count - self.close
        seen = np.where(self.count > 0, np.log((self.close + 0.5) / (far + 0.5)), np.nan)
        return seen, 1 / (self.close + 0.5) + 1 / (far + 0.5)

    def as_seen(self, row: int, amity: float) -> str:
        """Type and order of one year's figures, half a vote or event added to either side; empty where a dyad lacks
        any.
        """
        if not (self.count[row] > 0).all():
            return ""
        chances = probabilities((self.close[row] + 0.5)[None] / (self.count[row] + 1), amity, self.actors)
        return ", ".join(next(iter(chances[what])) for what in ("type", "order"))

    def draws(self, first: int, last: int, count: int, rng: np.random.Generator) -> Floats:
        """Draws of the closeness in years first to last, shape (count, 3).

        A Bayesian bootstrap over votes or events, with half a one for and half against each dyad: a vote of all three
        weighs the same in every dyad.
        """
        cells = [c for c in self.cells if first <= c.year <= last]
        weights = rng.standard_gamma([c.count for c in cells], (count, len(cells)))
        prior = rng.standard_gamma(0.5, (2, count, 3))
        says = np.array([c.close for c in cells])
        there = np.isfinite(says)
        for_it, of_all = prior[0], prior.sum(axis=0)
        for column, close, counts in zip(weights.T, np.where(there, says, 0.0), there, strict=True):
            for_it, of_all = for_it + np.outer(column, close), of_all + np.outer(column, counts)
        shares: Floats = for_it / of_all
        return shares

    def series(self) -> tuple[Point, ...]:
        """The closeness of each dyad in each year, with Wilson's interval."""
        points = []
        for column, name in enumerate(self.names):
            for year, close, count in zip(self.years, self.close[:, column], self.count[:, column], strict=True):
                if count:
                    low, high = wilson_interval(float(close), int(count))
                    points.append(Point(str(year), name, float(close / count), low, high))
        return tuple(points)


def closeness_of(
    record: Record,
    actors: Sequence[str],
    period: tuple[dt.date, dt.date],
    evidence: str,
    credit: float,
    certainty: str = "low",
) -> Closeness:
    """Closeness of each dyad in each year.

    Args:
        actors: three, sorted.
        period: whole years.
        evidence: "votes": share of roll calls on which both voted and voted alike; "events": share of cooperative
            events among the cooperative and conflictual ones, either way.
        credit: agreement of an abstention with a yes or a no.
        certainty: of events, the least sure that are counted.
    """
    one, two, three = actors
    first, last = (str(day) for day in period)
    asked = {"one": one, "two": two, "three": three, "first": first, "last": last}
    if evidence == "votes":
        patterns = record.answers.rows(query("tumen.triangle", "configuration_votes"), Pattern, **asked)
        cells, used = _votes(record, patterns, actors, credit)
    else:
        asked["certainties"] = "+".join(CERTAINTIES[CERTAINTIES.index(certainty) :])
        events = record.answers.rows(query("tumen.triangle", "configuration_events"), YearlyEvents, **asked)
        cells, used = _events(record, events, actors)
    years = tuple(range(period[0].year, period[1].year))
    close, count = np.zeros((len(years), 3)), np.zeros((len(years), 3))
    for cell in cells:
        there = np.isfinite(cell.close)
        close[cell.year - years[0]] += cell.count * np.where(there, cell.close, 0.0)
        count[cell.year - years[0]] += cell.count * there
    return Closeness(tuple(actors), years, tuple(cells), used, close, count)


def _votes(
    record: Record, rows: Sequence[Pattern], actors: Sequence[str], credit: float
) -> tuple[list[CountedTogether], tuple[Used, ...]]:
    counted, calls = Counter[tuple[int, str, str, str]](), Counter[str]()
    years: dict[str, list[int]] = {}
    for row in rows:
        if row.cast.count("-") > 1:
            continue
        counted[row.year, *row.cast] += row.calls
        for source in row.sources:
            calls[source] += row.calls
            years.setdefault(source, []).append(row.year)
    cells = [
        CountedTogether(year, n, (_alike(one, two, credit), _alike(one, three, credit), _alike(two, three, credit)))
        for (year, one, two, three), n in counted.items()
    ]
    name = "–".join(actors)
    return cells, tuple(
        Used(
            table="votes",
            id=f"{name} in {record.sources[s].id}",
            source=s,
            publisher=record.sources[s].maker,
            rows=n,
            amount=amount(float(n), COUNTED_ROLL_CALLS),
            start=dt.date(min(years[s]), 1, 1),
            end=dt.date(max(years[s]), 12, 31),
            actors=tuple(actors),
            text="on which two or three of them voted",
        )
        for s, n in sorted(calls.items())
    )


def _alike(one: str, other: str, credit: float) -> float:
    if "-" in (one, other):
        return float("nan")
    return 1.0 if one == other else credit if "A" in (one, other) else 0.0


def _events(
    record: Record, rows: Sequence[YearlyEvents], actors: Sequence[str]
) -> tuple[list[CountedTogether], tuple[Used, ...]]:
    counted = Counter[tuple[int, int, bool]]()
    at: Mapping[tuple[str, str], int] = {(a, b): n for n, (a, b) in enumerate(dyads_of(actors))}
    for row in rows:
        counted[row.year, at[row.one, row.other], row.sign > 0] += row.events
    cells = []
    for (year, dyad, friendly), n in counted.items():
        close = [float("nan")] * 3
        close[dyad] = float(friendly)
        cells.append(CountedTogether(year, n, (close[0], close[1], close[2])))
    return cells, tuple(_used(record, row) for row in rows)


def _used(record: Record, row: YearlyEvents) -> Used:
    """The events of a row, from the first day of their year to the last of them; one event as it is."""
    kind = "cooperative" if row.sign > 0 else "conflictual"
    alone = row.events == 1
    return Used(
        table="events",
        id=row.id if alone else f"{kind} of {row.one}–{row.other} in {row.year} in {record.sources[row.source].id}",
        source=row.source,
        publisher=record.sources[row.source].maker,
        rows=row.events,
        amount=amount(float(row.events), COUNTED_EVENTS),
        start=row.last_day if alone else dt.date(row.year, 1, 1),
        end=row.last_day,
        actors=(row.one, row.other),
        kind=kind,
    )
