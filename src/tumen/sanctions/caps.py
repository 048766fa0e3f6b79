"""Whether deliveries went beyond a cap: what was notified and what was not, against the provision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
from pydantic import AfterValidator, BeforeValidator, Field

from tumen.measure.arguments import ActorCode, Form, ShareRange, years_of
from tumen.measure.arguments import Years as WholeYears
from tumen.measure.draws import Combine, bounds_of, combined, point_of, range_draws
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure, Used
from tumen.measure.named_columns import Names, acting
from tumen.measure.series import Point
from tumen.measure.setting import Setting
from tumen.measure.units import SHARE, amount
from tumen.record.read import Record
from tumen.sanctions.cap_years import Assumed, CapEvidence, CapYear, Provision, cap_of, measured_year
from tumen.sanctions.notified import deliveries
from tumen.sanctions.units import BARRELS, BARRELS_A_YEAR, BARRELS_PER_TONNE, unit_as_written
from tumen.sanctions.unreported import estimates
from tumen.sea.found_calls import FoundCalls, found_calls, lacking_for_calls
from tumen.sea.sea_findings import found_at_sea


def _rising(pair: tuple[float, float]) -> tuple[float, float]:
    if pair[0] > pair[1]:
        raise ValueError("the low end before the high one")
    return pair


_Positive = Annotated[float, Field(ge=1, le=100)]

#: One share of capacity, or several.
Loads = Annotated[
    tuple[Annotated[float, Field(gt=0, le=1)], ...],
    Field(min_length=1),
    BeforeValidator(lambda given: (given,) if isinstance(given, int | float) else given),
]

#: A range [low, high] of barrels in a tonne.
Density = Annotated[tuple[_Positive, _Positive], AfterValidator(_rising)]


class YearsArguments(Form):
    """recipient, product: of the deliveries; provision: id of the cap; period: whole years."""

    recipient: Annotated[ActorCode, acting("deliveries.recipient", "unreported.recipient", "provisions.target")]
    product: Annotated[str, Names("product", ("deliveries.product", "unreported.product"), unmatched="lacking")]
    provision: Annotated[str, Names("provision", ("provisions.id",), unmatched="lacking")]
    period: WholeYears


class CapArguments(YearsArguments):
    """And combine: the lowest, the highest or the mean of the years."""

    combine: Combine = "lowest"


class CapOptions(Form):
    """load: share of capacity that unreported tankers carried; of several, each year and source takes
    one in each draw; barrels_per_tonne: range;
    whole_year: whether an estimate for part of a year is scaled to all of it by its days;
    found: whether tanker calls found in positions count, in years of which positions span more
    than any published estimate; calls_made: share of the feasible calls that were made, a range;
    already_notified: share of what observed calls brought that suppliers notified, a range. By
    default they say what is certain: no feasible call was made, and all else was notified if it can be.
    """

    load: Loads
    barrels_per_tonne: Density = (7.5, 8.33)
    whole_year: bool = False
    found: bool = False
    calls_made: ShareRange = (0.0, 0.0)
    already_notified: ShareRange = (1.0, 1.0)


LOAD = Lever(
    name="load", unit=SHARE, low=0.05, high=1.0, baseline=None, tolerance=1e-4, label="load of the unreported tankers"
)
DENSITY = Lever(
    name="barrels_per_tonne",
    unit=BARRELS_PER_TONNE,
    low=6.0,
    high=10.0,
    baseline=None,
    tolerance=1e-3,
    label="number of barrels in a tonne of the product",
)
CALLS_MADE = Lever(
    name="calls_made",
    unit=SHARE,
    low=0.0,
    high=1.0,
    baseline=None,
    tolerance=1e-4,
    label="share of the feasible calls that silent tankers made",
)
ALREADY_NOTIFIED = Lever(
    name="already_notified",
    unit=SHARE,
    low=0.0,
    high=1.0,
    baseline=None,
    tolerance=1e-4,
    label="notified share of what observed calls brought",
)


@dataclass(frozen=True)
class YearsAgainstCap:
    """Each year of a period against the cap.

    Args:
        each: those that could be measured.
        assumed: where the levers stand as the options have them.
        gaps: what the others lack.
        used: rows behind all of them, the cap's first.
        notes: what must be said of single years.
    """

    each: tuple[CapYear, ...]
    assumed: Assumed
    gaps: tuple[str, ...]
    used: tuple[Used, ...]
    notes: tuple[str, ...]

    @property
    def partial(self) -> bool:
        """Whether a year's figures are known to leave something out."""
        return any(y.lower_bound for y in self.each)

    @property
    def dark(self) -> bool:
        """Whether calls of silent tankers could add to any year."""
        return any(y.found and y.found.dark_t.any() for y in self.each)

    @property
    def baselines(self) -> dict[str, float]:
        """Where the levers stand that move anything."""
        found = [y.found for y in self.each if y.found]
        seen = any(f.observed_t.any() for f in found)
        at = self.assumed
        loads = [float(np.median(y.load)) for y in self.each if y.found or y.full_load is not None]
        stand = {
            "load": (self.dark or seen or any(y.full_load is not None for y in self.each), loads),
            "barrels_per_tonne": (
                self.dark or seen or any(y.notified.tonnes.any() for y in self.each),
                at.barrels_per_tonne,
            ),
            "calls_made": (self.dark, at.calls_made),
            "already_notified": (seen, at.already_notified),
        }
        return {lever: float(np.median(value)) for lever, (moves, value) in stand.items() if moves}

    def at(self, lever: str, value: float) -> Assumed:
        """Where the levers stand with one of them moved; none where it has no name."""
        return replace(self.assumed, **{lever: value}) if lever else self.assumed


def years_against(
    record: Record, arguments: YearsArguments, options: CapOptions, setting: Setting
) -> YearsAgainstCap | Lacking:
    """Each year of a period against the cap of a provision; claims that ask the same share the answer."""
    years = (arguments.recipient, arguments.product, arguments.provision, arguments.period)
    asked = ("years against a cap", *years, options, *setting.named)
    return record.answers.once(asked, lambda: _years_against(record, arguments, options, setting))


def _years_against(
    record: Record, arguments: YearsArguments, options: CapOptions, setting: Setting
) -> YearsAgainstCap | Lacking:
    cap = cap_of(record, arguments.provision)
    if cap is None or unit_as_written(cap.cap_unit) != BARRELS:
        (provision,) = record.redaction.named("provisions", [arguments.provision])
        return Lacking(f"a cap in barrels under the provision '{provision}'")
    found, unfound = _found_years(record, arguments, setting) if options.found else ({}, "")
    if unfound:
        return Lacking(unfound)
    asked = record, arguments.recipient, arguments.product, arguments.period
    evidence = CapEvidence(cap, deliveries(*asked), estimates(*asked), found, options.whole_year, options.load)
    each = [measured_year(year, evidence, record, setting) for year in years_of(arguments.period)]
    used = (_used(cap, record), *(u for one in each for u in one.used))
    gaps = tuple(one.lacking for one in each if one.lacking)
    years = tuple(one.year for one in each if one.year)
    notes = (*_beside_the_period(record, options, found), *(note for one in each for note in one.notes))
    return YearsAgainstCap(years, _assumed(options, setting), gaps, used, notes) if years else Lacking(gaps, used)


def run_caps(record: Record, arguments: CapArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Barrels beyond the cap in each year, combined over the years."""
    years = years_against(record, arguments, choice.options, setting)
    if isinstance(years, Lacking):
        return years

    def respond(lever: str, value: float) -> Draws:
        return combined([y.excess(years.at(lever, value)) for y in years.each], arguments.combine)

    if_made = (_if_all_made(respond("calls_made", 1.0)),) if years.dark else ()
    return Found(
        draws=respond("", 0.0),
        used=years.used,
        missing=years.gaps,
        bounds=bounds_of(arguments.combine, bool(years.gaps), years.partial),
        notes=(*years.notes, *if_made),
        series=excesses(years, choice.label),
        baselines=years.baselines,
        respond=respond,
    )


def excesses(years: YearsAgainstCap, label: str) -> tuple[Point, ...]:
    """The excess of each year."""
    return tuple(point_of(str(y.year), label, y.excess(years.assumed)) for y in years.each)


def _assumed(options: CapOptions, setting: Setting) -> Assumed:
    """Where the levers stand as these options have them."""
    return Assumed(
        None,
        range_draws(*options.barrels_per_tonne, setting, "barrels-per-tonne"),
        range_draws(*options.calls_made, setting, "calls-made", most=1.0),
        range_draws(*options.already_notified, setting, "already-notified", most=1.0),
    )


def _beside_the_period(record: Record, options: CapOptions, found: Mapping[int, FoundCalls]) -> list[str]:
    """That positions say nothing of the period, where they were asked for."""
    at_sea = found_at_sea(record.findings)
    if not options.found or found or at_sea is None:
        return []
    return [f"the positions span {at_sea.days}, outside of the period; published estimates alone count"]


def _if_all_made(drawn: Draws) -> str:
    """The upper end: what the excess would be had every feasible call been made."""
    low, middle, high = (float(q) for q in np.quantile(drawn, [0.05, 0.5, 0.95]))
    return (
        f"had every feasible call been made: {middle:,.0f} barrels ({low:,.0f} to {high:,.0f}), counting "
        "ships heard alone"
    )


def _found_years(record: Record, arguments: YearsArguments, setting: Setting) -> tuple[dict[int, FoundCalls], str]:
    """Calls found in each year that positions span, or what keeps them from being found."""
    if missing := lacking_for_calls(record, arguments.recipient, arguments.product):
        return {}, missing
    each = {
        y: found_calls(record, arguments.recipient, arguments.product, y, setting) for y in years_of(arguments.period)
    }
    return {year: calls for year, calls in each.items() if calls}, ""


def _used(cap: Provision, record: Record) -> Used:
    return Used(
        table="provisions",
        id=cap.id,
        source=cap.source,
        publisher=record.sources[cap.source].maker,
        amount=amount(cap.cap_value, BARRELS_A_YEAR),
        start=cap.start,
        actors=(cap.target,),
        commodity=cap.product,
        kind=cap.measure,
    )


MEASURES = (
    Measure(
        name="caps.excess",
        question="How far did deliveries go beyond a cap?",
        estimates="deliveries beyond the cap",
        unit=BARRELS,
        support=(float("-inf"), float("inf")),
        arguments=CapArguments,
        options=CapOptions,
        tables=("provisions", "deliveries", "unreported", "ports", "vessels"),
        levers=(LOAD, DENSITY, CALLS_MADE, ALREADY_NOTIFIED),
        method="notified + unreported deliveries less the cap, by year; unreported volume scales with the tankers' "
        "load",
        source="UN Panel of Experts on 1718, reports of 2018–2024, which state 33, 50 and 90 per cent loads",
        limits="An estimate for part of a year is a lower bound unless a specification scales it. Estimates leave out "
        "calls that nobody saw. A call found in positions does not show what was discharged.",
        run=run_caps,
    ),
)
