"""How many of an actor's workers are in some hosts after a date: published ranges, never filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from tumen.engine.queries import query
from tumen.measure.arguments import ActorCode, Form, ShareRange
from tumen.measure.content import in_order, said
from tumen.measure.draws import combined, point_of, range_draws, stream
from tumen.measure.estimate import Bound, Choice, Draws, Found, Lacking, Lever, Measure, Used
from tumen.measure.series import Point
from tumen.measure.setting import Setting
from tumen.measure.units import SHARE, USD, Amount
from tumen.record.read import Record
from tumen.sanctions.units import COUNTED_WORKERS

#: All hosts together, in the column `host`.
ALL_HOSTS = "WLD"

#: What tells figures apart, of which one is taken for each host and publisher.
_PRINTED = ("origin_actor", "kind", "host", "publisher", "start", "end")


class LabourArguments(Form):
    """of: whose workers; hosts: where; after: a day, such as a deadline, before which no period may
    begin; kind: what is counted; combine: the lowest, the highest or the sum of the hosts.
    """

    of: ActorCode
    hosts: Annotated[tuple[ActorCode, ...], Field(min_length=1)]
    after: dt.date
    kind: Literal["stock", "entries", "departures", "plan"] = "stock"
    combine: Literal["lowest", "highest", "sum"] = "sum"


class LabourOptions(Form):
    """publishers: those whose figures count (none: all of them); share_of_all: where given, each
    figure is that for all hosts together, times a share in this range.
    """

    publishers: tuple[str, ...] = ()
    share_of_all: ShareRange | None = None


SHARE_COUNTED = Lever(
    name="share_counted",
    unit=SHARE,
    low=0.0,
    high=1.0,
    baseline=None,
    tolerance=1e-4,
    label="share of the workers in all hosts who are in these hosts",
)

#: What the lowest, the highest or the sum over some of the hosts says of that over all of them.
_OF_SOME: Mapping[str, frozenset[Bound]] = {
    "lowest": frozenset({"upper"}),
    "highest": frozenset({"lower"}),
    "sum": frozenset({"lower"}),
}


@dataclass(frozen=True)
class WorkersFigure:
    """One row of labour.sql: a published figure for an actor's workers in one host; either end may be open."""

    id: str
    origin_actor: str
    kind: str
    host: str
    start: dt.date
    end: dt.date
    low: float | None
    high: float | None
    remittance_low_usd: float | None
    remittance_high_usd: float | None
    publisher: str
    quality: str
    source: str

    @property
    def bounds(self) -> frozenset[Bound]:
        """The sides from which it pins the number: "at least", "at most", or neither."""
        if self.quality == "lower_bound" or self.high is None:
            return frozenset({"lower"})
        return frozenset({"upper"}) if self.quality == "upper_bound" or self.low is None else frozenset()

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
            amount=Amount(self.low, self.high, COUNTED_WORKERS),
            start=self.start,
            end=self.end,
            actors=(self.origin_actor, self.host),
            kind=self.kind,
        )


@dataclass(frozen=True)
class Host:
    """Workers in one host: draws, the sides from which they pin the number, and the rows behind them."""

    name: str
    draws: Draws
    bounds: frozenset[Bound]
    rows: tuple[WorkersFigure, ...]


def latest(rows: Sequence[WorkersFigure], publishers: Sequence[str]) -> list[WorkersFigure]:
    """The latest figure of each publisher for one host, in order of publisher; of those as late as each other the
    first.

    Args:
        publishers: those that count; all where empty.

    Example:
        >>> def r(i, p, y):
        ...     dates = dt.date(y, 1, 1), dt.date(y + 1, 1, 1)
        ...     return WorkersFigure(i, "AAA", "stock", "BBB", *dates, 1, 2, None, None, p, "exact", "s")
        >>> [row.id for row in latest([r("a", "x", 2020), r("b", "x", 2023), r("c", "w", 2021)], ())]
        ['c', 'b']
    """
    newest: dict[str, WorkersFigure] = {}
    for row in sorted(rows, key=lambda r: (r.end, r.start), reverse=True):
        if not publishers or row.publisher in publishers:
            newest.setdefault(row.publisher, row)
    return [newest[name] for name in sorted(newest)]


def row_draws(row: WorkersFigure, record: Record, setting: Setting) -> Draws:
    """Draws of a printed range: evenly between its ends, times the error of its source's grade."""
    key = said(row, _PRINTED)
    ends = [end for end in (row.low, row.high) if end is not None]
    within = range_draws(ends[0], ends[-1], setting, "workers", *key)
    error = setting.grading.of(record.sources[row.source])
    noise = stream(setting, "workers-grade", *key).standard_normal(setting.draws)
    drawn: Draws = np.maximum(0.0, within * (1.0 + error * noise))
    return drawn


def host_of(name: str, rows: Sequence[WorkersFigure], record: Record, setting: Setting) -> Host | None:
    """Workers in one host: each draw takes the figure of one publisher, all equally often.

    Returns: None where there is no row.
    """
    if not rows:
        return None
    each = np.array([row_draws(row, record, setting) for row in rows])
    turn = stream(setting, "workers-publisher", name).integers(len(rows), size=setting.draws)
    bounds = frozenset[Bound]().union(*(row.bounds for row in rows))
    return Host(name, each[turn, np.arange(setting.draws)], bounds, tuple(rows))


def run_labour(record: Record, arguments: LabourArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Workers in the hosts, by the figures for periods that begin on or after the date.

    A host without such a figure is missing, never zero.
    """
    options: LabourOptions = choice.options
    last = min(setting.as_of, dt.date.max - dt.timedelta(days=1)) + dt.timedelta(days=1)
    answers = record.answers.rows(
        query("tumen.sanctions", "labour"),
        WorkersFigure,
        actor=arguments.of,
        kind=arguments.kind,
        first=str(arguments.after),
        last=str(last),
    )
    found = in_order(answers, record)
    names = [ALL_HOSTS] if options.share_of_all else list(dict.fromkeys(arguments.hosts))
    each = {
        n: host_of(n, latest([r for r in found if r.host == n], options.publishers), record, setting) for n in names
    }
    hosts = [host for host in each.values() if host]
    lacking = tuple(_lacking(n, arguments) for n, host in each.items() if not host)
    if not hosts:
        return Lacking(lacking)
    over = _over([host.draws for host in hosts], arguments.combine)
    share = range_draws(*options.share_of_all, setting, "share-of-all") if options.share_of_all else 1.0

    def respond(lever: str, value: float) -> Draws:
        drawn: Draws = over * (value if lever == "share_counted" else share)
        return drawn

    bounds = (_OF_SOME[arguments.combine] if lacking else frozenset()).union(*(host.bounds for host in hosts))
    rows = [row for host in hosts for row in host.rows]
    return Found(
        draws=respond("", 0.0),
        used=tuple(row.used for row in rows),
        missing=lacking,
        bounds=bounds,
        notes=tuple(note for row in rows for note in _notes(row, record)),
        series=tuple(_point(host) for host in hosts),
        baselines={"share_counted": float(np.median(share))} if options.share_of_all else {},
        respond=respond,
    )


def _over(each: Sequence[Draws], how: str) -> Draws:
    """The lowest, the highest or the sum of hosts, draw by draw."""
    drawn: Draws = np.sum(each, axis=0) if how == "sum" else combined(each, "lowest" if how == "lowest" else "highest")
    return drawn


def _lacking(host: str, arguments: LabourArguments) -> str:
    name = "all hosts together" if host == ALL_HOSTS else host
    return f"{name}: a figure ({arguments.kind}) for a period that begins on or after {arguments.after}"


def _point(host: Host) -> Point:
    last = max(row.end for row in host.rows) - dt.timedelta(days=1)
    return point_of(str(last.year), host.name, host.draws)


def _notes(row: WorkersFigure, record: Record) -> list[str]:
    """What the row's publisher says of money sent home."""
    if row.remittances is None:
        return []
    shown = record.redaction.rows("workers", {row.id}).get(row.id, row.id)
    return [f"{row.host}: remittances of {row.remittances.said} a year ({shown})"]


MEASURES = (
    Measure(
        name="labour.stock",
        question="How many of an actor's workers are in the given hosts after a date?",
        unit=COUNTED_WORKERS,
        support=(0.0, float("inf")),
        arguments=LabourArguments,
        options=LabourOptions,
        tables=("workers",),
        levers=(SHARE_COUNTED,),
        method="published ranges of the latest period after the date, drawn evenly; publishers drawn between them",
        source="UN Panel of Experts on 1718, reports of 2020–2024, which print such ranges by host",
        limits="Nobody counts such workers: figures are officials' and panels' estimates, and several may go back to "
        "one. A host without a figure is missing. Entries, departures and plans are other kinds and do not show a "
        "stock.",
        run=run_labour,
    ),
)
