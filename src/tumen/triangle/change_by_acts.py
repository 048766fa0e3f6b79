"""Whether three relations will stand otherwise by acts that were declared: treaties, alliances, summits, ruptures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Self

import numpy as np
from pydantic import Field, model_validator

from tumen.engine.queries import query
from tumen.events.event_names import EventActor, EventKind
from tumen.measure.arguments import AHEAD, Form, Years
from tumen.measure.arrays import Floats
from tumen.measure.draws import stream
from tumen.measure.estimate import Choice, Found, Lacking, Measure, Used
from tumen.measure.series import Forecast, Point
from tumen.measure.setting import Setting
from tumen.measure.units import COUNT, SHARE
from tumen.record.read import Record
from tumen.record.wall import day_after
from tumen.triangle.change_forecast import back_said, spans_before, spread
from tumen.triangle.dyads import dyads_of, probabilities, shape_of
from tumen.triangle.wandering_rates import Followed, rates_followed

#: Rates that are drawn, and futures of each, for the forecast and for each of the back-test.
_RATES, _FUTURES = 100, 100


class ActsArguments(Form):
    """of: the three; kinds: of events that are declared acts; period: whole years looked at; until: a day of the year
    by which it may have changed; compared_with: the year with which that one is compared; window: how many years an
    act counts, its own among them.
    """

    of: tuple[EventActor, EventActor, EventActor]
    kinds: Annotated[tuple[EventKind, ...], Field(min_length=1)]
    period: Years
    until: Annotated[dt.date, AHEAD]
    compared_with: Annotated[int, Field(ge=1, le=9998)]
    window: Annotated[int, Field(ge=1, le=50)] = 3

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if len(set(self.of)) < 3:
            raise ValueError("three different actors")
        if self.until < self.period[1]:
            raise ValueError("a day after the period")
        if not self.period[0].year + self.window - 1 <= self.compared_with < self.period[1].year:
            raise ValueError("a year of the period to compare with, its window inside the period")
        return self


class ActsOptions(Form):
    """merge_days: acts of one dyad and sign within so many days of the one before are one, such as the steps of one
    treaty.
    """

    merge_days: Annotated[int, Field(ge=0, le=366)] = 30


@dataclass(frozen=True)
class DeclaredAct:
    """One row of declared_acts.sql: an event between two of three actors."""

    id: str
    date: dt.date
    source_actor: str
    target_actor: str
    kind: str
    sign: int
    description: str
    source: str


def yearly_acts(rows: Sequence[DeclaredAct], actors: Sequence[str], years: range, merge_days: int) -> Floats:
    """How many acts each dyad had in each year; shape (2, years, 3): cooperative ones, then conflictual ones.

    Args:
        rows: in order of time.
        actors: sorted.
    """
    at: Mapping[frozenset[str], int] = {frozenset(pair): n for n, pair in enumerate(dyads_of(actors))}
    counts = np.zeros((2, len(years), 3))
    last: dict[tuple[int, int], dt.date] = {}
    for row in rows:
        key = (0 if row.sign > 0 else 1, at[frozenset((row.source_actor, row.target_actor))])
        if key not in last or (row.date - last[key]).days > merge_days:
            counts[key[0], row.date.year - years[0], key[1]] += 1
        last[key] = row.date
    return counts


def balances(counts: Floats, window: int) -> Floats:
    """Cooperative acts less conflictual ones of each dyad in the years of each window; shape (…, years, 3).

    Args:
        counts: shape (2, …, years, 3).

    Example:
        >>> balances(np.array([[[1.0, 0, 0], [2, 0, 0]], [[0, 0, 1], [0, 0, 0]]]), 2)[1].tolist()
        [3.0, 0.0, -1.0]
    """
    summed = np.cumsum(counts[0] - counts[1], axis=-2)
    kept: Floats = summed.copy()
    kept[..., window:, :] -= summed[..., :-window, :]
    return kept


def chances_of_change(
    counts: Floats, rates: Followed, year: int, since: int, ahead: int, window: int, rng: np.random.Generator
) -> Floats:
    """How probable it is that the dyads stand otherwise some years on than in a past year, for each of some rates.

    Each dyad's cooperative acts go on at the rate that they have come to, which wanders on. Conflictual ones are so
    few that all three dyads share one rate.

    Args:
        counts: shape (2, years, 3).
        rates: of the cooperative acts, after each year.
        year: the last that is known, as an index.
        since: years between the year compared with and the last that is known.
        ahead: years to come.
    """
    known = counts[:, : year + 1]
    acts = rates.to_come(year, _RATES, _FUTURES, ahead, rng)
    apart = rng.standard_gamma(known[1].sum() + 0.5, _RATES) / (3 * (year + 1))
    to_come = np.stack([acts, rng.poisson(apart[:, None, None, None], acts.shape)])
    past = np.broadcast_to(known[:, None, None], (2, _RATES, _FUTURES, year + 1, 3))
    then = balances(np.concatenate([past, to_come], axis=3), window)[..., -1, :]
    before = balances(known, window)[year - since]
    chances: Floats = np.any(shape_of(then, 0.0) != shape_of(before, 0.0), axis=-1).mean(axis=1)
    return chances


def run_change_by_acts(record: Record, arguments: ActsArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """How probable it is that the dyads stand otherwise in a later year than in the year compared with."""
    first, last = arguments.period[0], min(arguments.period[1], dt.date(day_after(setting.as_of).year, 1, 1))
    actors = sorted(arguments.of)
    if last.year <= arguments.compared_with:
        return Lacking(f"declared acts of {arguments.compared_with}, which was not over by {setting.as_of}")
    rows = [
        row
        for row in record.answers.rows(
            query("tumen.triangle", "declared_acts"),
            DeclaredAct,
            **dict(zip(("one", "two", "three"), actors, strict=True)),
            first=str(first),
            last=str(last),
        )
        if row.kind in arguments.kinds
    ]
    if not rows:
        return Lacking(f"events of kind {', '.join(arguments.kinds)} between two of {', '.join(actors)} in the period")
    years = range(first.year, last.year)
    counts = yearly_acts(rows, actors, years, choice.options.merge_days)
    return _forecast(record, rows, counts, years, arguments, setting)


def _forecast(
    record: Record,
    rows: Sequence[DeclaredAct],
    counts: Floats,
    years: range,
    arguments: ActsArguments,
    setting: Setting,
) -> Found:
    """The predictive probability, its back-test and what is compared."""
    window, since = arguments.window, years[-1] - arguments.compared_with
    ahead = arguments.until.year - years[-1]
    rng = stream(setting, "change by acts")
    rates = rates_followed(counts[0])
    chances = chances_of_change(counts, rates, len(years) - 1, since, ahead, window, rng)
    chance = float(chances.mean())
    standing = balances(counts, window)
    actors = sorted(arguments.of)
    now = f"{arguments.compared_with}: {_said(standing[-1 - since], actors)}"
    tried = range(window - 1 + since, len(years) - ahead)
    past = [float(chances_of_change(counts, rates, t, since, ahead, window, rng).mean()) for t in tried]
    came = [bool(np.any(shape_of(standing[t - since], 0.0) != shape_of(standing[t + ahead], 0.0))) for t in tried]
    searched = () if record.covers("events") == "exhaustive" else (_SEARCHED,)
    return Found(
        draws=spread(chances, np.full(_RATES, 1 / _RATES), setting.draws, rng),
        probabilities=True,
        used=tuple(_used(record, row) for row in rows),
        notes=(
            f"compared with {now}",
            f"{years[-1]}: {_said(standing[-1], actors)}",
            back_said(np.array(past), np.array(came, dtype=bool), ahead + since),
            *searched,
        ),
        beside=searched,
        series=_series(standing, years, actors),
        figures={"predictive": chance, "acts": float(counts.sum())},
        effective=float(counts.sum()),
        peers=spans_before(standing[window - 1 :], years[window - 1 :], ahead + since, 0.0),
        forecast=Forecast(
            arguments.until,
            chance,
            now,
            f"counted in the same way, the dyads with more cooperative than conflictual acts in the {window} years "
            f"that end with {arguments.until.year}, or their order by the difference, are not those of "
            f"{arguments.compared_with}",
        ),
    )


_SEARCHED = "the record of events does not hold every one: dyads are compared as if all were searched for alike"


def _said(standing: Floats, actors: Sequence[str]) -> str:
    """How the dyads stand, in words."""
    names = ["–".join(pair) for pair in dyads_of(actors)]
    told = ", ".join(f"{name} {n:.0f}" for name, n in zip(names, standing, strict=True))
    return f"{next(iter(probabilities(standing[None], 0.0, actors)['type']))} ({told})"


def _series(standing: Floats, years: range, actors: Sequence[str]) -> tuple[Point, ...]:
    """How each dyad stood at the end of each year."""
    names = ["–".join(pair) for pair in dyads_of(actors)]
    return tuple(
        Point(str(year), name, float(value), float(value), float(value))
        for name, column in zip(names, standing.T, strict=True)
        for year, value in zip(years, column, strict=True)
    )


def _used(record: Record, row: DeclaredAct) -> Used:
    return Used(
        table="events",
        id=row.id,
        source=row.source,
        publisher=record.sources[row.source].maker,
        start=row.date,
        end=row.date,
        actors=(row.source_actor, row.target_actor),
        kind=row.kind,
        text=row.description,
    )


MEASURES = (
    Measure(
        name="configuration.change_by_acts",
        question="How probable is it that three relations stand otherwise by declared acts?",
        estimates="probability of a change",
        unit=SHARE,
        support=(0.0, 1.0),
        arguments=ActsArguments,
        options=ActsOptions,
        tables=("events",),
        levers=(),
        method="predictive probability that the dyads stand otherwise, over their rates of acts; a "
        "dyad's rate begins with Jeffreys' prior and wanders on as far as the years show, which also show how far "
        "counts scatter about it (negative binomial)",
        source="Kitagawa (1987), doi:10.1080/01621459.1987.10478534; Gelman et al., Bayesian Data Analysis (3rd ed.), "
        "section 2.6; Dittmer (1981), doi:10.2307/2010133; Brier (1950), "
        "doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2",
        limits="Acts are counted, not weighed: a treaty of defence counts as a summit does. Rates wander "
        "by chance: nothing that drives them is in the model, nor a rate to which they come back.",
        run=run_change_by_acts,
        probabilities=True,
        series_unit=COUNT,
    ),
)
