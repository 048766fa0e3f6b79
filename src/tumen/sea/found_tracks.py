"""The ways of the ships of each finding, a layer of a map to lie under the findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tumen.detect.geo_package import Layer
from tumen.detect.map_shapes import map_shape
from tumen.engine.forms import put_rows
from tumen.engine.queries import Engine, Row, query, typed

#: How long before and after a finding its ships are drawn, hours.
TRACK_PAD_H = 12.0

#: The columns of a finding that name a ship.
_SHIPS = ("mmsi", "mmsi_1", "mmsi_2")


@dataclass(frozen=True)
class DrawnShip:
    """A ship of a finding, and when that was; `finding` is its number from 1 in the order in which they are written."""

    finding: int
    mmsi: int
    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True)
class _HeardThere:
    """One row of found_tracks.sql."""

    finding: int
    mmsi: int
    t: dt.datetime
    lon: float
    lat: float


def tracks_layer(engine: Engine, findings: Sequence[Row]) -> Layer:
    """Where the ships of findings went, from half a day before each finding to half a day after it.

    Args:
        engine: holds `positions`.
        findings: with a `start`, an `end` where they last, and ships in `mmsi` or in `mmsi_1` and `mmsi_2`.

    Returns: a line for each finding and ship that was heard at least twice then, with the finding's number, the MMSI,
        the first and last time, and how many positions the line goes through. A ship that is heard at long intervals
        is drawn straight from one to the next.
    """
    put_rows(engine, "drawn", DrawnShip, list(_drawn(findings)))
    heard = typed(engine.rows(query("tumen.sea", "found_tracks"), pad_h=TRACK_PAD_H), _HeardThere)
    ways = [list(way) for _, way in groupby(heard, key=lambda row: (row.finding, row.mmsi))]
    ways = [way for way in ways if len(way) > 1]
    return Layer(
        "tracks",
        f"The ways of the ships of each finding, from {TRACK_PAD_H:g} hours before it to {TRACK_PAD_H:g} after it.",
        ("finding", "mmsi", "start", "end", "positions"),
        [(way[0].finding, way[0].mmsi, way[0].t, way[-1].t, len(way)) for way in ways],
        [map_shape([(row.lon, row.lat) for row in way]) for way in ways],
    )


def _drawn(findings: Sequence[Row]) -> Iterator[DrawnShip]:
    for number, row in enumerate(findings, start=1):
        start = row["start"]
        for ship in _SHIPS:
            if row.get(ship) is not None and start is not None:
                yield DrawnShip(number, row[ship], start, row.get("end") or start)
