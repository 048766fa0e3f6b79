"""A table that was written in another way than ours, made into a plain CSV, with what was unusual about it."""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tumen.counting import counted
from tumen.errors import Place, Problem
from tumen.record.columns import Table
from tumen.record.plain_cells import CellForms, forms_of
from tumen.record.table_files import PlainTable
from tumen.writing import new_file

#: A row that holds anything: the line or row of the file on which it stands, and its cells.
NumberedRow = tuple[int, Sequence[str]]


@dataclass(frozen=True)
class MadePlain:
    """A plain CSV made of a table.

    Args:
        problems: what keeps it from being read, and what a reader should know of it.
        changed: whether a cell or a row was read otherwise than as it stands.
        unclear: columns whose cells cannot be told.
    """

    plain: PlainTable
    problems: tuple[Problem, ...]
    changed: bool
    unclear: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Columns:
    """The columns of a table as its file names them.

    Args:
        line: on which they stand.
        names: each as the table calls it, where it does; "" where it has none.
        renamed: those that the file writes otherwise, as it does.
    """

    line: int
    names: tuple[str, ...]
    renamed: tuple[str, ...] = field(default=())


def as_called(name: str) -> str:
    r"""A column's name as the tables write names.

    Example:
        >>> as_called(" Total\u00a0USD "), as_called("start-date")
        ('total_usd', 'start_date')
    """
    return "_".join(name.replace("-", " ").replace("_", " ").casefold().split())


def columns_of(table: Table, line: int, header: Sequence[str]) -> Columns:
    """The columns of a header; of two that mean the same the second keeps its own name, so that it is told."""
    cells = [" ".join(cell.strip("\ufeff").split()) for cell in header]
    names: list[str] = []
    for cell in cells:
        called = as_called(cell)
        is_other = table.column(called) and not table.column(cell) and called not in (*names, *cells)
        names.append(called if is_other else cell)
    renamed = tuple(cell for cell, name in zip(cells, names, strict=True) if cell != name)
    return Columns(line, tuple(names), renamed)


def is_known(table: Table, cell: str) -> bool:
    """Whether a cell names a column of a table, however it is written."""
    return table.column(as_called(cell)) is not None


def made_plain(
    shown: str,
    table: Table,
    columns: Columns,
    rows: Iterable[NumberedRow],
    target: Path,
    said: Sequence[str] = (),
    separator: str = ",",
) -> MadePlain:
    """Write a table as plain CSV: blanks around cells, empty rows and columns without a name or a cell go, and days and
    numbers are written as ours where their column says how they are written.

    Args:
        shown: the file, as the author knows it.
        rows: those after the header, which can be gone through twice.
        target: a new file of ours.
        said: what was unusual about the file, in words for a user.
        separator: what parted its cells.
    """
    forms = forms_of(shown, table, columns.names, rows, separator)
    keep = [n for n, name in enumerate(columns.names) if name]
    lines, blank, nameless, changed = array("q"), 0, 0, 0
    with new_file(target) as raw:
        out = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([columns.names[n] for n in keep])
        for line, cells in rows:
            texts = [cell.strip() for cell in cells]
            if not any(texts):
                blank += 1
                continue
            nameless += sum(bool(texts[n]) for n, name in enumerate(columns.names) if not name and n < len(texts))
            plain = _written(texts, columns.names, keep, forms)
            changed += plain != list(cells)
            writer.writerow(plain)
            lines.append(line)
        out.flush()
        out.detach()
    told = (
        *said,
        *([f"names of columns written {', '.join(repr_of(columns.renamed))}"] if columns.renamed else []),
        *forms.said,
    )
    problems = [*forms.problems]
    if nameless:
        problems.append(_nameless(shown, columns.line, nameless))
    return MadePlain(
        PlainTable(target, lines, columns.line, told), tuple(problems), bool(changed or blank), forms.unclear
    )


def repr_of(names: Iterable[str]) -> list[str]:
    """Names in quotes, the first few of them."""
    listed = list(names)
    return [f"'{name}'" for name in listed[:4]] + (["…"] if len(listed) > 4 else [])


def _written(texts: list[str], names: Sequence[str], keep: Sequence[int], forms: CellForms) -> list[str]:
    """A row as it is read: without the empty cells that stand beyond the header, and without nameless ones."""
    while len(texts) > len(names) and not texts[-1]:
        texts.pop()
    if all(not name for name in names[len(texts) :]):  # of columns without a name, some writers write no cell
        texts = [*texts, *([""] * (len(names) - len(texts)))]
    if len(texts) != len(names):  # a row with as many cells as are kept would be taken for a whole one
        return texts if len(texts) != len(keep) else texts[:-1]
    return [forms.plain(names[n], texts[n]) for n in keep]


def _nameless(shown: str, line: int, number: int) -> Problem:
    return Problem(
        Place(shown, line),
        got=f"{counted(number, 'cell')} below no name",
        expected="a name above each column",
        fix="Name the column, or empty it. It is not read.",
        slug="column-unknown",
        severity="warning",
    )


@dataclass(frozen=True)
class RowsAgain:
    """The rows of a plain copy of text, which can be gone through more than once.

    Args:
        path: UTF-8 with a line feed at each line's end, from its header on.
        before: how many lines of the file stand before it.
    """

    path: Path
    separator: str
    before: int

    def __iter__(self) -> Iterator[NumberedRow]:
        """Each row after the header. Raises csv.Error where quotes do not pair."""
        with self.path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream, delimiter=self.separator, strict=True)
            next(reader, None)
            line = reader.line_num
            for cells in reader:
                if cells:
                    yield self.before + line + 1, cells
                line = reader.line_num
