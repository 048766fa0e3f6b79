"""Two ships around an encounter, as they were heard: how far apart, how fast, and when one of them was silent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tumen.engine.forms import put_rows
from tumen.engine.queries import Engine, query, typed
from tumen.measure.arrays import Floats
from tumen.sea.sea_findings import EncounterFinding, PairTrack, Trace

#: How long before and after an encounter its ships are shown, hours.
PAD_H = 4.0

_EARTH_M = 6371008.8


@dataclass(frozen=True)
class ChosenPair:
    """What is looked at of an encounter to find its tracks."""

    id: str
    mmsi_1: int
    mmsi_2: int
    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True)
class _Heard:
    """One row of pair_tracks.sql: a position of a ship around an encounter."""

    id: str
    which: int
    hours: float
    lon: float
    lat: float
    speed_kn: float | None


def pair_tracks(engine: Engine, encounters: Sequence[ChosenPair | EncounterFinding], leg_h: float) -> list[PairTrack]:
    """The tracks of the two ships of each encounter.

    Args:
        engine: holds `positions`.
        leg_h: a longer time without a message is a silence, in which nothing is said of a ship.

    Returns: one track an encounter, in their order; those of which a ship was heard less than twice are left out.

    Limits: What another ship sends under the same MMSI is drawn as if this one had sent it.
    """
    if not encounters:
        return []
    put_rows(engine, "chosen", ChosenPair, encounters)
    heard: dict[tuple[str, int], list[_Heard]] = {}
    for row in typed(engine.rows(query("tumen.sea", "pair_tracks"), pad_h=PAD_H), _Heard):
        heard.setdefault((row.id, row.which), []).append(row)
    pairs = [(met, [heard.get((met.id, n), []) for n in (1, 2)]) for met in encounters]
    return [_track(met, both, leg_h) for met, both in pairs if all(len(ship) > 1 for ship in both)]


def _track(met: ChosenPair | EncounterFinding, both: Sequence[Sequence[_Heard]], leg_h: float) -> PairTrack:
    hours = [np.array([row.hours for row in ship], dtype=float) for ship in both]
    places = [_vectors([row.lon for row in ship], [row.lat for row in ship]) for ship in both]
    every = np.unique(np.concatenate(hours))
    between = [_between(every, h, p, leg_h) for h, p in zip(hours, places, strict=True)]
    apart = 2 * _EARTH_M * np.arcsin(np.minimum(1.0, np.linalg.norm(between[0] - between[1], axis=1) / 2))
    ships = tuple(
        Trace(mmsi, tuple(hours[n].tolist()), tuple(_speeds(both[n])), _silences(hours[n], leg_h))
        for n, mmsi in enumerate((met.mmsi_1, met.mmsi_2))
    )
    return PairTrack(met.id, tuple(every.tolist()), tuple(apart.tolist()), (ships[0], ships[1]))


def _vectors(lon: Sequence[float], lat: Sequence[float]) -> Floats:
    """Places as points on a sphere of radius one, so that no meridian is an edge."""
    x, y = np.radians(np.array(lon, dtype=float)), np.radians(np.array(lat, dtype=float))
    return np.stack([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)], axis=1)


def _between(every: Floats, hours: Floats, places: Floats, leg_h: float) -> Floats:
    """Where a ship was at each time, going straight between messages; NaN in a silence, and before and after all."""
    at = np.stack([np.interp(every, hours, places[:, axis], np.nan, np.nan) for axis in range(3)], axis=1)
    after = np.clip(np.searchsorted(hours, every, "left"), 1, len(hours) - 1)
    silent = (hours[after] - hours[after - 1] > leg_h) & (every > hours[after - 1]) & (every < hours[after])
    at[silent] = np.nan
    found: Floats = at / np.linalg.norm(at, axis=1, keepdims=True)
    return found


def _silences(hours: Floats, leg_h: float) -> tuple[tuple[float, float], ...]:
    long = np.flatnonzero(np.diff(hours) > leg_h)
    return tuple((float(hours[n]), float(hours[n + 1])) for n in long)


def _speeds(ship: Sequence[_Heard]) -> list[float]:
    return [float("nan") if row.speed_kn is None else row.speed_kn for row in ship]
