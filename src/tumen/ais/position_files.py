"""What a file of vessel positions holds, told by its content and not by its name, however it comes packed."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from tumen.ais.position_columns import chosen_columns
from tumen.ais.position_dialects import NO_HINTS, PositionHints
from tumen.ais.sentences.stretches import holds_sentences, looks_like_sentences
from tumen.errors import Place, Problem
from tumen.record.readers.dialects import START_BYTES, Dialect, dialect_of
from tumen.record.readers.packages import Member, Unopened, members
from tumen.record.readers.published_files import FileProgress
from tumen.writing import delete

PositionsLayout = Literal["parquet", "csv", "nmea", "json"]

#: What a table of positions must have; one without a place is a table of what ships say of themselves.
NEEDED = ("mmsi", "t", "lon", "lat")
_SAID_OF_SHIPS = frozenset({"name", "imo", "ship_type", "draught_m"})


@dataclass(frozen=True)
class PositionFile:
    """One file, ready to be read.

    Args:
        path: the file, or a plain copy of it where it was packed.
        shown: its path as the user gave it; of a file in an archive, both names.
        header: the names of a table's columns; empty for the other kinds.
        columns: what of a position each of them holds; None for one that is not read.
        dialect: how a table of text is written.
        ours: whether it is a copy of ours, which may go once it is read.
    """

    path: Path
    shown: str
    kind: PositionsLayout
    header: tuple[str, ...] = ()
    columns: tuple[str | None, ...] = ()
    dialect: Dialect | None = None
    ours: bool = False

    def named(self, header: tuple[str, ...], hints: PositionHints) -> PositionFile:
        """The same file, its columns being these."""
        return replace(self, header=header, columns=chosen_columns(header, hints.columns))

    def done(self) -> None:
        """Give back the room of a copy that has been read."""
        if self.ours:
            delete(self.path)


def position_files(
    path: Path, folder: Path, progress: FileProgress, hints: PositionHints = NO_HINTS
) -> Iterator[PositionFile | Problem]:
    """The files of positions behind a path, each plain, and what is wrong with it.

    A path may be a file, a folder, a pattern, or an archive; see `tumen.record.readers.packages.members`. A file that
    breaks off is read up to its last whole line, with a warning. Memory does not grow with a file.

    Args:
        path: a path on this machine.
        folder: a folder of ours, for the plain copies; call `done` of each file that was read.
        progress: told the bytes unpacked.
        hints: what the user says of columns.
    """
    for found in members(path, folder, progress):
        if isinstance(found, Unopened):
            yield _cut(found) if found.cut else positions_unreadable(found.shown, found.got, found.fix)
            continue
        try:
            yield _judged(found, hints)
        except OSError as error:
            yield positions_unreadable(found.shown, (error.strerror or "no answer").lower(), "Correct the path.")


def _judged(found: Member, hints: PositionHints) -> PositionFile | Problem:
    """The file's kind by its first bytes."""
    file = PositionFile(found.path, found.shown, "csv", ours=found.ours)
    with found.path.open("rb") as stream:
        start = stream.read(START_BYTES)
    if not start:
        return positions_unreadable(file.shown, "an empty file", "Fetch it again.")
    if start.startswith(b"PAR1"):
        return replace(file, kind="parquet")
    if looks_like_sentences(start):
        return replace(file, kind="nmea")
    if start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return replace(file, kind="json")
    return _table(file, start, hints)


def _table(file: PositionFile, start: bytes, hints: PositionHints) -> PositionFile | Problem:
    """A table of text, or sentences among other lines."""
    told = {name.strip().lower() for name in hints.columns.values()}
    dialect = dialect_of(start, lambda cell: cell.strip().lower() in told or chosen_columns((cell,)) != (None,))
    if dialect is not None:
        named = replace(file, dialect=dialect).named(dialect.header, hints)
        lacking = lacking_columns(file.shown, "a table", named.columns)
        if lacking is None:
            return named
    if holds_sentences(start):
        return replace(file, kind="nmea")
    if dialect is not None and lacking is not None:
        return lacking
    if b"\0" in start or not _is_text(start):
        return positions_unreadable(file.shown, "a file that is no text", "Name a file of vessel positions.")
    return positions_unreadable(
        file.shown,
        "a table without a column for mmsi and t and lon and lat",
        "Its first line must name its columns; say what they hold with --column, such as --column t=Time.",
    )


def _is_text(start: bytes) -> bool:
    try:
        start[: -4 or None].decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def lacking_columns(shown: str, what: str, found: Container[str | None]) -> Problem | None:
    """What a table of positions must have and this has not; None where it has all.

    A table of what ships say of themselves needs no place and no time.
    """
    has = [name for name in (*NEEDED, "day", "clock", "geometry", *_SAID_OF_SHIPS) if name in found]
    missing = [name for name in NEEDED if name not in has]
    if {"day", "clock"} <= set(has):
        missing = [name for name in missing if name != "t"]
    if "geometry" in has or ("mmsi" in has and {"lon", "lat"} <= set(missing) and _SAID_OF_SHIPS & set(has)):
        missing = [name for name in missing if name not in ("lon", "lat", *(() if "geometry" in has else ("t",)))]
    if not missing:
        return None
    return positions_unreadable(
        shown,
        f"{what} without a column for {' and '.join(missing)}",
        "docs/vessel-positions.md lists the names that are known; say others with --column, such as --column t=Time.",
    )


def positions_unreadable(shown: str, got: str, fix: str) -> Problem:
    """A file of which nothing can be used; the others still count."""
    return Problem(
        Place(shown),
        got=got,
        expected="vessel positions as Parquet, CSV, JSON or NMEA, plain or packed",
        fix=fix,
        slug="positions-unreadable",
        severity="warning",
    )


def _cut(found: Unopened) -> Problem:
    return Problem(
        Place(found.shown),
        got=found.got,
        expected="a whole one",
        fix=found.fix,
        slug="positions-cut",
        severity="warning",
    )
