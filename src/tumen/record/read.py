"""Read the tables of a case into an engine, and report everything that is wrong with them.

A cell that cannot be read loses its row and is counted; a row that breaks a rule of its table is
an error. Both are named by file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from tumen.budgets import SHOWN_OF_A_FILE, USUAL, Budgets
from tumen.case.coverage import Coverage
from tumen.case.record_files import endings_of
from tumen.engine.queries import Engine, Extent, MemoryShortError
from tumen.errors import EngineError, Problem
from tumen.process import leave_no_core
from tumen.record import redaction
from tumen.record.answers import Answers
from tumen.record.columns import Table
from tumen.record.findings import Findings
from tumen.record.hashes import sha256
from tumen.record.left_out import BeyondWall
from tumen.record.narrowing import narrow_descriptions
from tumen.record.opening import OpenedPart, damaged, part_of
from tumen.record.prints import Revisions
from tumen.record.redaction import Redaction
from tumen.record.repeats import Repeat
from tumen.record.row_hashes import rows_named
from tumen.record.row_problems import Loaded, breach_problems, load_problems, places
from tumen.record.rules import Held, breaches, unread_breaches
from tumen.record.same import Things, same_things
from tumen.record.schema import SOURCES
from tumen.record.sources import Source, source_of
from tumen.record.table_files import (
    LineOf,
    RecordFile,
    find_files,
    sources_named,
)
from tumen.record.table_loading import load_table
from tumen.record.unread_rows import half_unread, unread_name
from tumen.record.unseen_cells import unseen_in_columns


@dataclass(frozen=True)
class Record:
    """What was observed, in an engine, with what a verdict must say of its making.

    Args:
        redaction: what may be shown of it; holds the sources.
        rows: rows loaded, by table.
        rejected: rows left out because a cell could not be read, by table.
        hashes: SHA-256 of every file read, by the path shown.
        files: where each of those of its tables lies, by the path shown.
        named: what names the rows of each table, those beyond the wall too; see `tumen.record.row_hashes`.
        left_out: rows beyond the wall of time, by table; see `tumen.record.wall`.
        findings: what detectors found in raw records given beside the case, by the name of those.
        same: what rows tell of that name another one of their table, by table and id; see `tumen.record.same`.
        revised: what publishers printed anew by the wall, by table; see `tumen.record.prints`.
        repeats: what tables tell twice under two names, by table; see `tumen.record.repeats`.
        dated: tables of which rows may say themselves when they became known, as a file has the column.
        coverage: how much of what there was some tables hold, where the case says other than is usual.
    """

    engine: Engine
    redaction: Redaction
    rows: Mapping[str, int]
    rejected: Mapping[str, int]
    hashes: Mapping[str, str]
    findings: Mapping[str, Findings] = field(default_factory=dict)
    left_out: Mapping[str, BeyondWall] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[str, Things] = field(default_factory=dict)
    revised: Mapping[str, Revisions] = field(default_factory=dict)
    repeats: Mapping[str, tuple[Repeat, ...]] = field(default_factory=dict)
    dated: frozenset[str] = frozenset()
    coverage: Mapping[str, Coverage] = field(default_factory=dict)

    def covers(self, table: str) -> Coverage:
        """How much of what there was a table holds. What a convenience record lacks may have been all the same."""
        return self.coverage.get(table, self.tables[table].coverage)

    @cached_property
    def answers(self) -> Answers:
        """What was asked of it so far; a record with other tables is another one, and has its own."""
        return Answers(self.engine)

    @property
    def tables(self) -> Mapping[str, Table]:
        """The tables that it can have, by name."""
        return self.redaction.tables

    @cached_property
    def shown_sources(self) -> Mapping[str, Source]:
        """Sources by the ids under which outputs show them."""
        return {source.id: source for source in self.sources.values()}

    @property
    def sources(self) -> Mapping[str, Source]:
        """Sources as outputs may show them, by the ids that rows name."""
        return self.redaction.sources


def read_record(
    folder: Path,
    declared: Mapping[str, Sequence[str]] | None,
    engine: Engine,
    tables: Mapping[str, Table],
    allowed: Sequence[Path] = (),
    progress: Callable[[str], None] = lambda _: None,
    dated: Collection[str] = (),
    budgets: Budgets = USUAL,
    line: LineOf = lambda *_: None,
    instead: Mapping[str, Path] = MappingProxyType({}),
) -> tuple[Record, list[Problem]]:
    """Read every table of a case.

    Args:
        folder: the case's folder.
        declared: `[record]` of case.toml, table to paths; None where it cannot be read, so that other files may hold
            the sources.
        engine: where the tables are put.
        tables: those that a record can have, by name.
        allowed: places outside the folder that the user allows.
        progress: told the name of each file as it is read.
        dated: ids of sources that the case itself dates.
        budgets: how much is read of it.
        line: the line of a key of case.toml.
        instead: as in `find_files`.

    Returns: the record, and every problem: errors that must stop a run, and warnings for the rows
        that were left out.
    """
    files, problems = find_files(folder, declared or {}, allowed, tables, line, instead)
    hashes: dict[str, str] = {}
    loaded: list[Loaded] = []
    with_ids: list[str] = []
    with_dates: set[str] = set()
    held = 0
    for table in tables.values():
        parts: list[OpenedPart] = []
        found = 0
        for file in (f for f in files if f.table == table.name):
            progress(file.shown)
            part, more, extent = part_of(table, file, engine, Extent(found, held), budgets)
            problems += more
            found, held = found + extent.rows, held + extent.bytes
            if part is not None:
                hashes[file.shown] = sha256(file.path)
                parts.append(part)
                with_ids += [file.shown] if "id" in part.names else []
                with_dates |= {table.name} if "published" in part.names and table != SOURCES else set()
        loaded.append(load_table(table, parts, engine))
    shown, more = _redaction(
        engine, loaded, sources_named(folder, declared, tables) if declared is not None else None, tables
    )
    problems += more
    problems += [p for one in loaded for p in load_problems(one, shown)]
    files = [f for one in loaded for f in one.files]
    unread = {one.table.name for one in loaded if one.holds_unread}
    judged, more = _judge_rows(engine, files, with_ids, shown, dated, unread) if not more else ({}, [])
    rejected = {one.table.name: one.rejected for one in loaded}
    counts = {name: judged[name].rows if name in judged else 0 for name in tables}
    problems += [p for one in loaded if one.table.name in judged for p in _of_half(one, counts[one.table.name])]
    read = Record(
        engine,
        shown,
        counts,
        rejected,
        hashes,
        files={f.shown: f.path for f in files},
        named=_named(judged, rejected),
        same={name: same_things(engine, tables[name]) for name, count in counts.items() if count and tables[name].same},
        dated=frozenset(with_dates),
    )
    return read, problems + more


def _named(held: Mapping[str, Held], rejected: Mapping[str, int]) -> dict[str, str]:
    """What names the rows of each table that has or had some."""
    every = {name: (one.rows, one.summed, rejected[name]) for name, one in held.items()}
    return {name: rows_named(*one) for name, one in every.items() if one[0] or one[2]}


def _of_half(loaded: Loaded, rows: int) -> list[Problem]:
    """The problem of a table that is half unread, unless a whole column, or the file, is told of already."""
    told = loaded.failure or any(p.severity == "error" for p in loaded.problems)
    return [] if told else half_unread(loaded.table, loaded.files, rows, loaded.rejected)


def read_sources(
    folder: Path, declared: Mapping[str, Sequence[str]], engine: Engine, tables: Mapping[str, Table]
) -> tuple[Redaction, list[Problem]]:
    """Read the table `sources` of a case, and no other.

    Args:
        folder, declared, engine, tables: as in `read_record`.

    Returns: what may be shown of the sources, and every problem of their files.
    """
    mine = {name: paths for name, paths in declared.items() if name == "sources"}
    files, problems = find_files(folder, mine, (), tables)
    table = SOURCES
    read = [part_of(table, file, engine) for file in files if file.table == table.name]
    problems = [p for p in problems if p.file == "case.toml" or endings_of(Path(p.file).name)[0] == table.name]
    problems += [p for _, more, _ in read for p in more]
    loaded = load_table(table, [part for part, _, _ in read if part is not None], engine)
    shown, more = _redaction(engine, [loaded], sources_named(folder, declared, tables), tables)
    return shown, [*problems, *more, *load_problems(loaded, shown)]


def _redaction(
    engine: Engine, loaded: Sequence[Loaded], named: int | None, tables: Mapping[str, Table]
) -> tuple[Redaction, list[Problem]]:
    """What may be shown of the record; nothing of unknown rows where a row of `sources` is not there or could not be
    read.

    Args:
        named: how many files of sources the case has; None where that cannot be known.
    """
    (mine,) = (one for one in loaded if one.table == SOURCES)
    whole = named == len(mine.files) and not (mine.rejects or mine.failure)
    try:
        sources = [source_of(row) for row in engine.inspect("select * from sources order by id nulls last")]
    except MemoryShortError:
        raise
    except EngineError:
        leave_no_core()
        return redaction.redaction_of(engine, (), whole=False, tables=tables), damaged("sources", mine.files)
    found = redaction.redaction_of(engine, sources, whole, tables)
    if found.hides:
        leave_no_core()
    return found, []


def _judge_rows(
    engine: Engine,
    files: Sequence[RecordFile],
    with_ids: Sequence[str],
    shown: Redaction,
    dated: Collection[str],
    unread: Collection[str],
) -> tuple[dict[str, Held], list[Problem]]:
    """What each table with files holds, and rows that break a rule.

    Args:
        unread: tables of which rows were left out that can be looked at.
    """
    held: dict[str, Held] = {}
    problems: list[Problem] = []
    for table in shown.tables.values():
        mine = [f for f in files if f.table == table.name]
        if not mine:
            continue
        try:
            held[table.name], found = breaches(
                engine, table, SHOWN_OF_A_FILE, [f.shown for f in mine if f.shown in with_ids], shown.hides
            )
            if table.name in unread:
                found += unread_breaches(engine, table, unread_name(table.name), SHOWN_OF_A_FILE, shown.hides)
            packed = [f.shown for f in mine if f.is_parquet]
            problems += unseen_in_columns(engine, table, packed)
        except MemoryShortError:
            raise
        except EngineError:
            problems += damaged(table.name, mine)
            continue
        lines = places(table, found, mine)
        for breach in found:
            problems += breach_problems(breach, mine, lines)
    if not any(p.severity == "error" for p in problems):
        problems += narrow_descriptions(
            engine, [f for f in files if f.table == SOURCES.name], shown.tables.values(), dated
        )
    return held, problems
