"""Shapes of findings are the same in every form of file, and cut at 180 degrees."""

from __future__ import annotations

import struct
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.detect.rounding import decimals_of
from tumen.detect.shapes import LonLat, Shape, geo_label, shape_of

places = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def read_wkb(data: bytes) -> tuple[list[list[LonLat]], int]:
    """The parts of well-known binary, and how many bytes they took."""
    order, kind = struct.unpack_from("<BI", data)
    assert order == 1
    if kind == 1:
        return [[struct.unpack_from("<2d", data, 5)]], 21
    (count,) = struct.unpack_from("<I", data, 5)
    if kind == 2:
        return [[struct.unpack_from("<2d", data, 9 + 16 * n) for n in range(count)]], 9 + 16 * count
    parts, at = [], 9
    for _ in range(count):
        part, used = read_wkb(data[at:])
        parts, at = [*parts, *part], at + used
    return parts, at


@given(st.lists(places, min_size=1, max_size=6))
def test_binary_holds_the_parts_to_the_last_byte(route: list[LonLat]) -> None:
    shape = shape_of(route)
    assert shape is not None
    parts, used = read_wkb(shape.wkb)
    assert parts == [list(part) for part in shape.parts]
    assert used == len(shape.wkb)


@given(st.lists(places, min_size=2, max_size=6))
def test_no_part_crosses_180_degrees_and_every_place_is_on_one(route: list[LonLat]) -> None:
    shape = shape_of(route)
    assert shape is not None
    for part in shape.parts:
        assert all(abs(one[0] - other[0]) <= 180 for one, other in pairwise(part))
    drawn = [place for part in shape.parts for place in part]
    assert [place for place in route if place not in drawn] == []


def test_places_that_are_not_known_are_not_drawn() -> None:
    assert shape_of([(1.0, 2.0), (None, None)]) == Shape((((1.0, 2.0),),))
    assert shape_of([(None, 1.0)]) is None


@pytest.mark.parametrize(
    ("route", "kind"),
    [
        ([(1.0, 2.0)], "Point"),
        ([(1.0, 2.0), (3.0, 4.0)], "LineString"),
        ([(179.0, 0.0), (-179.0, 0.0)], "MultiLineString"),
    ],
)
def test_kinds_are_told_alike(route: list[LonLat], kind: str) -> None:
    shape = shape_of(route)
    assert shape is not None
    assert (shape.kind, shape.geojson["type"]) == (kind, kind)
    assert f'"geometry_types": ["{kind}"]' in geo_label([shape, None])


@pytest.mark.parametrize(
    ("column", "number"),
    [
        ("lon", 5),
        ("lat_2", 5),
        ("there_nm", 2),
        ("needed_speed_kn", 2),
        ("speed_kn_1", 2),
        ("duration_h", 4),
        ("silence_before_1_h", 4),
        ("own_rate_per_h", 2),
        ("min_distance_m", 1),
        ("score", 1),
        ("mmsi", None),
        ("imo_1", None),
        ("messages_before", None),
        ("long", None),
        ("name", None),
    ],
)
def test_figures_are_rounded_by_what_they_mean(column: str, number: int | None) -> None:
    assert decimals_of(column) == number
