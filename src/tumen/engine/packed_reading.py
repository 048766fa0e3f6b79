"""A file of Parquet as a view of a table's columns, and its cells that are not of their column's type."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from tumen.budgets import UNREADABLE_ROWS
from tumen.engine.loading import (
    ROW_NUMBER,
    column_name,
    not_of,
    numbered_file,
    packed_file,
    projection,
    quoted,
    unlike_cells,
)
from tumen.engine.queries import FilePart, Reject
from tumen.engine.rejects import few, unlike

#: Has the engine carry out SQL.
Execute = Callable[[str], Any]


def view_packed(execute: Execute, view: str, columns: Mapping[str, str], part: FilePart, link: str) -> list[Reject]:
    """Make a view of a file of Parquet without the rows that hold a cell of another type, and name those cells.

    Args:
        columns: of the table, name to SQL type.
        link: where the engine finds the file.
    """
    source = packed_file(link)
    stored = {str(name): str(kind) for name, kind, *_ in execute(f"describe select * from {source}").fetchall()}  # noqa: S608 - ours
    bad = " or ".join(not_of(name, kind, stored[name]) for name, kind in part.columns if kind and stored[name] != kind)
    keep = projection(columns, part, "try_cast", stored)
    if "id" in columns and "id" not in stored:
        keep = keep.replace('cast(null as VARCHAR) as "id"', f'cast({ROW_NUMBER} as VARCHAR) as "id"')
        source = numbered_file(link)
    where = f" where not coalesce({bad}, false)" if bad else ""
    shown = quoted(part.shown)
    execute(f"create or replace view {view} as select {keep}, {shown} as _file from {source}{where}")  # noqa: S608 - quoted
    if not bad:
        return []
    ((lost,),) = execute(f"select count(*) from {source} where {bad}").fetchall()  # noqa: S608 - quoted
    return _unlike(execute, part, link, stored, int(lost)) if lost else []


def _unlike(execute: Execute, part: FilePart, link: str, stored: Mapping[str, str], lost: int) -> list[Reject]:
    """Each cell with its row's number, unless a column of the file has the name under which rows are numbered."""
    if ROW_NUMBER in stored:
        return few(part, [Reject(part.shown, 0, None, "a cell is not of its column's type")] * lost)
    found = execute(unlike_cells(link, part, stored, UNREADABLE_ROWS + 1)).fetchall()
    return few(
        part, [Reject(part.shown, int(row), name, unlike(text, kind, stored[name])) for row, name, kind, text in found]
    )


def packed_cells(execute: Execute, part: FilePart, link: str, records: Collection[int]) -> dict[int, dict[str, str]]:
    """Cells of some rows of a file of Parquet as text, by the row's number from 1 and the column."""
    if not records:
        return {}
    names = [name for name, kind in part.columns if kind]
    texts = ", ".join(f"coalesce(cast({column_name(name)} as varchar), '')" for name in names)
    wanted = ", ".join(str(int(one)) for one in sorted(records))
    sql = f"select {ROW_NUMBER} + 1, {texts} from {numbered_file(link)} where {ROW_NUMBER} + 1 in ({wanted})"  # noqa: S608 - quoted
    found = execute(sql)
    return {int(row): dict(zip(names, map(str, cells), strict=True)) for row, *cells in found.fetchall()}
