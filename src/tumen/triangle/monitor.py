"""Watches the three dyads of a triangle year by year, and says what a change in one makes of the configuration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tumen.counting import counted
from tumen.measure.draws import stream
from tumen.measure.series import Alarm
from tumen.measure.setting import Setting
from tumen.triangle.change_points import LEAST_TIMES, ChangePoint, Watched, watched
from tumen.triangle.closeness import Closeness
from tumen.triangle.dyads import probabilities, shape_of

#: Share of triangles in which nothing changes, but something is signalled in any dyad and any year.
FALSE_ALARMS = 0.05

#: A configuration that differs with this probability is said to have changed.
SURE = 0.95

_DRAWS = 1000

_RATE = (
    f"false alarms: the monitor signals something in any dyad or year of at most {100 * FALSE_ALARMS:.0f} in 100 "
    "triangles in "
    "which nothing changes"
)


@dataclass(frozen=True)
class Monitored:
    """What was signalled, in order of time, and how the monitor could have failed, in words."""

    alarms: tuple[Alarm, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Dyad:
    """One dyad's series: the years in which it was seen, and what was signalled."""

    column: int
    years: NDArray[np.int64]
    close: NDArray[np.float64]
    count: NDArray[np.float64]
    found: Watched


def monitored(found: Closeness, amity: float, evidence: str, setting: Setting) -> Monitored:
    """Changes in closeness as they would have been signalled, and whether they changed type or order.

    Each dyad gets a third of the false alarms, so that all three together have them at most, however they hang
    together (Bonferroni).

    Args:
        amity: the closeness above which a dyad is friendly.
    """
    dyads = [_dyad(found, n, evidence, setting) for n in range(3)]
    rng = stream(setting, "configuration monitor", evidence)
    signals = sorted((int(d.years[c.signalled]), d.column, c) for d in dyads for c in d.found.changes)
    alarms = tuple(_alarm(found, dyads, dyads[column], change, amity, rng) for _, column, change in signals)
    power = _power(found, dyads)
    if alarms:
        return Monitored(alarms, (*(f"monitor: {a.says}" for a in alarms), power, _RATE))
    return Monitored((), (f"{power}; of closeness by {evidence} it signalled nothing", _RATE))


def _dyad(found: Closeness, column: int, evidence: str, setting: Setting) -> _Dyad:
    there = found.count[:, column] > 0
    close, count = found.close[there, column], found.count[there, column]
    rng = stream(setting, "configuration monitor", evidence, found.names[column])
    return _Dyad(column, np.array(found.years)[there], close, count, watched(close, count, FALSE_ALARMS / 3, rng))


def _stretch(dyad: _Dyad, until: int, back: int = 0) -> tuple[float, float]:
    """Close and all of the stretch that a dyad is known to be in at the end of a year, or of an earlier one."""
    known = [c.since for c in dyad.found.changes if dyad.years[c.signalled] <= until]
    ends = [0, *known, int((dyad.years <= until).sum())]
    here = slice(ends[-2 - back], ends[-1 - back])
    return float(dyad.close[here].sum()), float(dyad.count[here].sum())


def _alarm(
    found: Closeness, dyads: list[_Dyad], moved: _Dyad, change: ChangePoint, amity: float, rng: np.random.Generator
) -> Alarm:
    """A change with what it makes of type and order, by draws of all dyads' levels as then known (Jeffreys' prior)."""
    until = int(moved.years[change.signalled])
    after = np.empty((_DRAWS, 3))
    for d in dyads:
        close, count = _stretch(d, until)
        after[:, d.column] = rng.beta(close + 0.5, count - close + 0.5, _DRAWS)
    old, of = _stretch(moved, until, back=1)
    before = after.copy()
    before[:, moved.column] = rng.beta(old + 0.5, of - old + 0.5, _DRAWS)
    changed = float((shape_of(before, amity) != shape_of(after, amity)).any(axis=1).mean())
    new, count = _stretch(moved, until)
    name, since = found.names[moved.column], int(moved.years[change.since])
    was, is_now = (probabilities(levels, amity, found.actors) for levels in (before, after))
    says = (
        f"in {until} it was signalled that {name} had moved from {100 * old / of:.0f} to {100 * new / count:.0f} "
        "per cent "
        f"since {since}; {_meaning(was, is_now, changed)}"
    )
    return Alarm(str(until), name, str(since), old / of, new / count, changed, says)


def _meaning(was: dict[str, dict[str, float]], is_now: dict[str, dict[str, float]], changed: float) -> str:
    (old_type, *_), (new_type, *_) = was["type"], is_now["type"]
    (old_order, *_), (new_order, *_) = was["order"], is_now["order"]
    parts = [
        new_type if new_type == old_type else f"{new_type} after {old_type}",
        new_order if new_order == old_order else f"{new_order} after {old_order}",
    ]
    sure = "the configuration changed" if changed >= SURE else "whether the configuration changed is not sure"
    return f"{sure} (probability {changed:.2f}): {', '.join(parts)}"


def _power(found: Closeness, dyads: list[_Dyad]) -> str:
    parts = []
    for d in dyads:
        if len(d.years) < LEAST_TIMES:
            said = f"nothing, as it was seen in {counted(len(d.years), 'year')} of the {LEAST_TIMES} that it takes"
        elif d.found.findable is None:
            said = "no move, however great"
        else:
            share = d.close.sum() / d.count.sum()
            said = f"a move from {100 * share:.0f} to {100 * d.found.findable:.0f} per cent"
        parts.append(f"{found.names[d.column]} {said}")
    return "monitor: halfway through these years it would signal, four times in five, " + ", ".join(parts)
