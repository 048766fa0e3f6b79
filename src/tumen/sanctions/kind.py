"""Sanctions as a kind of evidence: what is allowed, and what was delivered, earned and stolen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tumen.kind import Kind
from tumen.sanctions.tables import TABLES

if TYPE_CHECKING:
    from tumen.measure.estimate import Measure
    from tumen.measure.units import Unit


def _measures() -> tuple[Measure, ...]:
    from tumen.sanctions import caps, evasion_cases, labour, thefts

    return (
        *caps.MEASURES,
        *labour.MEASURES,
        *thefts.MEASURES,
        *evasion_cases.MEASURES,
    )


def _units() -> tuple[Unit, ...]:
    from tumen.sanctions.units import UNITS

    return UNITS


KIND = Kind(
    name="sanctions",
    tables=TABLES,
    measures=_measures,
    units=_units,
)
