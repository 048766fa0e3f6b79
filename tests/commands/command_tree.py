"""Every command of ours, whichever kind of evidence brings it."""

from __future__ import annotations

from collections.abc import Mapping

import click

from tumen.cli import main
from tumen.commands.groups import KindsGroup


def below(group: click.Group, above: str = "") -> dict[str, click.Command]:
    """The commands below a group, by what is typed after `tumen`."""
    found: dict[str, click.Command] = {}
    known = group.known(others=False) if isinstance(group, KindsGroup) else group.commands
    for name, command in known.items():
        found[above + name] = command
        found |= below(command, f"{above}{name} ") if isinstance(command, click.Group) else {}
    return found


#: All of them.
EVERY_COMMAND: Mapping[str, click.Command] = below(main)
