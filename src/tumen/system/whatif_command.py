"""`tumen whatif`: what would follow if a move or a driver of a case's system were otherwise."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from tumen.commands.options import ALLOW, AS_OF, MAX_MB, MAX_ROWS, PLUGINS, folder_of
from tumen.commands.saying import say
from tumen.errors import ProblemsError, did_you_mean, visible

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from tumen.budgets import Budgets
    from tumen.case.load import Case
    from tumen.system.running import Intervention, Running

#: No what-if reaches further than so many periods.
_MOST = 20


@click.command("whatif", short_help="Ask what would follow if a move or a driver were otherwise.")
@click.argument("case", required=False)
@click.option(
    "--set",
    "sets",
    multiple=True,
    required=True,
    metavar="NAME=VALUE",
    help="Set a move to a level, or a driver to a number from 0 to 1; may be given several times.",
)
@click.option("--from", "since", metavar="PERIOD", help="First period in which it is set.  [default: the next]")
@click.option("--until", metavar="PERIOD", help="Last period to look at.  [default: as far as the system forecasts]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "html"]),
    default="table",
    show_default=True,
    help="Print sentences and a table, the JSON object, or a page.",
)
@AS_OF
@ALLOW
@PLUGINS
@MAX_ROWS
@MAX_MB
def whatif_command(
    case: str | None,
    sets: tuple[str, ...],
    since: str | None,
    until: str | None,
    form: str,
    as_of: dt.date | None,
    allow: tuple[Path, ...],
    plugins: bool | None,
    max_rows: int,
    max_mb: int,
) -> None:
    """Say what would follow if a move or a driver of CASE's system were otherwise; without CASE, of the bundled one.

    A forced move is an intervention: whose it is no longer chooses, and the others reckon with it.
    """
    from tumen.budgets import Budgets
    from tumen.system.whatif import what_if
    from tumen.system.whatif_words import as_html, as_object, as_text

    read, run = _running(folder_of(case), allow, plugins, Budgets(max_rows, max_mb), as_of)
    change, periods = _change(run, sets, since), _periods(run, until)
    if since:
        _known_period(run, since, periods)
    found = what_if(run, change, periods)
    names = {actor.id: actor.name for actor in read.header.actor}
    if form == "json":
        say(json.dumps(as_object(found, run.system, names), indent=2, ensure_ascii=False))
    elif form == "html":
        say(as_html(found, run.system, names, visible(read.header.title)))
    else:
        say(as_text(found, run.system, names))


def _running(
    folder: Path, allow: Sequence[Path], plugins: bool | None, budgets: Budgets, as_of: dt.date | None
) -> tuple[Case, Running]:
    """The case, and its system on its record."""
    from tumen.engine.backends import open_engine
    from tumen.measure.estimate import Lacking
    from tumen.prepare import prepare, setting_of
    from tumen.system.running import running

    engine = open_engine()
    try:
        read = prepare(folder, engine, allow, plugins=plugins, budgets=budgets, as_of=as_of)
        errors = [p for p in read.problems if p.severity == "error"]
        if read.case is None or read.record is None or errors:
            raise ProblemsError(errors or read.problems)
        found = running(read.record, replace(setting_of(read.case), parts=read.case.parts))
    finally:
        engine.close()
    if isinstance(found, Lacking):
        raise click.ClickException(f"got a case without {'; '.join(found.missing)}; expected a system that can be run.")
    return read.case, found


def _change(run: Running, sets: Sequence[str], since: str | None) -> Intervention:
    """What is set, by name."""
    from tumen.system.running import Intervention

    levels: dict[str, str] = {}
    drivers: dict[str, float] = {}
    for one in sets:
        name, sign, value = (part.strip() for part in one.partition("="))
        if not sign or name in levels or name in drivers:
            expected = "NAME=VALUE" if not sign else f"one value of {name}"
            raise click.BadParameter(f"got '{one}'; expected {expected}.", param_hint="--set")
        if name in run.game.drivers:
            drivers[name] = _number(one, value)
        else:
            levels[name] = _level(run, one, name, value)
    return Intervention(levels, drivers, since)


def _number(given: str, value: str) -> float:
    try:
        found = float(value)
    except ValueError:
        found = -1.0
    if not 0.0 <= found <= 1.0:
        raise click.BadParameter(f"got '{given}'; expected a number from 0 to 1.", param_hint="--set")
    return found


def _level(run: Running, given: str, name: str, value: str) -> str:
    move = run.system.move(name)
    if move is None:
        known = (*run.game.agents, *run.game.drivers)
        raise click.BadParameter(
            f"got '{given}'; expected a move or a driver of the system. {did_you_mean(name, known)}", param_hint="--set"
        )
    if value not in move.levels:
        raise click.BadParameter(
            f"got '{given}'; expected a level of {name}. {did_you_mean(value, move.levels)}", param_hint="--set"
        )
    return value


def _periods(run: Running, until: str | None) -> int:
    """How many periods lie ahead until one, that included."""
    from tumen.system.periods import after

    if until is None:
        return run.system.ahead
    names = [after(run.history.periods[-1], n + 1) for n in range(_MOST)]
    if until not in names:
        raise click.BadParameter(
            f"got '{until}'; expected a period from {names[0]} to {names[-1]}.", param_hint="--until"
        )
    return names.index(until) + 1


def _known_period(run: Running, since: str, periods: int) -> None:
    from tumen.system.periods import after

    names = [after(run.history.periods[-1], n + 1) for n in range(periods)]
    if since not in names:
        raise click.BadParameter(f"got '{since}'; expected one of {', '.join(names)}.", param_hint="--from")


COMMANDS = (whatif_command,)
