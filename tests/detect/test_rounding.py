"""Figures of findings have as many decimals as they mean, in every form of file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.detect.test_findings_writing import NOW, PROVENANCE, Levers
from tumen.detect.findings_writing import write_findings
from tumen.detect.rounding import decimals_of
from tumen.engine.backends import open_engine
from tumen.sea.detecting import DetectedAtSea, SeaDetector

ROWS = """
select 7 as mmsi, timestamp '2024-02-29 23:59:59' as "start", 1 / 3e0 as lon_1, 200 / 3e0 as lat_1,
    cast(null as double) as lon_2, cast(null as double) as lat_2, 1 / 3e0 as duration_h
"""


@pytest.mark.parametrize(
    ("column", "number"),
    [
        ("lon", 5),
        ("lat_2", 5),
        ("there_nm", 2),
        ("speed_needed_kn", 2),
        ("duration_h", 4),
        ("silence_before_1_h", 4),
        ("own_rate_per_h", 2),
        ("min_distance_m", 1),
        ("score", 1),
        ("mmsi", None),
        ("imo_1", None),
        ("messages_before", None),
        ("long", None),
        ("name", None),
    ],
)
def test_figures_are_rounded_by_what_they_mean(column: str, number: int | None) -> None:
    assert decimals_of(column) == number


@pytest.fixture
def found() -> Iterator[DetectedAtSea]:
    engine = open_engine()
    engine.create("silences", ROWS)
    engine.create("positions", "select 1 as mmsi, timestamp '2024-01-01' as t, 0.5 as lon, 0.5 as lat")
    columns = ("mmsi", "start", "lon_1", "lat_1", "lon_2", "lat_2", "duration_h")
    ends = (("lon_1", "lat_1"), ("lon_2", "lat_2"))
    detector = SeaDetector("silences", ("a", "b"), Levers(), lambda _: None, columns, ("mmsi",), ends)
    yield DetectedAtSea(engine, detector, PROVENANCE, (), None)
    engine.close()


def test_text_has_no_more_decimals(found: DetectedAtSea, tmp_path: Path) -> None:
    write_findings(found, tmp_path / "f.csv", NOW)
    assert "7,2024-02-29T23:59:59Z,0.33333,66.66667,,,0.3333,simulated" in (tmp_path / "f.csv").read_text()


def test_a_finding_whose_end_is_not_known_is_a_point_where_it_begins(found: DetectedAtSea, tmp_path: Path) -> None:
    write_findings(found, tmp_path / "f.geojson", NOW)
    (feature,) = json.loads((tmp_path / "f.geojson").read_text())["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [0.33333, 66.66667]}
    write_findings(found, tmp_path / "f.gpkg", NOW)
    with closing(sqlite3.connect(tmp_path / "f.gpkg")) as base:
        rows = base.execute("select lon_1, duration_h, geom is null from silences").fetchall()
    assert rows == [(0.33333, 0.3333, 0)]


def test_parquet_has_the_same_figures_and_shapes(found: DetectedAtSea, tmp_path: Path) -> None:
    write_findings(found, tmp_path / "f.parquet", NOW)
    engine = open_engine()
    engine.scan("f", [tmp_path / "f.parquet"])
    rows = engine.rows("select lon_1, duration_h, cast(geometry as varchar) as drawn from f")
    engine.close()
    assert rows == [{"lon_1": 0.33333, "duration_h": 0.3333, "drawn": "POINT (0.33333 66.66667)"}]
