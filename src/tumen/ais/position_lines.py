"""A table of text as a copy in which every line is a row of as many cells as there are columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tumen.ais.position_files import PositionFile
from tumen.record.readers.dialects import Dialect, plain_copy
from tumen.record.readers.published_files import FileProgress
from tumen.scratch import new_name
from tumen.writing import delete, new_file

_CHUNK = 1 << 20
_LONGEST_LINE = 1 << 20


@dataclass(frozen=True)
class CopiedLines:
    """What came of a copy.

    Args:
        left_out: lines that are no row.
        windows: lines that were no UTF-8 and were read as Windows-1252.
    """

    left_out: int
    windows: int


@dataclass
class _Rows:
    """Makes rows of lines, counting what it mends and leaves out.

    Args:
        separator: what parts cells.
        width: how many of them a row has between its cells.
        quotes: whether quotes hold cells together.
    """

    separator: bytes
    width: int
    quotes: bool
    left_out: int = 0
    windows: int = 0

    def of(self, whole: bytes, end: bytes) -> bytes:
        """The rows among some lines; nothing is done to lines that all have their cells."""
        if not whole.isascii():
            whole = self._as_utf8(whole)
        plain = not self.quotes or b'"' not in whole
        if plain and whole.count(self.separator) == self.width * (whole.count(b"\n") + len(end)):
            return whole + end
        lines = whole.split(b"\n")
        kept = [row for line in lines if (row := self._row(line)) is not None]
        self.left_out += len(lines) - len(kept)
        return b"\n".join(kept) + end if kept else b""

    def _row(self, line: bytes) -> bytes | None:
        """A line without empty cells beyond its columns; None where a quote is not closed, or where it has not as many
        cells as there are columns.
        """
        if not self.quotes or b'"' not in line:
            more = line.count(self.separator) - self.width
        elif line.count(b'"') % 2:
            return None
        else:
            more = sum(part.count(self.separator) for part in line.split(b'"')[::2]) - self.width
        if more > 0 and line.endswith(self.separator * more):
            return line[:-more]
        return line if more == 0 or not line else None

    def _as_utf8(self, whole: bytes) -> bytes:
        try:
            whole.decode("utf-8")
        except UnicodeDecodeError:
            return b"\n".join(self._line_as_utf8(line) for line in whole.split(b"\n"))
        return whole

    def _line_as_utf8(self, line: bytes) -> bytes:
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            self.windows += 1
            return line.decode("cp1252", "replace").encode("utf-8")
        return line


def copy_lines(file: PositionFile, target: Path, progress: FileProgress) -> CopiedLines:
    """Copy a table of text from its header on so that a line is a row, whatever ends it, as UTF-8.

    A line with a quote that is opened and not closed is left out, or it would swallow those after it; so is one that
    has not as many cells as the header, for the engine holds each such line in memory. Empty cells beyond the header's
    last are cut off.

    Args:
        file: a table of text, with its dialect.
        target: a new file in a folder of ours.
    """
    dialect = file.dialect or Dialect("utf-8", 0, ",", 1, file.header)
    if dialect.encoding != "utf-8":
        return _copy_recoded(file, dialect, target, progress)
    rows = _Rows(dialect.separator.encode(), len(file.header) - 1, dialect.separator != "\t")
    with file.path.open("rb") as stream, new_file(target) as copy:
        stream.seek(dialect.mark)
        for whole, end in _whole_lines(stream, dialect.header_line - 1, rows, file, progress):
            copy.write(rows.of(whole, end))
    return CopiedLines(rows.left_out, rows.windows)


def _copy_recoded(file: PositionFile, dialect: Dialect, target: Path, progress: FileProgress) -> CopiedLines:
    """Copy a table by way of a copy in UTF-8."""
    plain = new_name(target.parent, ".utf8")
    size = file.path.stat().st_size
    plain_copy(file.path, plain, dialect, lambda done: progress(file.shown, done, size))
    again = Dialect("utf-8", 0, dialect.separator, 1, dialect.header)
    copied = copy_lines(PositionFile(plain, file.shown, "csv", file.header, file.columns, again), target, progress)
    delete(plain)
    return copied


def _whole_lines(
    stream: BinaryIO, skip: int, rows: _Rows, file: PositionFile, progress: FileProgress
) -> Iterator[tuple[bytes, bytes]]:
    """A file's lines, many at a time, with line feeds between them and the one at their end; the first `skip` left out.

    A line that is too long is left out and counted.
    """
    size, rest, cut = file.path.stat().st_size, b"", False
    while chunk := stream.read(_CHUNK):
        if chunk.endswith(b"\r"):
            chunk += stream.read(1)
        whole, end, rest = (rest + chunk).replace(b"\r\n", b"\n").replace(b"\r", b"\n").rpartition(b"\n")
        if cut and end:
            whole, cut = whole.partition(b"\n")[2], False
        while skip and end:
            _, more, whole = whole.partition(b"\n")
            skip, end = skip - 1, end if more else b""
        if end:
            yield whole, end
        if len(rest) > _LONGEST_LINE:
            rows.left_out += not cut
            rest, cut = b"", True
        progress(file.shown, stream.tell(), size)
    if rest and not cut and not skip:
        yield rest, b"\n"
