"""The coastline of the world, offline: land to draw, and the shore to measure distances from.

The file `coastline.npz` is Natural Earth's land at 1:10 million (public domain), simplified by `tools/coastline.py`.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tumen.measure.arrays import Floats


@dataclass(frozen=True)
class Box:
    """A part of the globe between two meridians and two parallels, degrees.

    `west` lies in [-180, 180). `east` is greater, and above 180 where the box crosses that meridian.
    """

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, lon: Sequence[float], lat: Sequence[float], margin_deg: float = 0.0) -> Box:
        """The smallest box that holds all places, with a margin in degrees on each side.

        Args:
            lon, lat: of one place or more.

        Example:
            >>> Box.around([179.5, -179.0], [10.0, 11.0], 0.5)
            Box(west=179.0, south=9.5, east=181.5, north=11.5)
        """
        turned = np.sort(np.mod(np.asarray(lon, dtype=float), 360.0))
        gaps = np.diff(turned, append=turned[0] + 360.0)
        widest = int(gaps.argmax())
        width = min(360.0, max(0.0, 360.0 - float(gaps[widest])) + 2 * margin_deg)
        west = float(np.mod(turned[(widest + 1) % len(turned)] - margin_deg + 180.0, 360.0)) - 180.0
        south, north = float(np.min(lat)) - margin_deg, float(np.max(lat)) + margin_deg
        return cls(west, max(-90.0, south), west + width, min(90.0, north))


def land(box: Box) -> list[Floats]:
    """The outlines of land in a box, cut at its edges, to be filled by the even-odd rule all together.

    Args:
        box: what is to be drawn.

    Returns: one array a ring: longitude and latitude of its corners, the first not repeated. Longitudes lie
        between the box's `west` and `east`, beyond 180 where it crosses that meridian.

    Source: Natural Earth 4.1.0, land at 1:10 million, https://www.naturalearthdata.com (public domain).
    Limits: The line is up to about 1.4 km off Natural Earth's, which itself is generalised and omits the smallest
        islands. Lakes are land, but for the Caspian Sea. Not for navigation.
    """
    found = []
    for ring in _placed(box):
        corners = ring[:-1]
        for axis, edge, sign in ((0, box.west, 1), (0, box.east, -1), (1, box.south, 1), (1, box.north, -1)):
            corners = _cut(corners, axis, edge, sign)
        if len(corners) > 2:
            found.append(corners)
    return found


def shore(box: Box) -> Floats:
    """The pieces of shoreline that touch a box, without the edges that only maps have.

    Returns: one row a straight piece that crosses no whole degree, not cut at the box's edges: lon_1, lat_1, lon_2,
        lat_2; longitudes as in `land`, those outside the box less than `west` or more than `east`.

    Source and limits: those of `land`.
    """
    bands, pieces = shore_pieces()
    first, last = np.searchsorted(bands, [np.floor(box.south) - 1, np.floor(box.north) + 1])
    near = pieces[first:last]
    turned = [near + np.array([360.0, 0.0, 360.0, 0.0]) * turns for turns in (0, 1)]
    found = np.concatenate(turned if box.east >= 180.0 else turned[:1])
    low, high = np.minimum(found[:, :2], found[:, 2:]), np.maximum(found[:, :2], found[:, 2:])
    touches = (high >= [box.west, box.south]) & (low <= [box.east, box.north])
    return np.asarray(found[touches[:, 0] & touches[:, 1]])


@cache
def shore_pieces() -> tuple[NDArray[np.int64], Floats]:
    """The whole shoreline in straight pieces that cross no whole degree of longitude or latitude.

    Returns: the whole degree of latitude that each piece lies on, rising; and the pieces as `shore` has them, their
        longitudes within [-180, 180].
    """
    pieces = np.concatenate([np.hstack([ring[:-1], ring[1:]]) for ring in rings()])
    seam = (np.mod(pieces[:, [0, 2]], 360.0) == 180.0).all(axis=1) | (pieces[:, [1, 3]] == -90.0).any(axis=1)
    pieces = _cut_at_degrees(_cut_at_degrees(pieces[~seam], 0), 1)
    pieces[:, [0, 2]] -= 360.0 * np.floor((pieces[:, [0, 2]].min(axis=1) + 180.0) / 360.0)[:, None]
    bands = np.floor(pieces[:, [1, 3]].min(axis=1)).astype(np.int64)
    order = np.argsort(bands, kind="stable")
    return bands[order], pieces[order]


def _cut_at_degrees(pieces: Floats, axis: int) -> Floats:
    """Pieces cut wherever they cross a whole degree."""
    while True:
        one, other = pieces[:, axis], pieces[:, axis + 2]
        at = np.ceil(np.maximum(one, other)) - 1
        crosses = at > np.minimum(one, other)
        if not crosses.any():
            return pieces
        long = pieces[crosses]
        share = ((at - one) / np.where(crosses, other - one, 1.0))[crosses, None]
        middle = long[:, :2] + share * (long[:, 2:] - long[:, :2])
        middle[:, axis] = at[crosses]
        pieces = np.concatenate([pieces[~crosses], np.hstack([long[:, :2], middle]), np.hstack([middle, long[:, 2:]])])


def is_land(lon: float, lat: float) -> bool:
    """Whether a place is on land, by how often the shore is crossed on its meridian down to the south pole.

    Limits: those of `land`. A place on the shore itself may be either.

    Example:
        >>> is_land(24.0, -29.0), is_land(-30.0, 40.0)
        (True, False)
    """
    x = float(np.mod(lon + 180.0, 360.0)) - 180.0
    pieces = shore(Box(x, -90.0, x, lat))
    x_1, y_1, x_2, y_2 = pieces[(pieces[:, 0] <= x) != (pieces[:, 2] <= x)].T
    return int((y_1 + (x - x_1) / (x_2 - x_1) * (y_2 - y_1) < lat).sum()) % 2 == 0


def _placed(box: Box) -> Iterator[Floats]:
    """Rings that overlap a box, each turned by whole circles into it; twice where both its ends reach it."""
    west, south, east, north = _bounds().T
    first, last = np.ceil((box.west - east) / 360), np.floor((box.east - west) / 360)
    for number in np.flatnonzero((south <= box.north) & (north >= box.south) & (first <= last)):
        for turns in range(int(first[number]), int(last[number]) + 1):
            yield rings()[number] + np.array([360.0 * turns, 0.0])


@cache
def _bounds() -> Floats:
    """West, south, east and north of each ring."""
    return np.array([[*ring.min(axis=0), *ring.max(axis=0)] for ring in rings()])


def _cut(corners: Floats, axis: int, edge: float, sign: int) -> Floats:
    """What of a polygon lies on one side of an edge.

    Source: Sutherland and Hodgman (1974), https://doi.org/10.1145/360767.360802.
    """
    if not len(corners):
        return corners
    off = sign * (corners[:, axis] - edge)
    if (off >= 0).all():
        return corners
    after, off_after = np.roll(corners, -1, axis=0), np.roll(off, -1)
    crosses = (off >= 0) != (off_after >= 0)
    share = np.divide(off, off - off_after, out=np.zeros_like(off), where=crosses)
    at = corners + share[:, None] * (after - corners)
    at[:, axis] = edge
    pairs = np.stack([corners, at], axis=1)
    return np.asarray(pairs[np.stack([off >= 0, crosses], axis=1)])


@cache
def rings() -> tuple[Floats, ...]:
    """All rings of the world's land, closed; the one around the south pole by way of it.

    Returns: longitude and latitude, degrees; longitudes of a ring go on rather than jump, so that they may lie
        beyond -180 or 180.
    """
    with importlib.resources.files("tumen.sea.shore").joinpath("coastline.npz").open("rb") as stream:
        stored = np.load(stream, allow_pickle=False)
        steps, points = np.stack([stored["lon"], stored["lat"]], axis=1), stored["points"]
    found = [np.cumsum(ring, axis=0, dtype=np.int64) / 1000.0 for ring in np.split(steps, np.cumsum(points)[:-1])]
    return tuple(ring if (ring[0] == ring[-1]).all() else _by_the_pole(ring) for ring in found)


def _by_the_pole(ring: Floats) -> Floats:
    """A ring that goes around the earth, closed at the south pole."""
    return np.concatenate([ring, [[ring[-1, 0], -90.0], [ring[0, 0], -90.0]], ring[:1]])
