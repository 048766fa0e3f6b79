"""Encounters found the slow way: every two seconds, in plain loops, to compare the queries with.

Nothing is shared with the detector but the rules. It solves no equation and knows no grid.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from tests.sea.seas import EARTH_M, Fix

Point = tuple[float, float, float]
STEP_S = 2.0
KNOT_M_S = 1852 / 3600


@dataclass(frozen=True)
class Rules:
    """The levers, in seconds and metres."""

    distance_m: float = 500.0
    least_s: float = 7200.0
    leg_s: float = 3600.0
    silence_s: float = 21600.0
    bridge_m_s: float = 2 * KNOT_M_S
    excursion_s: float = 900.0


@dataclass(frozen=True)
class Meeting:
    """Two ships together, seconds; `silent_s` of it was bridged."""

    mmsi_1: int
    mmsi_2: int
    start_s: float
    end_s: float
    silent_s: float
    nearest_m: float


def point(fix: Fix) -> Point:
    """A place in space."""
    lon, lat = math.radians(fix.lon), math.radians(fix.lat)
    return EARTH_M * math.cos(lat) * math.cos(lon), EARTH_M * math.cos(lat) * math.sin(lon), EARTH_M * math.sin(lat)


@dataclass(frozen=True)
class Step:
    """From one position of a ship to the next."""

    t_0: float
    t_1: float
    p_0: Point
    p_1: Point

    def at(self, t: float) -> Point:
        """Where the ship is, going straight."""
        share = (t - self.t_0) / (self.t_1 - self.t_0)
        x, y, z = (a + share * (b - a) for a, b in zip(self.p_0, self.p_1, strict=True))
        return x, y, z

    def kind(self, rules: Rules) -> str:
        """A leg, a silence that may be bridged, or lost."""
        long_s = self.t_1 - self.t_0
        if long_s <= rules.leg_s:
            return "leg"
        slow = math.dist(self.p_0, self.p_1) <= rules.bridge_m_s * long_s
        return "silence" if long_s <= rules.silence_s and slow else "lost"


def steps_of(fixes: Sequence[Fix]) -> list[Step]:
    """A ship's steps in time."""
    ordered = sorted(fixes, key=lambda f: f.hours)
    return [
        Step(round(a.hours * 3.6e9) / 1e6, round(b.hours * 3.6e9) / 1e6, point(a), point(b))
        for a, b in itertools.pairwise(ordered)
        if b.hours > a.hours
    ]


def step_at(steps: Sequence[Step], t: float) -> Step | None:
    """The step that a moment is in, the earlier one where two meet."""
    return next((s for s in steps if s.t_0 < t <= s.t_1), None)


def meetings(fixes: Sequence[Fix], rules: Rules = Rules()) -> list[Meeting]:
    """All pairs' meetings that last long enough."""
    ships = {mmsi: steps_of([f for f in fixes if f.mmsi == mmsi]) for mmsi in sorted({f.mmsi for f in fixes})}
    found = []
    for one, two in itertools.combinations(ships, 2):
        found += _of_pair(one, two, ships[one], ships[two], rules)
    return sorted(found, key=lambda m: (m.start_s, m.mmsi_1, m.mmsi_2))


def _bridged(one: Sequence[Step], two: Sequence[Step], rules: Rules) -> set[Step]:
    """The silences of either ship over which they may be taken to have stayed together."""
    kept = {s for s in (*one, *two) if s.kind(rules) == "silence"}
    for silent, others in ((one, two), (two, one)):
        for gap in [s for s in silent if s in kept]:
            turns = {gap.t_0, gap.t_1, *(t for s in others for t in (s.t_0, s.t_1) if gap.t_0 <= t <= gap.t_1)}
            if not all(_within_reach(gap, others, t, rules) for t in turns):
                kept.discard(gap)
            if any(s.kind(rules) == "lost" and s.t_0 < gap.t_1 and s.t_1 > gap.t_0 for s in others):
                kept.discard(gap)
    while True:
        failed = {
            s
            for mine, others in ((one, two), (two, one))
            for s in mine
            if s in kept
            if any(o.kind(rules) == "silence" and o not in kept and o.t_0 < s.t_1 and o.t_1 > s.t_0 for o in others)
        }
        if not failed:
            return kept
        kept -= failed


def _within_reach(gap: Step, others: Sequence[Step], t: float, rules: Rules) -> bool:
    """Whether the silent ship can have been within the distance of the other at a moment, and be back in time."""
    step = step_at(others, t) or next((s for s in others if s.t_0 == t), None)
    if step is None:
        return False
    place = step.at(t)
    return math.dist(place, gap.p_0) <= rules.distance_m + rules.bridge_m_s * (t - gap.t_0) and math.dist(
        place, gap.p_1
    ) <= rules.distance_m + rules.bridge_m_s * (gap.t_1 - t)


def _of_pair(mmsi_1: int, mmsi_2: int, one: Sequence[Step], two: Sequence[Step], rules: Rules) -> list[Meeting]:
    """Step by step: together, apart, or unknown; then runs of being together."""
    if not one or not two:
        return []
    bridged = _bridged(one, two, rules)
    first, last = max(one[0].t_0, two[0].t_0), min(one[-1].t_1, two[-1].t_1)
    found: list[Meeting] = []
    run: list[float] = []
    silent_s, nearest, apart_s = 0.0, math.inf, 0.0
    i = j = 0
    t = math.floor(first) + STEP_S / 2
    while t < last:
        while one[i].t_1 < t:
            i += 1
        while two[j].t_1 < t:
            j += 1
        a, b = one[i], two[j]
        kinds = {s.kind(rules) for s in (a, b)}
        state, gap_m = "unknown", math.inf
        if kinds == {"leg"}:
            gap_m = math.dist(a.at(t), b.at(t))
            state = "together" if gap_m <= rules.distance_m else "apart"
        elif "lost" not in kinds and all(s in bridged for s in (a, b) if s.kind(rules) == "silence"):
            state = "silent"
        apart_s = apart_s + STEP_S if state == "apart" else 0.0
        if run and (state == "unknown" or apart_s > rules.excursion_s):
            found.append(Meeting(mmsi_1, mmsi_2, run[0] - STEP_S / 2, run[-1] + STEP_S / 2, silent_s, nearest))
            run, silent_s, nearest = [], 0.0, math.inf
        if state in ("together", "silent"):
            run = [run[0] if run else t, t]
            silent_s += STEP_S if state == "silent" else 0
            nearest = min(nearest, gap_m)
        t += STEP_S
    if run:
        found.append(Meeting(mmsi_1, mmsi_2, run[0] - STEP_S / 2, run[-1] + STEP_S / 2, silent_s, nearest))
    return [m for m in found if m.end_s - m.start_s >= rules.least_s]
