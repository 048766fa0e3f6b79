"""Votes as a kind of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tumen.kind import Kind
from tumen.votes.tables import TABLES

if TYPE_CHECKING:
    import click

    from tumen.measure.estimate import Measure
    from tumen.measure.units import Unit


def _measures() -> tuple[Measure, ...]:
    from tumen.votes import agreement, three_way

    return (
        *agreement.MEASURES,
        *three_way.MEASURES,
    )


def _importers() -> tuple[click.Command, ...]:
    from tumen.votes.import_votes import votes

    return (votes,)


def _units() -> tuple[Unit, ...]:
    from tumen.votes.units import UNITS

    return UNITS


KIND = Kind(
    name="votes",
    units=_units,
    tables=TABLES,
    measures=_measures,
    importers=_importers,
)
