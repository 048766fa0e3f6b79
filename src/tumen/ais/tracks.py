"""Positions to segments: one ship's track without a cut, also where several ships send the same MMSI."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tumen.engine.queries import Engine, query, typed

_ROOM = "tumen.ais"

#: Enough doublings for a chain of 2^40 runs: more than there can be rows.
_MOST_ROUNDS = 40


@dataclass(frozen=True)
class TrackLevers:
    """What a ship is taken to be able to do between two positions.

    Args:
        max_speed_kn: faster is another ship, or no ship; a ship that itself reports more at both positions may do that.
        max_silence_h: a longer silence ends a segment.
        slack_m: what clocks and antennas may be off by.
        far_m: a position within this of the one before is never doubted.
    """

    max_speed_kn: float = 25.0
    max_silence_h: float = 24.0
    slack_m: float = 300.0
    far_m: float = 2000.0


@dataclass(frozen=True)
class _Open:
    """One row of tracks_open.sql: how many runs are not yet led to the first of their chain."""

    runs: int


def make_tracks(engine: Engine, levers: TrackLevers = TrackLevers(), positions: str = "positions") -> None:
    """Make the table `tracked` of a table of positions: every position with the segment that it is in.

    Positions of an MMSI follow each other until one is out of reach of the one before, or far from it while
    an older one matches far better; that cuts a run. A run goes on from the latest of the twelve runs before
    it that matches about as well as the best does. A spoofed jump is thus a segment of its own, and nothing
    is interpolated across it. Matching compares where a ship is with where it would be had it gone on at its
    speed and course, or stopped.

    Args:
        engine: holds the table of positions with mmsi, t, lon, lat, speed_kn and course_deg.
        positions: its name.

    Returns: nothing; `tracked` has one row a position: mmsi, segment (from 1 by first position), t, lon,
        lat, speed_kn, course_deg and n, its number among its MMSI's positions.

    Source: the approach of gpsdio-segment (SkyTruth and Global Fishing Watch): reach, time and the match of
        projected positions decide; written anew as queries.
    Limits: Two ships on one MMSI within reach of each other (25 knots times the time between positions) and
        within `far_m` are one track. More than twelve ships that take turns on one MMSI are cut into pieces.
    """
    reach = {"slack_m": levers.slack_m, "max_speed_kn": levers.max_speed_kn, "far_m": levers.far_m}
    silence = {"max_silence_h": levers.max_silence_h}
    engine.create(
        "fixes",
        query(_ROOM, "tracks_fixes").replace("from positions", f'from "{positions}"'),
        max_speed_kn=levers.max_speed_kn,
    )
    _match(
        engine, "tracks_suspects", "doubts", "tracks_doubts", {"far_m": levers.far_m, **silence}, {**reach, **silence}
    )
    engine.create("runs", query(_ROOM, "tracks_runs"))
    engine.drop("fixes")
    engine.drop("doubts")
    engine.create("run_ends", query(_ROOM, "tracks_ends"))
    _match(engine, "tracks_predecessors", "chains", "tracks_links", silence, reach)
    _follow_chains(engine)
    engine.create("tracked", query(_ROOM, "tracks_positions"))
    for table in ("runs", "run_ends", "chains"):
        engine.drop(table)


def _match(
    engine: Engine, pairs: str, table: str, judged: str, of_pairs: Mapping[str, float], of_judged: Mapping[str, float]
) -> None:
    """Make a table by how far places are from where earlier positions, paired with them by a query, lead."""
    engine.create("track_pairs", query(_ROOM, pairs), **of_pairs)
    engine.create("track_offsets", query(_ROOM, "tracks_offsets"))
    engine.create(table, query(_ROOM, judged), **of_judged)
    engine.drop("track_offsets")
    engine.drop("track_pairs")


def _follow_chains(engine: Engine) -> None:
    """Lead each run to the first of its chain; every round doubles the way."""
    for _ in range(_MOST_ROUNDS):
        (told,) = typed(engine.rows(query(_ROOM, "tracks_open")), _Open)
        if not told.runs:
            return
        engine.create("longer_chains", query(_ROOM, "tracks_chains"))
        engine.drop("chains")
        engine.create("chains", "select mmsi, run, head from longer_chains")
        engine.drop("longer_chains")
