"""How long after a period its figure becomes known: a calendar of publications, read off the record itself."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tumen.engine.queries import typed
from tumen.record.columns import Table
from tumen.record.publication import known_on
from tumen.record.read import Record

#: Lengths of periods whose figures come out again and again, days.
_LENGTHS = {"month": range(28, 32), "quarter": range(90, 93), "year": range(365, 367)}


@dataclass(frozen=True)
class _Period:
    """A published figure's period, and when it was known."""

    publisher: str
    start: dt.date
    end: dt.date
    source: str
    published: str | None


@dataclass(frozen=True)
class Lag:
    """The usual lag of one publisher's figures in one table.

    Args:
        every: length of their periods: month, quarter or year.
        figures: periods that it was computed from.
        days: from the end of a period to the day on which its first figure was known; the median.
        newest: day after the last of the newest period.
    """

    table: str
    publisher: str
    every: str
    figures: int
    days: int
    newest: dt.date

    @property
    def next_end(self) -> dt.date:
        """The end of the period after the newest."""
        months = {"month": 1, "quarter": 3, "year": 12}[self.every]
        month = self.newest.month - 1 + months
        return dt.date(self.newest.year + month // 12, month % 12 + 1, 1)

    @property
    def last_day(self) -> dt.date:
        """The last day of the period after the newest."""
        return self.next_end - dt.timedelta(days=1)

    @property
    def due(self) -> dt.date:
        """The day by which the figure of that period is known as a rule."""
        return self.next_end + dt.timedelta(days=self.days)


def usual_lags(record: Record) -> tuple[Lag, ...]:
    """The usual lag of every publisher whose figures come by the month, quarter or year.

    Returns: one a table, publisher and length of period, in that order. A figure counts whose publication is known to
        the month; of several figures of a period the one that was known first.

    Limits: A publisher that prints a year's figure anew each year seems as quick as the first time.
    """
    return tuple(lag for table in record.tables.values() if _has_periods(table) for lag in _lags(table.name, record))


def _has_periods(table: Table) -> bool:
    return all(table.column(name) for name in ("publisher", "start", "end", "source"))


def _lags(table: str, record: Record) -> list[Lag]:
    own = "published" if record.tables[table].column("published") else "null"
    asked = (
        f'select publisher, "start", "end", source, {own} as published from "{table}" '  # noqa: S608 - from our schema
        'where publisher is not null and "start" is not null and "end" is not null and source is not null'
    )
    known: dict[tuple[str, str], dict[dt.date, int]] = defaultdict(dict)
    for row in typed(record.engine.inspect(asked), _Period):
        every = next((name for name, days in _LENGTHS.items() if (row.end - row.start).days in days), None)
        day = _known(row, record)
        if every and row.end.day == 1 and day and day >= row.end:
            found = known[row.publisher, every]
            found[row.end] = min(found.get(row.end, (day - row.end).days), (day - row.end).days)
    return [_lag(table, *key, found) for key, found in sorted(known.items())]


def _known(row: _Period, record: Record) -> dt.date | None:
    """The day on which a figure was known, where that is published to the month."""
    published = row.published or record.sources[row.source].published
    return known_on(published) if len(published) > len("2024") else None


def _lag(table: str, publisher: str, every: str, found: Mapping[dt.date, int]) -> Lag:
    return Lag(table, publisher, every, len(found), round(median(found.values())), max(found))


def lags_of(lags: Sequence[Lag], tables: Sequence[str], publishers: Sequence[str]) -> list[Lag]:
    """The lags of some publishers in some tables."""
    return [lag for lag in lags if lag.table in tables and lag.publisher in publishers]
