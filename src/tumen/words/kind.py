"""Official words as a kind of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tumen.declaring import Declarations
from tumen.kind import Kind
from tumen.words.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tumen.errors import Problem
    from tumen.kind import Checked


def _coders(checked: Checked) -> list[Problem]:
    from tumen.words.coding import check_coders

    return check_coders(checked.record.engine) if checked.sound else []


def _topics(checked: Checked) -> list[Problem]:
    from tumen.words.statements import check_topics

    bound = checked.bound if checked.sound else ()
    return [p for b in bound for p in check_topics(b.claim, b.arguments, checked.record)]


def _checks() -> tuple[Callable[[Checked], Iterable[Problem]], ...]:
    return (_coders, _topics)


KIND = Kind(
    name="words",
    subject="Words",
    declared=Declarations("tumen.words"),
    tables=TABLES,
    checks=_checks,
)
