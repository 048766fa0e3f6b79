"""Groups of the command line whose commands the kinds of evidence bring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from tumen.commands.import_table import import_table
from tumen.commands.saying import say
from tumen.errors import KindError
from tumen.kind import Kind
from tumen.kinds import kinds


class KindsGroup(click.Group):
    """A group whose commands are loaded from the kinds of evidence when they are asked for.

    Args:
        brought: what a kind brings to the group.
    """

    def __init__(self, *args: Any, brought: Callable[[Kind], tuple[click.Command, ...]], **options: Any) -> None:
        super().__init__(*args, **options)
        self._brought = brought

    def known(self, others: bool = True) -> Mapping[str, click.Command]:
        """All commands of the group by name.

        Args:
            others: whether those of other packages are among them, which runs their code.
        """
        return {**self.commands, **{str(c.name): c for kind in kinds(others).each for c in self._brought(kind)}}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, in order; without those of other packages, and a word why, where one is unloadable."""
        try:
            return sorted(self.known())
        except KindError as error:
            say(f"warning: {error}", err=True)
            return sorted(self.known(others=False))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; other packages are loaded only where it is none of ours."""
        return self.known(others=False).get(cmd_name) or self.known().get(cmd_name)


@click.group(
    "import",
    cls=KindsGroup,
    brought=lambda kind: kind.importers,
    short_help="Read files as they are published into a case.",
)
def imports() -> None:
    """Read files as they are published, check them, and put them where a case or a detector reads them."""


imports.add_command(import_table)


@click.group(cls=KindsGroup, brought=lambda kind: kind.detectors)
def detect() -> None:
    """Find in raw records what somebody would rather hide."""


@click.group(cls=KindsGroup, brought=lambda kind: kind.exporters)
def export() -> None:
    """Write what a case holds as other tools read it."""
