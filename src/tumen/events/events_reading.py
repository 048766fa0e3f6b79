"""Event data as they are published to rows of the record's table `events`, with a count of what was left out and
why.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tumen.engine.queries import Engine, FilePart, UnreadableFileError, query, typed
from tumen.errors import Problem
from tumen.events.cameo import tabulate_cameo
from tumen.events.event_files import EventFile, event_file, latin_problem
from tumen.events.layouts import Layout
from tumen.record.readers.day_orders import tabulate_day_orders, tabulate_orders
from tumen.record.readers.published_files import (
    UNREADABLE_LINE,
    FileProgress,
    TableFile,
    import_unreadable,
    open_tables,
)
from tumen.record.readers.states import NO_STATE, state_of
from tumen.record.readers.tabulate import NOT_UNDERSTOOD, tabulate
from tumen.record.readers.written import DayOrder
from tumen.scratch import scratch_folder

#: Text of so many bytes is read at once.
_BATCH_BYTES = 1 << 28

_ROOM = "tumen.events"
_READERS = "tumen.record.readers"

_ROWS = "read_rows as (select * from read_reports),\n"
_SAID = "said_days as (select _file, said_day from read_reports)"

#: What may be mended in a report, in words for a user.
_ZERO = "code that had lost the zero before it"
_TEXT = "code told by the event's text"
_COMMA = "intensity with a decimal comma"


@dataclass(frozen=True)
class EventsReading:
    """What came of reading files of events.

    Args:
        reports: rows that were kept of all files.
        events: what they are once each is counted once; `joint_events` of them have three parties or more.
        echoed, mirrored: reports beyond the first of one day, pair and code; `mirrored` name the pair the other way
            round.
        joint_reports: reports of the joint events.
        with_units: whether the files say which reports come from one sentence or article.
        dropped: reports left out, by file as the user named it, then by reason.
        strange: spellings of actors that were not understood, with the number of reports.
        states: alpha-3 of every state named anywhere in the files.
        mends: reports that are kept by what was mended in them.
        notes: what else a reader should know, such as how days were read.
        problems: files that could not be read or not whole.
    """

    reports: int
    events: int
    joint_events: int
    echoed: int
    mirrored: int
    joint_reports: int
    with_units: bool
    first: dt.date | None
    last: dt.date | None
    dropped: Mapping[str, Mapping[str, int]]
    strange: Mapping[str, int]
    states: frozenset[str]
    mends: Mapping[str, int]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def dropped_rows(self) -> int:
        """All reports left out."""
        return sum(sum(reasons.values()) for reasons in self.dropped.values())


@dataclass(frozen=True)
class _Name:
    """One row of events_names.sql: a spelling of an actor, and how many reports name it."""

    spelling: str
    reports: int


@dataclass(frozen=True)
class _Dropped:
    """One row of events_dropped.sql: reports of a file that are left out for a reason, or kept."""

    _file: str
    reason: str | None
    reports: int
    mended: int
    told: int
    commas: int


@dataclass(frozen=True)
class _Told:
    """One row of events_counted.sql: what became of the reports."""

    events: int = 0
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    joint_events: int = 0
    joint_reports: int = 0
    mirrored: int = 0
    echoed: int = 0


@dataclass(frozen=True)
class _Asked:
    """Whether any report says from which sentence or article it is."""

    units: bool


@dataclass(frozen=True)
class _Found:
    """What has been read so far."""

    parts: list[Path] = field(default_factory=list)
    dropped: dict[str, Counter[str]] = field(default_factory=dict)
    strange: Counter[str] = field(default_factory=Counter)
    states: set[str] = field(default_factory=set)
    mends: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_events(
    files: Sequence[Path],
    layout: Layout,
    source: str,
    out: Path,
    engine: Callable[[], Engine],
    merging: Callable[[], Engine],
    progress: FileProgress = lambda *_: None,
    order: DayOrder | None = None,
) -> EventsReading:
    """Read files of event data and write each event once, as rows of the table `events`, as Parquet.

    Files are read in batches, and what does not fit in memory goes to disk. Reports of one day, code and pair of states
    are one event; where a sentence or an article reports one event of three states or more, it is one joint event.

    Args:
        layout: whose files they are.
        source: id of a row of `sources`, put into every row.
        out: the Parquet file to write; nothing is written where no report is kept, or a file cannot be read.
        engine: opens an engine that reads files.
        merging: opens the engine that counts each event once; it may be another.
        progress: told the file and how much of it is done, in bytes.
        order: whether the day or the month comes first, where the user says so.

    Returns: what was kept, what was counted once, and what was left out.

    Limits: Two acts of the same kind between two states on one day count once. What the files call an actor is taken
        for its state: a citizen's act is the state's.
    """
    found = _Found()
    with scratch_folder("events") as folder:
        for batch in _batches(files, folder, found, progress):
            _read_batch(batch, layout, folder, found, engine, order)
        if any(p.severity == "error" for p in found.problems):
            found.parts.clear()  # nothing is written where a file cannot be read
        return _merge(found, layout, source, out, merging)


def _batches(files: Sequence[Path], folder: Path, found: _Found, progress: FileProgress) -> Iterable[list[TableFile]]:
    """The tables of the files, as many at once as are worth a query; plain copies are deleted behind them."""
    (folder / "plain").mkdir()
    batch: list[TableFile] = []
    for path in files:
        for table in open_tables(path, folder / "plain", progress):
            if isinstance(table, Problem):
                found.problems.append(table)
                continue
            if table.kind == "parquet":
                yield [table]
                continue
            batch.append(table)
            if sum(t.path.stat().st_size for t in batch) > _BATCH_BYTES:
                yield _emptied(batch)
    if batch:
        yield _emptied(batch)


def _emptied(batch: list[TableFile]) -> list[TableFile]:
    """What is in the batch, which is empty afterwards."""
    taken = batch.copy()
    batch.clear()
    return taken


def _read_batch(
    batch: Sequence[TableFile],
    layout: Layout,
    folder: Path,
    found: _Found,
    engine: Callable[[], Engine],
    order: DayOrder | None,
) -> None:
    """The good reports of some tables, as Parquet of our own."""
    opened = engine()
    files: list[EventFile] = []
    try:
        for table in batch:
            file = event_file(opened, table, layout, folder)
            if table.latin_lines:
                found.problems.append(latin_problem(table))
            if isinstance(file, Problem):
                found.problems.append(file)
                continue
            files.append(file)
            if table.long_lines:
                found.dropped.setdefault(table.shown, Counter())[UNREADABLE_LINE] += table.long_lines
        if files:
            good = folder / f"{len(found.parts)}.good.parquet"
            _judge(opened, files, layout, good, found, order)
            found.parts.append(good)
    except UnreadableFileError as error:
        found.problems.append(import_unreadable(error.file, "a file that breaks off or is damaged", "Fetch it again."))
    finally:
        opened.close()
        for table in [*batch, *(file.table for file in files)]:
            if table.kind == "text":
                table.path.unlink(missing_ok=True)


def _judge(
    engine: Engine, files: Sequence[EventFile], layout: Layout, good: Path, found: _Found, order: DayOrder | None
) -> None:
    """Find the states in reports, count the reports that are left out, and write the others.

    The reports are gone through three times and never held, because they may be many.
    """
    number, parts = len(found.parts), [file.part for file in files]
    rejects = engine.load("raw_reports", _columns(parts, layout), parts)
    for reject in {(r.file, r.record, r.reason if not r.record else "") for r in rejects}:
        found.dropped.setdefault(reject[0], Counter())[UNREADABLE_LINE] += 1
    tabulate_cameo(engine)
    read = f"with read_reports as (\n{query(_ROOM, f'events_{layout.name}')}\n)"
    _find_orders(engine, files, read, number, found, order)
    _name_states(engine, read, layout, number, found)
    dated = f"{_ROWS}dated_reports as (\n{query(_READERS, 'days_dated')}\n)"
    judged = f"{read},\n{dated},\njudged_reports as (\n{query(_ROOM, 'events_judged')}\n)"
    for left in typed(engine.rows(f"{judged}\n{query(_ROOM, 'events_dropped')}", part=number), _Dropped):
        if left.reason is not None:
            found.dropped.setdefault(left._file, Counter())[left.reason] += left.reports
        else:
            found.mends.update({_ZERO: left.mended, _TEXT: left.told, _COMMA: left.commas})
    engine.write(f"{judged}\n{query(_ROOM, 'events_kept')}", good, part=number)


def _find_orders(
    engine: Engine, files: Sequence[EventFile], read: str, number: int, found: _Found, order: DayOrder | None
) -> None:
    """Make the table `day_orders`; the reports are gone through for it only where some days may end with their year."""
    if not any(file.year_last for file in files):
        tabulate_orders(engine, {})
        return
    orders = tabulate_day_orders(engine, f"{read},\n{_SAID}", order, part=number)
    found.problems.extend(orders.problems)
    found.notes.extend(orders.notes)


def _name_states(engine: Engine, read: str, layout: Layout, number: int, found: _Found) -> None:
    """Make the table `states` of the spellings of actors."""
    states: dict[str, list[str]] = {"spelling": [], "alpha3": []}
    for row in typed(engine.rows(f"{read}\n{query(_ROOM, 'events_names')}", part=number), _Name):
        state = state_of(row.spelling, layout.scheme)
        if state is None:
            found.strange[row.spelling] += row.reports
        elif state != NO_STATE:
            found.states.add(state)
        states["spelling"].append(row.spelling)
        states["alpha3"].append(NOT_UNDERSTOOD if state is None else state)
    tabulate(engine, "states", states)


def _columns(parts: Sequence[FilePart], layout: Layout) -> dict[str, str]:
    """Every column that the layout's query reads, as the files spell it."""
    spelt = {name.lower(): name for part in parts for name, kind in part.columns if kind}
    names = ["id", *(name for ours, theirs in layout.columns.items() for name in (ours, *theirs))]
    return dict.fromkeys((spelt.get(name, name) for name in names), "VARCHAR")


def _merge(found: _Found, layout: Layout, source: str, out: Path, engine: Callable[[], Engine]) -> EventsReading:
    """All reports, each event once, written in order."""
    dropped = {name: dict(+reasons) for name, reasons in found.dropped.items() if +reasons}
    told, units = _Told(), False
    if found.parts:
        opened = engine()
        try:
            opened.scan("reports", found.parts)
            any_unit = "select count(*) > 0 as units from (select 1 as one from reports where unit is not null limit 1)"
            (asked,) = typed(opened.rows(any_unit), _Asked)
            units = asked.units
            count_once(opened, layout.within == "article")
            (told,) = typed(opened.rows(query(_ROOM, "events_counted")), _Told)
            if told.events:
                opened.write(query(_ROOM, "events_rows"), out, source=source)
        finally:
            opened.close()
    kept = told.echoed + told.mirrored + told.joint_reports + told.events - told.joint_events
    return EventsReading(
        kept,
        told.events,
        told.joint_events,
        told.echoed,
        told.mirrored,
        told.joint_reports,
        units,
        told.first_day,
        told.last_day,
        dropped,
        dict(found.strange.most_common()),
        frozenset(found.states),
        dict(+found.mends),
        tuple(found.notes),
        tuple(found.problems),
    )


def count_once(engine: Engine, every_pair: bool) -> None:
    """Make the table `events_once` of the table `reports`: each event once, whatever number of reports it has.

    Args:
        every_pair: whether reports of one unit are of one joint event only where every pair of its states is reported.
    """
    engine.create("parties", query(_ROOM, "events_parties"))
    engine.create("joint_units", query(_ROOM, "events_joint"), every_pair=every_pair)
    engine.create("joint_dyads", query(_ROOM, "events_joint_dyads"))
    engine.create("events_once", query(_ROOM, "events_once"))
