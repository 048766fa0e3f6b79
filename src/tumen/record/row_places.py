"""Where rows of a record lie, so that a message can name all that it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tumen.engine.loading import quoted
from tumen.engine.queries import typed
from tumen.errors import Place
from tumen.record.read import Record
from tumen.record.table_files import RecordFile
from tumen.record.table_text import lines_of_ids

#: Places of rows, by their table and id.
RowPlaces = Mapping[tuple[str, str], Place]


@dataclass(frozen=True)
class _Lies:
    """A row and its file."""

    id: str
    file: str


def row_places(record: Record, named: Iterable[tuple[str, Sequence[str]]]) -> RowPlaces:
    """Where some rows lie.

    Args:
        named: ids, with the table that they are of; few, for each file that holds one is read.

    Returns: a line too where the file is a CSV.
    """
    by_table: dict[str, set[str]] = defaultdict(set)
    for table, mine in named:
        by_table[table] |= set(mine)
    found: dict[tuple[str, str], Place] = {}
    for table, ids in by_table.items():
        listed = ", ".join(quoted(name) for name in sorted(ids))
        lie = typed(record.engine.inspect(f'select id, _file as file from "{table}" where id in ({listed})'), _Lies)  # noqa: S608
        for shown in sorted({row.file for row in lie}):
            here = [row.id for row in lie if row.file == shown]
            lines = _lines(record, table, shown, here)
            found |= {(table, name): Place(shown, one[0] if (one := lines.get(name, [])) else None) for name in here}
    return found


def _lines(record: Record, table: str, shown: str, ids: Sequence[str]) -> dict[str, list[int]]:
    path = record.files.get(shown)
    return lines_of_ids(RecordFile(table, path, shown), ids) if path and path.suffix.lower() == ".csv" else {}


def rows_said(ids: Sequence[str], at: Sequence[Place], hidden: Mapping[str, str]) -> str:
    """Rows in words, each but the first with its place, for the first one's stands before the message.

    Args:
        hidden: the ids under which rows are shown that may not be named.

    Example:
        >>> rows_said(["a", "b"], [Place("t.csv", 2), Place("t.csv", 3)], {})
        "row 'a', row 'b' at t.csv:3"
    """
    named = [hidden.get(name, name) for name in ids]
    return ", ".join(
        f"row '{name}'" + (f" at {place}" if n else "") for n, (name, place) in enumerate(zip(named, at, strict=True))
    )
