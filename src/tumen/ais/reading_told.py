"""What is told of the reading of positions: counts, and which columns were read and which were not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tumen.commands.importing import rows_left_out
from tumen.counting import counted

if TYPE_CHECKING:
    from tumen.ais.position_columns import ColumnsRead
    from tumen.ais.position_table import Reading

#: Of the names of columns in a file so many are told.
_MOST_NAMES = 60


def columns_told(columns: Sequence[ColumnsRead]) -> Iterator[str]:
    """Which columns were read, as what, and which were not; files with the same columns are told of together.

    Nothing is told of a table that has our names only, such as one that we wrote.
    """
    foreign = [file for file in columns if file.left or any(ours != theirs for ours, theirs in file.read)]
    for shown, file in _alike((file, (file.read, file.left)) for file in foreign):
        read = ", ".join(theirs if theirs == ours else f"{_short(theirs)} as {ours}" for ours, theirs in file.read)
        yield f"Columns of {shown}"
        yield f"    read      {read or 'none'}"
        if file.left:
            yield f"    not read  {_listed(file.left)}"


def unknown_told(columns: Sequence[ColumnsRead]) -> Iterator[str]:
    """The columns that were not read and are no usual ones of AIS; told once for files that have the same."""
    for shown, file in _alike((file, file.unknown) for file in columns if file.unknown):
        yield f"Columns of {shown} that were not read: {_listed(file.unknown)}."


def _alike(files: Iterable[tuple[ColumnsRead, object]]) -> Iterator[tuple[str, ColumnsRead]]:
    """Files that have the same to tell, by the first of them."""
    groups: dict[object, list[ColumnsRead]] = defaultdict(list)
    for file, same in files:
        groups[same].append(file)
    for group in groups.values():
        more = f" and {counted(len(group) - 1, 'other file')}" if len(group) > 1 else ""
        yield f"{group[0].shown}{more}", group[0]


def _listed(names: Sequence[str]) -> str:
    shown = [_short(name) for name in names[:_MOST_NAMES]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _short(name: str) -> str:
    """A column's name on one line, and no longer than a name is."""
    return " ".join(name.split())[:40] or "(no name)"


def positions_left_out(reading: Reading) -> str:
    """How many rows were left out, by file and reason, and how many say who ships are."""
    left_out = rows_left_out({file or "across files": reasons for file, reasons in reading.dropped.items()})
    return "\n".join([*_said(reading), *left_out])


def _said(reading: Reading) -> Iterator[str]:
    if reading.said:
        verb = "says who a ship is" if reading.said == 1 else "say who ships are"
        yield f"{counted(reading.said, 'row')} without a position {verb}: joined to positions by MMSI."
