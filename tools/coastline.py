"""Makes `src/tumen/sea/shore/coastline.npz` from Natural Earth's land at 1:10 million.

    make coastline

`world-atlas` (ISC licence) carries Natural Earth 4.1.0 (public domain) as TopoJSON, each polygon sewn together where
180 degrees of longitude had cut it. The same input makes the same file.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: No point of the shore is further than this from the line that is kept, degrees of latitude: about 1.1 km.
TOLERANCE_DEG = 0.01

#: Coordinates are kept to a thousandth of a degree.
STEPS_A_DEGREE = 1000

ABOUT = (
    "Land of Natural Earth 4.1.0 at 1:10 million (public domain, naturalearthdata.com), from world-atlas 2.0.2 "
    f"(ISC licence, npm), simplified to {TOLERANCE_DEG} degrees by tools/coastline.py of Tumen"
)


def rings(topology: Any) -> list[Floats]:
    """Longitude and latitude of each ring, closed, its longitudes going on past 180 degrees rather than jumping.

    A ring around a pole ends 360 degrees from where it began.
    """
    scale, move = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + move for arc in topology["arcs"]]
    (land,) = topology["objects"]["land"]["geometries"]
    found = []
    for numbers in (ring for polygon in land["arcs"] for ring in polygon):
        parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
        ring = np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
        ring[:, 0] = np.degrees(np.unwrap(np.radians(ring[:, 0])))
        found.append(ring)
    return found


def simplified(line: Floats, tolerance_deg: float) -> Floats:
    """Fewer points, none left out that is further than the tolerance from the line that is kept.

    A closed line keeps at least three corners, so that no island is lost.

    Source: Douglas and Peucker (1973), https://doi.org/10.3138/FM57-6770-U75U-7727.
    """
    corners = {0, len(line) - 1}
    if np.allclose(line[0], line[-1]):
        corners.add(int(_off(line).argmax()))
        halves = [_off(line[first : last + 1]) for first, last in pairwise(sorted(corners))]
        corners.add(int(np.concatenate([halves[0], *(half[1:] for half in halves[1:])]).argmax()))
    parts = list(pairwise(sorted(corners)))
    while parts:
        first, last = parts.pop()
        off = _off(line[first : last + 1])
        furthest = first + int(off.argmax())
        if off.max() > tolerance_deg:
            corners.add(furthest)
            parts += [(first, furthest), (furthest, last)]
    return line[sorted(corners)]


def _off(line: Floats) -> Floats:
    """How far each point is from the straight line between the ends, degrees of latitude."""
    moved = (line - line[0]) * [np.cos(np.radians(line[:, 1].mean())), 1]
    end = moved[-1]
    length = float(end @ end)
    along = np.clip(moved @ end / length, 0, 1) if length > 1e-18 else np.zeros(len(moved))
    return np.asarray(np.hypot(*(moved - along[:, None] * end).T))


def packed(lines: list[Floats]) -> dict[str, NDArray[Any]]:
    """Lines as whole steps from each point to the next, and how many points each line has."""
    grids = []
    for line in lines:
        grid = np.rint(line * STEPS_A_DEGREE).astype(np.int32)
        moves = np.any(np.diff(grid, axis=0) != 0, axis=1)
        grids.append(grid[np.concatenate([[True], moves])])
    steps = np.concatenate([np.diff(grid, axis=0, prepend=0) for grid in grids]).astype(np.int32)
    points = np.array([len(grid) for grid in grids], dtype=np.int32)
    return {"lon": steps[:, 0], "lat": steps[:, 1], "points": points, "about": np.array(ABOUT)}


def main(source: Path, target: Path) -> None:
    """Make the file."""
    kept = [simplified(ring, TOLERANCE_DEG) for ring in rings(json.loads(source.read_text(encoding="utf-8")))]
    np.savez_compressed(target, allow_pickle=False, **packed(kept))
    print(f"{target}: {len(kept)} rings, {sum(map(len, kept))} points, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
