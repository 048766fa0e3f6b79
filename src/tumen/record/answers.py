"""What was asked of a record, and what it answered."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tumen.engine.queries import Engine, typed

T = TypeVar("T")


@dataclass(frozen=True)
class Answers:
    """Answers of an engine's tables, which do not change: what was asked before is not asked again.

    Args:
        kept: the answers so far, by the query, its parameters and the form of its rows.
        made: what was made of answers so far, by what names it.
    """

    engine: Engine
    kept: dict[tuple[str, str, type[Any]], Sequence[Any]] = field(default_factory=dict, repr=False, compare=False)
    made: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def rows(self, text: str, form: type[T], **parameters: Any) -> Sequence[T]:
        """Rows of a query, each as its form; see `tumen.engine.queries.typed`."""
        asked = (text, repr(sorted(parameters.items())), form)
        if asked not in self.kept:
            self.kept[asked] = tuple(typed(self.engine.rows(text, **parameters), form))
        return self.kept[asked]

    def once(self, named: Hashable, make: Callable[[], T]) -> T:
        """What is made of answers, made once.

        Args:
            named: names it, and all that it is made with.
        """
        if named not in self.made:
            self.made[named] = make()
        made: T = self.made[named]
        return made
