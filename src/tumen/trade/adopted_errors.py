"""What a case says of the errors of trade figures: whether the record knows of whom, and what a row is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from tumen.case.error_parts import TableErrors
from tumen.errors import Place, Problem, did_you_mean
from tumen.judge.evaluated import Evaluated
from tumen.kind import Checked
from tumen.measure.estimate import Used
from tumen.measure.setting import adopted
from tumen.record.read import Record
from tumen.trade.figure_errors import Flow
from tumen.trade.tables import TABLES

#: Tables whose rows have a publisher and take errors.
_TAKING = tuple(table.name for table in TABLES if table.errors)

#: Columns by which rows can be told from others.
_COLUMNS = ("territory", "partner")

_FLOWS = get_args(Flow)


@dataclass(frozen=True)
class _Publisher:
    """A publisher of a table's figures."""

    publisher: str


def error_problems(checked: Checked) -> list[Problem]:
    """Publishers that no row has, and figures and columns that there are not."""
    if not checked.sound:
        return []
    given = [(table, checked.case.header.errors[table]) for table in _TAKING if table in checked.case.header.errors]
    return [p for table, errors in given for p in _problems(table, errors, checked)]


def _problems(table: str, errors: TableErrors, checked: Checked) -> Iterator[Problem]:
    known = _publishers(table, checked.whole)
    for part, names in _named(errors).items():
        for number, name in enumerate(names):
            if name not in known:
                yield _unknown(Place("case.toml", checked.case.header.line("errors", table, part, number)), name, known)
    columns = {"publisher": [one.where for one in errors.publisher], "differs": [one.where for one in errors.differs]}
    for part, each in columns.items():
        for number, where in enumerate(each):
            place = Place("case.toml", checked.case.header.line("errors", table, part, number, "where"))
            yield from (_strange(place, "column", name, _COLUMNS) for name in where if name not in _COLUMNS)
    for number, one in enumerate(errors.differs):
        place = Place("case.toml", checked.case.header.line("errors", table, "differs", number, "figures"))
        yield from (_strange(place, "figure", name, _FLOWS) for name in one.figures if name not in _FLOWS)


def _named(errors: TableErrors) -> dict[str, list[str]]:
    """Publishers, by the part that names them."""
    return {
        "publisher": [one.name for one in errors.publisher],
        "differs": [one.publisher for one in errors.differs],
        "repeats": [one.publisher for one in errors.repeats],
    }


def _publishers(table: str, record: Record) -> list[str]:
    asked = f'select distinct publisher from "{table}" order by publisher nulls last'  # noqa: S608 - a name of ours
    rows = record.answers.rows(asked, _Publisher)
    return [row.publisher for row in rows]


def _unknown(place: Place, name: str, known: Sequence[str]) -> Problem:
    return Problem(
        place,
        got=f"errors of publisher '{name}'",
        expected="a publisher of the table",
        fix=did_you_mean(name, known),
        slug="errors-publisher-unknown",
        severity="warning",
    )


def _strange(place: Place, what: str, name: str, allowed: Sequence[str]) -> Problem:
    return Problem(
        place,
        got=f"{what} '{name}'",
        expected=f"one of {', '.join(allowed)}",
        fix=did_you_mean(name, allowed),
        slug="bad-value",
    )


def error_traces(used: Used, evaluated: Evaluated) -> list[str]:
    """The errors that a case adopted for a row's publisher, in words; nothing where its source's grade stands."""
    declared = evaluated.case.header.errors
    if used.table not in _TAKING or used.table not in declared:
        return []
    row = dict(zip(_COLUMNS, used.actors, strict=False))
    error = adopted(declared[used.table]).of(used.publisher, row)
    if error is None:
        return []
    return [
        f"errors that the case adopted: a lasting bias of {100 * error.bias:.3g} per cent for this flow of "
        f"{used.publisher}, a noise of {100 * error.noise:.3g} per cent for each figure"
    ]
