"""Encounters at sea that detectors found after a call at a port of the actor, each a transfer with a chance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tumen.counting import counted
from tumen.engine.queries import Row, query
from tumen.measure.draws import range_draws, stream
from tumen.measure.estimate import Draws, Used
from tumen.measure.setting import Setting
from tumen.record.read import Record
from tumen.sea.findings import Findings
from tumen.sea.found_calls import handled, lacking

#: Chance that an encounter was a transfer of the cargo, by how sure it is that either ship had called at a port of the
#: actor that handles it: a range, evenly drawn. Our convention: no published count gives it.
TRANSFER: Mapping[str, tuple[float, float]] = {"observed": (0.2, 0.6), "feasible": (0.05, 0.3)}

#: An encounter counts where the call ended at most so many days before it.
DAYS_BEFORE = 15


@dataclass(frozen=True)
class Seen:
    """Encounters that followed a call, and what was seen besides.

    Args:
        rows: of found_encounters.sql.
        missing: what keeps encounters from being counted; empty where nothing does.
        told: in words, how many there were in all.
    """

    rows: tuple[Row, ...]
    used: tuple[Used, ...] = ()
    missing: str = ""
    told: str = ""

    @property
    def chances(self) -> tuple[float, ...]:
        """The middle of the range of each encounter's chance."""
        return tuple(sum(TRANSFER[row["certainty"]]) / 2 for row in self.rows)

    def count(self, setting: Setting, given: float | None = None) -> Draws:
        """Draws of how many encounters were transfers.

        All stand and fall together, those after a sure call first: if a call and a meeting did not mean a transfer
        once, the same mistake is likely in all. So many encounters do not add up to near certainty.

        Args:
            given: a chance for all in place of their own.
        """
        uniform = stream(setting, "found-encounters").uniform(size=setting.draws)
        drawn: Draws = np.zeros(setting.draws)
        for kind, span in TRANSFER.items():
            chance = range_draws(*span, setting, "found-encounters", kind) if given is None else given
            drawn = drawn + sum(1 for row in self.rows if row["certainty"] == kind) * (uniform < chance)
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
    missing = lacking(record, actor, cargo)
    findings = record.findings
    if findings is None or missing:
        return Seen((), missing=missing or "")
    rows = record.answers(
        query("tumen.sea", "found_encounters"),
        actor=actor,
        handled=handled(cargo),
        first=str(since),
        last=str(last),
        days_before=DAYS_BEFORE,
    )
    all_found = counted(len(findings.rows["encounters"]), "encounter")
    told = (
        f"{len(rows)} of {all_found} found in positions of {findings.days} "
        f"followed a call at a port that handles {cargo}"
    )
    return Seen(tuple(rows), tuple(u for r in rows for u in _used(r, record, findings)), "", told)


def _used(row: Row, record: Record, findings: Findings) -> list[Used]:
    """The encounter and the call before it."""
    maker = record.sources[findings.source].maker
    end = row["start"] + dt.timedelta(hours=row["duration_h"])
    listed = {n: findings.listing(row[f"mmsi_{n}"], row["start"], end) for n in (1, 2)}
    ships = " and ".join(
        f"{row[f'name_{n}'] or 'a ship without a name'} (MMSI {row[f'mmsi_{n}']}{listed[n]})" for n in (1, 2)
    )
    place = (
        f"{abs(row['lat']):.2f}{'N' if row['lat'] >= 0 else 'S'} {abs(row['lon']):.2f}{'E' if row['lon'] >= 0 else 'W'}"
    )
    met = (
        f"{row['start']:%Y-%m-%d %H:%M} encounter, {ships}, {row['duration_h']:.1f} h ({row['observed_h']:.1f} "
        f"h observed) at {place}"
    )
    how = "called at" if row["certainty"] == "observed" else "could have called, while silent, at"
    call = f"one of them {how} {row['port']} and had left by {row['left_port']:%Y-%m-%d %H:%M}"
    return [
        Used("encounters", str(row["id"]), findings.source, maker, met, 1, row["start"].date()),
        Used("calls", str(row["call"]), findings.source, maker, call, 1, row["left_port"].date()),
    ]
