"""Three actors at a time as a kind of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tumen.declaring import Declarations
from tumen.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tumen.measure.estimate import SpecificationRun


def _readings(run: SpecificationRun) -> Sequence[str]:
    from tumen.triangle.triangle_charts import readings

    return readings(run)


KIND = Kind(
    name="triangle",
    subject="The three together",
    declared=Declarations("tumen.triangle"),
    readings=_readings,
)
