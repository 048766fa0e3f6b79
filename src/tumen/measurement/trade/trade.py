"""Trade figures as measures need them: one cell a publisher, partner and period, with its draws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tumen.measurement.arguments import next_month
from tumen.measurement.draws import figure_draws, stream
from tumen.measurement.estimate import Draws, Used
from tumen.measurement.setting import Setting
from tumen.queries import Row, query
from tumen.record.read import Record

Flow = Literal["total", "exports", "imports"]

#: All partners together, in the column `partner`.
WORLD = "WLD"


@dataclass(frozen=True)
class Cell:
    """What one publisher printed for one partner and period.

    Args:
        value_usd: the flow asked for.
        exports_usd, imports_usd: its two sides, None where the publisher printed only the total.
        rows: rows of the record summed into it.
    """

    publisher: str
    partner: str
    start: dt.date
    end: dt.date
    value_usd: float
    exports_usd: float | None
    imports_usd: float | None
    last_digit_usd: float
    rows: int
    id: str
    source: str

    @property
    def used(self) -> Used:
        """The row behind the cell, for walking back."""
        return Used("trade", self.id, self.source, self.publisher, f"{self.value_usd:,.0f} USD", self.rows, self.end)


def cells(record: Record, territory: str, first: dt.date, last: dt.date, flow: Flow = "total") -> list[Cell]:
    """Trade of a territory inside a period, one cell a publisher, partner and printed period.

    Args:
        territory: ISO 3166 alpha-3.
        first, last: the period, half-open.
        flow: the territory's exports, its imports, or both.
    """
    rows = record.answers(
        query("tumen.measurement.trade", "trade_cells"),
        territory=territory,
        first=str(first),
        last=str(last),
        flow=flow,
    )
    return [_cell(row) for row in rows]


def _cell(row: Row) -> Cell:
    def money(name: str) -> float | None:
        return None if row[name] is None else float(row[name])

    return Cell(
        str(row["publisher"]),
        str(row["partner"]),
        row["start"],
        row["end"],
        money("value_usd") or 0.0,
        money("exports_usd"),
        money("imports_usd"),
        money("last_digit_usd") or 0.0,
        int(row["row_count"]),
        str(row["id"]),
        str(row["source"]),
    )


def in_year(found: Sequence[Cell], publisher: str, partner: str, year: int) -> tuple[Cell, ...]:
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


def rounded_draws(cell: Cell, setting: Setting) -> Draws:
    """Draws of a cell's printed figure before its source's grade: rounding alone."""
    return figure_draws(cell.value_usd, cell.last_digit_usd, 0.0, setting, "trade", cell.id)


def grade_draws(cell: Cell, record: Record, setting: Setting) -> Draws:
    """Draws of the factor, around one, that a cell's source grade adds."""
    error = stream(setting, "trade-grade", cell.id).standard_normal(setting.draws)
    factor: Draws = np.maximum(0.0, 1.0 + setting.grading.of(record.sources[cell.source]) * error)
    return factor


def sum_draws(found: Sequence[Cell], record: Record, setting: Setting) -> Draws:
    """Draws of the sum of some cells, each with its own rounding and grade."""
    total = np.zeros(setting.draws)
    for cell in found:
        total = total + rounded_draws(cell, setting) * grade_draws(cell, record, setting)
    return total


def rest_draws(world: Sequence[Cell], printed: Sequence[Cell], record: Record, setting: Setting) -> Draws:
    """Draws of what a publisher printed for all partners less what it printed for some of them.

    The two err together in their rounding, and the rest by the grade of the figure for all, so that
    a share of the whole stays what the table says.
    """
    if not world:
        return np.zeros(setting.draws)
    whole = np.sum([rounded_draws(c, setting) for c in world], axis=0)
    less = np.sum([rounded_draws(c, setting) for c in printed], axis=0)
    drawn: Draws = np.maximum(0.0, whole - less) * grade_draws(world[0], record, setting)
    return drawn
