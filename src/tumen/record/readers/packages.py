"""The plain files that a path holds, however they come packed: told by content, one at a time, in a folder of ours."""

from __future__ import annotations

import bz2
import glob
import lzma
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath, PurePosixPath
from typing import IO, Any

from tumen.record.packed import GZIP, TooLargeError, cut_last_line, unpack
from tumen.scratch import new_name
from tumen.writing import delete, new_file

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

#: Told of a file's name, the bytes unpacked and the bytes in all.
Unpacking = Callable[[str, int, int], None]

#: An archive in an archive in an archive is the deepest that anybody publishes.
MOST_LAYERS = 3

_CHUNK = 1 << 20
_ZIP = b"PK\x03\x04"
_STREAMS: dict[bytes, tuple[str, Callable[[Path], Any]]] = {
    b"BZh": ("bzip2", bz2.open),
    b"\xfd7zXZ\0": ("xz", lzma.open),
    b"\x28\xb5\x2f\xfd": ("Zstandard", zstd.open),
}
_CLOSED = {b"7z\xbc\xaf": "a 7z archive", b"Rar!": "a RAR archive", b"LZIP": "an lzip file", b"\x1f\x9d": "a .Z file"}
_BROKEN = (EOFError, OSError, zlib.error, lzma.LZMAError, zstd.ZstdError, tarfile.TarError, zipfile.BadZipFile)

#: What a workbook's archive begins with; it is one file, and its parts are nothing to read by themselves.
_WORKBOOK = ("[Content_Types].xml", "mimetype")


@dataclass(frozen=True)
class Member:
    """One plain file.

    Args:
        path: where it lies.
        shown: as the user knows it; of a file in an archive or a folder, both names.
        ours: whether it is a copy in our folder, which may go once it is read.
    """

    path: Path
    shown: str
    ours: bool = False


@dataclass(frozen=True)
class Unopened:
    """A file that was not opened, or not to its end.

    Args:
        cut: what comes before is there as a member all the same.
    """

    shown: str
    got: str
    fix: str
    cut: bool = False


@dataclass
class _Room:
    """Where copies go, and how many bytes may still be unpacked; None for any number."""

    folder: Path
    progress: Unpacking
    left: int | None

    def spend(self, path: Path) -> None:
        """Count a copy; raises where no room is left for it."""
        if self.left is not None:
            self.left -= path.stat().st_size
            if self.left < 0:
                raise TooLargeError


def members(
    path: Path, folder: Path, progress: Unpacking = lambda *_: None, most_bytes: int | None = None
) -> Iterator[Member | Unopened]:
    """The plain files behind a path: the file itself, what an archive or a folder holds, or what a pattern matches.

    Read are gzip, bzip2, xz and Zstandard, zip and tar, one in the other up to `MOST_LAYERS` deep. Files whose names
    begin with a dot or an underscore are left out of archives and folders, as systems put them there. A workbook is
    one file. A file that breaks off is read up to its last whole line.

    Args:
        path: a file, a folder, or a pattern with `*` or `?` that no shell has resolved.
        folder: a folder of ours, for the copies. Delete each when it is read.
        progress: told the bytes unpacked.
        most_bytes: how much may be unpacked in all; None for no limit, where files are the user's own.

    Returns: files one at a time, in the order of their names in folders and of their places in archives; and in place
        of a file, or before it, why it is not there whole.
    """
    room = _Room(folder, progress, most_bytes)
    named = _named(path)
    if not named:
        what = "a folder without a file" if path.is_dir() else "a pattern that no file's name matches"
        yield Unopened(str(path), what, "Correct the path.")
    for each in named:
        try:
            yield from _opened(Member(each, str(each)), room, 0)
        except TooLargeError:
            yield Unopened(str(each), f"more than {most_bytes:,} bytes when unpacked", "Split it, or unpack it first.")
            return
        except OSError as error:
            yield Unopened(str(each), (error.strerror or "no answer").lower(), "Correct the path.")


def _named(path: Path) -> list[Path]:
    """The files that a path stands for."""
    if path.is_dir():
        return sorted(p for p in path.rglob("*") if p.is_file() and not _of_a_system(p.relative_to(path)))
    if not path.exists() and glob.has_magic(str(path)):
        return [Path(name) for name in sorted(glob.glob(str(path), recursive=True))]  # noqa: PTH207 - of any root
    return [path]


def _of_a_system(path: PurePath) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)


def _opened(file: Member, room: _Room, layers: int) -> Iterator[Member | Unopened]:
    """A file, or what it holds where it is packed."""
    with file.path.open("rb") as stream:
        start = stream.read(263)
    closed = next((what for magic, what in _CLOSED.items() if start.startswith(magic)), None)
    if closed is None and layers == MOST_LAYERS and _is_packed(file.path, start):
        closed = f"an archive inside {MOST_LAYERS} others"
    if closed is not None:
        yield Unopened(file.shown, closed, "Unpack it first.")
    elif _is_packed(file.path, start):
        yield from _unpacked(file, start, room, layers + 1)
        if file.ours:
            delete(file.path)
    else:
        yield file


def _is_packed(path: Path, start: bytes) -> bool:
    """Whether a file holds others, or itself packed."""
    if start.startswith(_ZIP):
        return not _is_workbook(path)
    return start.startswith((GZIP, *_STREAMS)) or start[257:262] == b"ustar"


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name in _WORKBOOK for name in archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return False


def _unpacked(file: Member, start: bytes, room: _Room, layers: int) -> Iterator[Member | Unopened]:
    """What a packed file holds."""
    if start.startswith(_ZIP):
        yield from _from_archive(file, _zip_parts(file.path), "a zip archive", room, layers)
    elif start[257:262] == b"ustar":
        yield from _from_archive(file, _tar_parts(file.path), "a tar archive", room, layers)
    else:
        plain = new_name(room.folder, ".plain")
        if start.startswith(GZIP):
            fault = unpack(file.path, plain, lambda done, size: room.progress(file.shown, done, size), room.left)
        else:
            what, opened = next(how for magic, how in _STREAMS.items() if start.startswith(magic))
            fault = _copied(lambda: opened(file.path), plain, file.shown, what, room)
        if fault:
            yield Unopened(file.shown, fault, "What comes before is used. Fetch the file again.", cut=True)
        room.spend(plain)
        yield from _opened(Member(plain, file.shown, ours=True), room, layers)


def _copied(
    opened: Callable[[], AbstractContextManager[IO[bytes]]], plain: Path, shown: str, what: str, room: _Room
) -> str | None:
    """Write what a stream gives, as far as it goes; what broke it off, or None."""
    with new_file(plain) as copy:
        try:
            with opened() as stream:
                while chunk := stream.read(_CHUNK):
                    copy.write(chunk)
                    room.progress(shown, copy.tell(), 0)
                    if room.left is not None and copy.tell() > room.left:
                        raise TooLargeError
            return None
        except _BROKEN as error:
            if getattr(error, "errno", None) is not None:  # no fault of the file's, such as a full disk
                raise
    cut_last_line(plain)
    return f"a {what} file that breaks off or is damaged"


def _zip_parts(path: Path) -> Iterator[tuple[str, Callable[[], AbstractContextManager[IO[bytes]]]]]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if not member.is_dir():
                yield member.filename, partial(archive.open, member)


def _tar_parts(path: Path) -> Iterator[tuple[str, Callable[[], AbstractContextManager[IO[bytes]]]]]:
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isfile():
                yield member.name, partial(_of_tar, archive, member)


def _of_tar(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(member)
    if stream is None:
        raise tarfile.ReadError
    return stream


def _from_archive(
    file: Member,
    parts: Iterator[tuple[str, Callable[[], AbstractContextManager[IO[bytes]]]]],
    what: str,
    room: _Room,
    layers: int,
) -> Iterator[Member | Unopened]:
    """The files of an archive; nothing is written under a name that it gives."""
    try:
        for name, opened in parts:
            if _of_a_system(PurePosixPath(name)):
                continue
            plain = new_name(room.folder, ".plain")
            shown = f"{file.shown}/{name}"
            fault = _copied(opened, plain, shown, "packed", room)
            if fault:
                yield Unopened(shown, fault, "What comes before is used. Fetch the file again.", cut=True)
            room.spend(plain)
            yield from _opened(Member(plain, shown, ours=True), room, layers)
    except RuntimeError:  # the library's word for a password that it was not given
        yield Unopened(file.shown, f"{what} with a password", "Unpack it first.")
    except (*_BROKEN, NotImplementedError) as error:
        if getattr(error, "errno", None) is not None:
            raise
        yield Unopened(file.shown, f"{what} that is damaged", "Fetch it again.")
