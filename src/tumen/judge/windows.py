"""Periods and days among a claim's arguments."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, get_args

from pydantic import BaseModel

from tumen.case.lines import KeyPath
from tumen.measure.arguments import AHEAD

#: How a window goes with the case's day: from a day on, or all of it.
Moves = Literal["since", "rolling"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Window:
    """A half-open period among the arguments of a claim.

    Args:
        path: where it stands among them.
        moves: None where it stands still.
        asked: the end that it had before it was cut to what the record reaches; None where it was not.
    """

    path: KeyPath
    start: dt.date
    end: dt.date
    moves: Moves | None = None
    asked: dt.date | None = None

    @property
    def name(self) -> str:
        """The argument, as its author knows it."""
        return ".".join(str(step) for step in self.path)

    @property
    def last_day(self) -> dt.date:
        """The last day that counts."""
        return day_before(self.end)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or of an earlier one; the last of the month where that is too short.

    Raises: ValueError where it lies before the year 1; days later than the last that there is are that one.

    Example:
        >>> months_later(dt.date(2024, 8, 31), 6), months_later(dt.date(2025, 1, 1), -24)
        (datetime.date(2025, 2, 28), datetime.date(2023, 1, 1))
    """
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(max(year, 1), month + 1)[1]))


def day_before(day: dt.date) -> dt.date:
    """The day before; the first that there is has none."""
    return max(day, dt.date.min + dt.timedelta(days=1)) - dt.timedelta(days=1)


def day_of(value: Any) -> dt.date | None:
    """A day as TOML gives it, or in quotes; None of anything else.

    Example:
        >>> day_of("2024-02-30"), day_of("2024-02-29"), day_of(2024)
        (None, datetime.date(2024, 2, 29), None)
    """
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return None
    return value if type(value) is dt.date else None


@cache
def days_among(arguments: type[BaseModel]) -> Mapping[str, bool]:
    """The arguments that are a day or a period, or hold some, by name: whether they are, or hold, a period, which is a
    first day and an end.
    """
    arguments.model_rebuild(raise_errors=False)  # so that types that were named before they were made are known
    each = {name: _types(field.annotation) for name, field in arguments.model_fields.items()}
    return {name: tuple[dt.date, dt.date] in types for name, types in each.items() if dt.date in types}


@cache
def closing_days(arguments: type[BaseModel]) -> tuple[str, ...]:
    """The arguments that are the day on which a forecast closes."""
    return tuple(name for name, field in arguments.model_fields.items() if AHEAD in field.metadata)


def _types(annotation: Any) -> list[Any]:
    """A type and all that it is made of."""
    return [annotation, *(one for inner in get_args(annotation) for one in _types(inner))]


def windows_in(arguments: BaseModel, moving: tuple[Window, ...]) -> tuple[tuple[Window, ...], tuple[dt.date, ...]]:
    """All windows of checked arguments, and the days that stand alone; not the day on which a forecast closes."""
    how = {window.path: window.moves for window in moving}
    windows: list[Window] = []
    days: list[dt.date] = []
    for name, period in days_among(type(arguments)).items():
        if name in closing_days(type(arguments)):
            continue
        for path, value in _leaves(getattr(arguments, name), (name,), period):
            if isinstance(value, dt.date):
                days.append(value)
            else:
                windows.append(Window(path, value[0], value[1], how.get(path)))
    return tuple(windows), tuple(days)


def _leaves(value: Any, path: KeyPath, period: bool) -> Iterator[tuple[KeyPath, Any]]:
    """Periods and days in a value, each with its path."""
    if isinstance(value, BaseModel):
        value = dict(value)
    if isinstance(value, dt.date):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key), period)
    elif isinstance(value, list | tuple):
        if period and len(value) == 2 and all(isinstance(v, dt.date) for v in value):
            yield path, value
            return
        for n, inner in enumerate(value):
            yield from _leaves(inner, (*path, n), period)


def with_window(arguments: BaseModel, window: Window) -> BaseModel:
    """The same arguments with another window in its place.

    Raises: pydantic.ValidationError where they do not take it.
    """
    values = arguments.model_dump()
    return type(arguments).model_validate(_put(values, window.path, (window.start, window.end)))


def _put(value: Any, path: KeyPath, new: Any) -> Any:
    if not path:
        return new
    if isinstance(value, Mapping):
        return {k: _put(v, path[1:], new) if k == path[0] else v for k, v in value.items()}
    return [_put(v, path[1:], new) if n == path[0] else v for n, v in enumerate(value)]


def cut_to(window: Window, end: dt.date) -> Window:
    """A window that ends earlier, and remembers the end that was asked."""
    return replace(window, end=end, asked=window.end)
