"""Small seas: ships whose tracks can be computed by hand, as tables of an engine."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tumen.ais.position_table import POSITION_COLUMNS
from tumen.engine.queries import Engine

START = dt.datetime(2024, 1, 31, 20)
EARTH_M = 6371008.8


@dataclass(frozen=True)
class Fix:
    """One position; `hours` since `START`."""

    mmsi: int
    hours: float
    lon: float
    lat: float
    speed_kn: float | None = None
    course_deg: float | None = None
    name: str | None = None
    imo: int | None = None


def moved(lon: float, lat: float, course_deg: float, distance_m: float) -> tuple[float, float]:
    """Where a great circle ends, by the textbook's formula for a sphere."""
    angle, bearing, phi = distance_m / EARTH_M, math.radians(course_deg), math.radians(lat)
    end = math.asin(math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(bearing))
    turned = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(phi), math.cos(angle) - math.sin(phi) * math.sin(end)
    )
    return (lon + math.degrees(turned) + 180) % 360 - 180, math.degrees(end)


def voyage(
    mmsi: int, lon: float, lat: float, speed_kn: float, course_deg: float, hours: Sequence[float], **who: Any
) -> list[Fix]:
    """A ship that holds its first speed and course, heard at these hours."""
    fixes = []
    for hour in hours:
        x, y = moved(lon, lat, course_deg, speed_kn * 1852 * (hour - hours[0]))
        fixes.append(Fix(mmsi, hour, x, y, speed_kn, course_deg, **who))
    return fixes


def every(minutes: float, first_h: float, last_h: float) -> list[float]:
    """Hours from the first to the last, both included, a step apart."""
    return [first_h + n * minutes / 60 for n in range(round((last_h - first_h) * 60 / minutes) + 1)]


def put(engine: Engine, fixes: Sequence[Fix], table: str = "positions") -> None:
    """Make a table of positions."""
    start = np.datetime64(START, "us")
    cells: dict[str, Any] = {name: [getattr(f, name, None) for f in fixes] for name in POSITION_COLUMNS if name != "t"}
    arrays = {name: _array(values, POSITION_COLUMNS[name]) for name, values in cells.items()}
    arrays["t"] = np.array(
        [start + np.timedelta64(round(f.hours * 3.6e9), "us") for f in fixes], dtype="datetime64[us]"
    )
    engine.tabulate(table, POSITION_COLUMNS, {name: arrays[name] for name in POSITION_COLUMNS})


def _array(values: Sequence[Any], kind: str) -> Any:
    empty: Any = "" if kind == "VARCHAR" else 0
    dtype = {"VARCHAR": None, "DOUBLE": float}.get(kind, np.int64)
    return np.ma.masked_array(
        np.array([empty if v is None else v for v in values], dtype=dtype), mask=[v is None for v in values]
    )


def hour_of(moment: dt.datetime) -> float:
    """Hours since `START`."""
    return (moment - START).total_seconds() / 3600


def beside(
    ship: Sequence[Fix], mmsi: int, near_m: float, far_km: float, hours: Sequence[float], away_h: tuple[float, float]
) -> list[Fix]:
    """A second ship that stays straight north of a first, near it between two moments and far off before and after.

    It comes and goes at one speed: it is `far_km` off half an hour before and after.
    """
    t, lon, lat = (np.array([getattr(f, name) for f in ship]) for name in ("hours", "lon", "lat"))
    off_m = np.interp(
        hours, [away_h[0] - 0.5, away_h[0], away_h[1], away_h[1] + 0.5], [far_km * 1000, near_m, near_m, far_km * 1000]
    )
    turned = np.unwrap(lon, period=360)
    return [
        Fix(
            mmsi,
            hour,
            (float(np.interp(hour, t, turned)) + 180) % 360 - 180,
            float(np.interp(hour, t, lat)) + math.degrees(off / EARTH_M),
        )
        for hour, off in zip(hours, off_m, strict=True)
    ]
