"""The rows of one sheet of a workbook, read by a process of its own: a stranger's workbook may ask for any memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

#: Of a sheet, what the process that reads it may need, and how long it may work.
MEMORY_BYTES = 2_000_000_000
SECONDS = 60

#: What it ends with where it says itself what is wrong.
REFUSED = 3

#: What its file ends in that says what the sheet is.
SAID = ".about"

#: How a workbook of the older form begins, and a newer one that a password closes.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet, with its rows in a file of ours.

    Args:
        name: its name in the workbook.
        rows: a file that `SheetRows` reads.
        others: names of the other sheets that hold rows.
        hidden: those of them, or it, that the workbook hides.
        unsaved: how many of its formulas have no value in the file.
    """

    name: str
    rows: Path
    others: tuple[str, ...]
    hidden: tuple[str, ...]
    unsaved: int


@dataclass(frozen=True)
class NoSheet:
    """Why a workbook was not read, and how to mend it."""

    got: str
    fix: str


def read_sheet(workbook: Path, named: str, target: Path, most_bytes: int) -> WorkbookSheet | NoSheet:
    """Read the sheet that is called after a table, else the first one that is shown and holds rows.

    Cells come as text: days as 2024-01-31, with a time only where they have one, numbers as a program writes them, and
    formulas as the values that were saved with them.

    Args:
        workbook: .xlsx, .xlsm, .xlsb, .xls or .ods.
        named: the name of the table.
        target: a new file of ours, for the rows.
        most_bytes: how much may be written there.
    """
    command = [
        sys.executable,
        "-P",
        "-m",
        "tumen.record.readers.sheet_reading",
        str(workbook),
        named,
        str(target),
        str(most_bytes),
    ]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=2 * SECONDS,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    except subprocess.TimeoutExpired:
        return NoSheet("a workbook that takes too long to read", "Save the sheet as CSV.")
    try:
        said = json.loads(target.with_name(target.name + SAID).read_bytes())
    except (OSError, ValueError):
        said = {}
    if done.returncode == REFUSED and said:
        return NoSheet(**said)
    if done.returncode or not said:
        return NoSheet("a workbook that is damaged, or too large to read", "Open it and save the sheet as CSV.")
    return WorkbookSheet(said["name"], target, tuple(said["others"]), tuple(said["hidden"]), int(said["unsaved"]))


@dataclass(frozen=True)
class SheetRows:
    """Rows of a sheet that hold anything, which can be gone through more than once.

    Args:
        rows: the file that holds them.
        after: the number in the sheet of the row before the first of them.
    """

    rows: Path
    after: int = 0

    def __iter__(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Each with its number in the sheet."""
        with self.rows.open(encoding="utf-8") as stream:
            for line in stream:
                number, *cells = json.loads(line)
                if number > self.after:
                    yield int(number), cells
