"""How little the other side depends on the focal state: its share in the partner's whole trade."""

from __future__ import annotations

import numpy as np

from tumen.measure.arguments import Form, Years, years_of
from tumen.measure.draws import point_of
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure
from tumen.measure.setting import Setting
from tumen.measure.units import SHARE, USD
from tumen.record.read import Record
from tumen.trade.cells import WORLD, in_year, sum_draws, trade_cells
from tumen.trade.figure_errors import Flow
from tumen.trade.trade_names import TOTALS, FigurePublisher, Trader
from tumen.trade.whole_and_parts import beyond_whole, codes_added, impossible


class AsymmetryArguments(Form):
    """focal: the smaller side; partner: whose trade is the whole; period: whole years, averaged."""

    focal: Trader
    partner: Trader
    period: Years


class AsymmetryOptions(Form):
    """publisher: of the trade between the two; world_publisher: of the partner's trade with all."""

    publisher: FigurePublisher
    world_publisher: FigurePublisher
    flow: Flow = "total"


UNRECORDED_BETWEEN_USD = Lever(
    name="unrecorded_usd",
    unit=USD,
    low=0.0,
    high=50e9,
    baseline=0.0,
    tolerance=1e3,
    label="yearly trade between the two missing from the table",
)


def run_asymmetry(record: Record, arguments: AsymmetryArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """The focal state's share in the partner's goods trade, mean of the period's years."""
    options: AsymmetryOptions = choice.options
    pairs: list[tuple[int, Draws, Draws]] = []
    missing: list[str] = []
    used = []
    notes: list[str] = []
    between = trade_cells(record, arguments.focal, *arguments.period, options.flow)
    whole = trade_cells(record, arguments.partner, *arguments.period, options.flow)
    for year in years_of(arguments.period):
        part = in_year(between, options.publisher, arguments.partner, year)
        world = in_year(whole, options.world_publisher, WORLD, year)
        if not part:
            missing.append(f"{year}: {options.publisher}'s figure for {arguments.focal} with {arguments.partner}")
        if not world:
            missing.append(f"{year}: {options.world_publisher}'s figure for {arguments.partner} with all partners")
        used += [u for c in (*part, *world) for u in c.used]
        if beyond_whole(part, world, record, setting):
            missing.append(f"{year}: {impossible(options.publisher, arguments.focal, arguments.partner)}")
        elif world and (sum_draws(world, record, setting) <= 0).any():
            missing.append(f"{year}: any trade of {arguments.partner}, of which {arguments.focal} could have a share")
        notes += [n for cells in (part, world) for n in codes_added(cells, year)]
        pairs.append((year, sum_draws(part, record, setting), sum_draws(world, record, setting)))
    if missing:
        return Lacking(tuple(missing), tuple(used), tuple(notes))

    def respond(lever: str, value: float) -> Draws:
        added = value if lever == "unrecorded_usd" else 0.0
        shares = [np.minimum(1.0, (part + added) / np.maximum(world + added, 1.0)) for _, part, world in pairs]
        mean: Draws = np.mean(shares, axis=0)
        return mean

    series = []
    for year, between_usd, whole_usd in pairs:
        series.append(point_of(str(year), choice.label, np.minimum(1.0, between_usd / np.maximum(whole_usd, 1.0))))
    return Found(
        draws=respond("", 0.0),
        used=tuple(used),
        series=tuple(series),
        baselines={"unrecorded_usd": 0.0},
        respond=respond,
        notes=tuple(notes),
        beside=tuple(notes),
    )


MEASURES = (
    Measure(
        name="dependence.asymmetry",
        question="What share of the partner's trade is with the focal state?",
        estimates="share of the partner's trade that is with the other",
        unit=SHARE,
        support=(0.0, 1.0),
        arguments=AsymmetryArguments,
        options=AsymmetryOptions,
        tables=("trade",),
        levers=(UNRECORDED_BETWEEN_USD,),
        method="trade between the two / the partner's trade with all, each drawn from its own publisher",
        source="Asymmetric interdependence: Hirschman (1945), National Power and the Structure of Foreign Trade, ch. 2",
        limits="A small share says that the partner could do without the trade, not that it would.",
        run=run_asymmetry,
        implied=TOTALS,
    ),
)
