"""`tumen import table`: a table whose columns are ours, put into a case's record as it was saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tumen.commands.importing import INTO
from tumen.commands.saying import say
from tumen.counting import counted

if TYPE_CHECKING:
    from tumen.commands.into_case import Destination
    from tumen.errors import Problem
    from tumen.record.readers.given_tables import GivenTable


@click.command("table")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@INTO
@click.option(
    "--table", required=True, metavar="TABLE", help="Name of the table of the record that FILE's rows belong to."
)
def import_table(file: Path, case: Path, table: str) -> None:
    """Put a table whose columns are those of TABLE into CASE: a workbook, or CSV with any separator.

    Of a workbook, the sheet called TABLE is taken, else the first one. The rows are checked with the rest of the
    record; if anything is wrong, nothing is written.
    """
    from tumen.commands.into_case import file_destination, put
    from tumen.errors import ProblemsError
    from tumen.kinds import kinds
    from tumen.record.readers.given_tables import given_table
    from tumen.scratch import scratch_folder

    into = file_destination(case, table, file)
    with scratch_folder("import") as ours:
        given = given_table(file, kinds(others=False).tables[table], ours)
        if isinstance(given, list):
            raise ProblemsError(given)
        problems = _checked(into, given, file)
        if any(p.severity == "error" for p in problems):
            raise ProblemsError(problems)
        into.require(len(given.lines), file, {}, problems, f"rows of {table}")
        again = into.path.exists()
        into = put(into, given.path)
    for warning in problems:
        say(f"warning: {warning}", err=True)
    written = (
        f"{counted(len(given.lines), 'row')} of {table}, {'written again' if again else 'written'} to {into.path}."
    )
    say("\n".join([written, *given.notes, *into.beside]))


def _checked(into: Destination, given: GivenTable, file: Path) -> list[Problem]:
    """What is wrong with the record with the table in it that is not without it, at the lines of the file given."""
    from dataclasses import replace

    from tumen.engine.backends import open_engine
    from tumen.errors import Place
    from tumen.kinds import kinds
    from tumen.record.read import read_record

    tables, declared = kinds(others=False).tables, dict(into.case.header.record)
    others = [name for name in into.files if name != into.shown]
    found: list[list[Problem]] = []
    for files, instead in ((others, {}), ([*others, into.shown], {into.shown: given.path})):
        engine = open_engine()
        try:
            with_files = {**declared, into.table: files} if files else declared
            found.append(read_record(into.case.folder, with_files, engine, tables, instead=instead)[1])
        finally:
            engine.close()
    before, after = found

    def placed(problem: Problem) -> Problem:
        if problem.file != into.shown:
            return problem
        line = problem.line
        at = given.lines[line - 2] if line and 1 < line <= len(given.lines) + 1 else line
        return replace(problem, place=Place(str(file), at))

    return [placed(p) for p in after if p not in before]
