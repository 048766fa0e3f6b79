"""The parts of a year's trade: the partner, the rest, what was added, what was never recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from pydantic import model_validator

from tumen.measure.arguments import Factor, Form, Share
from tumen.measure.draws import range_draws
from tumen.measure.estimate import Bound, Draws, Lever, Used
from tumen.measure.setting import Setting
from tumen.measure.units import SHARE
from tumen.record.read import Record
from tumen.trade.cells import WORLD, TradeCell, in_year, rest_draws, sum_draws, trade_cells
from tumen.trade.figure_errors import Flow
from tumen.trade.trade_names import AddedPublisher, ExchangeKind, ExchangePublisher, FigurePublisher
from tumen.trade.unrecorded_parts import unrecorded_in
from tumen.trade.unrecorded_ranges import counted_ranges
from tumen.trade.whole_and_parts import beyond_whole, codes_added, impossible, of_codes

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
    unrecorded_by: kind to the publisher whose ranges count; where several print a kind of the same partner and time and
    none is named, each draw takes one of them.
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

    @model_validator(mode="after")
    def _others_added(self) -> Self:
        if self.publisher in self.add or len(set(self.add)) < len(self.add):
            raise ValueError(
                f"publishers other than '{self.publisher}', each once: what its total holds counts already"
            )
        return self

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
        whole = partner + self._others(counted, yearly_usd) + added_usd
        return np.divide(partner, whole, out=np.zeros_like(whole), where=whole > 0)

    @property
    def nothing(self) -> bool:
        """Whether there may have been no trade at all, of which nobody has a share."""
        return bool((self._partner(1.0, 1.0) + self._others(1.0, None) <= 0).any())

    def _others(self, counted: float, yearly_usd: float | None) -> Draws:
        """All others' part, USD."""
        extra_rest = self.extra_rest if yearly_usd is None else yearly_usd * self.yearly
        return self.rest + counted * extra_rest

    def _partner(self, imputed: float, counted: float) -> Draws:
        """The partner's part, USD."""
        own = self.own if self.customs is None else self.customs + imputed * (self.own - self.customs)
        return own + counted * self.extra_partner


@dataclass(frozen=True)
class Side:
    """The years of one side, with what was used and what is missing.

    Args:
        bounds: from which sides alone the shares are pinned, as where codes stand for a total that nobody prints.
        added: publishers of which a figure was added.
    """

    years: tuple[TradeYear, ...]
    used: tuple[Used, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...] = ()
    bounds: frozenset[Bound] = frozenset()
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
    exchange, unprinted = counted_ranges(record, focal, options.unrecorded, options.unrecorded_by)
    done: list[TradeYear] = []
    used: list[Used] = []
    adding: set[str] = set()
    missing: list[str] = []
    notes: list[str] = []
    bounds: frozenset[Bound] = frozenset()
    for year in years:
        own = in_year(found, options.publisher, partner, year)
        world = in_year(found, options.publisher, WORLD, year)
        others = [c for c in found if c.publisher == options.publisher and c.partner not in (partner, WORLD)]
        customs = in_year(found, options.customs, partner, year) if options.customs else ()
        rest = tuple(
            c for p in sorted({c.partner for c in others}) for c in in_year(others, options.publisher, p, year)
        )
        missing += _lacking(focal, partner, options, year, own, world or rest, customs)
        if beyond_whole(own, world, record, setting):
            missing.append(f"{year}: {impossible(options.publisher, focal, partner)}")
            used += [u for c in (*own, *world) for u in c.used]
        if missing:
            continue
        added = tuple(c for name in options.add for c in _partners_of(found, name, partner, year))
        adding |= {cell.publisher for cell in added}
        parts = unrecorded_in(exchange, partner, options.unrecorded_from, year, record, setting)
        notes += parts.notes
        weighs = customs if options.imputed < 1 else ()
        used += [u for c in (*own, *(world or rest), *weighs, *added) for u in c.used] + parts.used
        factor = _valuation(own, options, setting)
        rest_usd = rest_draws(world, own, record, setting) if world else sum_draws(rest, record, setting)
        notes += [n for cells in (own, world or rest, customs, added) for n in codes_added(cells, year)]
        bounds |= _pinned(own, world)
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
    missing += [f"{y.year}: any trade of {focal}, of which {partner} could have a share" for y in done if y.nothing]
    return Side(tuple(done), tuple(used), (*missing, *unprinted), tuple(notes), bounds, frozenset(adding))


def _pinned(own: Sequence[TradeCell], world: Sequence[TradeCell]) -> frozenset[Bound]:
    """From which side a share is pinned where codes were added of one of its two parts, and a total of the other."""
    parts, whole = any(map(of_codes, own)), any(map(of_codes, world))
    if parts == whole or not world:
        return frozenset()
    return frozenset({"lower"} if parts else {"upper"})


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
