"""Layers of a map in one file that every geographic information system opens: an OGC GeoPackage."""

from __future__ import annotations

import datetime as dt
import sqlite3
import struct
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tumen.detect.map_shapes import MapShape
from tumen.engine.loading import column_name

#: What a GeoPackage of version 1.3 says at its start that it is.
_APPLICATION, _VERSION = 0x47504B47, 10300
_WGS84 = 4326

_TABLES = """
create table gpkg_spatial_ref_sys (srs_name text not null, srs_id integer primary key, organization text not null,
  organization_coordsys_id integer not null, definition text not null, description text);
create table gpkg_contents (table_name text primary key, data_type text not null, identifier text unique,
  description text default '', last_change datetime not null, min_x double, min_y double, max_x double, max_y double,
  srs_id integer references gpkg_spatial_ref_sys(srs_id));
create table gpkg_geometry_columns (table_name text not null references gpkg_contents(table_name),
  column_name text not null, geometry_type_name text not null, srs_id integer not null, z tinyint not null,
  m tinyint not null, primary key (table_name, column_name));
"""
_DEGREES = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]'
)
_SYSTEMS = (
    ("WGS 84", _WGS84, "EPSG", _WGS84, _DEGREES, "longitude and latitude"),
    ("Undefined cartesian", -1, "NONE", -1, "undefined", None),
    ("Undefined geographic", 0, "NONE", 0, "undefined", None),
)
_TYPES: Mapping[type, str] = {bool: "BOOLEAN", int: "INTEGER", float: "DOUBLE", dt.datetime: "DATETIME"}


@dataclass(frozen=True)
class Layer:
    """One layer.

    Args:
        name: of its table.
        about: what it holds, as a program shows it beside the name.
        columns: names, in order.
        rows: a cell for each column; datetimes are UTC.
        shapes: where each row is; None where that is not known.
    """

    name: str
    about: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    shapes: Sequence[MapShape | None]


def write_geo_package(path: Path, layers: Sequence[Layer], changed: dt.datetime) -> None:
    """Write layers as a GeoPackage (OGC 12-128r18), longitudes and latitudes in WGS 84.

    Args:
        path: a file that is there and empty, or is not there.
        changed: when its contents were made, UTC.
    """
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(f"pragma application_id = {_APPLICATION}")
        file.execute(f"pragma user_version = {_VERSION}")
        file.executescript(_TABLES)
        file.executemany("insert into gpkg_spatial_ref_sys values (?, ?, ?, ?, ?, ?)", _SYSTEMS)
        for layer in layers:
            _add(file, layer, _text(changed))


def _add(file: sqlite3.Connection, layer: Layer, changed: str) -> None:
    """One layer as a table of its own, with the two lines that tell of it."""
    bounds = [shape.bounds for shape in layer.shapes if shape]
    extent = (
        [min(b[0] for b in bounds), min(b[1] for b in bounds), max(b[2] for b in bounds), max(b[3] for b in bounds)]
        if bounds
        else [None] * 4
    )
    kinds = {shape.kind.upper() for shape in layer.shapes if shape}
    file.execute(
        "insert into gpkg_contents values (?, 'features', ?, ?, ?, ?, ?, ?, ?, ?)",
        (layer.name, layer.name, layer.about, changed, *extent, _WGS84),
    )
    file.execute(
        "insert into gpkg_geometry_columns values (?, 'geom', ?, ?, 0, 0)",
        (layer.name, kinds.pop() if len(kinds) == 1 else "GEOMETRY", _WGS84),
    )
    named = [f"{column_name(name)} {_type(layer, place)}" for place, name in enumerate(layer.columns)]
    table = column_name(layer.name)
    file.execute(f"create table {table} ({', '.join(['fid integer primary key', 'geom blob', *named])})")
    marks = ", ".join("?" * (2 + len(layer.columns)))
    file.executemany(
        f"insert into {table} values ({marks})",  # noqa: S608 - names of ours, quoted
        (
            (number, _blob(shape), *map(_stored, row))
            for number, (row, shape) in enumerate(zip(layer.rows, layer.shapes, strict=True), start=1)
        ),
    )


def _type(layer: Layer, place: int) -> str:
    """The type of a column, by its first cell that is not empty."""
    first = next((row[place] for row in layer.rows if row[place] is not None), None)
    return _TYPES.get(type(first), "TEXT")


def _blob(shape: MapShape | None) -> bytes | None:
    """A geometry as GeoPackage stores it: a header that names the reference system, and WKB."""
    return None if shape is None else struct.pack("<2sBBi", b"GP", 0, 1, _WGS84) + shape.wkb


def _stored(cell: Any) -> Any:
    return _text(cell) if isinstance(cell, dt.datetime) else cell


def _text(time: dt.datetime) -> str:
    """A time as the standard has it."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03d}Z"
