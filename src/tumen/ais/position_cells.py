"""One file's cells in an engine, and how they are written, before they are judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
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
from tumen.ais.typed_cells import are_numbers, kinds_of_text, moment_of, number_of, typed_cells
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
        return _names(self.file)

    @property
    def moment(self) -> str | None:
        """SQL for a hash of a row's MMSI and time; None where the time is text."""
        kinds, names = self.kinds or {}, self.names
        if kinds.get(names["t"], "VARCHAR") == "VARCHAR":
            return None
        mmsi = number_of(names["mmsi"], kinds[names["mmsi"]])
        return f"hash(try_cast({mmsi} as bigint), {moment_of(names['t'], kinds[names['t']])})"


@dataclass(frozen=True)
class Judging:
    """How a file's rows are judged.

    Args:
        rule: SQL that asks `cells`.
        cells: SQL for the cells, of what holds the rows.
        table: what holds all of them.
    """

    rule: str
    cells: Callable[[str], str]
    table: str

    def of(self, rows: str = "") -> str:
        """SQL for the judged rows of a table that goes by the name of the whole one; of that where none is given."""
        return self.rule.replace("from cells", f"from {self.cells(rows or self.table)} as cells")


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
    table, link = f"raw_positions_{number}", linked(file, folder)
    held = _packed(engine, file, table, link) if file.kind == "parquet" else _numbers(engine, file, table, link)
    if held is not None:
        return held
    words = dict.fromkeys(_names(file).values(), "VARCHAR")
    rejects = engine.load(table, words, [_part(file, link, words)])
    return LoadedFile(file, table, None, len({reject.record for reject in rejects}))


def _packed(engine: Engine, file: PositionFile, table: str, link: Path) -> LoadedFile | None:
    """A file of Parquet as it is; None where a number in it is no number."""
    kinds = engine.parquet_columns(link)
    if not are_numbers(_names(file), kinds):
        return None
    engine.scan(table, [link])
    return LoadedFile(file, table, kinds)


def _numbers(engine: Engine, file: PositionFile, table: str, link: Path) -> LoadedFile | None:
    """A table of text with its numbers read; None where one cannot be."""
    kinds = kinds_of_text([*_names(file)])
    if not are_numbers(_names(file), kinds):
        return None
    try:
        rejects = engine.load(table, kinds, [_part(file, link, kinds)])
    except UnreadableFileError:
        return None
    return None if rejects else LoadedFile(file, table, kinds)


def _names(file: PositionFile) -> dict[str, str]:
    """The name, once a file is loaded, of each of our columns that it has: its own where it has types, else ours."""
    stored = file.kind == "parquet"
    pairs = zip(file.header, file.columns, strict=True)
    return {ours: theirs if stored else ours for theirs, ours in pairs if ours}


def _part(file: PositionFile, link: Path, kinds: Mapping[str, str]) -> FilePart:
    """A file's columns in order, those of ours with their types."""
    names = _names(file)
    columns = [
        (names[ours], kinds[names[ours]]) if ours else (theirs if file.kind == "parquet" else f"_{n}", None)
        for n, (theirs, ours) in enumerate(zip(file.header, file.columns, strict=True))
    ]
    return FilePart(link, file.shown, tuple(columns), file.dialect.separator if file.dialect else ",")


def judged_by(
    engine: Engine, held: LoadedFile, hints: PositionHints, now: dt.datetime, number: int = 0
) -> tuple[Judging | None, list[Problem]]:
    """How a file's rows are judged, and what a reader should know of how they were taken.

    Args:
        engine: holds the file's rows; gets tables of how its times and cells are to be read.
        now: the time of reading, UTC.

    Returns: None, with an error among the problems, where the file's days cannot be told from its months.
    """
    file = held.file
    cells = _as_numbers(engine, held, hints, number) if held.kinds else _as_text(engine, held, hints, number)
    if isinstance(cells, Problem):
        return None, [cells]
    spans = _spans(engine, f"{cells(held.table)} as cells", is_in_tenths(file.header))
    speed_tenths, draught_tenths = tenths(file.header, spans, hints)
    rule = query(_ROOM, "positions_judged").replace("$now", f"'{now}'")
    for name, holds in (
        ("wraps", longitudes_wrap(spans)),
        ("speed_tenths", speed_tenths),
        ("draught_tenths", draught_tenths),
    ):
        rule = rule.replace(f"${name}", str(holds).lower())
    return Judging(rule, cells, held.table), told_of_writing(file.shown, file.header, spans, hints)


def _spans(engine: Engine, cells: str, in_tenths: bool) -> PositionSpans:
    """How a file writes longitudes, and speeds and draughts where they may be tenths."""
    (ends,) = typed(engine.rows(f"select min(lon_said) as west, max(lon_said) as east from {cells}"), _Ends)  # noqa: S608 - our query
    if not in_tenths and not ends.may_wrap:
        return PositionSpans(0, 0, 0, 0, 0)
    return typed(engine.rows(query(_ROOM, "positions_spans").replace("from cells", f"from {cells}")), PositionSpans)[0]


def _as_numbers(engine: Engine, held: LoadedFile, hints: PositionHints, number: int) -> Callable[[str], str] | Problem:
    """SQL for the cells of a file whose numbers are numbers, of what holds its rows."""
    names, kinds = held.names, held.kinds or {}
    if kinds[names["t"]] != "VARCHAR":
        return partial(typed_cells, names, kinds)
    time = column_name(names["t"])
    odd = f"select count(*) as rows from {held.table} where not ({_is_plain(time)})"  # noqa: S608 - a name in quotes
    (told,) = typed(engine.rows(odd), _Odd)
    if not told.rows:
        return partial(typed_cells, names, kinds, moment=f"try_cast({time} as timestamp)")
    written = f"select trim({time}) as stamp from {held.table}"  # noqa: S608 - a name in quotes
    month_first = _read_times(engine, held, hints, written, number)
    if isinstance(month_first, Problem):
        return month_first
    stamped = f"left join stamps_{number} as s on trim({held.table}.{time}) = s.stamp"
    moment = "s.month_first" if month_first else "s.day_first"
    return lambda rows: typed_cells(names, kinds, f"{rows} {stamped}", moment, "coalesce(s.has_zone, false)")


def _is_plain(time: str) -> str:
    """SQL for a time that can be read as most files write it, such as 2024-03-10T05:07:00; a missing one is plain."""
    form = f"length({time}) = 19 and {time} like '____-__-__%:__:__' and substr({time}, 11, 1) in ('T', ' ')"
    return f"coalesce({form} and try_cast({time} as timestamp) is not null, true)"


def _as_text(engine: Engine, held: LoadedFile, hints: PositionHints, number: int) -> Callable[[str], str] | Problem:
    """The name of a table of the cells of a file of text, whatever is asked for."""
    items = ", ".join(
        f'{column_name(held.names[ours]) if ours in held.names else "cast(null as varchar)"} as "{ours}"'
        for ours in NAMES
    )
    raw = f"(select {items} from {held.table}) as raw_positions"  # noqa: S608 - our names, and a file's in quotes
    written = query(_ROOM, "positions_written").replace("from raw_positions", f"from {raw}")
    month_first = _read_times(engine, held, hints, written, number)
    if isinstance(month_first, Problem):
        return month_first
    cells = query(_ROOM, "positions_cells").replace("join stamps", f"join stamps_{number}")
    engine.create(f"cells_{number}", _of_written(cells, written), month_first=month_first)
    return lambda _: f"cells_{number}"


def _read_times(engine: Engine, held: LoadedFile, hints: PositionHints, written: str, number: int) -> bool | Problem:
    """Make a table of what a file's different times may mean; whether the month stands before the day."""
    engine.create(f"stamps_{number}", _of_written(query(_ROOM, "positions_stamps"), written))
    asked = query(_ROOM, "positions_day_orders").replace("from stamps", f"from stamps_{number}")
    (orders,) = typed(engine.rows(asked), DaysWritten)
    return month_stands_first(held.file.shown, orders, held.file.header, hints.dates)


def _of_written(sql: str, written: str) -> str:
    return sql.replace("from written_positions", f"from ({written}) as written_positions")
