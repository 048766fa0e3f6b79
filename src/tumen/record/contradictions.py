"""Rows of one publisher that contradict each other, told with all their figures: nothing says which of them counts."""

from __future__ import annotations

from collections.abc import Sequence

from tumen.counting import counted
from tumen.errors import Place, Problem
from tumen.record.prints import Earlier
from tumen.record.read import Record
from tumen.record.row_places import RowPlaces, row_places, rows_said

#: So many contradictions of a table are told one by one, and of each so many rows.
SHOWN_OF_A_TABLE, _ROWS = 3, 4

_FIX = (
    "Fill in published, mark one row quality = conflict, or give parts of one figure as one row. "
    "Until then none of them counts alone."
)


def contradictions(record: Record) -> list[Problem]:
    """A warning for the first figures that one publisher prints in different ways, and one that counts the rest.

    Args:
        record: as it was known by the case's day.
    """
    told = {name: one.against[:SHOWN_OF_A_TABLE] for name, one in record.revised.items() if one.against}
    if not told:
        return []
    each = [(name, [row.id for row in rows[:_ROWS]]) for name, found in told.items() for rows in found]
    places = row_places(record, each)
    problems = []
    for name, found in told.items():
        problems += [_contradiction(name, rows, places, record) for rows in found]
        if more := len(record.revised[name].against) - len(found):
            problems.append(_more(name, more))
    return problems


def _contradiction(table: str, rows: Sequence[Earlier], places: RowPlaces, record: Record) -> Problem:
    ids = [row.id for row in rows[:_ROWS]]
    hidden = record.redaction.rows(table, ids)
    at = [places[table, name] for name in ids]
    said = "" if hidden else f", {' against '.join(_figures(row) for row in rows[:_ROWS])}"
    more = f" and {counted(len(rows) - _ROWS, 'more row')}" if len(rows) > _ROWS else ""
    return Problem(
        at[0],
        got=f"{counted(len(rows), 'row')} of {table} in which one publisher contradicts itself{said} "
        f"({rows_said(ids, at, hidden)}{more})",
        expected="one figure of a publisher for the same thing, or dates of publication that tell which is the later",
        fix=_FIX,
        slug="figure-twice",
        severity="warning",
    )


def _figures(row: Earlier) -> str:
    """What a row prints: "98,000,000", or of several figures "low 3, high 5"."""
    if len(set(row.values.values())) == 1:
        return f"{next(iter(row.values.values())):,.15g}"
    return " and ".join(f"{name} {value:,.15g}" for name, value in row.values.items())


def _more(table: str, number: int) -> Problem:
    return Problem(
        Place(f"record/{table}.csv"),
        got=f"{counted(number, 'more figure')} of {table} in which one publisher contradicts itself",
        expected="one figure of a publisher for the same thing, or dates of publication that tell which is the later",
        fix=_FIX,
        slug="figure-twice",
        severity="warning",
        stands_for=number,
    )
