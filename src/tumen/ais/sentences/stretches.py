"""A file of lines in stretches of whole lines, however it ends them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from tumen.record.readers.published_files import FileProgress

#: What is read at a time, bytes.
STRETCH_BYTES = 1 << 20

#: A longer line is none that a receiver wrote.
LONGEST_SENTENCE_LINE = 1 << 16

_BOM = b"\xef\xbb\xbf"

#: A sentence, wherever it stands in a line.
_SENTENCE = re.compile(rb"[!$][A-Za-z0-9]{2}VD[MO],[0-9]")

#: How a file begins whose first line is a receiver's, or a time in brackets.
_RECEIVERS = re.compile(rb"[!$\\]|\[[0-9]{4}-?[0-9]{2}-?[0-9]{2}")


def looks_like_sentences(start: bytes) -> bool:
    r"""Whether a file that begins so can hold nothing but sentences.

    Example:
        >>> [looks_like_sentences(start) for start in (b"!AIVDM,1,1,,A,1,0*00", b"$GPZDA,1", b"# log\n", b"[1, 2]")]
        [True, True, False, False]
    """
    return _RECEIVERS.match(plain_start(start)) is not None


def holds_sentences(start: bytes) -> bool:
    r"""Whether there is a sentence of AIS in a file that begins so: after a comment, after times.

    Example:
        >>> [holds_sentences(start) for start in (b"# log\n1710028800 !AIVDM,1,1,,A,1,0*00", b"mmsi,t,lon,lat\n")]
        [True, False]
    """
    return _SENTENCE.search(plain_start(start)) is not None


def plain_start(start: bytes) -> bytes:
    """The begin of a text as UTF-8 without a byte order mark and blanks before it."""
    if coding := _wide(start):
        start = start[: len(start) // 2 * 2].decode(coding, "replace").encode("utf-8", "replace")
    return start.removeprefix(_BOM).lstrip()


def _wide(start: bytes) -> str | None:
    """The coding of a text of two bytes a letter, which some consoles write; None where it is of one."""
    return "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None


def stretches(path: Path, shown: str, progress: FileProgress) -> Iterator[bytes]:
    """Whole lines, each ended by a line feed, some megabytes at a time.

    A line that is too long is cut into a line of its own first part; the rest of it is left out. A byte order mark
    is no part of the first line.

    Args:
        shown: the file as the user named it, for `progress`.
    """
    rest, skipping = b"", False
    for chunk in _chunks(path, shown, progress):
        whole, end, after = _fed(chunk).rpartition(b"\n")
        if skipping and end:
            whole, skipping = (whole + end).partition(b"\n")[2][:-1], False
        if end:
            yield rest + whole + end
            rest = after
        elif not skipping:
            rest += after
        if len(rest) > LONGEST_SENTENCE_LINE:
            yield rest[:LONGEST_SENTENCE_LINE] + b"\n"
            rest, skipping = b"", True
    if rest:
        yield rest + b"\n"


def _chunks(path: Path, shown: str, progress: FileProgress) -> Iterator[bytes]:
    """The bytes of a file, as UTF-8 and without a byte order mark."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        start = stream.read(4)
        stream.seek(3 if start.startswith(_BOM) else 0)
        coding = _wide(start)
        decoder = codecs.getincrementaldecoder(coding)("replace") if coding else None
        while chunk := stream.read(STRETCH_BYTES):
            yield decoder.decode(chunk).encode("utf-8", "replace") if decoder else chunk
            progress(shown, stream.tell(), size)


def _fed(chunk: bytes) -> bytes:
    """The same with line feeds alone for line ends."""
    return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in chunk else chunk
