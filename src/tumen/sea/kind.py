"""What ships would rather hide as a kind of evidence: found in vessel positions by detectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tumen.declaring import Declarations
from tumen.kind import Kind, RawRecords, RunPart, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from tumen.case.load import Case
    from tumen.errors import Problem
    from tumen.judge.evaluated import Evaluated
    from tumen.kind import Checked, Progress
    from tumen.measure.estimate import Used
    from tumen.record.read import Record
    from tumen.sea.sea_findings import SeaFindings


def _levers(checked: Checked) -> Iterable[Problem]:
    from tumen.detect.levers import lever_problems
    from tumen.sea.sea_levers import OF_A_CASE, ORDERED

    header = checked.case.header
    return lever_problems(header.detectors, OF_A_CASE, ORDERED, "case.toml", header.line)


def _checks() -> tuple[Callable[[Checked], Iterable[Problem]], ...]:
    return (_levers,)


def _observe(
    files: Sequence[Path], case: Case, record: Record, engine_url: str, progress: Progress
) -> tuple[SeaFindings, tuple[Problem, ...]]:
    """What detectors find in positions, and what a reader should know of them."""
    import datetime as dt

    from tumen.sea.observing import observe
    from tumen.sea.sea_levers import case_levers
    from tumen.vessels.known import known_of

    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    known = known_of(record, case.header.focal)
    return observe(files, known, engine_url, now, progress, case_levers(case.header.detectors), case.header.as_of)


def _sections() -> tuple[Section, ...]:
    from tumen.sea.found_at_sea import sea_content

    return (
        Section(
            package="tumen.sea",
            template="found_at_sea.html",
            anchor="found-at-sea",
            title="Found at sea",
            content=sea_content,
        ),
    )


def _objects() -> Mapping[str, RunPart]:
    from tumen.sea.sea_object import SEA_FORM, sea_object

    return {"findings": RunPart(form=SEA_FORM, make=sea_object)}


def _traces(used: Used, evaluated: Evaluated) -> Sequence[str]:
    from tumen.sea.found_at_sea import traces

    return traces(used, evaluated)


KIND = Kind(
    name="sea",
    subject="At sea",
    declared=Declarations("tumen.sea"),
    checks=_checks,
    raw=RawRecords(
        name="positions",
        help="Files of vessel positions, in which detectors look for encounters and calls.",
        observe=_observe,
    ),
    sections=_sections,
    objects=_objects,
    traces=_traces,
)
