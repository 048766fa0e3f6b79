"""`tumen import moves` and `tumen import drivers`: what coders say, put into a case's record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tumen.commands.importing import FILES_ARGUMENT, INTO, SOURCE
from tumen.commands.options import require_names
from tumen.commands.saying import say
from tumen.counting import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tumen.commands.into_case import Destination
    from tumen.system.coding_sheets import Sheet


@click.command()
@FILES_ARGUMENT
@INTO
@SOURCE
def moves(files: tuple[Path, ...], case: Path, source: str) -> None:
    """Put coded moves from FILEs into CASE: CSV files with period, actor, move, level and certainty.

    They may have coder, second, events and note too; a file without coder is called after its coder. If anything is
    wrong, nothing is written.
    """
    from tumen.system.coding_sheets import MOVES_SHEET

    _import(MOVES_SHEET, files, case, source)


@click.command()
@FILES_ARGUMENT
@INTO
@SOURCE
def drivers(files: tuple[Path, ...], case: Path, source: str) -> None:
    """Put coded drivers from FILEs into CASE: CSV files with period, driver and value.

    They may have coder, certainty and note too; a file without coder is called after its coder. If anything is wrong,
    nothing is written.
    """
    from tumen.system.coding_sheets import DRIVERS_SHEET

    _import(DRIVERS_SHEET, files, case, source)


def _import(sheet: Sheet, files: tuple[Path, ...], case: Path, source: str) -> None:
    """Read sheets, put them into a case, and say what was read."""
    from tumen.commands.into_case import imported
    from tumen.errors import ProblemsError
    from tumen.system.coding_sheets import read_sheets

    require_names(files)

    def fill(into: Destination, ours: Path) -> list[dict[str, str]]:
        rows, problems = read_sheets(sheet, files)
        if problems:
            raise ProblemsError(problems)
        into.require(len(rows), files[0], {}, (), f"a line with {', '.join(sheet.needed)}")
        _write(sheet, rows, source, ours)
        return rows

    rows, into = imported(case, sheet.table, source, fill)
    coders, periods = ({row[name] for row in rows} for name in ("coder", "period"))
    said = f"{counted(len(rows), 'row')} of {counted(len(coders), 'coder')}, {min(periods)} to {max(periods)}"
    say("\n".join([f"{said}, written to {into.path}.", *into.beside]))


def _write(sheet: Sheet, rows: Sequence[dict[str, str]], source: str, out: Path) -> None:
    from tumen.engine.backends import open_engine
    from tumen.record.readers.tabulate import tabulate

    kept = [name for name in ("id", *sheet.needed, *sheet.further) if name != "value"]
    cells = ", ".join(f"nullif({name}, '') as {name}" for name in kept)
    number = ", cast(value as double) as value" if "value" in sheet.needed else ""
    engine = open_engine()
    try:
        names = ("id", *sheet.needed, *sheet.further, "start", "end")
        tabulate(engine, "read_sheet", {name: [row[name] for row in rows] for name in names})
        engine.write(
            f'select {cells}{number}, cast("start" as date) as "start", cast("end" as date) as "end", '  # noqa: S608
            "$source as source from read_sheet order by id nulls last",
            out,
            source=source,
        )
    finally:
        engine.close()


IMPORTERS = (moves, drivers)
