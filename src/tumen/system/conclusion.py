"""What a system comes to on its record: what it forecast, what is next, what its aims are, and what nobody can tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tumen.measure.arrays import Floats
from tumen.measure.estimate import Lacking
from tumen.measure.setting import Setting
from tumen.record.read import Record
from tumen.system.conduct import Conduct, conducts
from tumen.system.game import Game
from tumen.system.running import Running, fitted_in, next_chances, running
from tumen.system.theory import System
from tumen.system.worth import frequencies, persistence

#: Key of the conclusion, and of its part of the JSON object.
SYSTEM_WORD = "system"

#: An aim that the record narrows by less than this share of its range is one that the record says nothing of.
NARROWED = 0.1


@dataclass(frozen=True)
class Central:
    """Median and central 90 per cent."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Learnt:
    """A parameter before the record and after it.

    Args:
        name: "weight AAA.stability", "habit AAA.support" or "precision AAA".
        narrowed: by what share of its width before the record narrowed it; below 0 where it widened.
    """

    name: str
    before: Central
    after: Central
    narrowed: float


@dataclass(frozen=True)
class LevelInTime:
    """How probable one level of a move is in one period.

    Args:
        coded: as the coders put it; None in periods to come.
        forecast: by the periods before; None in the first.
        low, high: central 90 per cent of a forecast of a period to come, over draws of the parameters; None elsewhere.
    """

    move: str
    level: str
    period: str
    coded: float | None
    forecast: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class ForecastScore:
    """How well something forecast each period by those before it: the sum of logarithms; the higher the better."""

    name: str
    score: float


@dataclass(frozen=True)
class Conclusion:
    """What a system comes to.

    Args:
        run: the system, fitted; without the rows that carry it, whose ids may not all be shown.
        levels: every level of every move, in the past and as forecast.
        learnt: what was learnt of aims, habits and precision.
        scores: of the model first, then of simpler forecasts.
        conduct: how well each rival explanation's aims fit what was done, by its id.
        rows: how many rows each source gave, by the id under which outputs show it.
    """

    run: Running
    levels: tuple[LevelInTime, ...]
    learnt: tuple[Learnt, ...]
    scores: tuple[ForecastScore, ...]
    conduct: Mapping[str, Conduct]
    rows: Mapping[str, int]

    @property
    def system(self) -> System:
        """What was declared."""
        return self.run.system

    @property
    def worth(self) -> bool:
        """Whether the model forecast better than every simpler way."""
        return all(self.scores[0].score > one.score for one in self.scores[1:])

    @property
    def untold(self) -> tuple[str, ...]:
        """Weights of aims that the record does not narrow."""
        return tuple(one.name for one in self.learnt if one.name.startswith("weight ") and one.narrowed < NARROWED)


def conclude_system(_system: System, record: Record, _chances: object, setting: Setting) -> Conclusion | None:
    """What the case's system comes to; None where its record lacks what it takes."""
    run = running(record, setting)
    if isinstance(run, Lacking):
        return None
    alone = run.game.alone()
    without = fitted_in(alone, run.seen, alone.box, len(run.fitted.parameters), setting, "alone")
    scores = (
        ForecastScore("the system", run.fitted.evidence),
        ForecastScore("the same, each alone", without.evidence),
        ForecastScore("doing the same again", float(persistence(run.seen).sum())),
        ForecastScore("past frequencies", float(frequencies(run.seen).sum())),
    )
    rows = Counter(record.sources[one.source].id for one in run.history.used)
    shown = replace(run, history=replace(run.history, used=()))
    return Conclusion(shown, (*_past(run), *_next(run)), _learnt(run), scores, conducts(run, record, setting), rows)


def _past(run: Running) -> Sequence[LevelInTime]:
    found = []
    for agent, move in enumerate(run.system.moves):
        coded, ahead = run.seen.coded[agent], run.fitted.ahead[agent]
        for place, level in enumerate(move.levels):
            for n, period in enumerate(run.history.periods):
                forecast = float(ahead[place, n - 1]) if n else None
                found.append(LevelInTime(move.name, level, period, float(coded[place, n]), forecast))
    return found


def _next(run: Running) -> Sequence[LevelInTime]:
    found = []
    names = [(move.name, level) for move in run.system.moves for level in move.levels]
    for (move, level), each in zip(names, next_chances(run), strict=True):
        low, high = np.quantile(each, [0.05, 0.95], axis=0)
        for n, period in enumerate(run.ahead):
            mean, ends = float(each[:, n].mean()), (float(low[n]), float(high[n]))
            found.append(LevelInTime(move, level, period, None, mean, *ends))
    return found


def _learnt(run: Running) -> tuple[Learnt, ...]:
    box = run.game.box
    found = []
    for place, name in enumerate(box.names):
        low, high = float(box.low[place]), float(box.high[place])
        if name.startswith("effect ") or low == high:
            continue
        before = Central((low + high) / 2, low + 0.05 * (high - low), high - 0.05 * (high - low))
        after = _range(run.fitted.parameters[:, place])
        found.append(Learnt(name, before, after, 1.0 - (after.high - after.low) / (before.high - before.low)))
    return tuple(found)


def _range(draws: Floats) -> Central:
    low, middle, high = (float(one) for one in np.quantile(draws, [0.05, 0.5, 0.95]))
    return Central(middle, low, high)


def presses(game: Game) -> list[tuple[int, int, str]]:
    """Which agent reckons with which other, and for which aim: (agent, other, aim), each once."""
    return list(dict.fromkeys((t.agent, t.other, t.aim) for t in game.terms if t.other is not None))
