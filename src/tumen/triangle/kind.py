"""Three actors at a time as a kind of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tumen.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tumen.kind import Chart
    from tumen.measure.estimate import Measure, SpecificationRun


def _measures() -> tuple[Measure, ...]:
    from tumen.triangle import configuration

    return (*configuration.MEASURES,)


def _charts() -> Mapping[str, Chart]:
    from tumen.triangle.configuration import TYPES_OF_A_TRIANGLE
    from tumen.triangle.triangle_charts import triangle_drawings

    return {TYPES_OF_A_TRIANGLE: triangle_drawings}


def _readings(run: SpecificationRun) -> Sequence[str]:
    from tumen.triangle.triangle_charts import readings

    return readings(run)


KIND = Kind(
    name="triangle",
    measures=_measures,
    charts=_charts,
    readings=_readings,
)
