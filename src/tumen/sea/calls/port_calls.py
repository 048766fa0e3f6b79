"""Calls of ships at ports, and whether they went dark there."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from tumen.ais.simulate.itinerary import DEGREE_M
from tumen.ais.tracks import make_tracks
from tumen.engine.forms import column_types
from tumen.engine.queries import Engine, query, typed
from tumen.sea.detecting import SeaDetector
from tumen.sea.sea_levers import PortCallLevers
from tumen.vessels.ports import PortPlace
from tumen.vessels.ship_names import make_ships

_ROOM = "tumen.sea.calls"

#: Ports are looked up by squares of so many degrees.
_CELL_DEG = 0.1

_ON_THE_WAY = ("tracked", "silences", "port_fixes", "port_stays", "ships")


@dataclass(frozen=True)
class PortCall:
    """One row of port_calls.sql: a call that was seen; see `find_port_calls`."""

    mmsi: int
    name: str | None
    imo: int | None
    ship_type: int | None
    port: str
    kind: str
    focal: bool
    start: dt.datetime
    end: dt.datetime
    duration_h: float
    stopped_h: float
    messages: int
    distance_m: float
    silent_before_h: float | None
    silent_inside_h: float
    silent_after_h: float | None
    went_dark: bool
    entered: bool
    departed: bool
    lon: float
    lat: float


def find_port_calls(engine: Engine, levers: PortCallLevers = PortCallLevers()) -> None:
    """Make the table `port_calls`: stays of a ship at a port in which it stopped, or went dark.

    A stay begins with the first message within `entry_km` of the port and ends with the last before one beyond
    `exit_km`; in between the ship may be anywhere within that. It stops below `stop_kn` and has not moved on until
    it is above `go_kn`. A ship that falls silent in a port and is next heard there has not left it.

    Args:
        engine: holds `positions` and `ports`, whose anchorages count as ports here.

    Returns: nothing; `port_calls` has one row a call: mmsi, name, imo and ship_type as the ship
        says most often; port with its kind and focal; start and end (first and last message of the stay, UTC),
        duration_h, stopped_h (between messages, silences of `dark_h` left out), messages, distance_m (the nearest to
        the port); silent_before_h and silent_after_h (null where shorter than `dark_h`), silent_inside_h (the longest
        between messages of the stay), went_dark (whether any of the three is `dark_h` or longer); entered and departed
        (false where the track begins or ends within `exit_km`); lon, lat of the port.

    Source: Global Fishing Watch's port visits (https://globalfishingwatch.org/datasets-and-code-port-visits/) for the
        two radii and the two speeds; written anew as queries.
    Limits: A port is a point. A message counts for the nearest port. Where a ship does not send its speed, that to its
        next message is taken.
    """
    own = asdict(levers)
    make_tracks(engine)
    make_ships(engine)
    _put_cells(engine, levers.exit_km)
    silence = {"min_gap_h": levers.dark_h, "max_speed_kn": levers.max_speed_kn}
    engine.create("silences", query("tumen.sea.gaps", "gaps_silences"), **silence)
    for table, name, needed in (
        ("port_fixes", "port_calls_fixes", ("exit_km",)),
        ("port_stays", "port_calls_stays", ("entry_km", "stop_kn", "go_kn", "dark_h")),
        ("port_calls", "port_calls", ("dark_h",)),
    ):
        engine.create(table, query(_ROOM, name), **{lever: own[lever] for lever in needed})
    for table in _ON_THE_WAY:
        engine.drop(table)


def port_calls(levers: PortCallLevers = PortCallLevers()) -> SeaDetector:
    """The detector, for `tumen.sea.detecting`."""
    return SeaDetector(
        "port-calls",
        ("port call", "port calls"),
        levers,
        lambda engine: find_port_calls(engine, levers),
        tuple(column_types(PortCall)),
        ("start", "mmsi", "port", "end", "lon", "lat"),
        ports="needed",
    )


def _put_cells(engine: Engine, reach_km: float) -> None:
    """Make the table `port_cells`: each port with every square of a tenth of a degree that is within reach."""
    ports = typed(
        engine.rows("select * from ports order by name nulls last, lon nulls last, lat nulls last"), PortPlace
    )
    high = reach_km * 1000 / DEGREE_M
    cells: list[tuple[int, int, int]] = []
    for number, port in enumerate(ports):
        wide = high / max(1e-3, float(np.cos(np.radians(min(90.0, abs(port.lat) + high)))))
        across = range(*_squares(port.lon + 180, min(wide, 179.9)))
        cells += [(number, x % 3600, y) for x in dict.fromkeys(across) for y in range(*_squares(port.lat + 90, high))]
    of = [ports[number] for number, _, _ in cells]
    types = {
        "port": "INTEGER",
        "x": "INTEGER",
        "y": "INTEGER",
        "name": "VARCHAR",
        "kind": "VARCHAR",
        "focal": "BOOLEAN",
        "lon": "DOUBLE",
        "lat": "DOUBLE",
    }
    of_port, x, y = np.array(cells, dtype=np.int64).reshape(-1, 3).T
    arrays: dict[str, Any] = {"port": of_port, "x": x, "y": y}
    arrays |= {name: np.array([getattr(p, name) for p in of], dtype=str) for name in ("name", "kind")}
    arrays |= {"focal": np.array([p.focal for p in of], dtype=bool)}
    arrays |= {name: np.array([getattr(p, name) for p in of], dtype=float) for name in ("lon", "lat")}
    engine.tabulate("port_cells", types, arrays)


def _squares(degrees: float, reach: float) -> tuple[int, int]:
    """The first square within reach, and the one after the last."""
    return int(np.floor((degrees - reach) / _CELL_DEG)), int(np.floor((degrees + reach) / _CELL_DEG)) + 1
