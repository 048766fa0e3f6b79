"""A file of lines in stretches of whole lines, however it ends them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tumen.record.readers.published_files import FileProgress

#: What is read at a time, bytes.
STRETCH_BYTES = 1 << 21

#: A longer line is none that a receiver wrote.
LONGEST_SENTENCE_LINE = 1 << 16

_BOM = b"\xef\xbb\xbf"


def stretches(path: Path, shown: str, progress: FileProgress) -> Iterator[bytes]:
    """Whole lines, each ended by a line feed, some megabytes at a time.

    A line that is too long is cut into a line of its own first part; the rest of it is left out. A byte order mark
    is no part of the first line.

    Args:
        shown: the file as the user named it, for `progress`.
    """
    size, rest, skipping = path.stat().st_size, b"", False
    with path.open("rb") as stream:
        if stream.read(3) != _BOM:
            stream.seek(0)
        while chunk := stream.read(STRETCH_BYTES):
            whole, end, after = _fed(chunk).rpartition(b"\n")
            if skipping and end:
                whole, skipping = whole.partition(b"\n")[2], False
            if end:
                yield rest + whole + end
                rest = after
            elif not skipping:
                rest += after
            if len(rest) > LONGEST_SENTENCE_LINE:
                yield rest[:LONGEST_SENTENCE_LINE] + b"\n"
                rest, skipping = b"", True
            progress(shown, stream.tell(), size)
    if rest:
        yield rest + b"\n"


def _fed(chunk: bytes) -> bytes:
    """The same with line feeds alone for line ends."""
    return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in chunk else chunk
