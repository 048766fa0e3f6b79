"""How concentrated a state's trade is over its partners: the Herfindahl–Hirschman index."""

from __future__ import annotations

import numpy as np

from tumen.measure.arguments import Form, Years, years_of
from tumen.measure.draws import point_of, stream
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Measure, Used
from tumen.measure.setting import Setting
from tumen.measure.units import INDEX
from tumen.record.read import Record
from tumen.trade.cells import WORLD, TradeCell, in_year, rest_draws, sum_draws, trade_cells
from tumen.trade.comparable_years import index_in_other_years
from tumen.trade.figure_errors import Flow
from tumen.trade.trade_names import TOTALS, FigurePublisher, Territory
from tumen.trade.whole_and_parts import codes_added


class ConcentrationArguments(Form):
    """focal: whose trade; period: whole years, averaged."""

    focal: Territory
    period: Years


class ConcentrationOptions(Form):
    """publisher: whose table of partners; flow: total, exports or imports."""

    publisher: FigurePublisher
    flow: Flow = "total"


def index_draws(partners: list[Draws], world: Draws, spread: Draws) -> Draws:
    """Herfindahl–Hirschman index of shares of which some are not printed.

    Args:
        partners: draws of each printed partner's trade.
        world: draws of trade with all.
        spread: draws in [0, 1] of how concentrated the unprinted rest is: 0 over countless
            partners, 1 with a single one. The truth lies between, so draw it evenly.

    Returns: the sum of squared shares, in [0, 1].

    Example:
        >>> one = np.ones(1)
        >>> index_draws([3 * one, one], 4 * one, one).tolist()
        [0.625]
    """
    printed = np.sum(partners, axis=0) if partners else np.zeros_like(world)
    whole = np.maximum(np.maximum(world, printed), 1e-9)
    rest = np.maximum(0.0, whole - printed) / whole
    squares = np.sum([(p / whole) ** 2 for p in partners], axis=0) if partners else np.zeros_like(world)
    index: Draws = squares + spread * rest**2
    return index


def run_concentration(
    record: Record, arguments: ConcentrationArguments, choice: Choice, setting: Setting
) -> Found | Lacking:
    """The index for each year of the period, averaged."""
    options: ConcentrationOptions = choice.options
    found = trade_cells(record, arguments.focal, *arguments.period, options.flow)
    yearly: list[tuple[int, Draws]] = []
    used: list[Used] = []
    notes: list[str] = []
    missing: list[str] = []
    for year in years_of(arguments.period):
        names = sorted({c.partner for c in found if c.publisher == options.publisher} - {WORLD})
        partners: list[tuple[TradeCell, ...]] = [p for n in names if (p := in_year(found, options.publisher, n, year))]
        world = in_year(found, options.publisher, WORLD, year)
        if not partners:
            missing.append(f"{year}: {options.publisher}'s figures for {arguments.focal} by partner")
            continue
        draws = [sum_draws(p, record, setting) for p in partners]
        printed = [c for cells_of in partners for c in cells_of]
        notes += codes_added((*printed, *world), year)
        whole = np.sum(draws, axis=0) + rest_draws(world, printed, record, setting)
        if (whole <= 0).any():
            missing.append(f"{year}: any trade of {arguments.focal}, of which partners could have shares")
            continue
        spread = stream(setting, "concentration", options.publisher, str(year)).uniform(size=setting.draws)
        yearly.append((year, index_draws(draws, whole, spread)))
        used += [u for found_of in (*partners, world) for c in found_of for u in c.used]
    if missing:
        return Lacking(tuple(missing), tuple(used), tuple(notes))
    mean: Draws = np.mean([d for _, d in yearly], axis=0)
    series = tuple(point_of(str(year), choice.label, draw) for year, draw in yearly)
    peers = index_in_other_years(record, arguments.focal, options.publisher, options.flow, arguments.period)
    said = tuple(notes)
    return Found(draws=mean, used=tuple(used), series=series, peers=peers, notes=said, beside=said)


MEASURES = (
    Measure(
        name="dependence.concentration",
        question="How concentrated is the focal state's trade among its partners?",
        estimates="concentration of the trade among partners",
        unit=INDEX,
        support=(0.0, 1.0),
        arguments=ConcentrationArguments,
        options=ConcentrationOptions,
        tables=("trade",),
        levers=(),
        method="sum of squared partner shares; the part not printed by partner is drawn between spread thin and one "
        "partner",
        source="Hirschman (1964), American Economic Review 54(5), 761; Herfindahl (1950)",
        limits="An index near one does not say which partner; if most trade is not printed by partner, the interval is "
        "wide.",
        run=run_concentration,
        implied=TOTALS,
    ),
)
