"""A case read for a command that asks its record more than its claims do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tumen.errors import ProblemsError

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from tumen.budgets import Budgets
    from tumen.case.load import Case
    from tumen.record.read import Record


@contextmanager
def sound_case(
    folder: Path, allow: Sequence[Path], plugins: bool | None, budgets: Budgets, as_of: dt.date | None
) -> Iterator[tuple[Case, Record]]:
    """A case and its record as they stand on a day; the record can be asked inside the block.

    Args:
        folder: of the case.
        allow, plugins, budgets, as_of: as in `tumen.prepare.prepare`.

    Raises: ProblemsError with its errors, where it has any.
    """
    from tumen.engine.backends import open_engine
    from tumen.prepare import prepare

    engine = open_engine()
    try:
        read = prepare(folder, engine, allow, plugins=plugins, budgets=budgets, as_of=as_of)
        errors = [p for p in read.problems if p.severity == "error"]
        if read.case is None or read.record is None or errors:
            raise ProblemsError(errors or read.problems)
        yield read.case, read.record
    finally:
        engine.close()
