"""The same quantity in other years, as publishers print it: the class that a year's share or index is compared with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import numpy as np

from tumen.measure.comparable import peers_of
from tumen.measure.estimate import Peers
from tumen.record.read import Record
from tumen.trade.cells import WORLD, TradeCell, in_year, trade_cells
from tumen.trade.figure_errors import Flow
from tumen.trade.trade_parts import TradeOptions


def all_cells(record: Record, territory: str, flow: Flow) -> list[TradeCell]:
    """Everything that the record holds of a territory's trade."""
    return trade_cells(record, territory, dt.date.min, dt.date.max, flow)


def in_other_years(
    found: Sequence[TradeCell], period: tuple[dt.date, dt.date], of_year: Callable[[int], float | None]
) -> Peers | None:
    """A quantity in every year of which some cells tell it, those of a period left out.

    Args:
        of_year: the quantity as printed, None where the year lacks a figure.
    """
    years = sorted({cell.start.year for cell in found} - set(range(period[0].year, period[1].year)))
    values = {str(year): value for year in years if (value := of_year(year)) is not None}
    return peers_of("other years", values)


def share_in_other_years(
    record: Record, focal: str, partner: str, options: TradeOptions, period: tuple[dt.date, dt.date]
) -> Peers | None:
    """The partner's share of the focal state's trade in other years, counted as the options say.

    Returns: None where the options add ranges or divide by factors that other years may not have.
    """
    if options.unrecorded or options.cif_fob:
        return None
    found = all_cells(record, focal, options.flow)
    return in_other_years(found, period, lambda year: _share(found, partner, options, year))


def _share(found: Sequence[TradeCell], partner: str, options: TradeOptions, year: int) -> float | None:
    own = in_year(found, options.publisher, partner, year)
    world = in_year(found, options.publisher, WORLD, year)
    others = _others(found, options.publisher, partner, year)
    customs = in_year(found, options.customs, partner, year) if options.customs else ()
    if not own or not (world or others) or (options.customs and not customs):
        return None
    printed = _sum(own)
    counted = _sum(customs) + options.imputed * (printed - _sum(customs)) if customs else printed
    rest = max(0.0, _sum(world) - printed) if world else others
    whole = counted + rest + sum(_others(found, name, partner, year) for name in options.add)
    return counted / whole if whole > 0 else None


def index_in_other_years(
    record: Record, focal: str, publisher: str, flow: Flow, period: tuple[dt.date, dt.date]
) -> Peers | None:
    """The Herfindahl–Hirschman index of the focal state's partners in other years, in the middle of what the rest can
    add.
    """
    found = all_cells(record, focal, flow)
    return in_other_years(found, period, lambda year: _index(found, publisher, year))


def _index(found: Sequence[TradeCell], publisher: str, year: int) -> float | None:
    names = sorted({c.partner for c in found if c.publisher == publisher} - {WORLD})
    printed = np.array([_sum(cells) for name in names if (cells := in_year(found, publisher, name, year))])
    whole = max(_sum(in_year(found, publisher, WORLD, year)), float(printed.sum()))
    if not (printed.size and whole > 0):
        return None
    return float(((printed / whole) ** 2).sum() + (1 - printed.sum() / whole) ** 2 / 2)


def _others(found: Sequence[TradeCell], publisher: str, partner: str, year: int) -> float:
    """What a publisher prints for every other partner in a year, summed."""
    names = sorted({c.partner for c in found if c.publisher == publisher} - {partner, WORLD})
    return sum(_sum(in_year(found, publisher, name, year)) for name in names)


def _sum(cells: Sequence[TradeCell]) -> float:
    return sum(cell.value_usd for cell in cells)
