"""Windows that are told relative to the case's day, made absolute before any measure sees them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from tumen.case.lines import KeyPath
from tumen.counting import counted
from tumen.judge.windows import Window, closing_days, day_before, day_of, days_among, months_later
from tumen.record.wall import day_after

#: What stands for the case's day in arguments.
THE_DAY = "as_of"

#: The key of a window by its length: those days, months or years that end with the case's day.
LAST = "last"

_LENGTH = re.compile(r"([1-9]\d{0,3}) (day|(?:whole )?(?:month|year))s?")

#: A window may be so long: a thousand years.
_MOST_MONTHS = 12_000

#: Deeper in an argument no period is looked for.
_DEEPEST = 10

_FORMS = 'Write [2023-09-01, "as_of"] or { last = "24 months" }.'


class WindowError(ValueError):
    """A window relative to the case's day that cannot be read: where it stands, what it is, what it should be."""

    def __init__(self, path: KeyPath, got: str, fix: str) -> None:
        self.path, self.got, self.fix = path, got, fix
        super().__init__(got)


@dataclass(frozen=True)
class Resolved:
    """Arguments without anything relative in them that can be read.

    Args:
        moving: the windows that were relative to the case's day.
        lacking: why such a window has no day in it, one each.
        faults: what cannot be read; the argument stands as it was.
    """

    arguments: Mapping[str, Any]
    moving: tuple[Window, ...]
    lacking: tuple[str, ...]
    faults: tuple[WindowError, ...]


def resolved(model: type[BaseModel], given: Mapping[str, Any], as_of: dt.date, whole: bool = False) -> Resolved:
    """Arguments with every relative period and day as it stands on a day.

    `[day, "as_of"]` ends with the case's day; `{ last = "24 months" }`, and `last` in place of a measure's one period,
    are the months that end with it; "whole" months or years are those that were over. Of a window without any day the
    first year stands in, so that all else can be checked, and `lacking` says so.

    Args:
        model: the measure's arguments, whose types say what is a period and what is a day.
        given: what the claim says.
        whole: whether windows are of whole calendar years, as some measures need.

    Example:
        >>> from pydantic import create_model
        >>> from tumen.measure.arguments import Period
        >>> resolved(create_model("Asked", period=Period), {"last": "2 months"}, dt.date(2024, 12, 31)).arguments
        {'period': (datetime.date(2024, 11, 1), datetime.date(2025, 1, 1))}
    """
    values = dict(given)
    found: list[tuple[Window, str]] = []
    faults: list[WindowError] = []
    try:
        values = _named_last(model, values)
        until = _closing_day(model, values)
        as_of = as_of if until is None or as_of < until else day_before(until)
    except WindowError as fault:
        faults.append(fault)
        values.pop(LAST, None)
    for name, period in days_among(model).items():
        if name in values:
            try:
                values[name] = _resolve(values[name], (name,), period, as_of, whole, found)
            except WindowError as fault:
                faults.append(fault)
    return Resolved(values, tuple(w for w, _ in found), tuple(why for _, why in found if why), tuple(faults))


def _named_last(model: type[BaseModel], values: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments in which `last` stands in the period that it is short for."""
    if LAST not in values or LAST in model.model_fields:
        return dict(values)
    periods = [name for name, period in days_among(model).items() if period]
    if len(periods) != 1:
        fix = f"Name the period: {periods[-1]} = {{ last = … }}." if periods else "This measure has no period."
        raise WindowError((LAST,), f"'{LAST}' for a measure with {counted(len(periods), 'period')}", fix)
    if periods[0] in values:
        raise WindowError((LAST,), f"both '{LAST}' and '{periods[0]}'", "Remove one of them.")
    return {**{k: v for k, v in values.items() if k != LAST}, periods[0]: {LAST: values[LAST]}}


def _closing_day(model: type[BaseModel], values: Mapping[str, Any]) -> dt.date | None:
    """The day on which a forecast closes, where the arguments have one: what it rests on ends before.

    Raises: WindowError where it moves with the case's day, so that the forecast would never close.
    """
    names = [name for name in closing_days(model) if name in values]
    for name in names:
        if values[name] == THE_DAY:
            raise WindowError((name,), f'{name} = "{THE_DAY}"', "Give the day on which the forecast closes.")
    return min((day for name in names if (day := day_of(values[name]))), default=None)


def _resolve(
    value: Any, path: KeyPath, period: bool, as_of: dt.date, whole: bool, found: list[tuple[Window, str]]
) -> Any:
    """A value without anything relative in it; the windows that were are put into `found`, each with what it lacks."""
    if len(path) > _DEEPEST:
        return value
    if isinstance(value, Mapping) and LAST in value and period:
        if len(value) > 1:
            raise WindowError(path, f"more than '{LAST}' in '{_name(path)}'", f"Leave '{LAST}' alone.")
        found.append(_last(value[LAST], path, as_of, whole))
    elif isinstance(value, Mapping):
        return {k: _resolve(v, (*path, k), period, as_of, whole, found) for k, v in value.items()}
    elif isinstance(value, list | tuple) and period and THE_DAY in value:
        found.append(_since(value, path, as_of, whole))
    elif isinstance(value, list | tuple):
        return [_resolve(v, (*path, n), period, as_of, whole, found) for n, v in enumerate(value)]
    elif isinstance(value, str) and period and _alone(path) and day_of(value) is None:
        raise WindowError(path, f"{_name(path)} = '{value[:40]}'", _FORMS)
    else:
        return as_of if value == THE_DAY else value
    return found[-1][0].start, found[-1][0].end


def _name(path: KeyPath) -> str:
    return ".".join(str(step) for step in path)


def _alone(path: KeyPath) -> bool:
    """Whether a value is an argument of its own, or in a list of it; what its own keys hold is the measure's."""
    return all(isinstance(step, int) for step in path[1:])


def _since(value: list[Any] | tuple[Any, ...], path: KeyPath, as_of: dt.date, whole: bool) -> tuple[Window, str]:
    """From a day to the case's, and what it lacks where that day has not come."""
    start = day_of(value[0])
    if len(value) != 2 or value[1] != THE_DAY or start is None:
        raise WindowError(path, f"{_name(path)} = [{', '.join(map(str, value)):.40}]", _FORMS)
    end = day_after(as_of)
    end = dt.date(end.year, 1, 1) if whole else end
    if start < end:
        return Window(path, start, end, "since"), ""
    first_year = Window(path, start, months_later(start, 12), "since")
    what = "no whole year from {} on was over" if whole else "no day from {} on had come"
    return first_year, f"{_name(path)}: {what.format(start)} by {as_of}"


def _last(length: Any, path: KeyPath, as_of: dt.date, whole: bool) -> tuple[Window, str]:
    """The days, months or years that end with the case's day, or the whole ones that were over by then."""
    read = _LENGTH.fullmatch(length) if isinstance(length, str) else None
    count, unit = (int(read[1]), read[2]) if read else (0, "")
    if whole and unit == "month" and count % 12 == 0:
        count, unit = count // 12, "year"
    if whole and unit == "year":
        unit = "whole year"
    months = 0 if unit == "day" else count if unit.endswith("month") else 12 * count
    if read is None or months > _MOST_MONTHS:
        raise WindowError(path, f"{LAST} = {length!r:.40}", 'Write "90 days", "24 months" or "3 whole years".')
    end = day_after(as_of)
    end = end.replace(day=1) if unit.startswith("whole") else end
    end = end.replace(month=1) if unit == "whole year" else end
    try:
        start = end - dt.timedelta(days=count) if unit == "day" else months_later(end, -months)
    except (ValueError, OverflowError):
        start = dt.date.min
    if start < end:
        return Window(path, start, end, "rolling"), ""
    return Window(path, start, months_later(start, 12), "rolling"), f"{_name(path)}: no {unit} was over by {as_of}"
