"""What an actor's thieves take in a year against what the actor is recorded to export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tumen.counting import counted
from tumen.engine.queries import Row, query
from tumen.measure.arguments import Actor, Form, Years, years_of
from tumen.measure.content import in_order, keys
from tumen.measure.draws import Combine, bounds_of, combined, point_of, range_draws, stream
from tumen.measure.estimate import Choice, Draws, Lever, Measure, SpecificationRun, Used
from tumen.measure.setting import Setting
from tumen.record.read import Record
from tumen.trade.cells import WORLD, Cell, cells, in_year, sum_draws

Attribution = Literal["government", "panel", "firms", "researcher"]

#: From the firmest to the least firm.
_LEVELS: tuple[Attribution, ...] = ("government", "panel", "firms", "researcher")


class Arguments(Form):
    """actor: whose thefts and exports; period: whole years; combine: the lowest, the highest or the
    mean of the years.
    """

    actor: Actor
    period: Years
    combine: Combine = "lowest"


class Options(Form):
    """exports: publisher of the actor's exports to all partners; attribution: the least firm that
    counts, of the list of thefts; totals: publishers whose yearly totals stand in place of the list.
    """

    exports: str
    attribution: Attribution = "government"
    totals: tuple[str, ...] = ()


VALUE_COUNTED = Lever("value_counted", "share", 0.0, 1.0, 1.0, 1e-4, "counted share of the stolen value")
EXPORTS_MISSING = Lever("exports_missing_usd", "USD", 0.0, 5e9, 0.0, 1e4, "exports missing from the table in each year")


@dataclass(frozen=True)
class Theft:
    """One theft, from all its reports that count.

    Args:
        id: of the row that stands for it.
        key: what tells its errors from those of other thefts: whose it was and when, never what its rows are called.
        low_usd, high_usd: lowest and highest value that a report prints.
    """

    id: str
    date: dt.date
    low_usd: float
    high_usd: float
    lower_bound: bool
    rows: tuple[Row, ...]
    key: tuple[str, ...] = ()


def thefts_of(rows: Sequence[Row], level: Attribution) -> list[Theft]:
    """Thefts, each once, of those reports whose attribution is firm enough.

    Args:
        rows: of thefts.sql; of what is said alike the first counts.
        level: the least firm attribution that counts.

    Returns: in order of date.

    Example:
        >>> def r(i, low, level, of=None):
        ...     return {"id": i, "date": dt.date(2022, 3, 1), "low_usd": low, "high_usd": low, "attribution": level,
        ...             "duplicate_of": of, "quality": "exact", "victim": "V"}
        >>> rows = [r("a", 9, "researcher"), r("b", 6, "government", "a"), r("c", 7, "government", "b")]
        >>> [(t.id, t.low_usd, t.high_usd) for t in thefts_of(rows, "government")]
        [('a', 6.0, 7.0)]
    """
    original = {str(r["id"]): r["duplicate_of"] for r in rows}
    by_id = {str(r["id"]): r for r in rows}
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(_root(str(row["id"]), original), []).append(row)
    found = []
    standing = [by_id.get(root, group[0]) for root, group in groups.items()]
    named = zip(groups.items(), standing, keys(standing, ("victim", "date")), strict=True)
    for (root, group), row, key in named:
        counted = [r for r in group if _LEVELS.index(r["attribution"]) <= _LEVELS.index(level)]
        if counted:
            lowest, highest = min(float(r["low_usd"]) for r in counted), max(float(r["high_usd"]) for r in counted)
            when = row["date"] if root in by_id else min(r["date"] for r in group)
            bound = all(r["quality"] == "lower_bound" for r in counted)
            found.append(Theft(root, when, lowest, highest, bound, tuple(counted), key))
    return sorted(found, key=lambda t: (t.date, t.key))


def _root(name: str, original: Mapping[str, str | None]) -> str:
    """The row that stands for a theft; of rows that name each other in a circle, the first as they are given."""
    passed = [name]
    while (following := original.get(passed[-1])) is not None:
        if following in passed:
            return min(passed[passed.index(following) :], key=list(original).index)
        passed.append(following)
    return passed[-1]


@dataclass(frozen=True)
class _Year:
    """One year: what was stolen and what was exported, USD."""

    year: int
    stolen: Draws
    exports: Draws

    def ratio(self, counted: float, missing_usd: float) -> Draws:
        """The one over the other."""
        whole = self.exports + missing_usd
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(whole > 0, self.stolen * counted / whole, 0.0)


@dataclass(frozen=True)
class _Stolen:
    """A year's value stolen, whether it is known to leave some out, and its rows."""

    draws: Draws
    lower_bound: bool
    used: tuple[Used, ...]
    notes: tuple[str, ...] = ()


def _graded(rows: Sequence[Row], record: Record, setting: Setting, kind: str, *key: str) -> Draws:
    """Evenly between the lowest and the highest value printed, each with the error of its own source's grade.

    What one source says of both errs together.
    """
    low, high = min(rows, key=lambda r: float(r["low_usd"])), max(rows, key=lambda r: float(r["high_usd"]))
    errors = [setting.grading.of(record.sources[str(row["source"])]) for row in (low, high)]
    noise = stream(setting, f"{kind}-grade", *key).standard_normal(setting.draws)
    apart = low["source"] != high["source"]
    other = stream(setting, f"{kind}-grade", *key, "highest").standard_normal(setting.draws) if apart else noise
    ends = float(low["low_usd"]) * (1.0 + errors[0] * noise), float(high["high_usd"]) * (1.0 + errors[1] * other)
    drawn: Draws = np.maximum(0.0, ends[0] + range_draws(0.0, 1.0, setting, kind, *key) * (ends[1] - ends[0]))
    return drawn


def listed(found: Sequence[Theft], year: int, record: Record, setting: Setting) -> _Stolen | None:
    """The sum of the thefts of a year: at least what was stolen, for nobody lists them all."""
    mine = [t for t in found if t.date.year == year]
    if not mine:
        return None
    draws = np.sum([_graded(t.rows, record, setting, "theft", *t.key) for t in mine], axis=0)
    used = tuple(_used("thefts", row, f"{row['victim']}, ", row["date"]) for t in mine for row in t.rows)
    note = f"{year}: {counted(len(mine), 'theft')}; what no list names is left out"
    return _Stolen(draws, True, used, (note,))


def totalled(rows: Sequence[Row], year: int, record: Record, setting: Setting) -> _Stolen | None:
    """A year's total: each draw takes one publisher's, evenly between the lowest and highest it printed.

    Args:
        rows: of theft_totals.sql, of the publishers that count.
    """
    start, end = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    mine = [r for r in rows if (r["start"], r["end"]) == (start, end)]
    each: list[Draws] = []
    taken: list[Row] = []
    for name in sorted({str(r["publisher"]) for r in mine}):
        own = [r for r in mine if r["publisher"] == name]
        firm = [r for r in own if r["quality"] != "conflict"] or own
        each.append(_graded(firm, record, setting, "theft-total", name, str(year)))
        taken += firm
    if not each:
        return None
    turn = stream(setting, "theft-publisher", str(year)).integers(len(each), size=setting.draws)
    used = tuple(_used("theft_totals", row, "", row["end"]) for row in taken)
    return _Stolen(
        np.array(each)[turn, np.arange(setting.draws)], any(r["quality"] == "lower_bound" for r in taken), used
    )


def run_thefts(record: Record, arguments: Arguments, choice: Choice, setting: Setting) -> SpecificationRun:
    """Value stolen over recorded exports in each year, combined over the years.

    A year without a counted theft, or without a figure for exports, is missing, never zero.
    """
    options: Options = choice.options
    first, last = arguments.period
    found = cells(record, arguments.actor, first, last, "exports")
    thefts, totals = _reports(record, arguments, options)
    years: list[_Year] = []
    parts: list[_Stolen] = []
    used: list[Used] = []
    lacking: list[str] = []
    for year in years_of(arguments.period):
        exports = in_year(found, options.exports, WORLD, year)
        part = totalled(totals, year, record, setting) if options.totals else listed(thefts, year, record, setting)
        if part is None or not exports:
            lacking += _lacking(year, options, arguments.actor, part, exports)
            continue
        years.append(_Year(year, part.draws, sum_draws(exports, record, setting)))
        parts.append(part)
        used += [*part.used, *(u for cell in exports for u in cell.used)]
    if not years:
        return SpecificationRun(choice.id, choice.label, choice.weight, np.empty(0), (), tuple(lacking))

    def respond(lever: str, value: float) -> Draws:
        counted = value if lever == "value_counted" else 1.0
        missing_usd = value if lever == "exports_missing_usd" else 0.0
        return combined([y.ratio(counted, missing_usd) for y in years], arguments.combine)

    return SpecificationRun(
        choice.id,
        choice.label,
        choice.weight,
        respond("", 0.0),
        tuple(used),
        tuple(lacking),
        bounds_of(arguments.combine, bool(lacking), any(p.lower_bound for p in parts)),
        tuple(note for p in parts for note in p.notes),
        tuple(point_of(str(y.year), choice.label, y.ratio(1.0, 0.0)) for y in years),
        {"value_counted": 1.0, "exports_missing_usd": 0.0},
        respond,
    )


def _reports(record: Record, arguments: Arguments, options: Options) -> tuple[list[Theft], list[Row]]:
    """The thefts that count, or the totals of the publishers that count."""
    room = "tumen.sanctions"
    if not options.totals:
        rows = record.answers(query(room, "thefts"), actor=arguments.actor)
        return thefts_of(in_order(rows, record), options.attribution), []
    first, last = (str(day) for day in arguments.period)
    rows = record.answers(query(room, "theft_totals"), actor=arguments.actor, first=first, last=last)
    return [], in_order([r for r in rows if r["publisher"] in options.totals], record)


def _lacking(year: int, options: Options, actor: str, part: _Stolen | None, exports: Sequence[Cell]) -> Iterable[str]:
    """What one year lacks, in words."""
    if part is None and options.totals:
        yield f"{year}: a total by {', '.join(options.totals)}"
    elif part is None:
        yield f"{year}: a theft with an attribution at least as firm as '{options.attribution}'"
    if not exports:
        yield f"{year}: {options.exports}'s figure for {actor}'s exports to all partners"


def _used(table: str, row: Row, prefix: str, end: dt.date) -> Used:
    low, high = float(row["low_usd"]), float(row["high_usd"])
    says = f"{low:,.0f} USD" if low == high else f"{low:,.0f} to {high:,.0f} USD"
    return Used(table, str(row["id"]), str(row["source"]), str(row["publisher"]), f"{prefix}{says}", 1, end)


MEASURES = (
    Measure(
        "thefts.value",
        "How much does an actor steal in a year, compared with its recorded exports?",
        "ratio",
        (0.0, float("inf")),
        Arguments,
        Options,
        ("thefts", "theft_totals", "trade"),
        (VALUE_COUNTED, EXPORTS_MISSING),
        "value stolen over exports in the same year, each theft once, by who attributes it or by published totals",
        "Chainalysis, Crypto Crime Reports, and UN Panel of Experts on 1718, which print such totals",
        "Values are those at the time of the theft. Thieves keep less after laundering, and the lever "
        "says how "
        "much less would matter. A list of attributed thefts leaves out those that nobody attributed.",
        run_thefts,
    ),
)
