"""Days and numbers of a table as people write them, read where their column says how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tumen.errors import Place, Problem
from tumen.record.columns import Table
from tumen.record.readers.written import DayOrder, NumberForm, day_read, number_form, order_of_days, plain_number

#: Most different cells of a column that say how it is written.
_MOST_LOOKED_AT = 5_000

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_PLAIN = re.compile(r"[+-]?\d+")
_MIDNIGHT = re.compile(r"(.*\d)[T ]0{1,2}:00(?::00(?:\.0+)?)?(?:Z|\+00:?00)?")
_GROUPED = re.compile(r"[+\-\u2212]?\d{1,3}([.,\u00a0\u202f\u2009 '\u2019])\d{3}(?:\1\d{3})*(?:[.,]\d*)?")
_UNGROUPED = re.compile(r"[+\-\u2212]?\d+(?:[.,]\d*)?(?:[eE][+\-]?\d+)?")
_THREE = re.compile(r"[+\-\u2212]?[1-9]\d{0,2}[.]\d{3}")
_SAYING = {DayOrder.DAY_FIRST: "days written day first", DayOrder.MONTH_FIRST: "days written month first"}
_UNTOLD = (DayOrder.UNDECIDED, DayOrder.CONTRADICTORY)


@dataclass(frozen=True)
class CellForms:
    """How the cells of a table are written.

    Args:
        days: the order of each column of days that has one.
        numbers: the form of each column of numbers that is not written as ours.
        unclear: columns whose cells cannot be told.
        said: what is unusual, in words for a user.
    """

    days: Mapping[str, DayOrder]
    numbers: Mapping[str, NumberForm]
    problems: tuple[Problem, ...] = ()
    unclear: frozenset[str] = frozenset()
    said: tuple[str, ...] = field(default=())

    def plain(self, column: str, cell: str) -> str:
        """A cell as ours are written, where that is certain; else as it stands."""
        if column in self.days and cell and not _ISO.fullmatch(cell):
            return _day(cell, self.days[column])
        if column in self.numbers and cell and not _PLAIN.fullmatch(cell):
            return _number(cell, self.numbers[column])
        return cell


def _day(cell: str, order: DayOrder) -> str:
    at_midnight = _MIDNIGHT.fullmatch(cell)
    day = day_read(at_midnight[1] if at_midnight else cell, order)
    return day.isoformat() if day else cell


def _number(cell: str, form: NumberForm) -> str:
    if not form.certain or not (_GROUPED.fullmatch(cell) or _UNGROUPED.fullmatch(cell)):
        return cell
    return plain_number(cell, form)


def forms_of(
    shown: str, table: Table, names: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], separator: str
) -> CellForms:
    """How the days and numbers of a table are written; what one column does not say, the others of the file may.

    Args:
        shown: the file, as the author knows it.
        names: of its columns.
        separator: what parts its cells. Semicolons do where commas part the fraction.

    Returns: with an error for each column of days or numbers that nothing decides.
    """
    kinds = {c.name: c.type for c in table.columns if c.type in ("date", "whole", "number", "money")}
    seen = _seen(names, kinds, rows)
    days = {name: order_of_days(cells) for name, cells in seen.items() if kinds[name] == "date"}
    numbers = {name: _form(list(cells), separator) for name, cells in seen.items() if kinds[name] != "date"}
    told = set(days.values()) & set(_SAYING)
    if len(told) == 1:
        (order,) = told
        days = {name: order if one is DayOrder.UNDECIDED else one for name, one in days.items()}
    every = _form([cell for name in numbers for cell in seen[name]], separator)
    if every.certain:
        numbers = {name: one if one.certain else every for name, one in numbers.items()}
    problems = [_unclear_days(shown, name, seen[name], one) for name, one in days.items() if one in _UNTOLD]
    problems += [_unclear_number(shown, name, seen[name]) for name, one in numbers.items() if not one.certain]
    unclear = {name for name, one in days.items() if one in _UNTOLD}
    unclear |= {name for name, one in numbers.items() if not one.certain}
    return CellForms(days, numbers, tuple(problems), frozenset(unclear), _said(days, numbers))


def _seen(
    names: Sequence[str], kinds: Mapping[str, str], rows: Iterable[tuple[int, Sequence[str]]]
) -> dict[str, dict[str, int]]:
    """The cells of each column of days or numbers that are not written as ours, once each, with their first line."""
    places = [(n, name, _ISO if kinds[name] == "date" else _PLAIN) for n, name in enumerate(names) if name in kinds]
    seen: dict[str, dict[str, int]] = {name: {} for _, name, _ in places}
    for line, cells in rows:
        for n, name, usual in places:
            cell = cells[n].strip() if n < len(cells) else ""
            if cell and not usual.fullmatch(cell) and len(seen[name]) < _MOST_LOOKED_AT:
                seen[name].setdefault(cell, line)
    return seen


def _form(cells: Sequence[str], separator: str) -> NumberForm:
    """How numbers are written; beside semicolons, a point before three digits may part thousands."""
    form = number_form(cells)
    doubtful = [cell for cell in cells if _THREE.fullmatch(cell)]
    if separator == ";" and form == NumberForm() and doubtful and len(doubtful) == len([c for c in cells if "." in c]):
        return NumberForm(certain=False)
    return form


def _said(days: Mapping[str, DayOrder], numbers: Mapping[str, NumberForm]) -> tuple[str, ...]:
    orders = {one for one in days.values() if one in _SAYING}
    forms = [one for one in numbers.values() if one.certain]
    parted = {one.thousands for one in forms if one.thousands}
    return (
        *sorted(_SAYING[one] for one in orders),
        *(["decimal commas"] if any(one.decimal == "," for one in forms) else []),
        *(["thousands parted by commas"] if "," in parted else []),
        *(["thousands parted by points"] if "." in parted else []),
    )


def _unclear_days(shown: str, column: str, cells: Mapping[str, int], order: DayOrder) -> Problem:
    cell, line = next((c, n) for c, n in cells.items() if order_of_days([c]) is not DayOrder.NONE)
    why = "other cells of the column contradict each other" if order is DayOrder.CONTRADICTORY else "none is above 12"
    return Problem(
        Place(shown, line),
        got=f"{column} = '{cell[:60]}', in which day or month may come first: {why}",
        expected="days as 2024-01-31",
        fix=f"Write the whole column {column} so.",
        slug="days-undecided",
    )


def _unclear_number(shown: str, column: str, cells: Mapping[str, int]) -> Problem:
    cell, line = next((c, n) for c, n in cells.items() if _THREE.fullmatch(c.replace(",", ".")) or "," in c)
    return Problem(
        Place(shown, line),
        got=f"{column} = '{cell[:60]}', in which the mark may part thousands or the fraction",
        expected="numbers as 1234.5",
        fix=f"Write the whole column {column} so.",
        slug="numbers-undecided",
    )
