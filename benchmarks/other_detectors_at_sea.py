"""Gaps, calls, loitering and identities on the simulated seas of the encounters: how much of the truth is found, and
at what cost.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.seas import DAYS, SEEDS, apart, rows
from tumen.ais.simulate.simulate_truth import BEGINS, FIRST_MMSI

DETECTORS = ("gaps", "feasible-calls", "port-calls", "loitering", "identity")
RUNS = 3

#: Seas on which the truth is looked for.
JUDGED = 2

#: An outage of reception may lie at either end of a silence, and some lost messages.
SLACK = dt.timedelta(hours=1.5)
ENDS = BEGINS + dt.timedelta(days=DAYS)

Table = Sequence[Mapping[str, str]]

#: Of the truth: how much there is, and how much was found; of what was found, how much there is, and how much is true.
Score = tuple[int, int, int, int]


def measure(seas: Sequence[Path], double: Path, sorting_s: float) -> None:
    """Print cost and quality of each detector.

    Args:
        seas: the seas, one a seed of `SEEDS`; of these the first two are used.
        double: one of twice as many positions as the first.
        sorting_s: what a scan and sort of the first costs.
    """
    number, many, judged = rows(seas[0]), rows(double), seas[:JUDGED]
    print(
        f"\n{'on ' + format(number, ',') + ' positions, one core':34} {'CPU s':>6} {'million/s':>9} {'MB':>5} "
        f"{'× sort':>6} "
        f"{f'time at {many / number:.2f} ×':>14}"
    )
    for name in DETECTORS:
        costs = [apart(name, sea, RUNS if sea == seas[0] else 1) for sea in judged]
        cpu_s, doubled_s = costs[0]["cpu_s"], apart(name, double, 1)["cpu_s"]
        print(
            f"{name:34} {cpu_s:6.2f} {number / cpu_s / 1e6:9.2f} {costs[0]['peak_mb']:5.0f} "
            f"{cpu_s / sorting_s:6.1f} {doubled_s / cpu_s:14.2f}"
        )
    # The world says nowhere who loiters far from shore: of loitering the cost alone is told.
    print(f"\n{'what truly happened':34} {'times':>6} {'found':>6} {'recall':>7} {'claimed':>8} {'precision':>10}")
    for label, score in _SCORES.items():
        told = [score(sea, seed) for sea, seed in zip(judged, SEEDS[:JUDGED], strict=True)]
        true, found, claimed, right = (sum(one[place] for one in told) for place in range(4))
        precision = f"{right / claimed:10.4f}" if claimed else f"{'':10}"
        print(f"{label:34} {true:6} {found:6} {found / true:7.4f} {claimed or '':>8} {precision}")


def _table(file: Path) -> Table:
    with file.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=None)


def _since(text: str) -> float:
    return (_time(text) - BEGINS).total_seconds()


def _dark(sea: Path) -> Table:
    """Dark calls before and after which the ship was heard for an hour at least."""
    hour = dt.timedelta(hours=1)
    return [
        call
        for call in _table(sea / "simulated-dark-calls.csv")
        if BEGINS + hour < _time(call["silent_from"]) and _time(call["silent_to"]) < ENDS - hour
    ]


def _is_of(row: Mapping[str, str], call: Mapping[str, str]) -> bool:
    """Whether a row's silence is that of a dark call."""
    start, end = _time(call["silent_from"]), _time(call["silent_to"])
    return (
        row["mmsi"] == call["mmsi"]
        and start - SLACK < _time(row["start"]) <= start
        and end <= _time(row["end"]) < end + SLACK
    )


def gaps(sea: Path, _: int) -> Score:
    """Dark calls as gaps. What a silent ship's plan has at the sea's edges is true and not asked for."""
    calls, found = _dark(sea), _table(sea / "gaps.csv")
    silent = {call["mmsi"] for call in _table(sea / "simulated-dark-calls.csv")}
    return (
        len(calls),
        sum(any(_is_of(row, call) for row in found) for call in calls),
        len(found),
        sum(row["mmsi"] in silent for row in found),
    )


def feasible(sea: Path, _: int) -> Score:
    """The port of each dark call among those that were feasible. That others were, too, is no fault."""
    calls, found = _dark(sea), _table(sea / "feasible-calls.csv")
    hits = sum(
        any(row["port"] == call["port"] and row["feasible"].lower() == "true" and _is_of(row, call) for row in found)
        for call in calls
    )
    return len(calls), hits, 0, 0


def identity(sea: Path, _: int) -> Score:
    """Swaps of name and MMSI."""
    swaps = {(s["mmsi_before"], s["mmsi_after"]) for s in _table(sea / "simulated-identity-swaps.csv")}
    found = [(row["word"], row["other"]) for row in _table(sea / "identity.csv")]
    return len(swaps), len(swaps & set(found)), len(found), sum(pair in swaps for pair in found)


@dataclass(frozen=True)
class Stay:
    """A ship at a port, true or found; seconds since the world's start.

    Args:
        asked: whether it must be found: an hour or more of it was heard, within the distance at which a call begins.
    """

    ship: int
    port: str
    from_s: float
    to_s: float
    asked: bool = True

    def meets(self, other: Stay) -> bool:
        """Whether both are of one ship and port, at a time."""
        same = (self.ship, self.port) == (other.ship, other.port)
        return same and self.from_s < other.to_s and self.to_s > other.from_s


def _berths(seed: int) -> Iterator[Stay]:
    """Where ships that sail from port to port lay; the world says them anew."""
    from tumen.ais.simulate.itinerary import HOUR_S, apart_m
    from tumen.ais.simulate.simulate import simulate

    world = simulate(seed, DAYS)
    for ship in (ship for ship in world.ships if ship.kind in ("trader", "dark", "swap")):
        plan = ship.plan
        for one, two, at, still in zip(plan.t_s, plan.t_s[1:], plan.places, plan.places[1:], strict=False):
            heard = min(two, world.end_s) - max(one, 0.0) > HOUR_S and not any(
                from_s < one + HOUR_S and two - HOUR_S < to_s for from_s, to_s in ship.silent
            )
            off_m = {port.name: apart_m(at, port.at) for port in world.sea.ports if at == still}
            yield from (
                Stay(ship.number, port, one, two, heard and off < 3000) for port, off in off_m.items() if off < 4000
            )


def port_calls(sea: Path, seed: int) -> Score:
    """Berths of an hour or more, as calls; a call at a shorter one is right, too."""
    true = list(_berths(seed))
    sailing = {stay.ship for stay in true}
    rows = [row for row in _table(sea / "port-calls.csv") if row["kind"] == "port"]
    found = [
        Stay((int(row["mmsi"]) - FIRST_MMSI) % 500_000, row["port"], _since(row["start"]), _since(row["end"]))
        for row in rows
    ]
    claimed = [stay for stay in found if stay.ship in sailing]
    asked = [stay for stay in true if stay.asked]
    return (
        len(asked),
        sum(any(stay.meets(call) for call in claimed) for stay in asked),
        len(claimed),
        sum(any(call.meets(stay) for stay in true) for call in claimed),
    )


_SCORES: Mapping[str, Callable[[Path, int], Score]] = {
    "dark calls, as gaps": gaps,
    "dark calls, port feasible": feasible,
    "berths, as port calls": port_calls,
    "swaps of identity": identity,
}
