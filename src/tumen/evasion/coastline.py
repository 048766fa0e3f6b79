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

Floats = NDArray[np.float64]


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

    Returns: one row a straight piece, not cut at the box's edges: lon_1, lat_1, lon_2, lat_2; longitudes as in
        `land`, those outside the box less than `west` or more than `east`.

    Source and limits: those of `land`.
    """
    pieces = [np.hstack([ring[:-1], ring[1:]]) for ring in _placed(box)]
    found = np.concatenate(pieces) if pieces else np.empty((0, 4))
    low, high = np.minimum(found[:, :2], found[:, 2:]), np.maximum(found[:, :2], found[:, 2:])
    touches = (high >= [box.west, box.south]).all(axis=1) & (low <= [box.east, box.north]).all(axis=1)
    seam = (np.mod(found[:, [0, 2]], 360.0) == 180.0).all(axis=1) | (low[:, 1] == -90.0)
    return np.asarray(found[touches & ~seam])


def _placed(box: Box) -> Iterator[Floats]:
    """Rings that overlap a box, each turned by whole circles into it; twice where both its ends reach it."""
    for ring in rings():
        (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
        if south > box.north or north < box.south:
            continue
        first, last = np.ceil((box.west - east) / 360), np.floor((box.east - west) / 360)
        for turns in range(int(first), int(last) + 1):
            yield ring + np.array([360.0 * turns, 0.0])


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
    with importlib.resources.files("tumen.evasion").joinpath("coastline.npz").open("rb") as stream:
        stored = np.load(stream, allow_pickle=False)
        steps, points = np.stack([stored["lon"], stored["lat"]], axis=1), stored["points"]
    found = [np.cumsum(ring, axis=0, dtype=np.int64) / 1000.0 for ring in np.split(steps, np.cumsum(points)[:-1])]
    return tuple(ring if (ring[0] == ring[-1]).all() else _by_the_pole(ring) for ring in found)


def _by_the_pole(ring: Floats) -> Floats:
    """A ring that goes around the earth, closed at the south pole."""
    return np.concatenate([ring, [[ring[-1, 0], -90.0], [ring[0, 0], -90.0]], ring[:1]])
