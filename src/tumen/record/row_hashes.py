"""What a table of the record says, in whatever order, files and form its rows lie: their values under one hash."""

from __future__ import annotations

from tumen.record.columns import Table


def summed_hashes(table: Table) -> str:
    """SQL of what names the rows of a table. Each value changes it; neither the order of the rows does, nor that of
    the columns, nor the files that hold them, and equal rows all count.

    Limits: one version of the engine that reads the files gives the same; another may not.
    """
    cells = ", ".join(f'"{column.name}"' for column in table.columns)
    return f"cast(coalesce(sum(hash({cells})), 0) as varchar)"


def rows_named(rows: int, summed: str, rejected: int) -> str:
    """What names a table in the name of a run.

    Args:
        rows: how many there are.
        summed: what `summed_hashes` gives.
        rejected: rows left out because a cell could not be read; they count by their number.
    """
    return f"{rows} {summed} {rejected}"
