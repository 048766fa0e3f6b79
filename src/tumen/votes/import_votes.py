"""`tumen import votes`: roll calls as they are published, put into a case's record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tumen.commands.importing import DATES, FILES_ARGUMENT, INTO, SOURCE, not_understood, rows_left_out
from tumen.commands.options import require_names
from tumen.commands.progress import bars
from tumen.commands.saying import say
from tumen.counting import counted, named_few

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tumen.commands.into_case import Destination
    from tumen.errors import Problem
    from tumen.record.readers.written import DayOrder
    from tumen.votes.votes_reading import VotesReading


@click.command()
@FILES_ARGUMENT
@INTO
@SOURCE
@DATES
def votes(files: tuple[Path, ...], case: Path, source: str, order: DayOrder | None) -> None:
    """Put roll calls of the General Assembly from FILEs into CASE: the UN Digital Library's list, or Voeten's tables.

    Each member's vote counts once. Says what was left out, and which members were not understood.
    """
    from tumen.commands.into_case import absent, imported
    from tumen.engine.backends import open_engine
    from tumen.errors import ProblemsError
    from tumen.votes.votes_reading import read_votes

    require_names(files)

    def fill(into: Destination, ours: Path) -> VotesReading:
        with bars() as progress:
            reading = read_votes(files, source, ours, open_engine, progress, order)
        if any(p.severity == "error" for p in reading.problems):
            raise ProblemsError(reading.problems)
        into.require(reading.votes, files[0], reading.dropped, reading.problems, "votes of member states")
        return reading

    reading, into = imported(case, "votes", source, fill)
    for warning in [*reading.problems, *absent(files, into, frozenset(reading.voted)), *_silent(files, into, reading)]:
        say(f"warning: {warning}", err=True)
    say(votes_summary(reading, into))


def _silent(files: tuple[Path, ...], into: Destination, reading: VotesReading) -> list[Problem]:
    """A warning for the actors of the case that are members and never vote."""
    from tumen.errors import Place, Problem

    silent = [actor for actor in into.actors if reading.voted.get(actor) == 0]
    if not silent:
        return []
    return [
        Problem(
            Place(str(files[0])),
            got=f"no vote of {', '.join(silent)} but absences",
            expected="a yes, a no or an abstention now and then",
            fix="Measures of agreement leave absences out, so there is nothing to compare.",
            slug="never-votes",
            severity="warning",
        )
    ]


def votes_summary(reading: VotesReading, into: Destination) -> str:
    """What was kept and left out, in lines for a reader."""
    lines = [
        f"{counted(reading.cast_votes, 'vote')} and {counted(reading.votes - reading.cast_votes, 'absence')} in "
        f"{counted(reading.roll_calls, 'roll call')}, "
        f"{reading.first} to {reading.last}, written to {into.path}.",
        f"Counted once: {counted(reading.repeated, 'further row')} with the same vote.",
        *rows_left_out(reading.dropped),
        *not_understood(reading.strange),
        *_overruled(reading.overruled),
        *reading.notes,
        *into.beside,
    ]
    return "\n".join(lines)


def _overruled(overruled: Mapping[str, str]) -> list[str]:
    """The members whose code decided against their name."""
    if not overruled:
        return []
    shown = named_few([f"{member} is {state}" for member, state in sorted(overruled.items())])
    return [f"The code decided where the name says another state: {shown}."]


IMPORTERS = (votes,)
