"""The queries find what plain loops find, step by step, in seas of chance."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest

from tests.reference.encounters_by_steps import Meeting, Rules, meetings
from tests.sea.seas import EARTH_M, Fix, hour_of, put
from tumen.engine.backends import open_engine
from tumen.sea.encounters.encounters import find_encounters
from tumen.sea.sea_levers import EncounterLevers
from tumen.vessels.ports import put_ports

SEAS = 20

#: Where the seas lie: at 180 degrees, beside a pole, on the equator, in the middle latitudes.
PLACES = [(179.995, 38.0), (-70.0, 89.9), (10.0, 0.0), (124.0, -55.0)]


def sea(number: int) -> list[Fix]:
    """Three ships that drift, come near and go, heard now often and now not for hours."""
    chance = random.Random(number)
    lon, lat = PLACES[number % len(PLACES)]
    lat -= 0.3 * (number // len(PLACES))
    fixes = []
    flow = chance.uniform(-0.6, 0.6), chance.uniform(-0.6, 0.6)
    for ship in range(3):
        usual_min = chance.choice([1, 3, 10, 40, 75])
        hour, east_m, north_m = chance.uniform(0, 0.5), chance.uniform(-300, 300), chance.uniform(-300, 300)
        while hour < 12:
            moved_m = 1852 * hour
            fixes.append(
                _fix(number * 10 + ship + 1, hour, lon, lat, east_m + flow[0] * moved_m, north_m + flow[1] * moved_m)
            )
            silent = chance.random() < 0.004 * usual_min
            step_h = chance.uniform(1.2, 6.5) if silent else usual_min * chance.uniform(0.5, 1.5) / 60
            hour += step_h
            turn_m = 1852 * step_h * (5.0 if chance.random() < 0.02 else 0.2)
            east_m += chance.uniform(-1, 1) * turn_m - 0.4 * min(1, step_h) * east_m
            north_m += chance.uniform(-1, 1) * turn_m - 0.4 * min(1, step_h) * north_m
    return fixes


def _fix(mmsi: int, hour: float, lon: float, lat: float, east_m: float, north_m: float) -> Fix:
    """A place in metres on the plane that touches the earth, brought down to it."""
    phi, lam = math.radians(lat), math.radians(lon)
    x = math.cos(phi) * math.cos(lam) + (-math.sin(lam) * east_m - math.sin(phi) * math.cos(lam) * north_m) / EARTH_M
    y = math.cos(phi) * math.sin(lam) + (math.cos(lam) * east_m - math.sin(phi) * math.sin(lam) * north_m) / EARTH_M
    z = math.sin(phi) + math.cos(phi) * north_m / EARTH_M
    return Fix(mmsi, hour, math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y))))


def sure(number: int) -> list[Meeting] | None:
    """What the loops find; None where a rule a little stricter or laxer finds something else."""
    found = [
        meetings(sea(number), replace(Rules(), **change))
        for change in (
            {},
            {"least_s": 7230.0, "excursion_s": 895.0, "distance_m": 499.5},
            {"least_s": 7170.0, "excursion_s": 905.0, "distance_m": 500.5},
        )
    ]
    spans = [[(m.mmsi_1, m.mmsi_2, round(m.start_s / 60), round(m.end_s / 60)) for m in one] for one in found]
    near = all(
        len(s) == len(spans[0])
        and all(abs(a - b) <= 2 for x, y in zip(s, spans[0], strict=True) for a, b in zip(x, y, strict=True))
        for s in spans
    )
    return found[0] if near else None


@pytest.fixture(scope="module")
def answers() -> list[Meeting]:
    """What the queries find in all seas together, in the words of the loops."""
    engine = open_engine()
    put(engine, [fix for number in range(SEAS) for fix in sea(number)])
    put_ports(engine, ())
    find_encounters(engine, EncounterLevers(slower_kn=30.0))
    rows = engine.rows("select * from encounters")
    engine.close()
    return [
        Meeting(
            r["mmsi_1"],
            r["mmsi_2"],
            hour_of(r["start"]) * 3600,
            hour_of(r["end"]) * 3600,
            (r["duration_h"] - r["observed_h"]) * 3600,
            r["min_distance_m"],
        )
        for r in rows
    ]


def test_queries_find_what_loops_find(answers: list[Meeting]) -> None:
    compared = silent = 0
    for number in range(SEAS):
        expected = sure(number)
        if expected is None:
            continue
        ours = sorted((m for m in answers if m.mmsi_1 // 10 == number), key=lambda m: (m.start_s, m.mmsi_1, m.mmsi_2))
        assert [(m.mmsi_1, m.mmsi_2) for m in ours] == [(m.mmsi_1, m.mmsi_2) for m in expected], f"sea {number}"
        for mine, theirs in zip(ours, expected, strict=True):
            compared += 1
            silent += theirs.silent_s > 0
            assert mine.start_s == pytest.approx(theirs.start_s, abs=4), f"sea {number}"
            assert mine.end_s == pytest.approx(theirs.end_s, abs=4), f"sea {number}"
            assert mine.silent_s == pytest.approx(theirs.silent_s, abs=8), f"sea {number}"
            if math.isfinite(theirs.nearest_m):
                assert mine.nearest_m == pytest.approx(theirs.nearest_m, abs=5), f"sea {number}"
    assert compared >= 12, "the seas hold meetings to compare"
    assert silent >= 3, "some of them with silences"
