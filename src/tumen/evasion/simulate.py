"""A simulated sea with known truth, to try the detectors on. Everything that it writes says that it is simulated."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from tumen.evasion.itinerary import HOUR_S, Itinerary, Place
from tumen.evasion.positions import MADE_BY
from tumen.evasion.simulate_decoys import DECOYS, Meeting, pair
from tumen.evasion.simulate_seen import Reception, Ship, messages
from tumen.evasion.simulate_traffic import Port, Sea, anchored, berthed_s, fisher, read_sea, tender, trader
from tumen.queries import Engine

#: When the simulated world begins.
BEGINS = dt.datetime(2024, 3, 1)

#: MMSIs that no authority gives out, so that a simulated ship is never taken for a real one.
FIRST_MMSI = 790_000_000

LABELS = {"simulated": "true", "made by": MADE_BY[1]}

_ROWS_A_FILE = 2_000_000
_SHIP_TYPES = {"trader": 70, "dark": 80, "swap": 70, "fishing": 30, "anchored": 70, "tug": 52, "pilot": 50}

_POSITIONS = """
select
    ships.mmsi + cast(heard.after * 500000 as bigint) as mmsi,
    timestamp '{begins}' + to_seconds(cast(heard.t_s as bigint)) as t,
    heard.lon, heard.lat, heard.speed_kn, heard.course_deg, heard.heading_deg, ships.ship_type,
    case when heard.after = 1 then ships.name || ' II' else ships.name end as name,
    ships.imo, ships.draught_m, 'simulated' as receiver
from "{heard}" as heard
join ships on ships.number = cast(heard.number as bigint)
order by t nulls last, mmsi nulls last
"""


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

    sea: Sea
    end_s: float
    ships: tuple[Ship, ...]
    meetings: tuple[Meeting, ...]
    dark_calls: tuple[DarkCall, ...]


def simulate(seed: int = 1, days: float = 5.0, vessels: int = 300, step_s: float = 120.0) -> World:
    """Make a world. The same arguments make the same world.

    Of the vessels about a fifth meet for transfers, a fifth are decoys, a fifth fish, a tenth lie at anchor, a
    fifteenth are tugs and pilots, a fifteenth call in the dark or change their identity, and the rest trade.

    Args:
        seed: of every draw.
        days: how long it lasts.
        vessels: how many ships, 20 to 6,000.
        step_s: seconds between a ship's messages; one pair in thirty has a ship that reports every 70 minutes.
    """
    random = np.random.default_rng(seed)
    sea, end_s = read_sea(), days * 24 * HOUR_S
    transfers, decoys, fishing = max(1, vessels // 10), max(5, vessels // 10), vessels // 6
    sites = iter(sea.sites(transfers + decoys + fishing // 10 + 1, random))
    ships: list[Ship] = []
    meetings: list[Meeting] = []

    def add(kind: str, plan: Itinerary, **more: Any) -> None:
        ships.append(Ship(len(ships), kind, plan, _SHIP_TYPES.get(kind, 80), more.pop("step_s", step_s), **more))

    for number in range(transfers + decoys):
        kind = "transfer" if number < transfers else DECOYS[(number - transfers) % len(DECOYS)]
        (home, part) = next(sites)

        def elsewhere(part: int = part) -> Place:
            return sea.anywhere(random, part)

        here = (len(ships), len(ships) + 1)
        one, two, met = pair(kind, here, home, elsewhere, end_s, random)
        add(kind, one, silent=tuple(m.silence_s for m in met if m.silence_s))
        add(kind, two, step_s=4200.0 if number % 30 == 29 else step_s)
        meetings += met
    grounds = [next(sites)[0] for _ in range(fishing // 10 + 1)]
    for number in range(fishing):
        add("fishing", fisher(grounds[number // 10], end_s, random))
    for number in range(vessels // 10):
        waiting = sea.anchorages[number % len(sea.anchorages)]
        add("anchored", anchored(waiting.at, number // len(sea.anchorages) % 25, end_s, random))
    for number in range(vessels // 15):
        add(("tug", "pilot")[number % 2], tender(sea.ports[number % len(sea.ports)], end_s, random))
    calls = [_dark_call(sea, end_s, random) for _ in range(vessels // 30)]
    dark_calls = []
    for plan, call in calls:
        if call is not None:
            dark_calls.append(replace(call, ship=len(ships)))
            add("dark", plan, silent=(call.silent_s,))
    for _ in range(vessels // 30):
        at_s = float(random.uniform(0.3, 0.7) * end_s)
        add("swap", trader(sea, end_s, random), silent=((at_s - 7 * HOUR_S, at_s + 7 * HOUR_S),), swaps_s=at_s)
    while len(ships) < vessels:
        add("trader", trader(sea, end_s, random))
    return World(sea, end_s, tuple(ships), tuple(meetings), tuple(dark_calls))


def _dark_call(sea: Sea, end_s: float, random: np.random.Generator) -> tuple[Itinerary, DarkCall | None]:
    """A ship that calls at a port of the focal state, silent from some hours before until some hours after."""
    focal = [port for port in sea.ports if port.focal]
    port = focal[int(random.integers(len(focal)))]
    plan = trader(sea, end_s, random, calls=(port,))
    found = berthed_s(plan, port)
    if found is None:
        return plan, None
    silent = (found[0] - random.uniform(4, 12) * HOUR_S, found[1] + random.uniform(4, 12) * HOUR_S)
    return plan, DarkCall(0, port, silent, found)


def write(world: World, folder: Path, engine: Engine, seed: int = 1) -> list[Path]:
    """Write what receivers heard, and the truth beside it.

    Files: `simulated-positions-*.parquet`, `simulated-encounters.csv` (transfers and decoys),
    `simulated-dark-calls.csv`, `simulated-identity-swaps.csv`, and `simulated-ports.csv` (ports and anchorages, for
    `--ports`). Each Parquet file is labelled simulated in its metadata, each row by its receiver.

    Args:
        folder: made where it is not there.
        engine: writes the files; an embedded one with nothing loaded.
        seed: of what is heard.

    Returns: the files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    numbers = np.arange(len(world.ships))
    engine.tabulate(
        "ships",
        {"number": "BIGINT", "mmsi": "BIGINT", "name": "VARCHAR", "imo": "BIGINT", "ship_type": "INTEGER",
         "draught_m": "DOUBLE"},
        {"number": numbers, "mmsi": FIRST_MMSI + numbers, "name": np.array([_name(n) for n in range(len(numbers))]),
         "imo": np.array([imo_number(300_000 + n) for n in range(len(numbers))]),
         "ship_type": np.array([s.ship_type for s in world.ships]), "draught_m": 5.0 + numbers % 9},
    )  # fmt: skip
    written = []
    for number, heard in enumerate(_batches(world, np.random.default_rng([seed, 1]))):
        table = f"heard.{number}"
        engine.tabulate(table, dict.fromkeys(heard, "DOUBLE"), heard)
        target = folder / f"simulated-positions-{number:03}.parquet"
        engine.write(_POSITIONS.format(begins=BEGINS, heard=table), target, {**LABELS, "seed": str(seed)})
        engine.drop(table)
        written.append(target)
    return [*written, *_write_truth(world, folder)]


def _batches(world: World, random: np.random.Generator) -> Iterator[dict[str, Any]]:
    """What is heard, some millions of messages at a time."""
    reception = Reception.drawn(random)
    held: list[dict[str, Any]] = []
    rows = 0
    for ship in world.ships:
        held.append(messages(ship, world.end_s, reception, random))
        rows += len(held[-1]["t_s"])
        if rows >= _ROWS_A_FILE or ship is world.ships[-1]:
            yield {column: np.concatenate([part[column] for part in held]) for column in held[0]}
            held, rows = [], 0


def _write_truth(world: World, folder: Path) -> list[Path]:
    def encounter(m: Meeting) -> list[object]:
        sparse = max(world.ships[n].step_s for n in m.ships) > HOUR_S
        seen = "sparse" if sparse else "silent" if m.silent_h else "usual"
        return [m.kind, seen, *(FIRST_MMSI + n for n in m.ships), _time(m.start_s), _time(m.end_s),
                round(m.place[0], 5), round(m.place[1], 5), round(m.silent_h, 3), "true"]  # fmt: skip

    swaps = [
        [FIRST_MMSI + s.number, FIRST_MMSI + s.number + 500_000, imo_number(300_000 + s.number), _name(s.number),
         f"{_name(s.number)} II", _time(s.swaps_s), "true"]
        for s in world.ships if s.swaps_s is not None
    ]  # fmt: skip
    calls = [
        [FIRST_MMSI + c.ship, c.port.name, *map(_time, (*c.silent_s, *c.berthed_s)), "true"] for c in world.dark_calls
    ]
    places = [[p.name, p.at[0], p.at[1], p.kind, "true" if p.focal else "false"]
              for p in (*world.sea.ports, *world.sea.anchorages)]  # fmt: skip
    return [
        _csv(folder / "simulated-encounters.csv", "kind,seen,mmsi_1,mmsi_2,start,end,lon,lat,silent_h,simulated",
             map(encounter, world.meetings)),
        _csv(folder / "simulated-dark-calls.csv",
             "mmsi,port,silent_from,silent_to,berthed_from,berthed_to,simulated", calls),
        _csv(folder / "simulated-identity-swaps.csv",
             "mmsi_before,mmsi_after,imo,name_before,name_after,at,simulated", swaps),
        _csv(folder / "simulated-ports.csv", "name,lon,lat,kind,focal", places),
    ]  # fmt: skip


def _csv(path: Path, header: str, rows: Iterator[Sequence[object]] | Sequence[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)
    return path


def _time(t_s: float) -> str:
    return (BEGINS + dt.timedelta(seconds=round(t_s))).isoformat(sep=" ")


def _name(number: int) -> str:
    return f"SIMULATED {number:04}"


def imo_number(six: int) -> int:
    """A six-digit number with the IMO's check digit behind it: the last digit of the digits times 7, 6, … 2.

    Example:
        >>> imo_number(907472)
        9074729
    """
    digits = [int(d) for d in f"{six:06}"]
    return six * 10 + sum(d * w for d, w in zip(digits, range(7, 1, -1), strict=True)) % 10
