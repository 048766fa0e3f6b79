"""Read the tables of a case into an engine, and report everything that is wrong with them.

A cell that cannot be read loses its row and is counted; a row that breaks a rule of its table is
an error. Both are named by file and line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tumen.budgets import SHOWN_OF_A_FILE, UNREADABLE_ROWS, USUAL, Budgets
from tumen.engine.queries import (
    CrowdedFileError,
    Engine,
    Extent,
    FilePart,
    MemoryShortError,
    Reject,
    UnreadableFileError,
)
from tumen.errors import EngineError, Place, Problem, Severity
from tumen.process import leave_no_core
from tumen.record import redaction
from tumen.record.answers import Answers
from tumen.record.columns import TYPES, Table
from tumen.record.files import (
    LineOf,
    RecordFile,
    find_files,
    lines_of_ids,
    record_lines,
    sources_named,
)
from tumen.record.findings import Findings
from tumen.record.hashes import sha256
from tumen.record.narrowing import narrow_descriptions
from tumen.record.opening import damaged, part_of
from tumen.record.redaction import Redaction
from tumen.record.rules import Breach, BreachRow, breaches
from tumen.record.schema import SOURCES
from tumen.record.sizes import unreadable
from tumen.record.sources import Source, source_of
from tumen.record.unseen import unseen_in_columns


@dataclass(frozen=True)
class Record:
    """What was observed, in an engine, with what a verdict must say of its making.

    Args:
        redaction: what may be shown of it; holds the sources.
        rows: rows loaded, by table.
        rejected: rows left out because a cell could not be read, by table.
        hashes: SHA-256 of every file read, by the path shown.
        findings: what detectors found in raw records given beside the case, by the name of those.
    """

    engine: Engine
    redaction: Redaction
    rows: Mapping[str, int]
    rejected: Mapping[str, int]
    hashes: Mapping[str, str]
    findings: Mapping[str, Findings] = field(default_factory=dict)

    @cached_property
    def answers(self) -> Answers:
        """What was asked of it so far; a record with other tables is another one, and has its own."""
        return Answers(self.engine)

    @property
    def tables(self) -> Mapping[str, Table]:
        """The tables that it can have, by name."""
        return self.redaction.tables

    @property
    def sources(self) -> Mapping[str, Source]:
        """Sources as outputs may show them, by the ids that rows name."""
        return self.redaction.sources


@dataclass(frozen=True)
class _Loaded:
    """One table: its files in the engine, the rows left out, and what kept it from being read."""

    table: Table
    files: tuple[RecordFile, ...]
    rejects: tuple[Reject, ...] = ()
    failure: UnreadableFileError | None = None

    @property
    def rejected(self) -> int:
        """How many rows were left out."""
        return len({(r.file, r.record) if r.record else (r.file, n) for n, r in enumerate(self.rejects)})


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

    Returns: the record, and every problem: errors that must stop a run, and warnings for the rows
        that were left out.
    """
    files, problems = find_files(folder, declared or {}, allowed, tables, line)
    hashes: dict[str, str] = {}
    loaded: list[_Loaded] = []
    with_ids: list[str] = []
    held = 0
    for table in tables.values():
        mine: list[RecordFile] = []
        parts: list[FilePart] = []
        found = 0
        for file in (f for f in files if f.table == table.name):
            progress(file.shown)
            part, more, extent = part_of(table, file, engine, Extent(found, held), budgets)
            problems += more
            found, held = found + extent.rows, held + extent.bytes
            if part is not None:
                hashes[file.shown] = sha256(file.path)
                mine.append(file)
                parts.append(part)
                with_ids += [file.shown] if "id" in dict(part.columns) else []
        loaded.append(_load(table, parts, mine, engine))
    shown, more = _redaction(
        engine, loaded, sources_named(folder, declared, tables) if declared is not None else None, tables
    )
    problems += more
    problems += [p for one in loaded for p in _load_problems(one, shown)]
    files = [f for one in loaded for f in one.files]
    rows, more = _judge_rows(engine, files, with_ids, shown, dated) if not more else (dict.fromkeys(tables, 0), [])
    return Record(engine, shown, rows, {one.table.name: one.rejected for one in loaded}, hashes), problems + more


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
    read = [(file, *part_of(table, file, engine)[:2]) for file in files if file.table == table.name]
    problems = [p for p in problems if p.file == "case.toml" or Path(p.file).stem == table.name]
    problems += [p for _, _, more in read for p in more]
    parts = [(file, part) for file, part, _ in read if part is not None]
    loaded = _load(table, [part for _, part in parts], [file for file, _ in parts], engine)
    shown, more = _redaction(engine, [loaded], sources_named(folder, declared, tables), tables)
    return shown, [*problems, *more, *_load_problems(loaded, shown)]


def _redaction(
    engine: Engine, loaded: Sequence[_Loaded], named: int | None, tables: Mapping[str, Table]
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


def _load(table: Table, parts: Sequence[FilePart], files: Sequence[RecordFile], engine: Engine) -> _Loaded:
    """Load one table."""
    columns = {c.name: TYPES[c.type] for c in table.columns}
    try:
        return _Loaded(table, tuple(files), tuple(engine.load(table.name, columns, parts)))
    except UnreadableFileError as error:
        engine.load(table.name, columns, ())
        rejects = error.rejects if isinstance(error, CrowdedFileError) else ()
        return _Loaded(table, tuple(files), rejects, failure=error)


def _load_problems(loaded: _Loaded, shown: Redaction) -> list[Problem]:
    """What kept a table from being read; each cell that could not be read is a warning at its line."""
    table, error = loaded.table, loaded.failure
    crowded = (
        [unreadable(error.file, f"more than {UNREADABLE_ROWS} rows that cannot be read")]
        if isinstance(error, CrowdedFileError)
        else []
    )
    if error is not None and not crowded:
        reason = redaction.shown(f" ({error})", not shown.hides, "")
        return [
            Problem(
                Place(error.file),
                got=f"a file that cannot be read{reason}",
                expected=f"a table of '{table.name}'",
                fix="Check the file; it may be damaged.",
                slug="file-unreadable",
            )
        ]
    problems: list[Problem] = crowded
    by_file: dict[str, list[Reject]] = defaultdict(list)
    for reject in loaded.rejects:
        by_file[reject.file].append(reject)
    for file in loaded.files:
        mine = by_file[file.shown]
        is_csv = file.path.suffix.lower() == ".csv"
        lines = record_lines(file, [r.record for r in mine[:SHOWN_OF_A_FILE]]) if is_csv else {}
        for reject in mine[:SHOWN_OF_A_FILE]:
            line, cells = lines.get(reject.record, (None, {}))
            reason = redaction.shown(reject.reason, _names_nobody(reject, cells, table, shown), "it cannot be read")
            cell = f"{reject.column}: " if reject.column else ""
            kind = table.column(reject.column or "")
            expected = f"{kind.type}: {kind.meaning}" if kind else "one cell a column"
            problems.append(
                Problem(
                    Place(file.shown, line),
                    got=cell + reason,
                    expected=expected,
                    fix="Correct the cell; its row is left out until then.",
                    slug="cell-unreadable",
                    severity="warning",
                )
            )
        problems += _and_more(file.shown, len(mine), "cells that cannot be read", "cell-unreadable", "warning")
    return problems


def _names_nobody(reject: Reject, cells: Mapping[str, str], table: Table, shown: Redaction) -> bool:
    """Whether a row that was left out is a public one; where that cannot be told, it is not."""
    if not shown.hides:
        return True
    if cells.get(reject.column or "", "")[:60] not in reject.reason:
        return False  # the engine counts records otherwise than we do
    if table == SOURCES:
        return cells.get("access") == "public"
    return cells.get("source") in shown.public


def _and_more(file: str, count: int, what: str, slug: str, severity: Severity) -> list[Problem]:
    """One line for the problems of a kind that are not listed."""
    if count <= SHOWN_OF_A_FILE:
        return []
    return [
        Problem(
            Place(file),
            got=f"{count - SHOWN_OF_A_FILE} more {what}",
            expected="none",
            fix="Correct the first ones, then check again.",
            slug=slug,
            severity=severity,
            stands_for=count - SHOWN_OF_A_FILE,
        )
    ]


def _judge_rows(
    engine: Engine, files: Sequence[RecordFile], with_ids: Sequence[str], shown: Redaction, dated: Collection[str]
) -> tuple[dict[str, int], list[Problem]]:
    """Count the rows of every table, and find rows that break a rule."""
    counts = dict.fromkeys(shown.tables, 0)
    problems: list[Problem] = []
    for table in shown.tables.values():
        mine = [f for f in files if f.table == table.name]
        if not mine:
            continue
        try:
            counts[table.name], found = breaches(
                engine, table, SHOWN_OF_A_FILE, [f.shown for f in mine if f.shown in with_ids], shown.hides
            )
            packed = [f.shown for f in mine if f.path.suffix.lower() == ".parquet"]
            problems += unseen_in_columns(engine, table, packed)
        except MemoryShortError:
            raise
        except EngineError:
            problems += damaged(table.name, mine)
            continue
        places = _places(found, mine)
        for breach in found:
            problems += _breach_problems(breach, mine, places)
    if not any(p.severity == "error" for p in problems):
        problems += narrow_descriptions(
            engine, [f for f in files if f.table == SOURCES.name], shown.tables.values(), dated
        )
    return counts, problems


def _places(found: Sequence[Breach], files: Sequence[RecordFile]) -> dict[str, dict[str, list[int]]]:
    """Lines of the rows at fault by their ids, in each file that is a CSV; each file is read once."""
    ids: dict[str, list[str]] = defaultdict(list)
    for row in (row for breach in found for row in breach.rows):
        ids[row.file].append(row.id)
    return {f.shown: lines_of_ids(f, ids[f.shown]) for f in files if ids[f.shown] and f.path.suffix.lower() == ".csv"}


def _breach_problems(
    breach: Breach, files: Sequence[RecordFile], lines_by_file: Mapping[str, Mapping[str, list[int]]]
) -> list[Problem]:
    """A rule's breaches, each at its line where the file is a CSV with ids."""
    problems: list[Problem] = []
    for file in files:
        mine = [b for b in breach.rows if b.file == file.shown]
        lines = lines_by_file.get(file.shown, {})
        for row in mine:
            places = lines.get(row.id, [])
            line = places[-1] if places and (breach.slug == "id-repeated" or len(places) == 1) else None
            problems.append(
                Problem(
                    Place(file.shown, line),
                    got=f"{row.got} ({_row(row)})",
                    expected=breach.expected,
                    fix=row.fix or breach.fix,
                    slug=breach.slug,
                    severity=breach.severity,
                )
            )
    if problems and breach.count > len(breach.rows):
        problems += _and_more(
            files[0].shown, breach.count - len(breach.rows) + SHOWN_OF_A_FILE, breach.what, breach.slug, breach.severity
        )
    return problems


def _row(row: BreachRow) -> str:
    return redaction.shown(f"row '{row.id}'", row.public, "a row that is not named here")
