"""The shape of three relations: what type they make, how their dyads are ordered, and whether that will change."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from tumen.counting import counted
from tumen.measure.arguments import AHEAD, ActorCode, Form, Share, Years
from tumen.measure.arrays import Floats
from tumen.measure.draws import stream
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure
from tumen.measure.named_columns import acting
from tumen.measure.series import Shape
from tumen.measure.setting import Setting
from tumen.measure.units import SHARE
from tumen.record.read import Record
from tumen.record.wall import day_after
from tumen.triangle.change_forecast import (
    LEAST_YEARS,
    back_said,
    back_test,
    brier,
    change_by_step,
    forecast_of,
    spans_before,
    spread,
)
from tumen.triangle.closeness import Closeness, closeness_of
from tumen.triangle.dyads import TRIANGLE_TYPES, balanced, friendly, pivot, probabilities
from tumen.triangle.local_level import filtered
from tumen.triangle.monitor import FALSE_ALARMS, monitored

#: Futures that are tried for each size of step.
_FUTURES = 1000

AMITY = Lever(
    name="amity",
    unit=SHARE,
    low=0.0,
    high=1.0,
    baseline=None,
    tolerance=1e-4,
    label="the closeness above which a dyad counts as friendly",
)

#: What the series of these measures is, by which its chart is chosen.
TYPES_OF_A_TRIANGLE = "types of a triangle"

#: Draws of one year's shape.
_YEAR_DRAWS = 400


#: One of three, by votes or events.
_Corner = Annotated[ActorCode, acting("votes.actor", "events.source_actor", "events.target_actor", "events.parties")]


class _Three(Form):
    of: tuple[_Corner, _Corner, _Corner]
    period: Years
    amity: Share = 0.5

    @model_validator(mode="after")
    def _different(self) -> Self:
        if len(set(self.of)) < 3:
            raise ValueError("three different actors")
        return self


class TypeArguments(_Three):
    """of: the three; period; amity: the closeness above which a dyad is friendly; type: asked after; pivot: of a
    romantic triangle, or the third party of a stable marriage.
    """

    type: Literal["ménage à trois", "romantic triangle", "stable marriage", "unit veto", "balanced"]
    pivot: ActorCode | None = None

    @model_validator(mode="after")
    def _pivot(self) -> Self:
        if self.pivot is not None and (self.pivot not in self.of or self.type not in TRIANGLE_TYPES[1:3]):
            raise ValueError("one of the three as pivot, of a romantic triangle or a stable marriage")
        return self


class ConfigurationChangeArguments(_Three):
    """of: the three; period: the years looked at; amity: the closeness above which a dyad is friendly; until: a day of
    the year by which it may have changed; compared_with: the year whose type and order those of that year are compared
    with (none: the last of the period).
    """

    until: Annotated[dt.date, AHEAD]
    compared_with: Annotated[int, Field(ge=1, le=9998)] | None = None

    @model_validator(mode="after")
    def _later(self) -> Self:
        if self.until < self.period[1]:
            raise ValueError("a day after the period")
        if self.compared_with is not None and not self.period[0].year <= self.compared_with < self.period[1].year:
            raise ValueError("a year of the period to compare with")
        return self


class ConfigurationOptions(Form):
    """evidence: votes (share of votes alike) or events (share of cooperative events); abstention_credit: agreement of
    an abstention with a yes or a no, 0 to 1; certainty: of events, the least sure that are counted.
    """

    evidence: Literal["votes", "events"] = "votes"
    abstention_credit: Share = 0.0
    certainty: Literal["low", "medium", "high"] = "low"


def _closeness(
    record: Record, arguments: _Three, options: ConfigurationOptions, as_of: dt.date, least: int
) -> Closeness | Lacking:
    """How close the three were in the years that were over by the case's day, or what is lacking where a dyad was seen
    in too few of them.
    """
    first, last = arguments.period
    last = min(last, dt.date(day_after(as_of).year, 1, 1))
    if first >= last:
        return Lacking(f"{options.evidence} of a year from {first.year} on that was over by {as_of}")
    credit = options.abstention_credit
    found = closeness_of(record, sorted(arguments.of), (first, last), options.evidence, credit, options.certainty)
    years = (found.count > 0).sum(axis=0)
    span = f"{found.years[0]} to {found.years[-1]}"
    missing = tuple(
        f"{options.evidence} of {name} in {span}: seen in {counted(int(n), 'year')}; it takes {least}"
        for name, n in zip(found.names, years, strict=True)
        if n < least
    )
    return Lacking(missing, found.used) if missing else found


def run_type(record: Record, arguments: TypeArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """1 where the triangle is of a type, 0 where not."""
    found = _closeness(record, arguments, choice.options, setting.as_of, 1)
    if isinstance(found, Lacking):
        return found
    rng = stream(setting, "configuration", choice.options.evidence)
    closeness = found.draws(found.years[0], found.years[-1], setting.draws, rng)

    def respond(lever: str, value: float) -> Draws:
        return _of_type(closeness, value if lever == AMITY.name else arguments.amity, arguments, found.actors)

    watch = monitored(found, arguments.amity, choice.options.evidence, setting)
    return Found(
        draws=respond("", 0.0),
        used=found.used,
        notes=(*_said(found, closeness, arguments.amity), *watch.notes),
        series=found.series(),
        beside=watch.notes[: max(1, len(watch.alarms))],
        figures={"amity": arguments.amity, "false_alarms": FALSE_ALARMS},
        baselines={AMITY.name: arguments.amity},
        respond=respond,
        shapes=_shapes(found, arguments.amity, choice, setting),
        alarms=watch.alarms,
    )


def _of_type(closeness: Floats, amity: float, arguments: TypeArguments, actors: tuple[str, ...]) -> Draws:
    """1 for each draw that is of the type asked for, 0 for the others."""
    if arguments.type == "balanced":
        so = balanced(closeness, amity)
    else:
        so = friendly(closeness, amity) == TRIANGLE_TYPES.index(arguments.type)
    if arguments.pivot is not None:
        so = so & (pivot(closeness, amity) == actors.index(arguments.pivot))
    return so.astype(float)


def _shapes(found: Closeness, amity: float, choice: Choice, setting: Setting) -> tuple[Shape, ...]:
    """Each year's type, balance and order with probabilities where all dyads were seen, and which dyads are
    friendly.
    """
    shapes = []
    for row, year in enumerate(found.years):
        seen = found.count[row] > 0
        if not seen.any():
            continue
        rng = stream(setting, "configuration", choice.options.evidence, str(year))
        closeness = found.draws(year, year, _YEAR_DRAWS, rng)
        share = (closeness > amity).mean(axis=0)
        chances = probabilities(closeness, amity, found.actors) if seen.all() else {}
        chances["friendly"] = {name: float(share[n]) for n, name in enumerate(found.names) if seen[n]}
        shapes.append(Shape(str(year), chances, found.as_seen(row, amity)))
    return tuple(shapes)


def _said(found: Closeness, closeness: Floats, amity: float) -> tuple[str, ...]:
    """The probable types, balance and orders, in words."""
    chances = probabilities(closeness, amity, found.actors)
    return tuple(
        f"{what}: " + "; ".join(f"{name} {share:.2f}" for name, share in list(by.items())[:4])
        for what, by in chances.items()
    )


def run_configuration_change(
    record: Record, arguments: ConfigurationChangeArguments, choice: Choice, setting: Setting
) -> Found | Lacking:
    """How probable it is that type or order as seen in a later year differ from those of the year compared with."""
    found = _closeness(record, arguments, choice.options, setting.as_of, LEAST_YEARS)
    if isinstance(found, Lacking):
        return found
    year = arguments.compared_with or found.years[-1]
    if year not in found.years or not found.as_seen(year - found.years[0], arguments.amity):
        return Lacking(f"{choice.options.evidence} of all three dyads in {year}, with which to compare", found.used)
    row, last = year - found.years[0], found.years[-1]
    seen, variance = found.logits()
    model = filtered(seen, variance)
    ahead = arguments.until.year - last
    amity = float(np.log(np.clip(arguments.amity, 1e-9, 1 - 1e-9) / np.clip(1 - arguments.amity, 1e-9, 1)))
    rng = stream(setting, "configuration change", choice.options.evidence)
    normals = rng.standard_normal((2, _FUTURES, 3))
    weights = model.posterior(-1)
    chances = change_by_step(model, -1, ahead, amity, normals, seen[row], variance[row])
    chance = float(weights @ chances)
    now = model.level[:, -1, None] + np.sqrt(model.variance[:, -1, None]) * normals[0]
    rows = rng.choice(len(weights), setting.draws, p=weights)
    levels = now[rows, rng.integers(0, _FUTURES, setting.draws)]
    step = float(np.interp(0.5, np.cumsum(weights) - weights / 2, model.step_sds))
    forecasts, came = back_test(seen, variance, model, ahead, amity, normals, last - year)
    watch = monitored(found, arguments.amity, choice.options.evidence, setting)
    forecast = forecast_of(found, row, chance, arguments.until, arguments.amity)
    return Found(
        draws=spread(chances, weights, setting.draws, rng),
        probabilities=True,
        used=found.used,
        notes=(
            *(f"{last}: {said}" for said in _said(found, 1 / (1 + np.exp(-levels)), arguments.amity)),
            f"compared with {forecast.now}",
            f"a dyad's log odds of closeness move by {step:.2f} in a year, as a standard deviation",
            back_said(forecasts, came, ahead + last - year),
            *watch.notes,
        ),
        series=found.series(),
        beside=watch.notes[: max(1, len(watch.alarms))],
        figures={
            **_scores(forecasts, came),
            "predictive": chance,
            "back_tests": len(came),
            "amity": arguments.amity,
            "false_alarms": FALSE_ALARMS,
        },
        shapes=_shapes(found, arguments.amity, choice, setting),
        alarms=watch.alarms,
        forecast=forecast,
        effective=float(np.isfinite(seen).all(axis=1).sum()),
        peers=spans_before(seen, found.years, ahead + last - year, amity),
    )


def _scores(forecasts: Floats, came: NDArray[np.bool_]) -> dict[str, float]:
    """Brier scores of the back-test, by name."""
    if not len(came):
        return {}
    return {f"brier_{name.replace(' ', '_')}": float(score) for name, score in brier(forecasts, came).items()}


_LIMITS = (
    "Votes alike and cooperative events are signs of closeness, not closeness; each is a specification of its "
    "own. Dyads that "
    "share an actor move apart from each other in the model."
)

MEASURES = (
    Measure(
        name="configuration.type",
        question="Do three actors form a triangle of a given type?",
        estimates="probability of the type",
        unit=SHARE,
        support=(0.0, 1.0),
        arguments=TypeArguments,
        options=ConfigurationOptions,
        tables=("votes", "events"),
        levers=(AMITY,),
        method="1 for a draw of the type, 0 for any other, so that P(above 0.5) is the type's probability; closeness "
        "by a Bayesian "
        "bootstrap over resolutions, or over events as many as they are worth where those of one sign come in rows, "
        "with Jeffreys' prior",
        source="Dittmer (1981), doi:10.2307/2010133, and (1987), for the unit veto; Heider (1946); Cartwright and "
        "Harary (1956), "
        "doi:10.1037/h0046049; Rubin (1981), doi:10.1214/aos/1176345338; Bayley and Hammersley (1946), "
        "doi:10.2307/2983560",
        limits=_LIMITS,
        run=run_type,
        shape=TYPES_OF_A_TRIANGLE,
    ),
    Measure(
        name="configuration.change_probability",
        question="How probable is it that the type or the order of three relations changes?",
        estimates="probability of a change",
        unit=SHARE,
        support=(0.0, 1.0),
        arguments=ConfigurationChangeArguments,
        options=ConfigurationOptions,
        tables=("votes", "events"),
        levers=(),
        method="predictive probability of a change as it will be seen, over the size of a yearly step; local-level "
        "state-space model of each dyad's yearly log odds of closeness, with errors of known size and a common size of "
        "step; back-tests from every past year; changes signalled by a likelihood ratio at a stated rate of false "
        "alarms",
        source="Durbin and Koopman, Time Series Analysis by State Space Methods (2nd ed.), chapter 2; Dittmer (1981), "
        "doi:10.2307/2010133; Brier (1950), doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2",
        limits=_LIMITS,
        run=run_configuration_change,
        probabilities=True,
        shape=TYPES_OF_A_TRIANGLE,
    ),
)
