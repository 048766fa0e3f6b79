"""Slow and plain answers about land, to compare with."""

from __future__ import annotations

import numpy as np

from tumen.sea.shore.coastline import rings


def on_land(lon: float, lat: float) -> bool:
    """Whether a place is inside an odd number of rings, each seen whole."""
    inside = 0
    for ring in rings():
        for turned in (lon - 360, lon, lon + 360):
            (x_1, y_1), (x_2, y_2) = ring[:-1].T, ring[1:].T
            crosses = (x_1 <= turned) != (x_2 <= turned)
            at = y_1[crosses] + (turned - x_1[crosses]) / (x_2 - x_1)[crosses] * (y_2 - y_1)[crosses]
            inside += int((at <= lat).sum())
    return bool(inside % 2)


def metres(lon_1: float, lat_1: float, lon_2: np.ndarray, lat_2: np.ndarray) -> np.ndarray:
    """Great-circle distances on a sphere."""
    a, b, c, d = np.radians(lon_1), np.radians(lat_1), np.radians(lon_2), np.radians(lat_2)
    h = np.sin((d - b) / 2) ** 2 + np.cos(b) * np.cos(d) * np.sin((c - a) / 2) ** 2
    return np.asarray(2 * 6371008.8 * np.arcsin(np.sqrt(h)))
