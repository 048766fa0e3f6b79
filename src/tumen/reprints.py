"""What a reader should know of figures that one publisher printed more than once with different values."""

from __future__ import annotations

from collections.abc import Sequence

from tumen.counting import counted, named_few
from tumen.errors import Place, Problem
from tumen.prepare import Prepared


def reprinted(prepared: Prepared) -> list[Problem]:
    """Warnings of rows that a later print replaces, and of those of which it cannot be told which is the later."""
    record = prepared.record
    if record is None:
        return []
    public = record.redaction.public
    problems: list[Problem] = []
    for name, found in record.revised.items():
        sources = {one.id: one.source for before in found.earlier.values() for one in before}
        named = [row for row in found.replaced if sources.get(row) in public]
        problems += [_replaced(name, len(found.replaced), named)] if found.replaced else []
        named = [row for row, source in found.unclear.items() if source in public]
        problems += [_unclear(name, len(found.unclear), named)] if found.unclear else []
    return problems


def _replaced(table: str, number: int, named: Sequence[str]) -> Problem:
    return Problem(
        Place(f"record/{table}.csv"),
        got=f"{counted(number, 'row')} of {table} that its publisher had printed anew{_names(named)}",
        expected="what was printed last",
        fix="Such a row is left out as a whole. Give in the later row what still holds of it.",
        slug="figure-replaced",
        severity="warning",
    )


def _unclear(table: str, number: int, named: Sequence[str]) -> Problem:
    return Problem(
        Place(f"record/{table}.csv"),
        got=f"{counted(number, 'row')} of {table} that one publisher printed twice and not alike{_names(named)}",
        expected="dates of publication that tell which is the later",
        fix="Fill in published, or mark one row quality = conflict. Until then the measure takes what is firmest.",
        slug="figure-twice",
        severity="warning",
    )


def _names(rows: Sequence[str]) -> str:
    return f" ({named_few(rows)})" if rows else ""
