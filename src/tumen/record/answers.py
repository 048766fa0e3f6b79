"""What was asked of a record, and what it answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tumen.engine.queries import Engine, typed

T = TypeVar("T")


@dataclass(frozen=True)
class Answers:
    """Answers of an engine's tables, which do not change: what was asked before is not asked again.

    Args:
        kept: the answers so far, by the query, its parameters and the form of its rows.
    """

    engine: Engine
    kept: dict[tuple[str, str, type[Any]], Sequence[Any]] = field(default_factory=dict, repr=False, compare=False)

    def rows(self, text: str, form: type[T], **parameters: Any) -> Sequence[T]:
        """Rows of a query, each as its form; see `tumen.engine.queries.typed`."""
        asked = (text, repr(sorted(parameters.items())), form)
        if asked not in self.kept:
            self.kept[asked] = tuple(typed(self.engine.rows(text, **parameters), form))
        return self.kept[asked]
