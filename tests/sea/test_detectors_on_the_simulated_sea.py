"""What detectors find of what truly happened on the simulated sea, and how much else."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tumen.ais.simulate.simulate import simulate, write
from tumen.engine.backends import open_engine
from tumen.engine.queries import Row
from tumen.sea.calls.feasible_calls import feasible_calls
from tumen.sea.calls.port_calls import port_calls
from tumen.sea.detecting import DetectorInputs, SeaDetector, detected
from tumen.sea.gaps.gaps import gaps
from tumen.sea.identity.identity import identity
from tumen.vessels.ports import read_ports

STEP_S = 300.0
NOW = dt.datetime(2025, 1, 1)

#: An outage of the usual kind may lie at either end of a silence: 50 minutes, and some lost messages.
SLACK = dt.timedelta(hours=1.5)


@pytest.fixture(scope="module")
def sea(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sea")
    engine = open_engine()
    write(simulate(seed=3, days=6, vessels=180, step_s=STEP_S), folder, engine, seed=3)
    engine.close()
    return folder


def found(sea: Path, detector: SeaDetector) -> list[Row]:
    files = tuple(sorted(sea.glob("simulated-positions-*.parquet")))
    with detected(DetectorInputs(files, "duckdb", read_ports(sea / "simulated-ports.csv")), detector, NOW) as f:
        assert f.provenance.simulated
        return f.engine.rows(f.detector.query)


def truth(sea: Path, name: str) -> list[Mapping[str, str]]:
    with (sea / f"simulated-{name}.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def dark(sea: Path) -> list[Mapping[str, str]]:
    """Dark calls before which the ship was heard for an hour at least, and after which it was heard."""
    begins = dt.datetime(2024, 3, 1, 1)
    ends = dt.datetime(2024, 3, 6, 23)
    return [
        call
        for call in truth(sea, "dark-calls")
        if begins < dt.datetime.fromisoformat(call["silent_from"])
        and dt.datetime.fromisoformat(call["silent_to"]) < ends
    ]


def of_call(rows: Sequence[Row], call: Mapping[str, str]) -> list[Row]:
    """Rows of the silence of a dark call."""
    start, end = (dt.datetime.fromisoformat(call[name]) for name in ("silent_from", "silent_to"))
    return [
        row
        for row in rows
        if row["mmsi"] == int(call["mmsi"])
        and start - SLACK < row["start"] <= start
        and end <= row["end"] < end + SLACK
    ]


def test_every_dark_call_is_a_gap_and_nothing_else_is(sea: Path) -> None:
    rows, calls = found(sea, gaps()), dark(sea)
    assert len(calls) >= 4
    assert [len(of_call(rows, call)) for call in calls] == [1] * len(calls)
    assert {row["mmsi"] for row in rows} <= {int(call["mmsi"]) for call in truth(sea, "dark-calls")}


def test_the_port_of_every_dark_call_is_feasible(sea: Path) -> None:
    rows = found(sea, feasible_calls())
    for call in dark(sea):
        (row,) = (row for row in of_call(rows, call) if row["port"] == call["port"])
        assert row["feasible"], call


def test_no_port_call_is_found_in_the_dark(sea: Path) -> None:
    rows = found(sea, port_calls())
    for call in truth(sea, "dark-calls"):
        silence = [dt.datetime.fromisoformat(call[name]) for name in ("silent_from", "silent_to")]
        ship = [row for row in rows if row["mmsi"] == int(call["mmsi"])]
        assert [row for row in ship if row["port"] == call["port"] and silence[0] < row["start"] < silence[1]] == []


def test_anchored_ships_call_at_their_anchorage_all_the_time(sea: Path) -> None:
    rows = [row for row in found(sea, port_calls()) if row["kind"] == "anchorage"]
    assert len(rows) == 18
    assert min(row["stopped_h"] for row in rows) > 0.9 * 6 * 24


def test_every_identity_swap_with_both_sides_heard_is_found_and_nothing_else(sea: Path) -> None:
    swaps = {(int(s["mmsi_before"]), int(s["mmsi_after"])) for s in truth(sea, "identity-swaps")}
    assert len(swaps) >= 1
    rows = found(sea, identity())
    assert {(int(row["word"]), int(row["other"])) for row in rows} == swaps
    assert {row["kind"] for row in rows} == {"mmsi-change"}
