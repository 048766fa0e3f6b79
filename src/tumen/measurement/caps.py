"""Whether deliveries went beyond a cap: what was notified and what was not, against the provision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import AfterValidator, Field

from tumen.measurement.arguments import Actor, Form, Years, years_of
from tumen.measurement.draws import Combine, bounds_of, combined, figure_draws, point_of, range_draws
from tumen.measurement.estimate import Choice, Draws, Lever, Measure, Point, SpecificationRun, Used
from tumen.measurement.notified import Amount, notified_amount
from tumen.measurement.setting import Setting
from tumen.queries import Row, query
from tumen.record.read import Record


def _rising(pair: tuple[float, float]) -> tuple[float, float]:
    if pair[0] > pair[1]:
        raise ValueError("the low end before the high one")
    return pair


_Positive = Annotated[float, Field(ge=1, le=100)]

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
    """load: share of capacity that unreported tankers carried; barrels_per_tonne: range;
    whole_year: whether an estimate for part of a year is scaled to all of it by its days.
    """

    load: Annotated[float, Field(gt=0, le=1)]
    barrels_per_tonne: Density = (7.5, 8.33)
    whole_year: bool = False


LOAD = Lever("load", "share", 0.05, 1.0, None, 1e-4, "load of the unreported tankers")
BARRELS_PER_TONNE = Lever(
    "barrels_per_tonne", "barrels per tonne", 6.0, 10.0, None, 1e-3, "barrels in a tonne of the product"
)


@dataclass(frozen=True)
class _Year:
    """One year: what was notified, what was not at a full load, and the cap, in barrels."""

    year: int
    notified: Amount
    full_load: Draws | None
    direct: Draws
    cap: float
    lower_bound: bool

    def excess(self, load: float, barrels_per_tonne: Draws | float) -> Draws:
        """Barrels beyond the cap."""
        unreported = self.direct if self.full_load is None else self.full_load * load
        drawn: Draws = self.notified.tonnes * barrels_per_tonne + self.notified.barrels + unreported - self.cap
        return drawn


def _best_estimate(rows: Sequence[Row], year: int) -> Row | None:
    """The estimate that covers most of a year; a printed one before one derived from it."""
    start, end = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    mine = [r for r in rows if r["start"] >= start and r["end"] <= end]
    firmness = {"lower_bound": 2, "derived": 1}
    return max(
        mine, key=lambda r: ((r["end"] - r["start"]).days, -firmness.get(r["quality"], 0), r["load_high"] or 0.0, r["id"]),
        default=None,
    )  # fmt: skip


def _unreported(row: Row, record: Record, setting: Setting) -> tuple[Draws | None, Draws]:
    """Draws at a full load where the load is a premise of the estimate, else of the estimate itself."""
    error = setting.grading.of(record.sources[str(row["source"])])
    drawn = figure_draws(float(row["barrels"]), float(row["last_digit"]), error, setting, "unreported", str(row["id"]))
    if row["load_high"] is None:
        return None, drawn
    assumed = range_draws(float(row["load_low"]), float(row["load_high"]), setting, "load", str(row["id"]))
    return drawn / assumed, np.zeros(setting.draws)


def run_caps(record: Record, arguments: Arguments, choice: Choice, setting: Setting) -> SpecificationRun:
    """Barrels beyond the cap in each year, combined over the years.

    A year for which nobody estimated what was not notified is missing, unless the notified part
    alone is beyond the cap.
    """
    options: Options = choice.options
    first, last = (str(day) for day in arguments.period)
    room = "tumen.measurement"
    caps = record.answers(query(room, "caps_provision"), provision=arguments.provision)
    if not caps or caps[0]["cap_unit"] != "bbl":
        missing = (f"a cap in barrels under the provision '{arguments.provision}'",)
        return SpecificationRun(choice.id, choice.label, choice.weight, np.empty(0), (), missing)
    asked = {"recipient": arguments.recipient, "product": arguments.product, "first": first, "last": last}
    notified = record.answers(query(room, "caps_notified"), **asked)
    estimates = record.answers(query(room, "caps_unreported"), **asked)
    years: list[_Year] = []
    used: list[Used] = [_cap_used(record, caps[0])]
    lacking: list[str] = []
    notes: list[str] = []
    for year in years_of(arguments.period):
        done, rows, words, gap = _measure_year(year, caps[0], notified, estimates, record, setting, options.whole_year)
        used += rows
        notes += words
        lacking += gap
        years += [done] if done else []
    if not years:
        return SpecificationRun(choice.id, choice.label, choice.weight, np.empty(0), tuple(used), tuple(lacking))
    density = range_draws(*options.barrels_per_tonne, setting, "barrels-per-tonne")

    def respond(lever: str, value: float) -> Draws:
        load = value if lever == "load" else options.load
        per_tonne = value if lever == "barrels_per_tonne" else density
        each = [y.excess(load, per_tonne) for y in years]
        return combined(each, arguments.combine)

    baselines = {"load": options.load} if any(y.full_load is not None for y in years) else {}
    if any(y.notified.tonnes.any() for y in years):
        baselines["barrels_per_tonne"] = float(np.median(density))
    return SpecificationRun(
        choice.id, choice.label, choice.weight, respond("", 0.0), tuple(used), tuple(lacking),
        bounds_of(arguments.combine, bool(lacking), any(y.lower_bound for y in years)), tuple(notes),
        _series(years, options.load, density, choice.label), baselines, respond,
    )  # fmt: skip


def _measure_year(
    year: int, cap: Row, notified: Sequence[Row], estimates: Sequence[Row], record: Record, setting: Setting,
    whole_year: bool,
) -> tuple[_Year | None, list[Used], list[str], list[str]]:  # fmt: skip
    """One year's parts, the rows used, notes, and what is missing."""
    start, end = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    if cap["start"] > start or (cap["end"] is not None and cap["end"] < end):
        return None, [], [], [f"{year}: the cap was not in force the whole year"]
    amount = notified_amount(notified, year, record, setting)
    row = _best_estimate(estimates, year)
    if amount is None and row is None:
        return None, [], [], [f"{year}: deliveries, notified or estimated"]
    zero = np.zeros(setting.draws)
    part = amount or Amount(zero, zero, (), notes=("no notified figure; the sum leaves it out",))
    notes = [f"{year}: {note}" for note in part.notes]
    cap_barrels = float(cap["cap_value"])
    if row is None:
        alone = _Year(year, part, None, zero, cap_barrels, True)
        if np.median(alone.excess(1.0, 7.5)) <= 0:
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
    used = [*part.used, Used("unreported", str(row["id"]), str(row["source"]), str(row["publisher"]),
                             f"{float(row['barrels']):,.0f} barrels", 1, row["end"])]  # fmt: skip
    scaled = None if full is None else full * scale
    return _Year(year, part, scaled, direct * scale, cap_barrels, bound), used, notes, []


def _cap_used(record: Record, cap: Row) -> Used:
    source = str(cap["source"])
    says = f"{float(cap['cap_value']):,.0f} {cap['cap_unit']} a year"
    return Used("provisions", str(cap["id"]), source, record.sources[source].maker, says)


def _series(years: Sequence[_Year], load: float, density: Draws, label: str) -> tuple[Point, ...]:
    points = []
    for year in years:
        points.append(point_of(str(year.year), label, year.excess(load, density)))
    return tuple(points)


MEASURES = (
    Measure(
        "caps.excess", "How far did deliveries go beyond a cap?", "barrels", (float("-inf"), float("inf")), Arguments,
        Options, ("provisions", "deliveries", "unreported"), (LOAD, BARRELS_PER_TONNE),
        "notified + unreported deliveries less the cap, by year; unreported volume scales with the tankers' load",
        "UN Panel of Experts on 1718, reports of 2018–2024, which state 33, 50 and 90 per cent loads",
        "An estimate for part of a year is a lower bound unless a specification scales it. Calls that nobody saw are in no "
        "estimate.", run_caps,
    ),
)  # fmt: skip
