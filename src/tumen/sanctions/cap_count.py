"""In how many years deliveries went beyond a cap, each year on its own evidence."""

from __future__ import annotations

import numpy as np

from tumen.measure.arguments import years_of
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Measure
from tumen.measure.setting import Setting
from tumen.record.read import Record
from tumen.sanctions.caps import (
    ALREADY_NOTIFIED,
    CALLS_MADE,
    DENSITY,
    LOAD,
    CapOptions,
    YearsAgainstCap,
    YearsArguments,
    excesses,
    years_against,
)
from tumen.sanctions.units import BARRELS, YEARS


def run_years(record: Record, arguments: YearsArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """YearsAgainstCap of the period whose deliveries were beyond the cap: at least so many.

    A year that cannot be measured, or of which a part was not seen, may be one more and takes none away.
    """
    years = years_against(record, arguments, choice.options, setting)
    if isinstance(years, Lacking):
        return years

    def respond(lever: str, value: float) -> Draws:
        at = years.at(lever, value)
        drawn: Draws = np.sum([y.excess(at) > 0 for y in years.each], axis=0).astype(float)
        return drawn

    chances = {str(y.year): float((y.excess(years.assumed) > 0).mean()) for y in years.each}
    return Found(
        draws=respond("", 0.0),
        used=years.used,
        missing=years.gaps,
        bounds=frozenset({"lower"} if years.gaps or years.partial else ()),
        notes=(_by_year(arguments, years, chances), *years.notes),
        beside=(_by_year(arguments, years, chances),),
        series=excesses(years, choice.label),
        figures={f"chance that {year} was beyond the cap": chance for year, chance in chances.items()},
        baselines=years.baselines,
        respond=respond,
    )


def _by_year(arguments: YearsArguments, years: YearsAgainstCap, chances: dict[str, float]) -> str:
    """How probable it is of each year that its deliveries were beyond the cap."""
    partial = {str(y.year) for y in years.each if y.lower_bound}
    each = [
        f"{year} {_said(chances[year], year in partial)}" if year in chances else f"{year} not known"
        for year in map(str, years_of(arguments.period))
    ]
    return f"chance that a year was beyond the cap: {', '.join(each)}"


def _said(chance: float, partial: bool) -> str:
    """A probability; of a year of which a part was not seen, the least that it can be.

    Example:
        >>> _said(0.999, True), _said(0.42, False), _said(0.0, False)
        ('> 0.99', '0.42', '< 0.01')
    """
    if chance > 0.99:
        return "> 0.99"
    if partial:
        return f"at least {chance:.2f}"
    return "< 0.01" if chance < 0.01 else f"{chance:.2f}"


MEASURES = (
    Measure(
        name="caps.years",
        question="In how many years did deliveries go beyond a cap?",
        estimates="number of years beyond the cap",
        unit=YEARS,
        support=(0.0, float("inf")),
        arguments=YearsArguments,
        options=CapOptions,
        tables=("provisions", "deliveries", "unreported", "ports", "vessels"),
        levers=(LOAD, DENSITY, CALLS_MADE, ALREADY_NOTIFIED),
        method="each year's notified and unreported deliveries less the cap, as in caps.excess; the number of years "
        "in which that is above zero",
        source="UN Panel of Experts on 1718, reports of 2018–2024, which state 33, 50 and 90 per cent loads",
        limits="A year that nobody estimated counts as none, so the number is a lower bound. It says nothing of how "
        "far a year was beyond the cap; the series does.",
        run=run_years,
        series_unit=BARRELS,
    ),
)
