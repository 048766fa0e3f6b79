"""Numbers and days as people write them: what parts whole from fraction and day from month, where a column says so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum


class DayOrder(Enum):
    """Whether the day or the month comes first in a column of days that do not begin with the year."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    UNDECIDED = "undecided"
    CONTRADICTORY = "contradictory"
    NONE = "none"


#: How a user tells what comes first, where a file does not: the words of `--dates`.
TOLD_ORDERS = {order.value: order for order in (DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST)}

_DAY = re.compile(r"\s*(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})\b")
_YEAR_FIRST = re.compile(r"\s*(\d{4})([/.\-]?)(\d{1,2})\2(\d{1,2})\b")
_LAST_MONTH = 12


def day_order(first_over_12: bool, second_over_12: bool) -> DayOrder:
    """What comes first, by whether any first and any second number is above twelve.

    Example:
        >>> day_order(False, True), day_order(False, False)
        (<DayOrder.MONTH_FIRST: 'month-first'>, <DayOrder.UNDECIDED: 'undecided'>)
    """
    if first_over_12 and second_over_12:
        return DayOrder.CONTRADICTORY
    if first_over_12:
        return DayOrder.DAY_FIRST
    return DayOrder.MONTH_FIRST if second_over_12 else DayOrder.UNDECIDED


def order_of_days(cells: Iterable[str]) -> DayOrder:
    """What comes first in a column; a number above twelve decides, and points between the numbers mean the day.

    Returns: NONE where no cell is a day that ends with its year.

    Example:
        >>> order_of_days(["03/10/2024", "03/25/2024"]), order_of_days(["10.03.2024"]), order_of_days(["2024-03-10"])
        (<DayOrder.MONTH_FIRST: 'month-first'>, <DayOrder.DAY_FIRST: 'day-first'>, <DayOrder.NONE: 'none'>)
    """
    found = [match for match in map(_DAY.match, cells) if match]
    if not found:
        return DayOrder.NONE
    first = any(int(match[1]) > _LAST_MONTH for match in found)
    second = any(int(match[3]) > _LAST_MONTH for match in found)
    if not second and any(match[2] == "." for match in found):
        return DayOrder.DAY_FIRST
    return day_order(first, second)


def day_read(cell: str, order: DayOrder) -> dt.date | None:
    """The day that a cell names; None where it names none, or none that can be told.

    Example:
        >>> day_read("25/03/2024", DayOrder.DAY_FIRST), day_read("25/03/2024", DayOrder.UNDECIDED)
        (datetime.date(2024, 3, 25), None)
    """
    if match := _YEAR_FIRST.fullmatch(cell.strip()):
        parts = (match[1], match[3], match[4])
    elif (match := _DAY.fullmatch(cell.strip())) and order is DayOrder.DAY_FIRST:
        parts = (match[4], match[3], match[1])
    elif match and order is DayOrder.MONTH_FIRST:
        parts = (match[4], match[1], match[3])
    else:
        return None
    try:
        return dt.date(*map(int, parts))
    except ValueError:
        return None


@dataclass(frozen=True)
class NumberForm:
    """How the numbers of a column are written.

    Args:
        decimal: what parts the fraction.
        thousands: what parts thousands; "" for nothing.
        certain: whether the column says so; where it does not, "1,234" may be either.
    """

    decimal: str = "."
    thousands: str = ""
    certain: bool = True


_BLANKS = "\u00a0\u202f\u2009 '\u2019"
_NUMBER = re.compile(r"[+\-\u2212]?\d[\d.,\u00a0\u202f\u2009 '\u2019]*(?:[eE][+\-]?\d+)?")


def number_form(cells: Sequence[str]) -> NumberForm:
    """How the numbers of a column are written, by the marks of all its cells together.

    The last of two marks parts the fraction; a mark that comes twice in one cell parts thousands; one that is followed
    by other than three digits parts the fraction.

    Returns: with `certain` False where only cells such as "1,234" say anything, or where cells contradict each other.

    Example:
        >>> number_form(["1.234,5", "7"]), number_form(["1,234"]).certain
        (NumberForm(decimal=',', thousands='.', certain=True), False)
    """
    signs = {_fraction_mark(cell.strip()) for cell in cells if _NUMBER.fullmatch(cell.strip())}
    decided = {sign for sign in signs if sign in (".", ",")}
    if len(decided) > 1:
        return NumberForm(certain=False)
    if decided:
        (decimal,) = decided
        other = "," if decimal == "." else "."
        return NumberForm(decimal, other if any(other in cell for cell in cells) else "")
    return NumberForm(certain="?," not in signs)


def _fraction_mark(cell: str) -> str:
    """What parts the fraction of one number: a point or a comma; with "?" before it where it may
    part thousands; "" where nothing does.
    """
    points, commas = cell.count("."), cell.count(",")
    if points and commas:
        return "." if cell.rindex(".") > cell.rindex(",") else ","
    if points > 1 or commas > 1:
        return "," if points else "."
    if not points and not commas:
        return ""
    mark = "." if points else ","
    whole, _, rest = cell.partition(mark)
    digits = re.match(r"\d*", rest)
    three = bool(digits) and len(digits[0]) == 3 and digits[0] == rest  # type: ignore[index]
    if not three or whole.lstrip("+-\u2212") in ("", "0") or len(whole.lstrip("+-\u2212")) > 3:
        return mark
    return f"?{mark}"


def plain_number(cell: str, form: NumberForm) -> str:
    """A number as a program reads it: a point before the fraction, nothing between thousands, a plain minus.

    Example:
        >>> plain_number("\u22121.234,50", NumberForm(",", "."))
        '-1234.50'
    """
    text = cell.strip().replace("\u2212", "-")
    for mark in (form.thousands, *_BLANKS):
        text = text.replace(mark, "") if mark else text
    return text.replace(form.decimal, ".") if form.decimal != "." else text
