"""A year's deliveries against a cap: what was notified, and what an estimate or calls found at sea add."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tumen.engine.queries import query
from tumen.measure.draws import stream
from tumen.measure.estimate import Draws, Used
from tumen.measure.setting import Setting
from tumen.record.read import Record
from tumen.sanctions.notified import Delivery, Notified, notified_in
from tumen.sanctions.unreported import Unreported, against, best_of, unreported_draws
from tumen.sea.found_calls import FoundCalls


@dataclass(frozen=True)
class Provision:
    """One row of caps_provision.sql: the cap of a provision."""

    id: str
    resolution: str
    product: str
    target: str
    measure: str
    cap_value: float
    cap_unit: str
    start: dt.date
    end: dt.date | None
    source: str

    def covers(self, start: dt.date, end: dt.date) -> bool:
        """Whether it was in force from one day to another, half-open."""
        return self.start <= start and (self.end is None or self.end >= end)


@dataclass(frozen=True)
class CapEvidence:
    """What is known of deliveries under a cap.

    Args:
        found: calls found in positions, by year.
        whole_year: whether an estimate for part of a year is scaled to all of it.
        loads: shares of their capacity that unreported tankers may have carried, of which each year and source has one
            in a draw.
    """

    cap: Provision
    notified: Sequence[Delivery]
    estimates: Sequence[Unreported]
    found: Mapping[int, FoundCalls]
    whole_year: bool
    loads: tuple[float, ...]

    def load(self, year: int, source: str, setting: Setting) -> Draws | float:
        """The load of a year in each draw: what one source's tankers carried says nothing of another's or of a year."""
        if len(self.loads) == 1:
            return self.loads[0]
        one_of = stream(setting, "load-of-several", str(year), source)
        drawn: Draws = one_of.choice(np.array(self.loads), setting.draws)
        return drawn


@dataclass(frozen=True)
class Assumed:
    """Where the levers stand.

    Args:
        load: of all years alike; None: each year's own.
    """

    load: Draws | float | None
    barrels_per_tonne: Draws | float
    calls_made: Draws | float
    already_notified: Draws | float


@dataclass(frozen=True)
class CapYear:
    """One year: what was notified, what was not (by an estimate, or by calls found), and the cap, in barrels.

    Args:
        full_load: what was not notified, had the tankers been full; None where an estimate assumes no load.
        load: share of their capacity that its tankers carried.
        scale: what calls found are multiplied by to stand for the whole year.
    """

    year: int
    notified: Notified
    full_load: Draws | None
    direct: Draws
    cap: float
    lower_bound: bool
    load: Draws | float
    found: FoundCalls | None = None
    scale: float = 1.0

    def excess(self, at: Assumed) -> Draws:
        """Barrels beyond the cap."""
        notified = self.notified.tonnes * at.barrels_per_tonne + self.notified.barrels
        load = self.load if at.load is None else at.load
        unreported = self.direct if self.full_load is None else self.full_load * load
        if self.found:
            more = self.found.barrels(
                notified / self.scale, load, at.barrels_per_tonne, at.calls_made, at.already_notified
            )
            unreported = unreported + more * self.scale
        drawn: Draws = notified + unreported - self.cap
        return drawn


@dataclass(frozen=True)
class Measured:
    """What a year came to.

    Args:
        year: None where it cannot be measured.
        lacking: what it lacks then, in words.
    """

    year: CapYear | None
    used: tuple[Used, ...] = ()
    notes: tuple[str, ...] = ()
    lacking: str = ""


def cap_of(record: Record, provision: str) -> Provision | None:
    """The cap of a provision; None where it has none.

    Args:
        provision: its id.
    """
    rows = record.answers.rows(query("tumen.sanctions", "caps_provision"), Provision, provision=provision)
    return rows[0] if rows else None


def measured_year(year: int, evidence: CapEvidence, record: Record, setting: Setting) -> Measured:
    """One year's parts: calls found where positions span most of it, else the longest estimate, else what was notified.

    A year for which nobody estimated what was not notified lacks that, unless the notified part alone is beyond the
    cap.
    """
    start, end = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    if not evidence.cap.covers(start, end):
        return Measured(None, lacking=f"{year}: the cap was not in force the whole year")
    notified = notified_in(evidence.notified, year, record, setting)
    row = best_of([r for r in evidence.estimates if r.start >= start and r.end <= end])
    found = evidence.found.get(year)
    if notified is None and row is None and found is None:
        return Measured(None, lacking=f"{year}: deliveries, notified or estimated")
    zero = np.zeros(setting.draws)
    part = notified or Notified(zero, zero, (), notes=("no notified figure; the sum leaves it out",))
    if found and (row is None or found.days >= row.days):
        return _by_calls(year, part, found, evidence, setting)
    if row is None:
        return _notified_alone(year, part, evidence, zero)
    return _by_estimate(year, part, row, evidence, record, setting)


def _of_year(year: int, notes: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{year}: {note}" for note in notes)


def _by_calls(year: int, part: Notified, found: FoundCalls, evidence: CapEvidence, setting: Setting) -> Measured:
    """A year of which positions span as much as any estimate."""
    whole = (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days
    scale = whole / found.days if evidence.whole_year else 1.0
    how = "scaled to the whole year" if evidence.whole_year else "not scaled up"
    notes = (*part.notes, *found.notes, f"{how}; a ship that never sends is in no positions")
    zero, load = np.zeros(setting.draws), evidence.load(year, "positions", setting)
    done = CapYear(year, part, None, zero, evidence.cap.cap_value, True, load, found, scale)
    return Measured(done, (*part.used, *found.used), _of_year(year, notes))


def _notified_alone(year: int, part: Notified, evidence: CapEvidence, zero: Draws) -> Measured:
    """A year of which nobody estimated what was not notified."""
    alone = CapYear(year, part, None, zero, evidence.cap.cap_value, True, 1.0)
    if np.median(alone.excess(Assumed(None, 7.5, 0.0, 0.0))) <= 0:
        lacking = f"{year}: an estimate of deliveries that were not notified"
        return Measured(None, part.used, _of_year(year, part.notes), lacking)
    notes = (*part.notes, "the notified part alone; the rest was not estimated")
    return Measured(alone, part.used, _of_year(year, notes))


def _by_estimate(
    year: int, part: Notified, row: Unreported, evidence: CapEvidence, record: Record, setting: Setting
) -> Measured:
    """A year of which an estimate says what was not notified."""
    rows = against(row, evidence.estimates, record)
    full, direct = unreported_draws(rows, record, setting)
    whole = (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days
    scale = whole / row.days if evidence.whole_year else 1.0
    notes = list(part.notes)
    if found := evidence.found.get(year):
        notes.append(f"positions span {found.days} days of it, fewer than the published estimate, which counts")
    if row.days < whole:
        how = "scaled to the whole year" if evidence.whole_year else "not scaled up, so the year is a lower bound"
        notes.append(f"the estimate covers {row.start} to {row.end - dt.timedelta(days=1)}, {how}")
    in_part = row.days < whole and not evidence.whole_year
    bound = row.quality == "lower_bound" or bool(part.notes) or in_part
    scaled = None if full is None else full * scale
    load = evidence.load(year, row.publisher, setting)
    done = CapYear(year, part, scaled, direct * scale, evidence.cap.cap_value, bound, load)
    return Measured(done, (*part.used, *(one.used for one in rows)), _of_year(year, notes))
