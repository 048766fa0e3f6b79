"""A flow between two states as a publisher prints it: the figures of each step, and their draws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tumen.engine.queries import query
from tumen.measure.content import in_order, said
from tumen.measure.contested import Said, against_each_other, one_of
from tumen.measure.draws import figure_draws
from tumen.measure.estimate import Draws, Used
from tumen.measure.setting import Setting
from tumen.measure.units import USD, Amount, printed
from tumen.record.read import Record
from tumen.trade.figure_errors import Flow, bias_draws, error_of, noise_draws

_USABLE = {"exact", "rounded", "as_published", "derived", "dataset", "estimate", "typo_corrected", "unit_corrected"}
_BOUNDS = {"lower_bound", "upper_bound"}

#: What tells the figures of a flow apart, of which one is taken for each step and code.
_PRINTED = ("territory", "publisher", "partner", "start", "end", "commodity")


@dataclass(frozen=True)
class Printed:
    """One row of continuity.sql: a printed figure for trade between two states."""

    territory: str
    publisher: str
    partner: str
    start: dt.date
    end: dt.date
    commodity: str
    id: str
    source: str
    quality: str
    exports_usd: float | None
    imports_usd: float | None
    total_usd: float | None
    last_digit_usd: float

    @property
    def alternatives(self) -> tuple[Printed, ...]:
        """The row, and those that its publisher prints against it."""
        return (self,)

    @property
    def both(self) -> bool:
        """Whether imports and exports are printed apart."""
        return self.imports_usd is not None and self.exports_usd is not None

    @property
    def usable(self) -> bool:
        """Whether it is firm enough to be a figure."""
        return self.quality in _USABLE

    @property
    def coarseness(self) -> tuple[bool, float]:
        """By which the firmest of some figures is taken: exact ones first, then the finest."""
        return self.quality != "exact", self.last_digit_usd

    def of(self, flow: Flow) -> float | None:
        """The flow asked for, USD; None where it is not printed."""
        sides: Mapping[Flow, float | None] = {
            "total": self.total_usd,
            "exports": self.exports_usd,
            "imports": self.imports_usd,
        }
        return sides[flow]

    def bound(self, flow: Flow) -> Amount | None:
        """What a figure that is only a bound says of a flow; None where it is none."""
        value = self.of(flow)
        return printed(value, value, USD, self.quality) if value is not None and self.quality in _BOUNDS else None

    def counted(self, flow: Flow) -> float:
        """The figure that counts for a flow, USD: of the total the two sides, where both are printed."""
        if flow == "total" and self.imports_usd is not None and self.exports_usd is not None:
            return self.imports_usd + self.exports_usd
        return self.of(flow) or 0.0

    def used(self, flow: Flow) -> Used:
        """The row with the figure that counts, for walking back."""
        return Used(
            table="trade",
            id=self.id,
            source=self.source,
            publisher=self.publisher,
            amount=printed(self.counted(flow), self.counted(flow), USD, self.quality),
            start=self.start,
            end=self.end,
            actors=(self.territory, self.partner),
            commodity=self.commodity,
        )


@dataclass(frozen=True)
class PrintedAgainst(Printed):
    """A row of which nothing tells whether it counts.

    Args:
        others: rows that its publisher prints against it; each draw takes one.
    """

    others: tuple[Printed, ...]

    @property
    def alternatives(self) -> tuple[Printed, ...]:
        """The row, and those that its publisher prints against it."""
        return (self, *self.others)


@dataclass(frozen=True)
class FlowStep:
    """The flow of one year or month: draws of its two sides, or of the total alone."""

    when: dt.date
    imports: Draws
    other: Draws

    def value(self, factor: Draws | float) -> Draws:
        """The flow with its import side divided by CIF over FOB."""
        return self.imports / factor + self.other


def printed_flow(
    record: Record, territory: str, partner: str, commodity: str, period: tuple[dt.date, dt.date]
) -> list[Printed]:
    """Figures for trade between two states, of a commodity or of the codes of a basket, inside a period."""
    rows = record.answers.rows(
        query("tumen.trade", "continuity"),
        Printed,
        territory=territory,
        partner=partner,
        commodity=commodity,
        first=str(period[0]),
        last=str(period[1]),
    )
    return in_order(rows, record)


def chosen(rows: Sequence[Printed], commodity: str, flow: Flow, unclear: Collection[str] = ()) -> list[Printed]:
    """Of one step's rows: the basket's own figure where printed, else one row for each code; of those as firm as each
    other the first, with what contradicts it.

    Args:
        unclear: ids of rows that contradict another one.
    """
    whole = sorted(
        (r for r in rows if r.commodity == commodity),
        key=lambda r: (r.quality != "exact", r.imports_usd is None, r.last_digit_usd),
    )
    if whole:
        return [_with_others(whole, flow, unclear)]
    by_code: dict[str, list[Printed]] = {}
    for row in sorted(rows, key=lambda r: r.coarseness):
        by_code.setdefault(row.commodity, []).append(row)
    return [_with_others(by_code[code], flow, unclear) for code in sorted(by_code)]


def _with_others(rows: Sequence[Printed], flow: Flow, unclear: Collection[str]) -> Printed:
    """The first of some rows of one thing, with those that contradict it."""
    if rows[0].id not in unclear:
        return rows[0]
    against = [r for r in rows if r.id in unclear]
    places = against_each_other([Said(r.counted(flow), r.last_digit_usd, r.source) for r in against])
    return PrintedAgainst(**vars(rows[0]), others=tuple(against[n] for n in places[1:]))


def step_of(rows: Sequence[Printed], flow: Flow, when: dt.date, record: Record, setting: Setting) -> FlowStep:
    """Draws of one step from its rows."""
    imports, other = np.zeros(setting.draws), np.zeros(setting.draws)
    for row in rows:
        sides = [_sides(one, flow, record, setting) for one in row.alternatives]
        key = ("trade", *said(row, _PRINTED))
        sources = [one.source for one in row.alternatives]
        imports = imports + one_of([side[0] for side in sides], sources, setting, *key)
        other = other + one_of([side[1] for side in sides], sources, setting, *key)
    return FlowStep(when, imports, other)


def _sides(row: Printed, flow: Flow, record: Record, setting: Setting) -> tuple[Draws | float, Draws | float]:
    """Draws of a row's imports and of all else of the flow that is asked for."""
    if flow == "total" and not row.both:
        return 0.0, _drawn(row, "total", flow, record, setting)
    imports = _drawn(row, "imports", flow, record, setting) if flow in ("total", "imports") else 0.0
    return imports, _drawn(row, "exports", flow, record, setting) if flow in ("total", "exports") else 0.0


def _drawn(row: Printed, side: Flow, flow: Flow, record: Record, setting: Setting) -> Draws:
    """Draws of one side of a row; its sides are rounded apart and share the row's noise, and the bias of the flow that
    is asked for, whether that is printed by side or as a total.
    """
    key = said(row, _PRINTED)
    error = error_of(row.territory, row.publisher, row.partner, row.source, record, setting)
    drawn = figure_draws(row.of(side) or 0.0, row.last_digit_usd, 0.0, setting, "trade", *key, f"{side}_usd")
    bias = bias_draws(error, row.territory, row.publisher, row.partner, flow, setting)
    graded: Draws = drawn * bias * noise_draws(error, setting, *key)
    return graded
