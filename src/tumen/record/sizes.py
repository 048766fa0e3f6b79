"""Whether a file of the record is within its budgets, found before any of it is held."""

from __future__ import annotations

from collections.abc import Mapping

from tumen.budgets import LINE_BYTES, UNREADABLE_ROWS, Budgets, over
from tumen.counting import counted
from tumen.engine.queries import Engine, Extent
from tumen.errors import Problem
from tumen.record.table_files import RecordFile
from tumen.record.table_text import chunks, data_records, header_of

FEWER = "Take a part of the file, or allow more on the command line: "


#: What was read before is told of from here on.
SMALL_BYTES = 100_000


def size_problem(file: RecordFile, spent: Extent, budgets: Budgets) -> Problem | None:
    """What is wrong with a file's size as a file, which nothing has to be read for."""
    held = file.path.stat().st_size
    return _too_many_bytes(file, held, spent, budgets) if spent.bytes + held > budgets.bytes else None


def csv_extent(file: RecordFile) -> Extent:
    """Lines after the first, and bytes, of a CSV."""
    lines, end = 0, b"\n"
    for chunk in chunks(file.text):
        lines += chunk.count(b"\n")
        end = chunk[-1:] or end
    return Extent(lines - (end == b"\n"), file.text.stat().st_size)


def parquet_extent(file: RecordFile, columns: Mapping[str, str], engine: Engine, budgets: Budgets) -> Extent:
    """Rows and bytes of the columns of a Parquet file that will be read. Raises EngineError where it is damaged."""
    return engine.extent(file.path, columns, budgets.bytes)


def over_budget(file: RecordFile, extent: Extent, spent: Extent, budgets: Budgets) -> Problem | None:
    """What is over its budget, if anything.

    Args:
        spent: the rows of the table and the bytes of the record that were read before this file.
    """
    if spent.rows + extent.rows > budgets.rows:
        others = f", and {spent.rows} in the table's other files" if spent.rows else ""
        return over(
            file.shown,
            None,
            f"{counted(extent.rows, 'row')}{others}",
            f"at most {counted(budgets.rows, 'row')} of a table",
            f"{FEWER}--max-rows N.",
        )
    if extent.longest > LINE_BYTES:
        return over(
            file.shown,
            None,
            f"a cell of {extent.longest} bytes",
            f"at most {LINE_BYTES} bytes a cell",
            "Keep long texts elsewhere.",
        )
    return _too_many_bytes(file, extent.bytes, spent, budgets) if spent.bytes + extent.bytes > budgets.bytes else None


def _too_many_bytes(file: RecordFile, held: int, spent: Extent, budgets: Budgets) -> Problem:
    others = f", and {_megabytes(spent.bytes)} in the record's other files" if spent.bytes > SMALL_BYTES else ""
    return over(
        file.shown,
        None,
        f"{_megabytes(held)} of cells{others}",
        f"at most {budgets.megabytes} MB in all",
        f"{FEWER}--max-mb MB.",
    )


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"


def ragged_problem(file: RecordFile) -> Problem | None:
    """Too many rows of a CSV with more or fewer cells than the header has columns, which engines are slow to tell
    of.
    """
    apart = len(header_of(file)) - 1
    with file.text.open("rb") as stream:
        odd = sum(line.count(b",") != apart and b'"' not in line for line in stream)
    if odd <= UNREADABLE_ROWS:
        return None
    odd = sum(len(cells) != apart + 1 for _, _, cells in data_records(file))
    return rows_unreadable(file.shown, f"{odd} rows without {apart + 1} cells") if odd > UNREADABLE_ROWS else None


def rows_unreadable(file: str, got: str) -> Problem:
    """The problem of a file of which too many rows cannot be read."""
    return over(
        file,
        None,
        got,
        f"at most {UNREADABLE_ROWS} rows of a file that cannot be read",
        "Check the file's separator, quotes and types.",
    )
