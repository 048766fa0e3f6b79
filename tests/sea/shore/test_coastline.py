"""The coastline: land to draw and shore to measure from, also across 180 degrees and around the pole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.coastline import packed, rings, simplified

from tests.sea.shoreline import on_land
from tumen.sea.shore.coastline import Box, land, shore
from tumen.sea.shore.coastline import rings as world


def area(ring: np.ndarray) -> float:
    x, y = ring.T
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


# ----------------------------------------------------------------------------------------------- land


def test_open_sea_holds_no_land_and_no_shore() -> None:
    box = Box(-30.0, 40.0, -25.0, 45.0)
    assert land(box) == []
    assert len(shore(box)) == 0


def test_box_inland_is_filled_to_its_edges_and_has_no_shore() -> None:
    box = Box(100.0, 45.0, 102.0, 46.0)
    assert sum(area(ring) for ring in land(box)) == pytest.approx(2.0)
    assert len(shore(box)) == 0


def test_box_at_the_south_pole_is_filled() -> None:
    box = Box(-10.0, -90.0, 10.0, -88.0)
    assert sum(area(ring) for ring in land(box)) == pytest.approx(40.0)
    assert len(shore(box)) == 0


def test_land_lies_within_the_box() -> None:
    box = Box(117.0, 28.0, 131.0, 42.0)
    corners = np.concatenate(land(box))
    assert corners.min(axis=0) == pytest.approx([117.0, 28.0])
    assert corners.max(axis=0) == pytest.approx([131.0, 42.0])


def test_land_goes_on_across_180_degrees() -> None:
    west, east, both = (
        sum(area(ring) for ring in land(box))
        for box in (Box(170.0, 60.0, 180.0, 72.0), Box(-180.0, 60.0, -170.0, 72.0), Box(170.0, 60.0, 190.0, 72.0))
    )
    assert min(west, east) > 5
    assert both == pytest.approx(west + east)


def test_meridian_of_180_degrees_is_no_shore() -> None:
    pieces = shore(Box(179.0, 66.0, 181.0, 69.0))
    assert len(pieces) > 0
    assert not (np.abs(pieces[:, [0, 2]] - 180) < 0.01).all(axis=1).any()


def test_edge_of_a_map_at_the_south_is_no_shore() -> None:
    assert shore(Box(-180.0, -90.0, 180.0, -60.0))[:, [1, 3]].min() > -86


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [
        (125.75, 39.0, True),
        (124.0, 36.0, False),
        (-98.0, 39.0, True),
        (179.0, 67.5, True),
        (-179.0, 67.5, True),
        (0.0, -90.0, True),
        (50.5, 42.0, False),
        (126.5, 33.4, True),
    ],
)
def test_places_are_on_land_or_not(lon: float, lat: float, *, expected: bool) -> None:
    assert on_land(lon, lat) is expected


# ---------------------------------------------------------------------------------------------- boxes


def test_box_around_places_on_both_sides_of_180_degrees_is_small() -> None:
    box = Box.around([179.9, -179.9], [0.0, 1.0], 1.0)
    assert (box.west, box.south, box.east, box.north) == pytest.approx((178.9, -1.0, 181.1, 2.0))


def test_box_around_one_place_is_its_margin() -> None:
    assert Box.around([125.0], [38.0], 0.5) == Box(124.5, 37.5, 125.5, 38.5)


def test_box_stops_at_the_pole_and_the_whole_circle() -> None:
    box = Box.around([0.0, 90.0, 180.0, -90.0], [89.0] * 4, 60.0)
    assert (box.north, box.east - box.west) == (90.0, 360.0)


@given(
    st.lists(st.floats(-180, 180), min_size=1, max_size=6),
    st.floats(0, 20),
)
def test_box_holds_every_place_and_begins_within_the_circle(lon: list[float], margin: float) -> None:
    box = Box.around(lon, [0.0] * len(lon), margin)
    assert -180 <= box.west < 180
    assert box.west <= box.east <= box.west + 360
    for place in lon:
        assert np.mod(place - box.west + 1e-6, 360) <= box.east - box.west + 2e-6


# -------------------------------------------------------------------------------------- the file's maker


def test_every_ring_of_the_world_is_closed() -> None:
    assert all((ring[0] == ring[-1]).all() and len(ring) >= 3 for ring in world())
    assert len(world()) > 4000


def test_ring_goes_on_where_longitudes_jump() -> None:
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [[[179, 0], [-358, 0]], [[179, 0], [0, 2], [-358, 0], [0, -2]]],
        "objects": {"land": {"geometries": [{"arcs": [[[1, -1]]]}]}},
    }
    (ring,) = rings(topology)
    assert ring[:, 0].tolist() == pytest.approx([179, 179, 181, 181, 179])


def test_simplified_line_leaves_out_only_what_is_near() -> None:
    line = np.array([[0.0, 0.0], [1.0, 0.004], [2.0, 0.3], [3.0, 0.0]])
    assert simplified(line, 0.2).tolist() == [[0.0, 0.0], [2.0, 0.3], [3.0, 0.0]]


def test_smallest_island_keeps_three_corners() -> None:
    island = np.array([[0.0, 0.0], [0.002, 0.0], [0.002, 0.002], [0.0, 0.002], [0.0, 0.0]])
    assert len(simplified(island, 0.5)) == 4


def test_packed_lines_can_be_put_together_again() -> None:
    lines = [np.array([[1.0, 2.0], [1.5, 2.25], [1.5, 2.2501]]), np.array([[-3.0, 0.0], [-3.0, 1.0]])]
    kept = packed(lines)
    assert kept["points"].tolist() == [2, 2]
    assert kept["lon"].tolist() == [1000, 500, -3000, 0]
    assert kept["lat"].tolist() == [2000, 250, 0, 1000]
