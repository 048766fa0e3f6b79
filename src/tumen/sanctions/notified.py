"""What suppliers notified in a year, from figures that cover it wholly, in part, or in conflict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tumen.engine.queries import query
from tumen.measure.content import in_order, keys, said
from tumen.measure.contested import contested, one_of
from tumen.measure.draws import figure_draws, stream
from tumen.measure.estimate import Draws, Used
from tumen.measure.setting import Setting
from tumen.measure.units import Unit, printed
from tumen.record.read import Record
from tumen.sanctions.units import BARRELS
from tumen.sea.units import TONNES

#: What tells the figures for one delivery apart.
_PRINTED = ("supplier", "recipient", "product", "start", "end", "publisher")


@dataclass(frozen=True)
class Delivery:
    """One row of caps_notified.sql: a printed figure for what suppliers notified.

    Args:
        supplier: several are joined by signs of addition.
        last_digit: one unit of the last printed digit, in the unit printed.
    """

    id: str
    supplier: str
    recipient: str
    product: str
    start: dt.date
    end: dt.date
    tonnes: float | None
    barrels: float | None
    last_digit: float
    publisher: str
    quality: str
    source: str

    @property
    def joint(self) -> bool:
        """Whether several suppliers have one figure together."""
        return "+" in self.supplier

    @property
    def printed_in(self) -> Unit:
        """The unit to which the last digit belongs."""
        return TONNES if self.tonnes is not None and self.barrels is None else BARRELS

    def of(self, unit: Unit) -> float | None:
        """The figure in tonnes or in barrels; None where it is not printed so."""
        return self.tonnes if unit == TONNES else self.barrels


@dataclass(frozen=True)
class Notified:
    """What was notified of a year: draws of the part in tonnes and of the part in barrels, and its rows.

    Args:
        conflict: whether publishers' figures disagree, so that it is drawn between them.
        notes: days of the year that no figure covers.
    """

    tonnes: Draws
    barrels: Draws
    used: tuple[Used, ...]
    conflict: bool = False
    notes: tuple[str, ...] = ()


def deliveries(record: Record, recipient: str, product: str, period: tuple[dt.date, dt.date]) -> list[Delivery]:
    """Figures for what suppliers notified inside a period; of those as firm as each other the first counts."""
    rows = record.answers.rows(
        query("tumen.sanctions", "caps_notified"),
        Delivery,
        recipient=recipient,
        product=product,
        first=str(period[0]),
        last=str(period[1]),
    )
    return record.answers.once(("deliveries", recipient, product, period), lambda: in_order(rows, record))


def notified_in(rows: Sequence[Delivery], year: int, record: Record, setting: Setting) -> Notified | None:
    """What all suppliers together notified in a year.

    The sum of the suppliers' own figures comes first; where one of them is in conflict or in part,
    the figure for all of them together, if there is one.

    Returns: None where nothing was notified in the year's rows at all.
    """
    start, end = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    mine = [r for r in rows if r.start >= start and r.end <= end]
    if not mine:
        return None
    joint = [r for r in mine if r.joint and (r.start, r.end) == (start, end)]
    suppliers = sorted({r.supplier for r in mine if not r.joint})
    parts = [_supplier([r for r in mine if r.supplier == s], start, end, record, setting) for s in suppliers]
    firm = bool(parts) and not any(p.conflict or p.notes for p in parts)
    if joint and not firm:
        return _between(joint, record, setting)
    if not parts:
        return _chain([r for r in mine if r.joint], start, end, record, setting)
    return _together(parts)


def _together(parts: Sequence[Notified]) -> Notified:
    """The sum of some parts."""
    return Notified(
        np.sum([p.tonnes for p in parts], axis=0),
        np.sum([p.barrels for p in parts], axis=0),
        tuple(u for p in parts for u in p.used),
        any(p.conflict for p in parts),
        tuple(n for p in parts for n in p.notes),
    )


def _supplier(rows: Sequence[Delivery], start: dt.date, end: dt.date, record: Record, setting: Setting) -> Notified:
    """One supplier's year: its firm figure, else the range of those in conflict, else one derived, else its parts."""
    whole = [r for r in rows if (r.start, r.end) == (start, end)]
    firm = [r for r in whole if r.quality not in ("conflict", "derived")]
    if firm:
        return _one_of(min(firm, key=lambda r: (r.quality != "exact", r.last_digit)), firm, record, setting)
    if whole:
        return _between([r for r in whole if r.quality == "conflict"] or whole, record, setting)
    return _chain(rows, start, end, record, setting)


def _chain(rows: Sequence[Delivery], start: dt.date, end: dt.date, record: Record, setting: Setting) -> Notified:
    """The year from figures for parts of it: the longest from its start on, then what follows on."""
    reached = start
    taken: list[Delivery] = []
    gaps: list[str] = []
    name = rows[0].supplier
    while reached < end:
        here = [r for r in rows if r.start == reached]
        if here:
            row = max(here, key=lambda r: (r.end, r.quality != "conflict"))
            taken.append(row)
            reached = row.end
            continue
        later = [r.start for r in rows if r.start > reached]
        until = min(later, default=end)
        gaps.append(f"{name}: no figure for {reached} to {until - dt.timedelta(days=1)}; the sum leaves it out")
        reached = until
    whole = _together([_one_of(r, rows, record, setting) for r in taken]) if taken else _nothing(setting)
    return replace(whole, notes=(*whole.notes, *gaps))


def _one_of(row: Delivery, among: Sequence[Delivery], record: Record, setting: Setting) -> Notified:
    """One figure, or where its publisher contradicts itself one of its figures in each draw."""
    unclear = contested(record, "deliveries")
    rows = [r for r in among if r.id in unclear and said(r, _PRINTED) == said(row, _PRINTED)]
    if row.id not in unclear or len(rows) < 2:
        return _between([row], record, setting)
    each, sources = [_between([r], record, setting) for r in rows], [r.source for r in rows]
    tonnes, barrels = (
        one_of(sides, sources, setting, "deliveries", *said(row, _PRINTED))
        for sides in ([p.tonnes for p in each], [p.barrels for p in each])
    )
    return Notified(tonnes, barrels, tuple(u for p in each for u in p.used), conflict=True)


def _nothing(setting: Setting) -> Notified:
    return Notified(np.zeros(setting.draws), np.zeros(setting.draws), ())


def _between(rows: Sequence[Delivery], record: Record, setting: Setting) -> Notified:
    """One quantity from one figure, or evenly between figures that disagree.

    Figures in barrels come before those in tonnes, which need a density.
    """
    some_in_tonnes = any(r.tonnes is not None for r in rows)
    unit = TONNES if some_in_tonnes and any(r.barrels is None for r in rows) else BARRELS
    given = [(value, r) for r in rows if (value := r.of(unit)) is not None]
    figures = sorted(given, key=lambda pair: pair[0])
    names = keys([r for _, r in figures], _PRINTED)
    drawn = _drawn(*figures[0], names[0], unit, record, setting)
    if len(figures) > 1:
        high = _drawn(*figures[-1], names[-1], unit, record, setting)
        between = stream(setting, "conflict", *(text for name in names for text in name)).uniform(size=setting.draws)
        drawn = drawn + between * (high - drawn)
    zero = np.zeros(setting.draws)
    tonnes, barrels = (drawn, zero) if unit == TONNES else (zero, drawn)
    used = tuple(_used(value, r, unit) for value, r in figures)
    return Notified(tonnes, barrels, used, len(figures) > 1 or figures[0][1].quality == "conflict")


def _drawn(value: float, row: Delivery, key: tuple[str, ...], unit: Unit, record: Record, setting: Setting) -> Draws:
    """Draws of one printed figure in its unit."""
    digit = row.last_digit if unit == row.printed_in else 0.0
    error = setting.grading.of(record.sources[row.source])
    return figure_draws(value, digit, error, setting, "deliveries", *key, unit.name)


def _used(value: float, row: Delivery, unit: Unit) -> Used:
    return Used(
        table="deliveries",
        id=row.id,
        source=row.source,
        publisher=row.publisher,
        amount=printed(value, value, unit, row.quality),
        start=row.start,
        end=row.end,
        actors=(*row.supplier.split("+"), row.recipient),
        commodity=row.product,
    )
