"""Whether a cell that is not what was looked for was probably meant to be: a slip of the pen, or of a spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from tumen.record.readers.states import state_of

#: Names of at least so many letters that differ by so many slips are taken for one another.
_SLIPS = ((8, 2), (4, 1))


def meant_cell(cell: str, wanted: Collection[str]) -> str | None:
    """Which of some names a cell was probably meant to be, or None.

    Alike but for capitals and blanks, or for lost zeros before a number; the name of a state in place of its code; or
    a slip or two in a longer name: a letter wrong, missing, too many, or two swapped. Names whose digits differ are
    not alike: panel-2023 is another name than panel-2024, and 0306 another code than 0307.

    Example:
        >>> meant_cell("Total", ["TOTAL"]), meant_cell("30617", ["030617"])
        ('TOTAL', '030617')
        >>> meant_cell("offise", ["office"]), meant_cell("nti", ["cns"]), meant_cell("panel-2024", ["panel-2023"])
        ('office', None, None)
    """
    found = sorted(name for name in wanted if name != cell and _like(cell, name))
    if not found:
        named = state_of(cell, "name")
        return named if named in wanted and named != cell else None
    return found[0]


def _like(cell: str, name: str) -> bool:
    one, other = "".join(cell.split()).casefold(), "".join(name.split()).casefold()
    if one == other:
        return True
    if one.isdecimal() or other.isdecimal():
        return one.isdecimal() and other.isdecimal() and one.lstrip("0") == other.lstrip("0")
    if [c for c in one if c.isdecimal()] != [c for c in other if c.isdecimal()]:
        return False
    length = min(len(one), len(other))
    return any(length >= least and _slips(one, other) <= most for least, most in _SLIPS)


def _slips(one: str, other: str) -> int:
    """How many letters are wrong, missing, too many, or swapped with the next."""
    from rapidfuzz.distance import OSA

    return int(OSA.distance(one, other))


def meant_period(start: dt.date, end: dt.date) -> tuple[dt.date, dt.date] | None:
    """The period that one was probably meant to be of which an end is a day off, or None.

    A month, a quarter, half a year or whole years are half-open: from the first of a month to the first of another.

    Example:
        >>> [str(day) for day in meant_period(dt.date(2023, 1, 1), dt.date(2023, 12, 31))]
        ['2023-01-01', '2024-01-01']
        >>> meant_period(dt.date(2023, 1, 1), dt.date(2024, 1, 1))
        >>> meant_period(dt.date(2023, 1, 9), dt.date(2023, 2, 1))
    """
    meant = _first_of_month(start), _first_of_month(end)
    if meant[0] is None or meant[1] is None or (meant[0] == start) == (meant[1] == end):
        return None
    months = 12 * (meant[1].year - meant[0].year) + meant[1].month - meant[0].month
    return (meant[0], meant[1]) if months in (1, 3, 6) or (months > 0 and months % 12 == 0) else None


def _first_of_month(day: dt.date) -> dt.date | None:
    """The first of a month that a day is, or lies next to."""
    if day.year <= dt.MINYEAR or day.year >= dt.MAXYEAR:
        return None
    near = (day, day + dt.timedelta(days=1), day - dt.timedelta(days=1))
    return next((one for one in near if one.day == 1), None)
