"""`tumen whatif`: what would follow if a move or a driver of a case's system were otherwise."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from tumen.commands.options import ALLOW, AS_OF, MAX_MB, MAX_ROWS, PLUGINS, folder_of
from tumen.commands.saying import say, saying
from tumen.commands.sound_case import sound_case
from tumen.errors import Place, Problem, ProblemsError, did_you_mean, visible, visible_json

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from tumen.budgets import Budgets
    from tumen.case.load import Case
    from tumen.system.running import Intervention, Running
    from tumen.system.theory import System

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
    help="Give a move a level, or a driver a number from 0 to 1; may be given several times.",
)
@click.option("--from", "since", metavar="PERIOD", help="Begin with this period.  [default: the next]")
@click.option("--until", metavar="PERIOD", help="End with this period.  [default: as far as the system forecasts]")
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
    """Ask what would follow if a move or a driver of CASE's system were otherwise; without CASE, of the bundled one.

    A move that is set is an intervention: its actor no longer chooses, and the others reckon with it.
    """
    from tumen.budgets import Budgets
    from tumen.system.whatif import what_if
    from tumen.system.whatif_words import as_html, as_object, as_text

    read, run, change = _running(folder_of(case), sets, allow, plugins, Budgets(max_rows, max_mb), as_of)
    ahead = _ahead(run, until)
    if since and since not in ahead:
        raise _strange("--from", since, f"a period from {ahead[0]} to {ahead[-1]}")
    found = what_if(run, replace(change, since=since), len(ahead))
    names, simulated = {actor.id: actor.name for actor in read.header.actor}, read.header.simulated
    if form == "json":
        told = json.dumps(as_object(found, run.system, names, simulated), indent=2, ensure_ascii=False, allow_nan=False)
        with saying() as stream:
            stream.write(visible_json(told) + "\n")
    elif form == "html":
        say(as_html(found, run.system, names, visible(read.header.title), simulated))
    else:
        say(as_text(found, run.system, names, simulated))


def _running(
    folder: Path,
    sets: Sequence[str],
    allow: Sequence[Path],
    plugins: bool | None,
    budgets: Budgets,
    as_of: dt.date | None,
) -> tuple[Case, Running, Intervention]:
    """The case, its system on its record, and what is set."""
    from tumen.measure.estimate import Lacking
    from tumen.prepare import setting_of
    from tumen.system.running import running
    from tumen.system.system_file import system_of

    with sound_case(folder, allow, plugins, budgets, as_of) as (case, record):
        system = system_of(case)
        if system is None:
            raise ProblemsError([_not_run(folder, "a case without system.toml", "Declare what its actors can do.")])
        change = _change(system, sets)
        found = running(record, replace(setting_of(case), parts=case.parts))
    if isinstance(found, Lacking):
        got = f"a record without {' and '.join(found.missing)}"
        raise ProblemsError([_not_run(folder, got, "`tumen import moves` and `tumen import drivers` read sheets.")])
    return case, found, change


def _not_run(folder: Path, got: str, fix: str) -> Problem:
    return Problem(Place(str(folder)), got=got, expected="a system that can be run", fix=fix, slug="no-system")


def _strange(option: str, got: str, expected: str, fix: str = "") -> click.BadParameter:
    return click.BadParameter(f"got '{got}'; expected {expected}. {fix}".rstrip(), param_hint=option)


def _change(system: System, sets: Sequence[str]) -> Intervention:
    """What is set, by name."""
    from tumen.system.running import Intervention

    levels: dict[str, str] = {}
    drivers: dict[str, float] = {}
    for one in sets:
        name, sign, value = (part.strip() for part in one.partition("="))
        if not sign:
            raise _strange("--set", one, "NAME=VALUE")
        if name in levels or name in drivers:
            given = f"{name}={levels.get(name) or drivers[name]}"
            raise _strange("--set", f"{one}' beside '{given}", f"one value of {name}", "Ask for one, then the other.")
        if any(driver.id == name for driver in system.drivers):
            drivers[name] = _number(one, value)
        else:
            levels[name] = _level(system, one, name, value)
    return Intervention(levels, drivers)


def _number(given: str, value: str) -> float:
    try:
        found = float(value)
    except ValueError:
        found = -1.0
    if not 0.0 <= found <= 1.0:
        raise _strange("--set", given, "a number from 0 to 1")
    return found


def _level(system: System, given: str, name: str, value: str) -> str:
    move = system.move_named(name)
    if move is None:
        known = (*(move.name for move in system.moves), *(driver.id for driver in system.drivers))
        raise _strange("--set", given, "a move or a driver of the system", did_you_mean(name, known))
    if value not in move.levels:
        raise _strange("--set", given, f"a level of {name}", did_you_mean(value, move.levels))
    return value


def _ahead(run: Running, until: str | None) -> list[str]:
    """The periods ahead until one, that included."""
    from tumen.system.periods import after

    names = [after(run.history.periods[-1], n + 1) for n in range(_MOST)]
    if until is None:
        return names[: run.system.ahead]
    if until not in names:
        raise _strange("--until", until, f"a period from {names[0]} to {names[-1]}")
    return names[: names.index(until) + 1]


COMMANDS = (whatif_command,)
