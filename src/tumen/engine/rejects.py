"""Cells of a file that could not be read, in words, and how many of them a file may have."""

from __future__ import annotations

import csv
from decimal import Decimal, InvalidOperation

from tumen.budgets import SHOWN_OF_A_FILE, UNREADABLE_ROWS
from tumen.engine.loading import INSTANT
from tumen.engine.queries import CrowdedFileError, FilePart, Reject


def few(part: FilePart, rejects: list[Reject]) -> list[Reject]:
    """Rejects, of which a file may not have too many."""
    if (
        len({r.record for r in rejects if r.record}) > UNREADABLE_ROWS
        or sum(not r.record for r in rejects) > UNREADABLE_ROWS
    ):
        raise CrowdedFileError(part.shown, rejects[:SHOWN_OF_A_FILE])
    return rejects


def fractions(part: FilePart, name: str) -> list[Reject]:
    """Cells of a CSV's column that hold a number with a fraction."""
    at = [column for column, _ in part.columns].index(name)
    found: list[Reject] = []
    with part.path.open(encoding="utf-8-sig", newline="") as stream:
        for number, cells in enumerate(csv.reader(stream, delimiter=part.delimiter), start=1 - part.header):
            try:
                value = Decimal(cells[at].strip()) if len(cells) == len(part.columns) and number > 0 else Decimal(0)
            except InvalidOperation:
                continue
            if value != value.to_integral_value():
                found.append(Reject(part.shown, number, name, f'"{cells[at]}" is not a whole number'))
    return found


def clipped(text: str, most: int = 120) -> str:
    """A text that fits into a message."""
    return text if len(text) <= most else text[: most - 3] + "…"


def unlike(text: str, kind: str, stored: str) -> str:
    """Why a cell of Parquet is not of its column's type, in words."""
    if stored == INSTANT and kind == "DATE":
        return f'"{clipped(text, 60)}" UTC is no midnight; its day hangs on a time zone that the file does not name'
    if kind == "BIGINT" and stored.startswith(("DECIMAL", "FLOAT", "DOUBLE")):
        return f'"{clipped(text, 60)}" is not a whole number'
    of = "" if stored == "VARCHAR" else f", which is {stored},"
    return clipped(f"cannot read \"{clipped(text, 60)}\"{of} as '{kind.partition('(')[0]}'")


def reason_of(kind: object, message: object) -> str:
    """The embedded engine's words for a rejected cell, turned into ours."""
    text = str(message)
    if str(kind) == "CAST" and '"' in text:
        said = text.split(". ", 1)[-1].replace("Could not convert string ", "cannot read ")
        return clipped(said.replace("\" to '", "\" as '"))
    return {
        "MISSING COLUMNS": "fewer cells than the header has columns",
        "TOO MANY COLUMNS": "more cells than the header has columns",
        "UNQUOTED VALUE": "a quoted cell that does not end in a quote",
        "LINE SIZE OVER MAXIMUM": "a line that is too long",
        "INVALID ENCODING": "text that is not UTF-8",
    }.get(str(kind), clipped(text.splitlines()[0]))
