"""How close each dyad of three actors was in each year: by votes alike, or by cooperative events."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from tumen.measurement.arguments import CERTAINTIES
from tumen.measurement.estimate import Point, Used
from tumen.measurement.triangle.triangle import dyads_of, probabilities
from tumen.measurement.votes.agreement import wilson_interval
from tumen.queries import Row, query
from tumen.record.read import Record

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Cell:
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
    cells: tuple[Cell, ...]
    used: tuple[Used, ...]
    close: Values
    count: Values

    @property
    def names(self) -> tuple[str, ...]:
        """The dyads, as outputs name them."""
        return tuple("–".join(pair) for pair in dyads_of(self.actors))

    def logits(self) -> tuple[Values, Values]:
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

    def draws(self, first: int, last: int, count: int, rng: np.random.Generator) -> Values:
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
        shares: Values = for_it / of_all
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
    which = {"certainties": "+".join(CERTAINTIES[CERTAINTIES.index(certainty) :])} if evidence == "events" else {}
    rows = record.answers(
        query("tumen.measurement.triangle", f"configuration_{evidence}"),
        one=one,
        two=two,
        three=three,
        first=first,
        last=last,
        **which,
    )
    years = tuple(range(period[0].year, period[1].year))
    cells, used = _votes(record, rows, actors, credit) if evidence == "votes" else _events(record, rows, actors)
    close, count = np.zeros((len(years), 3)), np.zeros((len(years), 3))
    for cell in cells:
        there = np.isfinite(cell.close)
        close[cell.year - years[0]] += cell.count * np.where(there, cell.close, 0.0)
        count[cell.year - years[0]] += cell.count * there
    return Closeness(tuple(actors), years, tuple(cells), used, close, count)


def _votes(
    record: Record, rows: Sequence[Row], actors: Sequence[str], credit: float
) -> tuple[list[Cell], tuple[Used, ...]]:
    cells, calls = [], dict[str, int]()
    for row in rows:
        cast = [str(row[name]) for name in ("one", "two", "three")]
        close = [_alike(a, b, credit) for a, b in combinations(cast, 2)]
        if not any(np.isfinite(close)):
            continue
        cells.append(Cell(int(row["year"]), int(row["calls"]), (close[0], close[1], close[2])))
        for source in {str(row["source"]), str(row["other_source"])}:
            calls[source] = calls.get(source, 0) + int(row["calls"])
    name = "–".join(actors)
    return cells, tuple(
        Used(
            "votes",
            f"{name} in {record.sources[s].id}",
            s,
            record.sources[s].maker,
            f"{n} roll calls on which two or three of them voted",
            n,
        )
        for s, n in sorted(calls.items())
    )


def _alike(one: str, other: str, credit: float) -> float:
    if "-" in (one, other):
        return float("nan")
    return 1.0 if one == other else credit if "A" in (one, other) else 0.0


def _events(record: Record, rows: Sequence[Row], actors: Sequence[str]) -> tuple[list[Cell], tuple[Used, ...]]:
    cells, used = [], []
    at: Mapping[tuple[str, str], int] = {(a, b): n for n, (a, b) in enumerate(dyads_of(actors))}
    for row in rows:
        close = defaultdict(lambda: float("nan"), {at[row["one"], row["other"]]: float(row["sign"] > 0)})
        cells.append(Cell(int(row["year"]), int(row["events"]), (close[0], close[1], close[2])))
        source = str(row["source"])
        kind = "cooperative" if row["sign"] > 0 else "conflictual"
        used.append(
            Used(
                "events",
                str(row["id"]),
                source,
                record.sources[source].maker,
                f"{row['events']} {kind} of {row['one']}–{row['other']} in {row['year']}",
                int(row["events"]),
                row["last_day"],
            )
        )
    return cells, tuple(used)
