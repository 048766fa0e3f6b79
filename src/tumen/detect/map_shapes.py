"""Where a finding is, as maps have it: a point, a line, or a line in parts where it crosses 180 degrees."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: Longitude and latitude, degrees.
Spot = tuple[float, float]


@dataclass(frozen=True)
class MapShape:
    """A point or a line.

    Args:
        parts: spots in their order; a point is one part of one spot. No part crosses 180 degrees.
    """

    parts: tuple[tuple[Spot, ...], ...]

    @property
    def kind(self) -> str:
        """Point, LineString or MultiLineString, as RFC 7946 has them."""
        if len(self.parts) > 1:
            return "MultiLineString"
        return "Point" if len(self.parts[0]) == 1 else "LineString"

    @property
    def geojson(self) -> Mapping[str, Any]:
        """A geometry of RFC 7946."""
        lines = [[list(spot) for spot in part] for part in self.parts]
        return {
            "type": self.kind,
            "coordinates": lines if len(lines) > 1 else lines[0] if len(lines[0]) > 1 else lines[0][0],
        }

    @property
    def wkb(self) -> bytes:
        """Well-known binary (OGC 06-103r4), little-endian."""
        if self.kind == "Point":
            return struct.pack("<BIdd", 1, 1, *self.parts[0][0])
        lines = [struct.pack("<BII", 1, 2, len(p)) + b"".join(struct.pack("<dd", *s) for s in p) for p in self.parts]
        return lines[0] if len(lines) == 1 else struct.pack("<BII", 1, 5, len(lines)) + b"".join(lines)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north, degrees."""
        lons, lats = zip(*(spot for part in self.parts for spot in part), strict=True)
        return min(lons), min(lats), max(lons), max(lats)


def map_shape(spots: Sequence[tuple[float | None, float | None]]) -> MapShape | None:
    """The point, or the line through spots; of spots that are not known none is drawn, and None without the first.

    A line goes the short way round and is cut where it crosses 180 degrees.

    Example:
        >>> map_shape([(170.0, 0.0), (-170.0, 10.0)]).parts
        (((170.0, 0.0), (180.0, 5.0)), ((-180.0, 5.0), (-170.0, 10.0)))
        >>> map_shape([(1.0, None)]) is None
        True
    """
    known = [(lon, lat) for lon, lat in spots if lon is not None and lat is not None]
    if not known or known[0] != spots[0]:
        return None
    parts: list[list[Spot]] = [[known[0]]]
    for after in known[1:]:
        before = parts[-1][-1]
        if abs(after[0] - before[0]) > 180:
            edge, lat = _crossing(before, after)
            parts[-1].append((edge, lat))
            parts.append([(-edge, lat)])
        parts[-1].append(after)
    return MapShape(tuple(map(tuple, parts)))


def _crossing(before: Spot, after: Spot) -> Spot:
    """Where the short way between two spots crosses 180 degrees, on the side of the first."""
    edge = 180.0 if before[0] > 0 else -180.0
    width = after[0] + 2 * edge - before[0]
    share = (edge - before[0]) / width if width else 0.0
    return edge, before[1] + share * (after[1] - before[1])
