"""Findings as files: each says where it comes from, opens in its programs, and runs nothing."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tumen.detect.detector import Provenance
from tumen.detect.findings_writing import geojson, write_findings
from tumen.detect.shapes import shape_of
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


@pytest.fixture
def found() -> Iterator[DetectedAtSea]:
    engine = open_engine()
    engine.create("made up", ROWS)
    yield DetectedAtSea(engine, DETECTOR, PROVENANCE, (), None)
    engine.close()


def test_csv_is_inert_keeps_numbers_and_has_its_provenance_beside_it(found: DetectedAtSea, tmp_path: Path) -> None:
    number, files = write_findings(found, tmp_path / "f.csv")
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
    assert write_findings(found, tmp_path / "f.csv")[0] == 0
    assert (tmp_path / "f.csv").read_text() == "mmsi,name,start,lon,lat,data\n"


def test_parquet_holds_its_provenance_and_says_that_it_is_simulated(found: DetectedAtSea, tmp_path: Path) -> None:
    assert write_findings(found, tmp_path / "f.parquet") == (2, [tmp_path / "f.parquet"])
    engine = open_engine()
    engine.scan("f", [tmp_path / "f.parquet"])
    labels = engine.labels(tmp_path / "f.parquet")
    rows = engine.rows("select * from f")
    engine.close()
    assert json.loads(labels["provenance"])["parameters"] == {"hours": 2.0}
    assert labels["simulated"] == "true"
    assert [(r["mmsi"], r["name"], r["data"]) for r in rows] == [(3, "Bo", "simulated"), (7, "=cmd()", "simulated")]


def test_geojson_is_a_collection_with_a_point_for_each_finding(found: DetectedAtSea, tmp_path: Path) -> None:
    write_findings(found, tmp_path / "f.geojson")
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
    shape = shape_of([(row["a"], row["b"]), (row["c"], row["d"])])
    (feature,) = json.loads(geojson([row], [shape], PROVENANCE))["features"]
    drawn = feature["geometry"]
    assert (drawn["coordinates"] if drawn["type"] == "MultiLineString" else [drawn["coordinates"]]) == expected


@pytest.mark.parametrize("name", ["f.xlsx", "none/f.csv"])
def test_file_that_cannot_be_written_is_told_before(found: DetectedAtSea, tmp_path: Path, name: str) -> None:
    with pytest.raises(ProblemsError, match=r"\[findings-out\]"):
        write_findings(found, tmp_path / name)


def test_times_are_utc(found: DetectedAtSea) -> None:
    row = {"t": dt.datetime(2024, 1, 1), "a": 1.0, "b": 2.0}
    assert '"2024-01-01T00:00:00Z"' in geojson([row], [shape_of([(1.0, 2.0)])], PROVENANCE)


def test_parquet_has_shapes_that_programs_for_maps_draw(found: DetectedAtSea, tmp_path: Path) -> None:
    write_findings(found, tmp_path / "f.parquet")
    engine = open_engine()
    geo = json.loads(engine.labels(tmp_path / "f.parquet")["geo"])
    columns = dict(engine.parquet_columns(tmp_path / "f.parquet"))
    engine.close()
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    assert geo["columns"]["geometry"] == {"encoding": "WKB", "geometry_types": ["Point"]}
    assert list(columns) == ["mmsi", "name", "start", "lon", "lat", "data", "geometry"]


def test_geopackage_has_a_layer_of_findings_that_say_whether_they_are_simulated(
    found: DetectedAtSea, tmp_path: Path
) -> None:
    assert write_findings(found, tmp_path / "f.gpkg") == (2, [tmp_path / "f.gpkg"])
    with closing(sqlite3.connect(tmp_path / "f.gpkg")) as base:
        rows = base.execute('select mmsi, "start", data, geom is null from "made up" order by fid').fetchall()
    assert rows == [
        (3, "2024-03-01T00:00:00.250Z", "simulated", 1),
        (7, "2024-02-29T23:59:59.000Z", "simulated", 0),
    ]


@pytest.mark.parametrize("suffix", [".csv", ".geojson", ".parquet", ".gpkg"])
def test_figures_have_the_decimals_that_they_mean(found: DetectedAtSea, tmp_path: Path, suffix: str) -> None:
    found.engine.drop("made up")
    found.engine.create("made up", f'select mmsi, name, "start", 1 / 3e0 as lon, 200 / 3e0 as lat from ({ROWS})')
    (path, *_) = write_findings(found, tmp_path / f"f{suffix}")[1]
    if suffix == ".parquet":
        engine = open_engine()
        engine.scan("f", [path])
        (place,) = {(row["lon"], row["lat"]) for row in engine.rows("select lon, lat from f")}
        engine.close()
    elif suffix == ".gpkg":
        with closing(sqlite3.connect(path)) as base:
            (place,) = set(base.execute('select lon, lat from "made up"'))
    else:
        assert "0.33333" in path.read_text()
        assert "333333" not in path.read_text()
        return
    assert place == (0.33333, 66.66667)
