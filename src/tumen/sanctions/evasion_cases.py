"""How many cases of evasion were published since a date: at least so many, each true with a chance."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from tumen.counting import counted
from tumen.engine.queries import Row, query
from tumen.measure.arguments import Actor, Form
from tumen.measure.content import said
from tumen.measure.draws import stream
from tumen.measure.estimate import Choice, Draws, Lever, Measure, Point, SpecificationRun, Used
from tumen.measure.setting import Setting
from tumen.record.read import Record
from tumen.sea.found_encounters import seen_since

#: Chance that what a source says is true, by its credibility. Our convention: the scale is ordinal.
TRUTH: Mapping[str, float] = {"1": 0.98, "2": 0.90, "3": 0.75, "4": 0.50, "5": 0.20, "6": 0.50}

_CERTAINTY = {"suspected": 0, "likely": 1, "stated": 2}


class Arguments(Form):
    """of: the actor under sanctions; cargo, kinds: of the cases; since: first day that counts."""

    of: Actor
    cargo: str
    kinds: Annotated[tuple[str, ...], Field(min_length=1)]
    since: dt.date


class Options(Form):
    """kinds: those of the kinds asked that count (none: all of them); cargo_certainty: the least sure
    cargo that counts; found: whether encounters found in positions count beside published cases.
    """

    kinds: tuple[str, ...] = ()
    cargo_certainty: Literal["suspected", "likely", "stated"] = "suspected"
    found: bool = False


TRUTH_EACH = Lever("truth_each", "share", 0.0, 1.0, None, 1e-4, "chance that what a source says of a case is true")


def count_draws(origins: Sequence[str], chances: Sequence[float], setting: Setting) -> Draws:
    """Draws of how many cases are true; those of one origin stand and fall together.

    Args:
        origins: what tells apart who first published each case.
        chances: that each is true, 0 to 1.

    Example:
        >>> sorted(set(count_draws(["a", "a"], [0.5, 0.5], Setting(100, 1)).tolist()))
        [0.0, 2.0]
    """
    uniform = {name: stream(setting, "case-truth", name).uniform(size=setting.draws) for name in sorted(set(origins))}
    drawn: Draws = np.zeros(setting.draws)
    for origin, chance in zip(origins, chances, strict=True):
        drawn = drawn + (uniform[origin] < chance)
    return drawn


def origin_keys(rows: Sequence[Row], record: Record) -> dict[str, str]:
    """What tells each origin of some cases from the others: the first case it published, never what it is called.

    Origins whose first case is the same are numbered, in order of all that they published.
    """
    told: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in rows:
        source = record.sources[str(row["source"])]
        told[source.origin or source.id].append((*said(row), source.credibility))
    met: Counter[tuple[str, ...]] = Counter()
    found = {}
    for origin, cases in sorted(((o, sorted(c)) for o, c in told.items()), key=lambda pair: pair[1]):
        met[cases[0]] += 1
        found[origin] = "|".join((*cases[0], str(met[cases[0]])))
    return found


def run_cases(record: Record, arguments: Arguments, choice: Choice, setting: Setting) -> SpecificationRun:
    """Cases that are true: at least so many there were, for nobody publishes or sees them all."""
    options: Options = choice.options
    last = min(setting.as_of, dt.date.max - dt.timedelta(days=1)) + dt.timedelta(days=1)
    kinds = [k for k in arguments.kinds if not options.kinds or k in options.kinds]
    found = record.answers(
        query("tumen.sanctions", "evasion_cases"),
        actor=arguments.of,
        cargo=arguments.cargo,
        first=str(arguments.since),
        last=str(last),
    )
    least = _CERTAINTY[options.cargo_certainty]
    rows = [r for r in found if r["kind"] in kinds and _CERTAINTY[r["cargo_certainty"]] >= least]
    met = seen_since(record, arguments.of, arguments.cargo, arguments.since, last) if options.found else None
    missing = (
        [f"a published case ({', '.join(kinds) or 'no kind'}) of {arguments.cargo} since {arguments.since}"]
        if not rows
        else []
    )
    missing = missing if met is None or not met.rows else []
    missing += [met.missing] if met and met.missing else []
    if missing:
        return SpecificationRun(choice.id, choice.label, choice.weight, np.empty(0), (), tuple(missing))
    sources = [record.sources[str(r["source"])] for r in rows]
    keys = origin_keys([r for r in found if r["kind"] in arguments.kinds], record)
    origins = [keys[s.origin or s.id] for s in sources]
    chances = [TRUTH[s.credibility] for s in sources]

    def respond(lever: str, value: float) -> Draws:
        given = value if lever == "truth_each" else None
        published = count_draws(origins, chances if given is None else [given] * len(rows), setting)
        return published + met.count(setting, given) if met else published

    notes = (counted(len(rows), "published case"),)
    return SpecificationRun(
        choice.id,
        choice.label,
        choice.weight,
        respond("", 0.0),
        (*(_used(r) for r in rows), *(met.used if met else ())),
        bounds=frozenset({"lower"}),
        notes=(*notes, *(met.notes(setting) if met else ())),
        series=_series(rows, choice.label),
        baselines={"truth_each": float(np.mean([*chances, *(met.chances if met else ())]))},
        respond=respond,
    )


def _used(row: Row) -> Used:
    vessels = " and ".join(str(row[n]) for n in ("vessel_1", "vessel_2") if row[n])
    amount = f"{row['quantity']:,.0f} {row['quantity_unit'] or ''}".strip() if row["quantity"] is not None else ""
    says = ", ".join(part for part in (f"{row['date']} {row['kind']}", vessels, amount) if part)
    return Used("evasion_cases", str(row["id"]), str(row["source"]), str(row["reported_by"]), says, 1, row["date"])


def _series(rows: Sequence[Row], label: str) -> tuple[Point, ...]:
    """Cases published so far, by year."""
    if not rows:
        return ()
    counts = [
        (y, float(sum(1 for r in rows if r["date"].year <= y)))
        for y in range(rows[0]["date"].year, rows[-1]["date"].year + 1)
    ]
    return tuple(Point(str(year), label, count, count, count) for year, count in counts)


MEASURES = (
    Measure(
        "evasion.cases",
        "How many cases of evasion since a date were published?",
        "cases",
        (0.0, float("inf")),
        Arguments,
        Options,
        ("evasion_cases", "ports"),
        (TRUTH_EACH,),
        "count of published cases, each true with a chance that depends on its source's credibility, and, if "
        "asked for, of "
        "encounters found after a call; a lower bound of all cases",
        "UN Panel of Experts on 1718, reports of 2018–2024, and member states' reports of single transfers",
        "Counts what was published: few cases can mean few watchers. The chances of truth are a convention, and "
        "cases from "
        "one origin are true or false together.",
        run_cases,
    ),
)
