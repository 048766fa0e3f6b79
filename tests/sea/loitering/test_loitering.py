"""Ships that drift for hours far from shore are found, and those near it are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from tests.sea.seas import Fix, every, hour_of, put, voyage
from tests.sea.shoreline import metres
from tumen.engine.backends import open_engine
from tumen.engine.forms import column_types
from tumen.engine.queries import Engine, Row
from tumen.sea.loitering.loitering import Loitered, find_loitering
from tumen.sea.sea_levers import LoiteringLevers
from tumen.sea.shore.coastline import shore_pieces


@pytest.fixture
def engine() -> Iterator[Engine]:
    opened = open_engine()
    yield opened
    opened.close()


def found(engine: Engine, fixes: Sequence[Fix], **levers: float) -> list[Row]:
    put(engine, fixes)
    find_loitering(engine, replace(LoiteringLevers(), **levers))
    return engine.rows('select * from loitering order by mmsi nulls last, "start" nulls last')


def test_drift_in_open_sea_is_found_with_its_speed_and_way(engine: Engine) -> None:
    fixes = [*voyage(1, -140, 10, 10, 90, every(10, 0, 5)), *voyage(1, -139.15, 10, 1.5, 90, every(10, 6, 14))]
    (one,) = found(engine, fixes)
    assert tuple(one) == tuple(column_types(Loitered))
    assert (hour_of(one["start"]), hour_of(one["end"]), one["duration_h"]) == pytest.approx((5, 14, 9), abs=1.01)
    assert one["speed_kn"] == pytest.approx(1.5, abs=0.2)
    assert one["distance_nm"] == pytest.approx(one["speed_kn"] * one["duration_h"])
    assert one["shore_nm"] is None


@pytest.mark.parametrize(("hours", "number"), [(3.9, 0), (4.0, 1)])
def test_four_hours_are_enough_and_less_is_not(engine: Engine, hours: float, number: int) -> None:
    assert len(found(engine, voyage(1, -140, 10, 1, 90, [*every(6, 0, hours)]), step_min=6)) == number


@pytest.mark.parametrize(("speed_kn", "number"), [(1.9, 1), (2.1, 0)])
def test_slower_than_two_knots_is_slow(engine: Engine, speed_kn: float, number: int) -> None:
    assert len(found(engine, voyage(1, -140, 10, speed_kn, 90, every(10, 0, 8)))) == number


def test_error_of_a_position_is_no_speed(engine: Engine) -> None:
    """Heard every ten seconds, 15 m to and fro: 6 knots from one position to the next."""
    fixes = [Fix(1, n / 360, -140 + (n % 2) * 0.00014, 10, 0.0) for n in range(360 * 5)]
    (one,) = found(engine, fixes)
    assert one["speed_kn"] < 0.1


def test_silence_of_six_hours_is_borne_and_a_longer_one_is_not(engine: Engine) -> None:
    long = [f for f in voyage(1, -140, 10, 1, 90, every(10, 0, 30)) if not 5 < f.hours < 11]
    longer = [f for f in voyage(2, -140, 12, 1, 90, every(10, 0, 30)) if not 5 < f.hours < 11.5]
    rows = found(engine, [*long, *longer])
    assert [(r["mmsi"], r["longest_silence_h"]) for r in rows] == [
        (1, pytest.approx(6)),
        (2, pytest.approx(1 / 6)),
        (2, pytest.approx(1 / 6)),
    ]


def test_place_is_the_middle_across_180_degrees(engine: Engine) -> None:
    (one,) = found(engine, voyage(1, 179.95, 30, 1, 90, every(10, 0, 10)))
    assert abs(one["lon"]) > 179.9
    assert one["lat"] == pytest.approx(30, abs=0.01)


def test_ship_near_the_shore_does_not_loiter(engine: Engine) -> None:
    assert found(engine, voyage(1, 125.2, 38.6, 0, 0, every(10, 0, 10))) == []


def test_ship_on_a_lake_does_not_loiter(engine: Engine) -> None:
    """The middle of Lake Superior is more than 20 miles from any shore of the sea, and land by the coastline."""
    assert found(engine, voyage(1, -87.5, 47.9, 0, 0, every(10, 0, 10))) == []


def test_ship_on_the_inland_sea_that_the_coastline_has_does(engine: Engine) -> None:
    assert len(found(engine, voyage(1, 50.9, 42.0, 0, 0, every(10, 0, 10)))) == 1


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (124.0, 36.5),
        (123.5, 38.4),
        (131.5, 39.2),
        (-179.9, 51.0),
        (179.8, 51.0),
        (-5.0, 48.9),
        (18.5, -34.9),
        (20.0, 71.5),
    ],
)
def test_distance_from_shore_is_that_to_the_nearest_point_of_it(engine: Engine, lon: float, lat: float) -> None:
    (one,) = found(engine, voyage(1, lon, lat, 0, 0, every(10, 0, 6)), min_shore_nm=0)
    _, pieces = shore_pieces()
    shares = np.linspace(0, 1, 21)
    near = pieces[(np.abs(pieces[:, 1] - lat) < 3)]
    points = np.concatenate([near[:, :2] + share * (near[:, 2:] - near[:, :2]) for share in shares])
    nearest = float(metres(lon, lat, points[:, 0], points[:, 1]).min()) / 1852
    if nearest > 60.5:
        assert one["shore_nm"] is None
    else:
        assert one["shore_nm"] == pytest.approx(nearest, abs=0.6)


def test_stretch_ends_where_the_shore_is_too_near(engine: Engine) -> None:
    """Drifting east towards a shore at 1.9 knots for 30 hours: the last hours are too near."""
    fixes = voyage(1, 124.8, 36.5, 1.9, 90, every(10, 0, 30))
    (one,) = found(engine, fixes, min_shore_nm=25)
    assert one["shore_nm"] > 25
    assert 4 < one["duration_h"] < 29


def test_more_than_sixty_miles_from_shore_is_not_worked_out() -> None:
    opened = open_engine()
    with pytest.raises(ValueError, match="60"):
        find_loitering(opened, LoiteringLevers(min_shore_nm=61))
    opened.close()
