"""`tumen import ais`: files of vessel positions to one tidy Parquet table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tumen.ais.position_options import hint_options, hints_given
from tumen.ais.reading_told import columns_told, positions_left_out
from tumen.commands.options import MEMORY_MB, require_names
from tumen.commands.progress import bars
from tumen.commands.saying import say
from tumen.counting import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tumen.ais.position_table import Reading
    from tumen.record.readers.written import DayOrder


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Parquet file to write.",
)
@MEMORY_MB
@hint_options
def ais(
    files: tuple[Path, ...], out: Path, memory_mb: int | None, columns: Mapping[str, str], order: DayOrder | None
) -> None:
    """Put vessel positions from FILEs into one table: Parquet, CSV, JSON or NMEA sentences, plain or packed.

    A FILE may be a folder, an archive or a pattern in quotes. Says which columns were read and which were not, how many
    rows were left out, and why.
    """
    import datetime as dt
    from functools import partial

    from tumen.ais.positions import read_positions
    from tumen.engine.backends import open_engine
    from tumen.errors import Place, Problem, ProblemsError
    from tumen.writing import drafted, named_by_user

    if out.suffix.lower() != ".parquet" or not out.parent.is_dir():
        got = "a folder that is not there" if out.suffix.lower() == ".parquet" else f"the name '{out.name}'"
        raise ProblemsError(
            [
                Problem(
                    Place(f"--out {out}"),
                    got=got,
                    expected="the name of a Parquet file in a folder that exists",
                    fix="Make the folder; end the name in .parquet.",
                    slug="positions-out",
                )
            ]
        )
    require_names(files)
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    with bars() as progress, drafted(out, named_by_user(out.parent)) as draft:
        engine = partial(open_engine, memory_mb=memory_mb)
        reading = read_positions(files, draft, engine, now, progress, hints_given(columns, order))
    for note in reading.notes:
        say(f"warning: {note}", err=True)
    say(positions_summary(reading, out))


def positions_summary(reading: Reading, out: Path) -> str:
    """What was kept and left out, in lines for a reader."""
    kept = (
        f"{counted(reading.rows, 'position')} of {counted(reading.vessels, 'vessel')}, "
        f"{reading.first:%Y-%m-%d %H:%M} to "
        f"{reading.last:%Y-%m-%d %H:%M} UTC, written to {out}."
    )
    return "\n".join([kept, positions_left_out(reading), *columns_told(reading.columns)])


IMPORTERS = (ais,)
