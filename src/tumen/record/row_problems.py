"""What is said of rows that could not be read, and of rows that break a rule, each at its line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tumen.budgets import SHOWN_OF_A_FILE, UNREADABLE_ROWS
from tumen.engine.queries import CrowdedFileError, Reject, UnreadableFileError
from tumen.errors import Place, Problem, Severity
from tumen.record import redaction
from tumen.record.columns import Table
from tumen.record.redaction import Redaction
from tumen.record.rules import Breach, BreachRow
from tumen.record.schema import SOURCES
from tumen.record.sizes import rows_unreadable
from tumen.record.table_files import RecordFile
from tumen.record.table_text import lines_of_ids, lines_of_keys
from tumen.record.unread_rows import UnreadRow


@dataclass(frozen=True)
class Loaded:
    """One table: its files in the engine, the rows left out, and what kept it from being read.

    Args:
        unread: the rows left out, as far as they can be named.
        problems: what its cells tell of all of them together.
        unclear: for each file, columns that are told of as a whole.
    """

    table: Table
    files: tuple[RecordFile, ...]
    rejects: tuple[Reject, ...] = ()
    failure: UnreadableFileError | None = None
    unread: tuple[UnreadRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    unclear: Mapping[str, Collection[str]] = field(default_factory=dict)

    @property
    def holds_unread(self) -> bool:
        """Whether some of the rows left out are whole but for cells that cannot be read."""
        return any(row.cells and row.unread for row in self.unread)

    @property
    def rejected(self) -> int:
        """How many rows were left out."""
        return len({(r.file, r.record) if r.record else (r.file, n) for n, r in enumerate(self.rejects)})


def load_problems(loaded: Loaded, shown: Redaction) -> list[Problem]:
    """What kept a table from being read; each cell that could not be read is a warning at its line."""
    table, error = loaded.table, loaded.failure
    crowded = (
        [rows_unreadable(error.file, f"more than {UNREADABLE_ROWS} rows that cannot be read")]
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
    problems: list[Problem] = [*crowded, *loaded.problems]
    places = {(row.file, row.record): row for row in loaded.unread}
    for file in loaded.files:
        unclear = loaded.unclear.get(file.shown, ())
        mine = [r for r in loaded.rejects if r.file == file.shown and r.column not in unclear]
        for reject in mine[:SHOWN_OF_A_FILE]:
            problems.append(_unreadable(reject, places.get((reject.file, reject.record)), file, table, shown))
        problems += _and_more(file.shown, len(mine), "cells that cannot be read", "cell-unreadable", "warning")
    return problems


def _unreadable(reject: Reject, row: UnreadRow | None, file: RecordFile, table: Table, shown: Redaction) -> Problem:
    """A cell that cannot be read, by its line, or by its row where the file has no lines."""
    cells = row.cells if row else {}
    public = _names_nobody(reject, cells, table, shown)
    reason = redaction.shown(reject.reason, public, "it cannot be read")
    kind = table.column(reject.column or "")
    where = ""
    if file.is_parquet and reject.record:
        named = f" ('{cells['id'][:60]}')" if public and cells.get("id") else ""
        where = f"row {reject.record}{named}, "
    return Problem(
        Place(file.shown, row.line if row else None),
        got=where + (f"{reject.column}: " if reject.column else "") + reason,
        expected=f"{kind.type}: {kind.meaning}" if kind else "one cell a column",
        fix="Correct the cell; its row is left out until then.",
        slug="cell-unreadable",
        severity="warning",
    )


def _names_nobody(reject: Reject, cells: Mapping[str, str], table: Table, shown: Redaction) -> bool:
    """Whether a row that was left out is a public one; where that cannot be told, it is not."""
    if not shown.hides:
        return True
    if cells.get(reject.column or "", "")[:50] not in reject.reason:
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


#: Lines of rows, by their ids, or by the cells that tell them apart.
Lines = Mapping[Any, list[int]]


def places(table: Table, found: Sequence[Breach], files: Sequence[RecordFile]) -> dict[str, Lines]:
    """Lines of the rows at fault, in each file that has lines; each file is read once."""
    rows = [row for breach in found for row in breach.rows if row.line is None]
    lines: dict[str, Lines] = {}
    for file in (f for f in files if not f.is_parquet):
        mine = [row for row in rows if row.file == file.shown]
        if mine and table.column("id"):
            lines[file.shown] = lines_of_ids(file, [row.id for row in mine])
        elif mine:
            lines[file.shown] = lines_of_keys(file, table.key, {row.key for row in mine})
    return lines


def breach_problems(breach: Breach, files: Sequence[RecordFile], lines_by_file: Mapping[str, Lines]) -> list[Problem]:
    """A rule's breaches, each at its line where its file has lines."""
    problems: list[Problem] = []
    for file in files:
        lines = lines_by_file.get(file.shown, {})
        for row in (b for b in breach.rows if b.file == file.shown):
            problems.append(
                Problem(
                    Place(file.shown, row.line or _line(breach, lines.get(row.key or row.id, []))),
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


def _line(breach: Breach, lines: Sequence[int]) -> int | None:
    """The line of a row; the last of those with the same name, where that they are alike is what is told."""
    return lines[-1] if lines and (breach.slug == "id-repeated" or len(lines) == 1) else None


def _row(row: BreachRow) -> str:
    return redaction.shown(f"row '{row.id}'", row.public, "a row that is not named here")
