"""Periods of a system: years, half-years, quarters or months, by the names that people give them."""

from __future__ import annotations

import datetime as dt
import re

#: The names of periods: 2024, 2024H2, 2024Q3, 2024-07.
PERIOD = r"^(19|20)\d\d(H[12]|Q[1-4]|-(0[1-9]|1[0-2]))?$"

#: How many months each form of a name stands for, by the sign after the year.
_MONTHS = {"": 12, "H": 6, "Q": 3, "-": 1}


def months_in(period: str) -> int:
    """How many months a period has.

    Example:
        >>> months_in("2024H2"), months_in("2024")
        (6, 12)
    """
    return _MONTHS[period[4:5]]


def first_day(period: str) -> dt.date:
    """The first day of a period.

    Raises:
        ValueError: for a name of another form.

    Example:
        >>> first_day("2024H2"), first_day("2024-05")
        (datetime.date(2024, 7, 1), datetime.date(2024, 5, 1))
    """
    if not re.fullmatch(PERIOD, period):
        raise ValueError(f"{period}: expected a year, or a half-year, quarter or month such as 2024H2, 2024Q3, 2024-07")
    number = int(period[5:] or 1)
    return dt.date(int(period[:4]), 1 + (number - 1) * months_in(period), 1)


def after(period: str, steps: int = 1) -> str:
    """The period so many steps later, or earlier where they are negative.

    Example:
        >>> after("2024H2"), after("2024H1", -1), after("2023Q4", 2), after("2024-12"), after("2024", 3)
        ('2025H1', '2023H2', '2024Q2', '2025-01', '2027')
    """
    months = months_in(period)
    start = first_day(period)
    whole = start.year * 12 + start.month - 1 + steps * months
    year, month = divmod(whole, 12)
    sign = period[4:5]
    number = f"{month + 1:02d}" if sign == "-" else str(month // months + 1)
    return f"{year}{sign}{number}" if sign else str(year)


def end_of(period: str) -> dt.date:
    """The first day after a period.

    Example:
        >>> end_of("2024H2")
        datetime.date(2025, 1, 1)
    """
    return first_day(after(period))


def between(first: str, last: str) -> list[str]:
    """All periods from one to another, both included.

    Example:
        >>> between("2023H2", "2024H2")
        ['2023H2', '2024H1', '2024H2']
    """
    found = [first]
    while first_day(found[-1]) < first_day(last):
        found.append(after(found[-1]))
    return found
