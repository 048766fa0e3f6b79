"""Forms that the arguments of several measures share."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

#: How sure an event is, from the least.
CERTAINTIES = ("low", "medium", "high")


class Form(BaseModel):
    """Base of every measure's arguments and options: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _forward(period: tuple[dt.date, dt.date]) -> tuple[dt.date, dt.date]:
    if period[0] >= period[1]:
        raise ValueError("a period that runs forward: [first day, the day after the last]")
    return period


def _whole_years(period: tuple[dt.date, dt.date]) -> tuple[dt.date, dt.date]:
    if any((day.month, day.day) != (1, 1) for day in period):
        raise ValueError("whole calendar years: [2023-01-01, 2024-01-01] is the year 2023")
    return period


#: Marks a day that a forecast reaches to, which may lie after the case's.
AHEAD = "ahead"

#: A half-open period, [first day, the day after the last].
Period = Annotated[tuple[dt.date, dt.date], AfterValidator(_forward)]

#: A half-open period of whole calendar years.
Years = Annotated[Period, AfterValidator(_whole_years)]

#: The code of an actor. That somebody is called so is looked up in the case and its record; see `named_columns`.
ActorCode = Annotated[str, Field(min_length=1, max_length=100)]
Share = Annotated[float, Field(ge=0, le=1)]


def _rising(pair: tuple[float, float]) -> tuple[float, float]:
    if pair[0] > pair[1]:
        raise ValueError("the low end before the high one")
    return pair


#: A range [low, high] of a factor at or above one, such as CIF over FOB.
Factor = Annotated[
    tuple[Annotated[float, Field(ge=1, le=2)], Annotated[float, Field(ge=1, le=2)]], AfterValidator(_rising)
]

#: A range [low, high] of shares.
ShareRange = Annotated[tuple[Share, Share], AfterValidator(_rising)]


def years_of(period: tuple[dt.date, dt.date]) -> list[int]:
    """Calendar years of a period of whole years.

    Example:
        >>> years_of((dt.date(2019, 1, 1), dt.date(2021, 1, 1)))
        [2019, 2020]
    """
    return list(range(period[0].year, period[1].year))


def months_of(period: tuple[dt.date, dt.date]) -> list[dt.date]:
    """First days of the calendar months that lie wholly inside a period.

    Example:
        >>> [m.month for m in months_of((dt.date(2024, 6, 19), dt.date(2024, 9, 1)))]
        [7, 8]
    """
    first = period[0] if period[0].day == 1 else next_month(period[0])
    months: list[dt.date] = []
    while next_month(first) <= period[1]:
        months.append(first)
        first = next_month(first)
    return months


def next_month(day: dt.date) -> dt.date:
    """First day of the month after the one that holds this day."""
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
