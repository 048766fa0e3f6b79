"""How a file writes days, longitudes and speeds, told by all its rows together; and what is said where they do not
tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tumen.ais.position_columns import ColumnsRead, is_in_tenths
from tumen.counting import counted
from tumen.errors import Place, Problem
from tumen.record.readers.written import DayOrder, day_order

#: Of a file's positions so many must lie beyond 180 degrees for all longitudes to be from 0 to 360; fewer are slips.
_LEAST_BEYOND = 0.01


@dataclass(frozen=True)
class PositionHints:
    """What a user says of files of positions that they do not say themselves.

    Args:
        columns: our name for a column, and the files' own.
        dates: whether the day or the month stands first in 03/10/2024.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    dates: DayOrder | None = None


#: Nothing said.
NO_HINTS = PositionHints()


@dataclass(frozen=True)
class DaysWritten:
    """One row of positions_day_orders.sql."""

    firsts_over: int
    seconds_over: int
    open_days: int
    day_first_stamp: str | None
    month_first_stamp: str | None
    open_stamp: str | None


@dataclass(frozen=True)
class PositionSpans:
    """One row of positions_spans.sql."""

    beyond: int
    west: int
    east: int
    broken_speeds: int
    broken_draughts: int


def month_stands_first(shown: str, orders: DaysWritten, header: Sequence[str], told: DayOrder | None) -> bool | Problem:
    """Whether a file writes the month before the day; a problem where that cannot be known.

    A number above 12 is a day, and decides for the whole file. Where there is none, the files of the Danish authority,
    known by their header, have the day first; of any other the user has to say.

    Args:
        shown: the file as the user named it.
        header: its columns' own names.
        told: what the user says.
    """
    if told is not None:
        return told is DayOrder.MONTH_FIRST
    match day_order(orders.firsts_over > 0, orders.seconds_over > 0):
        case DayOrder.CONTRADICTORY:
            return _both(shown, orders)
        case DayOrder.UNDECIDED if orders.open_days and not _is_danish(header):
            return _neither(shown, orders)
        case order:
            return order is DayOrder.MONTH_FIRST


def _is_danish(header: Sequence[str]) -> bool:
    """Whether a table has the columns of the Danish authority's files, in which the day stands first."""
    return bool(header) and header[0].replace(" ", "").lower() == "#timestamp"


def _both(shown: str, orders: DaysWritten) -> Problem:
    return Problem(
        Place(shown),
        got=f"days both ways: {counted(orders.firsts_over, 'row')} as '{orders.day_first_stamp}', "
        f"{counted(orders.seconds_over, 'row')} as '{orders.month_first_stamp}'",
        expected="the day before the month, or after it, in all rows",
        fix="Part the two into two files, or say which is right with --dates day-first or --dates month-first: the "
        "others are left out then.",
        slug="positions-dates",
    )


def _neither(shown: str, orders: DaysWritten) -> Problem:
    return Problem(
        Place(shown),
        got=f"'{orders.open_stamp}', and no day above the 12th that would tell the day from the month",
        expected="days that can be read one way only",
        fix="Say it with --dates day-first (DD/MM) or --dates month-first (MM/DD).",
        slug="positions-dates",
    )


def longitudes_wrap(spans: PositionSpans) -> bool:
    """Whether longitudes run from 0 to 360: none is west of 0, and some lie beyond 180, more than slips would."""
    return not spans.west and spans.beyond > 1 and spans.beyond >= _LEAST_BEYOND * (spans.beyond + spans.east)


def told_of_writing(shown: str, header: Sequence[str], spans: PositionSpans, hints: PositionHints) -> list[Problem]:
    """What a reader should know of how a file's numbers were taken."""
    notes = []
    if longitudes_wrap(spans):
        notes.append(
            Problem(
                Place(shown),
                got=f"longitudes from 0 to 360 ({counted(spans.beyond, 'row')} beyond 180)",
                expected="longitudes from -180 to 180",
                fix="360 was taken from those beyond 180: 210 was read as -150.",
                slug="positions-longitudes",
                severity="warning",
            )
        )
    taken = tenths(header, spans, hints)
    if any(taken):
        what = " and ".join(name for name, read in zip(("SPEED", "DRAUGHT"), taken, strict=True) if read)
        notes.append(told_of_tenths(shown, what))
    return notes


def told_of_tenths(shown: str, what: str) -> Problem:
    """Told of numbers that were divided by ten."""
    return Problem(
        Place(shown),
        got=f"whole numbers under {what}, in MarineTraffic's columns",
        expected="knots and metres",
        fix="They were read as tenths, as MarineTraffic gives them. If they are not, say --column speed_kn=SPEED.",
        slug="positions-tenths",
        severity="warning",
    )


def told_of_text(shown: str, windows_lines: int) -> list[Problem]:
    """Told of lines that are no UTF-8."""
    if not windows_lines:
        return []
    return [
        Problem(
            Place(shown),
            got=f"letters that are no UTF-8, in {counted(windows_lines, 'line')}",
            expected="UTF-8",
            fix="They were read as Windows-1252 (Latin-1); only letters in names depend on it.",
            slug="positions-letters",
            severity="warning",
        )
    ]


def columns_not_there(hints: PositionHints, read: Sequence[ColumnsRead]) -> list[Problem]:
    """Columns that the user names and no file has."""
    there = {theirs.strip().lower() for file in read for _, theirs in file.read}
    return [
        Problem(
            Place(f"--column {ours}={theirs}"),
            got="no file with a column of that name",
            expected="a column's name as it stands in the file",
            fix="Correct the name.",
            slug="positions-column",
        )
        for ours, theirs in hints.columns.items()
        if theirs.strip().lower() not in there
    ]


def tenths(header: Sequence[str], spans: PositionSpans, hints: PositionHints) -> tuple[bool, bool]:
    """Whether speeds are tenths of a knot, and draughts tenths of a metre: in MarineTraffic's columns, where all are
    whole; what the user names a column stands.
    """
    known = is_in_tenths(header)
    return (
        known and not spans.broken_speeds and "speed_kn" not in hints.columns,
        known
        and "DRAUGHT" in {cell.strip() for cell in header}
        and not spans.broken_draughts
        and "draught_m" not in hints.columns,
    )
