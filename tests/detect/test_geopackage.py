"""A GeoPackage is what its standard says, and says where it comes from."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tumen.detect.geopackage import geopackage
from tumen.detect.shapes import shape_of
from tumen.engine.queries import Row

ROWS: list[Row] = [
    {"mmsi": 5, "name": "'; drop table tracks; --", "end": dt.datetime(2024, 2, 29, 23, 59, 59, 250000), "lon": 1.5},
    {"mmsi": 7, "name": None, "end": None, "lon": None},
]
SHAPES = [shape_of([(1.5, 2.5), (3.0, -4.0)]), None]
COLUMNS = ("mmsi", "name", "end", "lon")


@contextmanager
def opened(folder: Path, data: bytes) -> Iterator[sqlite3.Connection]:
    (folder / "f.gpkg").write_bytes(data)
    with closing(sqlite3.connect(folder / "f.gpkg")) as base:
        yield base


def test_tables_that_the_standard_asks_for_are_there(tmp_path: Path) -> None:
    with opened(tmp_path, geopackage("tracks", COLUMNS, ROWS, SHAPES, {})) as base:
        assert base.execute("pragma application_id").fetchone() == (0x47504B47,)
        assert base.execute("pragma integrity_check").fetchone() == ("ok",)
        assert {n for (n,) in base.execute("select srs_id from gpkg_spatial_ref_sys")} == {-1, 0, 4326}
        columns = "table_name, data_type, min_x, min_y, max_x, max_y, srs_id"
        assert base.execute(f"select {columns} from gpkg_contents order by table_name").fetchall() == [
            ("provenance", "attributes", None, None, None, None, None),
            ("tracks", "features", 1.5, -4.0, 3.0, 2.5, 4326),
        ]
        assert base.execute("select * from gpkg_geometry_columns").fetchall() == [
            ("tracks", "geom", "GEOMETRY", 4326, 0, 0)
        ]


def test_rows_are_kept_whatever_they_hold(tmp_path: Path) -> None:
    with opened(tmp_path, geopackage("tracks", COLUMNS, ROWS, SHAPES, {})) as base:
        told = base.execute('select fid, mmsi, name, "end", lon from tracks order by fid').fetchall()
        shape, none = (blob for (blob,) in base.execute("select geom from tracks order by fid"))
    assert told == [
        (1, 5, "'; drop table tracks; --", "2024-02-29T23:59:59.250Z", 1.5),
        (2, 7, None, None, None),
    ]
    assert SHAPES[0] is not None
    assert shape == b"GP\0\x01\xe6\x10\0\0" + SHAPES[0].wkb
    assert none is None


def test_it_says_where_it_comes_from_and_is_the_same_each_time(tmp_path: Path) -> None:
    data = geopackage("gaps", COLUMNS, [], [], {"detector": "gaps", "inputs": {"day.csv": "ab12"}})
    assert data == geopackage("gaps", COLUMNS, [], [], {"inputs": {"day.csv": "ab12"}, "detector": "gaps"})
    with opened(tmp_path, data) as base:
        told = base.execute("select key, value from provenance order by id").fetchall()
        assert base.execute("select count(*) from gaps").fetchone() == (0,)
    assert told == [("detector", "gaps"), ("inputs", '{"day.csv": "ab12"}')]
