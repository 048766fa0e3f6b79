"""Sheets that coders filled in, read line by line: moves or drivers by period, and all that is wrong with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tumen.case.folder import read_text
from tumen.errors import Place, Problem, did_you_mean, problem_at
from tumen.measure.arguments import CERTAINTIES
from tumen.system.periods import end_of, first_day

#: What a line holds, by column.
Cells = Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """What a sheet is of.

    Args:
        table: that its lines become rows of.
        needed, further: columns that it must have, and may have; a sheet without `coder` is called after its coder.
        cell: columns that tell one line of a coder from another.
    """

    table: str
    needed: tuple[str, ...]
    further: tuple[str, ...]
    cell: tuple[str, ...]


MOVES_SHEET = Sheet(
    "moves",
    ("period", "actor", "move", "level", "certainty"),
    ("coder", "second", "events", "note"),
    ("period", "actor", "move"),
)
DRIVERS_SHEET = Sheet("drivers", ("period", "driver", "value"), ("coder", "certainty", "note"), ("period", "driver"))


def read_sheets(sheet: Sheet, files: Sequence[Path]) -> tuple[list[dict[str, str]], list[Problem]]:
    """Rows of a table, and every problem of the sheets that they are read from.

    Args:
        sheet: what they are of.
        files: CSV files with a header.

    Returns: rows with every column of the sheet, and with `id`, `start` and `end`; none of a line with a problem.
    """
    rows: list[dict[str, str]] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, ...], Place] = {}
    for file in files:
        lines, more = _lines(sheet, file)
        problems += more
        for number, cells in lines:
            place = Place(str(file), number)
            found = _wrong(cells, sheet, place)
            key = tuple(cells[name] for name in ("coder", *sheet.cell))
            if not found and key in seen:
                found = [_twice(place, seen[key], key)]
            problems += found
            if not found:
                seen[key] = place
                dates = {"start": str(first_day(cells["period"])), "end": str(end_of(cells["period"]))}
                rows.append({"id": "-".join(key), **cells, **dates})
    return rows, problems


def _lines(sheet: Sheet, file: Path) -> tuple[list[tuple[int, Cells]], list[Problem]]:
    """The lines of a file with their numbers, or what is wrong with it as a file or in its header."""
    text, problems = read_text(file.resolve().parent, file.resolve().name, [])
    if problems:
        mend = f"Give the path of a CSV file with {', '.join(sheet.needed)}."
        told = [
            replace(p, place=Place(str(file), p.line), fix=mend if p.slug == "file-missing" else p.fix)
            for p in problems
        ]
        return [], told
    reader = csv.reader(io.StringIO(text))
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        got = f"a line that is not CSV ({error})"
        return [], [problem_at(Place(str(file), reader.line_num), got, "CSV", "Save it as CSV again.", "bad-value")]
    problems = _header(sheet, header, Place(str(file), 1))
    if problems:
        return [], problems
    empty = {**dict.fromkeys((*sheet.needed, *sheet.further), ""), "coder": file.stem}
    return [(n, {**empty, **_named(header, cells)}) for n, cells in lines], []


def _named(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {name: cell.strip() for name, cell in zip(header, cells, strict=False)}


def _header(sheet: Sheet, header: Sequence[str], place: Place) -> list[Problem]:
    known = (*sheet.needed, *sheet.further)
    lacking = [
        problem_at(place, f"no column '{name}'", f"columns {', '.join(sheet.needed)}", "Add it.", "column-missing")
        for name in sheet.needed
        if name not in header
    ]
    return lacking + [
        problem_at(place, f"column '{name}'", f"one of {', '.join(known)}", did_you_mean(name, known), "column-unknown")
        for name in dict.fromkeys(header)
        if name not in known
    ]


def _is_period(text: str) -> bool:
    try:
        return bool(first_day(text))
    except ValueError:
        return False


def _is_share(text: str) -> bool:
    try:
        return 0 <= float(text) <= 1
    except ValueError:
        return False


#: What a cell must be, by its column: whether it is, what is expected, and of what it may be a misspelling.
_CELLS: Mapping[str, tuple[Callable[[str], bool], str, tuple[str, ...]]] = {
    "period": (_is_period, "a year, half-year, quarter or month, such as 2024, 2024H2, 2024Q3, 2024-07", ()),
    "actor": (lambda text: len(text) == 3 and text.isascii() and text.isupper(), "three capital letters", ()),
    "certainty": (lambda text: text in CERTAINTIES, f"one of {', '.join(CERTAINTIES)}", CERTAINTIES),
    "value": (_is_share, "a number from 0 to 1", ()),
}


def _wrong(cells: Cells, sheet: Sheet, place: Place) -> list[Problem]:
    """Everything that is wrong with a line by itself."""
    problems = [
        problem_at(place, f"no {name}", f"a {name} on every line", "Fill it in.", "cell-empty")
        for name in (*sheet.needed, "coder")
        if not cells[name]
    ]
    for name, (holds, expected, known) in _CELLS.items():
        if cells.get(name) and not holds(cells[name]):
            fix = did_you_mean(cells[name], known) if known else "Correct it."
            problems.append(problem_at(place, f"{name} '{_short(cells[name])}'", expected, fix, "bad-value"))
    if cells.get("second") and cells["second"] == cells["level"]:
        got, expected = f"'{_short(cells['level'])}' as level and as second", "another level as second, or none"
        problems.append(problem_at(place, got, expected, "Empty it, or name the other level.", "second-level-same"))
    return problems


def _twice(place: Place, first: Place, key: Sequence[str]) -> Problem:
    coder, period, *what = key
    return problem_at(
        place,
        f"{_short('.'.join(what))} of {period} coded again by '{_short(coder)}', as on {first}",
        "one line for each period",
        "Keep one of the lines; another coder needs another name.",
        "coded-twice",
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
