"""What comes next: how probable a level of a move is, and whether a move stays within a band."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import numpy as np
from pydantic import AfterValidator

from tumen.measure.arguments import AHEAD, ActorCode, Form
from tumen.measure.arrays import Floats
from tumen.measure.draws import point_of
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Measure
from tumen.measure.series import Forecast, Point
from tumen.measure.setting import Setting
from tumen.measure.units import SHARE
from tumen.record.read import Record
from tumen.system.caveats import CODED_BY_HAND, SYSTEM_LIMITS, SYSTEM_SOURCE, SYSTEM_TABLES, caveats
from tumen.system.moving import Answer, knobs_of, response, system_levers
from tumen.system.periods import after, end_of
from tumen.system.play import Outlook, Played
from tumen.system.running import AS_IT_GOES, Running, outlook_of, played, running
from tumen.system.theory import SYSTEM_FILE, Move, Name
from tumen.system.units import PLACE

#: Draws of the parameters, and futures of each.
_DRAWS, _FUTURES = 400, 10

#: How a forecast is scored once its periods are coded.
CODED_ALIKE = "coded by the same rules"

#: No forecast reaches further than so many periods.
MOST_AHEAD = 20


class FutureOptions(Form):
    """future: a future that the case declares; as things are where empty."""

    future: str = ""


class _Asked(Form):
    actor: ActorCode
    move: Name
    until: Annotated[dt.date, AHEAD]


class MoveArguments(_Asked):
    """actor, move: what is forecast; level: of the move; until: the day by which the last period is over."""

    level: Name


def _forward(band: tuple[float, float]) -> tuple[float, float]:
    if band[0] >= band[1]:
        raise ValueError("the low end before the high one")
    return band


class BandArguments(_Asked):
    """actor, move: what is forecast; band: places on its scale; until: the day by which the last period is over."""

    band: Annotated[tuple[float, float], AfterValidator(_forward)]


def run_move_probability(record: Record, arguments: MoveArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """How probable a level is in the last period until a day."""
    asked = _asked(record, arguments, choice.options, setting)
    if isinstance(asked, Lacking):
        return asked
    run, move, ahead = asked
    if arguments.level not in move.levels:
        return Lacking(f"a level ‘{arguments.level}’ of {move.name} in {SYSTEM_FILE}", run.history.used)
    agent, level = run.game.agents.index(move.name), move.levels.index(arguments.level)
    futures = played(run, ahead, _DRAWS, _FUTURES)
    each = futures.chances[agent][level].reshape(_FUTURES, -1, ahead.periods).mean(axis=0)
    last = after(run.history.periods[-1], ahead.periods)
    asks = f"{CODED_ALIKE}, {move.actor}’s {move.id} is ‘{arguments.level}’ in {last}"
    return _found(
        run, ahead, each[:, -1], lambda p: p.chances[agent][level][:, -1], asks, _series(run, move, each, level)
    )


def run_stays_within(record: Record, arguments: BandArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """How probable it is that a move's mean place on its scale stays in a band until a day."""
    asked = _asked(record, arguments, choice.options, setting)
    if isinstance(asked, Lacking):
        return asked
    run, move, ahead = asked
    agent, scale = run.game.agents.index(move.name), np.array(move.scale)
    low, high = arguments.band

    def inside(futures: Played) -> Floats:
        means = scale[futures.levels[agent]].mean(axis=1)
        return np.asarray((means >= low) & (means <= high), dtype=np.float64)

    futures = played(run, ahead, _DRAWS, _FUTURES)
    each = without_luck(inside(futures).reshape(_FUTURES, -1))
    first, last = after(run.history.periods[-1]), after(run.history.periods[-1], ahead.periods)
    what = f"the mean of {move.actor}’s {move.id} from {first} to {last}"
    asks = f"{CODED_ALIKE}, {what} lies from {low:g} to {high:g} on its scale"
    places = np.tensordot(scale, futures.chances[agent], axes=(0, 0))
    points = (*_past(run, move, scale), *_points(run, places, "as forecast"))
    return _found(run, ahead, each, inside, asks, points)


def without_luck(futures: Floats) -> Draws:
    """The probability in each draw, of few futures each, less the spread that so few leave by luck.

    Args:
        futures: 0 or 1, shape (futures, draws).
    """
    each = futures.mean(axis=0)
    luck = float((each * (1.0 - each)).mean()) / (len(futures) - 1)
    spread = float(each.var())
    kept = np.sqrt(max(0.0, spread - luck) / spread) if spread else 1.0
    shrunk: Draws = each.mean() + kept * (each - each.mean())
    return shrunk


def _asked(
    record: Record, arguments: _Asked, options: FutureOptions, setting: Setting
) -> tuple[Running, Move, Outlook] | Lacking:
    """The fitted system, the move asked after and what lies ahead until the day, or what is lacking."""
    run = running(record, setting)
    if isinstance(run, Lacking):
        return run
    move = run.system.move_named(f"{arguments.actor}.{arguments.move}")
    if move is None:
        return Lacking(f"a move {arguments.actor}.{arguments.move} in {SYSTEM_FILE}", run.history.used)
    future = next((one for one in run.system.futures if one.id == options.future), None)
    if options.future and future is None:
        return Lacking(f"a future ‘{options.future}’ in {SYSTEM_FILE}", run.history.used)
    count = _periods_until(run.history.periods[-1], arguments.until)
    if not 0 < count <= MOST_AHEAD:
        asked = (
            f"a period after {run.history.periods[-1]}, and at most {MOST_AHEAD} on, that is over by {arguments.until}"
        )
        return Lacking(asked, run.history.used)
    return run, move, outlook_of(run, AS_IT_GOES, future, count)


def _periods_until(last: str, until: dt.date) -> int:
    """How many whole periods after one are over by a day."""
    count = 0
    while count <= MOST_AHEAD and end_of(after(last, count + 1)) <= until + dt.timedelta(days=1):
        count += 1
    return count


def _found(run: Running, ahead: Outlook, draws: Draws, answer: Answer, asks: str, series: tuple[Point, ...]) -> Found:
    last = after(run.history.periods[-1], ahead.periods)
    until = end_of(last) - dt.timedelta(days=1)
    knobs = knobs_of(run, ahead)
    notes = caveats(run)
    return Found(
        draws=draws,
        probabilities=True,
        used=run.history.used,
        notes=notes,
        beside=notes[:1],
        series=series,
        baselines={knob.name: knob.stands for knob in knobs},
        respond=response(run, knobs, ahead, answer, draws),
        effective=float(run.seen.periods - 1),
        forecast=Forecast(until, float(draws.mean()), f"coded until {run.history.periods[-1]}", asks),
    )


def _series(run: Running, move: Move, each: Floats, level: int) -> tuple[Point, ...]:
    """The probability of a level: as coded, and as forecast."""
    own = np.zeros(len(move.levels))
    own[level] = 1.0
    return (*_past(run, move, own), *_points(run, each, "as forecast"))


def _past(run: Running, move: Move, scale: Any) -> list[Point]:
    coded = run.history.coded[move.name] @ scale
    return [Point(p, "as coded", v, v, v) for p, v in zip(run.history.periods, coded.tolist(), strict=True)]


def _points(run: Running, each: Floats, group: str) -> list[Point]:
    last = run.history.periods[-1]
    return [point_of(after(last, n + 1), group, each[:, n]) for n in range(each.shape[1])]


MEASURES = (
    Measure(
        name="system.move_probability",
        question="How probable is it that an actor's move stands at some level?",
        estimates="probability that the move stands at that level",
        unit=SHARE,
        support=(0.0, 1.0),
        arguments=MoveArguments,
        options=FutureOptions,
        tables=SYSTEM_TABLES,
        levers=(),
        method="the fitted system is played forward from the last coded period; the logit quantal response of each "
        "draw, averaged, is P itself",
        source=SYSTEM_SOURCE,
        limits=SYSTEM_LIMITS,
        run=run_move_probability,
        part=SYSTEM_FILE,
        by_hand=CODED_BY_HAND,
        probabilities=True,
        levers_of=system_levers,
    ),
    Measure(
        name="system.stays_within",
        question="How probable is it that an actor's move stays within a band?",
        estimates="probability that the move stays in the band",
        unit=SHARE,
        support=(0.0, 1.0),
        arguments=BandArguments,
        options=FutureOptions,
        tables=SYSTEM_TABLES,
        levers=(),
        method="the fitted system is played forward from the last coded period; the share of futures whose mean place "
        "on the move's scale lies in the band is P itself",
        source=SYSTEM_SOURCE,
        limits=SYSTEM_LIMITS,
        run=run_stays_within,
        series_unit=PLACE,
        part=SYSTEM_FILE,
        by_hand=CODED_BY_HAND,
        probabilities=True,
        levers_of=system_levers,
    ),
)
