"""Findings as files: each says where it comes from, opens in its programs, and runs nothing."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sqlite3
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tumen.detect.detector import Provenance
from tumen.detect.findings_writing import geojson, write_findings
from tumen.detect.map_shapes import map_shape
from tumen.engine.backends import open_engine
from tumen.errors import ProblemsError
from tumen.sea.detecting import DetectedAtSea, SeaDetector


@dataclass(frozen=True)
class Levers:
    """None."""


ROWS = """
select 7 as mmsi, '=cmd()' as name, timestamp '2024-02-29 23:59:59' as "start", -179.5 as lon, 10.25 as lat
union all
select 3 as mmsi, 'Bo' as name, timestamp '2024-03-01 00:00:00.250' as "start", cast(null as double) as lon, 1e0 as lat
"""
DETECTOR = SeaDetector(
    "made up", ("thing", "things"), Levers(), lambda _: None, ("mmsi", "name", "start", "lon", "lat"), ("mmsi",)
)
PROVENANCE = Provenance("made up", {"hours": 2.0}, {"day.csv": "ab12"}, True, {"an engine": "1"})


NOW = dt.datetime(2024, 4, 1)


@pytest.fixture
def found() -> Iterator[DetectedAtSea]:
    engine = open_engine()
    engine.create("made up", ROWS)
    yield DetectedAtSea(engine, DETECTOR, PROVENANCE, (), None)
    engine.close()


def test_csv_is_inert_keeps_numbers_and_has_its_provenance_beside_it(found: DetectedAtSea, tmp_path: Path) -> None:
    number, files = write_findings(found, tmp_path / "f.csv", NOW)
    assert (number, [f.name for f in files]) == (2, ["f.csv", "f.csv.provenance.json"])
    with files[0].open(newline="") as stream:
        first, second = csv.DictReader(stream)
    assert (first["mmsi"], first["lon"], first["start"], first["data"]) == (
        "3",
        "",
        "2024-03-01T00:00:00.250Z",
        "simulated",
    )
    assert (second["name"], second["lon"]) == ("'=cmd()", "-179.5")
    assert json.loads(files[1].read_text())["inputs"] == {"day.csv": "ab12"}


def test_csv_without_findings_still_has_its_columns(found: DetectedAtSea, tmp_path: Path) -> None:
    found.engine.drop("made up")
    found.engine.create("made up", f"select * from ({ROWS}) where mmsi = 0")
    assert write_findings(found, tmp_path / "f.csv", NOW)[0] == 0
    assert (tmp_path / "f.csv").read_text() == "mmsi,name,start,lon,lat,data\n"


def test_parquet_holds_its_provenance_and_says_that_it_is_simulated(found: DetectedAtSea, tmp_path: Path) -> None:
    assert write_findings(found, tmp_path / "f.parquet", NOW) == (2, [tmp_path / "f.parquet"])
    engine = open_engine()
    engine.scan("f", [tmp_path / "f.parquet"])
    labels = engine.labels(tmp_path / "f.parquet")
    rows = engine.rows("select * from f")
    engine.close()
    assert json.loads(labels["provenance"])["parameters"] == {"hours": 2.0}
    assert labels["simulated"] == "true"
    assert [(r["mmsi"], r["name"], r["data"]) for r in rows] == [(3, "Bo", "simulated"), (7, "=cmd()", "simulated")]


def test_geojson_is_a_collection_with_a_point_for_each_finding(found: DetectedAtSea, tmp_path: Path) -> None:
    write_findings(found, tmp_path / "f.geojson", NOW)
    text = (tmp_path / "f.geojson").read_text()
    read = json.loads(text)
    assert text.startswith('{"type": "FeatureCollection"')
    assert read["provenance"]["detector"] == "made up"
    unknown, known = read["features"]
    assert unknown["geometry"] is None
    assert known["geometry"] == {"type": "Point", "coordinates": [-179.5, 10.25]}
    assert known["properties"]["start"] == "2024-02-29T23:59:59Z"
    assert known["properties"]["data"] == "simulated"


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ((10.0, 0.0, 20.0, 5.0), [[[10.0, 0.0], [20.0, 5.0]]]),
        ((170.0, 0.0, -170.0, 10.0), [[[170.0, 0.0], [180.0, 5.0]], [[-180.0, 5.0], [-170.0, 10.0]]]),
        ((-175.0, 8.0, 170.0, 2.0), [[[-175.0, 8.0], [-180.0, 6.0]], [[180.0, 6.0], [170.0, 2.0]]]),
        ((-180.0, 8.0, 180.0, 8.0), [[[-180.0, 8.0], [-180.0, 8.0]], [[180.0, 8.0], [180.0, 8.0]]]),
    ],
)
def test_line_is_cut_at_180_degrees(ends: tuple[float, ...], expected: list[object]) -> None:
    row = dict(zip(("a", "b", "c", "d"), ends, strict=True))
    (feature,) = json.loads(geojson([row], (("a", "b"), ("c", "d")), PROVENANCE))["features"]
    drawn = feature["geometry"]
    assert (drawn["coordinates"] if drawn["type"] == "MultiLineString" else [drawn["coordinates"]]) == expected


@pytest.mark.parametrize("name", ["f.xlsx", "none/f.csv"])
def test_file_that_cannot_be_written_is_told_before(found: DetectedAtSea, tmp_path: Path, name: str) -> None:
    with pytest.raises(ProblemsError, match=r"\[findings-out\]"):
        write_findings(found, tmp_path / name, NOW)


def test_times_are_utc(found: DetectedAtSea) -> None:
    row = {"t": dt.datetime(2024, 1, 1), "a": 1.0, "b": 2.0}
    assert '"2024-01-01T00:00:00Z"' in geojson([row], (("a", "b"),), PROVENANCE)


LINES = """
select 1 as mmsi, timestamp '2024-01-01' as "start", 170e0 as a, 0e0 as b, -170e0 as c, 10e0 as d
union all select 2, timestamp '2024-01-02', 10.0, 1.0, 20.0, 2.0
union all select 3, timestamp '2024-01-03', -175.0, 8.0, 170.0, 2.0
union all select 4, timestamp '2024-01-04', -180.0, 8.0, 180.0, 8.0
union all select 5, timestamp '2024-01-05', 1.0, 8.0, null, 8.0
"""
ENDS = (("a", "b"), ("c", "d"))


@pytest.fixture
def lines() -> Iterator[DetectedAtSea]:
    engine = open_engine()
    engine.create("made up", LINES)
    engine.create("positions", "select 1 as mmsi, timestamp '2024-01-01' as t, 0.5 as lon, 0.5 as lat")
    columns = ("mmsi", "start", "a", "b", "c", "d")
    detector = SeaDetector("made up", ("thing", "things"), Levers(), lambda _: None, columns, ("mmsi",), ENDS)
    yield DetectedAtSea(engine, detector, PROVENANCE, (), None)
    engine.close()


def test_parquet_has_the_shapes_that_every_other_form_has(lines: DetectedAtSea, tmp_path: Path) -> None:
    write_findings(lines, tmp_path / "f.parquet", NOW)
    write_findings(lines, tmp_path / "f.gpkg", NOW)
    engine = open_engine()
    engine.scan("f", [tmp_path / "f.parquet"])
    about = json.loads(engine.labels(tmp_path / "f.parquet")["geo"])
    geo_parquet = [row["g"] for row in engine.rows("select st_aswkb(geometry) as g from f order by mmsi")]
    engine.close()
    with sqlite3.connect(tmp_path / "f.gpkg") as file:
        blobs = [blob for (blob,) in file.execute('select geom from "made up" order by mmsi')]
    features = json.loads((write_findings(lines, tmp_path / "f.geojson", NOW)[1][0]).read_text())["features"]
    shapes = [map_shape(spots) for spots in SPOTS]
    expected = [shape and shape.wkb for shape in shapes]
    assert geo_parquet == expected
    assert [blob and blob[8:] for blob in blobs] == expected
    assert [f["geometry"] for f in features] == [shape and shape.geojson for shape in shapes]
    assert (about["primary_column"], about["columns"]["geometry"]["encoding"]) == ("geometry", "WKB")


SPOTS: list[list[tuple[float | None, float | None]]] = [
    [(170.0, 0.0), (-170.0, 10.0)],
    [(10.0, 1.0), (20.0, 2.0)],
    [(-175.0, 8.0), (170.0, 2.0)],
    [(-180.0, 8.0), (180.0, 8.0)],
    [(1.0, 8.0), (None, 8.0)],
]


def test_a_geo_package_says_what_it_is_and_where_it_comes_from(found: DetectedAtSea, tmp_path: Path) -> None:
    found.engine.create("positions", "select 3 as mmsi, timestamp '2024-03-01' as t, 1.0 as lon, 2.0 as lat")
    assert write_findings(found, tmp_path / "f.gpkg", NOW) == (2, [tmp_path / "f.gpkg"])
    content = (tmp_path / "f.gpkg").read_bytes()
    assert (content[:6], content[68:72]) == (b"SQLite", b"GPKG")
    with sqlite3.connect(tmp_path / "f.gpkg") as file:
        rows = file.execute('select * from "made up"').fetchall()
        told = dict(file.execute("select table_name, description from gpkg_contents").fetchall())
        extent = file.execute("select min_x, max_y, srs_id, last_change from gpkg_contents").fetchone()
        assert file.execute("pragma foreign_key_check").fetchall() == []
        assert file.execute("pragma integrity_check").fetchone() == ("ok",)
    assert json.loads(told["made up"])["inputs"] == {"day.csv": "ab12"}
    assert rows[0][:2] == (1, None)
    assert rows[1][1] == b"GP\x00\x01" + struct.pack("<i", 4326) + struct.pack("<BIdd", 1, 1, -179.5, 10.25)
    assert rows[1][2:] == (7, "=cmd()", "2024-02-29T23:59:59.000Z", -179.5, 10.25, "simulated")
    assert extent == (-179.5, 10.25, 4326, "2024-04-01T00:00:00.000Z")


def test_a_geo_package_without_findings_has_its_layers(found: DetectedAtSea, tmp_path: Path) -> None:
    found.engine.drop("made up")
    found.engine.create("made up", f"select * from ({ROWS}) where mmsi = 0")
    found.engine.create("positions", "select 3 as mmsi, timestamp '2024-03-01' as t, 1.0 as lon, 2.0 as lat")
    assert write_findings(found, tmp_path / "f.gpkg", NOW)[0] == 0
    with sqlite3.connect(tmp_path / "f.gpkg") as file:
        assert file.execute("select table_name from gpkg_contents").fetchall() == [("made up",), ("tracks",)]
