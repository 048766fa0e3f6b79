"""Where a simulated ship is at any moment: straight legs between waypoints, at stated speeds."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tumen.measure.arrays import Floats

#: Metres in a degree of latitude on a sphere of the earth's mean radius, and in a second at one knot.
DEGREE_M = 111_195.08
KNOT_M_S = 1852 / 3600

HOUR_S = 3600.0

#: Longitude and latitude, degrees.
Waypoint = tuple[float, float]


def waypoint_beside(place: Waypoint, east_m: float, north_m: float) -> Waypoint:
    """The place some metres east and north of another; for distances that are short beside the earth."""
    lon, lat = place
    return lon + east_m / (DEGREE_M * np.cos(np.radians(lat))), lat + north_m / DEGREE_M


def apart_m(one: Waypoint, other: Waypoint) -> float:
    """Metres between two places that are near each other."""
    cos = np.cos(np.radians((one[1] + other[1]) / 2))
    return float(np.hypot((one[0] - other[0]) * cos, one[1] - other[1]) * DEGREE_M)


@dataclass(frozen=True)
class Itinerary:
    """A ship's plan, written from its start on: seconds since the world's start, and where it is then."""

    t_s: list[float] = field(default_factory=list)
    places: list[Waypoint] = field(default_factory=list)

    @classmethod
    def starting(cls, t_s: float, place: Waypoint) -> Itinerary:
        """A plan that begins at a moment and a place."""
        return cls([t_s], [place])

    @property
    def now_s(self) -> float:
        """When the plan ends so far."""
        return self.t_s[-1]

    @property
    def here(self) -> Waypoint:
        """Where the plan ends so far."""
        return self.places[-1]

    def sail(self, place: Waypoint, speed_kn: float) -> Itinerary:
        """Go straight to a place."""
        return self.be(place, self.now_s + apart_m(self.here, place) / (speed_kn * KNOT_M_S))

    def be(self, place: Waypoint, t_s: float) -> Itinerary:
        """Reach a place at a moment, at whatever speed that takes."""
        if t_s > self.now_s:
            self.t_s.append(t_s)
            self.places.append(place)
        return self

    def drift(self, until_s: float, east_kn: float = 0.0, north_kn: float = 0.0) -> Itinerary:
        """Lie and drift until a moment."""
        time_s = max(0.0, until_s - self.now_s) * KNOT_M_S
        return self.be(waypoint_beside(self.here, east_kn * time_s, north_kn * time_s), until_s)

    def at(self, t_s: Floats) -> tuple[Floats, Floats]:
        """Longitude and latitude at moments; before the start and after the end it lies still."""
        lon, lat = np.array(self.places).T
        return np.interp(t_s, self.t_s, lon), np.interp(t_s, self.t_s, lat)
