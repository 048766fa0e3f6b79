"""Days of arguments as TOML gives them, from the texts that tests write."""

from __future__ import annotations

from typing import Any

from tumen.judge.windows import day_of


def unquoted(value: Any) -> Any:
    """A value with days in place of the texts that write them."""
    if isinstance(value, dict):
        return {key: unquoted(inner) for key, inner in value.items()}
    return list(map(unquoted, value)) if isinstance(value, list) else day_of(value) or value
