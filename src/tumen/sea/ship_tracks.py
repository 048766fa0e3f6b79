"""Tracks of the ships that a detector found, as lines for a map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from tumen.ais.tracks import make_tracks
from tumen.detect.detector import Detected
from tumen.detect.findings_writing import Layer
from tumen.detect.shapes import Shape, shape_of
from tumen.engine.forms import column_types, put_rows
from tumen.engine.queries import Engine, query, typed
from tumen.vessels.ship_names import make_ships

#: A line ends at a silence of more than so many hours: nothing is drawn where nobody knows where the ship was.
LEG_H = 1.0


@dataclass(frozen=True)
class _Fix:
    """One row of ship_tracks.sql: a position of a ship that was found, in a segment of her track."""

    mmsi: int
    name: str | None
    segment: int
    t: dt.datetime
    lon: float
    lat: float


@dataclass(frozen=True)
class ShipTrack:
    """One stretch of a ship's track: she was heard at least once an hour, from start to end, UTC."""

    mmsi: int
    name: str | None
    start: dt.datetime
    end: dt.datetime
    positions: int


@dataclass(frozen=True)
class _Found:
    """A ship that was found."""

    mmsi: int


def tracks_of(found: Detected) -> Layer:
    """Where the ships of findings were, in all positions given: a line for each stretch without a silence.

    Args:
        found: what a detector found, still in its engine.

    Returns: a layer of `ShipTrack`s by MMSI and start; a stretch of one position is a point.

    Limits: the positions of these ships are held in memory.
    """
    engine = found.engine
    columns = [column for column in found.detector.columns if column in ("mmsi", "mmsi_1", "mmsi_2")]
    rows = engine.rows(found.detector.query)
    put_rows(engine, "found_ships", _Found, [_Found(n) for n in sorted({row[c] for row in rows for c in columns})])
    stretches = list(_stretches(_fixes(engine)))
    put_rows(engine, "ship_tracks", ShipTrack, [track for track, _ in stretches])
    sql = 'select * from ship_tracks order by mmsi nulls last, "start" nulls last, "end" nulls last'
    ordered: list[tuple[ShipTrack, Shape | None]] = sorted(stretches, key=lambda one: _order(one[0]))
    told: list[dict[str, Any]] = [vars(track) for track, _ in ordered]
    return Layer("tracks", sql, tuple(column_types(ShipTrack)), told, [shape for _, shape in ordered])


def _order(track: ShipTrack) -> tuple[int, dt.datetime, dt.datetime]:
    return track.mmsi, track.start, track.end


def _fixes(engine: Engine) -> list[_Fix]:
    """Every position of the ships in `found_ships`, by ship, segment and time."""
    engine.create("found_positions", "select p.* from positions as p inner join found_ships as f on p.mmsi = f.mmsi")
    make_tracks(engine, positions="found_positions")
    make_ships(engine)
    fixes = typed(engine.rows(query("tumen.sea", "ship_tracks")), _Fix)
    for table in ("tracked", "ships", "found_positions", "found_ships"):
        engine.drop(table)
    return fixes


def _stretches(fixes: Sequence[_Fix]) -> Iterator[tuple[ShipTrack, Shape | None]]:
    for _, segment in groupby(fixes, key=lambda fix: (fix.mmsi, fix.segment)):
        run: list[_Fix] = []
        for fix in segment:
            if run and (fix.t - run[-1].t).total_seconds() > 3600 * LEG_H:
                yield _drawn(run)
                run = []
            run.append(fix)
        yield _drawn(run)


def _drawn(run: Sequence[_Fix]) -> tuple[ShipTrack, Shape | None]:
    first, last = run[0], run[-1]
    places = [(round(fix.lon, 5), round(fix.lat, 5)) for fix in run]
    return ShipTrack(first.mmsi, first.name, first.t, last.t, len(run)), shape_of(places)
