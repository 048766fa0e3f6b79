"""Rival explanations as a kind of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tumen.declaring import Declarations
from tumen.kind import CasePart, Kind, RunPart, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tumen.errors import Problem
    from tumen.judge.evaluated import Evaluated
    from tumen.judge.verdict import Verdict
    from tumen.kind import Checked


def _checks() -> tuple[Callable[[Checked], Iterable[Problem]], ...]:
    from tumen.explanations.hypotheses_file import check_arguments, check_record
    from tumen.explanations.weak_points import check_weak_points

    return (check_arguments, check_record, check_weak_points)


def _parts() -> tuple[CasePart, ...]:
    from tumen.case.load import CaseFile
    from tumen.explanations.declared import FILE, MOST
    from tumen.explanations.hypotheses_file import claims_of, dated_by, known_by, read_hypotheses
    from tumen.explanations.sentences import explain_hypotheses
    from tumen.explanations.weighing import WORD, conclude

    return (
        CasePart(
            file=CaseFile(FILE, MOST, read_hypotheses),
            word=WORD,
            claims=claims_of,
            dated=dated_by,
            behind_wall=known_by,
            conclude=conclude,
            explain=explain_hypotheses,
        ),
    )


def _sections() -> tuple[Section, ...]:
    from tumen.explanations.rivals_section import rivals_content

    return (
        Section(
            package="tumen.explanations",
            template="rival_explanations.html",
            anchor="rival-explanations",
            title="All rival explanations",
            content=rivals_content,
        ),
    )


def _objects() -> Mapping[str, RunPart]:
    from tumen.explanations.hypotheses_object import RIVALS_FORM, rivals_object
    from tumen.explanations.weighing import WORD

    return {WORD: RunPart(form=RIVALS_FORM, make=rivals_object)}


def _cautions(verdict: Verdict, evaluated: Evaluated) -> Sequence[str]:
    from tumen.explanations.sentences import cautions

    return cautions(verdict, evaluated)


KIND = Kind(
    name="explanations",
    subject="Rival explanations",
    declared=Declarations("tumen.explanations"),
    checks=_checks,
    parts=_parts,
    sections=_sections,
    objects=_objects,
    cautions=_cautions,
)
