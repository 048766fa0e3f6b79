"""How far it is by sea from a place to a port."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from tumen.ais.simulate.itinerary import Waypoint
from tumen.measure.arrays import Floats
from tumen.sea.shore.coastline import Box, is_land, shore
from tumen.vessels.ports import PortPlace

#: Places are rounded to so many degrees: up to 2.1 nautical miles off, and as many routes fewer.
ROUNDED_DEG = 0.05

#: Within so many nautical miles of a port, or of a ship's place, a straight line may cross the shore: ports lie up
#: rivers and in bays that the coastline leaves out.
APPROACH_NM = 25.0
BESIDE_SHIP_NM = 10.0

#: Corners of a route are not cut by straight lines longer than this, nautical miles.
_LONGEST_CUT_NM = 600.0

#: So near the ends of a route, and so far apart, points of its legs are corners too.
_FINE_NM = 200.0
_FINE_STEP_NM = 10.0

_EARTH_NM = 6371.0088 / 1.852

Route = Callable[[Waypoint, Waypoint], Sequence[Waypoint]]


@dataclass(frozen=True)
class SeaDistances:
    """Distances by sea, each worked out once.

    Args:
        route: corners of a way by sea between two places, without the places; none where there is no way.
    """

    route: Route
    _known: dict[tuple[Waypoint, Waypoint], float | None] = field(default_factory=dict)

    def to_port_nm(self, place: Waypoint, port: PortPlace) -> float | None:
        """Nautical miles by sea between a ship's place and a port, or None where no way is found.

        The way follows the network of sea lanes; from the ship to the network, from the network to the port, and
        wherever a corner can be cut, it goes along a great circle that does not cross the shore, but for
        `APPROACH_NM` before the port, and `BESIDE_SHIP_NM` around the ship or, where the coastline has her on land, up
        a river or in a bay that it leaves out, `APPROACH_NM` too.

        Args:
            place: longitude and latitude, degrees; rounded to `ROUNDED_DEG`.

        Source: searoute, which carries Eurostat's network of sea lanes.
        Limits: Lanes are a drawing of usual traffic at sea; depth, ice, closed waters and the Northwest Passage are
            not sailed around or through. The shore is generalised: see `coastline`. A port far up a river or inland
            has no way.
        """
        lon, lat = (round(round(value / ROUNDED_DEG) * ROUNDED_DEG, 6) for value in place)
        end = (port.lon, port.lat)
        if ((lon, lat), end) not in self._known:
            self._known[(lon, lat), end] = self._worked_out((lon, lat), end)
        return self._known[(lon, lat), end]

    def _worked_out(self, place: Waypoint, port: Waypoint) -> float | None:
        beside_nm = APPROACH_NM if is_land(*place) else BESIDE_SHIP_NM
        if apart_nm(place, port) <= _LONGEST_CUT_NM and is_open(place, port, beside_nm, APPROACH_NM):
            return apart_nm(place, port)
        corners = [place, *self.route(place, port), port]
        if len(corners) == 2:
            return None
        if not is_open(corners[0], corners[1], beside_nm, 0) or not is_open(*corners[-2:], 0, APPROACH_NM):
            return None
        ways = [_cut_corners(corners, beside_nm), _cut_corners(_finer(corners), beside_nm)]
        return min(sum(apart_nm(one, other) for one, other in pairwise(way)) for way in ways)


def network() -> Route:
    """The network of sea lanes that the package `searoute` carries."""
    import searoute

    def route(one: Waypoint, other: Waypoint) -> list[Waypoint]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where there is no way, and gives an empty one
            found: Any = searoute.searoute(list(one), list(other), units="naut")
        return [(float(lon), float(lat)) for lon, lat in found["geometry"]["coordinates"]]

    return route


def apart_nm(one: Waypoint, other: Waypoint) -> float:
    """Nautical miles between two places along a great circle on a sphere.

    Example:
        >>> round(apart_nm((0.0, 0.0), (0.0, 1.0)), 2)
        60.04
    """
    lon_1, lat_1, lon_2, lat_2 = np.radians([*one, *other])
    half = np.sin((lat_2 - lat_1) / 2) ** 2 + np.cos(lat_1) * np.cos(lat_2) * np.sin((lon_2 - lon_1) / 2) ** 2
    return float(2 * _EARTH_NM * np.arcsin(np.sqrt(min(1.0, half))))


@lru_cache(maxsize=200_000)
def is_open(one: Waypoint, other: Waypoint, from_one_nm: float, from_other_nm: float) -> bool:
    """Whether the great circle between two places goes over no land, beyond some nautical miles from either."""
    length_nm = apart_nm(one, other)
    if length_nm <= from_one_nm + from_other_nm:
        return True
    shares = np.linspace(
        from_one_nm / length_nm, 1 - from_other_nm / length_nm, 2 + int((length_nm - from_one_nm - from_other_nm) / 30)
    )
    line = _between(one, other, shares)
    box = Box.around(line[:, 0].tolist(), line[:, 1].tolist(), 0.01)
    line[:, 0] = box.west + np.mod(line[:, 0] - box.west, 360.0)
    return not _crosses(line, shore(box)) and not is_land(*line[0])


def _between(one: Waypoint, other: Waypoint, shares: Floats) -> Floats:
    """Places along the great circle between two, at shares of its length."""
    ends = np.radians([one, other])
    at = np.column_stack(
        [np.cos(ends[:, 1]) * np.cos(ends[:, 0]), np.cos(ends[:, 1]) * np.sin(ends[:, 0]), np.sin(ends[:, 1])]
    )
    angle = apart_nm(one, other) / _EARTH_NM
    x, y, z = (np.sin((1 - shares) * angle)[:, None] * at[0] + np.sin(shares * angle)[:, None] * at[1]).T
    return np.asarray(np.degrees(np.column_stack([np.arctan2(y, x), np.arctan2(z, np.hypot(x, y))])))


def _crosses(line: Floats, pieces: Floats) -> bool:
    """Whether any part of a line crosses any of some straight pieces."""
    a, b = line[:-1, None, :], line[1:, None, :]
    c, d = pieces[None, :, :2], pieces[None, :, 2:]

    def side(p: Floats, q: Floats, r: Floats) -> Floats:
        return np.asarray(
            (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0])
        )

    apart = (side(a, b, c) > 0) != (side(a, b, d) > 0)
    return bool((apart & ((side(c, d, a) > 0) != (side(c, d, b) > 0))).any())


def _finer(corners: Sequence[Waypoint]) -> list[Waypoint]:
    """A way with more corners near its ends, so that it can be drawn tight around a cape."""
    legs = [apart_nm(one, other) for one, other in pairwise(corners)]
    length, done = sum(legs), 0.0
    finer: list[Waypoint] = []
    for (one, other), leg in zip(pairwise(corners), legs, strict=True):
        gone = np.arange(0.0, leg, _FINE_STEP_NM)
        near = (gone == 0) | (done + gone <= _FINE_NM) | (length - done - gone <= _FINE_NM)
        if leg > 0:
            finer += [(float(lon), float(lat)) for lon, lat in _between(one, other, gone[near] / leg)]
        done += leg
    return [*finer, corners[-1]]


def _cut_corners(corners: Sequence[Waypoint], beside_nm: float) -> list[Waypoint]:
    """A way without the corners that can be left out."""
    way = [corners[0]]
    here, last = 0, len(corners) - 1
    while here < last:
        for further in range(last, here, -1):
            near = (beside_nm if here == 0 else 0, APPROACH_NM if further == last else 0)
            short = apart_nm(corners[here], corners[further]) <= _LONGEST_CUT_NM
            if further == here + 1 or (short and is_open(corners[here], corners[further], *near)):
                break
        here = further
        way.append(corners[here])
    return way
