"""How much a field yields: tonnes per hectare, by year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tumen import Choice, Found, Lacking, Measure, Record, Setting, Unit, Used
from tumen.engine.queries import query
from tumen.measure.arguments import Form, Years, years_of
from tumen.measure.draws import Combine, combined, figure_draws, point_of
from tumen.measure.estimate import Draws, Lever
from tumen.measure.units import amount

TONNES_PER_HECTARE = Unit(
    name="tonnes per hectare",
    singular="tonne per hectare",
    plural="tonnes per hectare",
    subject="the yield",
    axis="yield, tonnes per hectare",
    lever="of",
)

UNITS = (TONNES_PER_HECTARE,)

#: The shape of the series: one bar a year.
SHAPE = "a bar a harvest"


class Arguments(Form):
    """field: as the table names it; period: whole years."""

    field: str
    period: Years


class Options(Form):
    """combine: what several years become."""

    combine: Combine = "mean"


@dataclass(frozen=True)
class Harvest:
    """One row of yields.sql."""

    id: str
    year: int
    hectares: float
    tonnes: float
    source: str


def harvests(record: Record, arguments: Arguments) -> Sequence[Harvest]:
    """The harvests of a field in a period."""
    first, last = (day.year for day in arguments.period)
    return record.answers.rows(
        query("tumen_harvests", "yields"), Harvest, field=arguments.field, first=first, last=last
    )


def run_yield(record: Record, arguments: Arguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """The yield of each year, then of all together."""
    rows = harvests(record, arguments)
    used = tuple(_used(row, arguments.field, record) for row in rows)
    absent = [year for year in years_of(arguments.period) if year not in {row.year for row in rows}]
    if absent:
        return Lacking(tuple(f"{year}: a harvest of {arguments.field}" for year in absent), used)
    yearly = [_draws(row, arguments.field, record, setting) for row in rows]
    draws = combined(yearly, choice.options.combine)
    return Found(
        draws=draws,
        used=used,
        series=tuple(point_of(str(r.year), arguments.field, d) for r, d in zip(rows, yearly, strict=True)),
        baselines={"unweighed": 0.0},
        respond=lambda _, more: draws + more,
    )


def _draws(row: Harvest, field: str, record: Record, setting: Setting) -> Draws:
    error = setting.grading.of(record.sources[row.source])
    return figure_draws(row.tonnes, 0.0, error, setting, "harvest", field, str(row.year)) / row.hectares


def _used(row: Harvest, field: str, record: Record) -> Used:
    return Used(
        table="harvests",
        id=row.id,
        source=row.source,
        publisher=record.sources[row.source].publisher,
        amount=amount(row.tonnes / row.hectares, TONNES_PER_HECTARE),
        start=dt.date(row.year, 1, 1),
        end=dt.date(row.year + 1, 1, 1),
        kind="harvest",
        text=field,
    )


MEASURES = (
    Measure(
        name="harvest.yield",
        question="How much does a field yield a year?",
        unit=TONNES_PER_HECTARE,
        support=(0.0, float("inf")),
        arguments=Arguments,
        options=Options,
        tables=("harvests",),
        levers=(
            Lever(
                name="unweighed",
                unit=TONNES_PER_HECTARE,
                low=0.0,
                high=20.0,
                baseline=0.0,
                tolerance=0.01,
                label="harvest that was not weighed",
            ),
        ),
        method="tonnes of each year by hectares, with the error of the source's grade, then the years together",
        source="an example; it follows no paper",
        limits="It knows nothing of weather, of fallow land or of what was stolen before it was weighed.",
        run=run_yield,
        shape=SHAPE,
    ),
)
