"""Positions become tracks: ships on one MMSI are told apart, jumps are cut, and no edge of the map matters."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sea.seas import Fix, every, hour_of, moved, put, voyage
from tumen.ais.tracks import make_tracks
from tumen.engine.backends import open_engine
from tumen.engine.queries import Engine


@pytest.fixture
def engine() -> Iterator[Engine]:
    opened = open_engine()
    yield opened
    opened.close()


def segments(engine: Engine, fixes: Sequence[Fix]) -> list[list[int]]:
    """Which of the fixes, by their number in the list, are in one segment; in order of the first."""
    put(engine, fixes)
    make_tracks(engine)
    of: dict[tuple[int, int], list[int]] = {}
    number = {(f.mmsi, round(f.hours * 3600), round(f.lon, 9)): i for i, f in enumerate(fixes)}
    for row in engine.rows("select * from tracked order by mmsi nulls last, t nulls last, lon nulls last"):
        key = (row["mmsi"], round(hour_of(row["t"]) * 3600), round(row["lon"], 9))
        of.setdefault((row["mmsi"], row["segment"]), []).append(number[key])
    assert sum(len(v) for v in of.values()) == len(fixes), "every position is in one segment"
    return sorted(sorted(v) for v in of.values())


def test_one_ship_is_one_segment_across_midnight_and_month_end(engine: Engine) -> None:
    fixes = voyage(1, 124, 38, 12, 100, every(10, 0, 12))
    assert segments(engine, fixes) == [list(range(len(fixes)))]


def test_two_ships_on_one_mmsi_are_no_zig_zag(engine: Engine) -> None:
    one = voyage(7, 124, 38, 10, 90, every(2, 0, 6))
    other = voyage(7, 130, 34, 0, 0, every(2, 0.01, 6.01))
    assert segments(engine, [*one, *other]) == [list(range(len(one))), list(range(len(one), len(one) + len(other)))]


def test_two_ships_heard_seldom_are_told_apart_by_where_they_would_be(engine: Engine) -> None:
    """At 2.5 hours apart either could reach the other's place; only one is where its course leads."""
    one = voyage(7, 124, 38, 4, 90, [0, *every(300, 0.2, 40.2)])
    other = voyage(7, 124, 37.2, 4, 270, [0.1, *every(300, 2.7, 42.7)])
    assert segments(engine, [*one, *other]) == [list(range(10)), list(range(10, 20))]


def test_jump_is_a_segment_of_its_own_and_the_ship_goes_on(engine: Engine) -> None:
    ship = voyage(1, 124, 38, 10, 90, every(5, 0, 4))
    jump = [Fix(1, f.hours, f.lon + 3, f.lat - 2, f.speed_kn, f.course_deg) for f in ship[20:25]]
    assert segments(engine, [*ship[:20], *jump, *ship[25:]]) == [[*range(20), *range(25, 49)], [20, 21, 22, 23, 24]]


def test_180_degrees_is_no_edge(engine: Engine) -> None:
    fixes = voyage(1, 179.5, 10, 15, 90, every(5, 0, 10))
    assert min(f.lon for f in fixes) < -178
    assert segments(engine, fixes) == [list(range(len(fixes)))]


def test_the_pole_is_no_edge(engine: Engine) -> None:
    fixes = voyage(1, 20, 89.5, 10, 0, every(5, 0, 6))
    assert max(abs(f.lon - 20) for f in fixes) > 179
    assert segments(engine, fixes) == [list(range(len(fixes)))]


def test_course_is_turned_to_radians_once(engine: Engine) -> None:
    """Eastward by its course; turned to radians twice, it would be looked for in the north."""
    east = voyage(7, 124, 37, 12, 90, [0, 5])
    north = voyage(7, 124, 37.5, 12, 0, [1, 6])
    assert segments(engine, [*east, *north]) == [[0, 1], [2, 3]]


def test_longer_silence_ends_a_segment(engine: Engine) -> None:
    fixes = voyage(1, 124, 38, 5, 90, [0, 1, 24.9, 49.5])
    assert segments(engine, fixes) == [[0, 1, 2], [3]]


def test_fast_ferry_is_believed_where_it_says_so_itself(engine: Engine) -> None:
    fixes = voyage(1, 124, 38, 38, 90, every(6, 0, 3))
    assert segments(engine, fixes) == [list(range(len(fixes)))]
    silent = [Fix(2, f.hours, f.lon, f.lat) for f in fixes]
    engine.close()
    other = open_engine()
    assert len(segments(other, silent)) > 1
    other.close()


def test_mmsi_that_is_everywhere_ends(engine: Engine) -> None:
    """Random places: no track can be made of them, and none takes long."""
    chance = random.Random(5)
    fixes = [Fix(9, n / 60, chance.uniform(-180, 180), chance.uniform(-80, 80)) for n in range(2000)]
    assert len(segments(engine, fixes)) > 1000


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lon=st.floats(-180, 179.99),
    lat=st.floats(-88, 88),
    course=st.floats(0, 359),
    speed=st.floats(0, 24),
    steps=st.lists(st.floats(0.01, 5), min_size=2, max_size=30),
    seed=st.integers(0, 9),
)
def test_ship_that_does_not_turn_is_never_cut(
    lon: float, lat: float, course: float, speed: float, steps: list[float], seed: int
) -> None:
    """Whatever the reporting, and wherever it is."""
    chance = random.Random(seed)
    fixes, hour = [Fix(1, 0.0, lon, lat, speed)], 0.0
    for step in steps:
        hour += step
        fixes.append(Fix(1, hour, *moved(lon, lat, course, speed * 1852 * hour + chance.uniform(-20, 20)), speed))
    engine = open_engine()
    put(engine, fixes)
    make_tracks(engine)
    assert engine.rows("select count(distinct segment) as n from tracked") == [{"n": 1}]
    engine.close()
