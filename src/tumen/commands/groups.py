"""Groups of the command line whose commands the kinds of evidence bring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from tumen.errors import KindError
from tumen.kind import Kind, Kinds
from tumen.kinds import kinds, others_offered


class KindsGroup(click.Group):
    """A group whose commands are loaded from the kinds of evidence when they are asked for.

    Args:
        brought: what a kind brings to the group.
    """

    def __init__(self, *args: Any, brought: Callable[[Kind], tuple[click.Command, ...]], **options: Any) -> None:
        super().__init__(*args, **options)
        self._brought = brought

    def _of(self, known: Kinds) -> Mapping[str, click.Command]:
        """The group's own commands and those of some kinds, by name."""
        return {**{str(c.name): c for kind in known.each for c in self._brought(kind)}, **self.commands}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, in order; those of other packages among them, where these can be loaded."""
        try:
            return sorted(self._of(kinds()))
        except KindError:
            return sorted(self._of(kinds(others=False)))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; other packages are loaded only where none of ours has it."""
        ours = self._of(kinds(others=False)).get(cmd_name)
        return ours or (self._of(kinds()).get(cmd_name) if others_offered() else None)


@click.group("import", cls=KindsGroup, brought=lambda kind: kind.importers())
def imports() -> None:
    """Read files as they are published, check them, and put them where a case or a detector reads them."""


@click.group(cls=KindsGroup, brought=lambda kind: kind.detectors())
def detect() -> None:
    """Find in raw records what somebody would rather hide."""


@click.group(cls=KindsGroup, brought=lambda kind: kind.exporters())
def export() -> None:
    """Write what a case holds as other tools read it."""
