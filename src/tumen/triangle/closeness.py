"""How close each dyad of three actors was in each year: by votes alike, or by cooperative events."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from tumen.engine.queries import query
from tumen.events.turns import Turns, in_a_row
from tumen.events.units import COUNTED_EVENTS
from tumen.measure.arguments import CERTAINTIES
from tumen.measure.arrays import Floats
from tumen.measure.estimate import Used
from tumen.measure.series import Point
from tumen.measure.units import amount
from tumen.record.read import Record
from tumen.triangle.dyads import dyads_of, probabilities
from tumen.votes.agreement import wilson_interval
from tumen.votes.assembly import UNNAMED
from tumen.votes.units import COUNTED_ROLL_CALLS


@dataclass(frozen=True)
class Pattern:
    """One row of configuration_votes.sql: how often three actors voted so in a year, and where it was read.

    Args:
        resolution: that the roll calls are on, where it had several; empty for all those that had one.
    """

    year: int
    resolution: str
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
    """One row of configuration_events.sql: events of a dyad and a sign that a source gives for a year.

    Args:
        turns: how many of them are not of the sign of the dyad's event before, in that year.
    """

    year: int
    one: str
    other: str
    sign: int
    source: str
    events: int
    id: str
    last_day: dt.date
    turns: int


Three = tuple[float, float, float]


@dataclass(frozen=True)
class CountedTogether:
    """Things that were counted together: their year, how many there are, and what each says of the dyads.

    A thing is an event, or all roll calls on one resolution.

    Args:
        close, all: of each dyad, how many of one thing's votes or events were close, and how many there were of it.
    """

    year: int
    count: int
    close: Three
    all: Three


@dataclass(frozen=True)
class Closeness:
    """Yearly closeness of the three dyads of three actors.

    Args:
        years: every year of the period.
        close, count: how much of how many votes or events was close, shape (years, 3).
        in_a_row: how many events say as much as one on its own.
    """

    actors: tuple[str, ...]
    years: tuple[int, ...]
    cells: tuple[CountedTogether, ...]
    used: tuple[Used, ...]
    close: Floats
    count: Floats
    in_a_row: float = 1.0

    @property
    def calls_each(self) -> Floats:
        """How many roll calls there are on a resolution, on average, for each dyad; 1 of events."""
        calls = np.array([[c.count * n for n in c.all] for c in self.cells]).reshape(-1, 3).sum(axis=0)
        apart = np.array([[c.count * (n > 0) for n in c.all] for c in self.cells]).reshape(-1, 3).sum(axis=0)
        mean: Floats = np.maximum(calls, 1.0) / np.maximum(apart, 1.0)
        return mean

    @property
    def as_one(self) -> Floats:
        """How many votes or events say as much as one on its own, for each dyad."""
        return self.calls_each * self.in_a_row

    @property
    def names(self) -> tuple[str, ...]:
        """The dyads, as outputs name them."""
        return tuple("–".join(pair) for pair in dyads_of(self.actors))

    def logits(self) -> tuple[Floats, Floats]:
        """Log odds of closeness and the variance of their error, shape (years, 3); nan where nothing was counted.

        Source: Anscombe (1956), doi:10.1093/biomet/43.3-4.461: half is added to either side. The error is that of as
            many votes or events as they are worth.
        """
        far = self.count - self.close
        seen = np.where(self.count > 0, np.log((self.close + 0.5) / (far + 0.5)), np.nan)
        return seen, 1 / (self.close / self.as_one + 0.5) + 1 / (far / self.as_one + 0.5)

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

        A Bayesian bootstrap over resolutions or events, with half a one for and half against each dyad: a vote of all
        three weighs the same in every dyad, and roll calls on one resolution share its weight. Events that come in
        rows of one sign weigh as much as so many that do not.

        Source: Rubin (1981), doi:10.1214/aos/1176345338; for events in a row `tumen.events.turns.in_a_row`.
        """
        cells = [c for c in self.cells if first <= c.year <= last]
        weights = rng.standard_gamma([c.count / self.in_a_row for c in cells], (count, len(cells)))
        prior = self.calls_each * rng.standard_gamma(0.5, (2, count, 3))
        for_it, of_all = prior[0], prior.sum(axis=0)
        for column, cell in zip(weights.T, cells, strict=True):
            for_it, of_all = for_it + np.outer(column, cell.close), of_all + np.outer(column, cell.all)
        shares: Floats = for_it / of_all
        return shares

    def series(self) -> tuple[Point, ...]:
        """The closeness of each dyad in each year, with Wilson's interval for as many votes or events as they are
        worth.
        """
        points = []
        for column, (name, as_one) in enumerate(zip(self.names, self.as_one.tolist(), strict=True)):
            for year, close, count in zip(self.years, self.close[:, column], self.count[:, column], strict=True):
                if count:
                    low, high = wilson_interval(float(close) / as_one, float(count) / as_one)
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
        text = query("tumen.triangle", "configuration_votes")
        patterns = record.answers.rows(text, Pattern, unnamed=UNNAMED, **asked)
        cells, used, together = _cells_of_votes(patterns, credit), _used_votes(record, patterns, actors), 1.0
    else:
        asked["certainties"] = "+".join(CERTAINTIES[CERTAINTIES.index(certainty) :])
        events = record.answers.rows(query("tumen.triangle", "configuration_events"), YearlyEvents, **asked)
        cells, used = _cells_of_events(events, actors), tuple(_used(record, row) for row in events)
        together = in_a_row(_turns(events))
    years = tuple(range(period[0].year, period[1].year))
    close, count = np.zeros((len(years), 3)), np.zeros((len(years), 3))
    for cell in cells:
        close[cell.year - years[0]] += cell.count * np.array(cell.close)
        count[cell.year - years[0]] += cell.count * np.array(cell.all)
    return Closeness(tuple(actors), years, tuple(cells), used, close, count, together)


def _cells_of_votes(rows: Sequence[Pattern], credit: float) -> list[CountedTogether]:
    """Resolutions that say the same of the dyads, as one cell: how many roll calls on each, and how many alike."""
    alone, together = (
        Counter[tuple[int, Three, Three]](),
        defaultdict[tuple[int, str], Floats](lambda: np.zeros((2, 3))),
    )
    for row in rows:
        close, voted = _alike(row.cast, credit)
        if row.resolution:
            together[row.year, row.resolution] += row.calls * np.array([close, voted])
        else:
            alone[row.year, close, voted] += row.calls
    for (year, _), (close, voted) in together.items():
        alone[year, _three(close), _three(voted)] += 1
    return [CountedTogether(year, n, close, voted) for (year, close, voted), n in alone.items() if any(voted)]


def _alike(cast: tuple[str, str, str], credit: float) -> tuple[Three, Three]:
    """Of each dyad, how far the votes of a roll call are alike, and 1 where both cast one."""
    voted = [float("-" not in pair) for pair in combinations(cast, 2)]
    close = [1.0 if a == b else credit if "A" in (a, b) else 0.0 for a, b in combinations(cast, 2)]
    return _three([one * there for one, there in zip(close, voted, strict=True)]), _three(voted)


def _three(of: Iterable[float]) -> Three:
    one, two, three = of
    return float(one), float(two), float(three)


def _used_votes(record: Record, rows: Sequence[Pattern], actors: Sequence[str]) -> tuple[Used, ...]:
    calls, years = Counter[str](), defaultdict[str, list[int]](list)
    for row in rows:
        for source in row.sources if row.cast.count("-") < 2 else ():
            calls[source] += row.calls
            years[source].append(row.year)
    name = "–".join(actors)
    return tuple(
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


def _cells_of_events(rows: Sequence[YearlyEvents], actors: Sequence[str]) -> list[CountedTogether]:
    counted = Counter[tuple[int, int, bool]]()
    at: Mapping[tuple[str, str], int] = {(a, b): n for n, (a, b) in enumerate(dyads_of(actors))}
    for row in rows:
        counted[row.year, at[row.one, row.other], row.sign > 0] += row.events
    return [
        CountedTogether(year, n, _three(friendly * np.eye(3)[dyad]), _three(np.eye(3)[dyad]))
        for (year, dyad, friendly), n in counted.items()
    ]


def _turns(rows: Sequence[YearlyEvents]) -> list[Turns]:
    """The events of each dyad in each year, one after another."""
    found: dict[tuple[int, str, str], Turns] = {}
    for row in rows:
        so_far, friendly = found.get((row.year, row.one, row.other), Turns(0, 0, 0)), row.events if row.sign > 0 else 0
        found[row.year, row.one, row.other] = Turns(
            so_far.count + row.events, so_far.ones + friendly, so_far.turns + row.turns
        )
    return list(found.values())


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
