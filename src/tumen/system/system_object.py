"""The system of a case as the JSON object of a run holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from tumen.judge.evaluated import Evaluated
from tumen.system.conclusion import Central as Told
from tumen.system.conclusion import Conclusion, Learnt, LevelInTime
from tumen.system.in_words import concluded_in, system_summary


@dataclass(frozen=True, kw_only=True)
class MoveObject:
    """What an actor chooses anew in each period."""

    name: Annotated[str, Field(description="actor and move, such as `ABC.help`")]
    actor: Annotated[str, Field(description="code of the actor")]
    says: Annotated[str, Field(description="what is chosen")]
    levels: Annotated[list[str], Field(description="the levels, one of which is chosen")]
    scale: Annotated[list[float], Field(description="the place of each level on the move's scale")]


@dataclass(frozen=True, kw_only=True)
class PastLevelObject:
    """How probable one level of a move is in a period that was coded."""

    move: Annotated[str, Field(description="name of the move")]
    level: Annotated[str, Field(description="which level")]
    period: Annotated[str, Field(description="which period")]
    coded: Annotated[float, Field(description="as the coders put it, 0 to 1")]
    forecast: Annotated[float | None, Field(description="by the periods before, 0 to 1; null in the first")]


@dataclass(frozen=True, kw_only=True)
class NextLevelObject:
    """How probable one level of a move is in a period to come."""

    move: Annotated[str, Field(description="name of the move")]
    level: Annotated[str, Field(description="which level")]
    period: Annotated[str, Field(description="which period")]
    probability: Annotated[float, Field(description="mean over the draws, 0 to 1")]
    low: Annotated[float, Field(description="lower end of the central 90 per cent of the draws")]
    high: Annotated[float, Field(description="upper end of it")]


@dataclass(frozen=True, kw_only=True)
class SpreadObject:
    """Where the draws of a parameter lie."""

    median: Annotated[float, Field(description="their median")]
    low: Annotated[float, Field(description="lower end of their central 90 per cent")]
    high: Annotated[float, Field(description="upper end of it")]


@dataclass(frozen=True, kw_only=True)
class LearntObject:
    """What the record says of a weight, a habit or a precision."""

    name: Annotated[str, Field(description="`weight`, `habit` or `precision`, and whose")]
    before: Annotated[SpreadObject, Field(description="as declared")]
    after: Annotated[SpreadObject, Field(description="after the record")]
    narrowed: Annotated[float, Field(description="share of its width that the record took; below 0 where it widened")]


@dataclass(frozen=True, kw_only=True)
class ForecastScoreObject:
    """How well something forecast each period by those before it."""

    name: Annotated[str, Field(description="what forecast; the system comes first")]
    score: Annotated[float, Field(description="sum of natural logarithms; the higher the better")]


@dataclass(frozen=True, kw_only=True)
class ConductObject:
    """How well an explanation's aims fit what was done."""

    evidence: Annotated[float, Field(description="natural logarithm of how probable the moves are under it")]
    error: Annotated[float, Field(description="its standard error, by the luck of the draws")]


@dataclass(frozen=True, kw_only=True)
class FitObject:
    """How the fit went."""

    draws: Annotated[int, Field(description="draws of the parameters")]
    effective: Annotated[int, Field(description="how many of them counted, where they were fewest")]
    turned: Annotated[float, Field(description="share of games whose branch of equilibria turned back, 0 to 1")]
    residual: Annotated[float, Field(description="how far any equilibrium was from exact, as a probability")]


@dataclass(frozen=True, kw_only=True)
class SystemObject:
    """The system of a case on its record."""

    note: Annotated[str | None, Field(description="what the case says of its model")]
    moves: Annotated[list[MoveObject], Field(description="who chooses what")]
    periods: Annotated[list[str], Field(description="the periods that were coded")]
    levels: Annotated[list[PastLevelObject], Field(description="each level of each move in each of them")]
    forecasts: Annotated[list[NextLevelObject], Field(description="the same in the periods to come")]
    learnt: Annotated[list[LearntObject], Field(description="what the record says of the parameters")]
    untold: Annotated[list[str], Field(description="weights of aims that it narrows by less than a tenth")]
    scores: Annotated[list[ForecastScoreObject], Field(description="how well the system and simpler ways forecast")]
    worth: Annotated[bool, Field(description="whether the system forecast better than every simpler way")]
    conduct: Annotated[
        Mapping[str, ConductObject], Field(description="by rival explanation that has a profile of aims")
    ]
    fit: Annotated[FitObject, Field(description="how the fit went")]
    sentences: Annotated[list[str], Field(description="the same in words")]


#: The part of the object.
SYSTEM_FORM = Annotated[
    SystemObject | None,
    Field(description="the declared system on its record; null where the case has none that can be run"),
]


def system_object(evaluated: Evaluated) -> SystemObject | None:
    """What a case's system came to as the JSON object holds it, or None where there is none."""
    found = concluded_in(evaluated)
    return None if found is None else _object(found, evaluated)


def _object(found: Conclusion, evaluated: Evaluated) -> SystemObject:
    fitted = found.run.fitted
    return SystemObject(
        note=found.system.note,
        moves=[
            MoveObject(name=m.name, actor=m.actor, says=m.says, levels=list(m.levels), scale=list(m.scale))
            for m in found.system.moves
        ],
        periods=list(found.run.history.periods),
        levels=[_past(one) for one in found.levels if one.coded is not None],
        forecasts=[_next(one) for one in found.levels if one.coded is None],
        learnt=[_learnt(one) for one in found.learnt],
        untold=list(found.untold),
        scores=[ForecastScoreObject(name=one.name, score=one.score) for one in found.scores],
        worth=found.worth,
        conduct={name: ConductObject(evidence=c.evidence, error=c.error) for name, c in found.conduct.items()},
        fit=FitObject(
            draws=len(fitted.parameters), effective=fitted.effective, turned=fitted.turned, residual=fitted.residual
        ),
        sentences=system_summary(found, evaluated),
    )


def _past(one: LevelInTime) -> PastLevelObject:
    return PastLevelObject(
        move=one.move, level=one.level, period=one.period, coded=one.coded or 0.0, forecast=one.forecast
    )


def _next(one: LevelInTime) -> NextLevelObject:
    return NextLevelObject(
        move=one.move,
        level=one.level,
        period=one.period,
        probability=one.forecast or 0.0,
        low=one.low or 0.0,
        high=one.high or 0.0,
    )


def _learnt(one: Learnt) -> LearntObject:
    return LearntObject(name=one.name, before=_spread(one.before), after=_spread(one.after), narrowed=one.narrowed)


def _spread(one: Told) -> SpreadObject:
    return SpreadObject(median=one.median, low=one.low, high=one.high)
