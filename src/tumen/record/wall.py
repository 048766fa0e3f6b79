"""The wall of time: of a record, what had happened and was known by a day. Everything else reads through it.

A row happened when its date or its period ended; one whose table says that it lasts, such as a rule in force, when it
began. It was known when its own column `published` says so, else when its source was published. A month or a year alone
stands for its last day; what has no date of publication counts as known.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tumen.engine.loading import quoted
from tumen.engine.queries import Engine, typed
from tumen.record.columns import PUBLISHED, Table
from tumen.record.left_out import BeyondWall
from tumen.record.read import Record
from tumen.record.redaction import redaction_of
from tumen.record.schema import SOURCES
from tumen.record.sources import Source, source_of


@dataclass(frozen=True)
class _Named:
    """A source that rows name."""

    source: str


def known_on(published: str) -> dt.date | None:
    """The day by which something published then was known: the last of a month or year; None where it is undated.

    Example:
        >>> known_on("2024"), known_on("2024-02"), known_on("2024-02-03"), known_on("")
        (datetime.date(2024, 12, 31), datetime.date(2024, 2, 29), datetime.date(2024, 2, 3), None)
    """
    if not re.match(PUBLISHED, published):
        return None
    year, month, day = (int(part) for part in (published + "-12-31"[len(published) - 4 :]).split("-"))
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1])) if year else None


def behind_wall(record: Record, as_of: dt.date) -> Record:
    """A record as it stood on a day.

    Args:
        record: one whose tables have been read and not yet been asked.

    Returns: the record without what happened or became known later; `left_out` counts that, by table.
    """
    engine, tables = record.engine, record.tables
    late = sorted(s.id for s in _sources(engine) if (day := known_on(s.published)) and day > as_of)
    named = {name for table in tables.values() for name in _named_early(engine, table, as_of)}
    gone = [name for name in late if name not in named]
    left_out: dict[str, BeyondWall] = {}
    for table in tables.values():
        happened, known = _happened(table, as_of), _known(table, as_of, late if table != SOURCES else gone)
        left_out[table.name] = _count(engine, table.name, happened, known)
        if left_out[table.name] != BeyondWall():
            engine.narrow(table.name, f"({happened}) and ({known})")
    rows = {name: number - left_out[name].later - left_out[name].unknown for name, number in record.rows.items()}
    shown = record.redaction
    if left_out[SOURCES.name] != BeyondWall():
        shown = replace(redaction_of(engine, _sources(engine), shown.whole, tables), hides=shown.hides)
    return replace(record, redaction=shown, rows=rows, left_out=left_out)


def day_after(day: dt.date) -> dt.date:
    """The next day; the last that there is has none.

    Example:
        >>> day_after(dt.date(2024, 12, 31)), day_after(dt.date.max)
        (datetime.date(2025, 1, 1), datetime.date(9999, 12, 31))
    """
    return min(day, dt.date.max - dt.timedelta(days=1)) + dt.timedelta(days=1)


def _sources(engine: Engine) -> list[Source]:
    return [source_of(row) for row in engine.inspect("select * from sources order by id nulls last")]


def _named_early(engine: Engine, table: Table, as_of: dt.date) -> set[str]:
    """Sources of rows that say themselves that they were known in time."""
    if table == SOURCES or table.column("published") is None or table.column("source") is None:
        return set()
    sql = f'select distinct source from "{table.name}" where published is not null'  # noqa: S608 - from our schema
    rows = engine.inspect(f"{sql} and {_published_by(as_of)} and {_happened(table, as_of)} order by source")
    return {row.source for row in typed(rows, _Named)}


def _happened(table: Table, as_of: dt.date) -> str:
    """SQL that is true for a row whose date, or whose period, lies before the wall."""
    day, after = f"date '{as_of}'", f"date '{day_after(as_of)}'"
    if table.column("start") and table.column("end"):
        ended = "" if table.lasts else f' and coalesce("end" <= {after}, true)'
        return f'coalesce("start" <= {day}, true){ended}'
    date = next((f'"{column.name}"' for column in table.columns if column.type == "date"), None)
    if date is None or table.column("date_precision") is None:
        return f"coalesce({date} <= {day}, true)" if date else "true"
    return (
        f"coalesce(case date_precision when 'month' then strftime({date}, '%Y-%m') < '{_month_after(as_of)}' "
        f"when 'year' then strftime({date}, '%Y') < '{_month_after(as_of)[:4]}' else {date} <= {day} end, true)"
    )


def _month_after(as_of: dt.date) -> str:
    """The first month that is not over on a day, as 2024-07."""
    return day_after(as_of).isoformat()[:7]


def _published_by(as_of: dt.date) -> str:
    """SQL that is true where the column `published` is a day, month or year that was over by the wall."""
    month = _month_after(as_of)
    return (
        f"case when not regexp_matches(published, '{PUBLISHED}') then true "
        f"when length(published) = 4 then published < '{month[:4]}' "
        f"when length(published) = 7 then published < '{month}' "
        f"else published <= '{as_of}' end"
    )


def _known(table: Table, as_of: dt.date, late: Sequence[str]) -> str:
    """SQL that is true for a row that was known by the wall.

    Args:
        late: sources that were published after it.
    """
    names = ", ".join(quoted(name) for name in late) or "null"
    if table == SOURCES:
        return f"coalesce(id not in ({names}), true)"
    by_source = f"coalesce(source not in ({names}), true)" if table.column("source") else "true"
    if table.column("published") is None:
        return by_source
    return f"case when published is null then {by_source} else {_published_by(as_of)} end"


def _count(engine: Engine, table: str, happened: str, known: str) -> BeyondWall:
    counts = engine.inspect(
        f"select count(*) filter (where not ({happened})) as later, "  # noqa: S608 - from our schema
        f'count(*) filter (where ({happened}) and not ({known})) as unknown from "{table}"'
    )
    return typed(counts, BeyondWall)[0]
