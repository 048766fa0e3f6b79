"""What is said of rows that could not be read, and of rows that break a rule, each at its line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tumen.budgets import SHOWN_OF_A_FILE, UNREADABLE_ROWS
from tumen.engine.queries import CrowdedFileError, Reject, UnreadableFileError
from tumen.errors import Place, Problem, Severity
from tumen.record import redaction
from tumen.record.columns import Table
from tumen.record.redaction import Redaction
from tumen.record.rules import Breach, BreachRow
from tumen.record.schema import SOURCES
from tumen.record.sizes import rows_unreadable
from tumen.record.table_files import RecordFile, lines_of_ids, record_lines


@dataclass(frozen=True)
class Loaded:
    """One table: its files in the engine, the rows left out, and what kept it from being read."""

    table: Table
    files: tuple[RecordFile, ...]
    rejects: tuple[Reject, ...] = ()
    failure: UnreadableFileError | None = None

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


def places(found: Sequence[Breach], files: Sequence[RecordFile]) -> dict[str, dict[str, list[int]]]:
    """Lines of the rows at fault by their ids, in each file that is a CSV; each file is read once."""
    ids: dict[str, list[str]] = defaultdict(list)
    for row in (row for breach in found for row in breach.rows):
        ids[row.file].append(row.id)
    return {f.shown: lines_of_ids(f, ids[f.shown]) for f in files if ids[f.shown] and f.path.suffix.lower() == ".csv"}


def breach_problems(
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
