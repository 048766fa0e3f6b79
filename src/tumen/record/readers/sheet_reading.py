"""Reads one sheet of a workbook, as a process that may have so much memory and no more; see `workbooks`."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from tumen.record.readers.workbooks import MEMORY_BYTES, REFUSED, SAID, SECONDS
from tumen.writing import new_file

_MIDNIGHT = dt.time()
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')
_FORMULA = re.compile(rb"<(?:\w+:)?c\b(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?f\b.*?</(?:\w+:)?c>", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v>[^<]|<(?:\w+:)?v\b[^>]*/>|<(?:\w+:)?is>")


def give_sheet(arguments: Sequence[str]) -> None:
    """Write the rows of the sheet and say which it is.

    Args:
        arguments: the workbook, the name of the table, the file for the rows, and the most bytes of it.
    """
    workbook, named, target, most_bytes = arguments
    confine(int(most_bytes))
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        book = load_workbook(io.BytesIO(Path(workbook).read_bytes()))  # told by what it holds, not by its name
        sheets = [(about.name, str(about.visible).endswith(".Visible")) for about in book.sheets_metadata]
        held = {name: book.get_sheet_by_name(name) for name, _ in sheets if "WorkSheet" in _kind(book, name)}
    except PasswordError:
        refuse(target, "a workbook with a password", "Save it without one, or save the sheet as CSV.")
    except (CalamineError, OSError, ValueError):
        refuse(target, "a workbook that cannot be read", "Open it and save the sheet as CSV.")
    filled = [name for name, _ in sheets if name in held and _holds_rows(held[name])]
    chosen = _chosen(filled, [name for name, visible in sheets if visible], named)
    if chosen is None:
        refuse(target, "a workbook of which no visible sheet holds rows", f"Put the rows into a sheet called {named}.")
    _write(held[chosen], Path(target))
    hidden = [name for name, visible in sheets if not visible and name in filled]
    others = [name for name in filled if name != chosen]
    unsaved = _formulas_without_values(Path(workbook), chosen)
    _say(target, {"name": chosen, "others": others, "hidden": hidden, "unsaved": unsaved})


def confine(most_bytes: int) -> None:
    """Give this process no more memory, time and room on the disk than a workbook may take, where a system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse(target: str, got: str, fix: str) -> NoReturn:
    """Say what is wrong with the workbook, and end."""
    _say(target, {"got": got, "fix": fix})
    sys.exit(REFUSED)


def _say(target: str, said: Mapping[str, Any]) -> None:
    """What is to be known of the sheet, in a file beside that of its rows."""
    with new_file(Path(target + SAID)) as stream:
        stream.write(json.dumps(said).encode())


def written(cell: Any) -> str:
    """A cell as text.

    Example:
        >>> written(98000000.0), written(1.5), written(dt.datetime(2024, 1, 31)), written(True), written("")
        ('98000000', '1.5', '2024-01-31', 'true', '')
    """
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return _of_number(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == _MIDNIGHT else cell.isoformat(" ")
    return str(cell)


def _of_number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(Decimal(repr(value)), "f") if abs(value) < 1e30 else repr(value)


def _kind(book: Any, name: str) -> str:
    return next(str(about.typ) for about in book.sheets_metadata if about.name == name)


def _holds_rows(sheet: Any) -> bool:
    """Whether any cell of a sheet holds anything; one that is formatted only does not."""
    return any(written(cell).strip() for row in sheet.iter_rows() for cell in row)


def _chosen(filled: Sequence[str], visible: Sequence[str], named: str) -> str | None:
    """The sheet that is called after the table, else the first of those that are shown and hold rows."""
    alike = [name for name in filled if name.strip().casefold() == named.casefold()]
    return next(iter([*alike, *(name for name in filled if name in visible)]), None)


def _write(sheet: Any, target: Path) -> None:
    """Rows that hold anything, each with its number in the sheet."""
    with new_file(target) as stream:
        for number, row in _numbered(sheet):
            cells = [written(cell) for cell in row]
            if any(cell.strip() for cell in cells):
                stream.write(json.dumps([number, *cells]).encode() + b"\n")


def _numbered(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """Rows from the first that holds anything, by their numbers in the sheet."""
    first = (sheet.start or (0, 0))[0]
    yield from enumerate(sheet.to_python(skip_empty_area=True), start=first + 1)


def _formulas_without_values(workbook: Path, sheet: str) -> int:
    """How many formulas of a sheet of a newer workbook were saved by a program that did not work them out."""
    try:
        with zipfile.ZipFile(workbook) as archive:
            text = archive.read(_part_of(archive, sheet))
    except (KeyError, StopIteration, zipfile.BadZipFile, OSError, NotImplementedError):
        return 0
    return sum(_VALUE.search(cell) is None for cell in _FORMULA.findall(text)) if b"<f" in text else 0


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The name in the archive of the part that holds a sheet."""
    listed = [dict(_ATTRIBUTE.findall(one)) for one in _SHEET.findall(archive.read("xl/workbook.xml"))]
    parts = [dict(_ATTRIBUTE.findall(one)) for one in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))]
    number = next(one[b"r:id"] for one in listed if _unescaped(one.get(b"name", b"")) == sheet)
    target = next(one[b"Target"] for one in parts if one[b"Id"] == number).decode("utf-8")
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _unescaped(name: bytes) -> str:
    import html

    return html.unescape(name.decode("utf-8", "replace"))


if __name__ == "__main__":
    give_sheet(sys.argv[1:])
