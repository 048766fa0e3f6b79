"""Sanctions as a kind of evidence: what is allowed, and what was delivered, earned and stolen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tumen.declaring import Declarations
from tumen.kind import Kind, RunPart, Section
from tumen.sanctions.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping


def _sections() -> tuple[Section, ...]:
    from tumen.sanctions.provisions_section import provisions_content

    return (
        Section(
            package="tumen.sanctions",
            template="provisions.html",
            anchor="all-provisions",
            title="Provisions of sanctions",
            content=provisions_content,
        ),
    )


def _objects() -> Mapping[str, RunPart]:
    from tumen.sanctions.provisions_section import PROVISIONS_FORM, provisions_object

    return {"provisions": RunPart(form=PROVISIONS_FORM, make=provisions_object)}


KIND = Kind(
    name="sanctions",
    subject="Sanctions and ways round them",
    declared=Declarations("tumen.sanctions"),
    tables=TABLES,
    sections=_sections,
    objects=_objects,
)
