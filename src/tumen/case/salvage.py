"""A part of a case of which some keys cannot be read, as far as it can be: so that all else in it is checked too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from tumen.case.model import Placed
from tumen.case.validating import as_model

S = TypeVar("S", bound=Placed)


def salvaged(model: type[S], value: Any, instead: Mapping[str, Any]) -> S | None:
    """A part as far as it can be read, which says which keys could not be.

    Args:
        model: of the part.
        value: what the author wrote, of which something is wrong.
        instead: what stands in for a required key that is missing or cannot be read.

    Returns: None where a required key cannot be read for which nothing stands in, or keys do not go together.
    """
    if not isinstance(value, Mapping):
        return None
    at_fault = _at_fault(model, value)
    rest = {key: one for key, one in value.items() if key not in at_fault}
    rest |= {key: one for key, one in instead.items() if key in at_fault}
    try:
        return as_model(model, rest).without(at_fault)
    except ValidationError:
        return None


def _at_fault(model: type[Placed], value: Mapping[str, Any]) -> frozenset[str]:
    """The keys at the top of a part that are missing, unknown or cannot be read."""
    try:
        as_model(model, value)
    except ValidationError as error:
        return frozenset(str(one["loc"][0]) for one in error.errors(include_url=False) if one["loc"])
    return frozenset()
