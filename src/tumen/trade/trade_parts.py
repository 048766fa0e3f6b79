"""The parts of a year's trade: the partner, the rest, what was added, what was never recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tumen.measure.arguments import Factor, Form, Share
from tumen.measure.content import keys
from tumen.measure.draws import pert_draws, quantile_draws, range_draws
from tumen.measure.estimate import Draws, Lever, Used
from tumen.measure.setting import Setting
from tumen.measure.units import SHARE, USD, printed
from tumen.record.read import Record
from tumen.trade.cells import WORLD, TradeCell, in_year, rest_draws, sum_draws, trade_cells
from tumen.trade.figure_errors import Flow
from tumen.trade.trade_names import AddedPublisher, ExchangeKind, ExchangePublisher, FigurePublisher
from tumen.trade.unrecorded_ranges import Range, counted_ranges

COVERAGE_OF_RANGES = Lever(
    name="range_coverage",
    unit=SHARE,
    low=0.5,
    high=0.99,
    baseline=None,
    tolerance=1e-3,
    label="share of what a published range may stand for that lies inside it",
)


class TradeOptions(Form):
    """How to count.

    publisher: whose table gives the partner and all partners.
    customs: publisher whose figure for the partner leaves imputed flows out.
    imputed: share of the gap between the two that is counted.
    add: publishers whose figures for other partners are added, in the years they have one.
    flow: total, exports or imports.
    cif_fob: range of the factor by which the exports are divided, for mirror data.
    unrecorded: kinds of unrecorded exchange that are counted.
    unrecorded_by: kind to the publisher whose ranges count; where several print a kind, one has to be named.
    unrecorded_from: day from which a range is spread evenly, where it lies within the range's own time.
    """

    publisher: FigurePublisher
    customs: FigurePublisher | None = None
    imputed: Share = 1.0
    add: tuple[AddedPublisher, ...] = ()
    flow: Flow = "total"
    cif_fob: Factor | None = None
    unrecorded: tuple[ExchangeKind, ...] = ()
    unrecorded_by: Mapping[ExchangeKind, ExchangePublisher] = {}
    unrecorded_from: dt.date | None = None

    @property
    def ranged(self) -> bool:
        """Whether a range is drawn from."""
        return bool(self.unrecorded or self.cif_fob)


@dataclass(frozen=True)
class TradeYear:
    """Draws of the parts of one year's trade, USD; `yearly` is the part of a year exchange covers."""

    year: int
    own: Draws
    customs: Draws | None
    rest: Draws
    extra_partner: Draws
    extra_rest: Draws
    yearly: float

    def share(self, imputed: float, counted: float, added_usd: float, yearly_usd: float | None) -> Draws:
        """The partner's share of the year's trade."""
        partner = self._partner(imputed, counted)
        extra_rest = self.extra_rest if yearly_usd is None else yearly_usd * self.yearly
        whole = partner + self.rest + counted * extra_rest + added_usd
        return np.divide(partner, whole, out=np.zeros_like(whole), where=whole > 0)

    def _partner(self, imputed: float, counted: float) -> Draws:
        """The partner's part, USD."""
        own = self.own if self.customs is None else self.customs + imputed * (self.own - self.customs)
        return own + counted * self.extra_partner


@dataclass(frozen=True)
class Side:
    """The years of one side, with what was used and what is missing.

    Args:
        added: publishers of which a figure was added.
    """

    years: tuple[TradeYear, ...]
    used: tuple[Used, ...]
    missing: tuple[str, ...]
    added: frozenset[str] = frozenset()


def side_of(
    record: Record,
    focal: str,
    partner: str,
    options: TradeOptions,
    years: Sequence[int],
    setting: Setting,
) -> Side:
    """Measure the parts of every year."""
    first, last = dt.date(years[0], 1, 1), dt.date(years[-1] + 1, 1, 1)
    found = trade_cells(record, focal, first, last, options.flow)
    exchange, unclear = counted_ranges(record, focal, options.unrecorded, options.unrecorded_by)
    done: list[TradeYear] = []
    used: list[Used] = []
    adding: set[str] = set()
    missing: list[str] = []
    for year in years:
        own = in_year(found, options.publisher, partner, year)
        world = in_year(found, options.publisher, WORLD, year)
        others = [c for c in found if c.publisher == options.publisher and c.partner not in (partner, WORLD)]
        customs = in_year(found, options.customs, partner, year) if options.customs else ()
        rest = tuple(
            c for p in sorted({c.partner for c in others}) for c in in_year(others, options.publisher, p, year)
        )
        missing += _lacking(focal, partner, options, year, own, world or rest, customs)
        if missing:
            continue
        added = tuple(c for name in options.add for c in _partners_of(found, name, partner, year))
        adding |= {cell.publisher for cell in added}
        parts = _exchange_parts(exchange, partner, options, year, record, setting)
        weighs = customs if options.imputed < 1 else ()
        used += [u for c in (*own, *(world or rest), *weighs, *added) for u in c.used] + parts.used
        factor = _valuation(own, options, setting)
        rest_usd = rest_draws(world, own, record, setting) if world else sum_draws(rest, record, setting)
        done.append(
            TradeYear(
                year,
                sum_draws(own, record, setting) * factor,
                sum_draws(customs, record, setting) * factor if customs else None,
                rest_usd + sum_draws(added, record, setting),
                parts.partner,
                parts.rest,
                parts.covers,
            )
        )
    return Side(tuple(done), tuple(used), (*missing, *unclear), frozenset(adding))


def nothing_added(focal: str, partner: str, options: TradeOptions, *sides: Side) -> tuple[str, ...]:
    """What publishers lack whose figures were to be added, where none of them has one in any year of any side."""
    if any(side.added for side in sides):
        return ()
    return tuple(
        f"{name}'s figure for {focal} with another partner than {partner}, to be added" for name in options.add
    )


def _lacking(
    focal: str,
    partner: str,
    options: TradeOptions,
    year: int,
    own: Sequence[TradeCell],
    world: Sequence[TradeCell],
    customs: Sequence[TradeCell],
) -> list[str]:
    """What one year lacks, in words."""
    lacking = []
    if not own:
        lacking.append(f"{year}: {options.publisher}'s figure for {focal} with {partner}")
    if not world:
        lacking.append(f"{year}: {options.publisher}'s figure for {focal} with all partners")
    if options.customs and not customs:
        lacking.append(f"{year}: {options.customs}'s figure for {focal} with {partner}")
    if options.cif_fob and options.flow == "total" and any(c.exports_usd is None for c in (*own, *customs)):
        lacking.append(f"{year}: {focal}'s exports to {partner} apart, which CIF over FOB divides")
    return lacking


def _partners_of(found: Sequence[TradeCell], publisher: str, partner: str, year: int) -> tuple[TradeCell, ...]:
    """A publisher's figures for every other partner in a year."""
    names = sorted({c.partner for c in found if c.publisher == publisher} - {partner, WORLD})
    return tuple(c for name in names for c in in_year(found, publisher, name, year))


def _valuation(own: Sequence[TradeCell], options: TradeOptions, setting: Setting) -> Draws | float:
    """Factor on the partner's figure when its export side is mirror data, valued CIF."""
    if options.cif_fob is None or options.flow == "imports":
        return 1.0
    exports = sum(c.exports_usd or 0.0 for c in own)
    total = sum(c.value_usd for c in own)
    part = exports / total if total else 0.0
    return 1.0 - part + part / range_draws(*options.cif_fob, setting, "cif-fob")


#: What tells published ranges apart.
_EXCHANGE = ("territory", "partner", "start", "end", "kind", "publisher")


@dataclass(frozen=True)
class _Exchange:
    """Unrecorded exchange of a year, with the partner and with others; the part of it covered."""

    partner: Draws
    rest: Draws
    covers: float
    used: list[Used]


def _exchange_parts(
    exchange: Sequence[Range],
    partner: str,
    options: TradeOptions,
    year: int,
    record: Record,
    setting: Setting,
) -> _Exchange:
    """Spread each published range evenly over its days and take the year's part."""
    sides = {True: np.zeros(setting.draws), False: np.zeros(setting.draws)}
    used: list[Used] = []
    covers = 0.0
    start, end = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    for row, key in zip(exchange, keys(exchange, _EXCHANGE), strict=True):
        begins = _begins(row, options.unrecorded_from)
        days = (min(end, row.end) - max(start, begins)).days
        if days <= 0:
            continue
        part = days / (row.end - begins).days
        sides[row.partner == partner] += _drawn(row, record, setting, *key) * part
        covers = max(covers, days / (end - start).days) if row.partner != partner else covers
        used.append(_used(row))
    return _Exchange(sides[True], sides[False], covers, used)


def _begins(row: Range, later: dt.date | None) -> dt.date:
    """The day from which a range is spread: a later one than its own start, where that lies before its end."""
    return later if later and row.start < later < row.end else row.start


def _drawn(row: Range, record: Record, setting: Setting, *key: str) -> Draws:
    """Draws of a range for its whole period, as it was stated."""
    middle = row.middle_usd
    if middle is not None and row.shape == "pert":
        return pert_draws(row.low_usd, middle, row.high_usd, setting, "unrecorded", *key)
    if middle is not None and 0 < row.low_usd < middle < row.high_usd:
        return quantile_draws(row.low_usd, middle, row.high_usd, setting, "unrecorded", *key)
    of = {"territory": row.territory, "partner": row.partner}
    error = setting.error_of("unrecorded", row.publisher, record.sources[row.source], of).whole
    return range_draws(row.low_usd, row.high_usd, setting, "unrecorded", *key, error=error)


def _used(row: Range) -> Used:
    return Used(
        table="unrecorded",
        id=row.id,
        source=row.source,
        publisher=row.publisher,
        amount=printed(row.low_usd, row.high_usd, USD, row.quality),
        start=row.start,
        end=row.end,
        actors=(row.territory, row.partner),
        kind=row.kind,
    )
