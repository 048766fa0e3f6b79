"""Two ships around an encounter, by hand: one lies still on the equator, the other passes or falls silent."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from tests.sea.seas import EARTH_M, START, Fix, put
from tumen.engine.embedded import DuckDB
from tumen.sea.pair_tracks import PAD_H, ChosenPair, pair_tracks
from tumen.sea.sea_findings import PairTrack

DEGREE_M = EARTH_M * math.pi / 180


def encounter(hours: float = 2.0, until: float = 4.0, one: int = 1, other: int = 2) -> ChosenPair:
    begin, end = (START + dt.timedelta(hours=h) for h in (hours, until))
    return ChosenPair(f"e-{one}-{other}", one, other, begin, end)


def track(duckdb: DuckDB, fixes: list[Fix], met: ChosenPair | None = None) -> PairTrack:
    put(duckdb, fixes)
    (found,) = pair_tracks(duckdb, [met or encounter()], leg_h=1.0)
    return found


def test_the_distance_is_that_between_places_on_straight_ways(duckdb: DuckDB) -> None:
    still = [Fix(1, h, 10.0, 0.0, 0.1) for h in (2.0, 3.0, 4.0)]
    passing = [Fix(2, h, 10.0 + (h - 2) / 10, 0.0, 6.0) for h in (2.0, 2.5, 3.5)]
    found = track(duckdb, [*still, *passing])
    assert found.hours == (0.0, 0.5, 1.0, 1.5, 2.0)
    assert found.distances_m[:4] == pytest.approx([n / 20 * DEGREE_M for n in range(4)], abs=0.1)
    assert math.isnan(found.distances_m[4])  # the second ship was last heard before
    assert found.ships[1].speeds_kn == (6.0, 6.0, 6.0)


def test_nothing_is_said_of_a_ship_in_a_silence_and_the_silence_is_told(duckdb: DuckDB) -> None:
    still = [Fix(1, h / 2, 10.0, 0.0, 0.1) for h in range(4, 9)]
    silent = [Fix(2, h, 10.0, 0.0) for h in (2.0, 2.5, 3.75, 4.0)]
    found = track(duckdb, [*still, *silent])
    assert found.hours == (0.0, 0.5, 1.0, 1.5, 1.75, 2.0)
    assert [math.isnan(d) for d in found.distances_m] == [False, False, True, True, False, False]
    assert found.ships[1].silences == ((0.5, 1.75),)
    assert found.ships[0].silences == ()
    assert all(math.isnan(speed) for speed in found.ships[1].speeds_kn)


def test_the_antimeridian_makes_no_difference(duckdb: DuckDB) -> None:
    fixes = [Fix(1, h, 179.95, 0.0) for h in (2.0, 3.0)] + [Fix(2, h, -179.95, 0.0) for h in (2.0, 3.0)]
    assert track(duckdb, fixes).distances_m == pytest.approx([0.1 * DEGREE_M] * 2, abs=0.1)


def test_only_positions_around_the_encounter_count_and_a_ship_heard_once_is_left_out(duckdb: DuckDB) -> None:
    hours = [2.0 - PAD_H - 0.1, 2.0 - PAD_H, 3.0, 4.0 + PAD_H, 4.0 + PAD_H + 0.1]
    put(duckdb, [Fix(ship, h, 10.0, 0.0) for ship in (1, 2) for h in hours] + [Fix(3, 3.0, 10.0, 0.0)])
    found = pair_tracks(duckdb, [encounter(), encounter(other=3)], leg_h=9.0)
    assert [f.encounter for f in found] == ["e-1-2"]
    assert found[0].hours == pytest.approx([-PAD_H, 1.0, 2.0 + PAD_H])
    assert pair_tracks(duckdb, [], leg_h=1.0) == []
