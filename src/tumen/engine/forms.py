"""Forms of rows as SQL has them: what a frozen dataclass has for fields, a table has for columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

from tumen.engine.queries import Engine

_SQL: Mapping[Any, str] = {
    str: "VARCHAR",
    int: "BIGINT",
    float: "DOUBLE",
    bool: "BOOLEAN",
    dt.datetime: "TIMESTAMP",
}
_EMPTY: Mapping[str, Any] = {"VARCHAR": "", "BIGINT": 0, "DOUBLE": 0.0, "BOOLEAN": False}


def column_types(form: type[Any]) -> Mapping[str, str]:
    """SQL type of each field, by name, in the order in which they are declared.

    Args:
        form: a dataclass whose fields are texts, words of a choice, numbers, flags or times, or None.

    Raises: KeyError where a field is of another type.

    Example:
        >>> from dataclasses import dataclass
        >>> @dataclass(frozen=True)
        ... class Ship:
        ...     mmsi: int
        ...     name: str | None
        >>> column_types(Ship)
        {'mmsi': 'BIGINT', 'name': 'VARCHAR'}
    """
    return {name: _sql_type(hint) for name, hint in get_type_hints(form).items()}


def put_rows(engine: Engine, table: str, form: type[Any], rows: Sequence[Any]) -> None:
    """Make a table with a column for every field of a form; see `Engine.tabulate`.

    Args:
        rows: each has the fields of the form, and may have more; None is null.
    """
    types = column_types(form)
    engine.tabulate(table, types, {name: _cells([getattr(row, name) for row in rows], types[name]) for name in types})


def _sql_type(hint: Any) -> str:
    either = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    (kind,) = (one for one in either if one is not NoneType)
    return _SQL[str if get_origin(kind) is Literal else kind]


def _cells(values: Sequence[Any], kind: str) -> NDArray[Any]:
    """Cells of one column; None is masked."""
    if kind == "TIMESTAMP":
        return np.array(values, dtype=np.datetime64(0, "us").dtype)
    empty = _EMPTY[kind]
    filled = np.array([empty if value is None else value for value in values], dtype=type(empty))
    return np.ma.masked_array(filled, mask=[value is None for value in values])
