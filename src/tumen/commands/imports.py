"""`tumen import`: turns what others publish into tables that a case or a detector reads."""

from __future__ import annotations

import click

from tumen.ais.import_ais import ais
from tumen.events.import_events import gdelt, icews, polecat
from tumen.explanations.import_ach import ach
from tumen.votes.import_votes import votes


@click.group("import")
def imports() -> None:
    """Read files as they are published, check them, and put them where a case or a detector reads them."""


imports.add_command(ach)
imports.add_command(ais)
imports.add_command(icews)
imports.add_command(gdelt)
imports.add_command(polecat)
imports.add_command(votes)
