"""What an actor's thieves take in a year against what the actor is recorded to export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from tumen.counting import counted
from tumen.engine.queries import query
from tumen.measure.arguments import ActorCode, Form, Years, years_of
from tumen.measure.comparable import peers_of
from tumen.measure.content import in_order
from tumen.measure.draws import Combine, bounds_of, combined, point_of, range_draws, standard_normals
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure, Peers, Used
from tumen.measure.named_columns import Names, acting
from tumen.measure.setting import Setting
from tumen.measure.units import RATIO, SHARE, USD
from tumen.record.read import Record
from tumen.sanctions.theft_reports import Attribution, Theft, TheftReport, Total, Valued, thefts_of
from tumen.trade.cells import WORLD, TradeCell, in_year, sum_draws, trade_cells


class TheftArguments(Form):
    """actor: whose thefts and exports; period: whole years; combine: the lowest, the highest or the
    mean of the years.
    """

    actor: Annotated[ActorCode, acting("thefts.attributed_to", "theft_totals.actor", "trade.territory")]
    period: Years
    combine: Combine = "lowest"


class TheftOptions(Form):
    """exports: publisher of the actor's exports to all partners; attribution: the least firm that
    counts, of the list of thefts; totals: publishers whose yearly totals stand in place of the list,
    of several from the lowest to the highest.
    """

    exports: Annotated[str, Names("publisher", ("trade.publisher",), unmatched="lacking")]
    attribution: Attribution = "government"
    totals: tuple[Annotated[str, Names("publisher", ("theft_totals.publisher",))], ...] = ()


VALUE_COUNTED = Lever(
    name="value_counted",
    unit=SHARE,
    low=0.0,
    high=1.0,
    baseline=1.0,
    tolerance=1e-4,
    label="counted share of the stolen value",
)
EXPORTS_MISSING = Lever(
    name="exports_missing_usd",
    unit=USD,
    low=0.0,
    high=5e9,
    baseline=0.0,
    tolerance=1e4,
    label="exports missing from the table in each year",
)


@dataclass(frozen=True)
class _Year:
    """One year: what was stolen and what was exported, USD."""

    year: int
    stolen: Draws
    exports: Draws

    def ratio(self, counted: float, missing_usd: float) -> Draws:
        """The one over the other."""
        whole = self.exports + missing_usd
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(whole > 0, self.stolen * counted / whole, 0.0)


@dataclass(frozen=True)
class _Stolen:
    """A year's value stolen, whether it is known to leave some out, and its rows.

    Args:
        clusters: the thefts behind it, those that the same sources tell of once; none of printed totals.
    """

    draws: Draws
    lower_bound: bool
    used: tuple[Used, ...]
    notes: tuple[str, ...] = ()
    clusters: frozenset[frozenset[str]] = frozenset()


def _graded(rows: Sequence[Valued], record: Record, setting: Setting, kind: str, *key: str) -> Draws:
    """The range from the lowest to the highest value printed, each with the error of its own source's grade.

    What one source says of both errs together.
    """
    low, high = min(rows, key=lambda r: r.low_usd), max(rows, key=lambda r: r.high_usd)
    errors = [setting.grading.of(record.sources[row.source]) for row in (low, high)]
    noise = standard_normals(setting, f"{kind}-grade", *key)
    apart = low.source != high.source
    other = standard_normals(setting, f"{kind}-grade", *key, "highest") if apart else noise
    ends = low.low_usd * (1.0 + errors[0] * noise), high.high_usd * (1.0 + errors[1] * other)
    return range_draws(*ends, setting, kind, *key)


def sum_of_listed(found: Sequence[Theft], year: int, record: Record, setting: Setting) -> _Stolen | None:
    """The sum of the thefts of a year: at least what was stolen, for nobody lists them all."""
    mine = [t for t in found if t.date.year == year]
    if not mine:
        return None
    draws = np.sum([_graded(t.rows, record, setting, "theft", *t.key) for t in mine], axis=0)
    used = tuple(row.used for t in mine for row in t.rows)
    clusters = frozenset(_told_by(t, record) for t in mine)
    note = f"{year}: {counted(len(mine), 'theft')}; what no list names is left out"
    return _Stolen(draws, True, used, (note,), clusters)


def _told_by(theft: Theft, record: Record) -> frozenset[str]:
    """The origins of the reports of a theft that count; thefts that the same ones tell of are one piece of evidence."""
    sources = [record.sources[row.source] for row in theft.rows]
    return frozenset(source.origin or source.id for source in sources)


def totalled(
    rows: Sequence[Total], publishers: Sequence[str], year: int, record: Record, setting: Setting
) -> _Stolen | None:
    """A year's total: a range from the lowest to the highest that the publishers print, never a mean of them.

    A figure in conflict with what its publisher has since printed counts only where that has no other. A publisher
    that prints no total of the year is told.

    Args:
        rows: of the publishers that count.
    """
    start, end = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    mine = [r for r in rows if (r.start, r.end) == (start, end)]
    names = sorted({r.publisher for r in mine})
    taken: list[Total] = []
    for name in names:
        own = [r for r in mine if r.publisher == name]
        taken += [r for r in own if r.quality != "conflict"] or own
    if not taken:
        return None
    drawn = _graded(taken, record, setting, "theft-total", *names, str(year))
    notes = tuple(f"{year}: no total by {name}" for name in publishers if name not in names)
    return _Stolen(drawn, any(r.quality == "lower_bound" for r in taken), tuple(row.used for row in taken), notes)


def run_thefts(record: Record, arguments: TheftArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Value stolen over recorded exports in each year, combined over the years.

    A year without a counted theft, or without a figure for exports, is missing, never zero.
    """
    options: TheftOptions = choice.options
    first, last = arguments.period
    found = trade_cells(record, arguments.actor, first, last, "exports")
    thefts, totals = _reports(record, arguments.actor, options, arguments.period)
    years: list[_Year] = []
    parts: list[_Stolen] = []
    used: list[Used] = []
    lacking: list[str] = []
    for year in years_of(arguments.period):
        exports = in_year(found, options.exports, WORLD, year)
        part = (
            totalled(totals, options.totals, year, record, setting)
            if options.totals
            else sum_of_listed(thefts, year, record, setting)
        )
        if part is None or not exports:
            lacking += _lacking(year, options, arguments.actor, part, exports)
            continue
        sold = sum_draws(exports, record, setting)
        if (sold <= 0).any():
            lacking.append(f"{year}: exports that are surely above nothing, to compare with")
            continue
        years.append(_Year(year, part.draws, sold))
        parts.append(part)
        used += [*part.used, *(u for cell in exports for u in cell.used)]
    if not years:
        return Lacking(tuple(lacking))

    def respond(lever: str, value: float) -> Draws:
        counted = value if lever == "value_counted" else 1.0
        missing_usd = value if lever == "exports_missing_usd" else 0.0
        return combined([y.ratio(counted, missing_usd) for y in years], arguments.combine)

    clusters = frozenset[frozenset[str]]().union(*(p.clusters for p in parts))
    return Found(
        draws=respond("", 0.0),
        used=tuple(used),
        missing=tuple(lacking),
        bounds=bounds_of(arguments.combine, bool(lacking), any(p.lower_bound for p in parts)),
        notes=tuple(note for p in parts for note in p.notes),
        series=tuple(point_of(str(y.year), choice.label, y.ratio(1.0, 0.0)) for y in years),
        baselines={"value_counted": 1.0, "exports_missing_usd": 0.0},
        respond=respond,
        peers=_other_years(record, arguments, options, setting),
        effective=float(len(clusters)) if clusters else None,
    )


def _other_years(record: Record, arguments: TheftArguments, options: TheftOptions, setting: Setting) -> Peers | None:
    """What was stolen over what was exported in every other year, counted in the same way."""
    ever = (dt.date.min, dt.date.max)
    found = trade_cells(record, arguments.actor, *ever, "exports")
    thefts, totals = _reports(record, arguments.actor, options, ever)
    values = {}
    for year in sorted({cell.start.year for cell in found} - set(years_of(arguments.period))):
        exports = sum(c.value_usd for c in in_year(found, options.exports, WORLD, year))
        part = (
            totalled(totals, options.totals, year, record, setting)
            if options.totals
            else sum_of_listed(thefts, year, record, setting)
        )
        if part and exports > 0:
            values[str(year)] = float(np.median(part.draws)) / exports
    return peers_of("other years", values)


def _reports(
    record: Record, actor: str, options: TheftOptions, period: tuple[dt.date, dt.date]
) -> tuple[list[Theft], list[Total]]:
    """The thefts that count, or the totals of the publishers that count."""
    room = "tumen.sanctions"
    if not options.totals:
        reports = record.answers.rows(query(room, "thefts"), TheftReport, actor=actor)
        ordered = record.answers.once(("thefts in order", actor), lambda: in_order(reports, record))
        return thefts_of(ordered, options.attribution, record.same.get("thefts", {})), []
    first, last = (str(day) for day in period)
    totals = record.answers.rows(query(room, "theft_totals"), Total, actor=actor, first=first, last=last)
    return [], in_order([t for t in totals if t.publisher in options.totals], record)


def _lacking(
    year: int, options: TheftOptions, actor: str, part: _Stolen | None, exports: Sequence[TradeCell]
) -> Iterable[str]:
    """What one year lacks, in words."""
    if part is None and options.totals:
        yield f"{year}: a total by {', '.join(options.totals)}"
    elif part is None:
        yield f"{year}: a theft with an attribution at least as firm as '{options.attribution}'"
    if not exports:
        yield f"{year}: {options.exports}'s figure for {actor}'s exports to all partners"


MEASURES = (
    Measure(
        name="thefts.value",
        question="How much does an actor steal in a year, compared with its recorded exports?",
        estimates="ratio of what is stolen in a year to the recorded exports",
        unit=RATIO,
        support=(0.0, float("inf")),
        arguments=TheftArguments,
        options=TheftOptions,
        tables=("thefts", "theft_totals", "trade"),
        levers=(VALUE_COUNTED, EXPORTS_MISSING),
        method="value stolen over exports in the same year, each theft once, by who attributes it or by published "
        "totals",
        source="Chainalysis, Crypto Crime Reports, and UN Panel of Experts on 1718, which print such totals",
        limits="Values are those at the time of the theft. Thieves keep less after laundering, and the lever "
        "says how much less would matter. A list of attributed thefts leaves out those that nobody attributed.",
        run=run_thefts,
    ),
)
