"""How far one state's goods trade depends on another, from parts that err together.

A share is partner / (partner + rest): an error in the partner's figure moves both. `rest` is what
the same publisher printed for all partners less the partner, so publishers are never spliced
unless a specification says so by name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from tumen.measure.arguments import Form, Years, years_of
from tumen.measure.draws import point_of
from tumen.measure.estimate import Bound, Choice, Draws, Found, Lacking, Lever, Measure
from tumen.measure.series import Point
from tumen.measure.setting import Setting
from tumen.measure.units import CHANGE_IN_SHARE, SHARE, USD
from tumen.record.read import Record
from tumen.trade.comparable_years import share_in_other_years
from tumen.trade.trade_names import TOTALS, Partner, Territory
from tumen.trade.trade_parts import COVERAGE_OF_RANGES, Side, TradeOptions, TradeYear, nothing_added, side_of


class ShareArguments(Form):
    """focal: whose trade; partner: with whom; period: whole years, their shares averaged."""

    focal: Territory
    partner: Partner
    period: Years


class ShareChangeArguments(Form):
    """focal, partner; before, after: whole years, each side's shares averaged."""

    focal: Territory
    partner: Partner
    before: Years
    after: Years


UNRECORDED_ELSEWHERE_USD = Lever(
    name="unrecorded_usd",
    unit=USD,
    low=0.0,
    high=20e9,
    baseline=0.0,
    tolerance=1e3,
    label="yearly trade with other partners missing from the table",
)
IMPUTED = Lever(
    name="imputed",
    unit=SHARE,
    low=0.0,
    high=1.0,
    baseline=None,
    tolerance=1e-4,
    label="counted share of the imputed part of the partner's figure",
)
UNRECORDED_COUNTED = Lever(
    name="unrecorded_counted",
    unit=SHARE,
    low=0.0,
    high=1.0,
    baseline=None,
    tolerance=1e-4,
    label="counted share of the published unrecorded exchange",
)
UNRECORDED_YEARLY_USD = Lever(
    name="unrecorded_yearly_usd",
    unit=USD,
    low=0.0,
    high=10e9,
    baseline=None,
    tolerance=1e3,
    label="yearly unrecorded exchange, in place of the published range",
)


def _counting(years: Sequence[TradeYear]) -> set[str]:
    """Levers of how figures are counted that move these years too."""
    extra = any(y.extra_partner.any() or y.extra_rest.any() for y in years)
    return {"imputed"} | ({"unrecorded_counted"} if extra else set())


def _mean_share(
    years: Sequence[TradeYear], options: TradeOptions, moved: dict[str, float], add_unrecorded: bool = True
) -> Draws:
    """Mean of the years' shares with some levers moved."""
    shares = [
        y.share(
            moved.get("imputed", options.imputed),
            moved.get("unrecorded_counted", 1.0),
            moved.get("unrecorded_usd", 0.0) if add_unrecorded else 0.0,
            moved.get("unrecorded_yearly_usd") if add_unrecorded else None,
        )
        for y in years
    ]
    mean: Draws = sum(shares[1:], shares[0]) / len(shares)
    return mean


def _baselines(options: TradeOptions, setting: Setting) -> dict[str, float]:
    """The levers that these options have, where they stand."""
    levers = {"unrecorded_usd": 0.0}
    if options.customs:
        levers["imputed"] = options.imputed
    if options.unrecorded:
        levers["unrecorded_counted"] = 1.0
    if options.ranged:
        levers[COVERAGE_OF_RANGES.name] = setting.range_coverage
    return levers


def _yearly_baseline(years: Sequence[TradeYear]) -> dict[str, float]:
    """What the published ranges come to a year, at their median, for the lever that replaces them."""
    covered = [y for y in years if y.yearly > 0]
    if not covered:
        return {}
    return {"unrecorded_yearly_usd": float(np.mean([np.median(y.extra_rest) / y.yearly for y in covered]))}


def _series(years: Sequence[TradeYear], options: TradeOptions, label: str) -> tuple[Point, ...]:
    """Each year's share with its central 90 per cent."""
    points = []
    for year in years:
        points.append(point_of(str(year.year), label, _mean_share([year], options, {})))
    return tuple(points)


def run_trade_share(record: Record, arguments: ShareArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """The partner's share of the focal state's recorded trade, mean of the period's years."""
    options: TradeOptions = choice.options

    def parts(under: Setting) -> Side:
        return side_of(record, arguments.focal, arguments.partner, options, years_of(arguments.period), under)

    side = parts(setting)
    if missing := side.missing or nothing_added(arguments.focal, arguments.partner, options, side):
        return Lacking(missing, side.used, side.notes)

    def respond(lever: str, value: float) -> Draws:
        if lever == COVERAGE_OF_RANGES.name:
            return _mean_share(parts(replace(setting, range_coverage=value)).years, options, {})
        return _mean_share(side.years, options, {lever: value})

    return Found(
        draws=_mean_share(side.years, options, {}),
        used=side.used,
        series=_series(side.years, options, choice.label),
        baselines=_baselines(options, setting) | _yearly_baseline(side.years),
        respond=respond,
        bounds=side.bounds,
        notes=side.notes,
        beside=side.notes,
        peers=share_in_other_years(record, arguments.focal, arguments.partner, options, arguments.period),
    )


def run_trade_share_change(
    record: Record, arguments: ShareChangeArguments, choice: Choice, setting: Setting
) -> Found | Lacking:
    """Mean share after less mean share before.

    Exchange that is added a year moves the years after; how figures are counted moves both sides.
    """
    options: TradeOptions = choice.options

    def parts(period: tuple[dt.date, dt.date], under: Setting) -> Side:
        return side_of(record, arguments.focal, arguments.partner, options, years_of(period), under)

    before, after = parts(arguments.before, setting), parts(arguments.after, setting)
    used, lacking = before.used + after.used, tuple(dict.fromkeys(before.missing + after.missing))
    notes = tuple(dict.fromkeys(before.notes + after.notes))
    if missing := lacking or nothing_added(arguments.focal, arguments.partner, options, before, after):
        return Lacking(missing, used, notes)

    counting = _counting(before.years)

    @cache
    def share_before(lever: str | None, value: float) -> Draws:
        return _mean_share(before.years, options, {lever: value} if lever else {}, False)

    def respond(lever: str, value: float) -> Draws:
        if lever == COVERAGE_OF_RANGES.name:
            under = replace(setting, range_coverage=value)
            each = (_mean_share(parts(p, under).years, options, {}) for p in (arguments.after, arguments.before))
            return next(each) - next(each)
        earlier = share_before(lever, value) if lever in counting else share_before(None, 0.0)
        return _mean_share(after.years, options, {lever: value}) - earlier

    return Found(
        draws=respond("", 0.0),
        used=used,
        series=_series((*before.years, *after.years), options, choice.label),
        baselines=_baselines(options, setting) | _yearly_baseline(after.years),
        respond=respond,
        bounds=after.bounds | frozenset(_OTHER_SIDE[side] for side in before.bounds),
        notes=notes,
        beside=notes,
    )


#: What is pinned from below and taken away leaves something that is pinned from above.
_OTHER_SIDE: Mapping[Bound, Bound] = {"lower": "upper", "upper": "lower"}

_LEVERS = (UNRECORDED_ELSEWHERE_USD, IMPUTED, UNRECORDED_COUNTED, UNRECORDED_YEARLY_USD, COVERAGE_OF_RANGES)
_LIMITS = (
    "Says nothing of trade that no publisher records, beyond the ranges a specification adds; goods only. "
    "Rows flagged as bounds, suspect, garbled or missing are left out."
)

MEASURES = (
    Measure(
        name="dependence.share",
        question="What share of the focal state's recorded trade is with the partner?",
        estimates="share of the trade that is with the partner",
        unit=SHARE,
        support=(0.0, 1.0),
        arguments=ShareArguments,
        options=TradeOptions,
        tables=("trade", "unrecorded"),
        levers=_LEVERS,
        method="partner / (partner + rest) for each year, drawn from parts; years averaged",
        source="Trade share: Barbieri (1996), "
        "doi:10.1177/0022343396033001003; multiverse: Steegen et al. (2016), doi:10.1177/1745691616658637",
        limits=_LIMITS,
        run=run_trade_share,
        implied=TOTALS,
    ),
    Measure(
        name="dependence.change",
        question="How much did that share change between two periods?",
        estimates="change in the share of the trade that is with the partner",
        unit=CHANGE_IN_SHARE,
        support=(-1.0, 1.0),
        arguments=ShareChangeArguments,
        options=TradeOptions,
        tables=("trade", "unrecorded"),
        levers=_LEVERS,
        method="mean yearly share after less mean yearly share before, on the same draws",
        source="Trade share: Barbieri (1996), doi:10.1177/0022343396033001003",
        limits=_LIMITS,
        run=run_trade_share_change,
        implied=TOTALS,
        series_unit=SHARE,
    ),
)
