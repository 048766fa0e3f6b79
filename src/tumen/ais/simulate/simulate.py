"""A simulated sea with known truth, to try the detectors on. Everything that it writes says that it is simulated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from tumen.ais.position_table import MADE_BY
from tumen.ais.simulate.itinerary import HOUR_S, Itinerary, Waypoint
from tumen.ais.simulate.simulate_decoys import DECOYS, Meeting, pair
from tumen.ais.simulate.simulate_seen import Reception, Ship, known_between, messages
from tumen.ais.simulate.simulate_traffic import SimulatedSea, anchored, berthed_s, fisher, read_sea, tender, trader
from tumen.ais.simulate.simulate_truth import (
    BEGINS,
    FIRST_MMSI,
    DarkCall,
    World,
    imo_number,
    ship_name,
    write_truth,
)
from tumen.engine.queries import Engine
from tumen.writing import drafted, make_folder, named_by_user

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

        def elsewhere(part: int = part) -> Waypoint:
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


def _dark_call(sea: SimulatedSea, end_s: float, random: np.random.Generator) -> tuple[Itinerary, DarkCall | None]:
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
    make_folder(named_by_user(folder), folder)
    numbers = np.arange(len(world.ships))
    engine.tabulate(
        "ships",
        {
            "number": "BIGINT",
            "mmsi": "BIGINT",
            "name": "VARCHAR",
            "imo": "BIGINT",
            "ship_type": "INTEGER",
            "draught_m": "DOUBLE",
        },
        {
            "number": numbers,
            "mmsi": FIRST_MMSI + numbers,
            "name": np.array([ship_name(n) for n in range(len(numbers))]),
            "imo": np.array([imo_number(300_000 + n) for n in range(len(numbers))]),
            "ship_type": np.array([s.ship_type for s in world.ships]),
            "draught_m": 5.0 + numbers % 9,
        },
    )
    written = []
    known: dict[Meeting, list[tuple[float, float]]] = {meeting: [] for meeting in world.meetings}
    for number, heard in enumerate(_batches(world, known, np.random.default_rng([seed, 1]))):
        table = f"heard.{number}"
        engine.tabulate(table, dict.fromkeys(heard, "DOUBLE"), heard)
        target = folder / f"simulated-positions-{number:03}.parquet"
        with drafted(target, folder) as draft:
            engine.write(_POSITIONS.format(begins=BEGINS, heard=table), draft, {**LABELS, "seed": str(seed)})
        engine.drop(table)
        written.append(target)
    return [*written, *write_truth(world, known, folder)]


def _batches(
    world: World, known: Mapping[Meeting, list[tuple[float, float]]], random: np.random.Generator
) -> Iterator[dict[str, Any]]:
    """What is heard, some millions of messages at a time; from when to when it shows each ship of a meeting is
    noted.
    """
    reception = Reception.drawn(random)
    meetings: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in known:
        for number in meeting.ships:
            meetings[number].append(meeting)
    held: list[dict[str, Any]] = []
    rows = 0
    for ship in world.ships:
        held.append(messages(ship, world.end_s, reception, random))
        for meeting in meetings[ship.number]:
            known[meeting].append(known_between(held[-1]["t_s"], meeting.start_s, meeting.end_s))
        rows += len(held[-1]["t_s"])
        if rows >= _ROWS_A_FILE or ship is world.ships[-1]:
            yield {column: np.concatenate([part[column] for part in held]) for column in held[0]}
            held, rows = [], 0
