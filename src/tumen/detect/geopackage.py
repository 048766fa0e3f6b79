"""A layer as a GeoPackage: one file of SQLite, which QGIS and other programs for maps open."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import struct
from collections.abc import Mapping, Sequence
from typing import Any

from tumen.detect.shapes import Shape
from tumen.engine.queries import Row

#: "GPKG", and the version of the specification.
_APPLICATION, _VERSION = 0x47504B47, 10300

_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433]]'
)
_TABLES = """
create table gpkg_spatial_ref_sys (
    srs_name text not null, srs_id integer primary key, organization text not null,
    organization_coordsys_id integer not null, definition text not null, description text);
create table gpkg_contents (
    table_name text not null primary key, data_type text not null, identifier text unique, description text default '',
    last_change datetime not null, min_x double, min_y double, max_x double, max_y double,
    srs_id integer references gpkg_spatial_ref_sys (srs_id));
create table gpkg_geometry_columns (
    table_name text not null unique references gpkg_contents (table_name), column_name text not null,
    geometry_type_name text not null, srs_id integer not null references gpkg_spatial_ref_sys (srs_id),
    z tinyint not null, m tinyint not null, primary key (table_name, column_name));
"""

#: When the layer was last changed, as one that is made anew from the same positions says again.
_CHANGED = "1970-01-01T00:00:00.000Z"
_TYPES = {bool: "BOOLEAN", int: "INTEGER", float: "DOUBLE", dt.datetime: "DATETIME", str: "TEXT"}


def geopackage(
    name: str, columns: Sequence[str], rows: Sequence[Row], shapes: Sequence[Shape | None], told: Mapping[str, Any]
) -> bytes:
    """A GeoPackage with one layer and, in the table `provenance`, where it comes from.

    Args:
        name: of the layer.
        columns: of a row, in their order.
        shapes: of each row; None where its place is not known.
        told: keys and values of the provenance.

    Source: OGC GeoPackage Encoding Standard 1.3, 12-128r17.
    """
    base = sqlite3.connect(":memory:")
    try:
        base.executescript(_TABLES)
        base.execute(f"pragma application_id = {_APPLICATION}")
        base.execute(f"pragma user_version = {_VERSION}")
        base.executemany("insert into gpkg_spatial_ref_sys values (?, ?, ?, ?, ?, ?)", _SYSTEMS)
        _put_layer(base, name, columns, rows, shapes)
        base.execute("create table provenance (id integer primary key, key text, value text)")
        cells = [(key, value if isinstance(value, str) else json.dumps(value)) for key, value in sorted(told.items())]
        base.executemany("insert into provenance (key, value) values (?, ?)", cells)
        contents = ("provenance", "attributes", "provenance", "", _CHANGED, *[None] * 5)
        base.execute("insert into gpkg_contents values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", contents)
        base.commit()
        return base.serialize()
    finally:
        base.close()


_SYSTEMS = (
    ("Undefined Cartesian", -1, "NONE", -1, "undefined", None),
    ("Undefined geographic", 0, "NONE", 0, "undefined", None),
    ("WGS 84 geodetic", 4326, "EPSG", 4326, _WGS84, None),
)


def _put_layer(
    base: sqlite3.Connection, name: str, columns: Sequence[str], rows: Sequence[Row], shapes: Sequence[Shape | None]
) -> None:
    kinds = [next((_TYPES[type(row[c])] for row in rows if row[c] is not None), "TEXT") for c in columns]
    named = ", ".join(f'"{column}" {kind}' for column, kind in zip(columns, kinds, strict=True))
    base.execute(f'create table "{name}" (fid integer primary key autoincrement, geom geometry, {named})')
    marks = ", ".join("?" * (len(columns) + 1))
    places = ", ".join(f'"{column}"' for column in columns)
    base.executemany(
        f'insert into "{name}" (geom, {places}) values ({marks})',  # noqa: S608 - names of ours
        [(_blob(shape), *(_cell(row[column]) for column in columns)) for row, shape in zip(rows, shapes, strict=True)],
    )
    known = [place for shape in shapes if shape for part in shape.parts for place in part]
    lons, lats = [lon for lon, _ in known] or [None], [lat for _, lat in known] or [None]
    extent = [min(lons), min(lats), max(lons), max(lats)] if known else [None] * 4
    contents = (name, "features", name, "", _CHANGED, *extent, 4326)
    base.execute("insert into gpkg_contents values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", contents)
    base.execute("insert into gpkg_geometry_columns values (?, 'geom', 'GEOMETRY', 4326, 0, 0)", (name,))


def _blob(shape: Shape | None) -> bytes | None:
    """A shape as GeoPackage has it: a header without an envelope, then well-known binary."""
    return struct.pack("<2sBBi", b"GP", 0, 1, 4326) + shape.wkb if shape else None


def _cell(value: Any) -> Any:
    return f"{value:%Y-%m-%dT%H:%M:%S}.{value.microsecond // 1000:03}Z" if isinstance(value, dt.datetime) else value
