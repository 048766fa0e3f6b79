"""What suppliers notified in a year, from figures that cover it wholly, in part, or in conflict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tumen.engine.queries import Row
from tumen.measure.content import keys
from tumen.measure.draws import figure_draws, stream
from tumen.measure.estimate import Draws, Used
from tumen.measure.setting import Setting
from tumen.record.read import Record

#: What tells the figures for one delivery apart.
_PRINTED = ("supplier", "recipient", "product", "start", "end", "publisher")


@dataclass(frozen=True)
class Amount:
    """A year's amount: draws of the part in tonnes and of the part in barrels, and its rows.

    Args:
        conflict: whether publishers' figures disagree, so that it is drawn between them.
        notes: days of the year that no figure covers.
    """

    tonnes: Draws
    barrels: Draws
    used: tuple[Used, ...]
    conflict: bool = False
    notes: tuple[str, ...] = ()


def notified_amount(rows: Sequence[Row], year: int, record: Record, setting: Setting) -> Amount | None:
    """What all suppliers together notified in a year.

    The sum of the suppliers' own figures comes first; where one of them is in conflict or in part,
    the figure for all of them together, if there is one.

    Args:
        rows: of caps_notified.sql; of those as firm as each other the first counts.

    Returns: None where nothing was notified in the year's rows at all.
    """
    start, end = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    mine = [r for r in rows if r["start"] >= start and r["end"] <= end]
    if not mine:
        return None
    joint = [r for r in mine if "+" in r["supplier"] and (r["start"], r["end"]) == (start, end)]
    suppliers = sorted({r["supplier"] for r in mine if "+" not in r["supplier"]})
    parts = [_supplier([r for r in mine if r["supplier"] == s], start, end, record, setting) for s in suppliers]
    firm = bool(parts) and not any(p.conflict or p.notes for p in parts)
    if joint and not firm:
        return _between(joint, record, setting)
    if not parts:
        return _chain([r for r in mine if "+" in r["supplier"]], start, end, record, setting)
    return _together(parts)


def _together(parts: Sequence[Amount]) -> Amount:
    """The sum of some amounts."""
    return Amount(
        np.sum([p.tonnes for p in parts], axis=0),
        np.sum([p.barrels for p in parts], axis=0),
        tuple(u for p in parts for u in p.used),
        any(p.conflict for p in parts),
        tuple(n for p in parts for n in p.notes),
    )


def _supplier(rows: Sequence[Row], start: dt.date, end: dt.date, record: Record, setting: Setting) -> Amount:
    """One supplier's year: its firm figure, else the range of those in conflict, else its parts."""
    whole = [r for r in rows if (r["start"], r["end"]) == (start, end)]
    firm = [r for r in whole if r["quality"] != "conflict"]
    if firm:
        return _between([min(firm, key=lambda r: (r["quality"] != "exact", r["last_digit"]))], record, setting)
    if whole:
        return _between(whole, record, setting)
    return _chain(rows, start, end, record, setting)


def _chain(rows: Sequence[Row], start: dt.date, end: dt.date, record: Record, setting: Setting) -> Amount:
    """The year from figures for parts of it: the longest from its start on, then what follows on."""
    reached = start
    taken: list[Row] = []
    gaps: list[str] = []
    name = str(rows[0]["supplier"])
    while reached < end:
        here = [r for r in rows if r["start"] == reached]
        if here:
            row = max(here, key=lambda r: (r["end"], r["quality"] != "conflict"))
            taken.append(row)
            reached = row["end"]
            continue
        later = [r["start"] for r in rows if r["start"] > reached]
        until = min(later, default=end)
        gaps.append(f"{name}: no figure for {reached} to {until - dt.timedelta(days=1)}; the sum leaves it out")
        reached = until
    amount = _together([_between([r], record, setting) for r in taken]) if taken else _nothing(setting)
    return Amount(amount.tonnes, amount.barrels, amount.used, amount.conflict, (*amount.notes, *gaps))


def _nothing(setting: Setting) -> Amount:
    return Amount(np.zeros(setting.draws), np.zeros(setting.draws), ())


def _between(rows: Sequence[Row], record: Record, setting: Setting) -> Amount:
    """One amount from one figure, or evenly between figures that disagree.

    Figures in barrels come before those in tonnes, which need a density.
    """
    in_barrels = [r for r in rows if r["barrels"] is not None]
    unit = "barrels" if in_barrels and len(in_barrels) == len(rows) else "tonnes"
    usable = [r for r in rows if r[unit] is not None] or list(rows)
    if any(r[unit] is None for r in usable):
        unit = "barrels"
        usable = [r for r in usable if r[unit] is not None]
    ordered = sorted(usable, key=lambda r: float(r[unit]))
    names = keys(ordered, _PRINTED)
    drawn = _figure(ordered[0], names[0], unit, record, setting)
    if len(ordered) > 1:
        high = _figure(ordered[-1], names[-1], unit, record, setting)
        between = stream(setting, "conflict", *(text for name in names for text in name)).uniform(size=setting.draws)
        drawn = drawn + between * (high - drawn)
    zero = np.zeros(setting.draws)
    tonnes, barrels = (drawn, zero) if unit == "tonnes" else (zero, drawn)
    used = tuple(
        Used(
            "deliveries",
            str(r["id"]),
            str(r["source"]),
            str(r["publisher"]),
            f"{float(r[unit]):,.0f} {unit}",
            1,
            r["end"],
        )
        for r in ordered
    )
    return Amount(tonnes, barrels, used, len(ordered) > 1 or ordered[0]["quality"] == "conflict")


def _figure(row: Row, key: tuple[str, ...], unit: str, record: Record, setting: Setting) -> Draws:
    """Draws of one printed figure in its unit."""
    printed_in = "tonnes" if row["tonnes"] is not None and row["barrels"] is None else "barrels"
    digit = float(row["last_digit"]) if unit == printed_in else 0.0
    error = setting.grading.of(record.sources[str(row["source"])])
    return figure_draws(float(row[unit]), digit, error, setting, "deliveries", *key, unit)
