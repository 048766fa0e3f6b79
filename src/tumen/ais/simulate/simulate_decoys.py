"""Pairs of simulated ships: transfers from ship to ship, and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from tumen.ais.simulate.itinerary import DEGREE_M, HOUR_S, KNOT_M_S, Itinerary, Waypoint, apart_m, waypoint_beside

#: Within this distance two ships count as together, metres.
TOGETHER_M = 500.0


@dataclass(frozen=True)
class Meeting:
    """One meeting of two ships as it truly was.

    Args:
        kind: transfer, or the kind of decoy.
        start_s, end_s: when they were within 500 m, from the world's start; the whole time alongside for decoys
            that never were.
        place: where, half way through.
        silent_h: how long the first ship's transmitter was off meanwhile.
    """

    kind: str
    ships: tuple[int, int]
    start_s: float
    end_s: float
    place: Waypoint
    silent_h: float = 0.0

    @property
    def silence_s(self) -> tuple[float, float] | None:
        """When the first ship was silent: in the middle of the meeting."""
        half = self.silent_h * HOUR_S / 2
        middle = (self.start_s + self.end_s) / 2
        return (middle - half, middle + half) if half else None


@dataclass(frozen=True)
class Manner:
    """How the two of a kind meet.

    Args:
        apart_m: least and most distance alongside.
        hours: least and most time alongside.
        drift_kn: least and most speed alongside.
    """

    apart_m: tuple[float, float]
    hours: tuple[float, float]
    drift_kn: tuple[float, float]


#: A transfer, and each kind of decoy: too fast, too far apart, too short, or in passing.
MANNERS: Mapping[str, Manner] = {
    "transfer": Manner((30, 180), (2.5, 14), (0.2, 1.2)),
    "convoy": Manner((150, 400), (4, 10), (6.0, 11.0)),
    "queue": Manner((900, 1500), (6, 20), (0.1, 0.6)),
    "apart": Manner((640, 850), (4, 14), (0.1, 0.8)),
    "brief": Manner((60, 300), (0.5, 1.4), (0.2, 1.0)),
    "passing": Manner((80, 350), (0.05, 0.1), (2.5, 5.0)),
}

DECOYS = tuple(kind for kind in MANNERS if kind != "transfer")


def pair(
    kind: str,
    ships: tuple[int, int],
    home: Waypoint,
    elsewhere: Callable[[], Waypoint],
    end_s: float,
    random: np.random.Generator,
) -> tuple[Itinerary, Itinerary, list[Meeting]]:
    """Two ships that meet again and again at one place, and sail about alone in between.

    Args:
        home: where they meet.
        elsewhere: draws a place in open sea to sail to in between.
        end_s: when the world ends.

    Returns: both itineraries, and their meetings.
    """
    manner = MANNERS[kind]
    first, second = (Itinerary.starting(0.0, elsewhere()) for _ in ships)
    meetings: list[Meeting] = []
    while True:
        bearing, current = random.uniform(0, 2 * np.pi, 2)
        drift_kn, alongside_h = random.uniform(*manner.drift_kn), random.uniform(*manner.hours)
        east_kn, north_kn = drift_kn * np.sin(current), drift_kn * np.cos(current)
        first.sail(home, random.uniform(8, 12))
        offset = random.uniform(*manner.apart_m)
        # The second ship comes up slowly over the last 2.5 km, while the first already drifts.
        waits_s = random.uniform(1.0, 2.0) * HOUR_S
        meet_s = max(first.now_s, second.now_s + apart_m(second.here, home) / (8 * KNOT_M_S)) + waits_s
        if meet_s + (alongside_h + 4) * HOUR_S > end_s:
            break
        first.drift(meet_s - waits_s)
        base = first.here

        def moved(
            t_s: float,
            from_m: float,
            origin: Waypoint = base,
            t0_s: float = meet_s - waits_s,
            flow: tuple[float, float] = (east_kn, north_kn),
            towards: float = bearing,
        ) -> Waypoint:
            """Where a ship is that keeps some metres off the first, both carried by the same current."""
            gone = (t_s - t0_s) * KNOT_M_S
            return waypoint_beside(
                origin, flow[0] * gone + from_m * np.sin(towards), flow[1] * gone + from_m * np.cos(towards)
            )

        closing_s = 2500 / (3 * KNOT_M_S)
        part_s = meet_s + alongside_h * HOUR_S
        first.be(moved(part_s + closing_s, 0), part_s + closing_s)
        second.be(moved(meet_s - closing_s, 2500 + offset), meet_s - closing_s)
        second.be(moved(meet_s, offset), meet_s).be(moved(part_s, offset), part_s)
        second.be(moved(part_s + closing_s, 2500 + offset), part_s + closing_s)
        silent_h = (
            random.uniform(1.2, 3.0) if kind == "transfer" and alongside_h > 5 and random.random() < 0.15 else 0.0
        )
        meetings.append(_as_it_was(Meeting(kind, ships, meet_s, part_s, base, silent_h), first, second))
        first.sail(elsewhere(), random.uniform(8, 12))
        second.sail(elsewhere(), random.uniform(8, 12))
        rests_s = random.uniform(1, 12) * HOUR_S
        first.drift(first.now_s + rests_s)
    for ship in (first, second):
        ship.sail(elsewhere(), 9.0)
    return first, second, meetings


def _as_it_was(planned: Meeting, first: Itinerary, second: Itinerary) -> Meeting:
    """The meeting with the moments at which the two truly came within 500 m and parted, where they did."""
    t_s = np.arange(planned.start_s - 2 * HOUR_S, planned.end_s + 2 * HOUR_S, 1.0)
    (lon_1, lat_1), (lon_2, lat_2) = first.at(t_s), second.at(t_s)
    gap_m = np.hypot((lon_1 - lon_2) * np.cos(np.radians(lat_1)), lat_1 - lat_2) * DEGREE_M
    middle = len(t_s) // 2
    place = (float(lon_1[middle] + lon_2[middle]) / 2, float(lat_1[middle] + lat_2[middle]) / 2)
    if gap_m[middle] > TOGETHER_M:
        return replace(planned, place=place)
    beyond = np.flatnonzero(gap_m > TOGETHER_M)  # its own bounds, not an earlier moment at which they crossed
    start_s, end_s = float(t_s[beyond[beyond < middle][-1] + 1]), float(t_s[beyond[beyond > middle][0] - 1])
    return replace(planned, start_s=start_s, end_s=end_s, place=place)
