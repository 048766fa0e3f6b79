"""Roll calls as they are published to rows of the record's table `votes`, with a count of what was left out and why."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tumen.engine.queries import Engine, FilePart, UnreadableFileError, query, typed
from tumen.errors import EngineError, Place, Problem
from tumen.record.readers.day_orders import tabulate_day_orders
from tumen.record.readers.dialects import dialect_of
from tumen.record.readers.published_files import (
    UNREADABLE_LINE,
    FileProgress,
    TableFile,
    from_header,
    import_unreadable,
    open_tables,
)
from tumen.record.readers.tabulate import NOT_UNDERSTOOD, tabulate
from tumen.record.readers.written import DayOrder
from tumen.scratch import scratch_folder
from tumen.votes.members import NamedMember, members_of

#: Columns that are read, in lower case: of the United Nations' list, and of Voeten's tables.
VOTE_COLUMNS = (
    "undl_id",
    "ms_code",
    "ms_name",
    "ms_vote",
    "resolution",
    "date",
    "rcid",
    "ccode",
    "countryname",
    "country",
    "country_code",
    "vote",
    "unres",
)
ROLL_CALL_COLUMNS = ("rcid", "date", "unres")

_ROOM = "tumen.votes"
_HELP = "docs/events-and-votes.md lists the columns."


@dataclass(frozen=True)
class VotesReading:
    """What came of reading files of roll calls.

    Args:
        votes: rows kept, absences included; `cast_votes` of them are a yes, a no or an abstention.
        repeated: rows that say again what another says.
        dropped: rows left out, by file as the user named it, then by reason.
        strange: spellings of members that were not understood, with the number of votes.
        overruled: spellings of members whose code says another state than their name, with the state of the code.
        notes: what else a reader should know, such as how days were read.
        voted: how often each member whose rows are kept voted.
        problems: files that could not be read or not whole.
    """

    votes: int
    cast_votes: int
    roll_calls: int
    repeated: int
    first: dt.date | None
    last: dt.date | None
    dropped: Mapping[str, Mapping[str, int]]
    strange: Mapping[str, int]
    overruled: Mapping[str, str]
    notes: tuple[str, ...]
    voted: Mapping[str, int]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Dropped:
    """One row of votes_dropped.sql: votes of a file that are left out for a reason, or kept."""

    _file: str
    reason: str | None
    votes: int


@dataclass(frozen=True)
class _Told:
    """One row of votes_counted.sql: what is kept."""

    votes: int
    roll_calls: int
    cast_votes: int
    first_day: dt.date | None
    last_day: dt.date | None


@dataclass(frozen=True)
class _Voted:
    """One row of votes_actors.sql: how often a member voted."""

    actor: str
    cast_votes: int


@dataclass(frozen=True)
class _Found:
    """What has been read so far."""

    votes: list[FilePart] = field(default_factory=list)
    roll_calls: list[FilePart] = field(default_factory=list)
    dropped: dict[str, Counter[str]] = field(default_factory=dict)
    strange: Counter[str] = field(default_factory=Counter)
    overruled: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_votes(
    files: Sequence[Path],
    source: str,
    out: Path,
    engine: Callable[[], Engine],
    progress: FileProgress = lambda *_: None,
    order: DayOrder | None = None,
) -> VotesReading:
    """Read files of roll calls and write each member's vote once, as rows of the table `votes`, as Parquet.

    Args:
        files: the United Nations' list of votes, Voeten's table of votes, or that with his table of roll calls.
        source: id of a row of `sources`, put into every row.
        out: the Parquet file to write; nothing is written where no vote is kept, or a file cannot be read.
        engine: opens an engine that reads files.
        progress: told the file and how much of it is done, in bytes.
        order: whether the day or the month comes first, where the user says so.

    Limits: A member that is not in the list of a roll call has no row in it, which is not an absence.
    """
    found = _Found()
    opened = engine()
    try:
        with scratch_folder("votes") as folder:
            for path in files:
                for table in open_tables(path, folder, progress):
                    if isinstance(table, Problem):
                        found.problems.append(table)
                    else:
                        _add(opened, table, folder, found)
            _check_days(found)
            if any(p.severity == "error" for p in found.problems):
                return _nothing(found)
            try:
                return _read(opened, found, source, out, order)
            except UnreadableFileError as error:
                wrong = import_unreadable(error.file, "a file that breaks off or is damaged", "Fetch it again.")
                found.problems.append(wrong)
                return _nothing(found)
    finally:
        opened.close()


def _nothing(found: _Found) -> VotesReading:
    """What came of files that cannot be used."""
    return VotesReading(0, 0, 0, 0, None, None, {}, {}, {}, (), {}, tuple(found.problems))


def _add(engine: Engine, table: TableFile, folder: Path, found: _Found) -> None:
    """Put a table among the votes or the roll calls, or say why it is neither."""
    if table.kind == "parquet":
        try:
            _take(table, list(engine.parquet_columns(table.path)), ",", found)
        except EngineError:
            found.problems.append(import_unreadable(table.shown, "a Parquet file that is damaged", "Fetch it again."))
        return
    dialect = dialect_of(table.start, lambda cell: cell.strip('" ').lower() in VOTE_COLUMNS)
    if dialect is None:
        found.problems.append(_neither(table))
        return
    table = from_header(table, dialect, folder)
    cells = next(csv.reader([table.first_line], delimiter=dialect.separator), [])
    _take(table, cells, dialect.separator, found)


def _take(table: TableFile, cells: Sequence[str], separator: str, found: _Found) -> None:
    """Put a table with these columns among the votes or the roll calls."""
    names = [cell.strip().strip('"').lower() for cell in cells]
    kind = _kind(names)
    if kind is None:
        found.problems.append(_neither(table))
        return
    wanted = VOTE_COLUMNS if kind == "votes" else ROLL_CALL_COLUMNS
    known = [n if n in wanted and names.index(n) == place else None for place, n in enumerate(names)]
    parquet = table.kind == "parquet"
    columns = tuple(
        (cell if parquet else ours or f"_{place}", "VARCHAR" if ours else None)
        for place, (cell, ours) in enumerate(zip(cells, known, strict=True))
    )
    part = FilePart(table.path, table.shown, columns, separator)
    (found.votes if kind == "votes" else found.roll_calls).append(part)
    if table.long_lines:
        found.dropped.setdefault(table.shown, Counter())[UNREADABLE_LINE] += table.long_lines


def _neither(table: TableFile) -> Problem:
    return Problem(
        Place(table.shown),
        got="a table that is neither of votes nor of roll calls",
        expected="the United Nations' list (ms_code, ms_vote, resolution, date) or Voeten's tables "
        "(rcid, ccode or countryname, vote; rcid, date, unres)",
        fix=_HELP,
        slug="import-layout",
    )


def _kind(names: Sequence[str]) -> Literal["votes", "roll calls"] | None:
    """What a table is of, by its columns. Codes of COW and names tell a member; three letters may be of either list."""
    has = set(names)
    if {"ms_vote", "resolution", "date"} <= has and {"ms_code", "ms_name"} & has:
        return "votes"
    if {"rcid", "vote"} <= has and {"ccode", "countryname", "country_code"} & has:
        return "votes"
    return "roll calls" if {"rcid", "date"} <= has and "vote" not in has else None


def _check_days(found: _Found) -> None:
    """A problem for each table of votes without days, where no roll calls give them."""
    for part in found.votes:
        if not found.roll_calls and not any(name.lower() == "date" for name, kind in part.columns if kind):
            found.problems.append(
                Problem(
                    Place(part.shown),
                    got="votes without days",
                    expected="a column 'date', or a table of roll calls",
                    fix="Name the file of roll calls too: it has rcid, date and unres.",
                    slug="import-layout",
                )
            )
    if found.roll_calls and not found.votes and not found.problems:
        found.problems.append(
            Problem(
                Place(found.roll_calls[0].shown),
                got="roll calls without votes",
                expected="a table of votes too",
                fix="Name the file of votes too.",
                slug="import-layout",
            )
        )


def _read(engine: Engine, found: _Found, source: str, out: Path, order: DayOrder | None) -> VotesReading:
    """All votes, each once, written in order."""
    for table, names, parts in (
        ("raw_votes", VOTE_COLUMNS, found.votes),
        ("raw_roll_calls", ROLL_CALL_COLUMNS, found.roll_calls),
    ):
        spelt = {name.lower(): name for part in parts for name, kind in part.columns if kind}
        rejects = engine.load(table, {spelt.get(name, name): "VARCHAR" for name in names}, parts)
        for file, _ in {(r.file, r.record) for r in rejects}:
            found.dropped.setdefault(file, Counter())[UNREADABLE_LINE] += 1
    engine.create("read_votes", query(_ROOM, "votes_read"))
    said = "with said_days as (select _day_file as _file, said_day from read_votes)"
    orders = tabulate_day_orders(engine, said, order)
    if orders.problems:
        found.problems.extend(orders.problems)
        return _nothing(found)
    found.notes.extend(orders.notes)
    rows = "with read_rows as (select * from read_votes)"
    engine.create("dated_votes", f"{rows}\n{query('tumen.record.readers', 'days_dated')}")
    _name_states(engine, found)
    engine.create("judged_votes", query(_ROOM, "votes_judged"))
    kept = 0
    for row in typed(engine.rows(query(_ROOM, "votes_dropped")), _Dropped):
        if row.reason is None:
            kept += row.votes
        else:
            found.dropped.setdefault(row._file, Counter())[row.reason] += row.votes
    (told,) = typed(engine.rows(query(_ROOM, "votes_counted")), _Told)
    voted = {row.actor: row.cast_votes for row in typed(engine.rows(query(_ROOM, "votes_actors")), _Voted)}
    if told.votes:
        engine.write(query(_ROOM, "votes_rows"), out, source=source)
    return VotesReading(
        told.votes,
        told.cast_votes,
        told.roll_calls,
        kept - told.votes,
        told.first_day,
        told.last_day,
        {file: dict(reasons) for file, reasons in found.dropped.items()},
        dict(found.strange),
        dict(found.overruled),
        tuple(found.notes),
        voted,
        tuple(found.problems),
    )


def _name_states(engine: Engine, found: _Found) -> None:
    """Make the table `states` of the spellings of members."""
    members = members_of(typed(engine.rows(query(_ROOM, "votes_members")), NamedMember))
    found.strange.update(members.strange)
    found.overruled.update(members.overruled)
    alpha3 = [NOT_UNDERSTOOD if state is None else state for state in members.states.values()]
    tabulate(engine, "states", {"spelling": list(members.states), "alpha3": alpha3})
