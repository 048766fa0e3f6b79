"""Ships that lie or drift at sea, far from shore, for hours."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from tumen.ais.tracks import make_tracks
from tumen.engine.forms import column_types
from tumen.engine.queries import Engine, query
from tumen.sea.detecting import SeaDetector
from tumen.sea.sea_levers import LoiteringLevers
from tumen.sea.shore.coastline import shore_pieces
from tumen.vessels.ship_names import make_ships

_ROOM = "tumen.sea.loitering"

#: Distances from shore are worked out up to so many nautical miles: a degree of latitude.
MOST_SHORE_NM = 60.0

_ON_THE_WAY = ("tracked", "slow_legs", "slow_places", "shore_near", "shore_off", "ships")


@dataclass(frozen=True)
class Loitered:
    """One row of loitering.sql: a stretch in which a ship was slow; see `find_loitering`."""

    mmsi: int
    name: str | None
    imo: int | None
    ship_type: int | None
    start: dt.datetime
    end: dt.datetime
    duration_h: float
    longest_silence_h: float
    messages: int
    speed_kn: float
    distance_nm: float
    lon: float
    lat: float
    shore_nm: float | None


def find_loitering(engine: Engine, levers: LoiteringLevers = LoiteringLevers()) -> None:
    """Make the table `loitering`: stretches of a track in which a ship is slow, and far from shore, for hours.

    Of a track the first position in every `step_min` is taken. A stretch is made of legs between those that follow
    each other, of no more than `max_silence_h`, each covered at a mean speed below `max_speed_kn` in a straight line,
    with both ends further than `min_shore_nm` from the shore and not on land.

    Args:
        engine: holds `positions`.

    Returns: nothing; `loitering` has one row a stretch: mmsi, name, imo and ship_type as the
        ship says most often; start and end (UTC), duration_h, longest_silence_h between two of the positions taken,
        messages (the positions taken); the mean speed_kn and the distance_nm along the legs; lon, lat (their mean, on
        the globe); shore_nm (the nearest to shore; null beyond `MOST_SHORE_NM`).

    Raises: ValueError where `min_shore_nm` is more than `MOST_SHORE_NM`.

    Source: loitering as Global Fishing Watch counts it, https://globalfishingwatch.org/faqs/what-is-a-loitering-event/.
    Limits: The shore is generalised; see `coastline`. Distances from it are those of the middle of a hundredth of a
        degree, up to 0.8 km off, and too great by a few per cent beyond 75 degrees of latitude.
    """
    if levers.min_shore_nm > MOST_SHORE_NM:
        raise ValueError(f"min_shore_nm: distances from shore are worked out up to {MOST_SHORE_NM:g} nautical miles")
    make_tracks(engine)
    _put_shore(engine)
    engine.create(
        "slow_legs",
        query(_ROOM, "loitering_legs"),
        step_min=levers.step_min,
        max_speed_kn=levers.max_speed_kn,
        max_silence_h=levers.max_silence_h,
        min_duration_h=levers.min_duration_h,
    )
    engine.create("slow_places", query(_ROOM, "loitering_places"))
    engine.create("shore_near", query(_ROOM, "loitering_shore_near"))
    engine.create("shore_off", query(_ROOM, "loitering_shore_off"))
    make_ships(engine)
    engine.create(
        "loitering", query(_ROOM, "loitering"), min_shore_nm=levers.min_shore_nm, min_duration_h=levers.min_duration_h
    )
    for table in _ON_THE_WAY:
        engine.drop(table)


def loitering(levers: LoiteringLevers = LoiteringLevers()) -> SeaDetector:
    """The detector, for `tumen.sea.detecting`."""
    return SeaDetector(
        "loitering",
        ("stretch of loitering", "stretches of loitering"),
        levers,
        lambda engine: find_loitering(engine, levers),
        tuple(column_types(Loitered)),
        ("start", "mmsi", "end", "lon", "lat"),
        ports="unused",
    )


def _put_shore(engine: Engine) -> None:
    """Make the table `shore`: straight pieces of the shore, each with the whole degrees that it lies in."""
    _, pieces = shore_pieces()
    west, south = (np.floor(pieces[:, [axis, axis + 2]].min(axis=1)).astype(np.int64) for axis in (0, 1))
    names = ("lon_1", "lat_1", "lon_2", "lat_2")
    engine.tabulate(
        "shore",
        {"x": "INTEGER", "y": "INTEGER", **dict.fromkeys(names, "DOUBLE")},
        {"x": west, "y": south, **dict(zip(names, pieces.T, strict=True))},
    )
