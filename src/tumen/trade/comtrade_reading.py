"""Tables of UN Comtrade to rows of the record's table `trade`, with a count of what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tumen.engine.queries import Engine, FilePart, UnreadableFileError, query, typed
from tumen.errors import Problem
from tumen.record.readers.published_files import UNREADABLE_LINE, FileProgress, import_unreadable, open_tables
from tumen.record.readers.states import state_of
from tumen.record.readers.tabulate import NOT_UNDERSTOOD, tabulate
from tumen.scratch import scratch_folder
from tumen.trade.comtrade_columns import COMTRADE_COLUMNS, comtrade_part

_ROOM = "tumen.trade"

#: Stands for all partners together.
_WORLD = "WLD"


@dataclass(frozen=True)
class ComtradeReading:
    """What came of reading tables of UN Comtrade.

    Args:
        cells: rows that were written; `others` of them are further figures of a flow that has one already.
        revisions: how many revisions of HS there are among them.
        mended: codes of commodities whose zero was put back.
        estimated: rows read that have a flag of estimation.
        dropped: rows left out, by file as the user named it, then by reason.
        strange: reporters and partners that are no state, or not understood, with the number of rows.
        actors: the states that rows name.
        problems: files that could not be read or not whole.
    """

    cells: int
    others: int
    revisions: int
    first: str | None
    last: str | None
    mended: int
    estimated: int
    dropped: Mapping[str, Mapping[str, int]]
    strange: Mapping[str, int]
    actors: frozenset[str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Party:
    """One row of comtrade_parties.sql."""

    spelling: str
    iso: str | None
    code: str | None
    flows: int


@dataclass(frozen=True)
class _Dropped:
    """One row of comtrade_dropped.sql."""

    _file: str
    reason: str | None
    flows: int
    mended: int
    estimated: int


@dataclass(frozen=True)
class _Told:
    """One row of comtrade_told.sql."""

    cells: int = 0
    first_period: str | None = None
    last_period: str | None = None
    others: int = 0
    revisions: int = 0


@dataclass(frozen=True)
class _Found:
    """What has been read so far."""

    parts: list[FilePart] = field(default_factory=list)
    dropped: dict[str, Counter[str]] = field(default_factory=dict)
    kept: Counter[str] = field(default_factory=Counter)
    strange: Counter[str] = field(default_factory=Counter)
    actors: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def read_comtrade(
    files: Sequence[Path],
    source: str,
    out: Path,
    engine: Callable[[], Engine],
    progress: FileProgress = lambda *_: None,
) -> ComtradeReading:
    """Read tables of UN Comtrade and write exports and imports of each cell side by side, as Parquet.

    Rows by second partner, means of transport or customs procedure are parts of others and are left out; so are
    re-exports and re-imports, which exports and imports hold already. All partners together are WLD.

    Args:
        files: CSV of the API or of the older downloads, or the API's JSON.
        source: id of a row of `sources`, put into every row.
        out: the Parquet file to write; nothing is written where no row is kept, or a file cannot be read.
        engine: opens an engine that reads files.
        progress: told the file and how much of it is done, in bytes.

    Limits: Where a flow has several figures, each is a row, and neither is taken to be the right one.
    """
    found, told = _Found(), _Told()
    opened = engine()
    try:
        with scratch_folder("comtrade") as folder:
            _open(files, folder, found, progress)
            if found.parts and not any(p.severity == "error" for p in found.problems):
                told = _read(opened, found, source, out)
    except UnreadableFileError as error:
        found.problems.append(import_unreadable(error.file, "a file that breaks off or is damaged", "Fetch it again."))
    finally:
        opened.close()
    return ComtradeReading(
        told.cells,
        told.others,
        told.revisions,
        told.first_period,
        told.last_period,
        found.kept["mended"],
        found.kept["estimated"],
        {file: dict(reasons) for file, reasons in found.dropped.items()},
        dict(found.strange),
        frozenset(found.actors),
        tuple(found.problems),
    )


def _open(files: Sequence[Path], folder: Path, found: _Found, progress: FileProgress) -> None:
    """The tables of the files, with their columns matched."""
    for path in files:
        for table in open_tables(path, folder, progress):
            part = table if isinstance(table, Problem) else comtrade_part(table, folder)
            if isinstance(part, Problem):
                found.problems.append(part)
                continue
            found.parts.append(part[0])
            if part[1].long_lines:
                found.dropped.setdefault(part[1].shown, Counter())[UNREADABLE_LINE] += part[1].long_lines


def _read(engine: Engine, found: _Found, source: str, out: Path) -> _Told:
    """All flows, each cell once, written in order."""
    rejects = engine.load("raw_flows", dict.fromkeys(COMTRADE_COLUMNS, "VARCHAR"), found.parts)
    for file, _ in {(r.file, r.record) for r in rejects}:
        found.dropped.setdefault(file, Counter())[UNREADABLE_LINE] += 1
    engine.create("read_flows", query(_ROOM, "comtrade_read"))
    _name_parties(engine, found)
    engine.create("judged_flows", query(_ROOM, "comtrade_judged"))
    for row in typed(engine.rows(query(_ROOM, "comtrade_dropped")), _Dropped):
        if row.reason is None:
            found.kept.update({"mended": row.mended, "estimated": row.estimated})
        else:
            found.dropped.setdefault(row._file, Counter())[row.reason] += row.flows
    engine.create("flow_cells", query(_ROOM, "comtrade_cells"))
    (told,) = typed(engine.rows(query(_ROOM, "comtrade_told")), _Told)
    if told.cells:
        engine.write(query(_ROOM, "comtrade_rows"), out, source=source)
    return told


def _name_parties(engine: Engine, found: _Found) -> None:
    """Make the table `states` of the spellings of reporters and partners: their letters, or else their number."""
    named: dict[str, str] = {}
    for row in typed(engine.rows(query(_ROOM, "comtrade_parties")), _Party):
        if row.spelling in named:
            continue
        state = _WORLD if row.iso == _WORLD else _state(row)
        if state:
            found.actors.add(state)
        else:
            found.strange[row.spelling.strip("/")] += row.flows
        named[row.spelling] = state or NOT_UNDERSTOOD
    tabulate(engine, "states", {"spelling": list(named), "alpha3": list(named.values())})


def _state(row: _Party) -> str | None:
    by_letters = state_of(row.iso, "name") if row.iso else None
    return by_letters or (state_of(row.code.lstrip("0"), "m49") if row.code and not row.iso else None)
