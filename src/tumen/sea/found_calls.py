"""Tanker calls that detectors found: what they may have brought in a year, observed and feasible in the dark."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tumen.engine.queries import query
from tumen.measure.content import in_order, said
from tumen.measure.draws import figure_draws
from tumen.measure.estimate import Draws, Used
from tumen.measure.setting import Setting
from tumen.measure.units import amount
from tumen.record.read import Record
from tumen.sea.sea_findings import SeaFindings, found_at_sea
from tumen.sea.units import TONNES

#: What a call is, by how sure it is.
KINDS: Mapping[str, str] = {"observed": "call", "feasible": "call feasible while silent"}


@dataclass(frozen=True)
class _Port:
    """One row of ports_handling.sql: a port."""

    id: str
    name: str


@dataclass(frozen=True)
class _Call:
    """One row of found_calls.sql: a call, with a vessel of the record that may be the ship.

    Args:
        mmsi, name: as the ship said.
        row_id, source: the vessel's row and its source; empty where the record has none.
    """

    id: str
    mmsi: int
    name: str | None
    certainty: str
    reception: str | None
    start: dt.datetime
    end: dt.datetime | None
    port: str
    row_id: str
    vessel_imo: str | None
    vessel_mmsi: int | None
    source: str
    deadweight_t: float | None

    @property
    def clear(self) -> bool:
        """Whether it was seen, or feasible in a silence that poor reception does not explain."""
        return self.certainty != "feasible" or self.reception == "good"

    @property
    def when(self) -> str:
        """From when to when, in words."""
        start = f"{self.start:%Y-%m-%d %H:%M}"
        return f"{start} to {self.end:%Y-%m-%d %H:%M}" if self.end else f"from {start}"


@dataclass(frozen=True)
class FoundCalls:
    """A year's tanker calls at full load, in tonnes.

    Args:
        start, end: the days of the year that positions span, half-open.
        observed_t: deadweight of the tankers that were seen to call, summed over calls.
        dark_t: the same of calls that were feasible while a tanker was silent.
    """

    start: dt.date
    end: dt.date
    observed_t: Draws
    dark_t: Draws
    used: tuple[Used, ...]
    notes: tuple[str, ...]

    @property
    def days(self) -> int:
        """How many days of the year positions span."""
        return (self.end - self.start).days

    def barrels(
        self, notified: Draws, load: Draws | float, per_tonne: Draws | float, made: Draws | float, known: Draws | float
    ) -> Draws:
        """Barrels beyond those notified.

        Args:
            notified: barrels that suppliers notified, of which observed calls may be a part.
            load: share of their deadweight that the tankers carried.
            made: share of the feasible calls that were made.
            known: share of what observed calls brought that the notified barrels hold already, if there are so many.
        """
        seen, dark = (tonnes * load * per_tonne for tonnes in (self.observed_t, self.dark_t))
        drawn: Draws = seen - np.minimum(seen * known, notified) + dark * made
        return drawn


def handled(cargo: str) -> str:
    """The pattern that the cargoes of a port match where a cargo is among them."""
    return f"%+{cargo}+%"


def lacking_for_calls(record: Record, actor: str, cargo: str) -> str | None:
    """What keeps calls of ships with a cargo from being found, in words; None where nothing does."""
    if found_at_sea(record.findings) is None:
        return "vessel positions, which --positions gives"
    ports = record.answers.rows(query("tumen.sea", "ports_handling"), _Port, actor=actor, handled=handled(cargo))
    return None if ports else f"ports of {actor} that handle {cargo} (table ports)"


def found_calls(record: Record, recipient: str, product: str, year: int, setting: Setting) -> FoundCalls | None:
    """A year's calls, of the findings that a record has.

    Args:
        recipient: the actor whose ports they are.
        product: what those ports handle, as the table `ports` names it.

    Returns: None where no positions were given, or none of the year.

    Limits: A call of a tanker whose deadweight the record does not give is counted and left out, and so is one that was
        feasible in a silence which poor reception may explain.
    """
    findings = found_at_sea(record.findings)
    days = _days(findings, year) if findings else None
    if findings is None or days is None:
        return None
    rows = record.answers.rows(
        query("tumen.sea", "found_calls"),
        _Call,
        recipient=recipient,
        handled=handled(product),
        first=str(dt.date(year, 1, 1)),
        last=str(dt.date(year + 1, 1, 1)),
    )
    calls = _each_once(rows, record)
    clear = [c for c in calls if c.clear]
    known = [c for c in clear if c.deadweight_t is not None]
    zero = np.zeros(setting.draws)
    sums = {"observed": zero, "feasible": zero}
    for call in known:
        sums[call.certainty] = sums[call.certainty] + _deadweight(call, record, setting)
    used = [u for call in known for u in _used(call, record, findings)]
    unclear = len(calls) - len(clear)
    return FoundCalls(*days, sums["observed"], sums["feasible"], tuple(used), _notes(clear, known, unclear, days))


def _each_once(rows: Sequence[_Call], record: Record) -> list[_Call]:
    """Each call once, as the ship of the record that may be hers and whose deadweight is known, by the best source."""
    found: dict[str, list[_Call]] = defaultdict(list)
    for row in rows:
        found[row.id].append(row)
    return [_ship(ships, record) for ships in found.values()]


def _ship(ships: Sequence[_Call], record: Record) -> _Call:
    known = [row for row in ships if row.deadweight_t is not None]
    return in_order(known, record)[0] if known else ships[0]


def _days(findings: SeaFindings, year: int) -> tuple[dt.date, dt.date] | None:
    """The days of a year that positions span, or None where they span none."""
    start = max(findings.start.date(), dt.date(year, 1, 1))
    end = min(findings.end.date() + dt.timedelta(days=1), dt.date(year + 1, 1, 1))
    return (start, end) if start < end else None


def _deadweight(call: _Call, record: Record, setting: Setting) -> Draws:
    error = setting.grading.of(record.sources[call.source])
    key = said(call, ("vessel_imo", "vessel_mmsi"))
    return figure_draws(call.deadweight_t or 0.0, 0.0, error, setting, "vessels", *key)


def _used(call: _Call, record: Record, findings: SeaFindings) -> list[Used]:
    """The call, and the row that gives the ship's deadweight."""
    listed = findings.listing(call.mmsi, call.start, call.end)
    ship = f"{call.name or 'a ship without a name'} (MMSI {call.mmsi}{listed})"
    day = call.start.date()
    return [
        Used(
            table="calls",
            id=call.id,
            source=findings.source,
            publisher=record.sources[findings.source].maker,
            start=day,
            end=day,
            kind=KINDS[call.certainty],
            text=f"{call.port}, {ship}, {call.when}",
        ),
        Used(
            table="vessels",
            id=call.row_id,
            source=call.source,
            publisher=record.sources[call.source].maker,
            amount=amount(call.deadweight_t or 0.0, TONNES),
            kind="deadweight",
        ),
    ]


def _notes(
    calls: Sequence[_Call], known: Sequence[_Call], unclear: int, days: tuple[dt.date, dt.date]
) -> tuple[str, ...]:
    observed = sum(1 for c in known if c.certainty == "observed")
    said = [
        f"positions of {days[0]} to {days[1] - dt.timedelta(days=1)}; tanker calls observed: {observed}; "
        f"feasible while silent: {len(known) - observed}"
    ]
    if lost := len(calls) - len(known):
        ships = len({c.mmsi for c in calls} - {c.mmsi for c in known})
        said.append(f"left out, since the record does not give the tanker's deadweight: {lost} (tankers: {ships})")
    if unclear:
        said.append(f"left out, since poor reception may explain the silence: {unclear}")
    return tuple(said)
