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
from tumen.formulas import as_meant

#: Columns that are about the item; every other column is a hypothesis.
ABOUT = ("evidence", "date", "text", "claim", "group", "deception", "source")

#: Marks of ACH: very consistent, consistent, neutral, inconsistent, very inconsistent.
MARKS: Mapping[str, int] = {"cc": 2, "c": 1, "n": 0, "i": -1, "ii": -2}

#: Marks of a hypothesis for which an item was not considered.
NOT_CONSIDERED = ("", "na", "n/a")

_RANGE = re.compile(r"^(0?\.\d+)\s*\.\.\s*(0?\.\d+)$")

MatrixCell = int | tuple[float, float]


@dataclass(frozen=True)
class MatrixRow:
    """One item of a matrix.

    Args:
        line: where it begins, 1-based.
        about: what its cells say of it, by column; nothing for an empty cell.
        cells: by hypothesis, a score from -2 to 2 or a range of likelihoods; those not considered are left out.
    """

    line: int
    about: Mapping[str, Any]
    cells: Mapping[str, MatrixCell]

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


def read_matrix(text: str, file: str, known: Sequence[str]) -> tuple[tuple[MatrixRow, ...], list[Problem]]:
    """Read a matrix.

    Args:
        text: CSV with commas or semicolons, a header on its first line.
        file: its name as the user knows it.
        known: ids of the case's hypotheses; where there are none, the matrix's columns are taken.

    Returns: its items in order, and every problem: an unknown hypothesis, a mark that is none, marks
        beside ranges in one item, no id, an id twice.

    Source: Heuer (1999), Psychology of Intelligence Analysis, chapter 8.
    """
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        return (), [
            Problem(
                Place(file, reader.line_num),
                got=f"a line that is not CSV ({error})",
                expected="a matrix as CSV",
                fix="Save it as CSV again.",
                slug="bad-value",
            )
        ]
    problems = _header(header, file, known)
    if problems:
        return (), problems
    rows: list[MatrixRow] = []
    for line, cells in lines:
        row, more = _row(line, dict(zip(header, cells, strict=False)), file)
        problems += more
        if row and row.id in {r.id for r in rows}:
            problems.append(
                Problem(
                    Place(file, line),
                    got=f"a second item '{row.id}'",
                    expected="each id once",
                    fix="Keep one of them.",
                    slug="id-repeated",
                )
            )
        rows += [row] if row else []
    if not lines:
        problems.append(
            Problem(
                Place(file), got="no item", expected="a line for each item", fix="Add the evidence.", slug="key-missing"
            )
        )
    return tuple(rows), problems


def _header(header: Sequence[str], file: str, known: Sequence[str]) -> list[Problem]:
    """What is wrong with the columns."""
    hypotheses = [name for name in header if name not in ABOUT]
    if "evidence" not in header or not hypotheses:
        return [
            Problem(
                Place(file, 1),
                got=f"the columns {', '.join(header)[:120] or 'none'}",
                expected="evidence, and one for each hypothesis",
                fix="Start from what `tumen export ach` writes.",
                slug="header-missing",
            )
        ]
    problems = [
        Problem(
            Place(file, 1),
            got=f"column '{name}' twice",
            expected="each column once",
            fix="Remove or rename one.",
            slug="column-repeated",
        )
        for name in sorted({n for n in header if header.count(n) > 1})
    ]
    problems += [
        Problem(
            Place(file, 1),
            got=f"column '{name}'",
            expected="a hypothesis of the case, or " + ", ".join(ABOUT),
            fix=did_you_mean(name, known),
            slug="unknown-hypothesis",
        )
        for name in hypotheses
        if known and name not in known
    ]
    return problems


def _row(line: int, cells: Mapping[str, str], file: str) -> tuple[MatrixRow | None, list[Problem]]:
    """One line as an item, or what is wrong with it."""
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
    marks = {h: cell.strip() for h, cell in cells.items() if h not in ABOUT}
    marks = {h: mark for h, mark in marks.items() if mark.lower() not in NOT_CONSIDERED}
    read = {h: _cell(mark) for h, mark in marks.items()}
    problems = [
        Problem(
            Place(file, line),
            got=f"'{marks[h]}' for '{h}'",
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
    given: dict[str, Any] = {k: _typed(k, v) for k, v in about.items() if v}
    found = {h: c for h, c in read.items() if c is not None}
    return (None if problems else MatrixRow(line, {"id": name, **given}, found)), problems


def _cell(mark: str) -> MatrixCell | None:
    """A mark as a score or a range; None where it is neither."""
    bounds = _RANGE.match(mark)
    if bounds:
        return float(bounds.group(1)), float(bounds.group(2))
    if re.fullmatch(r"'?[+-]?[012](\.0+)?", mark):
        return int(float(mark.lstrip("'")))
    return MARKS.get(mark.lower())


def _typed(column: str, cell: str) -> Any:
    """A cell as TOML would have it; as it is where it cannot be, for the model to say so."""
    try:
        return dt.date.fromisoformat(cell) if column == "date" else float(cell) if column == "deception" else cell
    except ValueError:
        return cell


def merged(rows: Sequence[MatrixRow], case: Case, file: str) -> tuple[Hypotheses | None, list[Problem]]:
    """The case's rival explanations with a matrix put in.

    Args:
        rows: items of the matrix.
        case: the case; where it has no hypotheses, the matrix's columns become its hypotheses.
        file: the matrix's name, which problems are said of.

    Returns: the explanations as they would be, or None, and what would be wrong with them.
    """
    columns = dict.fromkeys(name for row in rows for name in row.cells)
    found = declared_in(case) or Hypotheses(None, tuple(_hypothesis(name) for name in columns), ())
    before = {item.id: item for item in found.evidence}
    after: dict[str, Evidence] = dict(before)
    problems: list[Problem] = []
    for row in rows:
        lines: Mapping[KeyPath, int] = {(): row.line}
        item, more = validated(Evidence, as_declared(row, before.get(row.id)), file, lines)
        problems += more
        if item is not None:
            after[row.id] = item.placed(lines)
    if problems:
        return None, problems
    together = replace(found, evidence=tuple(after.values()))
    return together, [replace(p, place=Place(file, p.line)) for p in check(together, case.claims)]


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
