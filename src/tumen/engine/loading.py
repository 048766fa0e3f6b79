"""Pieces of SQL by which files become tables: the columns of a schema out of those that a file has."""

from __future__ import annotations

from collections.abc import Mapping

from tumen.engine.queries import FilePart

#: Holds every whole number of eighteen digits, and what a cell has behind its point.
_FRACTIONAL = "DECIMAL(27,9)"

#: The column that numbers the rows of a file of Parquet, where it is asked for.
ROW_NUMBER = "file_row_number"

#: The type of an instant. What day it is on hangs on a zone that the file does not name.
INSTANT = "TIMESTAMP WITH TIME ZONE"

_DAY_US = 86_400_000_000

#: What of Parquet is read as a type without a detour, by what its own type begins with; the rest is read as it is
#: written, so that a truth value is no number, and a number no day.
_ALIKE = {
    "DATE": ("DATE", "TIMESTAMP"),
    "BOOLEAN": ("BOOLEAN",),
    "BIGINT": ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "U", "DECIMAL", "FLOAT", "DOUBLE"),
}


def packed_file(link: str) -> str:
    """SQL that reads a file of Parquet; what its path looks like says nothing of its columns."""
    return f"read_parquet('{link}', hive_partitioning = false)"


def numbered_file(link: str) -> str:
    """As `packed_file`, with a column that numbers the rows from 0."""
    return f"read_parquet('{link}', hive_partitioning = false, {ROW_NUMBER} = true)"


def column_name(name: str) -> str:
    """A column's name in SQL, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def projection(
    columns: Mapping[str, str], part: FilePart, cast: str = "cast", stored: Mapping[str, str] | None = None
) -> str:
    """The select list that gives every column of the schema, empty where the file has none."""
    present = {name for name, kind in part.columns if kind}

    def item(name: str, kind: str) -> str:
        if name not in present:
            return f"cast(null as {kind}) as {column_name(name)}"
        if stored is None:
            return f"{cast}({column_name(name)} as {kind}) as {column_name(name)}"
        return f"{_as_kind(name, kind, stored[name])} as {column_name(name)}"

    return ", ".join(item(name, kind) for name, kind in columns.items())


def _as_kind(name: str, kind: str, stored: str) -> str:
    """SQL of a stored value as a type; null where it is not of it. Empty text is an empty cell, as it is in CSV."""
    cell = column_name(name)
    if stored == kind:
        return f"nullif({cell}, '')" if stored == "VARCHAR" else cell
    if stored == INSTANT and kind == "DATE":
        at_midnight = f"epoch_us({cell}) % {_DAY_US} = 0"
        return f"case when {at_midnight} then cast(make_timestamp(epoch_us({cell})) as date) end"
    return f"try_cast({_written(name, kind, stored)} as {kind})"


def _written(name: str, kind: str, stored: str) -> str:
    """SQL of a stored value as what it is cast from."""
    cell = column_name(name)
    if stored == "VARCHAR":
        return f"nullif({cell}, '')"
    alike = kind == "VARCHAR" or stored.startswith(_ALIKE.get(kind, _ALIKE["BIGINT"]))
    return cell if alike else f"cast({cell} as varchar)"


def as_read(kind: str) -> str:
    """The type as which a CSV's cells are first read: a whole number with its fraction, for a cast would round it."""
    return _FRACTIONAL if kind == "BIGINT" else kind


def not_of(name: str, kind: str, stored: str) -> str:
    """SQL for a stored value that is not of a type; one with a fraction is no whole number."""
    written = _written(name, kind, stored)
    is_null = f"{written} is not null and {_as_kind(name, kind, stored)} is null"
    has_fraction = f"try_cast({written} as {kind}) <> try_cast({written} as {_FRACTIONAL})"
    return f"({is_null} or coalesce({has_fraction}, false))" if kind == "BIGINT" else f"({is_null})"


def unlike_cells(link: str, part: FilePart, stored: Mapping[str, str], most: int) -> str:
    """SQL for the cells of a file of Parquet that are not of their column's type: number of the row from 1, column,
    type and what stands there.
    """

    def of(name: str, kind: str) -> str:
        cell = column_name(name)
        text = f"make_timestamp(epoch_us({cell}))" if stored[name] == INSTANT else cell
        return (
            f"select {ROW_NUMBER} + 1 as row, {quoted(name)} as name, {quoted(kind)} as kind, "  # noqa: S608 - quoted
            f"cast({text} as varchar) as text from {numbered_file(link)} where {not_of(name, kind, stored[name])}"
        )

    found = [of(name, kind) for name, kind in part.columns if kind and stored[name] != kind]
    return f"{' union all '.join(found)} order by row, name limit {most}"


def quoted(text: str) -> str:
    """A text in SQL, whatever it holds."""
    return "'" + text.replace("'", "''") + "'"
