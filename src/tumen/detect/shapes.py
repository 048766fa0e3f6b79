"""Where a finding is, as a shape: a point or lines, cut where they cross 180 degrees, in the forms of files."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

#: Degrees east and north.
LonLat = tuple[float, float]

_POINT, _LINE, _LINES = 1, 2, 5


@dataclass(frozen=True)
class Shape:
    """A point, a line, or several lines.

    Args:
        parts: of one place is a point; each of more places is a line.
    """

    parts: tuple[tuple[LonLat, ...], ...]

    @property
    def kind(self) -> str:
        """What it is called in GeoJSON and GeoParquet."""
        if len(self.parts) > 1:
            return "MultiLineString"
        return "LineString" if len(self.parts[0]) > 1 else "Point"

    @property
    def geojson(self) -> Mapping[str, Any]:
        """The geometry as RFC 7946 has it."""
        lines = [[list(place) for place in part] for part in self.parts]
        drawn: Any = {"MultiLineString": lines, "LineString": lines[0], "Point": lines[0][0]}[self.kind]
        return {"type": self.kind, "coordinates": drawn}

    @property
    def wkb(self) -> bytes:
        """The geometry as ISO 19125 well-known binary, little-endian.

        Example:
            >>> Shape((((1.0, 2.0),),)).wkb.hex()
            '0101000000000000000000f03f0000000000000040'
        """
        if self.kind == "Point":
            return struct.pack("<BI2d", 1, _POINT, *self.parts[0][0])
        lines = [_line(part) for part in self.parts]
        return lines[0] if len(lines) == 1 else struct.pack("<BII", 1, _LINES, len(lines)) + b"".join(lines)


def _line(places: Sequence[LonLat]) -> bytes:
    return struct.pack("<BII", 1, _LINE, len(places)) + b"".join(struct.pack("<2d", *place) for place in places)


def shape_of(places: Sequence[tuple[float | None, float | None]]) -> Shape | None:
    """The shape through places, in their order; of places that are not known none is drawn, and None without any.

    Example:
        >>> shape_of([(170.0, 0.0), (-170.0, 10.0)]).parts
        (((170.0, 0.0), (180.0, 5.0)), ((-180.0, 5.0), (-170.0, 10.0)))
    """
    known = [(lon, lat) for lon, lat in places if lon is not None and lat is not None]
    if not known:
        return None
    parts: list[list[LonLat]] = [[known[0]]]
    for one, other in pairwise(known):
        if abs(other[0] - one[0]) > 180:
            edge, lat = _crossing(one, other)
            parts[-1].append((edge, lat))
            parts.append([(-edge, lat)])
        parts[-1].append(other)
    return Shape(tuple(tuple(part) for part in parts))


def _crossing(one: LonLat, other: LonLat) -> LonLat:
    """Where the short way between two places crosses 180 degrees, seen from the first."""
    edge = 180.0 if one[0] > 0 else -180.0
    whole = other[0] + 2 * edge - one[0]
    share = (edge - one[0]) / whole if whole else 0.0
    return edge, one[1] + share * (other[1] - one[1])


def geo_label(shapes: Iterable[Shape | None]) -> str:
    """What a Parquet file says of its column `geometry` so that programs for maps draw it.

    Source: GeoParquet 1.1.0. Without a system of coordinates it is that of longitude and latitude, OGC:CRS84.
    """
    kinds = sorted({shape.kind for shape in shapes if shape})
    column = {"encoding": "WKB", "geometry_types": kinds}
    return json.dumps({"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}})
