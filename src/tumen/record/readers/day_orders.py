"""What comes first in the days of imported files, the day or the month, as a table that queries can join."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tumen.engine.queries import Engine, query, typed
from tumen.errors import Place, Problem
from tumen.record.readers.tabulate import tabulate
from tumen.record.readers.written import DayOrder, day_order

_WORDS = {DayOrder.DAY_FIRST: "the day first", DayOrder.MONTH_FIRST: "the month first"}


@dataclass(frozen=True)
class DayForm:
    """One row of day_forms.sql: how a file writes days that do not begin with their year."""

    _file: str
    over_first: bool
    over_second: bool
    pointed: bool
    example: str

    @property
    def shows(self) -> DayOrder:
        """What comes first, by the file's own days; points between the numbers mean the day."""
        found = day_order(self.over_first, self.over_second)
        return DayOrder.DAY_FIRST if found is DayOrder.UNDECIDED and self.pointed else found


@dataclass(frozen=True)
class OrdersOfFiles:
    """What came of looking at the days of some files.

    Args:
        notes: in what order the days of which file were read, and why.
        problems: errors, where that cannot be told.
    """

    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def tabulate_day_orders(engine: Engine, said_days: str, told: DayOrder | None, **parameters: Any) -> OrdersOfFiles:
    """Make the table `day_orders` of the files whose days do not begin with their year; a day above twelve decides.

    Args:
        said_days: SQL of common tables, the last of them `said_days` with `_file` and `said_day` of each row.
        told: what the user says comes first.
        parameters: of that SQL.
    """
    found = typed(engine.rows(f"{said_days}\n{query('tumen.record.readers', 'day_forms')}", **parameters), DayForm)
    read = [(form, told or form.shows) for form in found]
    kept = [(form, order) for form, order in read if order in _WORDS and not _denied(form, order)]
    tabulate_orders(engine, {form._file: order for form, order in kept})
    wrong = tuple(_undecided(form, told) for form, order in read if (form, order) not in kept)
    return OrdersOfFiles(tuple(_note(form, order, told) for form, order in kept), wrong)


def tabulate_orders(engine: Engine, orders: dict[str, DayOrder]) -> None:
    """Make the table `day_orders`: `file` and `first`, `day-first` or `month-first`."""
    columns: dict[str, Sequence[str]] = {"file": list(orders), "first": [order.value for order in orders.values()]}
    tabulate(engine, "day_orders", columns)


def _denied(form: DayForm, order: DayOrder) -> bool:
    """Whether a file's days cannot be in an order."""
    return form.over_first if order is DayOrder.MONTH_FIRST else form.over_second


def _note(form: DayForm, order: DayOrder, told: DayOrder | None) -> str:
    why = "as --dates says" if told else f"as {form.example} shows"
    return f"Days were read with {_WORDS[order]}, {why}: {form._file}."


def _undecided(form: DayForm, told: DayOrder | None) -> Problem:
    """The error of a file whose days could be others."""
    fix = "Say which comes first: --dates day-first or --dates month-first."
    got = f"days such as '{form.example}', of which the first number may be the day or the month"
    if form.over_first and form.over_second:
        got = f"days such as '{form.example}', of which some begin with the day and some with the month"
        fix = "Write them as YYYY-MM-DD."
    elif told:
        got = f"'{form.example}', which is no day with {_WORDS[told]}"
        fix = "Leave --dates out, or give the other word."
    return Problem(
        Place(form._file), got=got, expected="a number above 12 that shows which is which", fix=fix, slug="day-order"
    )
