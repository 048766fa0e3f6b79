"""What receivers make of a simulated ship: when it is heard, and what its messages say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tumen.ais.simulate.itinerary import DEGREE_M, HOUR_S, KNOT_M_S, Itinerary
from tumen.measure.arrays import Floats

#: Standard deviation of a position's error, metres, and of a clock's, seconds.
POSITION_ERROR_M = 6.0
CLOCK_ERROR_S = 2.0


@dataclass(frozen=True)
class Ship:
    """One simulated ship.

    Args:
        number: which it is; its MMSI and IMO number follow from it.
        kind: what it does in the world.
        ship_type: as AIS codes it.
        step_s: seconds between its messages.
        silent: stretches of time, from and to, in which its transmitter is off.
        swaps_s: when it takes another name and MMSI; None where it never does.
    """

    number: int
    kind: str
    plan: Itinerary
    ship_type: int
    step_s: float
    silent: tuple[tuple[float, float], ...] = ()
    swaps_s: float | None = None


@dataclass(frozen=True)
class Reception:
    """Where and when messages are lost. Patches are lon, lat, radius in degrees, and share lost."""

    patches: NDArray[np.float64]

    @classmethod
    def drawn(cls, random: np.random.Generator) -> Reception:
        """Twelve patches of open sea that receivers hear badly."""
        lon, lat = random.uniform(121, 127, 12), random.uniform(28, 38, 12)
        return cls(np.column_stack([lon, lat, random.uniform(0.2, 0.7, 12), random.uniform(0.3, 0.7, 12)]))

    def lost(self, lon: Floats, lat: Floats) -> Floats:
        """The share of messages lost at each place, beyond the ship's own."""
        share = np.zeros(len(lon))
        for patch_lon, patch_lat, radius, lost in self.patches:
            share = np.maximum(share, np.where(np.hypot(lon - patch_lon, lat - patch_lat) < radius, lost, 0.0))
        return share


def messages(ship: Ship, end_s: float, reception: Reception, random: np.random.Generator) -> dict[str, Floats]:
    """What is heard of a ship.

    Returns: arrays of one length by column: number, t_s (whole seconds since the world's start), lon, lat, speed_kn,
        course_deg, heading_deg (NaN where not sent), and after (1 once the ship goes by its second name).
    """
    t_s = np.arange(random.uniform(0, ship.step_s), end_s, ship.step_s)
    t_s = t_s + np.clip(random.normal(0, 4, len(t_s)), -ship.step_s / 3, ship.step_s / 3)
    t_s = t_s[(t_s >= 0) & (t_s < end_s)]
    lon, lat = ship.plan.at(t_s)
    keep = random.random(len(t_s)) >= np.maximum(reception.lost(lon, lat), random.uniform(0.01, 0.08))
    for from_s, to_s in (*ship.silent, *_outages(ship, end_s, random)):
        keep &= (t_s < from_s) | (t_s >= to_s)
    t_s, lon, lat = t_s[keep], lon[keep], lat[keep]
    ahead_lon, ahead_lat = ship.plan.at(t_s + 1.0)
    behind_lon, behind_lat = ship.plan.at(t_s - 1.0)
    cos = np.cos(np.radians(lat))
    east, north = (ahead_lon - behind_lon) * cos * DEGREE_M / 2, (ahead_lat - behind_lat) * DEGREE_M / 2
    speed_kn = np.abs(np.hypot(east, north) / KNOT_M_S + random.normal(0, 0.05, len(t_s)))
    course_deg = (np.degrees(np.arctan2(east, north)) + random.normal(0, 2, len(t_s))) % 360
    error_east, error_north = random.normal(0, POSITION_ERROR_M, (2, len(t_s)))
    clock_s = np.round(t_s + np.clip(random.normal(0, CLOCK_ERROR_S, len(t_s)), -5, 5))
    heading = np.where(random.random(len(t_s)) < 0.9, np.round(course_deg) % 360, np.nan)
    return {
        "number": np.full(len(t_s), float(ship.number)),
        "t_s": np.clip(clock_s, 0, end_s - 1),
        "lon": np.round(lon + error_east / DEGREE_M / cos, 6),
        "lat": np.round(lat + error_north / DEGREE_M, 6),
        "speed_kn": np.round(speed_kn, 1),
        "course_deg": np.round(course_deg, 1),
        "heading_deg": heading,
        "after": (t_s >= (np.inf if ship.swaps_s is None else ship.swaps_s)).astype(float),
    }


def known_between(t_s: Floats, start_s: float, end_s: float) -> tuple[float, float]:
    """From when to when messages show where a ship was within a stretch of time.

    A message within it shows the moment, and so do the ways from the message before and to the one after that are no
    more than an hour off.

    Args:
        t_s: when it was heard, in order.

    Returns: seconds; the start twice where no message falls within.

    Example:
        >>> known_between(np.array([0.0, 4200.0, 8400.0, 9000.0]), 3000.0, 8700.0)
        (4200.0, 8700.0)
    """
    inside = np.flatnonzero((t_s >= start_s) & (t_s <= end_s))
    if not len(inside):
        return start_s, start_s
    first, last = inside[0], inside[-1]
    came = first > 0 and t_s[first] - t_s[first - 1] <= HOUR_S
    went = last + 1 < len(t_s) and t_s[last + 1] - t_s[last] <= HOUR_S
    return start_s if came else float(t_s[first]), end_s if went else float(t_s[last])


def _outages(ship: Ship, end_s: float, random: np.random.Generator) -> list[tuple[float, float]]:
    """Short stretches, about one in two days, in which nobody hears a ship."""
    starts = random.uniform(0, end_s, random.poisson(end_s / (48 * HOUR_S)))
    return [(float(s), float(s + random.uniform(600, 3000))) for s in starts]
