"""Calls at ports of the focal state that a ship could have made while nobody heard it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from tumen.engine.forms import column_types, put_rows
from tumen.engine.queries import Engine, query, typed
from tumen.errors import Place, Problem, ProblemsError
from tumen.sea.detecting import SeaDetector
from tumen.sea.gaps.gaps import find_gaps
from tumen.sea.sea_levers import FeasibleLevers
from tumen.sea.shore.sea_distance import Route, SeaDistances, network
from tumen.vessels.ports import PortPlace

_ROOM = "tumen.sea.calls"


@dataclass(frozen=True)
class CallInSilence:
    """One row of feasible_calls.sql: a gap and a port, and whether the ship could have called; see
    `find_feasible_calls`.
    """

    mmsi: int
    name: str | None
    imo: int | None
    ship_type: int | None
    start: dt.datetime
    end: dt.datetime
    duration_h: float
    reception: Literal["good", "poor", "untested"]
    port: str
    lon: float
    lat: float
    straight_speed_kn: float | None
    there_nm: float | None
    back_nm: float | None
    speed_needed_kn: float | None
    time_left_h: float | None
    feasible: bool | None
    why_not: str | None


@dataclass(frozen=True)
class _Pair:
    """One row of feasible_near.sql: a gap and a port that a straight line does not rule out."""

    pair: int
    port: str
    lon: float
    lat: float
    lon_1: float
    lat_1: float
    lon_2: float
    lat_2: float


@dataclass(frozen=True)
class _Way:
    """A row of the table `sea_ways`: how far it is by sea; None where no way was found."""

    pair: int
    there_nm: float | None
    back_nm: float | None


def find_feasible_calls(
    engine: Engine, levers: FeasibleLevers = FeasibleLevers(), route: Callable[[], Route] = network
) -> None:
    """Make the table `feasible_calls`: for each gap and port of the focal state, whether the ship could have called.

    A call is feasible where the ship, from its last place before the gap to the port and on to its first place
    after, need not have sailed faster than `most_kn`, `stay_h` in port left out. The way is one by sea, found for
    every gap and port that a straight line does not rule out already.

    Args:
        engine: holds `positions` and `ports`, of which those of kind port and of the focal state are looked at.
        route: opens the network of sea lanes; see `sea_distance`.

    Returns: nothing; `gaps` is left, and `feasible_calls` has one row a gap and port: the gap's ship, start, end,
        duration_h and reception; port, with its lon and lat; straight_speed_kn, which a straight line would take,
        land or not; there_nm and back_nm by sea and the speed_needed_kn for both (null where no way was looked for or
        found); time_left_h for the stay at `most_kn`; feasible (null where no way by sea was found); and why_not.

    Raises: ProblemsError where no port is one of the focal state.

    Limits: Feasible is not made: what else the ship may have done is not weighed. Ways are worked out one by one, in
        Python, for places rounded to a twentieth of a degree; each place and port once.
    """
    find_gaps(engine, levers)
    if not typed(engine.rows("select * from ports where focal and kind = 'port' limit 1"), PortPlace):
        raise ProblemsError(
            [
                Problem(
                    Place("--ports, --case"),
                    got="no port of the focal state",
                    expected="at least one, marked focal = true",
                    fix="Name its ports; calls are looked for only there.",
                    slug="ports-none-focal",
                )
            ]
        )
    engine.create("call_pairs", query(_ROOM, "feasible_pairs"), stay_h=levers.stay_h)
    pairs = typed(engine.rows(query(_ROOM, "feasible_near"), most_kn=levers.most_kn), _Pair)
    _put_ways(engine, pairs, SeaDistances(route() if pairs else lambda *_: ()))
    engine.create("feasible_calls", query(_ROOM, "feasible_calls"), most_kn=levers.most_kn, stay_h=levers.stay_h)
    engine.drop("call_pairs")


def feasible_calls(levers: FeasibleLevers = FeasibleLevers()) -> SeaDetector:
    """The detector, for `tumen.sea.detecting`."""
    return SeaDetector(
        "feasible-calls",
        ("pair of gap and port", "pairs of gap and port"),
        levers,
        lambda engine: find_feasible_calls(engine, levers),
        tuple(column_types(CallInSilence)),
        ("start", "mmsi", "port", "lon", "lat", "straight_speed_kn"),
        ports="needed",
    )


def _put_ways(engine: Engine, pairs: Sequence[_Pair], distances: SeaDistances) -> None:
    """Make the table `sea_ways`: how far it is by sea from before each gap to a port, and from there to after it."""
    ways = []
    for pair in pairs:
        port = PortPlace(pair.port, pair.lon, pair.lat)
        there = distances.to_port_nm((pair.lon_1, pair.lat_1), port)
        ways.append(_Way(pair.pair, there, distances.to_port_nm((pair.lon_2, pair.lat_2), port)))
    put_rows(engine, "sea_ways", _Way, ways)
