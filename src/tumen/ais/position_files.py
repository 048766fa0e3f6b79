"""What a file of vessel positions holds, told by its content and not by its name, and a plain copy where it is
packed.
"""

from __future__ import annotations

import csv
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from tumen.errors import Place, Problem
from tumen.record.packed import GZIP, unpack
from tumen.record.readers.published_files import FileProgress
from tumen.scratch import new_name
from tumen.writing import new_file

PositionsLayout = Literal["parquet", "csv", "nmea"]

#: The columns of a position as they are read, all still text, and the names that publishers give them.
#: `t` and the rest are ours; the others those of the NOAA's files until 2024 and since, and the Danish authority's.
NAMES: Mapping[str, tuple[str, ...]] = {
    "mmsi": ("mmsi",),
    "t": ("t", "timestamp", "basedatetime", "base_date_time"),
    "lon": ("lon", "longitude"),
    "lat": ("lat", "latitude"),
    "speed_kn": ("speed_kn", "sog"),
    "course_deg": ("course_deg", "cog"),
    "heading_deg": ("heading_deg", "heading"),
    "ship_type": ("ship_type", "shiptype", "vesseltype", "vessel_type"),
    "name": ("name", "vesselname", "vessel_name"),
    "imo": ("imo",),
    "draught_m": ("draught_m", "draught", "draft"),
    "receiver": ("receiver",),
    "mobile": ("type_of_mobile",),
}
NEEDED = ("mmsi", "t", "lon", "lat")

_CHUNK = 1 << 20
_LONGEST_HEADER = 1 << 16
_LONGEST_LINE = 1 << 20
_PACKED = {b"PK\x03\x04": "a zip archive", b"\x28\xb5\x2f\xfd": "a Zstandard archive", b"BZh": "a bzip2 archive"}


@dataclass(frozen=True)
class PositionFile:
    """One file, ready to be read.

    Args:
        path: the file, or a plain copy of it where it was packed.
        shown: its path as the user gave it.
        header: the cells of a CSV file's first line; empty for the other kinds.
    """

    path: Path
    shown: str
    kind: PositionsLayout
    header: tuple[str, ...] = ()


def canonical(header: str) -> str | None:
    """The column of ours that a header's cell names, or None.

    Example:
        >>> [canonical(h) for h in ("# Timestamp", "BaseDateTime", "Ship type", "LAT", "Callsign")]
        ['t', 't', 'ship_type', 'lat', None]
    """
    plain = header.strip().lstrip("#").strip().lower().replace(" ", "_")
    return next((ours for ours, theirs in NAMES.items() if plain in theirs), None)


def open_file(path: Path, folder: Path, progress: FileProgress) -> tuple[PositionFile | None, list[Problem]]:
    """Find out what a file is, and unpack it into `folder` where it is gzip.

    A gzip file that breaks off is read up to its last whole line, with a warning. Nothing else is
    unpacked; memory does not grow with the file.

    Args:
        path: a file on this machine.
        folder: a folder of ours, for the plain copy.
        progress: told the bytes unpacked.

    Returns: the file, or None where it cannot be read; and what is wrong, never more than one problem.
    """
    shown = str(path)
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
        if start.startswith(GZIP):
            plain = new_name(folder, ".plain")
            fault = unpack(path, plain, lambda done, size: progress(shown, done, size))
            return _judged(plain, shown, fault)
        return _judged(path, shown, None)
    except OSError as error:
        return None, [positions_unreadable(shown, (error.strerror or "no answer").lower(), "Correct the path.")]


def _judged(path: Path, shown: str, fault: str | None) -> tuple[PositionFile | None, list[Problem]]:
    """The file's kind by its first bytes."""
    with path.open("rb") as stream:
        start = stream.read(4)
        if not start:
            return None, [positions_unreadable(shown, fault or "an empty file", "Fetch it again.")]
        if start == b"PAR1":
            return PositionFile(path, shown, "parquet"), _broken(shown, fault)
        if packed := next((what for magic, what in _PACKED.items() if start.startswith(magic)), None):
            return None, [positions_unreadable(shown, packed, "Unpack it first.")]
        stream.seek(0)
        first = stream.readline(_LONGEST_HEADER)
        if first[:1] in (b"!", b"\\", b"$"):
            return PositionFile(path, shown, "nmea"), _broken(shown, fault)
    try:
        header = next(csv.reader([first.decode("utf-8-sig")]), [])
    except (UnicodeDecodeError, csv.Error):
        return None, [positions_unreadable(shown, "a file that is no text", "Name a file of vessel positions.")]
    if lacking := lacking_columns(shown, "a first line", {canonical(cell) for cell in header}):
        return None, [lacking]
    return PositionFile(path, shown, "csv", tuple(header)), _broken(shown, fault)


def lacking_columns(shown: str, what: str, found: Container[str | None]) -> Problem | None:
    """What a table of positions must have and this has not; None where it has all."""
    missing = [name for name in NEEDED if name not in found]
    if not missing:
        return None
    return positions_unreadable(
        shown,
        f"{what} without a column for {' and '.join(missing)}",
        "Columns are named as docs/vessel-positions.md lists, and parted by commas.",
    )


def positions_unreadable(shown: str, got: str, fix: str) -> Problem:
    """A file of which nothing can be used; the others still count."""
    return Problem(
        Place(shown),
        got=got,
        expected="vessel positions as Parquet, CSV or NMEA, plain or gzip",
        fix=fix,
        slug="positions-unreadable",
        severity="warning",
    )


def _broken(shown: str, fault: str | None) -> list[Problem]:
    if fault is None:
        return []
    return [
        Problem(
            Place(shown),
            got=fault,
            expected="a whole one",
            fix="What comes before is used. Fetch the file again.",
            slug="positions-cut",
            severity="warning",
        )
    ]


def copy_lines(file: PositionFile, target: Path, progress: FileProgress) -> int:
    """Copy a CSV file so that a line is a row, whatever ends it; returns the lines left out.

    A line with a quote that is opened and not closed is left out, or it would swallow those after it; so is one
    without quotes that has not as many cells as the header, for the engine holds each such line in memory.
    """
    size, left_out, rest, commas = file.path.stat().st_size, 0, b"", len(file.header) - 1
    with file.path.open("rb") as stream, new_file(target) as copy:
        while chunk := stream.read(_CHUNK):
            whole, end, rest = (rest + chunk).replace(b"\r\n", b"\n").replace(b"\r", b"\n").rpartition(b"\n")
            if b'"' in whole or whole.count(b",") != commas * (whole.count(b"\n") + len(end)):
                kept = [line for line in whole.split(b"\n") if _is_row(line, commas)]
                left_out += whole.count(b"\n") + 1 - len(kept)
                whole = b"\n".join(kept)
            copy.write(whole + end)
            if len(rest) > _LONGEST_LINE:
                rest, left_out = b"", left_out + 1
            progress(file.shown, stream.tell(), size)
        if _is_row(rest, commas):
            copy.write(rest + b"\n" if rest else b"")
        else:
            left_out += 1
    return left_out


def _is_row(line: bytes, commas: int) -> bool:
    """Whether a line may have as many cells as there are columns; which of a quoted one's commas part cells is not
    asked.
    """
    return line.count(b'"') % 2 == 0 if b'"' in line else not line or line.count(b",") == commas


def lines(file: PositionFile, progress: FileProgress, longest: int = 4096) -> Iterator[bytes]:
    """The lines of a text file, one at a time; of a line that is too long, its parts."""
    size = file.path.stat().st_size
    with file.path.open("rb") as stream:
        for number, line in enumerate(_bounded(stream, longest)):
            if number % 65536 == 0:
                progress(file.shown, stream.tell(), size)
            yield line


def _bounded(stream: BinaryIO, longest: int) -> Iterator[bytes]:
    while line := stream.readline(longest):
        yield line
