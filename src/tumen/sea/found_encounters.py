"""Encounters at sea that detectors found after a call at a port of the actor, each a transfer with a chance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tumen.counting import counted
from tumen.engine.queries import query
from tumen.measure.draws import even_draws, standard_uniforms
from tumen.measure.estimate import Draws, Used
from tumen.measure.setting import Setting
from tumen.measure.units import HOURS, amount
from tumen.record.read import Record
from tumen.sea.found_calls import KINDS, handled, lacking_for_calls
from tumen.sea.sea_findings import SeaFindings, found_at_sea

#: Chance that an encounter was a transfer of the cargo, by how sure it is that either ship had called at a port of the
#: actor that handles it: a range, evenly drawn. Our convention: no published count gives it.
TRANSFER: Mapping[str, tuple[float, float]] = {"observed": (0.2, 0.6), "feasible": (0.05, 0.3)}

#: An encounter counts where the call ended at most so many days before it.
DAYS_BEFORE = 15


@dataclass(frozen=True)
class Encounter:
    """One row of found_encounters.sql: an encounter, and the call of either ship before it.

    Args:
        certainty, left_port, port: of the call, of which `call` is the id.
    """

    id: str
    mmsi_1: int
    mmsi_2: int
    name_1: str | None
    name_2: str | None
    start: dt.datetime
    duration_h: float
    observed_h: float
    lon: float
    lat: float
    call: str
    certainty: str
    left_port: dt.datetime
    port: str

    @property
    def place(self) -> str:
        """Where it was, in degrees."""
        north, east = "N" if self.lat >= 0 else "S", "E" if self.lon >= 0 else "W"
        return f"{abs(self.lat):.2f}{north} {abs(self.lon):.2f}{east}"

    def ships(self, findings: SeaFindings) -> str:
        """Both ships, with the lists that they may be on."""
        end = self.start + dt.timedelta(hours=self.duration_h)
        return " and ".join(
            f"{name or 'a ship without a name'} (MMSI {mmsi}{findings.listing(mmsi, self.start, end)})"
            for mmsi, name in ((self.mmsi_1, self.name_1), (self.mmsi_2, self.name_2))
        )


@dataclass(frozen=True)
class Seen:
    """Encounters that followed a call, and what was seen besides.

    Args:
        missing: what keeps encounters from being counted; empty where nothing does.
        told: in words, how many there were in all.
    """

    rows: tuple[Encounter, ...]
    used: tuple[Used, ...] = ()
    missing: str = ""
    told: str = ""

    @property
    def chances(self) -> tuple[float, ...]:
        """The middle of the range of each encounter's chance."""
        return tuple(sum(TRANSFER[row.certainty]) / 2 for row in self.rows)

    def count(self, setting: Setting, given: float | None = None) -> Draws:
        """Draws of how many encounters were transfers.

        All stand and fall together, those after a sure call first: if a call and a meeting did not mean a transfer
        once, the same mistake is likely in all. So many encounters do not add up to near certainty.

        Args:
            given: a chance for all in place of their own.
        """
        uniform = standard_uniforms(setting, "found-encounters")
        drawn: Draws = np.zeros(setting.draws)
        for kind, span in TRANSFER.items():
            chance = even_draws(*span, setting, "found-encounters", kind) if given is None else given
            drawn = drawn + sum(1 for row in self.rows if row.certainty == kind) * (uniform < chance)
        return drawn

    def notes(self, setting: Setting) -> tuple[str, ...]:
        """What must be said beside the count."""
        if not self.rows:
            return (self.told,)
        any_of_them = float((self.count(setting) > 0).mean())
        return (
            self.told,
            "an encounter after a call is no proof of a transfer, nor of its cargo; that any of them was one "
            f"has a chance of {any_of_them:.2f} by our convention",
        )


def seen_since(record: Record, actor: str, cargo: str, since: dt.date, last: dt.date) -> Seen:
    """Encounters that followed a call at the actor's ports.

    Args:
        actor: whose ports and cargo.
        since, last: days within which an encounter has to begin, half-open.

    Limits: An encounter is no proof of a transfer, nor of the cargo.
    """
    missing = lacking_for_calls(record, actor, cargo)
    findings = found_at_sea(record.findings)
    if findings is None or missing:
        return Seen((), missing=missing or "")
    rows = record.answers.rows(
        query("tumen.sea", "found_encounters"),
        Encounter,
        actor=actor,
        handled=handled(cargo),
        first=str(since),
        last=str(last),
        days_before=DAYS_BEFORE,
    )
    all_found = counted(len(findings.encounters), "encounter")
    told = (
        f"{len(rows)} of {all_found} found in positions of {findings.days} "
        f"followed a call at a port that handles {cargo}"
    )
    return Seen(tuple(rows), tuple(u for r in rows for u in _used(r, record, findings)), "", told)


def _used(row: Encounter, record: Record, findings: SeaFindings) -> list[Used]:
    """The encounter and the call before it."""
    maker = record.sources[findings.source].maker
    met, left = row.start.date(), row.left_port.date()
    how = "called at" if row.certainty == "observed" else "could have called, while silent, at"
    return [
        Used(
            table="encounters",
            id=row.id,
            source=findings.source,
            publisher=maker,
            amount=amount(row.duration_h, HOURS),
            start=met,
            end=met,
            kind="encounter",
            text=f"{row.ships(findings)}, from {row.start:%Y-%m-%d %H:%M} at {row.place}, "
            f"{row.observed_h:.1f} h observed",
        ),
        Used(
            table="calls",
            id=row.call,
            source=findings.source,
            publisher=maker,
            start=left,
            end=left,
            kind=KINDS[row.certainty],
            text=f"one of them {how} {row.port} and had left by {row.left_port:%Y-%m-%d %H:%M}",
        ),
    ]
