"""How many cases of evasion were published since a date: at least so many, each true with a chance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from tumen.counting import counted
from tumen.engine.queries import query
from tumen.measure.arguments import ActorCode, Form
from tumen.measure.estimate import Choice, Draws, Found, Lacking, Lever, Measure, Used
from tumen.measure.named_columns import Names, acting
from tumen.measure.series import Point
from tumen.measure.setting import Setting
from tumen.measure.units import SHARE, Amount
from tumen.record.read import Record
from tumen.sanctions.case_truth import TRUTH, case_draws, existence, origin_keys
from tumen.sanctions.units import CASES, amount_as_written
from tumen.sea.found_encounters import seen_since
from tumen.sea.sea_findings import found_at_sea

_CERTAINTY = {"suspected": 0, "likely": 1, "stated": 2}


#: A kind of evasion case, of which the record may hold none.
EvasionKind = Annotated[str, Names("kind", ("evasion_cases.kind",), unmatched="wrong-if-near")]


class EvasionArguments(Form):
    """of: the actor under sanctions; cargo, kinds: of the cases; since: first day that counts."""

    of: Annotated[ActorCode, acting("evasion_cases.actor")]
    cargo: Annotated[str, Names("cargo", ("evasion_cases.cargo",))]
    kinds: Annotated[tuple[EvasionKind, ...], Field(min_length=1)]
    since: dt.date


class EvasionOptions(Form):
    """kinds: those of the kinds asked that count (none: all of them); cargo_certainty: the least sure
    cargo that counts; found: whether encounters found in positions count beside published cases:
    they must, or may where positions are given.
    """

    kinds: tuple[EvasionKind, ...] = ()
    cargo_certainty: Literal["suspected", "likely", "stated"] = "suspected"
    found: bool | Literal["where-given"] = False


TRUTH_EACH = Lever(
    name="truth_each",
    unit=SHARE,
    low=0.0,
    high=1.0,
    baseline=None,
    tolerance=1e-4,
    label="chance that what a source says of a case is true",
)


@dataclass(frozen=True)
class EvasionCase:
    """One row of evasion_cases.sql: a published case of evasion with a cargo."""

    id: str
    date: dt.date
    kind: str
    cargo_certainty: str
    vessel_1: str | None
    vessel_2: str | None
    area: str | None
    quantity: float | None
    quantity_unit: str | None
    reported_by: str
    source: str

    @property
    def amount(self) -> Amount | None:
        """What was carried, in the unit that the row names; None where it is not said."""
        return amount_as_written(self.quantity, self.quantity_unit)


def run_cases(record: Record, arguments: EvasionArguments, choice: Choice, setting: Setting) -> Found | Lacking:
    """Cases that are true: at least so many there were, for nobody publishes or sees them all."""
    options: EvasionOptions = choice.options
    last = min(setting.as_of, dt.date.max - dt.timedelta(days=1)) + dt.timedelta(days=1)
    kinds = [k for k in arguments.kinds if not options.kinds or k in options.kinds]
    found = record.answers.rows(
        query("tumen.sanctions", "evasion_cases"),
        EvasionCase,
        actor=arguments.of,
        cargo=arguments.cargo,
        first=str(arguments.since),
        last=str(last),
    )
    least = _CERTAINTY[options.cargo_certainty]
    rows = [r for r in found if r.kind in kinds and _CERTAINTY[r.cargo_certainty] >= least]
    looked = options.found is True or (options.found and found_at_sea(record.findings) is not None)
    met = seen_since(record, arguments.of, arguments.cargo, arguments.since, last) if looked else None
    missing = []
    if not (rows or (met and met.rows)):
        named = ", ".join(kinds) or "no kind"
        missing.append(f"a published case ({named}) of {arguments.cargo} since {arguments.since}")
    if met and met.missing:
        missing.append(met.missing)
    if missing:
        return Lacking(tuple(missing))
    sources = [record.sources[r.source] for r in rows]
    keys = origin_keys([r for r in found if r.kind in arguments.kinds], record)
    origins = [keys[s.origin or s.id] for s in sources]
    chances = [TRUTH[s.credibility] for s in sources]

    def respond(lever: str, value: float) -> Draws:
        given = value if lever == "truth_each" else None
        told = case_draws(origins, chances if given is None else [given] * len(rows), setting)
        return told + met.count(setting, given) if met else told

    clusters = len(set(origins)) + bool(met and met.rows)
    any_true = existence(origins, chances)
    published = counted(len(rows), "published case")
    by = counted(len(set(origins)), "independent origin")
    notes = (f"{published}, by {by}; that at least one is true has a chance of {any_true:.3f}" if rows else published,)
    return Found(
        draws=respond("", 0.0),
        used=(*(_used(r, arguments) for r in rows), *(met.used if met else ())),
        bounds=frozenset({"lower"}),
        notes=(*notes, *(met.notes(setting) if met else ())),
        series=_series(rows, choice.label),
        baselines={"truth_each": float(np.mean([*chances, *(met.chances if met else ())]))},
        respond=respond,
        effective=float(clusters),
        figures={"chance that at least one published case is true": any_true},
    )


def _used(row: EvasionCase, arguments: EvasionArguments) -> Used:
    return Used(
        table="evasion_cases",
        id=row.id,
        source=row.source,
        publisher=row.reported_by,
        amount=row.amount,
        start=row.date,
        end=row.date,
        actors=(arguments.of,),
        commodity=arguments.cargo,
        kind=row.kind,
        text=" and ".join(name for name in (row.vessel_1, row.vessel_2) if name),
    )


def _series(rows: Sequence[EvasionCase], label: str) -> tuple[Point, ...]:
    """Cases published so far, by year."""
    if not rows:
        return ()
    counts = [
        (y, float(sum(1 for r in rows if r.date.year <= y))) for y in range(rows[0].date.year, rows[-1].date.year + 1)
    ]
    return tuple(Point(str(year), label, count, count, count) for year, count in counts)


MEASURES = (
    Measure(
        name="evasion.cases",
        question="How many cases of evasion since a date were published?",
        estimates="number of published cases",
        unit=CASES,
        support=(0.0, float("inf")),
        arguments=EvasionArguments,
        options=EvasionOptions,
        tables=("evasion_cases", "ports"),
        levers=(TRUTH_EACH,),
        method="count of published cases, each true with a chance that depends on its source's credibility, and, if "
        "asked for, of encounters found after a call; a lower bound of all cases",
        source="UN Panel of Experts on 1718, reports of 2018–2024, and member states' reports of single transfers",
        limits="Counts what was published: few cases can mean few watchers. The chances of truth are a convention, and "
        "cases from one origin are true or false together.",
        run=run_cases,
    ),
)
