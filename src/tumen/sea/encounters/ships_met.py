"""What an encounter is, for whoever has one and does not look for any."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class ShipsMet:
    """One row of encounters_found.sql: two ships that lay beside each other.

    Args:
        mmsi_1, mmsi_2: the smaller MMSI, and the larger.
        start, end: when they came within the distance, and when they parted, UTC.
        observed_h: of `duration_h`, without bridged silences.
        longest_silence_h: that was bridged; 0 where none was.
        min_distance_m: the smallest while both were heard.
        median_distance_m: in equal steps of time while both were heard.
        median_speed_kn: of both ships, in the same steps.
        lon, lat: where they were on average, degrees.
        silence_before_1_h, silence_after_1_h: the first ship's longest silence that ended in the day before the start,
            and her longest that began in the day after the end; None without a position before or after.
        silence_before_2_h, silence_after_2_h: as for the first ship.
    """

    mmsi_1: int
    mmsi_2: int
    start: dt.datetime
    end: dt.datetime
    duration_h: float
    observed_h: float
    longest_silence_h: float
    min_distance_m: float
    median_distance_m: float
    median_speed_kn: float
    lon: float
    lat: float
    silence_before_1_h: float | None
    silence_after_1_h: float | None
    silence_before_2_h: float | None
    silence_after_2_h: float | None
