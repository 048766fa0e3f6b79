"""Events as a kind of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tumen.events.tables import TABLES
from tumen.kind import Kind

if TYPE_CHECKING:
    import click

    from tumen.measure.estimate import Measure
    from tumen.measure.units import Unit


def _measures() -> tuple[Measure, ...]:
    from tumen.events import contact, coupling

    return (
        *contact.MEASURES,
        *coupling.MEASURES,
    )


def _units() -> tuple[Unit, ...]:
    from tumen.events.units import UNITS

    return UNITS


def _importers() -> tuple[click.Command, ...]:
    from tumen.events.import_events import gdelt, icews, polecat

    return (icews, gdelt, polecat)


KIND = Kind(
    name="events",
    tables=TABLES,
    measures=_measures,
    units=_units,
    importers=_importers,
)
