"""Files as they are published, unpacked and made plain: told by content, in pieces, and never more than one at
fault.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Literal

from tumen.errors import Place, Problem
from tumen.record.readers.dialects import START_BYTES, Dialect, encoding_of, plain_copy
from tumen.record.readers.packages import Member, Unopened, members
from tumen.scratch import new_name
from tumen.writing import new_file

#: Why a line was left out that is no row.
UNREADABLE_LINE = "a line that cannot be read"

#: How far the reading of a file has come: its name, the bytes done and the bytes in all.
FileProgress = Callable[[str, int, int], None]

#: A longer line is no row of a table.
LONGEST_LINE = 1 << 20

_CHUNK = 1 << 19


@dataclass(frozen=True)
class TableFile:
    """One table, ready to be read.

    Args:
        path: the file itself where it is Parquet, else a plain copy in a folder of ours.
        shown: its path as the user gave it; of a file in an archive, both names.
        latin_lines: lines that were not UTF-8 and were read as Latin-1.
        long_lines: lines left out because no row is so long.
    """

    path: Path
    shown: str
    kind: Literal["parquet", "text"]
    latin_lines: int = 0
    long_lines: int = 0

    @property
    def first_line(self) -> str:
        """The first line of a text file, without its end."""
        return self.first_lines(1)[0]

    @property
    def start(self) -> bytes:
        """What says how a text file is written."""
        with self.path.open("rb") as stream:
            return stream.read(START_BYTES)

    def first_lines(self, number: int) -> list[str]:
        """The first few lines of a text file, without their ends; "" for lines that it does not have."""
        with self.path.open("rb") as stream:
            return [stream.readline(LONGEST_LINE).decode("utf-8", "replace").rstrip("\n") for _ in range(number)]


def from_header(table: TableFile, dialect: Dialect, folder: Path) -> TableFile:
    """A table of text from the line on that names its columns; the copy before it is deleted.

    Args:
        dialect: how the table's plain copy is written.
        folder: a folder of ours, for the new copy.
    """
    if dialect.header_line == 1:
        return table
    target = new_name(folder, ".csv")
    plain_copy(table.path, target, dialect)
    table.path.unlink()
    return replace(table, path=target)


def open_tables(path: Path, folder: Path, progress: FileProgress) -> Iterator[TableFile | Problem]:
    """The tables that a file holds, each plain, and what is wrong with it.

    A file may be Parquet or text, and text may come packed, as `packages.members` has it. Text becomes UTF-8 with a
    line for each row: UTF-16 is read as what it is, NUL bytes are taken out, a line that is not UTF-8 is read as
    Latin-1, and one of more than a million bytes is left out. A file that breaks off is read up to its last whole line.

    Args:
        path: a file on this machine, a folder of such, or a pattern.
        folder: a folder of ours, for the plain copies. Delete each when it is read.

    Returns: tables one at a time, made when they are asked for; a problem where something cannot be read.
    """
    try:
        for found in members(path, folder, progress):
            yield _table(found, folder, progress) if isinstance(found, Member) else _unopened(found)
            if isinstance(found, Member) and found.ours:
                found.path.unlink()
    except OSError as error:
        yield import_unreadable(str(path), (error.strerror or "no answer").lower(), "Correct the path.")


def _table(file: Member, folder: Path, progress: FileProgress) -> TableFile | Problem:
    """One plain file as a table."""
    with file.path.open("rb") as stream:
        start = stream.read(4)
    if not start:
        return import_unreadable(file.shown, "an empty file", "Fetch it again.")
    if start == b"PAR1" and file.path.suffix.lower() == ".parquet":
        return TableFile(file.path, file.shown, "parquet")
    if start == b"PAR1" and file.ours:
        return import_unreadable(file.shown, "Parquet in an archive", "Unpack it first.")
    if start == b"PAR1":
        return import_unreadable(file.shown, "Parquet in a file of another name", "End its name in .parquet.")
    if start == b"PK\x03\x04":
        return import_unreadable(file.shown, "a workbook", "Save its sheet as CSV.")
    with file.path.open("rb") as stream:
        return _plain(stream, file.shown, folder, file.path.stat().st_size, progress)


def _unopened(file: Unopened) -> Problem:
    """The problem of a file that was not opened, or not to its end."""
    if not file.cut:
        return import_unreadable(file.shown, file.got, file.fix)
    return Problem(
        Place(file.shown), got=file.got, expected="a whole one", fix=file.fix, slug="import-cut", severity="warning"
    )


def _plain(stream: BinaryIO, shown: str, folder: Path, size: int, progress: FileProgress) -> TableFile:
    """A copy with one row on a line, as UTF-8."""
    start = stream.read(START_BYTES)
    encoding, mark = encoding_of(start)
    stream.seek(mark)
    read = stream.read if encoding == "utf-8" else codecs.EncodedFile(stream, "utf-8", encoding, "replace").read
    alone = b"\n" not in start and b"\r" in start  # as old Macs end lines
    target = new_name(folder, ".csv")
    latin = long = 0
    rest, skipping = b"", False
    with new_file(target) as copy:
        while chunk := read(_CHUNK):
            whole, end, rest = (rest + (chunk.replace(b"\r", b"\n") if alone else chunk)).rpartition(b"\n")
            if skipping and end:
                whole, skipping = whole.partition(b"\n")[2], False
            if skipping or len(rest) > LONGEST_LINE:
                long, rest, skipping = long + (not skipping), b"", True
            if end and whole:
                text, more = _as_utf8(whole)
                latin += more
                copy.write(text + b"\n")
            progress(shown, stream.tell(), size)
        text, more = _as_utf8(rest)
        copy.write(text + b"\n" if text and not skipping else b"")
    return TableFile(target, shown, "text", latin + more, long)


def _as_utf8(lines: bytes) -> tuple[bytes, int]:
    """Lines as UTF-8 without NUL bytes and carriage returns, and how many had to be read as Latin-1."""
    lines = lines.replace(b"\0", b"").replace(b"\r\n", b"\n").removesuffix(b"\r").replace(b"\r", b" ")
    try:
        lines.decode("utf-8")
    except UnicodeDecodeError:
        pieces = lines.split(b"\n")
        read = [_line_as_utf8(piece) for piece in pieces]
        return b"\n".join(read), sum(1 for old, new in zip(pieces, read, strict=True) if old != new)
    return lines.removeprefix(b"\xef\xbb\xbf"), 0


def _line_as_utf8(line: bytes) -> bytes:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1").encode("utf-8")
    return line


def import_unreadable(shown: str, got: str, fix: str) -> Problem:
    """The problem of a file that cannot be used at all."""
    return Problem(
        Place(shown),
        got=got,
        expected="a table as it was published: Parquet or text, plain or packed",
        fix=fix,
        slug="import-unreadable",
    )
