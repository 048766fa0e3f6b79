"""The system as a kind of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tumen.declaring import Declarations
from tumen.kind import CasePart, Kind, RunPart, Section
from tumen.system.tables import TABLES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping

    from tumen.errors import Problem
    from tumen.kind import Checked
    from tumen.record.left_out import BeyondWall
    from tumen.record.read import Record
    from tumen.system.theory import System


def _checks() -> tuple[Callable[[Checked], Iterable[Problem]], ...]:
    from tumen.system.coded_checks import check_coded
    from tumen.system.stayed_within import check_stayed_within
    from tumen.system.system_file import check_profiles

    return (check_profiles, check_coded, check_stayed_within)


def _known(found: System, _record: Record, _as_of: dt.date) -> tuple[System, BeyondWall]:
    """All of it: what is declared has no day of its own, and its moves stand in the record."""
    from tumen.record.left_out import BeyondWall

    return found, BeyondWall()


def _parts() -> tuple[CasePart, ...]:
    from tumen.case.load import CaseFile
    from tumen.system.conclusion import SYSTEM_WORD, conclude_system
    from tumen.system.system_file import read_system
    from tumen.system.theory import MOST_PARTS, SYSTEM_FILE
    from tumen.system.walk import explain_system

    return (
        CasePart(
            file=CaseFile(SYSTEM_FILE, MOST_PARTS, read_system),
            word=SYSTEM_WORD,
            claims=lambda _: (),
            dated=lambda _: (),
            behind_wall=_known,
            conclude=conclude_system,
            explain=explain_system,
        ),
    )


def _sections() -> tuple[Section, ...]:
    from tumen.system.system_section import system_content

    return (
        Section(
            package="tumen.system",
            template="the_system.html",
            anchor="the-system",
            title="How the system moves",
            content=system_content,
        ),
    )


def _objects() -> Mapping[str, RunPart]:
    from tumen.system.conclusion import SYSTEM_WORD
    from tumen.system.system_object import SYSTEM_FORM, system_object

    return {SYSTEM_WORD: RunPart(form=SYSTEM_FORM, make=system_object)}


KIND = Kind(
    name="system",
    subject="The system",
    declared=Declarations("tumen.system"),
    tables=TABLES,
    checks=_checks,
    parts=_parts,
    sections=_sections,
    objects=_objects,
)
