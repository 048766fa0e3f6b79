"""The simulated sea: the same each time, labelled as simulated, and its truth is what its ships do."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from tumen.ais.simulate.itinerary import DEGREE_M, Itinerary
from tumen.ais.simulate.simulate import simulate, write
from tumen.ais.simulate.simulate_decoys import DECOYS, MANNERS
from tumen.ais.simulate.simulate_seen import known_between
from tumen.ais.simulate.simulate_truth import World
from tumen.cli import main
from tumen.engine.backends import open_engine
from tumen.engine.queries import Row


@pytest.fixture(scope="module")
def world() -> World:
    return simulate(seed=3, days=3, vessels=60)


def gap_m(one: Itinerary, other: Itinerary, t_s: np.ndarray) -> np.ndarray:
    (lon_1, lat_1), (lon_2, lat_2) = one.at(t_s), other.at(t_s)
    found: np.ndarray = np.hypot((lon_1 - lon_2) * np.cos(np.radians(lat_1)), lat_1 - lat_2) * DEGREE_M
    return found


def positions(folder: Path) -> list[Row]:
    engine = open_engine()
    engine.scan("p", sorted(folder.glob("*.parquet")))
    try:
        return engine.rows("select * from p order by t nulls last, mmsi nulls last, lon nulls last")
    finally:
        engine.close()


def made(world: World, folder: Path) -> Path:
    engine = open_engine()
    write(world, folder, engine, 3)
    engine.close()
    return folder


def test_same_seed_makes_the_same_world(world: World, tmp_path: Path) -> None:
    again = simulate(seed=3, days=3, vessels=60)
    assert again.meetings == world.meetings
    assert positions(made(world, tmp_path / "a")) == positions(made(again, tmp_path / "b"))
    assert simulate(seed=4, days=3, vessels=60).meetings != world.meetings


def test_world_holds_what_it_should(world: World) -> None:
    assert len(world.ships) == 60
    assert {m.kind for m in world.meetings} == {"transfer", *DECOYS}
    kinds = {s.kind for s in world.ships}
    assert {"fishing", "anchored", "tug", "pilot", "swap", "trader"} <= kinds


def test_truth_of_a_transfer_is_when_the_two_are_within_500_m(world: World) -> None:
    for m in world.meetings:
        one, other = (world.ships[n].plan for n in m.ships)
        inside = gap_m(one, other, np.arange(m.start_s + 1, m.end_s - 1, 10.0))
        if m.kind in ("apart", "queue"):
            assert inside.min() > 600
            continue
        assert inside.max() <= 500
        before, after = gap_m(one, other, np.array([m.start_s - 5, m.end_s + 5]))
        assert min(before, after) > 500


@pytest.mark.parametrize("kind", MANNERS)
def test_decoy_is_no_transfer(world: World, kind: str) -> None:
    for m in (m for m in world.meetings if m.kind == kind):
        one, other = (world.ships[n].plan for n in m.ships)
        t_s = np.arange(m.start_s, m.end_s, 10.0)
        lon, lat = one.at(t_s)
        moved_m = np.hypot(np.diff(lon) * np.cos(np.radians(lat[1:])), np.diff(lat)) * DEGREE_M
        slow = np.median(moved_m / 10) < 2 * 1852 / 3600
        near = gap_m(one, other, t_s).max() <= 501
        long = m.end_s - m.start_s >= 7200
        assert (slow and near and long) == (kind == "transfer")


def test_silent_ships_are_not_heard(world: World, tmp_path: Path) -> None:
    rows = positions(made(world, tmp_path))
    begins = min(r["t"] for r in rows).replace(hour=0, minute=0, second=0)
    silent = [(790_000_000 + s.number, a, b) for s in world.ships for a, b in s.silent]
    assert silent
    for mmsi, a, b in silent:
        heard = [(r["t"] - begins).total_seconds() for r in rows if r["mmsi"] == mmsi]
        assert not [t for t in heard if a + 10 < t < b - 10]


def test_everything_written_says_that_it_is_simulated(world: World, tmp_path: Path) -> None:
    made(world, tmp_path)
    assert all(path.name.startswith("simulated-") for path in tmp_path.iterdir())
    engine = open_engine()
    (file,) = tmp_path.glob("*.parquet")
    assert engine.labels(file)["simulated"] == "true"
    engine.close()
    rows = positions(tmp_path)
    assert {r["receiver"] for r in rows} == {"simulated"}
    assert all(r["name"].startswith("SIMULATED ") for r in rows)
    assert {str(r["mmsi"])[:2] for r in rows} == {"79"}, "no authority gives out such a number"
    for name in ("encounters", "dark-calls", "identity-swaps"):
        with (tmp_path / f"simulated-{name}.csv").open() as stream:
            assert all(row["simulated"] == "true" for row in csv.DictReader(stream))


def test_identity_changes_in_the_dark(world: World, tmp_path: Path) -> None:
    rows = positions(made(world, tmp_path))
    with (tmp_path / "simulated-identity-swaps.csv").open() as stream:
        swaps = list(csv.DictReader(stream))
    assert swaps
    for swap in swaps:
        before = [r for r in rows if r["mmsi"] == int(swap["mmsi_before"])]
        after = [r for r in rows if r["mmsi"] == int(swap["mmsi_after"])]
        assert (after[0]["t"] - before[-1]["t"]).total_seconds() >= 13.9 * 3600
        assert {r["imo"] for r in (*before, *after)} == {int(swap["imo"])}


def test_command_says_what_it_made(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main, ["simulate", "ais", "--out", str(tmp_path), "--vessels", "20", "--days", "1", "--step-s", "600"]
    )
    assert result.exit_code == 0, result.output
    assert result.output.startswith("Simulated 20 vessels over 1 day: ")
    assert (tmp_path / "simulated-positions-000.parquet").is_file()


def test_messages_show_a_meeting_from_the_first_that_is_heard_in_it_to_the_last() -> None:
    every_70_min = np.arange(0.0, 30_000.0, 4200.0)
    assert known_between(every_70_min, 3000.0, 13_800.0) == (4200.0, 12_600.0)
    assert known_between(every_70_min, 4300.0, 8300.0) == (4300.0, 4300.0)
    assert known_between(np.array([1000.0, 4000.0]), 2000.0, 3000.0) == (2000.0, 2000.0)
    assert known_between(np.array([1000.0, 4000.0, 9000.0]), 2000.0, 5000.0) == (2000.0, 4000.0)


def test_truth_says_for_how_long_of_a_meeting_both_ships_are_heard(tmp_path: Path) -> None:
    folder = made(simulate(seed=3, days=1, vessels=300), tmp_path)
    heard: dict[int, list[dt.datetime]] = {}
    for row in positions(folder):
        heard.setdefault(row["mmsi"], []).append(row["t"])
    with (folder / "simulated-encounters.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert {row["seen"] for row in rows} == {"usual", "silent", "sparse"}
    for row in rows:
        start, end = (dt.datetime.fromisoformat(row[side]) for side in ("start", "end"))
        shown = []
        for ship in ("mmsi_1", "mmsi_2"):
            times = sorted(heard[int(row[ship])])
            legs = [(a, b) for a, b in itertools.pairwise(times) if b - a <= dt.timedelta(hours=1)]
            moments = [t for t in times if start <= t <= end]
            moments += [start for a, b in legs if a < start <= b <= end]
            moments += [end for a, b in legs if start <= a <= end < b]
            shown.append((min(moments, default=start), max(moments, default=start)))
        both = min(to for _, to in shown) - max(since for since, _ in shown)
        # clocks are off by up to five seconds
        assert float(row["heard_h"]) == pytest.approx(max(both.total_seconds(), 0) / 3600, abs=0.005)
