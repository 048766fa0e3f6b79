"""What a reader should know of figures that their publisher printed anew."""

from __future__ import annotations

from collections.abc import Sequence

from tumen.counting import counted, named_few
from tumen.errors import Place, Problem
from tumen.prepare import Prepared


def reprinted(prepared: Prepared) -> list[Problem]:
    """Warnings of rows that a later print replaces."""
    record = prepared.record
    if record is None:
        return []
    public = record.redaction.public
    problems: list[Problem] = []
    for name, found in record.revised.items():
        sources = {one.id: one.source for before in found.earlier.values() for one in before}
        named = [row for row in found.replaced if sources.get(row) in public]
        problems += [_replaced(name, len(found.replaced), named)] if found.replaced else []
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


def _names(rows: Sequence[str]) -> str:
    return f" ({named_few(rows)})" if rows else ""
