"""A small sea: a ship loads at a quay, meets another at sea, and a tanker goes dark near it while others are heard."""

from __future__ import annotations

from pathlib import Path

from tests.sea.seas import Fix, beside, every, put, voyage
from tumen.engine.backends import open_engine
from tumen.vessels.known import PortRow

#: Where the quay is; the open sea serves as well as a coast.
QUAY = (124.0, 35.5)
PORTS = (PortRow("quay", "The Quay", "AAA", "port", *QUAY, None),)

COLLIER, RECEIVER, TANKER, WATCH = 790_000_001, 790_000_002, 790_000_003, 790_000_004


def fixes() -> list[Fix]:
    """Two days, a message every ten minutes; the tanker is silent from hour 14 to hour 38."""
    loads = voyage(COLLIER, *QUAY, 0.0, 0, every(10, 0, 6), name="COLLIER", imo=9074729)
    leaves = voyage(COLLIER, *QUAY, 10.0, 180, every(10, 6 + 1 / 6, 9), name="COLLIER", imo=9074729)
    waits = voyage(
        COLLIER, leaves[-1].lon, leaves[-1].lat, 0.3, 90, every(10, 9 + 1 / 6, 48), name="COLLIER", imo=9074729
    )
    meets = beside(waits, RECEIVER, 150, 10, every(10, 9 + 1 / 6, 48), away_h=(20.0, 26.0))
    before = voyage(TANKER, QUAY[0] + 0.8, QUAY[1] + 0.5, 8.0, 200, every(10, 0, 14), name="TANKER", imo=9074731)
    after = voyage(TANKER, before[-1].lon, before[-1].lat, 8.0, 200, every(10, 38, 48), name="TANKER", imo=9074731)
    watch = voyage(WATCH, before[-1].lon + 0.1, before[-1].lat, 0.2, 0, every(10, 0, 48))
    return [*loads, *leaves, *waits, *meets, *before, *after, *watch]


def write_positions(target: Path, simulated: bool = False) -> Path:
    """Write the sea as a file that has to be read first; the tanker says that she is one."""
    engine = open_engine()
    put(engine, fixes(), "heard")
    receiver = "simulated" if simulated else "shore"
    engine.write(
        f"select * replace (case mmsi when {TANKER} then 80 else 70 end as ship_type, '{receiver}' as receiver) "
        "from heard",
        target,
    )
    engine.close()
    return target
