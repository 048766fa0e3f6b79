"""Read the tables of a case into an engine, and say all that is wrong with them.

A cell that cannot be read loses its row and is counted; a row that breaks a rule of its table is
an error. Both are named by file and line.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tumen.errors import EngineError, Problem, Severity, did_you_mean
from tumen.process import leave_no_core
from tumen.queries import Engine, FilePart, Reject, Row, UnreadableFileError
from tumen.record import redaction
from tumen.record.files import (
    RecordFile,
    find_files,
    header_of,
    lines_of_ids,
    record_lines,
    text_problems,
)
from tumen.record.narrowing import narrow_descriptions
from tumen.record.redaction import Redaction
from tumen.record.rules import Breach, BreachRow, breaches
from tumen.record.schema import TABLES, TYPES, Table
from tumen.record.sources import Source, source_of
from tumen.record.unseen import unseen_in_columns

if TYPE_CHECKING:
    from tumen.record.findings import Findings

#: Problems of one kind in one file beyond this many are counted, not listed.
SHOWN_PER_KIND = 20


@dataclass(frozen=True)
class Record:
    """What was observed, in an engine, with what a verdict must say of its making.

    Args:
        redaction: what may be shown of it; holds the sources.
        rows: rows loaded, by table.
        rejected: rows left out because a cell could not be read, by table.
        hashes: SHA-256 of every file read, by the path shown.
        findings: what detectors found in raw records given beside the case; None where none were given.
    """

    engine: Engine
    redaction: Redaction
    rows: Mapping[str, int]
    rejected: Mapping[str, int]
    hashes: Mapping[str, str]
    findings: Findings | None = None
    _answered: dict[tuple[str, str], list[Row]] = field(default_factory=dict, repr=False, compare=False)

    def answers(self, text: str, **parameters: Any) -> list[Row]:
        """Rows of a query, as the engine gives them; asked again, as it gave them, for tables do not change."""
        asked = (text, repr(sorted(parameters.items())))
        if asked not in self._answered:
            self._answered[asked] = self.engine.rows(text, **parameters)
        return self._answered[asked]

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
    declared: Mapping[str, Sequence[str]],
    engine: Engine,
    allowed: Sequence[Path] = (),
    progress: Callable[[str], None] = lambda _: None,
    dated: Collection[str] = (),
) -> tuple[Record, list[Problem]]:
    """Read every table of a case.

    Args:
        folder: the case's folder.
        declared: `[record]` of case.toml, table to paths.
        engine: where the tables are put.
        allowed: places outside the folder that the user allows.
        progress: told the name of each file as it is read.
        dated: ids of sources that the case itself dates.

    Returns: the record, and every problem: errors that must stop a run, and warnings for the rows
        that were left out.
    """
    files, problems = find_files(folder, declared, allowed)
    hashes: dict[str, str] = {}
    loaded: list[_Loaded] = []
    with_ids: list[str] = []
    for table in TABLES.values():
        mine: list[RecordFile] = []
        parts: list[FilePart] = []
        for file in (f for f in files if f.table == table.name):
            progress(file.shown)
            part, more = _part(table, file, engine)
            problems += more
            hashes[file.shown] = sha256(file.path)
            if part is not None:
                mine.append(file)
                parts.append(part)
                with_ids += [file.shown] if "id" in dict(part.columns) else []
        loaded.append(_load(table, parts, mine, engine))
    shown, more = _redaction(engine, loaded, problems)
    problems += more
    problems += [p for one in loaded for p in _load_problems(one, shown)]
    files = [f for one in loaded for f in one.files]
    rows, more = _judge_rows(engine, files, with_ids, shown, dated) if not more else (dict.fromkeys(TABLES, 0), [])
    return Record(engine, shown, rows, {one.table.name: one.rejected for one in loaded}, hashes), problems + more


def read_sources(
    folder: Path, declared: Mapping[str, Sequence[str]], engine: Engine
) -> tuple[Redaction, list[Problem]]:
    """Read the table `sources` of a case, and no other.

    Args:
        folder, declared, engine: as in `read_record`.

    Returns: what may be shown of the sources, and every problem of their files.
    """
    files, problems = find_files(folder, declared, ())
    table = TABLES["sources"]
    read = [(file, *_part(table, file, engine)) for file in files if file.table == table.name]
    problems = [p for p in problems if Path(p.file).stem == table.name]
    problems += [p for _, _, more in read for p in more]
    parts = [(file, part) for file, part, _ in read if part is not None]
    loaded = _load(table, [part for _, part in parts], [file for file, _ in parts], engine)
    shown, more = _redaction(engine, [loaded], problems)
    return shown, [*problems, *more, *_load_problems(loaded, shown)]


def _redaction(
    engine: Engine, loaded: Sequence[_Loaded], problems: Sequence[Problem]
) -> tuple[Redaction, list[Problem]]:
    """What may be shown of the record; nothing of unknown rows where a row of `sources` could not be read."""
    (mine,) = (one for one in loaded if one.table.name == "sources")
    lost = any(p.severity == "error" and Path(p.file).stem == "sources" for p in problems)
    try:
        sources = [source_of(row) for row in engine.inspect("select * from sources order by id nulls last")]
    except EngineError:
        leave_no_core()
        return redaction.redaction_of(engine, (), whole=False), _damaged("sources", mine.files)
    found = redaction.redaction_of(engine, sources, whole=not (lost or mine.rejects or mine.failure))
    if found.hides:
        leave_no_core()
    return found, []


def sha256(path: Path) -> str:
    """Hash of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _part(table: Table, file: RecordFile, engine: Engine) -> tuple[FilePart | None, list[Problem]]:
    """A file with its columns matched to the schema, or why it cannot be read."""
    strange: list[Problem] = []
    if file.path.suffix.lower() == ".parquet":
        try:
            names = list(engine.parquet_columns(file.path))
        except EngineError:
            return None, [Problem(file.shown, None, "a file that is not Parquet", "Parquet, as its name says",
                                  "Save it again, or rename it to .csv if it is text.", "file-kind")]  # fmt: skip
    else:
        strange = text_problems(file)
        if any(p.severity == "error" for p in strange):
            return None, strange
        names = header_of(file)
    problems = [*_header_problems(table, file, names), *strange]
    if any(p.severity == "error" for p in problems):
        return None, problems
    kinds = {c.name: TYPES[c.type] for c in table.columns}
    return FilePart(file.path, file.shown, tuple((n, kinds.get(n)) for n in names)), problems


def _header_problems(table: Table, file: RecordFile, names: Sequence[str]) -> list[Problem]:
    """Columns that are missing, repeated or unknown."""
    line = None if file.path.suffix.lower() == ".parquet" else 1
    if not any(n.strip() for n in names) or not any(table.column(n.strip().lower()) for n in names):
        return [Problem(file.shown, line, "no header", "column names on the first line",
                        f"Start with: {','.join(c.name for c in table.columns)}", "header-missing")]  # fmt: skip
    problems = [
        Problem(file.shown, line, f"no column '{c.name}'", f"the columns of '{table.name}'",
                f"Add it: {c.meaning}.", "column-missing")
        for c in table.columns
        if c.required and c.name not in names and not (c.name == "id" and line is None)
    ]  # fmt: skip
    counts = Counter(name.lower() for name in names)  # engines do not tell 'id' from 'ID'
    for name in {n.lower(): n for n in reversed(names)}.values():
        if (count := counts[name.lower()]) > 1:
            problems.append(Problem(file.shown, line, f"column '{name}' {count} times", "each column once",
                                    "Remove or rename the others.", "column-repeated"))  # fmt: skip
        elif table.column(name) is None:
            problems.append(Problem(file.shown, line, f"column '{name}'", f"the columns of '{table.name}'",
                                    did_you_mean(name, [c.name for c in table.columns]) + " It is not read.",
                                    "column-unknown", "warning"))  # fmt: skip
    return problems


def _load(table: Table, parts: Sequence[FilePart], files: Sequence[RecordFile], engine: Engine) -> _Loaded:
    """Load one table."""
    columns = {c.name: TYPES[c.type] for c in table.columns}
    try:
        return _Loaded(table, tuple(files), tuple(engine.load(table.name, columns, parts)))
    except UnreadableFileError as error:
        engine.load(table.name, columns, ())
        return _Loaded(table, tuple(files), failure=error)


def _load_problems(loaded: _Loaded, shown: Redaction) -> list[Problem]:
    """What kept a table from being read; each cell that could not be read is a warning at its line."""
    table, error = loaded.table, loaded.failure
    if error is not None:
        reason = redaction.shown(f" ({error})", not shown.hides, "")
        return [Problem(error.file, None, f"a file that cannot be read{reason}", f"a table of '{table.name}'",
                        "Check the file; it may be damaged.", "file-unreadable")]  # fmt: skip
    problems: list[Problem] = []
    for file in loaded.files:
        mine = [r for r in loaded.rejects if r.file == file.shown]
        is_csv = file.path.suffix.lower() == ".csv"
        lines = record_lines(file, [r.record for r in mine[:SHOWN_PER_KIND]]) if is_csv else {}
        for reject in mine[:SHOWN_PER_KIND]:
            line, cells = lines.get(reject.record, (None, {}))
            reason = redaction.shown(reject.reason, _names_nobody(reject, cells, table, shown), "it cannot be read")
            cell = f"{reject.column}: " if reject.column else ""
            kind = table.column(reject.column or "")
            expected = f"{kind.type}: {kind.meaning}" if kind else "one cell a column"
            problems.append(Problem(file.shown, line, cell + reason, expected,
                                    "Correct the cell; its row is left out until then.", "cell-unreadable",
                                    "warning"))  # fmt: skip
        problems += _and_more(file.shown, len(mine), "cells that cannot be read", "cell-unreadable", "warning")
    return problems


def _names_nobody(reject: Reject, cells: Mapping[str, str], table: Table, shown: Redaction) -> bool:
    """Whether a row that was left out is a public one; where that cannot be told, it is not."""
    if not shown.hides:
        return True
    if cells.get(reject.column or "", "")[:60] not in reject.reason:
        return False  # the engine counts records otherwise than we do
    if table.name == "sources":
        return cells.get("access") == "public"
    return cells.get("source") in shown.public


def _and_more(file: str, count: int, what: str, slug: str, severity: Severity) -> list[Problem]:
    """One line for the problems of a kind that are not listed."""
    if count <= SHOWN_PER_KIND:
        return []
    return [Problem(file, None, f"{count - SHOWN_PER_KIND} more {what}", "none", "Mend the first ones, then check again.",
                    slug, severity)]  # fmt: skip


def _judge_rows(
    engine: Engine, files: Sequence[RecordFile], with_ids: Sequence[str], shown: Redaction, dated: Collection[str]
) -> tuple[dict[str, int], list[Problem]]:
    """Count the rows of every table, and find rows that break a rule."""
    counts = dict.fromkeys(TABLES, 0)
    problems: list[Problem] = []
    for table in TABLES.values():
        mine = [f for f in files if f.table == table.name]
        if not mine:
            continue
        try:
            counts[table.name], found = breaches(
                engine, table, SHOWN_PER_KIND, [f.shown for f in mine if f.shown in with_ids], shown.hides
            )
            packed = [f.shown for f in mine if f.path.suffix.lower() == ".parquet"]
            problems += unseen_in_columns(engine, table, packed)
        except EngineError:
            problems += _damaged(table.name, mine)
            continue
        for breach in found:
            problems += _breach_problems(breach, table, mine)
    if not any(p.severity == "error" for p in problems):
        problems += narrow_descriptions(engine, [f for f in files if f.table == "sources"], dated)
    return counts, problems


def _damaged(table: str, files: Sequence[RecordFile]) -> list[Problem]:
    """The problem of a table whose Parquet opens but cannot be read to its end."""
    return [
        Problem(f.shown, None, "a file that cannot be read", f"a table of '{table}'",
                "Check the file; it may be damaged.", "file-unreadable")
        for f in files
        if f.table == table and f.path.suffix.lower() == ".parquet"
    ]  # fmt: skip


def _breach_problems(breach: Breach, table: Table, files: Sequence[RecordFile]) -> list[Problem]:
    """A rule's breaches, each at its line where the file is a CSV with ids."""
    problems: list[Problem] = []
    for file in files:
        mine = [b for b in breach.rows if b.file == file.shown]
        if not mine:
            continue
        lines = lines_of_ids(file, [b.id for b in mine]) if file.path.suffix.lower() == ".csv" else {}
        for row in mine:
            places = lines.get(row.id, [])
            line = places[-1] if places and (breach.slug == "id-repeated" or len(places) == 1) else None
            problems.append(Problem(file.shown, line, f"{row.got} ({_row(row)})", breach.expected,
                                    row.fix or breach.fix, breach.slug, breach.severity))  # fmt: skip
    if problems and breach.count > len(breach.rows):
        problems += _and_more(files[0].shown, breach.count - len(breach.rows) + SHOWN_PER_KIND, breach.what, breach.slug,
                              breach.severity)  # fmt: skip
    return problems


def _row(row: BreachRow) -> str:
    return redaction.shown(f"row '{row.id}'", row.public, "a row that is not named here")
