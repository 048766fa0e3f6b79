"""What a further file of a case holds: its own keys, and its parts by kind, each of which knows its lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from tumen.budgets import TOML_PROBLEMS, unread
from tumen.case.lines import KeyPath, lines_of_parts
from tumen.case.model import Placed
from tumen.case.validating import validated
from tumen.errors import Problem

T = TypeVar("T", bound=BaseModel)


def read_further(
    form: type[T], models: Mapping[str, type[Placed]], body: Mapping[str, Any], lines: Mapping[KeyPath, int], file: str
) -> tuple[tuple[T, Mapping[str, tuple[Any, ...]]] | None, list[Problem]]:
    """The keys at the top of a file and its parts, or None, and every reason why they are not what they should be.

    Args:
        form: of the keys at its top; each kind of part is one of them, as an array of tables.
        models: of the parts, by what the file calls them.
        body, lines, file: its keys, the line of each, and its name.
    """
    top, problems = validated(form, body, file, lines)
    parts: dict[str, list[Placed]] = {kind: [] for kind in models}
    own = lines_of_parts(lines)
    for kind, model in models.items():
        items = getattr(top, kind) if top else body.get(kind, ())
        for number, item in enumerate(items if isinstance(items, list | tuple) else ()):
            if len(problems) > TOML_PROBLEMS:
                return None, [*problems, unread(file)]
            part, more = validated(model, item, file, lines, (kind, number))
            problems += more
            if part is not None:
                parts[kind].append(part.placed(own.get((kind, number), {})))
    if problems or top is None:
        return None, problems
    return (top, {kind: tuple(each) for kind, each in parts.items()}), []
