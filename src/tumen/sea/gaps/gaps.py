"""Silences of ships, with how well they were heard before, so that poor reception is told from going dark."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Literal

from tumen.ais.tracks import make_tracks
from tumen.engine.forms import column_types
from tumen.engine.queries import Engine, query
from tumen.sea.detecting import SeaDetector
from tumen.sea.sea_levers import GapLevers
from tumen.vessels.ship_names import make_ships

_ROOM = "tumen.sea.gaps"

#: Messages of one ship that follow each other within so many seconds may be one that several receivers heard.
MOMENT_S = 10.0

#: Tables made on the way, which nobody needs afterwards.
_ON_THE_WAY = (
    "tracked",
    "heard",
    "silences",
    "gap_cells",
    "cell_hours",
    "gap_others",
    "gap_before",
    "own_rates",
    "ships",
)


@dataclass(frozen=True)
class Gap:
    """One row of gaps.sql: a silence; see `find_gaps`. Of an open one, what is told of its end is None."""

    mmsi: int
    name: str | None
    imo: int | None
    ship_type: int | None
    start: dt.datetime
    end: dt.datetime | None
    duration_h: float
    lon_1: float
    lat_1: float
    lon_2: float | None
    lat_2: float | None
    distance_nm: float | None
    speed_kn: float | None
    messages_before: int
    rate_before_per_h: float
    own_rate_per_h: float | None
    area_rate_per_h: float | None
    others_after: int
    reception: Literal["good", "poor", "untested"]
    port: str | None
    state: Literal["closed", "open"]


def find_gaps(engine: Engine, levers: GapLevers = GapLevers(), and_open: bool = False) -> None:
    """Make the table `gaps`: silences of ships, and of each what reception says of it.

    A gap lies between two messages of one ship that follow each other: within a segment of its track, or between
    the end of one and the beginning of a later one of the same MMSI that the ship could have reached. What another
    ship sends under the same MMSI meanwhile, or a spoofed jump, does not end it.

    Reception is `good` where the ship was heard well before (at least `enough_before` messages in `before_h`) and
    at least one other ship was heard near its last place in the `before_h` after: its silence is not for want of a
    receiver. It is `poor` where the ship itself had been heard seldom, and `untested` where nobody else was there
    to be heard, or where the positions given begin less than `before_h` before the gap. Near is within the half degree
    of longitude and latitude of the last place or one next to it.

    A gap is `closed` where the ship was heard again. It is `open` where she was not, until the positions end: her last
    message is the start, there is no end, and duration_h is what had passed when the positions ended. An MMSI that was
    heard in one message only has none.

    Args:
        engine: holds `positions` and `ports`.
        and_open: whether open gaps are found, too.

    Returns: nothing; `gaps` has one row a gap: mmsi, name, imo and ship_type as the ship says
        most often, start and end (its last message before and its first after, UTC), duration_h, lon_1, lat_1,
        lon_2, lat_2, distance_nm between the two in a straight line and the speed_kn that takes, messages_before and
        rate_before_per_h in `before_h`, own_rate_per_h (over all its time but gaps), area_rate_per_h (messages per
        hour of other ships near, in hours in which they are heard, in the same time; null where there are none),
        others_after, reception, port (the nearest within `port_km` of where the gap begins; null for none), and state.

    Source: Welch et al. (2022), https://doi.org/10.1126/sciadv.abq2109, for 12 hours and 14 messages; the test by
        others heard after stands in for their maps of reception.
    Limits: A ship that sails out of the region or the receivers' reach has an open gap, too. Ships that report every
        hour are heard seldom by this rule.
        Of an MMSI's track segments the four that ended last before a new one begins are tried as its beginning.
    """
    own = asdict(levers)
    make_tracks(engine)
    make_ships(engine)
    engine.create("heard", query(_ROOM, "gaps_moments"), moment_s=MOMENT_S)
    _make_silences(engine, levers, and_open)
    for table, name, needed in (
        ("gap_before", "gaps_before", ("before_h",)),
        ("own_rates", "gaps_own_rates", ("min_gap_h",)),
        ("gap_cells", "gaps_cells", ()),
        ("cell_hours", "gaps_cell_hours", ()),
        ("gap_others", "gaps_others", ("before_h",)),
        ("gaps", "gaps", ("before_h", "enough_before", "port_km")),
    ):
        engine.create(table, query(_ROOM, name), **{lever: own[lever] for lever in needed})
    for table in _ON_THE_WAY:
        engine.drop(table)


def _make_silences(engine: Engine, levers: GapLevers, and_open: bool) -> None:
    closed, unended = query(_ROOM, "gaps_silences"), query(_ROOM, "gaps_open")
    engine.create("silences", closed, min_gap_h=levers.min_gap_h, max_speed_kn=levers.max_speed_kn)
    if and_open:
        engine.create("closed_silences", "select * from silences")
        engine.create("open_silences", unended, min_gap_h=levers.min_gap_h)
        engine.drop("silences")
        engine.create("silences", "select * from closed_silences union all select * from open_silences")
        engine.drop("closed_silences")
        engine.drop("open_silences")


def gaps(levers: GapLevers = GapLevers(), and_open: bool = False) -> SeaDetector:
    """The detector, for `tumen.sea.detecting`.

    Args:
        and_open: whether gaps are found that last until the positions end.
    """
    places = (("lon_1", "lat_1"), ("lon_2", "lat_2"))
    return SeaDetector(
        "gaps",
        ("gap", "gaps"),
        levers,
        lambda engine: find_gaps(engine, levers, and_open),
        tuple(column_types(Gap)),
        ("start", "mmsi", "end", "lon_1", "lat_1"),
        places,
    )
