"""Files as they are published, unpacked and made plain: told by content, in pieces, and never more than one at
fault.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from tumen.errors import Place, Problem
from tumen.record.packed import GZIP, unpack
from tumen.scratch import new_name
from tumen.writing import new_file

#: Why a line was left out that is no row.
UNREADABLE_LINE = "a line that cannot be read"

#: How far the reading of a file has come: its name, the bytes done and the bytes in all.
FileProgress = Callable[[str, int, int], None]

#: A longer line is no row of a table.
LONGEST_LINE = 1 << 20

_CHUNK = 1 << 19
_ZIP = b"PK\x03\x04"
_OTHERS = {b"\x28\xb5\x2f\xfd": "a Zstandard archive", b"BZh": "a bzip2 archive", b"7z\xbc\xaf": "a 7z archive"}


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

    def first_lines(self, number: int) -> list[str]:
        """The first few lines of a text file, without their ends; "" for lines that it does not have."""
        with self.path.open("rb") as stream:
            return [stream.readline(LONGEST_LINE).decode("utf-8", "replace").rstrip("\n") for _ in range(number)]


def open_tables(path: Path, folder: Path, progress: FileProgress) -> Iterator[TableFile | Problem]:
    """The tables that a file holds, each plain, and what is wrong with it.

    A file may be Parquet, text, or text in a gzip file or a zip archive. Text becomes UTF-8 with a line for each row:
    NUL bytes are taken out, a line that is not UTF-8 is read as Latin-1, and one of more than a million bytes is left
    out. A gzip file that breaks off is read up to its last whole line.

    Args:
        path: a file on this machine.
        folder: a folder of ours, for the plain copies. Delete each when it is read.

    Returns: tables one at a time, made when they are asked for; a problem where something cannot be read.
    """
    shown = str(path)
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
        if not start:
            yield import_unreadable(shown, "an empty file", "Fetch it again.")
        elif start == b"PAR1" and path.suffix.lower() == ".parquet":
            yield TableFile(path, shown, "parquet")
        elif start == b"PAR1":
            yield import_unreadable(shown, "Parquet in a file of another name", "End its name in .parquet.")
        elif start.startswith(GZIP):
            yield from _from_gzip(path, folder, progress)
        elif start == _ZIP:
            yield from _from_zip(path, folder, progress)
        elif other := next((what for magic, what in _OTHERS.items() if start.startswith(magic)), None):
            yield import_unreadable(shown, other, "Unpack it first.")
        else:
            with path.open("rb") as stream:
                yield _plain(stream, shown, folder, path.stat().st_size, progress)
    except OSError as error:
        yield import_unreadable(shown, (error.strerror or "no answer").lower(), "Correct the path.")


def _from_gzip(path: Path, folder: Path, progress: FileProgress) -> Iterator[TableFile | Problem]:
    unpacked = new_name(folder, ".unpacked")
    fault = unpack(path, unpacked)
    if fault:
        yield Problem(
            Place(str(path)),
            got=fault,
            expected="a whole one",
            fix="What comes before is used. Fetch the file again.",
            slug="import-cut",
            severity="warning",
        )
    with unpacked.open("rb") as stream:
        yield _plain(stream, str(path), folder, unpacked.stat().st_size, progress)
    unpacked.unlink()


def _from_zip(path: Path, folder: Path, progress: FileProgress) -> Iterator[TableFile | Problem]:
    shown = str(path)
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if member.is_dir() or Path(member.filename).name.startswith((".", "_")):
                    continue
                with archive.open(member) as stream:
                    yield _plain(stream, f"{path}:{member.filename}", folder, member.file_size, progress)  # type: ignore[arg-type]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        yield import_unreadable(shown, "a zip archive that is damaged", "Fetch it again.")
    except RuntimeError:  # the library's word for a password that it was not given
        yield import_unreadable(shown, "a zip archive with a password", "Unpack it first.")


def _plain(stream: BinaryIO, shown: str, folder: Path, size: int, progress: FileProgress) -> TableFile:
    """A copy with one row on a line, as UTF-8."""
    target = new_name(folder, ".csv")
    latin = long = done = 0
    rest, skipping = b"", False
    with new_file(target) as copy:
        while chunk := stream.read(_CHUNK):
            done += len(chunk)
            whole, end, rest = (rest + chunk).rpartition(b"\n")
            if skipping and end:
                whole, skipping = whole.partition(b"\n")[2], False
            if skipping or len(rest) > LONGEST_LINE:
                long, rest, skipping = long + (not skipping), b"", True
            if end and whole:
                text, more = _as_utf8(whole)
                latin += more
                copy.write(text + b"\n")
            progress(shown, done, size)
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
        expected="a table as it was published: Parquet or text, plain, gzip or zip",
        fix=fix,
        slug="import-unreadable",
    )
