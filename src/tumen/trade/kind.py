"""Goods trade as a kind of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tumen.declaring import Declarations
from tumen.kind import Kind
from tumen.trade.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tumen.errors import Problem
    from tumen.judge.evaluated import Evaluated
    from tumen.kind import Checked
    from tumen.measure.estimate import Used


def _errors(checked: Checked) -> list[Problem]:
    from tumen.trade.adopted_errors import error_problems

    return error_problems(checked) if checked.case.header.errors else []


def _checks() -> tuple[Callable[[Checked], Iterable[Problem]], ...]:
    return (_errors,)


def _traces(used: Used, evaluated: Evaluated) -> Sequence[str]:
    from tumen.trade.adopted_errors import error_traces

    return error_traces(used, evaluated) if evaluated.case.header.errors else ()


KIND = Kind(
    name="trade",
    subject="Trade",
    declared=Declarations("tumen.trade"),
    tables=TABLES,
    checks=_checks,
    traces=_traces,
)
