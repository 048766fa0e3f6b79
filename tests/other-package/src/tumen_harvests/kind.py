"""What the package brings; the entry point names `KIND`. What is heavy is imported when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tumen import Kind
from tumen.declaring import Declarations
from tumen.kind import RunPart, Section
from tumen_harvests.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tumen import Problem
    from tumen.kind import Checked


def _checks() -> tuple[Callable[[Checked], Iterable[Problem]], ...]:
    from tumen_harvests.checks import unknown_fields

    return (unknown_fields,)


def _sections() -> tuple[Section, ...]:
    from tumen_harvests.showing import section

    return (
        Section(
            package="tumen_harvests", template="harvests.html", anchor="harvests", title="Harvests", content=section
        ),
    )


def _objects() -> Mapping[str, RunPart]:
    from tumen_harvests.showing import HarvestsUsed, in_object

    return {"harvests": RunPart(form=HarvestsUsed, make=in_object)}


KIND = Kind(
    name="harvests",
    declared=Declarations("tumen_harvests"),
    tables=TABLES,
    checks=_checks,
    sections=_sections,
    objects=_objects,
)
