"""The system as a kind of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tumen.declaring import Declarations
from tumen.kind import CasePart, Kind
from tumen.system.tables import TABLES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from tumen.errors import Problem
    from tumen.judge.evaluated import Evaluated
    from tumen.kind import Checked
    from tumen.record.left_out import BeyondWall
    from tumen.record.read import Record
    from tumen.system.declared import System


def _checks() -> tuple[Callable[[Checked], Iterable[Problem]], ...]:
    from tumen.system.coded_checks import check_coded
    from tumen.system.system_file import check_profiles

    return (check_profiles, check_coded)


def _known(found: System, _record: Record, _as_of: dt.date) -> tuple[System, BeyondWall]:
    """All of it: what is declared has no day of its own, and its moves stand in the record."""
    from tumen.record.left_out import BeyondWall

    return found, BeyondWall()


def _explain(_evaluated: Evaluated) -> str:
    return ""


def _parts() -> tuple[CasePart, ...]:
    from tumen.case.load import CaseFile
    from tumen.system.conclusion import WORD, conclude
    from tumen.system.declared import FILE, MOST
    from tumen.system.system_file import read_system

    return (
        CasePart(
            file=CaseFile(FILE, MOST, read_system),
            word=WORD,
            claims=lambda _: (),
            dated=lambda _: (),
            behind_wall=_known,
            conclude=conclude,
            explain=_explain,
        ),
    )


KIND = Kind(
    name="system",
    subject="The system",
    declared=Declarations("tumen.system"),
    tables=TABLES,
    checks=_checks,
    parts=_parts,
)
