"""Tracks of the ships that were found are lines for a map, with nothing drawn where nobody heard the ship."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.sea.seas import Fix, every, hour_of, put, voyage
from tumen.cli import main
from tumen.detect.detector import Provenance
from tumen.detect.findings_writing import Layer
from tumen.engine.backends import open_engine
from tumen.sea.detecting import DetectedAtSea
from tumen.sea.gaps.gaps import gaps
from tumen.sea.ship_tracks import tracks_of
from tumen.vessels.ports import put_ports

OTHER = voyage(2, 124.1, 38, 0, 0, every(30, 0, 96))


def tracks(fixes: Sequence[Fix]) -> Layer:
    """Of the ships that have a gap."""
    engine = open_engine()
    try:
        put(engine, fixes)
        put_ports(engine, ())
        detector = gaps(and_open=True)
        detector.find(engine)
        return tracks_of(DetectedAtSea(engine, detector, Provenance("gaps", {}, {}, False, {}), (), None))
    finally:
        engine.close()


def silent(first_h: float, last_h: float, minutes: float = 30) -> list[Fix]:
    fixes = voyage(1, 124.0, 38, 1, 90, every(minutes, 0, 96), name="SILENT")
    return [f for f in fixes if not first_h < f.hours < last_h]


def test_line_ends_at_a_silence_and_ships_without_a_finding_are_not_drawn() -> None:
    found = tracks([*silent(20, 40), *OTHER])
    told = [(r["mmsi"], r["name"], hour_of(r["start"]), hour_of(r["end"]), r["positions"]) for r in found.rows]
    assert told == [(1, "SILENT", 0, 20, 41), (1, "SILENT", 40, 96, 113)]
    assert [shape.kind for shape in found.shapes if shape] == ["LineString", "LineString"]
    assert [len(shape.parts[0]) for shape in found.shapes if shape] == [41, 113]


@pytest.mark.parametrize(("minutes", "kind"), [(60, "LineString"), (61, "Point")])
def test_an_hour_is_no_silence_and_a_minute_more_is(minutes: float, kind: str) -> None:
    assert {shape.kind for shape in tracks([*silent(20, 40, minutes), *OTHER]).shapes if shape} == {kind}


def test_a_false_position_is_no_part_of_the_line() -> None:
    found = tracks([*silent(20, 40), Fix(1, 10.25, 10.0, 50.0), *OTHER])
    assert sorted(r["positions"] for r in found.rows) == [1, 41, 113]


def test_places_have_five_decimals() -> None:
    (first, *_) = tracks([*silent(20, 40), *OTHER]).shapes
    assert first is not None
    assert all(round(value, 5) == value for place in first.parts[0] for value in place)


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "parquet"])
def test_tracks_are_written_beside_the_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [
        f"1,2024-01-{1 + h // 24:02}T{h % 24:02}:{m:02}:00,{124 + h / 100},38,ONE" for h in range(20) for m in (0, 30)
    ]
    lines += [f"2,2024-01-{1 + h // 24:02}T{h % 24:02}:00:00,124,38,TWO" for h in range(60)]
    Path("day.csv").write_text("mmsi,t,lon,lat,name\n" + "\n".join(lines) + "\n")
    command = ["detect", "gaps", "--positions", "day.csv", "--out", "g.csv", "--tracks", f"t.{suffix}"]
    told = CliRunner().invoke(main, command)
    assert told.exit_code == 0, told.output
    assert f"1 gap in g.csv, g.csv.provenance.json, t.{suffix}. 1 open: the ship was not heard again." in told.output
    if suffix == "gpkg":
        with closing(sqlite3.connect("t.gpkg")) as base:
            rows = base.execute("select mmsi, name, positions, data from tracks").fetchall()
    elif suffix == "geojson":
        features = json.loads(Path("t.geojson").read_text())["features"]
        rows = [tuple(f["properties"][k] for k in ("mmsi", "name", "positions", "data")) for f in features]
        assert [f["geometry"]["type"] for f in features] == ["LineString"]
    else:
        engine = open_engine()
        engine.scan("t", [Path("t.parquet")])
        rows = [tuple(r.values()) for r in engine.rows("select mmsi, name, positions, data from t")]
        assert json.loads(engine.labels(Path("t.parquet"))["geo"])["columns"]["geometry"]["geometry_types"] == [
            "LineString"
        ]
        engine.close()
    assert rows == [(1, "ONE", 40, "observed")]


@pytest.mark.parametrize("tracks_file", ["t.csv", "none/t.gpkg"])
def test_tracks_that_cannot_be_written_are_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tracks_file: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("day.csv").write_text("mmsi,t,lon,lat\n1,2024-01-01T00:00:00,2,3\n")
    command = ["detect", "gaps", "--positions", "day.csv", "--out", "g.csv", "--tracks", tracks_file]
    told = CliRunner().invoke(main, command)
    assert told.exit_code == 2
    assert "[findings-out]" in told.output
    assert not Path("g.csv").exists()
