"""A plain copy of a file that was packed with gzip, which may break off."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from tumen.writing import cut, new_file

#: How a gzip file begins.
GZIP = b"\x1f\x8b"

_CHUNK = 1 << 20


class TooLargeError(Exception):
    """More would be unpacked than may be."""


def unpack(
    packed: Path, plain: Path, progress: Callable[[int, int], None] = lambda *_: None, most_bytes: int | None = None
) -> str | None:
    """Write a plain copy of a gzip file as far as it goes; memory does not grow with the file.

    Args:
        progress: told the bytes done, and those in all.
        most_bytes: how many may be written; None for any number.

    Returns: what broke off the reading, or None. What is written ends with the last whole line then.

    Raises: TooLargeError where it holds more than it may.
    """
    size = packed.stat().st_size
    with packed.open("rb") as raw, new_file(plain) as copy:
        try:
            whole = _inflate(raw, copy, lambda done: progress(done, size), most_bytes)
            fault = None if whole else "a gzip file that breaks off"
        except zlib.error:
            fault = "a gzip file that is damaged"
    if fault:
        cut_last_line(plain)
    return fault


def _inflate(raw: BinaryIO, copy: BinaryIO, progress: Callable[[int], None], most_bytes: int | None) -> bool:
    """Write what a gzip file holds as far as it goes; whether it ends as it should.

    The library's own reader gives nothing of the block in which a file breaks off.
    """
    member, done = zlib.decompressobj(zlib.MAX_WBITS | 16), 0
    while chunk := raw.read(_CHUNK >> 6):
        while chunk:
            copy.write(member.decompress(chunk))
            if most_bytes is not None and copy.tell() > most_bytes:
                raise TooLargeError
            chunk = member.unused_data
            if member.eof and chunk.startswith(GZIP):
                member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            elif member.eof:
                return not chunk.strip(b"\0")
        done += 1
        if done % 64 == 0:
            progress(raw.tell())
    return member.eof


def cut_last_line(path: Path) -> None:
    """Drop what follows the last line end of a file of ours: it was cut in the middle."""
    with path.open("rb") as stream:
        end = stream.seek(0, 2)
        while end > 0:
            start = max(0, end - _CHUNK)
            stream.seek(start)
            found = stream.read(end - start).rfind(b"\n")
            if found >= 0:
                end = start + found + 1
                break
            end = start
    cut(path, end)
