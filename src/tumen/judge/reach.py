"""Periods that end as far as the record reaches, where a claim says so: `as_far_as_known`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pydantic import BaseModel, ValidationError

from tumen.judge.binding import BoundClaim
from tumen.judge.windows import Window, cut_to, with_window
from tumen.measure.arguments import next_month
from tumen.measure.estimate import Estimate, Used
from tumen.measure.measuring import estimate
from tumen.measure.setting import Setting
from tumen.record.read import Record

#: So many years are tried, from that of the newest row back, where a whole period could be measured.
YEARS_TRIED = 3

#: Draws where nothing but the rows behind a claim is asked for.
FEW_DRAWS = 100


def measured(bound: BoundClaim, record: Record, setting: Setting) -> tuple[BoundClaim, Estimate | None]:
    """What a claim's measure finds; None where it has none yet. Where the claim says `as_far_as_known`, its periods
    that end with the case's day end with the last that the record reaches.

    Where a measure takes whole years, that is the last year that some way to count can measure alone, else the last in
    which a row lies that the claim rests on. Elsewhere it is the month in which the newest of these rows ends. A period
    into which no row reaches stays as it is, and the claim says what it lacks.

    Args:
        record: as it was known by the case's day.

    Returns: the claim with the periods that were measured, and the estimate.
    """
    found = _found(bound, bound.arguments, record, setting)
    if not bound.claim.as_far_as_known or bound.times.lacking or found is None:
        return bound, found
    few = replace(setting, draws=FEW_DRAWS)
    for window in bound.times.moving:
        shorter = _within_reach(bound, window, _ends(bound, window, found, record, few))
        if shorter is not bound:
            bound, found = shorter, _found(shorter, shorter.arguments, record, setting) or found
    return bound, found


def _within_reach(bound: BoundClaim, window: Window, ends: Sequence[dt.date]) -> BoundClaim:
    """A claim with one of its periods cut to the first of some ends that lies in it and that the measure takes."""
    for end in (e for e in ends if window.start < e < window.end):
        shorter = _with(bound.arguments, replace(window, end=end))
        if shorter is not None:
            windows = tuple(cut_to(w, end) if w == window else w for w in bound.times.windows)
            return replace(bound, arguments=shorter, times=replace(bound.times, windows=windows))
    return bound


def _ends(bound: BoundClaim, window: Window, found: Estimate, record: Record, setting: Setting) -> list[dt.date]:
    """Where the record may end for a claim: as a row has it, else with its year; nowhere where it reaches all of it."""
    last = newest(found.used)
    if _of_whole_years(bound.arguments, window):
        if _some_way(found) and last and last > dt.date(window.last_day.year, 1, 1):
            return []
        for year in _years(window, last if _some_way(found) else None):
            alone = replace(window, start=dt.date(year, 1, 1), end=dt.date(year + 1, 1, 1))
            if _some_way(_found(bound, _with(bound.arguments, alone), record, setting)):
                return [alone.end]
    return [] if last is None or last >= window.end else [last, dt.date(last.year + 1, 1, 1)]


def _years(window: Window, last: dt.date | None) -> range:
    """Years of a period to try, the latest first: few where all of it could be measured, by rows up to a day."""
    latest = min(last or window.end, window.end) - dt.timedelta(days=1)
    return range(latest.year, max(window.start.year - 1, latest.year - YEARS_TRIED if last else 0), -1)


def _some_way(found: Estimate | None) -> bool:
    """Whether some way to count lacks nothing."""
    return found is not None and any(run.draws.size and not run.missing for run in found.specifications)


def _of_whole_years(arguments: BaseModel | None, window: Window) -> bool:
    """Whether the measure takes no period that ends within a year."""
    if arguments is None or {(d.month, d.day) for d in (window.start, window.end)} != {(1, 1)}:
        return False
    return _with(arguments, replace(window, end=window.last_day)) is None


def _with(arguments: BaseModel | None, window: Window) -> BaseModel | None:
    """Arguments with another window in its place, where the measure takes it."""
    try:
        return with_window(arguments, window) if arguments else None
    except ValidationError:
        return None


def _found(bound: BoundClaim, arguments: BaseModel | None, record: Record, setting: Setting) -> Estimate | None:
    if bound.measure is None or arguments is None:
        return None
    return estimate(bound.measure, record, arguments, bound.choices, setting, bound.levers)


def newest(used: Iterable[Used]) -> dt.date | None:
    """The day before which the rows of a claim end, with the month that the newest of them lies in.

    Example:
        >>> row = {"table": "t", "id": "a", "source": "s", "publisher": "P"}
        >>> newest([Used(**row, start=dt.date(2023, 1, 1), end=dt.date(2024, 1, 1))])
        datetime.date(2024, 1, 1)
        >>> newest([Used(**row, start=dt.date(2024, 3, 1), end=dt.date(2024, 3, 1))])
        datetime.date(2024, 4, 1)
    """
    ends = [u.end if u.end.day == 1 and u.end != u.start else next_month(u.end) for u in used if u.end]
    return max(ends, default=None)
