"""`tumen import comtrade`: goods trade as UN Comtrade has it, put into a case's record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tumen.commands.importing import FILES_ARGUMENT, INTO, SOURCE, not_understood, rows_left_out
from tumen.commands.options import require_names
from tumen.commands.progress import bars
from tumen.commands.saying import say
from tumen.counting import counted

if TYPE_CHECKING:
    from tumen.commands.into_case import Destination
    from tumen.trade.comtrade_reading import ComtradeReading


@click.command()
@FILES_ARGUMENT
@INTO
@SOURCE
def comtrade(files: tuple[Path, ...], case: Path, source: str) -> None:
    """Put goods trade from FILEs of UN Comtrade into CASE: CSV of the API or older downloads, or the API's JSON.

    Exports and imports of one cell become one row of the publisher un-comtrade. Says what was left out, such as rows
    by means of transport, which are parts of others.
    """
    from tumen.commands.into_case import absent, imported
    from tumen.engine.backends import open_engine
    from tumen.errors import ProblemsError
    from tumen.trade.comtrade_reading import read_comtrade

    require_names(files)

    def fill(into: Destination, ours: Path) -> ComtradeReading:
        with bars() as progress:
            reading = read_comtrade(files, source, ours, open_engine, progress)
        if any(p.severity == "error" for p in reading.problems):
            raise ProblemsError(reading.problems)
        into.require(reading.cells, files[0], reading.dropped, reading.problems, "exports or imports of states, in USD")
        return reading

    reading, into = imported(case, "trade", source, fill)
    for warning in [*reading.problems, *absent(files, into, reading.actors)]:
        say(f"warning: {warning}", err=True)
    say(comtrade_summary(reading, into))


def comtrade_summary(reading: ComtradeReading, into: Destination) -> str:
    """What was kept and left out, in lines for a reader."""
    return "\n".join(
        [
            f"{counted(reading.cells, 'row')} of exports and imports, {reading.first} to {reading.last}, "
            f"written to {into.path}.",
            *_mended(reading),
            *rows_left_out(reading.dropped),
            *not_understood(reading.strange),
            *into.beside,
        ]
    )


def _mended(reading: ComtradeReading) -> list[str]:
    """What a reader should know of rows that are kept."""
    said = {
        "Codes of commodities that had lost the zero before them": reading.mended,
        "Rows with a flag of estimation, which their notes say": reading.estimated,
        "Further figures of a flow that has one already, each in a row of its own": reading.others,
        "Revisions of HS, which the notes say and which differ in what a code means": (
            reading.revisions if reading.revisions > 1 else 0
        ),
    }
    return [f"{what}: {number:,}." for what, number in said.items() if number]


IMPORTERS = (comtrade,)
