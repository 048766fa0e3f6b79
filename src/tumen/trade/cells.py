"""Trade figures as measures need them: one cell a publisher, partner and period, with its draws."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tumen.engine.queries import query
from tumen.measure.arguments import next_month
from tumen.measure.contested import Said, against_each_other, contested, one_of
from tumen.measure.draws import standard_uniforms
from tumen.measure.estimate import Draws, Used
from tumen.measure.setting import Setting
from tumen.measure.units import USD, amount
from tumen.record.read import Record
from tumen.trade.figure_errors import Flow, bias_draws, error_of, noise_draws

#: All partners together, in the column `partner`.
WORLD = "WLD"

#: A cell that sums more rows than this keeps them by source.
FIGURES_LISTED = 50


@dataclass(frozen=True)
class _Row:
    """One row of trade_cells.sql: a figure that a publisher printed, or some of one source and last digit summed."""

    publisher: str
    partner: str
    start: dt.date
    end: dt.date
    source: str
    last_digit_usd: float
    first_commodity: str
    value_usd: float
    exports_usd: float | None
    imports_usd: float | None
    row_count: int
    id: str
    place: int


@dataclass(frozen=True)
class TradeFigure:
    """A row that was summed into a cell, or all rows of one source and last digit where those are very many.

    Args:
        value_usd: of the flow asked for.
        exports_usd, imports_usd: its two sides, None where the publisher printed only the total.
        commodity: its code; of several rows the first of theirs. No other figure of the cell has it.
        rows: how many rows it sums.
        id: of the row; of several rows what they are.
        others: what its publisher prints against it, where nothing tells which counts: each draw takes one of them.
    """

    value_usd: float
    exports_usd: float | None
    imports_usd: float | None
    last_digit_usd: float
    commodity: str
    rows: int
    id: str
    source: str
    others: tuple[TradeFigure, ...] = ()

    @property
    def alternatives(self) -> tuple[TradeFigure, ...]:
        """The figure and what is printed against it."""
        return (self, *self.others)

    @property
    def sources(self) -> list[str]:
        """Where each of these was read."""
        return [one.source for one in self.alternatives]


@dataclass(frozen=True)
class TradeCell:
    """What one publisher printed for one partner and period: one figure, or those that make up the sum."""

    territory: str
    publisher: str
    partner: str
    start: dt.date
    end: dt.date
    figures: tuple[TradeFigure, ...]
    flow: Flow = "total"

    @property
    def value_usd(self) -> float:
        """The flow asked for; of figures against each other the first."""
        return math.fsum(f.value_usd for f in self.figures)

    @property
    def exports_usd(self) -> float | None:
        """Its exports, None where the publisher printed only the total."""
        printed = [f.exports_usd for f in self.figures if f.exports_usd is not None]
        return math.fsum(printed) if printed else None

    @property
    def key(self) -> tuple[str, ...]:
        """What tells its errors from those of other cells: what it is of, never what its rows are called."""
        return (self.territory, self.publisher, self.partner, str(self.start), str(self.end))

    @property
    def used(self) -> tuple[Used, ...]:
        """The rows behind the cell, for walking back, each with its own value and source."""
        found: dict[tuple[str, str], Used] = {}
        sums: dict[tuple[str, str], float] = defaultdict(float)
        for f in (each for figure in self.figures for each in figure.alternatives):
            before = found.get((f.id, f.source))
            sums[f.id, f.source] += f.value_usd
            rows = f.rows + (before.rows if before else 0)
            found[f.id, f.source] = Used(
                table="trade",
                id=f.id,
                source=f.source,
                publisher=self.publisher,
                rows=rows,
                amount=amount(sums[f.id, f.source], USD),
                start=self.start,
                end=self.end,
                actors=(self.territory, self.partner),
                commodity=f.commodity if rows == 1 else "",
            )
        return tuple(found.values())


def trade_cells(record: Record, territory: str, first: dt.date, last: dt.date, flow: Flow = "total") -> list[TradeCell]:
    """Trade of a territory inside a period, one cell a publisher, partner and printed period.

    Args:
        territory: ISO 3166 alpha-3.
        first, last: the period, half-open.
        flow: the territory's exports, its imports, or both.
    """
    rows = record.answers.rows(
        query("tumen.trade", "trade_cells"),
        _Row,
        territory=territory,
        first=str(first),
        last=str(last),
        flow=flow,
        listed=FIGURES_LISTED,
    )
    against = _against(rows, contested(record, "trade"), record)
    found: dict[tuple[str, str, dt.date, dt.date], list[TradeFigure]] = defaultdict(list)
    for row in (r for r in rows if r.place == 1):
        others = against.get(_of(row), ())
        found[row.publisher, row.partner, row.start, row.end].append(replace(_figure(row, record), others=others))
    return [TradeCell(territory, *at, tuple(figures), flow) for at, figures in found.items()]


def _of(row: _Row) -> tuple[str, str, dt.date, dt.date, str]:
    """What a figure is of."""
    return row.publisher, row.partner, row.start, row.end, row.first_commodity


def _against(
    rows: Sequence[_Row], unclear: Collection[str], record: Record
) -> dict[tuple[str, str, dt.date, dt.date, str], tuple[TradeFigure, ...]]:
    """What is printed against figures of which nothing tells which counts, by what they are of.

    Args:
        unclear: rows that contradict another one.
    """
    each: dict[tuple[str, str, dt.date, dt.date, str], list[_Row]] = defaultdict(list)
    for row in sorted((r for r in rows if r.id in unclear and r.row_count == 1), key=lambda r: r.place):
        each[_of(row)].append(row)
    several = {of: found for of, found in each.items() if found[0].place == 1 and len(found) > 1}
    return {of: _others(found, record) for of, found in several.items()}


def _others(rows: Sequence[_Row], record: Record) -> tuple[TradeFigure, ...]:
    """What is printed against the first of some rows."""
    said = [Said(row.value_usd, row.last_digit_usd, row.source) for row in rows]
    return tuple(_figure(rows[n], record) for n in against_each_other(said)[1:])


def _figure(row: _Row, record: Record) -> TradeFigure:
    return TradeFigure(
        row.value_usd,
        row.exports_usd,
        row.imports_usd,
        row.last_digit_usd,
        row.first_commodity,
        row.row_count,
        row.id if row.row_count == 1 else _together(row, record),
        row.source,
    )


def _together(row: _Row, record: Record) -> str:
    """What rows that are too many to be listed are called: what they are of, and where they were read."""
    publisher = f"{row.publisher}, " if row.source in record.redaction.public else ""
    days = f"{row.start} to {row.end - dt.timedelta(days=1)}"
    return f"{publisher}{row.partner}, {days} in {record.sources[row.source].id}"


def in_year(found: Sequence[TradeCell], publisher: str, partner: str, year: int) -> tuple[TradeCell, ...]:
    """The cells of one publisher and partner that make up a year.

    Returns: the year's own cell, or its twelve months; empty where there is neither.
    """
    start, end = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    mine = [c for c in found if c.publisher == publisher and c.partner == partner]
    whole = tuple(c for c in mine if (c.start, c.end) == (start, end))
    if whole:
        return whole
    months = tuple(c for c in mine if start <= c.start < end and c.end == next_month(c.start))
    return months if len(months) == 12 else ()


def _rounded(cell: TradeCell, figure: TradeFigure, setting: Setting) -> Draws | float:
    """Draws of a printed figure before its source's grade: rounding alone.

    Rows that are too many to be listed are rounded each on its own, so that their sum errs with the root of their
    number.
    """
    if not figure.last_digit_usd:
        return figure.value_usd
    evenly = standard_uniforms(setting, "trade", *cell.key, figure.commodity) - 0.5
    drawn: Draws = np.maximum(0.0, figure.value_usd + figure.last_digit_usd * math.sqrt(figure.rows) * evenly)
    return drawn


def rounded_draws(cell: TradeCell, setting: Setting) -> Draws:
    """Draws of what a cell prints before its sources' grades."""
    total = np.zeros(setting.draws)
    for figure in cell.figures:
        each = [_rounded(cell, one, setting) for one in figure.alternatives]
        total = total + one_of(each, figure.sources, setting, "trade", *cell.key, figure.commodity)
    return total


def graded_draws(cell: TradeCell, record: Record, setting: Setting) -> Draws:
    """Draws of a cell: each of its figures with its own rounding and the noise of its own source.

    What one source says of a cell errs together; what different sources say errs apart. All cells of a publisher's flow
    share its bias.
    """
    factors: dict[str, Draws] = {}
    total = np.zeros(setting.draws)
    for figure in cell.figures:
        for one in (one for one in figure.alternatives if one.source not in factors):
            error = error_of(cell.territory, cell.publisher, cell.partner, one.source, record, setting)
            bias = bias_draws(error, cell.territory, cell.publisher, cell.partner, cell.flow, setting)
            factors[one.source] = bias * noise_draws(error, setting, *cell.key, figure.commodity)
        each = [_rounded(cell, one, setting) * factors[one.source] for one in figure.alternatives]
        total = total + one_of(each, figure.sources, setting, "trade", *cell.key, figure.commodity)
    return total


def sum_draws(found: Sequence[TradeCell], record: Record, setting: Setting) -> Draws:
    """Draws of the sum of some cells, each with its own rounding and grade."""
    total = np.zeros(setting.draws)
    for cell in found:
        total = total + graded_draws(cell, record, setting)
    return total


def rest_draws(world: Sequence[TradeCell], printed: Sequence[TradeCell], record: Record, setting: Setting) -> Draws:
    """Draws of what a publisher printed for all partners less what it printed for some of them.

    The total has its own error, which is one of the whole total and not of the rest: two per cent of a total are more
    than all of a rest that is one per cent of it. What is taken from it is what was printed, for an error in a
    partner's figure is in the total too; the two are rounded alike. The rest is log-normal with what was printed as its
    median and the total's error as its standard deviation, so that it is never below nothing.
    """
    if not world:
        return np.zeros(setting.draws)
    whole = np.sum([rounded_draws(c, setting) for c in world], axis=0)
    less = np.sum([rounded_draws(c, setting) for c in printed], axis=0)
    return around(np.maximum(0.0, whole - less), sum_draws(world, record, setting) - whole)


def around(median: Draws, error: Draws) -> Draws:
    """Draws around a positive amount that err as some draws of an error do, and are never below nothing.

    Args:
        median: the amount where nothing errs.
        error: draws of an error in the same unit; as large as the amount or larger.

    Returns: log-normal where the error is normal, with its standard deviation; `median` where that is none.

    Example:
        >>> rng = np.random.default_rng(1)
        >>> d = around(np.full(100_000, 3.0), 2 * rng.standard_normal(100_000))
        >>> round(float(np.median(d)), 1), round(float(d.std()), 1), bool(d.min() > 0)
        (3.0, 2.0, True)
    """
    deviation = float(error.std())
    if not deviation:
        return median
    relative = np.divide(deviation, median, out=np.zeros_like(median), where=median > 0)
    width = np.sqrt(np.log((1.0 + np.sqrt(1.0 + 4.0 * relative**2)) / 2.0))
    drawn: Draws = median * np.exp(width * (error / deviation))
    return drawn
