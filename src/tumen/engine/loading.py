"""Pieces of SQL by which files become tables: the columns of a schema out of those that a file has."""

from __future__ import annotations

from collections.abc import Mapping

from tumen.engine.queries import FilePart

#: Holds every whole number of eighteen digits, and what a cell has behind its point.
_FRACTIONAL = "DECIMAL(27,9)"


def packed_file(link: str) -> str:
    """SQL that reads a file of Parquet; what its path looks like says nothing of its columns."""
    return f"read_parquet('{link}', hive_partitioning = false)"


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
            return f'cast(null as {kind}) as "{name}"'
        return f'"{name}"' if (stored or {}).get(name) == kind else f'{cast}("{name}" as {kind}) as "{name}"'

    return ", ".join(item(name, kind) for name, kind in columns.items())


def as_read(kind: str) -> str:
    """The type as which a CSV's cells are first read: a whole number with its fraction, for a cast would round it."""
    return _FRACTIONAL if kind == "BIGINT" else kind


def not_of(name: str, kind: str) -> str:
    """SQL for a stored value that is not of a type; one with a fraction is no whole number."""
    is_null = f'"{name}" is not null and try_cast("{name}" as {kind}) is null'
    has_fraction = f'try_cast("{name}" as {kind}) <> try_cast("{name}" as {_FRACTIONAL})'
    return f"({is_null} or coalesce({has_fraction}, false))" if kind == "BIGINT" else f"({is_null})"


def quoted(text: str) -> str:
    """A text in SQL, whatever it holds."""
    return "'" + text.replace("'", "''") + "'"
