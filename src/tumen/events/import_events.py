"""`tumen import icews` and its like: event data as they are published, put into a case's record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tumen.commands.importing import DATES, FILES_ARGUMENT, INTO, SOURCE, not_understood, rows_left_out
from tumen.commands.options import ENGINE, require_names
from tumen.commands.progress import bars
from tumen.commands.saying import say
from tumen.counting import counted

if TYPE_CHECKING:
    from tumen.commands.into_case import Destination
    from tumen.events.events_reading import EventsReading
    from tumen.record.readers.written import DayOrder


@click.command()
@FILES_ARGUMENT
@INTO
@SOURCE
@DATES
@ENGINE
def icews(files: tuple[Path, ...], case: Path, source: str, order: DayOrder | None, engine: str) -> None:
    """Put events of ICEWS from FILEs into CASE: files as the Dataverse has them, or saved again as CSV or Parquet.

    Each event is counted once. Says what was left out, and which actors were not understood.
    """
    _import("ICEWS", files, case, source, order, engine)


@click.command()
@FILES_ARGUMENT
@INTO
@SOURCE
@DATES
@ENGINE
def gdelt(files: tuple[Path, ...], case: Path, source: str, order: DayOrder | None, engine: str) -> None:
    """Put events of GDELT from FILEs into CASE: event exports of version 1.0 or 2.0, or tables with its columns.

    Each event is counted once. Says what was left out, and which actors were not understood.
    """
    _import("GDELT", files, case, source, order, engine)


@click.command()
@FILES_ARGUMENT
@INTO
@SOURCE
@DATES
@ENGINE
def polecat(files: tuple[Path, ...], case: Path, source: str, order: DayOrder | None, engine: str) -> None:
    """Put events of POLECAT, coded by PLOVER, from FILEs into CASE: text files as the Dataverse has them.

    Each event is counted once. Says what was left out, and which actors were not understood.
    """
    _import("POLECAT", files, case, source, order, engine)


def _import(layout: str, files: tuple[Path, ...], case: Path, source: str, order: DayOrder | None, engine: str) -> None:
    """Read, count and put in place, or say everything that is wrong."""
    from tumen.commands.into_case import absent, imported
    from tumen.engine.backends import open_engine
    from tumen.errors import ProblemsError
    from tumen.events import layouts
    from tumen.events.events_reading import read_events

    require_names(files)

    def fill(into: Destination, ours: Path) -> EventsReading:
        kind = getattr(layouts, layout)
        with bars() as progress:
            reading = read_events(files, kind, source, ours, open_engine, lambda: open_engine(engine), progress, order)
        if any(p.severity == "error" for p in reading.problems):
            raise ProblemsError(reading.problems)
        wanted = "reports of what one state did toward another"
        into.require(reading.events, files[0], reading.dropped, reading.problems, wanted)
        return reading

    reading, into = imported(case, "events", source, fill)
    for warning in [*reading.problems, *absent(files, into, reading.states)]:
        say(f"warning: {warning}", err=True)
    say(events_summary(reading, into))


def events_summary(reading: EventsReading, into: Destination) -> str:
    """What was kept, counted once and left out, in lines for a reader."""
    lines = [
        f"{counted(reading.events, 'event')} of {counted(reading.reports, 'report')}, "
        f"{reading.first} to {reading.last}, written to {into.path}.",
        f"Counted once (same day, pair and code): {counted(reading.echoed, 'echoed report')} and "
        f"{counted(reading.mirrored, 'mirrored report')}.",
        _joint(reading),
        *_mended(reading),
        *reading.notes,
        *rows_left_out(reading.dropped),
        *not_understood(reading.strange),
        *into.beside,
    ]
    return "\n".join(lines)


def _mended(reading: EventsReading) -> list[str]:
    """What was put right in reports that are kept."""
    return [f"{what[0].upper()}{what[1:]}: {counted(number, 'report')}." for what, number in reading.mends.items()]


def _joint(reading: EventsReading) -> str:
    if not reading.with_units:
        return "Joint events are not known: the files do not say which reports come from one sentence or article."
    reports = counted(reading.joint_reports, "report")
    return f"Joint events of three states or more: {reading.joint_events:,}, from {reports}."


IMPORTERS = (icews, gdelt, polecat)
