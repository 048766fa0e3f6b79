"""`tumen check`: everything that is wrong with a case, and everything that a reader should doubt, in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tumen.budgets import Budgets
from tumen.commands.options import ALLOW, AS_OF, MAX_MB, MAX_ROWS, PLUGINS, folder_of
from tumen.commands.saying import say
from tumen.counting import counted

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


@click.command("check", short_help="List every problem in a case, and how to fix it.")
@click.argument("case")
@AS_OF
@ALLOW
@PLUGINS
@MAX_ROWS
@MAX_MB
def check_command(
    case: str, as_of: dt.date | None, allow: tuple[Path, ...], plugins: bool | None, max_rows: int, max_mb: int
) -> None:
    """List every problem in CASE in one pass: file:line, got, expected, fix."""
    from tumen.doubts import beyond_wall, overdue, undated, unlike_texts, unsaid
    from tumen.engine.backends import open_engine
    from tumen.errors import listed
    from tumen.prepare import on_day, read_whole
    from tumen.reprints import reprinted
    from tumen.run import unsupported_but_by_protected
    from tumen.runs.again import laid_out

    engine = open_engine()
    try:
        with laid_out(folder_of(case)) as laid:
            budgets = Budgets(max_rows, max_mb)
            read = read_whole(
                laid.folder, engine, allow, plugins=plugins, budgets=budgets, home=laid.home, instead=laid.files
            )
            prepared = on_day(read, as_of or laid.as_of)
            errors = sum(p.stands_for for p in prepared.problems if p.severity == "error")
            looked = (unsupported_but_by_protected, undated, beyond_wall, unsaid, reprinted, unlike_texts, overdue)
            further = looked if not errors else ()
            problems = [*prepared.problems, *(problem for look in further for problem in look(prepared))]
    finally:
        engine.close()
    warnings = sum(p.stands_for for p in problems) - errors
    for problem in listed(problems):
        say(f"{problem.severity}: {problem}")
    if errors:
        say(f"{counted(errors, 'error')}, {counted(warnings, 'warning')}. The case cannot be run.", err=True)
        raise SystemExit(2)
    rows = sum(prepared.record.rows.values()) if prepared.record else 0
    claims = counted(len(prepared.bound), "claim")
    say(f"{counted(0, 'error')}, {counted(warnings, 'warning')}: {claims}, {counted(rows, 'row')}.")
