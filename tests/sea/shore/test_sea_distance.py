"""Ways by sea never go over land but at their ends, and are no longer than they need be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sea.shoreline import metres, on_land
from tumen.ais.simulate.itinerary import Waypoint
from tumen.sea.shore.coastline import is_land
from tumen.sea.shore.sea_distance import SeaDistances, apart_nm, is_open, network
from tumen.vessels.ports import PortPlace

NAMPO = PortPlace("Nampo", 125.4, 38.716667)
WONSAN = PortPlace("Wonsan", 127.45, 39.166667)


@given(st.floats(-180, 180), st.floats(-89, 89), st.floats(-180, 180), st.floats(-89, 89))
def test_distance_is_that_of_the_sphere(lon_1: float, lat_1: float, lon_2: float, lat_2: float) -> None:
    expected = float(metres(lon_1, lat_1, np.array([lon_2]), np.array([lat_2]))[0]) / 1852
    assert apart_nm((lon_1, lat_1), (lon_2, lat_2)) == pytest.approx(expected, abs=1e-5)


@settings(deadline=None, max_examples=60)
@given(st.floats(-180, 179.99), st.floats(-80, 80))
def test_land_is_told_as_by_looking_at_every_ring(lon: float, lat: float) -> None:
    assert is_land(lon, lat) == on_land(lon, lat)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((123.0, 36.0), (124.5, 36.5), True),
        ((129.5, 37.0), (125.5, 36.5), False),  # across a peninsula
        ((128.6, 38.3), (125.4, 38.7), False),  # the same, with both ends near the shore: all that lies between is land
        ((179.0, -30.0), (-179.0, -30.0), True),
        ((177.0, 66.8), (-177.0, 66.0), False),  # land on both sides of 180 degrees
        ((-178.0, 20.0), (178.0, 21.0), True),
    ],
)
def test_line_is_open_where_it_crosses_no_land(one: Waypoint, other: Waypoint, *, expected: bool) -> None:
    assert is_open(one, other, 10, 25) is expected
    assert is_open(other, one, 25, 10) is expected


def test_straight_way_is_taken_where_it_is_open_and_the_network_is_not_asked() -> None:
    def fail(one: Waypoint, other: Waypoint) -> list[Waypoint]:
        raise AssertionError

    assert SeaDistances(fail).to_port_nm((124.0, 38.4), NAMPO) == pytest.approx(
        apart_nm((124.0, 38.4), (125.4, 38.716667))
    )


def test_each_place_and_port_is_worked_out_once() -> None:
    asked: list[Waypoint] = []

    def route(one: Waypoint, other: Waypoint) -> list[Waypoint]:
        asked.append(one)
        return []

    distances = SeaDistances(route)
    for lon in (128.61, 128.62, 128.59):
        assert distances.to_port_nm((lon, 38.31), NAMPO) is None
    assert asked == [(128.6, 38.3)]


def test_corners_that_can_be_cut_are_cut() -> None:
    distances = SeaDistances(lambda one, other: [(130.2, 37.9), (131.0, 38.5), (129.0, 39.0)])
    way = distances.to_port_nm((130.2, 36.0), WONSAN)
    assert way is not None
    assert apart_nm((130.2, 36.0), (127.45, 39.166667)) < way < 255


def test_way_whose_first_leg_goes_over_land_is_none() -> None:
    assert SeaDistances(lambda one, other: [(125.0, 37.0), (124.8, 38.4)]).to_port_nm((129.5, 37.0), NAMPO) is None


@pytest.mark.parametrize(
    ("place", "port", "least", "most"),
    [
        ((121.8, 38.9), NAMPO, 165, 180),
        ((129.1, 35.05), NAMPO, 520, 600),
        ((103.9, 1.2), NAMPO, 2450, 2750),
        ((128.6, 38.3), WONSAN, 70, 110),
    ],
)
def test_network_gives_distances_as_mariners_know_them(
    place: Waypoint, port: PortPlace, least: float, most: float
) -> None:
    """Bounds are wide: published tables of distances differ by the approach that they take."""
    way = SeaDistances(network()).to_port_nm(place, port)
    assert way is not None
    assert least < way < most


def test_way_is_never_shorter_than_a_straight_line_nor_found_for_a_port_inland() -> None:
    distances = SeaDistances(network())
    for place in ((122.0, 36.0), (131.9, 43.1), (140.5, 35.0), (-179.9, 10.0)):
        way = distances.to_port_nm(place, WONSAN)
        assert way is not None
        assert way >= apart_nm(place, (127.45, 39.166667)) - 2.2
    assert distances.to_port_nm((122.0, 36.0), PortPlace("Inland", 102.0, 47.0)) is None
