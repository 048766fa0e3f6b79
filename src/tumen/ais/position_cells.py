"""One file's cells in an engine, and how they are written, before they are judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tumen.ais.position_columns import NAMES, is_in_tenths
from tumen.ais.position_dialects import (
    DaysWritten,
    PositionHints,
    PositionSpans,
    longitudes_wrap,
    month_stands_first,
    tenths,
    told_of_writing,
)
from tumen.ais.position_files import PositionFile, lacking_columns, positions_unreadable
from tumen.ais.typed_cells import kinds_of_text, moment_of, number_of, typed_cells
from tumen.engine.loading import column_name
from tumen.engine.queries import Engine, FilePart, UnreadableFileError, query, typed
from tumen.errors import EngineError, Problem
from tumen.scratch import new_name

_ROOM = "tumen.ais"


@dataclass(frozen=True)
class LoadedFile:
    """One file's rows in an engine.

    Args:
        table: what holds them.
        kinds: SQL types of the table's columns, where those with numbers hold numbers; None where every cell is text.
        rejected: lines that could not be read.
    """

    file: PositionFile
    table: str
    kinds: Mapping[str, str] | None
    rejected: int = 0

    @property
    def names(self) -> Mapping[str, str]:
        """The table's own name of each of our columns that it has."""
        stored = self.file.kind == "parquet"
        pairs = zip(self.file.header, self.file.columns, strict=True)
        return {ours: theirs if stored else ours for theirs, ours in pairs if ours}

    @property
    def moment(self) -> str | None:
        """SQL for a hash of a row's MMSI and time; None where the time is text."""
        kinds, names = self.kinds or {}, self.names
        if kinds.get(names["t"], "VARCHAR") == "VARCHAR":
            return None
        mmsi = number_of(names["mmsi"], kinds[names["mmsi"]])
        return f"hash(try_cast({mmsi} as bigint), {moment_of(names['t'], kinds[names['t']])})"


@dataclass(frozen=True)
class _Odd:
    """Of how many rows the time is not written as most files write it."""

    rows: int


@dataclass(frozen=True)
class _Ends:
    """The westernmost and the easternmost longitude of a file, as it writes them; None where it has none."""

    west: float | None
    east: float | None

    @property
    def may_wrap(self) -> bool:
        """Whether longitudes may run from 0 to 360: some may lie beyond 180, and none west of 0 is known."""
        known_west = self.west is not None and -180 <= self.west < 0
        return self.east is not None and not self.east <= 180 and not known_west


def with_parquet_columns(
    engine: Engine, file: PositionFile, folder: Path, hints: PositionHints
) -> PositionFile | Problem:
    """A file of Parquet with the columns that it turns out to have; a table of text has them already."""
    if file.kind != "parquet":
        return file
    try:
        named = file.named(tuple(engine.parquet_columns(linked(file, folder))), hints)
    except EngineError:
        return positions_unreadable(file.shown, "a Parquet file that breaks off or is damaged", "Fetch it again.")
    return lacking_columns(file.shown, "a table", named.columns) or named


def linked(file: PositionFile, folder: Path) -> Path:
    """The file under a name that ends as its kind does."""
    link = new_name(folder, f".link.{file.kind}")
    link.symlink_to(file.path.resolve())
    return link


def load_cells(engine: Engine, file: PositionFile, folder: Path, number: int = 0) -> LoadedFile:
    """Put a file into the engine: numbers as numbers where all of them are, else every cell as text.

    Args:
        number: tells the file's tables from those of other files in the same engine.
    """
    table = f"raw_positions_{number}"
    link = linked(file, folder)
    held = _packed(engine, file, table, link) if file.kind == "parquet" else _numbers(engine, file, table, link)
    if held is not None:
        return held
    rejects = engine.load(table, _text_columns(file), [_part(file, link, {})])
    return LoadedFile(file, table, None, len({reject.record for reject in rejects}))


def _packed(engine: Engine, file: PositionFile, table: str, link: Path) -> LoadedFile | None:
    """A file of Parquet as it is; None where a number in it is no number."""
    held = LoadedFile(file, table, engine.parquet_columns(link))
    if typed_cells(held.names, held.kinds or {}, table) is None:
        return None
    engine.scan(table, [link])
    return held


def _numbers(engine: Engine, file: PositionFile, table: str, link: Path) -> LoadedFile | None:
    """A table of text with its numbers read; None where one cannot be."""
    kinds = kinds_of_text([ours for ours in file.columns if ours])
    held = LoadedFile(file, table, kinds)
    if typed_cells(held.names, kinds, table) is None:
        return None
    try:
        return None if engine.load(table, kinds, [_part(file, link, kinds)]) else held
    except UnreadableFileError:
        return None


def _text_columns(file: PositionFile) -> dict[str, str]:
    stored = file.kind == "parquet"
    pairs = zip(file.header, file.columns, strict=True)
    return {theirs if stored else ours: "VARCHAR" for theirs, ours in pairs if ours}


def _part(file: PositionFile, link: Path, kinds: Mapping[str, str]) -> FilePart:
    stored = file.kind == "parquet"
    columns = [
        (theirs if stored else ours or f"_{n}", kinds.get(ours, "VARCHAR") if ours else None)
        for n, (theirs, ours) in enumerate(zip(file.header, file.columns, strict=True))
    ]
    return FilePart(link, file.shown, tuple(columns), file.dialect.separator if file.dialect else ",")


def judged_by(
    engine: Engine, held: LoadedFile, hints: PositionHints, now: dt.datetime, number: int = 0
) -> tuple[str, list[Problem]]:
    """The query that judges a file's rows, and what a reader should know of how they were taken.

    Args:
        engine: holds the file's rows; gets tables of how its times and cells are to be read.
        now: the time of reading, UTC.

    Returns: among the problems an error where the file's days cannot be told from its months; nothing is judged then.
    """
    file = held.file
    read = _as_numbers(engine, held, hints, number) if held.kinds else _as_text(engine, held, hints, number)
    if isinstance(read, Problem):
        return "", [read]
    spans = _spans(engine, f"{read} as cells", is_in_tenths(file.header))
    speed_tenths, draught_tenths = tenths(file.header, spans, hints)
    judged = query(_ROOM, "positions_judged").replace("from cells", f"from {read} as cells")
    for name, holds in (
        ("wraps", longitudes_wrap(spans)),
        ("speed_tenths", speed_tenths),
        ("draught_tenths", draught_tenths),
    ):
        judged = judged.replace(f"${name}", str(holds).lower())
    return judged.replace("$now", f"'{now}'"), told_of_writing(file.shown, file.header, spans, hints)


def _spans(engine: Engine, cells: str, in_tenths: bool) -> PositionSpans:
    """How a file writes longitudes, and speeds and draughts where they may be tenths."""
    (ends,) = typed(engine.rows(f"select min(lon_said) as west, max(lon_said) as east from {cells}"), _Ends)  # noqa: S608
    if not in_tenths and not ends.may_wrap:
        return PositionSpans(0, 0, 0, 0, 0)
    return typed(engine.rows(query(_ROOM, "positions_spans").replace("from cells", f"from {cells}")), PositionSpans)[0]


def _as_numbers(engine: Engine, held: LoadedFile, hints: PositionHints, number: int) -> str | Problem:
    """SQL for the cells of a file whose numbers are numbers."""
    names, kinds = held.names, held.kinds or {}
    if kinds[names["t"]] != "VARCHAR":
        return typed_cells(names, kinds, held.table) or ""
    time = column_name(names["t"])
    odd = f"select count(*) as rows from {held.table} where not ({_is_plain(time)})"  # noqa: S608 - a name in quotes
    (told,) = typed(engine.rows(odd), _Odd)
    if not told.rows:
        return typed_cells(names, kinds, held.table, f"try_cast({time} as timestamp)") or ""
    times = f"(select {time} as t, null as day, null as clock from {held.table})"  # noqa: S608 - a name in quotes
    month_first = _read_times(engine, held, hints, times, number)
    if isinstance(month_first, Problem):
        return month_first
    joined = f"{held.table} left join stamps_{number} as s on trim({held.table}.{time}) = s.stamp"
    moment = "s.month_first" if month_first else "s.day_first"
    return typed_cells(names, kinds, joined, moment, "coalesce(s.has_zone, false)") or ""


def _is_plain(time: str) -> str:
    """SQL for a time that can be read as most files write it, such as 2024-03-10T05:07:00; a missing one is plain."""
    form = f"length({time}) = 19 and {time} like '____-__-__%:__:__' and substr({time}, 11, 1) in ('T', ' ')"
    return f"coalesce({form} and try_cast({time} as timestamp) is not null, true)"


def _as_text(engine: Engine, held: LoadedFile, hints: PositionHints, number: int) -> str | Problem:
    """The name of a table of the cells of a file of text."""
    items = ", ".join(
        f'{column_name(held.names[ours]) if ours in held.names else "cast(null as varchar)"} as "{ours}"'
        for ours in NAMES
    )
    raw = f"(select {items} from {held.table})"  # noqa: S608 - our names, and a file's in quotes
    month_first = _read_times(engine, held, hints, raw, number)
    if isinstance(month_first, Problem):
        return month_first
    cells = query(_ROOM, "positions_cells").replace("from raw_positions", f"from {raw} as raw_positions")
    engine.create(f"cells_{number}", cells.replace("join stamps", f"join stamps_{number}"), month_first=month_first)
    return f"cells_{number}"


def _read_times(engine: Engine, held: LoadedFile, hints: PositionHints, raw: str, number: int) -> bool | Problem:
    """Make a table of what a file's different times may mean; whether the month stands before the day."""
    stamps = query(_ROOM, "positions_stamps").replace("from raw_positions", f"from {raw} as raw_positions")
    engine.create(f"stamps_{number}", stamps)
    asked = query(_ROOM, "positions_day_orders").replace("from stamps", f"from stamps_{number}")
    (orders,) = typed(engine.rows(asked), DaysWritten)
    return month_stands_first(held.file.shown, orders, held.file.header, hints.dates)
