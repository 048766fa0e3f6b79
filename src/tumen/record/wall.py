"""The wall of time: of a record, what had happened and was known by a day. Everything else reads through it.

A row happened when its date or its period ended; one whose table says that it lasts, such as a rule in force, when it
began. It was known when its own column `published` says so, else when its source was published. A month or a year alone
stands for its last day; what has no date of publication counts as known. Of a figure that was printed twice, the last
that is known counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from tumen.engine.loading import quoted
from tumen.engine.queries import Engine, typed
from tumen.record.columns import Table
from tumen.record.left_out import BeyondWall
from tumen.record.prints import Revisions
from tumen.record.publication import known_on, published_on
from tumen.record.read import Record
from tumen.record.redaction import Redaction, redaction_of
from tumen.record.repeats import but_lists_again, repeats_of
from tumen.record.revisions import revisions_of
from tumen.record.schema import SOURCES
from tumen.record.sources import source_of

#: SQL of the last day of what a date stands for, by its precision, from the day that is written.
_LAST_DAY: Mapping[str, str] = {
    "month": "last_day({})",
    "quarter": "last_day(date_trunc('quarter', {}) + interval 2 month)",
    "year": "make_date(year({}), 12, 31)",
    "decade": "make_date(year({}) // 10 * 10 + 9, 12, 31)",
}


@dataclass(frozen=True)
class _Source:
    """A source that says when it was published."""

    id: str
    published: str


@dataclass(frozen=True)
class _Named:
    """A source that rows name."""

    source: str


@dataclass(frozen=True)
class _Counted:
    """A table: how many of its rows lie beyond the wall."""

    name: str
    later: int
    unknown: int


def behind_wall(record: Record, as_of: dt.date) -> Record:
    """A record as it stood on a day.

    Args:
        record: one whose tables have been read and not yet been asked.

    Returns: the record without what happened or became known later, and without what was printed anew; `left_out`
        counts that, by table.
    """
    engine = record.engine
    published = _published(engine)
    late = sorted(name for name, when in published.items() if (day := known_on(when)) and day > as_of)
    tables = [t for t in record.tables.values() if t != SOURCES and record.rows.get(t.name)]
    holds = {t: (_happened(t, as_of), _known(t, as_of, late, t.name in record.dated)) for t in tables}
    counts = _counts(engine, holds)
    dated = {t: happened for t, (happened, _) in holds.items() if t.name in record.dated}
    early = _named_early(engine, dated, as_of)
    gone = [name for name in late if name not in early]
    both = {table: " and ".join(conditions) for table, conditions in holds.items()}
    revised = revisions_of(engine, both, record.same, published, record.rows)
    repeats = repeats_of(engine, both)
    left_out = {SOURCES.name: BeyondWall(unknown=len(gone))}
    for table, (happened, known) in holds.items():
        count, replaced = counts[table.name], revised.get(table.name, Revisions()).replaced
        left_out[table.name] = BeyondWall(count.later, count.unknown, revised=len(replaced))
        again = but_lists_again(table.twice, repeats.get(table.name, ())) if table.twice else ""
        if left_out[table.name] != BeyondWall() or again:
            engine.narrow(table.name, f"{happened} and {known}{_but('id', replaced)}{again}")
    rows = {name: number - left_out[name].all if name in left_out else number for name, number in record.rows.items()}
    rows |= {name: rows[name] - sum(one.rows for one in each if one.lists) for name, each in repeats.items()}
    shown = _shown(record, gone)
    return replace(record, redaction=shown, rows=rows, left_out=left_out, revised=revised, repeats=repeats)


def day_after(day: dt.date) -> dt.date:
    """The next day; the last that there is has none.

    Example:
        >>> day_after(dt.date(2024, 12, 31)), day_after(dt.date.max)
        (datetime.date(2025, 1, 1), datetime.date(9999, 12, 31))
    """
    return min(day, dt.date.max - dt.timedelta(days=1)) + dt.timedelta(days=1)


def _shown(record: Record, gone: Collection[str]) -> Redaction:
    """What may be shown of a record once some sources are not known yet."""
    whole, engine = record.redaction, record.engine
    if not gone:
        return whole
    engine.narrow(SOURCES.name, f"true{_but('id', gone)}")
    if not whole.hides:
        return replace(whole, sources={name: one for name, one in whole.sources.items() if name not in set(gone)})
    known = [source_of(row) for row in engine.inspect("select * from sources order by id nulls last")]
    return replace(redaction_of(engine, known, whole.whole, whole.tables), hides=True)


def _but(column: str, names: Collection[str]) -> str:
    """SQL, after another condition, that is true for a row without one of some names."""
    listed = ", ".join(quoted(name) for name in names)
    return f" and coalesce({column} not in ({listed}), true)" if listed else ""


def _published(engine: Engine) -> dict[str, str]:
    """When each source was published that says so, by id."""
    rows = engine.inspect(
        "select id, published from sources where id is not null and published is not null order by id"
    )
    return {row.id: row.published for row in typed(rows, _Source)}


def _named_early(engine: Engine, dated: Mapping[Table, str], as_of: dt.date) -> set[str]:
    """Sources of rows that say themselves that they were known in time.

    Args:
        dated: for each table of which rows say so, SQL that is true for a row that had happened.
    """
    asked = [
        f'select source from "{table.name}" where published is not null and {_published_by(as_of)} and {happened}'  # noqa: S608 - from our schema
        for table, happened in dated.items()
        if table.column("source")
    ]
    sql = f"select distinct source from ({' union all '.join(asked)}) where source is not null order by source"  # noqa: S608 - from our schema
    return {row.source for row in typed(engine.inspect(sql), _Named)} if asked else set()


def _happened(table: Table, as_of: dt.date) -> str:
    """SQL that is true for a row whose date, or whose period, lies before the wall."""
    day, after = f"date '{as_of}'", f"date '{day_after(as_of)}'"
    if table.column("start") and table.column("end"):
        ended = "" if table.lasts else f' and coalesce("end" <= {after}, true)'
        return f'(coalesce("start" <= {day}, true){ended})'
    date = next((f'"{column.name}"' for column in table.columns if column.type == "date"), None)
    if date is None or table.column("date_precision") is None:
        return f"coalesce({date} <= {day}, true)" if date else "true"
    ends = " ".join(f"when '{word}' then {last.format(date)}" for word, last in _LAST_DAY.items())
    return f"coalesce(case date_precision {ends} else {date} end <= {day}, true)"


def _published_by(as_of: dt.date) -> str:
    """SQL that is true where the column `published` is a day, month or year that was over by the wall, or unclear."""
    return f"coalesce({published_on('published')} <= date '{as_of}', true)"


def _known(table: Table, as_of: dt.date, late: Sequence[str], dated: bool) -> str:
    """SQL that is true for a row that was known by the wall.

    Args:
        late: sources that were published after it.
        dated: whether rows may say themselves when they became known.
    """
    by_source = f"(true{_but('source', late)})" if table.column("source") else "true"
    return f"case when published is null then {by_source} else {_published_by(as_of)} end" if dated else by_source


def _counts(engine: Engine, holds: Mapping[Table, tuple[str, str]]) -> dict[str, _Counted]:
    """How much of each table lies beyond the wall, asked of all at once."""
    asked = [
        f"select {quoted(table.name)} as name, count(*) filter (where not happened) as later, "  # noqa: S608 - from our schema
        f"count(*) filter (where happened and not known) as unknown "
        f'from (select {happened} as happened, {known} as known from "{table.name}")'
        for table, (happened, known) in holds.items()
    ]
    return {row.name: row for row in typed(engine.inspect(" union all ".join(asked)), _Counted)} if asked else {}
