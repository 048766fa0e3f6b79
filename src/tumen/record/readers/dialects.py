"""How a table was written as text: its encoding, what parts its cells, and on which line its columns are named."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tumen.counting import counted
from tumen.writing import new_file

#: What may part cells, the usual first, and what it is called.
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}

#: Lines of a file among which its columns are named.
LOOKED_AT = 40

#: How much of a file says how it was written.
START_BYTES = 1 << 16

_CHUNK = 1 << 20
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_NAMED = {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}


@dataclass(frozen=True)
class Dialect:
    """How a table was written.

    Args:
        encoding: "utf-8", "utf-16-le" or "utf-16-be"; of a UTF-8 file some lines may be Windows-1252 all the same.
        mark: bytes of a byte order mark at the file's start.
        separator: what parts cells.
        header_line: the line on which columns are named, the first being 1.
        header: the names there, without blanks around them; empty cells at the line's end are left out.
        declared: whether a line `sep=` says what parts cells.
    """

    encoding: str
    mark: int
    separator: str
    header_line: int
    header: tuple[str, ...]
    declared: bool = False

    @property
    def unusual(self) -> tuple[str, ...]:
        """What is not as in a plain CSV file, in words for a user.

        Example:
            >>> Dialect("utf-16-le", 2, ";", 3, ("id",)).unusual
            ('UTF-16', 'semicolons between cells', '2 lines before the names of columns')
        """
        before = self.header_line - 1
        return (
            *([_NAMED[self.encoding]] if self.encoding in _NAMED else []),
            *(
                [f"{SEPARATORS.get(self.separator, repr(self.separator))} between cells"]
                if self.separator != ","
                else []
            ),
            *([f"{counted(before, 'line')} before the names of columns"] if before else []),
        )


def dialect_of(start: bytes, known: Callable[[str], object]) -> Dialect | None:
    r"""How a table was written, told by the line that names the most columns that are known.

    Args:
        start: the file's first bytes, `START_BYTES` of them.
        known: whether a cell, without blanks around it, names a column that somebody looks for.

    Returns: None where no line names any.

    Limits: a table whose names of columns stand on several lines has one of them as its header.

    Example:
        >>> dialect_of(b"Trade of a state;;\r\n\r\nid;start;note;;\r\na;2024-01-01;", {"id", "start"}.__contains__)
        Dialect(encoding='utf-8', mark=0, separator=';', header_line=3, header=('id', 'start', 'note'), declared=False)
    """
    encoding, mark = encoding_of(start)
    lines = _lines(start[mark:].decode(encoding, "replace"))
    said = lines[0][4:5] if lines and lines[0][:4].lower() == "sep=" else ""
    best: tuple[int, Dialect] | None = None
    for separator in [said] if said else SEPARATORS:
        for number, line in enumerate(lines[:LOOKED_AT], start=1):
            header = _cells(line, separator)
            found = len({cell for cell in header if known(cell)})
            if found and (best is None or found > best[0]):
                best = found, Dialect(encoding, mark, separator, number, header, bool(said))
    return best[1] if best else None


def encoding_of(start: bytes) -> tuple[str, int]:
    r"""The encoding that a file's first bytes tell, and the length of its byte order mark.

    Example:
        >>> encoding_of("id,note".encode("utf-16-le")), encoding_of("id".encode("utf-8-sig"))
        (('utf-16-le', 0), ('utf-8', 3))
    """
    for mark, encoding in _MARKS.items():
        if start.startswith(mark):
            return encoding, len(mark)
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) > len(start) // 5 and min(even, odd) == 0:
        return ("utf-16-le" if odd else "utf-16-be"), 0
    return "utf-8", 0


def _lines(text: str) -> list[str]:
    """Lines, whatever ends them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _cells(line: str, separator: str) -> tuple[str, ...]:
    """The cells of one line, without blanks around them and without empty ones at its end."""
    try:
        cells = [cell.strip().lstrip("\ufeff") for cell in next(csv.reader([line], delimiter=separator), [])]
    except csv.Error:
        return ()
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


@dataclass(frozen=True)
class PlainCopy:
    """What a plain copy took.

    Args:
        windows_lines: lines that were no UTF-8 and were read as Windows-1252.
        odd_ends: whether the lines of the file did not all end in the same way, or in a carriage return alone.
    """

    windows_lines: int
    odd_ends: bool


def plain_copy(source: Path, target: Path, dialect: Dialect, told: Callable[[int], None] = lambda _: None) -> PlainCopy:
    r"""Write a table as UTF-8 with a line feed at each line's end, from the line that names its columns on.

    What parts cells stays. The copy's line n is the file's line n + `dialect.header_line` - 1, so that a line's number
    can be told; line ends inside quotes count as lines. Memory does not grow with the file.

    Args:
        source: the file.
        target: a new file in a folder of ours.
        told: the bytes read so far.
    """
    decoder = codecs.getincrementaldecoder(dialect.encoding)(
        "surrogateescape" if dialect.encoding == "utf-8" else "replace"
    )
    windows, skip, pending = 0, dialect.header_line - 1, False
    ends: set[str] = set()
    with source.open("rb") as stream, new_file(target) as copy:
        stream.seek(dialect.mark)
        while True:
            chunk = stream.read(_CHUNK)
            text = ("\r" if pending else "") + decoder.decode(chunk, final=not chunk)
            pending = bool(chunk) and text.endswith("\r")
            text = text[:-1] if pending else text
            ends |= _ends(text)
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            while skip and "\n" in text:
                text, skip = text.partition("\n")[2], skip - 1
            if not skip:
                plain, mended = _as_unicode(text)
                windows += mended
                copy.write(plain)
            told(stream.tell())
            if not chunk:
                return PlainCopy(windows, len(ends) > 1 or ends == {"\r"})


def _ends(text: str) -> set[str]:
    """The kinds of line ends in a text."""
    pairs = text.count("\r\n")
    return {
        *(["\r\n"] if pairs else []),
        *(["\r"] if text.count("\r") > pairs else []),
        *(["\n"] if text.count("\n") > pairs else []),
    }


def _as_unicode(text: str) -> tuple[bytes, int]:
    """A text as UTF-8; a line with bytes that are none is read as Windows-1252 as a whole, and counted."""
    try:
        return text.encode("utf-8"), 0
    except UnicodeEncodeError:
        lines = [_of_windows(line) for line in text.split("\n")]
        return "\n".join(line for line, _ in lines).encode("utf-8", "replace"), sum(mended for _, mended in lines)


def _of_windows(line: str) -> tuple[str, bool]:
    raw = line.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8"), False
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace"), True
