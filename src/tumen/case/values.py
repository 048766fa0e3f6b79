"""What a file of a case says, whatever it looks like: its values under one hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def values_hash(body: Mapping[str, Any]) -> str:
    """Hash of parsed TOML. Comments, spaces and the order of keys do not change it; each value does, and the order of
    what stands in an array.

    Args:
        body: as `tomllib` gives it.

    Example:
        >>> values_hash({"a": 1, "b": [2.0]}) == values_hash({"b": [2.0], "a": 1})
        True
        >>> import datetime as dt
        >>> values_hash({"a": "2024-01-01"}) == values_hash({"a": dt.date(2024, 1, 1)})
        False
    """
    return hashlib.sha256(_written(body).encode("utf-8")).hexdigest()


def _written(value: Any) -> str:
    """A value in one way only. Texts stand in quotes, so that none is written like a date or a number."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json.dumps(key)}:{_written(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_written, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value)
    return hex(value) if type(value) is int else repr(value)  # there is no limit to the digits of a hex
