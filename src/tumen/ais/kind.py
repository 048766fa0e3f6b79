"""Vessel positions as a kind of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tumen.kind import Kind

if TYPE_CHECKING:
    import click


def _importers() -> tuple[click.Command, ...]:
    from tumen.ais.import_ais import ais

    return (ais,)


def _commands() -> tuple[click.Command, ...]:
    from tumen.ais.simulate_command import simulate_group

    return (simulate_group,)


KIND = Kind(
    name="ais",
    importers=_importers,
    commands=_commands,
)
