"""Estimates of deliveries that nobody notified, as their makers print them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tumen.engine.queries import query
from tumen.measure.content import in_order, said
from tumen.measure.contested import contested, one_of
from tumen.measure.draws import even_draws, figure_draws
from tumen.measure.estimate import Draws, Used
from tumen.measure.setting import Setting
from tumen.measure.units import printed
from tumen.record.read import Record
from tumen.sanctions.units import BARRELS


@dataclass(frozen=True)
class Unreported:
    """One row of caps_unreported.sql: an estimate of deliveries that nobody notified.

    Args:
        load_low, load_high: shares of their capacity that the estimate takes the tankers to have carried.
        last_digit: one unit of the last printed digit, barrels.
    """

    id: str
    recipient: str
    product: str
    start: dt.date
    end: dt.date
    calls: int | None
    barrels: float
    load_low: float | None
    load_high: float | None
    last_digit: float
    publisher: str
    quality: str
    source: str

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.end - self.start).days

    @property
    def firmness(self) -> tuple[int, int, float]:
        """By which one of some estimates is taken: the longest, then one that is no bound and printed as it is."""
        return self.days, {"lower_bound": 0, "derived": 1}.get(self.quality, 2), self.load_high or 0.0

    @property
    def used(self) -> Used:
        """The row, for walking back."""
        return Used(
            table="unreported",
            id=self.id,
            source=self.source,
            publisher=self.publisher,
            amount=printed(self.barrels, self.barrels, BARRELS, self.quality),
            start=self.start,
            end=self.end,
            actors=(self.recipient,),
            commodity=self.product,
        )


def estimates(record: Record, recipient: str, product: str, period: tuple[dt.date, dt.date]) -> list[Unreported]:
    """Estimates of deliveries that nobody notified, inside a period."""
    rows = record.answers.rows(
        query("tumen.sanctions", "caps_unreported"),
        Unreported,
        recipient=recipient,
        product=product,
        first=str(period[0]),
        last=str(period[1]),
    )
    return in_order(rows, record)


def best_of(rows: Sequence[Unreported]) -> Unreported | None:
    """The estimate that covers most days; a printed one before one derived from it; of equals the first."""
    return max(rows, key=lambda r: r.firmness, default=None)


def against(row: Unreported, rows: Sequence[Unreported], record: Record) -> list[Unreported]:
    """An estimate, and those of its publisher that contradict it."""
    unclear = contested(record, "unreported")
    of = ("publisher", "start", "end", "load_low", "load_high")
    others = [r for r in rows if r.id in unclear and r != row and said(r, of) == said(row, of)]
    return [row, *others] if row.id in unclear else [row]


def unreported_draws(rows: Sequence[Unreported], record: Record, setting: Setting) -> tuple[Draws | None, Draws]:
    """Draws at a full load where the load is a premise of the estimate, else of the estimate itself.

    Args:
        rows: an estimate, and those that contradict it, of which each draw takes one.
    """
    each = [_draws_of(row, record, setting) for row in rows]
    full = [one for one, _ in each if one is not None]
    sources, key = [row.source for row in rows], ("unreported", *said(rows[0], ("publisher", "start", "end")))
    return (
        one_of(full, sources, setting, *key) if full else None,
        one_of([direct for _, direct in each], sources, setting, *key),
    )


def _draws_of(row: Unreported, record: Record, setting: Setting) -> tuple[Draws | None, Draws]:
    """Draws of one estimate."""
    error = setting.grading.of(record.sources[row.source])
    key = said(row, ("recipient", "product", "publisher", "start", "end"))
    drawn = figure_draws(row.barrels, row.last_digit, error, setting, "unreported", *key)
    if row.load_high is None:
        return None, drawn
    lowest = row.load_high if row.load_low is None else row.load_low
    return drawn / even_draws(lowest, row.load_high, setting, "load", *key), np.zeros(setting.draws)
