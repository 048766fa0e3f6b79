"""Where an import puts its table: into a case's record, whole or not at all, under a source that the case has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TypeVar

from tumen.alone import alone_in
from tumen.case.folder import outside, resolve_inside
from tumen.case.load import Case
from tumen.case.record_files import files_of_table, with_file
from tumen.commands.saying import say
from tumen.engine.backends import open_engine
from tumen.engine.queries import typed
from tumen.errors import EngineError, Place, Problem, ProblemsError, WriteError, did_you_mean
from tumen.kinds import kinds
from tumen.prepare import load_case
from tumen.record.read import read_sources
from tumen.scratch import scratch_folder
from tumen.writing import CASE_FILE, drafted, make_folder, move, write_files

R = TypeVar("R")


@dataclass(frozen=True)
class _Named:
    """A source that rows of an earlier import name."""

    source: str | None


@dataclass(frozen=True)
class Destination:
    """A file of a case's record that is to be written.

    Args:
        source: what its rows name.
        shown: its path from the case's folder.
    """

    case: Case
    table: str
    source: str
    shown: str

    @property
    def path(self) -> Path:
        """Where the file will be."""
        return self.case.folder / self.shown

    def require(
        self,
        rows: int,
        file: Path,
        dropped: Mapping[str, Mapping[str, int]],
        problems: Sequence[Problem],
        expected: str,
    ) -> None:
        """Raises: ProblemsError where there is not one row to write, with the commonest reasons."""
        if rows:
            return
        reasons = sum((Counter(found) for found in dropped.values()), Counter[str]()).most_common(5)
        why = f" ({'; '.join(f'{reason}: {number}' for reason, number in reasons)})" if reasons else ""
        raise ProblemsError(
            [
                *problems,
                Problem(
                    Place(str(file)),
                    got=f"no row that can be used{why}",
                    expected=expected,
                    fix="Look at a file's first rows; the import's page in the documentation says what is read.",
                    slug="import-none",
                ),
            ]
        )

    @property
    def files(self) -> list[str]:
        """The files of the table that the case has."""
        return files_of_table(self.case.header.record, self.case.folder, self.table)

    @property
    def beside(self) -> list[str]:
        """What a reader should know of the table's other files: that they count too."""
        others = [f for f in self.files if f != self.shown]
        return [f"Measures count these {self.table} together with those of {', '.join(others)}."] if others else []

    @property
    def actors(self) -> tuple[str, ...]:
        """The actors that the case declares."""
        return tuple(actor.id for actor in self.case.header.actor)


def destination(folder: Path, table: str, source: str) -> Destination:
    """The file that an import writes: one for each table and source, so that the same import again replaces it.

    Raises: ProblemsError where the case cannot be loaded or has no such source, or its record lies elsewhere.
    """
    case, problems = load_case(folder)
    errors = [p for p in problems if p.severity == "error"]
    if case is None or errors:
        raise ProblemsError(problems)
    engine = open_engine()
    try:
        redaction, problems = read_sources(folder, case.header.record, engine, kinds(others=False).tables)
        hides = redaction.hides
        known = set(redaction.sources)
    finally:
        engine.close()
    errors = [p for p in problems if p.severity == "error"]
    if source not in known:
        near = "" if hides else did_you_mean(source, known) + " "
        errors.append(
            Problem(
                Place("record/sources.csv"),
                got=f"no source '{source}'",
                expected="the id of a row of sources",
                fix=f"{near}Or add a row for it; every row names where it was read.",
                slug="unknown-source",
            )
        )
    public = source in redaction.public
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", source).strip(".-") if public else "protected"
    into = Destination(case, table, source, f"record/{table}_{name}.parquet")
    if resolve_inside(folder, into.shown, ()) is None:
        errors.append(outside(into.shown, None, into.shown))
    if errors:
        raise ProblemsError(errors)
    return into


def file_destination(folder: Path, table: str, given: Path) -> Destination:
    """Where a table goes whose rows name their sources themselves: a file called after the table and the file given.

    Raises: ProblemsError where the case cannot be loaded, there is no such table, or the record lies elsewhere.
    """
    case, problems = load_case(folder)
    errors = [p for p in problems if p.severity == "error"]
    if case is None or errors:
        raise ProblemsError(problems)
    tables = kinds(others=False).tables
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", given.stem).strip(".-").lower() or "given"
    into = Destination(case, table, "", f"record/{table}_{name}.csv")
    if table not in tables:
        fix = did_you_mean(table, tables)
        errors.append(
            Problem(
                Place("--table"),
                got=f"no table '{table}'",
                expected="a table of the record",
                fix=fix,
                slug="unknown-table",
            )
        )
    elif resolve_inside(folder, into.shown, ()) is None:
        errors.append(outside(into.shown, None, into.shown))
    if errors:
        raise ProblemsError(errors)
    return into


def imported(folder: Path, table: str, source: str, fill: Callable[[Destination, Path], R]) -> tuple[R, Destination]:
    """Have a table filled, then put into a case, unless anything goes wrong.

    Args:
        fill: writes the table into a file of ours and returns what it read.

    Returns: what was read, and where the table is now.
    Raises: as `destination` and `put` do.
    """
    into = destination(folder, table, source)
    with scratch_folder("import") as ours:
        read = fill(into, ours / "table.parquet")
        return read, put(into, ours / "table.parquet")


def put(into: Destination, filled: Path) -> Destination:
    """Put a filled file in its place, and name it in case.toml where it is not yet.

    Others may have changed the case since it was loaded, so it is loaded again, alone.

    Args:
        filled: a file of ours.

    Returns: where it is now.
    Raises: WriteError where it cannot be written; the record is as it was then. BusyError. ProblemsError where the case
        cannot be loaded any more.
    """
    folder = into.case.folder
    with alone_in(folder, f"tumen import {into.table}", lambda text: say(text, err=True)):
        case, problems = load_case(folder)
        if case is None:
            raise ProblemsError(problems)
        into = _own_file(replace(into, case=case))
        new = not into.path.exists()
        make_folder(into.path.parent, folder)
        with drafted(into.path, folder) as draft:
            move(filled, draft)
        text = (folder / CASE_FILE).read_text(encoding="utf-8-sig")
        named = with_file(text, case.header.record, folder, into.table, into.shown)
        try:
            write_files(folder, {CASE_FILE: named} if named != text else {})
        except WriteError:
            if new:
                into.path.unlink()
            raise
        return into


def _own_file(into: Destination) -> Destination:
    """The first name whose file holds rows of this source, or is not there: sources may have names alike."""
    if not into.source:  # the file is called after one of the user's, and replaced with it
        return into
    for number in count(1):
        place = Path(into.shown)
        numbered = replace(into, shown=str(place.with_stem(f"{place.stem}-{number}")) if number > 1 else into.shown)
        if _sources_in(numbered.path) in ((), (into.source,)):
            return numbered
    raise AssertionError("numbers do not end")


def _sources_in(file: Path) -> tuple[str | None, ...]:
    """The sources that the rows of a file of an earlier import name; none where there is no file."""
    if not file.exists():
        return ()
    engine = open_engine()
    try:
        engine.scan("earlier", [file])
        sql = "select distinct cast(source as varchar) as source from earlier order by source limit 2"
        return tuple(row.source for row in typed(engine.rows(sql), _Named))
    except EngineError:  # of another kind: it is let alone
        return ("", "")
    finally:
        engine.close()


def absent(files: Sequence[Path], into: Destination, found: frozenset[str]) -> list[Problem]:
    """A warning for the actors of the case that the files never name."""
    missing = [actor for actor in into.actors if actor not in found]
    if not missing:
        return []
    shown = str(files[0]) if len(files) == 1 else f"{files[0]} and {len(files) - 1} more"
    return [
        Problem(
            Place(shown),
            got=f"no row of {', '.join(missing)}",
            expected="rows of every actor of the case",
            fix="Some extracts leave states out altogether; take care that silence is not read as absence.",
            slug="actor-absent",
            severity="warning",
        )
    ]
