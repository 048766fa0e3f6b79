"""How many times as many weapons an actor tested in some years as in others: a ratio of two rates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Self

import numpy as np
from pydantic import Field, model_validator

from tumen.counting import counted
from tumen.engine.queries import query
from tumen.events.over_dispersion import Scatter, dispersion_draws, episode_rates, scattered
from tumen.events.units import TESTS
from tumen.measure.arguments import ActorCode, Form, Years, years_of
from tumen.measure.arrays import Floats
from tumen.measure.content import in_order
from tumen.measure.contested import contested
from tumen.measure.draws import stream
from tumen.measure.estimate import Bound, Choice, Draws, Found, Lacking, Lever, Measure, Used
from tumen.measure.missed import lever_of_missed
from tumen.measure.named_columns import Names, acting
from tumen.measure.series import Point
from tumen.measure.setting import Setting
from tumen.measure.units import RATIO, printed
from tumen.record.read import Record

#: What a figure is flagged with that another print of it is better than.
_LOOSE = ("conflict", "lower_bound", "upper_bound", "estimate")

#: Most tests that a lever adds to the years before, or to those after.
_MOST_MISSED = 60


class WeaponTestArguments(Form):
    """actor: that tests; before, after: whole years that are compared."""

    actor: Annotated[ActorCode, acting("weapon_tests.actor")]
    before: Years
    after: Years

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.before[1] > self.after[0]:
            raise ValueError("years before that end where those after begin, or earlier")
        return self


class WeaponTestOptions(Form):
    """publisher: whose counts; kind: what it counts."""

    publisher: Annotated[str, Field(min_length=1), Names("publisher", ("weapon_tests.publisher",), unmatched="lacking")]
    kind: Annotated[str, Field(min_length=1), Names("kind", ("weapon_tests.kind",), unmatched="lacking")]


def _missed(name: str, when: str) -> Lever:
    return lever_of_missed(name, _MOST_MISSED, f"tests of the years {when} missing from the count", 1e-3)


MISSED_BEFORE = _missed("missed_before", "before")
MISSED_AFTER = _missed("missed_after", "after")


@dataclass(frozen=True)
class YearOfTests:
    """One row of weapon_tests.sql: how many tests of a kind a publisher counts in a year."""

    id: str
    start: dt.date
    end: dt.date
    kind: str
    tests: int
    publisher: str
    quality: str
    source: str


def run_testing(record: Record, arguments: WeaponTestArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Tests a year after over tests a year before, by one publisher's counts of one kind."""
    options: WeaponTestOptions = choice.options
    years = [years_of(period) for period in (arguments.before, arguments.after)]
    rows = record.answers.rows(
        query("tumen.events", "weapon_tests"),
        YearOfTests,
        actor=arguments.actor,
        publisher=options.publisher,
        kind=options.kind,
        first=str(arguments.before[0]),
        last=str(arguments.after[1]),
    )
    counts = firmest(in_order(rows, record))
    asked = [year for period in years for year in period]
    unclear = contested(record, "weapon_tests")
    lacking = tuple(f"{year}: {options.publisher}'s count ({options.kind})" for year in asked if year not in counts)
    several = [year for year in asked if year in counts and counts[year].id in unclear]
    lacking += tuple(f"{year}: one count alone by {options.publisher} ({options.kind})" for year in several)
    used = tuple(_used(counts[year]) for year in asked if year in counts)
    used += tuple(_used(row) for row in rows if row.start.year in several and row != counts[row.start.year])
    if lacking:
        return Lacking(lacking, used)
    before, after = ([counts[year] for year in period] for period in years)
    return _compared(before, after, arguments, choice, setting, used)


def firmest(rows: Sequence[YearOfTests]) -> dict[int, YearOfTests]:
    """The row of each year that counts, where a publisher is said to have printed several: one that is no bound and in
    no conflict, else the first.

    Args:
        rows: the best first.
    """
    counts: dict[int, YearOfTests] = {}
    for row in sorted(rows, key=lambda one: one.quality in _LOOSE):
        counts.setdefault(row.start.year, row)
    return counts


def _compared(
    before: Sequence[YearOfTests],
    after: Sequence[YearOfTests],
    arguments: WeaponTestArguments,
    choice: Choice,
    setting: Setting,
    used: tuple[Used, ...],
) -> Found:
    """The ratio of the two rates, and how far the counts of years scatter about each."""
    groups = [np.array([float(row.tests) for row in period]) for period in (before, after)]
    scatter = scattered(groups)
    key = ("weapon tests", choice.options.publisher, choice.options.kind)
    index = dispersion_draws(scatter, setting.draws, stream(setting, *key, "index"))
    under, over = (
        episode_rates(int(counts.sum()), index, _MOST_MISSED, stream(setting, *key, when)) / len(counts)
        for counts, when in zip(groups, ("before", "after"), strict=True)
    )

    def respond(lever: str, value: float) -> Draws:
        missed = {lever: int(value)}
        ratio: Draws = over[missed.get(MISSED_AFTER.name, 0)] / under[missed.get(MISSED_BEFORE.name, 0)]
        return ratio

    told = _told(groups, scatter)
    return Found(
        draws=respond("", 0.0),
        used=used,
        bounds=_bounds(before, after),
        notes=told,
        beside=() if any(counts.any() for counts in groups) else told[:1],
        series=tuple(_point(row, choice.label) for row in (*before, *after)),
        figures={"before": float(groups[0].sum()), "after": float(groups[1].sum()), "dispersion": scatter.least},
        baselines={MISSED_BEFORE.name: 0.0, MISSED_AFTER.name: 0.0},
        respond=respond,
        effective=float(sum(counts.sum() for counts in groups)) / scatter.least,
    )


def _told(groups: Sequence[Floats], scatter: Scatter) -> tuple[str, ...]:
    """The counts in words, and how they scatter."""
    before, after = (f"{counts.sum():.0f} in {counted(len(counts), 'year')}" for counts in groups)
    if not any(counts.any() for counts in groups):
        return ("there is no test of this kind in any of these years, so that nothing tells which rate is higher",)
    return (
        f"tests: {before} before, {after} after",
        f"the counts of years scatter {scatter.least:.1f} times as much as chance has it, at least 1",
    )


def _bounds(before: Sequence[YearOfTests], after: Sequence[YearOfTests]) -> frozenset[Bound]:
    """From which sides the counts pin the ratio, where some are printed as at least or at most so many."""
    sides: tuple[tuple[Bound, str, str], ...] = (
        ("lower", "lower_bound", "upper_bound"),
        ("upper", "upper_bound", "lower_bound"),
    )
    return frozenset(
        bound
        for bound, later, earlier in sides
        if any(row.quality == later for row in after) or any(row.quality == earlier for row in before)
    )


def _point(row: YearOfTests, label: str) -> Point:
    return Point(str(row.start.year), label, float(row.tests), float(row.tests), float(row.tests))


def _used(row: YearOfTests) -> Used:
    return Used(
        table="weapon_tests",
        id=row.id,
        source=row.source,
        publisher=row.publisher,
        amount=printed(float(row.tests), float(row.tests), TESTS, row.quality),
        start=row.start,
        end=row.end,
        kind=row.kind,
    )


MEASURES = (
    Measure(
        name="testing.ratio",
        question="How many times as many weapons did an actor test in some years as in others?",
        estimates="ratio of the yearly tests in the one period to those in the other",
        unit=RATIO,
        support=(0.0, float("inf")),
        arguments=WeaponTestArguments,
        options=WeaponTestOptions,
        tables=("weapon_tests",),
        levers=(MISSED_BEFORE, MISSED_AFTER),
        method="ratio of two yearly rates by one publisher's counts of one kind, each with Jeffreys' Gamma posterior, "
        "widened as far as the counts of years scatter more than chance has it (quasi-Poisson)",
        source="Gelman et al., Bayesian Data Analysis (3rd ed.), sections 2.6 and 3.2; Wedderburn (1974), "
        "doi:10.1093/biomet/61.3.439; McCullagh and Nelder, Generalized Linear Models (2nd ed.), section 6.2.3",
        limits="A publisher counts missiles, rounds or days, and leaves out what it does not see; a count that "
        "lacks one year gives no verdict. Tests are not arms: what was not tested is not seen.",
        run=run_testing,
        series_unit=TESTS,
    ),
)
