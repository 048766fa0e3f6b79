"""A matrix of evidence against hypotheses read back: scores that people gave in a spreadsheet, put into a case.

The matrix is the one that `tumen export ach` writes, or one with the marks of tools for the analysis of
competing hypotheses (ACH). Items that the case has are scored anew and keep what the matrix does not say.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tumen.case.lines import KeyPath
from tumen.case.load import Case
from tumen.case.validating import validated
from tumen.errors import Place, Problem, did_you_mean
from tumen.explanations.declared import Evidence, Hypotheses, Hypothesis
from tumen.explanations.hypotheses_file import check, declared_in
from tumen.explanations.marks import NOT_APPLICABLE, MatrixCell, mark_meant, plain_mark, with_signs
from tumen.formulas import as_meant
from tumen.record.readers.dialects import START_BYTES, dialect_of
from tumen.record.readers.written import DayOrder, day_read, order_of_days

#: Columns that are about the item; every other column is a hypothesis.
ABOUT = ("evidence", "date", "text", "claim", "group", "deception", "source")


@dataclass(frozen=True)
class MatrixRow:
    """One item of a matrix.

    Args:
        line: where it begins, 1-based.
        about: what its cells say of it, by column; nothing for an empty cell.
        cells: by hypothesis, a score from -2 to 2 or a range of likelihoods; those not considered are left out.
        blank: hypotheses whose cell is empty.
        inapplicable: those for which the matrix says that the item does not apply.
    """

    line: int
    about: Mapping[str, Any]
    cells: Mapping[str, MatrixCell]
    blank: tuple[str, ...] = ()
    inapplicable: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The item's id."""
        return str(self.about["id"])

    @property
    def expects(self) -> dict[str, Any]:
        """The cells as keys of an item of evidence; none where nothing was considered."""
        if not self.cells:
            return {}
        kind = "likelihood" if any(isinstance(c, tuple) for c in self.cells.values()) else "scores"
        return {kind: dict(self.cells)}


def read_matrix(
    text: str, file: str, known: Sequence[str], order: DayOrder | None = None
) -> tuple[tuple[MatrixRow, ...], list[Problem]]:
    """Read a matrix.

    Args:
        text: a table with commas, semicolons, tabs or bars; lines before the names of columns are passed over.
        file: its name as the user knows it.
        known: ids of the case's hypotheses; where there are none, the matrix's columns are taken.
        order: whether the day or the month comes first, where the user says so.

    Returns: its items in order, and every problem: an unknown hypothesis, a mark that is none, marks
        beside ranges in one item, no id, an id twice. An item with a problem has neutral marks in place of wrong ones,
        so that the rest of it can be looked at; nothing is to be written then.

    Source: Heuer (1999), Psychology of Intelligence Analysis, chapter 8.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    dialect = dialect_of(text[:START_BYTES].encode(), lambda cell: cell.lower() in (*ABOUT, *known))
    before, separator = (dialect.header_line - 1, dialect.separator) if dialect else (0, ",")
    reader = csv.reader(io.StringIO("\n".join(text.split("\n")[before:])), delimiter=separator)
    try:
        header = _without_empty([cell.strip().lower() for cell in next(reader, [])])
        lines = [(reader.line_num + before, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        return (), [
            Problem(
                Place(file, reader.line_num + before),
                got=f"a line that is not CSV ({error})",
                expected="a matrix as CSV",
                fix="Save it as CSV again.",
                slug="bad-value",
            )
        ]
    problems = _header(header, before + 1, file, known)
    if problems:
        return (), problems
    named = [(line, dict(zip(header, cells, strict=False))) for line, cells in lines]
    days, wrong = _order(named, file, order)
    signs = with_signs(plain_mark(cell) for _, cells in named for h, cell in cells.items() if h not in ABOUT)
    rows, problems = _rows(named, file, days, signs)
    if not lines:
        problems.append(
            Problem(
                Place(file), got="no item", expected="a line for each item", fix="Add the evidence.", slug="key-missing"
            )
        )
    return rows, wrong + problems


def _rows(
    named: Sequence[tuple[int, Mapping[str, str]]], file: str, days: DayOrder, signs: bool
) -> tuple[tuple[MatrixRow, ...], list[Problem]]:
    """The items, each id once, and what is wrong with them."""
    rows: dict[str, MatrixRow] = {}
    problems: list[Problem] = []
    for line, cells in named:
        row, more = _row(line, cells, file, days, signs)
        problems += more
        if row and row.id in rows:
            problems.append(
                Problem(
                    Place(file, line),
                    got=f"a second item '{row.id}'",
                    expected="each id once",
                    fix="Keep one of them.",
                    slug="id-repeated",
                )
            )
            rows[f"{row.id} on line {line}"] = row
        elif row:
            rows[row.id] = row
    return tuple(rows.values()), problems


def _without_empty(header: list[str]) -> list[str]:
    """Names of columns without the empty ones at their end."""
    while header and not header[-1]:
        header.pop()
    return header


def _order(
    named: Sequence[tuple[int, Mapping[str, str]]], file: str, order: DayOrder | None
) -> tuple[DayOrder, list[Problem]]:
    """What comes first in the days, and the problem where nothing shows it."""
    days = [(line, cells.get("date", "").strip()) for line, cells in named]
    found = order or order_of_days(day for _, day in days)
    if found not in (DayOrder.UNDECIDED, DayOrder.CONTRADICTORY):
        return found, []
    line, day = next((line, day) for line, day in days if day and day_read(day, DayOrder.NONE) is None)
    return found, [
        Problem(
            Place(file, line),
            got=f"days such as '{day}', of which the first number may be the day or the month",
            expected="a number above 12 that shows which is which",
            fix="Say which comes first: --dates day-first or --dates month-first.",
            slug="day-order",
        )
    ]


def _header(header: Sequence[str], line: int, file: str, known: Sequence[str]) -> list[Problem]:
    """What is wrong with the columns."""
    hypotheses = [name for name in header if name not in ABOUT]
    if "evidence" not in header or not hypotheses:
        return [
            Problem(
                Place(file, line),
                got=f"the columns {', '.join(header)[:120] or 'none'}",
                expected="evidence, and one for each hypothesis",
                fix="Start from what `tumen export ach` writes.",
                slug="header-missing",
            )
        ]
    problems = [
        Problem(
            Place(file, line),
            got=f"column '{name}' twice",
            expected="each column once",
            fix="Remove or rename one.",
            slug="column-repeated",
        )
        for name in sorted({n for n in header if header.count(n) > 1})
    ]
    problems += [
        Problem(
            Place(file, line),
            got=f"column '{name}'",
            expected="a hypothesis of the case, or " + ", ".join(ABOUT),
            fix=did_you_mean(name, known),
            slug="unknown-hypothesis",
        )
        for name in hypotheses
        if known and name not in known
    ]
    return problems


def _row(
    line: int, cells: Mapping[str, str], file: str, days: DayOrder, signs: bool
) -> tuple[MatrixRow | None, list[Problem]]:
    """One line as an item, and what is wrong with it; None without an id."""
    about = {name: as_meant(cells.get(name, "").strip()) for name in ABOUT}
    name = about.pop("evidence")
    if not name:
        return None, [
            Problem(
                Place(file, line),
                got="an item without an id",
                expected="a name in the column 'evidence'",
                fix="Give it one.",
                slug="key-missing",
            )
        ]
    marks = {h: plain_mark(cell) for h, cell in cells.items() if h not in ABOUT}
    read = {h: mark_meant(mark, signs) for h, mark in marks.items() if mark and mark not in NOT_APPLICABLE}
    problems = [
        Problem(
            Place(file, line),
            got=f"'{cells[h].strip()}' for '{h}'",
            expected="-2 to 2, or CC, C, N, I, II, or a range such as 0.4..0.6",
            fix="Correct the mark.",
            slug="bad-value",
        )
        for h, cell in read.items()
        if cell is None
    ]
    kinds = {type(cell) for cell in read.values()}
    if not problems and len(kinds) > 1:
        problems.append(
            Problem(
                Place(file, line),
                got=f"marks beside ranges for '{name}'",
                expected="one kind in an item",
                fix="Give ranges for all hypotheses, or marks for all.",
                slug="bad-value",
            )
        )
    given: dict[str, Any] = {k: _typed(k, v, days) for k, v in about.items() if v}
    found = {h: c or 0 for h, c in read.items() if not problems} or dict.fromkeys(read, 0)
    return MatrixRow(
        line,
        {"id": name, **given},
        found,
        tuple(h for h, mark in marks.items() if not mark and found),
        tuple(h for h, mark in marks.items() if mark in NOT_APPLICABLE),
    ), problems


def _typed(column: str, cell: str, days: DayOrder) -> Any:
    """A cell as TOML would have it; as it is where it cannot be, for the model to say so."""
    try:
        if column == "date":
            return day_read(re.sub(r"[ T]0?0:00(:00)?(\.0+)?$", "", cell), days) or cell
        return float(cell.replace(",", ".")) if column == "deception" else cell
    except ValueError:
        return cell


def merged(rows: Sequence[MatrixRow], case: Case, file: str) -> tuple[Hypotheses | None, list[Problem]]:
    """The case's rival explanations with a matrix put in.

    Args:
        rows: items of the matrix.
        case: the case; where it has no hypotheses, the matrix's columns become its hypotheses.
        file: the matrix's name, which problems are said of.

    Returns: the explanations as they would be, with the items that can be read, and what would be wrong with them; None
        where none can.
    """
    columns = dict.fromkeys(name for row in rows for name in row.cells)
    found = declared_in(case) or Hypotheses(None, tuple(_hypothesis(name) for name in columns), ())
    before = {item.id: item for item in found.evidence}
    after: dict[str, Evidence] = dict(before)
    problems: list[Problem] = []
    for row in rows:
        lines: Mapping[KeyPath, int] = {(): row.line}
        declared = as_declared(row, before.get(row.id))
        item, more = validated(Evidence, declared, file, lines)
        problems += more
        if item is None and isinstance(declared.get("date"), str):  # the rest of it is looked at all the same
            item, _ = validated(Evidence, {**declared, "date": dt.date.min}, file, lines)
        if item is not None:
            after[row.id] = item.placed(lines)
    if problems and not after:
        return None, problems
    together = replace(found, evidence=tuple(after.values()))
    return together, problems + [replace(p, place=Place(file, p.line)) for p in check(together, case.claims)]


def _hypothesis(name: str) -> Hypothesis:
    return Hypothesis(id=name, label=name, text=name)


def as_declared(row: MatrixRow, before: Evidence | None) -> dict[str, Any]:
    """An item as the case would declare it: what the matrix says, over what the case had."""
    kept = before.model_dump(exclude_defaults=True, exclude={"scores", "likelihood"}) if before else {}
    return {**kept, **row.about, **(_expected(before) if before and same(row, before) else row.expects)}


def same(row: MatrixRow, before: Evidence) -> bool:
    """Whether a row has the same expectations as an item of the case, as far as the matrix prints them. A row without
    any leaves those that the case has.
    """
    if not row.cells:
        return True
    if before.likelihood:
        printed = {h: "{:g}..{:g}".format(*ends) for h, ends in before.likelihood.items()}
        return printed == {h: f"{c[0]:g}..{c[1]:g}" if isinstance(c, tuple) else c for h, c in row.cells.items()}
    return dict(before.scores) == dict(row.cells)


def _expected(item: Evidence) -> dict[str, Any]:
    return {"likelihood": dict(item.likelihood)} if item.likelihood else {"scores": dict(item.scores)}
