"""What a row says, whatever it and its source are called: what errors are keyed by, and what breaks ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from tumen.record.read import Record

T = TypeVar("T")

#: Columns that name a row or a source, and say nothing of the world.
_NAMES = frozenset({"id", "source", "duplicate_of", "row_id"})

#: Stands before every number.
_FIRST = float("-inf")


def row_cells(row: Any) -> Mapping[str, Any]:
    """Cells of a row by column, whether it is a mapping or a dataclass with a field a column."""
    return row if isinstance(row, Mapping) else vars(row)


def said(row: Any, columns: Iterable[str] = ()) -> tuple[str, ...]:
    """What some columns of a row say, as text that does not depend on the engine; all but its names where none is
    given.

    Example:
        >>> said({"id": "a", "source": "s", "value": 3, "note": None})
        ('', '3.0')
    """
    mine = row_cells(row)
    return tuple(_plain(mine[name]) for name in (columns or sorted(set(mine) - _NAMES)))


def _plain(value: Any) -> str:
    """A number as it is whatever type an engine gives it; all else as it is written."""
    if value is None:
        return ""
    return repr(float(value)) if isinstance(value, int | float | Decimal) else str(value)


def _size(value: Any) -> tuple[float, str]:
    """Where a value stands among others of its column; nothing stands first."""
    if value is None or type(value) is str:
        return (_FIRST, value or "")
    return (float(value), "") if isinstance(value, int | float | Decimal) else (_FIRST, str(value))


def in_order(rows: Sequence[T], record: Record) -> list[T]:
    """Rows by the grade of their source, the best first, then by what they say, then by what their source is.

    Whoever takes the first of several that are as good as each other takes the same one whatever they are called.
    Numbers are in order of size, so that a change of unit changes nothing.
    """
    if len(rows) < 2:
        return list(rows)
    columns = sorted({name for row in rows for name in row_cells(row)} - _NAMES)

    def place(one: T) -> tuple[tuple[Any, ...], ...]:
        row = row_cells(one)
        source = record.sources[str(row["source"])]
        about = (source.publisher, source.title, source.url, source.published)
        return (source.reliability, source.credibility), tuple(_size(row[name]) for name in columns), about

    return sorted(rows, key=place)


def keys(rows: Sequence[Any], columns: Sequence[str]) -> list[tuple[str, ...]]:
    """What tells each row's errors from those of others: what some columns say, numbered where several say the same.

    Args:
        columns: of whom and when, and not how much, so that another unit draws the same errors.
        rows: in the order in which those that say the same are numbered; see `in_order`.

    Example:
        >>> keys([{"host": "AAA"}, {"host": "BBB"}, {"host": "AAA"}], ["host"])
        [('AAA',), ('BBB',), ('AAA', '2')]
    """
    met: Counter[tuple[str, ...]] = Counter()
    found = []
    for row in rows:
        key = said(row, columns)
        met[key] += 1
        found.append((*key, str(met[key])) if met[key] > 1 else key)
    return found
