"""The usual traffic of the simulated sea: traders on lanes, fishing clusters, ships at anchor, tugs and pilots."""

from __future__ import annotations

import importlib.resources
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tumen.ais.simulate.itinerary import HOUR_S, KNOT_M_S, Itinerary, Waypoint, apart_m, waypoint_beside

#: Corners that a lane joins, in the order in which ships pass them, north to south; `north` lies off the way.
_SPINE = ("strait", "north", "middle", "east", "cape")
_BRANCH = ("middle", "south", "deep", "far")


@dataclass(frozen=True)
class Port:
    """A port or an anchorage; `lane` is the corner from which it is approached."""

    name: str
    at: Waypoint
    kind: str = "port"
    lane: str = ""
    focal: bool = False


@dataclass(frozen=True)
class SimulatedSea:
    """The places of the world; see `seas.toml`."""

    open_sea: tuple[tuple[float, float, float, float], ...]
    corners: dict[str, Waypoint]
    ports: tuple[Port, ...]
    anchorages: tuple[Port, ...]

    def anywhere(self, random: np.random.Generator, part: int | None = None) -> Waypoint:
        """A place in open sea, in one of its parts where that is given."""
        chosen = int(random.integers(len(self.open_sea))) if part is None else part
        west, south, east, north = self.open_sea[chosen]
        return float(random.uniform(west, east)), float(random.uniform(south, north))

    def sites(self, number: int, random: np.random.Generator) -> list[tuple[Waypoint, int]]:
        """Places for events, each with its part of the sea, so far apart that no event disturbs another.

        Raises: ValueError where the sea is too small for so many.
        """
        area = sum((e - w) * (n - s) for w, s, e, n in self.open_sea)
        spacing = min(0.3, float(np.sqrt(area / (1.5 * number))))
        if spacing < 0.1:
            raise ValueError(f"{number} events do not fit into the simulated sea")
        lattice = [
            ((float(lon), float(lat)), part)
            for part, (w, s, e, n) in enumerate(self.open_sea)
            for lon in np.arange(w, e, spacing)
            for lat in np.arange(s, n, spacing)
        ]
        return [lattice[i] for i in random.permutation(len(lattice))[:number]]


def read_sea() -> SimulatedSea:
    """The bundled world."""
    text = importlib.resources.files("tumen.ais.simulate").joinpath("seas.toml").read_text(encoding="utf-8")
    held: dict[str, Any] = tomllib.loads(text)
    return SimulatedSea(
        tuple((float(w), float(s), float(e), float(n)) for w, s, e, n in held["open_sea"]),
        {name: (lon, lat) for name, (lon, lat) in held["corner"].items()},
        tuple(Port(name, tuple(p["at"]), "port", p["lane"], p.get("focal", False)) for name, p in held["port"].items()),
        tuple(Port(f"{name} anchorage", tuple(p["at"]), "anchorage") for name, p in held["anchorage"].items()),
    )


def lane(sea: SimulatedSea, one: Port, other: Port) -> list[Waypoint]:
    """The corners between two ports, in order."""

    def to_middle(corner: str) -> list[str]:
        line = _SPINE if corner in _SPINE else _BRANCH
        here, middle = line.index(corner), line.index("middle")
        step = 1 if middle >= here else -1
        return list(line[here : middle + step if middle + step >= 0 else None : step])

    out, back = to_middle(one.lane), to_middle(other.lane)
    while len(out) > 1 and len(back) > 1 and out[-2] == back[-2]:  # both come the same way: turn earlier
        out, back = out[:-1], back[:-1]
    return [sea.corners[c] for c in [*out, *reversed(back[:-1])]]


def trader(sea: SimulatedSea, end_s: float, random: np.random.Generator, calls: Sequence[Port] = ()) -> Itinerary:
    """A ship that sails from port to port; it starts on its way. `calls` are visited first, in their order."""
    wanted = list(calls)
    port = _other(sea, None, random)
    speed_kn = float(random.uniform(9, 15))
    plan = Itinerary.starting(-random.uniform(0, 30) * HOUR_S, _berth(port, random))
    while plan.now_s < end_s:
        following = wanted.pop(0) if wanted else _other(sea, port, random)
        for corner in lane(sea, port, following):
            plan.sail(waypoint_beside(corner, *random.normal(0, 2500, 2)), speed_kn)
        plan.sail(_berth(following, random), speed_kn)
        plan.drift(plan.now_s + random.uniform(6, 36) * HOUR_S)
        port = following
    return plan


def fisher(ground: Waypoint, end_s: float, random: np.random.Generator) -> Itinerary:
    """A boat that trawls to and fro over its ground: near others often, beside none for long."""
    plan = Itinerary.starting(0.0, waypoint_beside(ground, *random.uniform(-4000, 4000, 2)))
    while plan.now_s < end_s:
        plan.sail(waypoint_beside(ground, *random.uniform(-6000, 6000, 2)), float(random.uniform(2.5, 4.5)))
    return plan


def anchored(at: Waypoint, number: int, end_s: float, random: np.random.Generator) -> Itinerary:
    """A ship at anchor that swings with the tide, on the number-th place of a waiting ground."""
    row, column = divmod(number, 5)
    centre = waypoint_beside(at, (column - 2) * 900.0, (row - 2) * 900.0)
    plan = Itinerary.starting(0.0, centre)
    for t_s in np.arange(0, end_s, 3.1 * HOUR_S):
        turn = float(random.uniform(0, 2 * np.pi))
        plan.be(waypoint_beside(centre, 150 * np.sin(turn), 150 * np.cos(turn)), float(t_s))
    return plan


def tender(port: Port, end_s: float, random: np.random.Generator) -> Itinerary:
    """A tug or pilot boat that goes out to ships off a port, lies with them for a while, and returns."""
    plan = Itinerary.starting(0.0, _berth(port, random))
    while plan.now_s < end_s:
        plan.sail(waypoint_beside(port.at, *random.uniform(-6000, 6000, 2)), float(random.uniform(6, 10)))
        plan.drift(plan.now_s + random.uniform(0.3, 3.0) * HOUR_S, 0.4, 0.2)
        plan.sail(_berth(port, random), 8.0)
        plan.drift(plan.now_s + random.uniform(0.5, 4) * HOUR_S)
    return plan


def berthed_s(plan: Itinerary, port: Port) -> tuple[float, float] | None:
    """When a plan first lies at a port for hours."""
    for one, two, a, b in zip(plan.t_s, plan.t_s[1:], plan.places, plan.places[1:], strict=False):
        still = apart_m(a, b) < (two - one) * 0.1 * KNOT_M_S
        if still and two - one > HOUR_S and apart_m(a, port.at) < 6000:
            return one, two
    return None


def _other(sea: SimulatedSea, port: Port | None, random: np.random.Generator) -> Port:
    open_ports = [p for p in sea.ports if p != port and not p.focal]
    return open_ports[int(random.integers(len(open_ports)))]


def _berth(port: Port, random: np.random.Generator) -> Waypoint:
    return waypoint_beside(port.at, *random.normal(0, 900, 2))
