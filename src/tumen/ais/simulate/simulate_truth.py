"""What truly happened on a simulated sea, and the files that tell it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tumen.ais.simulate.itinerary import HOUR_S
from tumen.ais.simulate.simulate_decoys import Meeting
from tumen.ais.simulate.simulate_seen import Ship
from tumen.ais.simulate.simulate_traffic import Port, SimulatedSea
from tumen.writing import write_files

#: When the simulated world begins.
BEGINS = dt.datetime(2024, 3, 1)

#: MMSIs that no authority gives out, so that a simulated ship is never taken for a real one.
FIRST_MMSI = 790_000_000


@dataclass(frozen=True)
class DarkCall:
    """A call at a port of the focal state during which the ship did not transmit."""

    ship: int
    port: Port
    silent_s: tuple[float, float]
    berthed_s: tuple[float, float]


@dataclass(frozen=True)
class World:
    """The simulated ships, and what truly happened."""

    sea: SimulatedSea
    end_s: float
    ships: tuple[Ship, ...]
    meetings: tuple[Meeting, ...]
    dark_calls: tuple[DarkCall, ...]


def write_truth(world: World, known: Mapping[Meeting, Sequence[tuple[float, float]]], folder: Path) -> list[Path]:
    """Write what truly happened beside what was heard.

    Args:
        known: of each meeting, from when to when messages show where each of the two ships was within it.

    Returns: the files.
    """

    def encounter(m: Meeting) -> list[object]:
        sparse = max(world.ships[n].step_s for n in m.ships) > HOUR_S
        seen = "sparse" if sparse else "silent" if m.silent_h else "usual"
        heard_h = max(0.0, min(to_s for _, to_s in known[m]) - max(from_s for from_s, _ in known[m])) / HOUR_S
        return [
            m.kind,
            seen,
            *(FIRST_MMSI + n for n in m.ships),
            _time(m.start_s),
            _time(m.end_s),
            round(m.place[0], 5),
            round(m.place[1], 5),
            round(m.silent_h, 3),
            round(heard_h, 3),
            "true",
        ]

    swaps = [
        [
            FIRST_MMSI + s.number,
            FIRST_MMSI + s.number + 500_000,
            imo_number(300_000 + s.number),
            ship_name(s.number),
            f"{ship_name(s.number)} II",
            _time(s.swaps_s),
            "true",
        ]
        for s in world.ships
        if s.swaps_s is not None
    ]
    calls = [
        [FIRST_MMSI + c.ship, c.port.name, *map(_time, (*c.silent_s, *c.berthed_s)), "true"] for c in world.dark_calls
    ]
    places = [
        [p.name, p.at[0], p.at[1], p.kind, "true" if p.focal else "false"]
        for p in (*world.sea.ports, *world.sea.anchorages)
    ]
    meetings = "kind,seen,mmsi_1,mmsi_2,start,end,lon,lat,silent_h,heard_h,simulated"
    dark = "mmsi,port,silent_from,silent_to,berthed_from,berthed_to,simulated"
    swapped = "mmsi_before,mmsi_after,imo,name_before,name_after,at,simulated"
    files = {
        "simulated-encounters.csv": _csv(meetings, [encounter(m) for m in world.meetings]),
        "simulated-dark-calls.csv": _csv(dark, calls),
        "simulated-identity-swaps.csv": _csv(swapped, swaps),
        "simulated-ports.csv": _csv("name,lon,lat,kind,focal", places),
    }
    return write_files(folder, files)


def _csv(header: str, rows: Sequence[Sequence[object]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return stream.getvalue()


def _time(t_s: float) -> str:
    return (BEGINS + dt.timedelta(seconds=round(t_s))).isoformat(sep=" ")


def ship_name(number: int) -> str:
    """What a simulated ship is called."""
    return f"SIMULATED {number:04}"


def imo_number(six: int) -> int:
    """A six-digit number with the IMO's check digit behind it: the last digit of the digits times 7, 6, … 2.

    Example:
        >>> imo_number(907472)
        9074729
    """
    digits = [int(d) for d in f"{six:06}"]
    return six * 10 + sum(d * w for d, w in zip(digits, range(7, 1, -1), strict=True)) % 10
