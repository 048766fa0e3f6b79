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
from tumen.record.readers.published_files import (
    UNREADABLE_LINE,
    FileProgress,
    TableFile,
    import_unreadable,
    open_tables,
)
from tumen.record.readers.states import NO_STATE, state_of
from tumen.record.readers.tabulate import NOT_UNDERSTOOD, tabulate
from tumen.scratch import scratch_folder

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
    voted: Mapping[str, int]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Member:
    """One row of votes_members.sql: a spelling of a member, and how many votes name it."""

    member: str
    votes: int


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
    problems: list[Problem] = field(default_factory=list)


def read_votes(
    files: Sequence[Path],
    source: str,
    out: Path,
    engine: Callable[[], Engine],
    progress: FileProgress = lambda *_: None,
) -> VotesReading:
    """Read files of roll calls and write each member's vote once, as rows of the table `votes`, as Parquet.

    Args:
        files: the United Nations' list of votes, Voeten's table of votes, or that with his table of roll calls.
        source: id of a row of `sources`, put into every row.
        out: the Parquet file to write; nothing is written where no vote is kept, or a file cannot be read.
        engine: opens an engine that reads files.
        progress: told the file and how much of it is done, in bytes.

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
                        _add(opened, table, found)
            _check_days(found)
            if any(p.severity == "error" for p in found.problems):
                return VotesReading(0, 0, 0, 0, None, None, {}, {}, {}, tuple(found.problems))
            try:
                return _read(opened, found, source, out)
            except UnreadableFileError as error:
                problem = import_unreadable(error.file, "a file that breaks off or is damaged", "Fetch it again.")
                return VotesReading(0, 0, 0, 0, None, None, {}, {}, {}, (*found.problems, problem))
    finally:
        opened.close()


def _add(engine: Engine, table: TableFile, found: _Found) -> None:
    """Put a table among the votes or the roll calls, or say why it is neither."""
    delimiter, cells = ",", []
    if table.kind == "text":
        delimiter = "\t" if "\t" in table.first_line else ","
        cells = next(csv.reader([table.first_line], delimiter=delimiter), [])
    else:
        try:
            cells = list(engine.parquet_columns(table.path))
        except EngineError:
            found.problems.append(import_unreadable(table.shown, "a Parquet file that is damaged", "Fetch it again."))
            return
    names = [cell.strip().strip('"').lower() for cell in cells]
    kind = _kind(names)
    if kind is None:
        found.problems.append(
            Problem(
                Place(table.shown),
                got="a table that is neither of votes nor of roll calls",
                expected="the United Nations' list (ms_code, ms_vote, resolution, date) or Voeten's tables "
                "(rcid, ccode or countryname, vote; "
                "rcid, date, unres)",
                fix=_HELP,
                slug="import-layout",
            )
        )
        return
    wanted = VOTE_COLUMNS if kind == "votes" else ROLL_CALL_COLUMNS
    known = [n if n in wanted and names.index(n) == place else None for place, n in enumerate(names)]
    parquet = table.kind == "parquet"
    columns = tuple(
        (cell if parquet else ours or f"_{place}", "VARCHAR" if ours else None)
        for place, (cell, ours) in enumerate(zip(cells, known, strict=True))
    )
    part = FilePart(table.path, table.shown, columns, delimiter)
    (found.votes if kind == "votes" else found.roll_calls).append(part)
    if table.long_lines:
        found.dropped.setdefault(table.shown, Counter())[UNREADABLE_LINE] += table.long_lines


def _kind(names: Sequence[str]) -> Literal["votes", "roll calls"] | None:
    """What a table is of, by its columns. Codes of COW and names tell a member; three letters may be of either list."""
    has = set(names)
    if {"ms_vote", "resolution", "date"} <= has and {"ms_code", "ms_name"} & has:
        return "votes"
    if {"rcid", "vote"} <= has and ({"ccode", "countryname"} & has or {"country", "country_code"} <= has):
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


def _read(engine: Engine, found: _Found, source: str, out: Path) -> VotesReading:
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
        voted,
        tuple(found.problems),
    )


def _name_states(engine: Engine, found: _Found) -> None:
    """Make the table `states` of the spellings of members. A number is a code of the Correlates of War project."""
    named: dict[str, list[str]] = {"spelling": [], "alpha3": []}
    for row in typed(engine.rows(query(_ROOM, "votes_members")), _Member):
        number = row.member.removesuffix(".0")
        state = state_of(number, "cow") if number.isdigit() else state_of(row.member, "name")
        if state is None:
            found.strange[row.member] += row.votes
        named["spelling"].append(row.member)
        named["alpha3"].append(NOT_UNDERSTOOD if state is None else state or NO_STATE)
    tabulate(engine, "states", named)
