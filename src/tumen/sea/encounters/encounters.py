"""Encounters: two ships that lie beside each other for hours, away from ports, as for a transfer from ship to ship."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from tumen.ais.tracks import make_tracks
from tumen.engine.forms import column_types
from tumen.engine.queries import Engine, query, typed
from tumen.sea.detecting import SeaDetector
from tumen.sea.encounters.ships_met import ShipsMet
from tumen.sea.sea_levers import EncounterLevers

_ROOM = "tumen.sea.encounters"
_KNOT_M_S = 1852 / 3600
_HOUR_S = 3600.0

#: A step that is faster is that of no ship: two use the MMSI, or a position is false.
MAX_SPEED_KN = 25.0

#: Within this of a port's distance hits of the grid still count, as ships drift.
_DRIFT_M = 5000.0

#: About so many intervals, in which neither of two ships turns, are looked at together: 2 GB or so.
_BATCH_INTERVALS = 8e6

#: The queries, in their order: tracks are made before the legs, and a batch of pairs is refined at a time.
_CANDIDATES = ("stretches", "steps", "marks", "hits", "windows", "near", "batches")
_REFINED = ("intervals", "bridged", "pieces", "meetings", "samples")
STEPS = (*_CANDIDATES, "legs", *_REFINED, "found")


@dataclass(frozen=True)
class _Batch:
    """A batch of encounters_batches.sql, by its number."""

    batch: int


def find_encounters(
    engine: Engine, levers: EncounterLevers = EncounterLevers(), batch_intervals: float = _BATCH_INTERVALS
) -> None:
    """Make the table `encounters` of the tables `positions` and `ports`.

    First candidates: where every ship is at each half hour, and which of them are near each other then, on a grid of
    cubes. Then, around those moments only, tracks (see `tumen.ais`) and the exact distance: between two
    positions both ships go straight, so the squared distance is a quadratic in time and the moments of entry and exit
    are its roots. Places are points in space on a sphere, so that no meridian and no pole is an edge.

    A silence of more than `leg_h` is bridged where each ship reappears within the distance and neither need have
    gone faster than `bridge_kn` to stay within it meanwhile; any other silence ends the encounter.

    Args:
        engine: holds `positions` (mmsi, t, lon, lat, speed_kn, course_deg) and `ports` (lon, lat).
        batch_intervals: how much is refined at a time; what is found does not depend on it.

    Returns: nothing; `encounters` has one row a pair and encounter, columns those of `ShipsMet`.

    Source: distance, duration, speed and the distance from anchorages follow Miller and others 2018, Identifying
        Global Patterns of Transshipment Behavior, doi:10.3389/fmars.2018.00240; the exact moments and the bridging
        of silences are our own.
    Limits: An encounter says that two ships lay together, not that anything changed ships. Ships that share an MMSI
        and are within each other's reach are not told apart.
    """
    reach_m = levers.distance_m + 2 * levers.mark_s * levers.bridge_kn * _KNOT_M_S
    near_m = max(0.0, levers.port_km * 1000 - _DRIFT_M)
    pad_s = 2 * levers.mark_s  # a brief excursion may hide the mark next to the first or last hit
    known: Mapping[str, float] = {
        **asdict(levers),
        "mark_s": levers.mark_s,
        "max_speed_kn": MAX_SPEED_KN,
        "reach_m": reach_m,
        "cell_m": 4 * reach_m,
        "most_slack_m": levers.mark_s * levers.bridge_kn * _KNOT_M_S,
        "near_m": near_m,
        "berth_cell_m": 4 * max(near_m, 1000.0),
        "pad_s": pad_s,
        "link_s": max(levers.silence_h * _HOUR_S, 2 * (pad_s + levers.leg_h * _HOUR_S)),
        "sample_s": min(300.0, levers.hours * _HOUR_S / 24),
        "batch_intervals": batch_intervals,
    }
    for step in _CANDIDATES:
        _make(engine, step, known)
    for table in ("stretches", "marks", "hits", "windows"):
        engine.drop(f"encounter_{table}")
    make_tracks(engine, positions="encounter_near")
    _make(engine, "legs", known)
    _refine(engine, known)


def _refine(engine: Engine, known: Mapping[str, float]) -> None:
    """Find the encounters of one batch of windows after the other: each holds millions of rows for a while."""
    asked = typed(engine.rows("select distinct batch from encounter_batches order by batch nulls last"), _Batch)
    found = {row.batch: f"encounters_{row.batch}" for row in asked} or {0: "encounters_0"}
    for batch, table in found.items():
        engine.create("encounter_windows", "select * from encounter_batches where batch = $batch", batch=batch)
        for step in _REFINED:
            _make(engine, step, known)
        _make(engine, "found", known, table)
        for step in ("windows", *_REFINED):
            engine.drop(f"encounter_{step}")
    engine.create("encounters", " union all ".join(f"select * from {table}" for table in found.values()))  # noqa: S608 - names of ours
    for table in found.values():
        engine.drop(table)


def _make(engine: Engine, step: str, known: Mapping[str, float], table: str = "") -> None:
    """Make a table by one of our queries, with the parameters that it names."""
    sql = query(_ROOM, f"encounters_{step}")
    engine.create(
        table or f"encounter_{step}", sql, **{name: value for name, value in known.items() if f"(${name} as" in sql}
    )


def encounters(levers: EncounterLevers = EncounterLevers()) -> SeaDetector:
    """The detector, for `tumen.sea.detecting`."""
    return SeaDetector(
        "encounters",
        ("encounter", "encounters"),
        levers,
        lambda engine: find_encounters(engine, levers),
        tuple(column_types(ShipsMet)),
        ("start", "mmsi_1", "mmsi_2"),
    )
