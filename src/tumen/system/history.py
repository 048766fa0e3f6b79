"""What a record tells of a system's moves and drivers, period by period."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from tumen.measure.arrays import Floats
from tumen.measure.estimate import Lacking, Used
from tumen.record.read import Record
from tumen.system.coded import CodedDriver, CodedMove, coded_drivers, coded_moves, pooled_levels, used_driver, used_move
from tumen.system.periods import between, months_in
from tumen.system.theory import Driver, System

_R = TypeVar("_R", CodedMove, CodedDriver)

#: Rows of one move or driver, by period.
_ByPeriod = Mapping[str, Sequence[_R]]


@dataclass(frozen=True)
class History:
    """How moves and drivers stood in each of some periods, as coders have it.

    Args:
        periods: one after the other, none left out.
        coded: how probable each level of a move is, by the move's name: shape (periods, levels), rows with a sum of 1.
        drivers: how strong each driver was, from 0 to 1, by its id: shape (periods,).
        next: how strong each stands in the period after the last, as far as is known: as it was last, or, of one that
            is the move of the period before, as that move was last.
        used: the rows that carry it.
        notes: what was not coded, and what stands in its place.
    """

    periods: tuple[str, ...]
    coded: Mapping[str, Floats]
    drivers: Mapping[str, Floats]
    next: Mapping[str, float]
    used: tuple[Used, ...] = ()
    notes: tuple[str, ...] = field(default=())


def history_of(record: Record, system: System, until: dt.date | None = None) -> History | Lacking:
    """How the moves and drivers of a system stood, from the first to the last period in which every move is coded.

    A move that nobody coded in a period between is unknown there: all its levels are as probable. A driver that nobody
    coded stands as it did before, or as it did first. Of several coders the mean counts.

    Args:
        record: with the tables `moves` and `drivers`.
        until: periods that were over by that day; all where it is None.

    Returns: the history, or what the record lacks for it.
    """
    moves, drivers = coded_moves(record, until), coded_drivers(record, until)
    by_move = {m.name: _at_levels([r for r in moves if r.name == m.name], m.levels) for m in system.moves}
    periods = _periods(list(by_move.values()))
    if isinstance(periods, str):
        return Lacking(tuple(f"a coding of {name}" for name, rows in by_move.items() if not rows) or periods)
    coded = {
        move.name: np.array([pooled_levels(by_move[move.name].get(p, ()), move.levels) for p in periods])
        for move in system.moves
    }
    series: dict[str, Floats] = {}
    to_come: dict[str, float] = {}
    told: list[str] = []
    used: list[Used] = [used_move(record, row) for rows in by_move.values() for p in periods for row in rows.get(p, ())]
    for driver in system.drivers:
        by_period = _driver_rows(driver, moves, drivers)
        if not by_period:
            return Lacking(f"a coding of {driver.move or driver.id}")
        values, following, notes = _values(driver, by_period, periods)
        series[driver.id], to_come[driver.id] = values, following
        told += notes
        used += [_used(record, row) for p in periods for row in by_period.get(p, ())]
    gaps = [
        _gap(name, missing, "every level is as probable")
        for name, rows in by_move.items()
        if (missing := [p for p in periods if p not in rows])
    ]
    return History(tuple(periods), coded, series, to_come, tuple(dict.fromkeys(used)), (*gaps, *told))


def _by_period(rows: Sequence[_R]) -> dict[str, list[_R]]:
    found: dict[str, list[_R]] = defaultdict(list)
    for row in rows:
        found[row.period].append(row)
    return dict(found)


def _at_levels(rows: Sequence[CodedMove], levels: Sequence[str]) -> _ByPeriod[CodedMove]:
    """Rows at levels that the move has, by period."""
    return _by_period([row for row in rows if row.level in levels])


def _periods(moves: Sequence[_ByPeriod[CodedMove]]) -> list[str] | str:
    """From the first to the last period in which every move is coded, or what is lacking."""
    named = {period for rows in moves for period in rows}
    if len({months_in(period) for period in named}) > 1:
        return "periods of one form, such as half-years alone"
    shared = sorted(set.intersection(*(set(rows) for rows in moves)))
    return between(shared[0], shared[-1]) if shared else "a period in which every move is coded"


def _driver_rows(
    driver: Driver, moves: Sequence[CodedMove], drivers: Sequence[CodedDriver]
) -> _ByPeriod[CodedMove] | _ByPeriod[CodedDriver]:
    """Rows that tell of a driver, by their own periods."""
    if driver.move:
        return _at_levels([row for row in moves if row.name == driver.move], list(driver.levels))
    return _by_period([row for row in drivers if row.driver == driver.id])


def _values(
    driver: Driver, rows: _ByPeriod[CodedMove] | _ByPeriod[CodedDriver], periods: Sequence[str]
) -> tuple[Floats, float, list[str]]:
    """How strong a driver was in each period and is in the next, and what is told of those that nobody coded."""
    known = {period: _strength(driver, mine) for period, mine in rows.items()}
    missing = [period for period in periods if period not in known]
    values = np.array([known[_standing(known, period)] for period in periods])
    following = float(values[-1])
    if driver.before:
        values = np.concatenate([values[:1], values[:-1]])
    return (
        values,
        following,
        [_gap(driver.move or driver.id, missing, "it stands as in the period before")] if missing else [],
    )


def _standing(known: Mapping[str, float], period: str) -> str:
    """The last coded period up to one, or the first of all."""
    return max((one for one in known if one <= period), default=min(known))


def _strength(driver: Driver, rows: Sequence[CodedMove] | Sequence[CodedDriver]) -> float:
    """How strong several coders say that a driver was in a period."""
    levels = tuple(driver.levels)
    placed = [row for row in rows if isinstance(row, CodedMove)]
    if placed:
        return float(pooled_levels(placed, levels) @ np.array([driver.levels[level] for level in levels]))
    return float(np.mean(sorted(row.value for row in rows if isinstance(row, CodedDriver))))


def _used(record: Record, row: CodedMove | CodedDriver) -> Used:
    return used_move(record, row) if isinstance(row, CodedMove) else used_driver(record, row)


def _gap(name: str, periods: Sequence[str], instead: str) -> str:
    return f"{name} was not coded in {', '.join(periods)}: {instead}"
