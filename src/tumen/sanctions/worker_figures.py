"""Published figures for workers in one host, and which of them still speak."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from tumen.measure.content import said
from tumen.measure.draws import range_draws, stream
from tumen.measure.estimate import Bound, Draws, Used
from tumen.measure.setting import Setting
from tumen.measure.units import USD, Amount, printed
from tumen.record.read import Record
from tumen.sanctions.units import COUNTED_WORKERS

#: What tells figures apart, of which one is taken for each host and publisher.
_PRINTED = ("origin_actor", "kind", "host", "publisher", "start", "end")


@dataclass(frozen=True)
class WorkersFigure:
    """One row of labour.sql: a published figure for an actor's workers in one host; either end may be open.

    Args:
        start: None where nobody prints since when.
    """

    id: str
    origin_actor: str
    kind: str
    scope: str
    host: str
    start: dt.date | None
    end: dt.date
    low: float | None
    high: float | None
    remittance_low_usd: float | None
    remittance_high_usd: float | None
    publisher: str
    quality: str
    source: str

    @property
    def amount(self) -> Amount:
        """The number of people, as it is printed."""
        return printed(self.low, self.high, COUNTED_WORKERS, self.quality)

    @property
    def bound(self) -> Bound | None:
        """The one side from which it pins the number: "at least" or "at most"; None of a figure."""
        if self.amount.high is None or self.amount.bound == "at least":
            return "lower"
        return "upper" if self.amount.low is None or self.amount.bound == "at most" else None

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest number that it allows; infinite where a bound is open."""
        low, high = self.amount.low, self.amount.high
        return (
            -np.inf if low is None or self.bound == "upper" else low,
            np.inf if high is None or self.bound == "lower" else high,
        )

    @property
    def remittances(self) -> Amount | None:
        """What its publisher says of money sent home in a year, which is not part of the number."""
        low, high = self.remittance_low_usd, self.remittance_high_usd
        return None if low is None and high is None else Amount(low, high, USD)

    @property
    def used(self) -> Used:
        """The row, for walking back."""
        return Used(
            table="workers",
            id=self.id,
            source=self.source,
            publisher=self.publisher,
            amount=self.amount,
            start=self.start,
            end=self.end,
            actors=(self.origin_actor, self.host),
            kind=self.kind if self.scope == "all" else f"{self.kind}, {self.scope}",
        )

    def apart(self, other: WorkersFigure) -> bool:
        """Whether no number agrees with both."""
        return self.ends[0] > other.ends[1] or other.ends[0] > self.ends[1]

    def denies(self, figure: WorkersFigure) -> bool:
        """Whether a figure, unless it is of a later time, allows numbers that this bound does not."""
        beyond = figure.ends[0] < self.ends[0] or figure.ends[1] > self.ends[1]
        return beyond and (figure.start is None or figure.start < self.end)


def speaking(rows: Sequence[WorkersFigure], unclear: Collection[str] = ()) -> list[WorkersFigure]:
    """What each publisher still says of one host: its latest figure, of those as late as each other the first or all
    that contradict it, and its bounds of that period and later.

    What a publisher's own later bound rules out no longer counts; nor does anything before its latest figure.

    Args:
        rows: of one host, each with a start.
        unclear: ids of figures that contradict another one of their publisher.

    Returns: in order of publisher.

    Example:
        >>> def r(i, p, y, low, high=None):
        ...     dates = dt.date(y, 1, 1), dt.date(y + 1, 1, 1)
        ...     return WorkersFigure(i, "AAA", "stock", "all", "BBB", *dates, low, high, None, None, p, "exact", "s")
        >>> rows = [r("a", "x", 2020, 1, 2), r("b", "x", 2023, 1, 2), r("least", "x", 2024, 1), r("c", "w", 2021, 1, 2)]
        >>> [row.id for row in speaking(rows)]
        ['c', 'least', 'b']
    """
    return [
        row
        for name in sorted({r.publisher for r in rows})
        for row in _of_one([r for r in rows if r.publisher == name], unclear)
    ]


def _of_one(rows: Sequence[WorkersFigure], unclear: Collection[str]) -> list[WorkersFigure]:
    """What one publisher still says, the latest first."""
    found: list[WorkersFigure] = []
    newest_first = sorted(rows, key=_when, reverse=True)
    for _, together in groupby(newest_first, key=_when):
        same = list(together)
        figures = [r for r in same if r.bound is None]
        mine = [r for r in figures if r.id in unclear] if figures and figures[0].id in unclear else figures[:1]
        standing = [r for r in (*mine, *(r for r in same if r.bound)) if not any(r.apart(f) for f in found)]
        found += standing
        if figures:
            break
    return found


def _when(row: WorkersFigure) -> tuple[dt.date, dt.date]:
    return row.end, row.start or row.end


def shown_id(row: WorkersFigure, record: Record) -> str:
    """The id under which a row may be shown."""
    return record.redaction.rows("workers", {row.id}).get(row.id, row.id)


def row_draws(row: WorkersFigure, record: Record, setting: Setting) -> Draws:
    """Draws of a printed range, or of a bound, times the error of its source's grade."""
    known = [end for end in row.ends if np.isfinite(end)]
    within = range_draws(known[0], known[-1], setting, "workers", *said(row, _PRINTED))
    drawn: Draws = np.maximum(0.0, within * row_error(row, record, setting))
    return drawn


def row_error(row: WorkersFigure, record: Record, setting: Setting) -> Draws:
    """The factor by which a printed number errs, from its source's grade."""
    error = setting.grading.of(record.sources[row.source])
    noise = stream(setting, "workers-grade", *said(row, _PRINTED)).standard_normal(setting.draws)
    factor: Draws = 1.0 + error * noise
    return factor
