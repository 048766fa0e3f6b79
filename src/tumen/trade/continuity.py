"""Whether a flow went on after an event: its mean after over its mean before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, Self

import numpy as np
from pydantic import model_validator

from tumen.measure.arguments import Factor, Form, Period, months_of, next_month, years_of
from tumen.measure.contested import contested
from tumen.measure.draws import point_of, range_draws, stream
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure, Peers
from tumen.measure.months import step_error
from tumen.measure.series import Point
from tumen.measure.setting import Setting
from tumen.measure.units import FACTOR, RATIO, USD
from tumen.record.read import Record
from tumen.record.wall import day_after
from tumen.trade.comparable_spans import ratio_in_other_spans
from tumen.trade.figure_errors import Flow
from tumen.trade.printed_flow import FlowStep, Printed, chosen, printed_flow, step_of
from tumen.trade.trade_names import FigurePublisher, Goods, Partner, Territory
from tumen.trade.trade_parts import COVERAGE_OF_RANGES


class ContinuityArguments(Form):
    """territory, partner, flow: whose flow with whom; commodity: TOTAL, a code or a basket's id;
    before, after: periods; by: the step at which figures are printed.
    """

    territory: Territory
    partner: Partner
    flow: Flow = "total"
    commodity: Goods = "TOTAL"
    before: Period
    after: Period
    by: Literal["year", "month"]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.before[1] > self.after[0]:
            raise ValueError("the period before to end no later than the period after begins")
        for period in (self.before, self.after):
            if self.by == "year" and any((day.month, day.day) != (1, 1) for day in period):
                raise ValueError("whole calendar years where figures are printed by year")
            if self.by == "month" and not months_of(period):
                raise ValueError("periods that hold a whole calendar month where figures are printed by month")
        return self


class ContinuityOptions(Form):
    """publisher: whose figures; cif_fob: range of the factor by which the imports are divided."""

    publisher: FigurePublisher
    cif_fob: Factor | None = None


#: Months that tell how a flow scatters: so many on both sides, or so many on one; fewer leave one degree of freedom.
ENOUGH_MONTHS = (2, 12)

CIF_FOB = Lever(
    name="cif_fob",
    unit=FACTOR,
    low=1.0,
    high=1.5,
    baseline=None,
    tolerance=1e-4,
    label="ratio of CIF to FOB by which the imports are divided",
)


def _apart(arguments: ContinuityArguments, options: ContinuityOptions) -> bool:
    """Whether imports must be printed apart: a total cannot be brought from CIF to FOB."""
    return options.cif_fob is not None and arguments.flow == "total"


def _steps(
    rows: Sequence[Printed],
    arguments: ContinuityArguments,
    options: ContinuityOptions,
    period: tuple[dt.date, dt.date],
    as_of: dt.date,
    record: Record,
) -> tuple[dict[dt.date, list[Printed]], list[str], list[str]]:
    """Rows of each step of a period, the steps that lack a figure, and what was seen of them."""
    if arguments.by == "year":
        steps = [(dt.date(y, 1, 1), dt.date(y + 1, 1, 1), str(y)) for y in years_of(period)]
    else:
        steps = [(m, next_month(m), f"{m:%Y-%m}") for m in months_of(period)]
    found: dict[dt.date, list[Printed]] = {}
    missing: list[str] = []
    notes: list[str] = []
    for start, end, name in steps:
        here = [r for r in rows if r.publisher == options.publisher and (r.start, r.end) == (start, end)]
        usable = [r for r in here if r.usable and r.of(arguments.flow) is not None]
        if _apart(arguments, options):
            usable = [r for r in usable if r.both]
        if usable:
            found[start] = chosen(usable, arguments.commodity, arguments.flow, contested(record, "trade"))
            continue
        missing.append(name + (" (after the case's date)" if end > day_after(as_of) else ""))
        for row in here:
            if bound := row.bound(arguments.flow):
                shown = record.redaction.rows("trade", {row.id}).get(row.id, row.id)
                notes.append(f"{name}: only a bound is published, {bound.said} (row {shown})")
    return found, missing, notes


def _codes_lacking(found: dict[dt.date, list[Printed]], codes: set[str], arguments: ContinuityArguments) -> list[str]:
    """Steps in which codes have no figure that have one in another step: a missing figure is not zero."""
    lacking = []
    for start, taken in found.items():
        absent = codes - {row.commodity for row in taken}
        if absent and not any(row.commodity == arguments.commodity for row in taken):
            name = str(start.year) if arguments.by == "year" else f"{start:%Y-%m}"
            names = sorted(absent - {arguments.commodity})
            lacking += [f"{name} of {', '.join(names)}"] if names else []
    return lacking


def run_continuity(record: Record, arguments: ContinuityArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Mean flow after over mean flow before.

    By year, the draws are those of the printed figures. By month, they also hold the flow's own ups and downs: the
    months' long-run error, with Student's t.
    """
    options: ContinuityOptions = choice.options
    period = arguments.before[0].replace(day=1), arguments.after[1]
    rows = printed_flow(record, arguments.territory, arguments.partner, arguments.commodity, period)
    before, lacking, seen = _steps(rows, arguments, options, arguments.before, setting.as_of, record)
    after, lacking_after, seen_after = _steps(rows, arguments, options, arguments.after, setting.as_of, record)
    taken = [row for step in (*before.values(), *after.values()) for row in step]
    codes = {row.commodity for row in taken}
    lacking += _codes_lacking(before, codes, arguments)
    lacking_after += _codes_lacking(after, codes, arguments)
    used = tuple(one.used(arguments.flow) for row in taken for one in row.alternatives)
    what = "" if arguments.commodity == "TOTAL" else f" of {arguments.commodity}"
    what += " with imports apart" if _apart(arguments, options) else ""
    missing = tuple(
        f"{options.publisher}'s figures{what} {side}: " + ", ".join(names)
        for side, names in (("before", lacking), ("after", lacking_after))
        if names
    )
    notes = (*seen, *seen_after)
    if missing:
        return Lacking(missing, used, notes)

    def flows(side: dict[dt.date, list[Printed]]) -> list[FlowStep]:
        return [step_of(step, arguments.flow, when, record, setting) for when, step in side.items()]

    sides = flows(before), flows(after)

    def factors(under: Setting) -> Draws | float:
        return range_draws(*options.cif_fob, under, "cif-fob") if options.cif_fob else 1.0

    drawn = factors(setting)
    by_month = arguments.by == "month"

    def respond(lever: str, value: float) -> Draws:
        factor = value if lever == "cif_fob" else drawn
        if lever == COVERAGE_OF_RANGES.name:
            factor = factors(replace(setting, range_coverage=value))
        ratio = _ratio(*sides, factor)
        return ratio * _scatter(*sides, factor, setting) if by_month else ratio

    if not np.isfinite(_ratio(*sides, drawn)).all():
        return Lacking(f"a flow{what} before that is surely above zero, to compare with", used, notes)
    if by_month and all(n < least for n, least in zip(sorted(map(len, sides)), ENOUGH_MONTHS, strict=True)):
        return Lacking("months to tell how the flow scatters: two on both sides, or twelve on one", used, notes)
    ratio = respond("", 0.0)
    has_imports = arguments.flow != "exports" and all(
        one.both or arguments.flow == "imports" for r in taken for one in r.alternatives
    )
    return Found(
        draws=ratio,
        used=used,
        notes=notes,
        series=_series((*sides[0], *sides[1]), drawn, arguments.by, choice.label),
        baselines=({"cif_fob": float(np.median(drawn))} if has_imports else {})
        | ({COVERAGE_OF_RANGES.name: setting.range_coverage} if options.cif_fob else {}),
        respond=respond,
        peers=_peers(record, arguments, options, float(np.median(drawn))),
    )


def _peers(record: Record, arguments: ContinuityArguments, options: ContinuityOptions, factor: float) -> Peers | None:
    """The same ratio at other times, as printed."""
    ever = (dt.date.min, dt.date.max)
    rows = printed_flow(record, arguments.territory, arguments.partner, arguments.commodity, ever)
    if _apart(arguments, options):
        rows = [row for row in rows if row.both]
    spans = (arguments.before, arguments.after, arguments.by)
    return ratio_in_other_spans(rows, options.publisher, arguments.flow, arguments.commodity, *spans, factor)


def _ratio(before: Sequence[FlowStep], after: Sequence[FlowStep], factor: Draws | float) -> Draws:
    """Mean after over mean before."""
    means = [np.array([step.value(factor) for step in side]).mean(axis=0) for side in (before, after)]
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio: Draws = np.where(means[0] > 0, means[1] / means[0], np.inf)
    return ratio


def _scatter(before: Sequence[FlowStep], after: Sequence[FlowStep], factor: Draws | float, setting: Setting) -> Draws:
    """Factors by which months that go up and down by themselves may have moved the ratio."""
    months = [np.array([np.median(step.value(factor)) for step in side]) for side in (before, after)]
    error, free = step_error(months[0], months[1])
    scatter: Draws = np.exp(error * stream(setting, "months").standard_t(free, setting.draws))
    return scatter


def _series(steps: Sequence[FlowStep], factor: Draws | float, by: str, label: str) -> tuple[Point, ...]:
    points = []
    for step in steps:
        when = str(step.when.year) if by == "year" else f"{step.when:%Y-%m}"
        points.append(point_of(when, label, step.value(factor)))
    return tuple(points)


MEASURES = (
    Measure(
        name="continuity.ratio",
        question="Did a flow go on after an event?",
        estimates="ratio of the flow after to the flow before",
        unit=RATIO,
        support=(0.0, float("inf")),
        arguments=ContinuityArguments,
        options=ContinuityOptions,
        tables=("trade", "baskets"),
        levers=(CIF_FOB, COVERAGE_OF_RANGES),
        method="mean flow after / mean flow before; by month, with the long-run error of the months on both sides and "
        "Student's t",
        source="Lazarus, Lewis, Stock & Watson (2018), doi:10.1080/07350015.2018.1506926, for months",
        limits="A ratio says that a flow went on, not why; the months before and after may differ for other reasons. "
        "A month or a code without a figure is missing, never zero; codes that no row names are left out. Months are "
        "taken to scatter alike on both sides, as a share of their mean.",
        run=run_continuity,
        series_unit=USD,
    ),
)
