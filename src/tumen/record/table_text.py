"""The text of a CSV of the record: whether it can be read, and on which lines its rows stand."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tumen.budgets import LINE_BYTES as MAX_LINE_BYTES
from tumen.errors import Place, Problem
from tumen.record.table_files import RecordFile
from tumen.record.unseen_cells import Unseen

_CHUNK_BYTES = 1 << 20

# The standard library refuses cells that the engine reads.
csv.field_size_limit(2 * MAX_LINE_BYTES)


#: Blanks that do not break a line, at the edge of a cell.
_EDGE = re.compile(rb'(?:^|[,"\n\r])\xc2\xa0|\xc2\xa0(?:[,"\r\n]|$)')


@dataclass(frozen=True)
class Looked:
    """What a look at a file's bytes found.

    Args:
        is_plain: whether the engine reads it as it lies: its lines end alike, no row is empty, no cell has blanks that
            cannot be told from others at its edge.
    """

    problems: list[Problem]
    is_plain: bool


def text_problems(file: RecordFile, first_line: int = 1) -> list[Problem]:
    """What is wrong with a CSV as text, found without holding the file in memory.

    Args:
        first_line: the number of its first line, where what lies before is not in it.

    Returns: the first of a NUL byte, a line beyond MAX_LINE_BYTES, or bytes that are not UTF-8, each of which keeps it
        from being read; where there is none, a warning for each character that cannot be seen.
    """
    return look(file, first_line).problems


def look(file: RecordFile, first_line: int = 1) -> Looked:
    """What is wrong with a CSV as text, as `text_problems` has it, and whether it is plain."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    strange = Unseen(file.shown)
    line, carried, returns, pairs, cut, plain = first_line, 0, 0, 0, False, True
    for chunk in chunks(file.text):
        lengths = [len(piece) for piece in chunk.split(b"\n")]
        lengths[0] += carried
        if fault := _no_text(file.shown, line, chunk, lengths):
            return Looked([fault], False)
        try:
            strange.read(chunk, decoder.decode(chunk, final=not chunk), line)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].count(b"\n")
            return Looked([_not_utf8(file.shown, line + before)], False)
        returns += chunk.count(b"\r")
        pairs += chunk.count(b"\r\n") + (cut and chunk.startswith(b"\n"))
        cut = chunk.endswith(b"\r") if chunk else cut
        plain = plain and (b"\xc2\xa0" not in chunk or not _EDGE.search(chunk))
        line, carried = line + len(lengths) - 1, lengths[-1]
    ends = line - first_line
    plain = plain and (not returns or returns == pairs == ends) and not _has_blank_rows(file)
    return Looked(strange.problems, plain)


def _no_text(shown: str, line: int, chunk: bytes, lengths: Sequence[int]) -> Problem | None:
    """The problem of the first NUL byte in a piece of a file, or else of the first line beyond the budget."""
    at = chunk.find(b"\x00")
    if at >= 0:
        return Problem(
            Place(shown, line + chunk[:at].count(b"\n")),
            got="a NUL byte",
            expected="text",
            fix="Remove the byte; the file may be damaged or of another kind.",
            slug="nul-byte",
        )
    long = next((n for n, length in enumerate(lengths) if length > MAX_LINE_BYTES), None)
    if long is None:
        return None
    return Problem(
        Place(shown, line + long),
        got=f"a line of more than {MAX_LINE_BYTES} bytes",
        expected="lines that a person can read",
        fix="Check the line ends and quotes of the file.",
        slug="line-too-long",
    )


def _not_utf8(shown: str, line: int) -> Problem:
    return Problem(
        Place(shown, line),
        got="bytes that are not UTF-8",
        expected="UTF-8 text",
        fix="Save the file as UTF-8 (it may be Latin-1).",
        slug="not-utf8",
    )


def _has_blank_rows(file: RecordFile) -> bool:
    """Whether a line holds nothing but commas."""
    with file.text.open("rb") as stream:
        return any(line.startswith(b",") and not line.strip(b", \t\r\n") for line in stream)


def chunks(path: Path) -> Iterator[bytes]:
    """The file in pieces, and an empty piece at its end."""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            yield chunk
    yield b""


def header_of(file: RecordFile) -> list[str]:
    """Column names on a CSV's first line; empty where the file is empty."""
    with file.text.open("rb") as stream:
        first = stream.readline(MAX_LINE_BYTES).decode("utf-8-sig", "replace")
    return next(csv.reader(io.StringIO(first, newline=None)), [])


def record_lines(file: RecordFile, records: Sequence[int]) -> dict[int, tuple[int, dict[str, str]]]:
    """Line on which each of these data records (1-based) of a CSV begins, and its cells by column.

    Cells may hold line ends, so a record's number is not its line. A record with more or fewer cells
    than the header has none: which is which cannot be told.
    """
    wanted = set(records)
    found: dict[int, tuple[int, dict[str, str]]] = {}
    if not wanted:
        return found
    header = header_of(file)
    for number, line, cells in data_records(file):
        if number in wanted:
            found[number] = line, dict(zip(header, cells, strict=True)) if len(cells) == len(header) else {}
            if len(found) == len(wanted):
                break
    return found


def lines_of_ids(file: RecordFile, ids: Sequence[str]) -> dict[str, list[int]]:
    """Lines of a CSV on which rows with these ids begin."""
    found: dict[str, list[int]] = {name: [] for name in ids}
    header = header_of(file)
    if "id" not in header:
        return found
    at = header.index("id")
    for _, line, cells in data_records(file):
        if len(cells) > at and cells[at] in found:
            found[cells[at]].append(line)
    return found


def lines_of_keys(
    file: RecordFile, names: Sequence[str], keys: Collection[tuple[str | None, ...]]
) -> dict[tuple[str | None, ...], list[int]]:
    """Lines of a CSV on which rows with these cells begin.

    Args:
        names: the columns that tell rows apart.
        keys: their cells as the engine writes them, None where one is empty.
    """
    found: dict[tuple[str | None, ...], list[int]] = {key: [] for key in keys}
    header = header_of(file)
    if not set(names) <= set(header):
        return found
    at = [header.index(name) for name in names]
    for _, line, cells in data_records(file):
        key = tuple(cells[n] or None for n in at) if len(cells) == len(header) else ()
        if key in found:
            found[key].append(line)
    return found


def data_records(file: RecordFile) -> Iterator[tuple[int, int, list[str]]]:
    """Number, first line and cells of every data record of a CSV; a blank line has a number too.

    Of a file that was made plain, lines are those of the file itself.
    """
    for number, line, cells in _data_records(file):
        yield number, file.plain.lines[number - 1] if file.plain else line, cells


def _data_records(file: RecordFile) -> Iterator[tuple[int, int, list[str]]]:
    with file.text.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream)
        number, before = -1, 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:  # a cell beyond the limit, where the places of later records are lost
                yield number, before + 1, []
                return
            if number > 0 and cells:
                yield number, before + 1, cells
            before = reader.line_num
