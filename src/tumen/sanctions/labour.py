"""How many of an actor's workers are in some hosts after a date: published ranges, never filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

import numpy as np
from pydantic import AfterValidator, Field

from tumen.engine.queries import query
from tumen.measure.arguments import ActorCode, Form, ShareRange
from tumen.measure.content import in_order
from tumen.measure.contested import contested
from tumen.measure.draws import combined, point_of, range_draws
from tumen.measure.estimate import Bound, Choice, Draws, Found, Lacking, Lever, Measure
from tumen.measure.named_columns import Names, acting
from tumen.measure.series import Point
from tumen.measure.setting import Setting
from tumen.measure.units import SHARE
from tumen.record.read import Record
from tumen.sanctions.units import COUNTED_WORKERS
from tumen.sanctions.worker_figures import WorkersFigure, shown_id, speaking
from tumen.sanctions.worker_hosts import Host, host_of

#: All hosts together, in the column `host`.
ALL_HOSTS = "WLD"

#: Several hosts together that only the row's note names, in the column `host`.
SOME_HOSTS = "XXX"


def _each_named(hosts: tuple[str, ...]) -> tuple[str, ...]:
    if SOME_HOSTS in hosts:
        raise ValueError(f"hosts by their codes: {SOME_HOSTS} stands for other hosts in each row")
    return hosts


#: The code of where workers are.
HostCode = Annotated[ActorCode, acting("workers.host")]


class LabourArguments(Form):
    """of: whose workers; hosts: where; after: a day, such as a deadline, before which no period may
    begin; kind: what is counted; scope: all of them, or a sort of work or entry; combine: the lowest, the highest or
    the sum of the hosts.
    """

    of: Annotated[ActorCode, acting("workers.origin_actor")]
    hosts: Annotated[
        tuple[Annotated[ActorCode, acting("workers.host")], ...], Field(min_length=1), AfterValidator(_each_named)
    ]
    after: dt.date
    kind: Literal["stock", "entries", "departures", "plan"] = "stock"
    scope: Literal["all", "construction", "IT", "seafood", "drones", "students", "business"] = "all"
    combine: Literal["lowest", "highest", "sum"] = "sum"


class LabourOptions(Form):
    """publishers: those whose figures count (none: all of them); share_of_all: where given, each
    figure is that for all hosts together, times a share in this range.
    """

    publishers: tuple[Annotated[str, Names("publisher", ("workers.publisher",))], ...] = ()
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


def run_labour(record: Record, arguments: LabourArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Workers in the hosts, by the figures for periods that begin on or after the date.

    A host without such a figure is missing, never zero. A figure for which nobody prints since when may be of a time
    before the date: it is told, and does not count.
    """
    options: LabourOptions = choice.options
    found = _figures(record, arguments, options, setting)
    names = [ALL_HOSTS] if options.share_of_all else list(dict.fromkeys(arguments.hosts))
    undated = tuple(_undated(row, record) for row in found if row.start is None and row.host in names)
    unclear = contested(record, "workers")
    said = {n: speaking([r for r in found if r.start and r.host == n], unclear) for n in names}
    each = {n: host_of(n, rows, record, setting) for n, rows in said.items()}
    hosts = [host for host in each.values() if host]
    lacking = tuple(_lacking(n, arguments) for n, host in each.items() if not host)
    if not hosts:
        return Lacking(lacking, notes=undated)
    over = _over([host.draws for host in hosts], arguments.combine)
    share = range_draws(*options.share_of_all, setting, "share-of-all", most=1.0) if options.share_of_all else 1.0

    def respond(lever: str, value: float) -> Draws:
        drawn: Draws = over * (value if lever == "share_counted" else share)
        return drawn

    bounds = (_OF_SOME[arguments.combine] if lacking else frozenset()).union(*(host.bounds for host in hosts))
    rows = [row for host in hosts for row in host.rows]
    against = tuple(note for host in hosts for note in host.against)
    return Found(
        draws=respond("", 0.0),
        used=tuple(row.used for row in rows),
        missing=lacking,
        bounds=bounds,
        notes=(
            *against,
            *(n for host in hosts for n in host.notes),
            *(n for r in rows for n in _notes(r, record)),
            *undated,
        ),
        beside=against,
        series=tuple(_point(host) for host in hosts),
        baselines={"share_counted": float(np.median(share))} if options.share_of_all else {},
        respond=respond,
    )


def _figures(
    record: Record, arguments: LabourArguments, options: LabourOptions, setting: Setting
) -> list[WorkersFigure]:
    """Figures of the publishers that count, the best graded first."""
    last = min(setting.as_of, dt.date.max - dt.timedelta(days=1)) + dt.timedelta(days=1)
    rows = record.answers.rows(
        query("tumen.sanctions", "labour"),
        WorkersFigure,
        actor=arguments.of,
        kind=arguments.kind,
        scope=arguments.scope,
        first=str(arguments.after),
        last=str(last),
    )
    return in_order([r for r in rows if not options.publishers or r.publisher in options.publishers], record)


def _over(each: Sequence[Draws], how: str) -> Draws:
    """The lowest, the highest or the sum of hosts, draw by draw."""
    drawn: Draws = np.sum(each, axis=0) if how == "sum" else combined(each, "lowest" if how == "lowest" else "highest")
    return drawn


def _lacking(host: str, arguments: LabourArguments) -> str:
    name = "all hosts together" if host == ALL_HOSTS else host
    what = arguments.kind if arguments.scope == "all" else f"{arguments.kind}, {arguments.scope}"
    return f"{name}: a figure ({what}) for a period that begins on or after {arguments.after}"


def _point(host: Host) -> Point:
    last = max(row.end for row in host.rows) - dt.timedelta(days=1)
    return point_of(str(last.year), host.name, host.draws)


def _notes(row: WorkersFigure, record: Record) -> list[str]:
    """What the row's publisher says of money sent home."""
    if row.remittances is None:
        return []
    return [f"{row.host}: remittances of {row.remittances.said} a year ({shown_id(row, record)})"]


def _undated(row: WorkersFigure, record: Record) -> str:
    return f"{row.host}: {row.amount.said} ({shown_id(row, record)}) does not count: nobody prints since when"


MEASURES = (
    Measure(
        name="labour.stock",
        question="How many of an actor's workers are in the given hosts after a date?",
        estimates="number of workers in the hosts",
        unit=COUNTED_WORKERS,
        support=(0.0, float("inf")),
        arguments=LabourArguments,
        options=LabourOptions,
        tables=("workers",),
        levers=(SHARE_COUNTED,),
        method="published ranges of the latest period after the date; of several publishers the range that holds "
        "every figure; the tightest bounds where no figure is printed",
        source="UN Panel of Experts on 1718, reports of 2020–2024, which print such ranges by host",
        limits="Nobody counts such workers: figures are officials' and panels' estimates, and several may go back to "
        "one. A host without a figure is missing. Entries, departures and plans are other kinds and do not show a "
        "stock.",
        run=run_labour,
    ),
)
