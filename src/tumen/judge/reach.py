"""Periods that end as far as the record reaches, where a claim says so: `as_far_as_known`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from pydantic import BaseModel, ValidationError

from tumen.judge.binding import BoundClaim
from tumen.judge.windows import Window, cut_to, with_window
from tumen.measure.arguments import next_month
from tumen.measure.estimate import Estimate, Used
from tumen.measure.measuring import estimate
from tumen.measure.setting import Setting
from tumen.record.read import Record

#: Draws where nothing but the rows behind a claim is asked for.
FEW_DRAWS = 100


def as_far_as_known(bound: BoundClaim, record: Record, setting: Setting) -> BoundClaim:
    """A claim whose periods that end with the case's day end with the last that the record reaches.

    Where a measure takes whole years, that is the last year that some way to count can measure alone, else the last in
    which a row lies that the claim rests on. Elsewhere it is the month in which the newest of these rows ends. A period
    into which no row reaches stays as it is, and the claim says what it lacks.

    Args:
        record: as it was known by the case's day.
    """
    if not bound.claim.as_far_as_known or bound.times.lacking or bound.arguments is None:
        return bound
    for window in bound.times.moving:
        bound = _within_reach(bound, window, record, replace(setting, draws=FEW_DRAWS))
    return bound


def _within_reach(bound: BoundClaim, window: Window, record: Record, setting: Setting) -> BoundClaim:
    """A claim with one of its periods cut to what the record reaches."""
    assert bound.arguments is not None  # noqa: S101 - a claim with a window has arguments
    ends = _ends(bound, window, record, setting)
    for end in (e for e in ends if window.start < e < window.end):
        shorter = _with(bound.arguments, replace(window, end=end))
        if shorter is not None:
            windows = tuple(cut_to(w, end) if w == window else w for w in bound.times.windows)
            return replace(bound, arguments=shorter, times=replace(bound.times, windows=windows))
    return bound


def _ends(bound: BoundClaim, window: Window, record: Record, setting: Setting) -> list[dt.date]:
    """Where the record may end for a claim: as a row has it, else with its year."""
    if _of_whole_years(bound.arguments, window):
        for year in range(window.end.year - 1, window.start.year - 1, -1):
            alone = replace(window, start=dt.date(year, 1, 1), end=dt.date(year + 1, 1, 1))
            arguments = _with(bound.arguments, alone)
            found = _measured(bound, arguments, record, setting) if arguments else None
            if found and any(run.draws.size and not run.missing for run in found.specifications):
                return [alone.end]
    found = _measured(bound, bound.arguments, record, setting)
    last = newest(found.used) if found else None
    return [] if last is None or last >= window.end else [last, dt.date(last.year + 1, 1, 1)]


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


def _measured(bound: BoundClaim, arguments: BaseModel | None, record: Record, setting: Setting) -> Estimate | None:
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
