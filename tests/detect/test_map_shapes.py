"""Where a finding is, as maps have it."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tumen.detect.map_shapes import MapShape, Spot, map_shape


def line(spots: Sequence[Spot]) -> MapShape:
    shape = map_shape(spots)
    assert shape is not None
    return shape


SPOTS = st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=12)


def test_a_line_that_crosses_180_degrees_twice_has_three_parts() -> None:
    shape = line([(179.0, 0.0), (-179.0, 2.0), (179.0, 4.0)])
    assert shape.parts == (
        ((179.0, 0.0), (180.0, 1.0)),
        ((-180.0, 1.0), (-179.0, 2.0), (-180.0, 3.0)),
        ((180.0, 3.0), (179.0, 4.0)),
    )
    assert (shape.kind, shape.bounds) == ("MultiLineString", (-180.0, 0.0, 180.0, 4.0))


@given(spots=SPOTS)
def test_every_spot_is_there_in_order_and_no_step_is_wider_than_half_the_globe(spots):
    shape = line(spots)
    steps = [(a, b) for part in shape.parts for a, b in pairwise(part)]
    assert all(abs(b[0] - a[0]) <= 180 for a, b in steps)
    places = [spot for part in shape.parts for spot in part]
    rest = iter(places)
    assert all(any(spot == place for place in rest) for spot in spots)
    west, south, east, north = shape.bounds
    assert all(west <= lon <= east and south <= lat <= north for lon, lat in places)


def test_one_spot_is_a_point_and_none_is_nothing() -> None:
    assert line([(1.0, 2.0)]).geojson == {"type": "Point", "coordinates": [1.0, 2.0]}
    assert map_shape([]) is None
