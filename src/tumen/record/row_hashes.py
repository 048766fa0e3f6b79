"""What a table of the record says, in whatever order, files and form its rows lie: their values under one hash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from tumen.engine.queries import Engine, typed
from tumen.record.columns import Table


@dataclass(frozen=True)
class _Sum:
    """How many rows a table has, and the sums of both halves of their hashes."""

    name: str
    rows: int
    low: int | None
    high: int | None


def row_hashes(engine: Engine, tables: Mapping[str, Table], rejected: Mapping[str, int]) -> dict[str, str]:
    """Hash of the rows of each table that has some. Each value changes it; neither the order of the rows does, nor
    that of the columns, nor the files that hold them.

    Args:
        engine: where the tables are.
        rejected: rows left out because a cell could not be read, by table; they count by their number.
    """
    if not tables:
        return {}
    sums = typed(engine.inspect(" union all ".join(map(_summed, tables.values()))), _Sum)
    said = {one.name: f"{one.rows} {one.low} {one.high} {rejected.get(one.name, 0)}" for one in sums}
    counts = {one.name: one.rows + rejected.get(one.name, 0) for one in sums}
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in said.items() if counts[name]}


def _summed(table: Table) -> str:
    """SQL that sums the hashes of a table's rows, so that none has to wait for another and equal rows all count."""
    cells = " || ".join(_cell(column.name, column.type) for column in table.columns)
    return (
        f"select '{table.name}' as name, count(*) as rows, sum(md5_number_lower(cells)) as low, "  # noqa: S608
        f'sum(md5_number_upper(cells)) as high from (select {cells} as cells from "{table.name}")'
    )


def _cell(name: str, kind: str) -> str:
    """SQL that writes a cell in one way only: texts with their length before them, since they may hold anything."""
    value = f'strlen("{name}") || \':\' || "{name}"' if kind == "text" else f"cast(\"{name}\" as varchar) || '|'"
    return f"coalesce({value}, '|')"
