"""When the rows behind an estimate became known, and what had been printed before them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tumen.engine.loading import quoted
from tumen.measure.estimate import Used
from tumen.record.read import Record

#: Of a table of so many rows all dates are asked for at once, for whoever asks next.
_FEW = 10_000


@dataclass(frozen=True)
class _Published:
    """A row that says itself when it became known."""

    id: str
    published: str


def with_publication(used: tuple[Used, ...], record: Record) -> tuple[Used, ...]:
    """Rows that were used, each with its own date of publication and what it replaces.

    Limits: of rows that were summed into one entry neither is said.
    """
    tables = {row.table for row in used}
    if not tables & (record.dated | record.revised.keys()):
        return used
    own = {table: _own(record, table, used) for table in tables & record.dated}
    return tuple(
        replace(
            row,
            published=own.get(row.table, {}).get(row.id, ""),
            before=record.revised[row.table].earlier.get(row.id, ()) if row.table in record.revised else (),
        )
        for row in used
    )


def _own(record: Record, table: str, used: Sequence[Used]) -> dict[str, str]:
    """Dates of publication that rows of a table give themselves, by id."""
    if record.tables[table].column("id") is None:
        return {}
    wanted = "" if record.rows.get(table, 0) <= _FEW else _among(row.id for row in used if row.table == table)
    sql = f'select id, published from "{table}" where published is not null{wanted} order by id'  # noqa: S608
    return {row.id: row.published for row in record.answers.rows(sql, _Published)}


def _among(ids: Iterable[str]) -> str:
    return f" and id in ({', '.join(quoted(name) for name in sorted(set(ids)))})"
