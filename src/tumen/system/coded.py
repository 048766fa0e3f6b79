"""What coders say of moves and drivers: their rows, and how probable they make each level of a move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tumen.engine.queries import query
from tumen.measure.arrays import Floats
from tumen.measure.estimate import Used
from tumen.record.read import Record

#: How probable the level is that a coder chose, by how sure the coder is. Our convention.
SURE_OF_LEVEL: Mapping[str, float] = {"high": 0.95, "medium": 0.80, "low": 0.60}


@dataclass(frozen=True)
class CodedMove:
    """One row of coded_moves.sql: what an actor did in a period, as one coder has it."""

    id: str
    coder: str
    period: str
    start: dt.date
    end: dt.date
    actor: str
    move: str
    level: str
    second: str | None
    certainty: str
    source: str

    @property
    def name(self) -> str:
        """Actor and move: "ABC.support"."""
        return f"{self.actor}.{self.move}"


@dataclass(frozen=True)
class CodedDriver:
    """One row of coded_drivers.sql: how strong a driver was in a period, as one coder has it."""

    id: str
    coder: str
    period: str
    start: dt.date
    end: dt.date
    driver: str
    value: float
    source: str


def coded_moves(record: Record, until: dt.date | None = None) -> Sequence[CodedMove]:
    """Every coding of a move in a period that was over by a day; all where it is None."""
    rows = record.answers.rows(query("tumen.system", "coded_moves"), CodedMove)
    return [row for row in rows if until is None or row.end <= until]


def coded_drivers(record: Record, until: dt.date | None = None) -> Sequence[CodedDriver]:
    """Every coding of a driver in a period that was over by a day; all where it is None."""
    rows = record.answers.rows(query("tumen.system", "coded_drivers"), CodedDriver)
    return [row for row in rows if until is None or row.end <= until]


def coded_as(
    level: str, second: str | None, certainty: str, levels: Sequence[str], doubt: float = 1.0
) -> tuple[float, ...]:
    """How probable one coder makes each level of a move.

    The coded level gets 0.95, 0.80 or 0.60 as the coder is sure, the second half of the rest, and the other levels
    what is left in equal parts; where there is no second level, they get all of the rest.

    Args:
        level, second: as coded; a second that is none of the levels counts as none.
        levels: of the move, in order.
        doubt: factor on the rest; it never leaves the coded level less than an equal part.

    Returns: a probability for each of the levels.

    Limits: Of three levels, the second and the one that was not named get the same.

    Example:
        >>> [round(p, 3) for p in coded_as("a", "c", "medium", ("a", "b", "c", "d"))]
        [0.8, 0.05, 0.1, 0.05]
        >>> [round(p, 3) for p in coded_as("a", None, "low", ("a", "b", "c"), doubt=3.0)]
        [0.333, 0.333, 0.333]
    """
    rest = min((1 - SURE_OF_LEVEL[certainty]) * doubt, 1 - 1 / len(levels))
    others = [one for one in levels if one not in (level, second)]
    named = second if second in levels and second != level else None
    halved = (rest / 2 if others else rest) if named else 0.0
    each = (rest - halved) / len(others) if others else 0.0
    return tuple(1 - rest if one == level else halved if one == named else each for one in levels)


def pooled_levels(rows: Iterable[CodedMove], levels: Sequence[str], doubt: float = 1.0) -> Floats:
    """How probable several coders make each level of a move in one period: the mean of what each says.

    Args:
        rows: of one move in one period, at levels of it; none: every level is as probable.
        doubt: factor on what coders leave to other levels than the one they chose.

    Returns: shape (levels,), with a sum of 1.
    """
    each = sorted(coded_as(row.level, row.second, row.certainty, levels, doubt) for row in rows)
    return np.mean(each, axis=0) if each else np.full(len(levels), 1 / len(levels))


def used_move(record: Record, row: CodedMove) -> Used:
    """A coding of a move as a row that carries an estimate."""
    return Used(
        table="moves",
        id=row.id,
        source=row.source,
        publisher=record.sources[row.source].maker,
        start=row.start,
        end=row.end,
        actors=(row.actor,),
        kind=row.move,
        text=row.level,
    )


def used_driver(record: Record, row: CodedDriver) -> Used:
    """A coding of a driver as a row that carries an estimate."""
    return Used(
        table="drivers",
        id=row.id,
        source=row.source,
        publisher=record.sources[row.source].maker,
        start=row.start,
        end=row.end,
        kind=row.driver,
        text=f"{row.value:g}",
    )
