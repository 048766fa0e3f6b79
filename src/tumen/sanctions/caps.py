"""Whether deliveries went beyond a cap: what was notified and what was not, against the provision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
from pydantic import AfterValidator, BeforeValidator, Field

from tumen.engine.queries import Row, query
from tumen.measure.arguments import Actor, Form, Shares, Years, years_of
from tumen.measure.content import in_order, said
from tumen.measure.draws import Combine, bounds_of, combined, figure_draws, point_of, range_draws, stream
from tumen.measure.estimate import Choice, Draws, Lever, Measure, SpecificationRun, Used
from tumen.measure.setting import Setting
from tumen.record.read import Record
from tumen.sanctions.notified import Amount, notified_amount
from tumen.sea.found_calls import FoundCalls, found_calls, lacking


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


class Arguments(Form):
    """recipient, product: of the deliveries; provision: id of the cap; period: whole years;
    combine: the lowest, the highest or the mean of the years.
    """

    recipient: Actor
    product: str
    provision: str
    period: Years
    combine: Combine = "lowest"


class Options(Form):
    """load: share of capacity that unreported tankers carried; of several, each draw takes one;
    barrels_per_tonne: range;
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
    calls_made: Shares = (0.0, 0.0)
    already_notified: Shares = (1.0, 1.0)


LOAD = Lever("load", "share", 0.05, 1.0, None, 1e-4, "load of the unreported tankers")
BARRELS_PER_TONNE = Lever(
    "barrels_per_tonne", "barrels per tonne", 6.0, 10.0, None, 1e-3, "number of barrels in a tonne of the product"
)
CALLS_MADE = Lever("calls_made", "share", 0.0, 1.0, None, 1e-4, "share of the feasible calls that silent tankers made")
ALREADY_NOTIFIED = Lever(
    "already_notified", "share", 0.0, 1.0, None, 1e-4, "notified share of what observed calls brought"
)


@dataclass(frozen=True)
class _Assumed:
    """Where the levers stand."""

    load: Draws | float
    barrels_per_tonne: Draws | float
    calls_made: Draws | float
    already_notified: Draws | float


@dataclass(frozen=True)
class _Year:
    """One year: what was notified, what was not (by an estimate, or by calls found), and the cap, in barrels."""

    year: int
    notified: Amount
    full_load: Draws | None
    direct: Draws
    cap: float
    lower_bound: bool
    found: FoundCalls | None = None
    scale: float = 1.0

    def excess(self, at: _Assumed) -> Draws:
        """Barrels beyond the cap."""
        notified = self.notified.tonnes * at.barrels_per_tonne + self.notified.barrels
        unreported = self.direct if self.full_load is None else self.full_load * at.load
        if self.found:
            more = self.found.barrels(
                notified / self.scale, at.load, at.barrels_per_tonne, at.calls_made, at.already_notified
            )
            unreported = unreported + more * self.scale
        drawn: Draws = notified + unreported - self.cap
        return drawn


def _best_estimate(rows: Sequence[Row], year: int) -> Row | None:
    """The estimate that covers most of a year; a printed one before one derived from it; of equals the first."""
    start, end = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    mine = [r for r in rows if r["start"] >= start and r["end"] <= end]
    firmness = {"lower_bound": 2, "derived": 1}
    return max(
        mine,
        key=lambda r: ((r["end"] - r["start"]).days, -firmness.get(r["quality"], 0), r["load_high"] or 0.0),
        default=None,
    )


def _unreported(row: Row, record: Record, setting: Setting) -> tuple[Draws | None, Draws]:
    """Draws at a full load where the load is a premise of the estimate, else of the estimate itself."""
    error = setting.grading.of(record.sources[str(row["source"])])
    key = said(row, ("recipient", "product", "publisher", "start", "end"))
    drawn = figure_draws(float(row["barrels"]), float(row["last_digit"]), error, setting, "unreported", *key)
    if row["load_high"] is None:
        return None, drawn
    assumed = range_draws(float(row["load_low"]), float(row["load_high"]), setting, "load", *key)
    return drawn / assumed, np.zeros(setting.draws)


def run_caps(record: Record, arguments: Arguments, choice: Choice, setting: Setting) -> SpecificationRun:
    """Barrels beyond the cap in each year, combined over the years.

    A year for which nobody estimated what was not notified is missing, unless the notified part
    alone is beyond the cap.
    """
    options: Options = choice.options
    first, last = (str(day) for day in arguments.period)
    room = "tumen.sanctions"
    caps = record.answers(query(room, "caps_provision"), provision=arguments.provision)
    if not caps or caps[0]["cap_unit"] != "bbl":
        (provision,) = record.redaction.named("provisions", [arguments.provision])
        missing = (f"a cap in barrels under the provision '{provision}'",)
        return SpecificationRun(choice.id, choice.label, choice.weight, np.empty(0), (), missing)
    found, unfound = _found_years(record, arguments, setting) if options.found else ({}, "")
    if unfound:
        return SpecificationRun(choice.id, choice.label, choice.weight, np.empty(0), (), (unfound,))
    asked = {"recipient": arguments.recipient, "product": arguments.product, "first": first, "last": last}
    notified = in_order(record.answers(query(room, "caps_notified"), **asked), record)
    estimates = in_order(record.answers(query(room, "caps_unreported"), **asked), record)
    years: list[_Year] = []
    used: list[Used] = [_cap_used(record, caps[0])]
    gaps: list[str] = []
    notes: list[str] = []
    if options.found and not found and record.findings:
        notes.append(
            f"the positions span {record.findings.days}, outside of the period; published estimates alone count"
        )
    for year in years_of(arguments.period):
        done, rows, words, gap = _measure_year(
            year, caps[0], notified, estimates, record, setting, options.whole_year, found.get(year)
        )
        used += rows
        notes += words
        gaps += gap
        years += [done] if done else []
    if not years:
        return SpecificationRun(choice.id, choice.label, choice.weight, np.empty(0), tuple(used), tuple(gaps))
    assumed = _Assumed(
        _load(options, setting),
        range_draws(*options.barrels_per_tonne, setting, "barrels-per-tonne"),
        range_draws(*options.calls_made, setting, "calls-made"),
        range_draws(*options.already_notified, setting, "already-notified"),
    )

    def respond(lever: str, value: float) -> Draws:
        at = replace(assumed, **{lever: value}) if lever else assumed
        return combined([y.excess(at) for y in years], arguments.combine)

    if any(y.found and y.found.dark_t.any() for y in years):
        notes.append(_if_all_made(respond("calls_made", 1.0)))
    return SpecificationRun(
        choice.id,
        choice.label,
        choice.weight,
        respond("", 0.0),
        tuple(used),
        tuple(gaps),
        bounds_of(arguments.combine, bool(gaps), any(y.lower_bound for y in years)),
        tuple(notes),
        tuple(point_of(str(y.year), choice.label, y.excess(assumed)) for y in years),
        _baselines(years, assumed),
        respond,
    )


def _if_all_made(drawn: Draws) -> str:
    """The upper end: what the excess would be had every feasible call been made."""
    low, middle, high = (float(q) for q in np.quantile(drawn, [0.05, 0.5, 0.95]))
    return (
        f"had every feasible call been made: {middle:,.0f} barrels ({low:,.0f} to {high:,.0f}), counting "
        "ships heard alone"
    )


def _load(options: Options, setting: Setting) -> Draws | float:
    """The load of each draw, or the one that all have."""
    if len(options.load) == 1:
        return options.load[0]
    drawn: Draws = stream(setting, "load-of-several").choice(np.array(options.load), setting.draws)
    return drawn


def _found_years(record: Record, arguments: Arguments, setting: Setting) -> tuple[dict[int, FoundCalls], str]:
    """Calls found in each year that positions span, or what keeps them from being found."""
    if missing := lacking(record, arguments.recipient, arguments.product):
        return {}, missing
    each = {
        y: found_calls(record, arguments.recipient, arguments.product, y, setting) for y in years_of(arguments.period)
    }
    return {year: calls for year, calls in each.items() if calls}, ""


def _baselines(years: Sequence[_Year], assumed: _Assumed) -> dict[str, float]:
    """Where the levers stand that move anything."""
    found = [y.found for y in years if y.found]
    dark, seen = any(f.dark_t.any() for f in found), any(f.observed_t.any() for f in found)
    moves = {
        "load": dark or seen or any(y.full_load is not None for y in years),
        "barrels_per_tonne": dark or seen or any(y.notified.tonnes.any() for y in years),
        "calls_made": dark,
        "already_notified": seen,
    }
    return {lever: float(np.median(getattr(assumed, lever))) for lever, does in moves.items() if does}


def _measure_year(
    year: int,
    cap: Row,
    notified: Sequence[Row],
    estimates: Sequence[Row],
    record: Record,
    setting: Setting,
    whole_year: bool,
    found: FoundCalls | None,
) -> tuple[_Year | None, list[Used], list[str], list[str]]:
    """One year's parts, the rows used, notes, and what is missing."""
    start, end = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    if cap["start"] > start or (cap["end"] is not None and cap["end"] < end):
        return None, [], [], [f"{year}: the cap was not in force the whole year"]
    amount = notified_amount(notified, year, record, setting)
    row = _best_estimate(estimates, year)
    if amount is None and row is None and found is None:
        return None, [], [], [f"{year}: deliveries, notified or estimated"]
    zero = np.zeros(setting.draws)
    part = amount or Amount(zero, zero, (), notes=("no notified figure; the sum leaves it out",))
    notes = [f"{year}: {note}" for note in part.notes]
    cap_barrels = float(cap["cap_value"])
    if found and (row is None or found.days >= (row["end"] - row["start"]).days):
        scale = (end - start).days / found.days if whole_year else 1.0
        how = "scaled to the whole year" if whole_year else "not scaled up"
        notes += [f"{year}: {note}" for note in (*found.notes, f"{how}; a ship that never sends is in no positions")]
        done = _Year(year, part, None, zero, cap_barrels, True, found, scale)
        return done, [*part.used, *found.used], notes, []
    if found:
        notes.append(f"{year}: positions span {found.days} days of it, fewer than the published estimate, which counts")
    if row is None:
        alone = _Year(year, part, None, zero, cap_barrels, True)
        if np.median(alone.excess(_Assumed(1.0, 7.5, 0.0, 0.0))) <= 0:
            return None, list(part.used), notes, [f"{year}: an estimate of deliveries that were not notified"]
        return alone, list(part.used), [*notes, f"{year}: the notified part alone; the rest was not estimated"], []
    full, direct = _unreported(row, record, setting)
    days = (row["end"] - row["start"]).days
    scale = (end - start).days / days if whole_year else 1.0
    part_year = days < (end - start).days
    if part_year:
        covered = f"{row['start']} to {row['end'] - dt.timedelta(days=1)}"
        how = "scaled to the whole year" if whole_year else "not scaled up, so the year is a lower bound"
        notes.append(f"{year}: the estimate covers {covered}, {how}")
    bound = row["quality"] == "lower_bound" or bool(part.notes) or (part_year and not whole_year)
    used = [
        *part.used,
        Used(
            "unreported",
            str(row["id"]),
            str(row["source"]),
            str(row["publisher"]),
            f"{float(row['barrels']):,.0f} barrels",
            1,
            row["end"],
        ),
    ]
    scaled = None if full is None else full * scale
    return _Year(year, part, scaled, direct * scale, cap_barrels, bound), used, notes, []


def _cap_used(record: Record, cap: Row) -> Used:
    source = str(cap["source"])
    says = f"{float(cap['cap_value']):,.0f} {cap['cap_unit']} a year"
    return Used("provisions", str(cap["id"]), source, record.sources[source].maker, says)


MEASURES = (
    Measure(
        "caps.excess",
        "How far did deliveries go beyond a cap?",
        "barrels",
        (float("-inf"), float("inf")),
        Arguments,
        Options,
        ("provisions", "deliveries", "unreported", "ports", "vessels"),
        (LOAD, BARRELS_PER_TONNE, CALLS_MADE, ALREADY_NOTIFIED),
        "notified + unreported deliveries less the cap, by year; unreported volume scales with the tankers' load",
        "UN Panel of Experts on 1718, reports of 2018–2024, which state 33, 50 and 90 per cent loads",
        "An estimate for part of a year is a lower bound unless a specification scales it. Estimates leave out "
        "calls that "
        "nobody saw. A call found in positions does not show what was discharged.",
        run_caps,
    ),
)
