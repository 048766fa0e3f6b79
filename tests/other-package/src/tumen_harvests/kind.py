"""What the package brings; the entry point names `KIND`. What is heavy is imported when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tumen import Kind
from tumen.kind import RunPart, Section
from tumen_harvests.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import click

    from tumen import Measure, Problem, Unit
    from tumen.kind import Chart, Checked


def _units() -> tuple[Unit, ...]:
    from tumen_harvests.yields import TONNES_PER_HECTARE

    return (TONNES_PER_HECTARE,)


def _measures() -> tuple[Measure, ...]:
    from tumen_harvests.yields import MEASURES

    return MEASURES


def _importers() -> tuple[click.Command, ...]:
    from tumen_harvests.import_harvests import harvests

    return (harvests,)


def _checks() -> tuple[Callable[[Checked], Iterable[Problem]], ...]:
    from tumen_harvests.checks import unknown_fields

    return (unknown_fields,)


def _charts() -> Mapping[str, Chart]:
    from tumen_harvests.charts import bars
    from tumen_harvests.yields import SHAPE

    return {SHAPE: bars}


def _sections() -> tuple[Section, ...]:
    from tumen_harvests.showing import section

    return (Section(package="tumen_harvests", template="harvests.html", content=section),)


def _objects() -> Mapping[str, RunPart]:
    from tumen_harvests.showing import HarvestsUsed, in_object

    return {"harvests": RunPart(form=HarvestsUsed, make=in_object)}


KIND = Kind(
    name="harvests",
    tables=TABLES,
    checks=_checks,
    units=_units,
    measures=_measures,
    importers=_importers,
    charts=_charts,
    sections=_sections,
    objects=_objects,
)
