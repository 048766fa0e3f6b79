"""What a detector found as a file: GeoParquet, CSV, GeoJSON or GeoPackage, with where it comes from."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tumen.detect.detector import Detected, Provenance
from tumen.detect.geopackage import geopackage
from tumen.detect.rounding import rounded_query
from tumen.detect.shapes import Shape, geo_label, shape_of
from tumen.engine.forms import put_rows
from tumen.engine.queries import Engine, Row
from tumen.errors import Place, Problem, ProblemsError, visible_json
from tumen.formulas import inert
from tumen.writing import drafted, fill, named_by_user, write_files

SUFFIXES = (".parquet", ".csv", ".geojson", ".gpkg")

#: Of those, what holds shapes.
MAP_SUFFIXES = (".parquet", ".geojson", ".gpkg")


@dataclass(frozen=True)
class Layer:
    """Rows with a shape each, to be written for a map.

    Args:
        name: of the layer where a file has several.
        sql: the rows, in order.
        columns: of a row.
        shapes: of each row; None where its place is not known.
    """

    name: str
    sql: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    shapes: Sequence[Shape | None]


@dataclass(frozen=True)
class _Drawn:
    """A row of the table `drawn_shapes`: the shape of the row of that number, as well-known binary in hexadecimal."""

    place: int
    wkb: str | None


def check_target(out: Path, option: str = "--out", suffixes: Sequence[str] = SUFFIXES) -> None:
    """Refuse a file that findings cannot be written to, before any work is done.

    Raises: ProblemsError. WriteError where a link leads elsewhere.
    """
    got = "a folder that is not there" if not out.parent.is_dir() else f"the name '{out.name}'"
    if out.suffix.lower() not in suffixes or not out.parent.is_dir():
        raise ProblemsError(
            [
                Problem(
                    Place(f"{option} {out}"),
                    got=got,
                    expected="a file in a folder that exists",
                    fix=f"Make the folder; end the name in {', '.join(suffixes[:-1])} or {suffixes[-1]}.",
                    slug="findings-out",
                )
            ]
        )
    named_by_user(out.parent)


def write_findings(found: Detected, out: Path) -> tuple[int, list[Path]]:
    """Write findings, each row saying whether its data are observed or simulated, with figures as people read them.

    Parquet is GeoParquet, and keeps the provenance in its metadata under "provenance"; CSV has it in a file of its own,
    named after it; GeoJSON in its member "provenance"; GeoPackage in a table of that name. Times are UTC, in CSV and
    GeoJSON as 2024-03-01T12:00:00Z. No cell of text in a CSV file is taken for a formula.

    Args:
        out: its suffix says what is written.

    Returns: the number of findings, and the files.
    """
    check_target(out)
    sql = rounded_query(found.detector)
    rows = found.engine.rows(sql)
    if out.suffix.lower() == ".csv":
        beside, told = f"{out.name}.provenance.json", json.dumps(asdict(found.provenance), indent=2, sort_keys=True)
        return len(rows), write_files(out.parent, {out.name: _csv(rows, found), beside: told + "\n"})
    shapes = [shape_of([(row[x], row[y]) for x, y in found.detector.places]) for row in rows]
    layer = Layer(found.detector.table, sql, found.detector.columns, rows, shapes)
    return len(rows), write_layer(found.engine, layer, out, found.provenance)


def write_layer(engine: Engine, layer: Layer, out: Path, provenance: Provenance) -> list[Path]:
    """Write rows for a map, with where they come from.

    Args:
        engine: holds what the layer's rows are read from.
        out: its suffix, one of `MAP_SUFFIXES`, says what is written.

    Returns: the files.
    """
    data = "simulated" if provenance.simulated else "observed"
    if out.suffix.lower() == ".parquet":
        return [_write_parquet(engine, layer, out, provenance, data)]
    if out.suffix.lower() == ".geojson":
        return write_files(out.parent, {out.name: geojson(layer.rows, layer.shapes, provenance)})
    rows = [{**row, "data": data} for row in layer.rows]
    packed = geopackage(layer.name, (*layer.columns, "data"), rows, layer.shapes, asdict(provenance))
    with drafted(out, out.parent) as draft:
        fill(draft, packed)
    return [out]


def _write_parquet(engine: Engine, layer: Layer, out: Path, provenance: Provenance, data: str) -> Path:
    """Write GeoParquet: the engine's own rows, each with its shape."""
    drawn = [_Drawn(place, shape.wkb.hex() if shape else None) for place, shape in enumerate(layer.shapes, start=1)]
    put_rows(engine, "drawn_shapes", _Drawn, drawn)
    order = layer.sql[layer.sql.rindex(" order by ") :]
    columns = ", ".join(f'f."{column}"' for column in layer.columns)
    numbered = f"select *, row_number() over ({order}) as place from ({layer.sql}) as r"  # noqa: S608 - names of ours
    told = f"select {columns}, '{data}' as data, unhex(d.wkb) as geometry from ({numbered}) as f"  # noqa: S608
    sql = f"{told} inner join drawn_shapes as d on f.place = d.place order by f.place nulls last"
    labels = {
        "provenance": json.dumps(asdict(provenance), indent=2, sort_keys=True),
        "simulated": "true" if provenance.simulated else "false",
        "geo": geo_label(layer.shapes),
    }
    with drafted(out, out.parent) as draft:
        engine.write(sql, draft, labels)
    engine.drop("drawn_shapes")
    return out


def _csv(rows: Sequence[Row], found: Detected) -> str:
    """A line for each finding; text made inert, numbers as they are."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*found.detector.columns, "data"])
    data = "simulated" if found.provenance.simulated else "observed"
    for row in rows:
        cells = [_plain(cell) for cell in row.values()]
        writer.writerow([*(inert(cell) if isinstance(cell, str) else cell for cell in cells), data])
    return stream.getvalue()


def geojson(rows: Sequence[Row], shapes: Sequence[Shape | None], provenance: Provenance) -> str:
    """A FeatureCollection (RFC 7946) with a feature for each row; lines are cut where they cross 180 degrees."""
    data = "simulated" if provenance.simulated else "observed"
    features = [
        {
            "type": "Feature",
            "geometry": shape.geojson if shape else None,
            "properties": {**{name: _plain(cell) for name, cell in row.items()}, "data": data},
        }
        for row, shape in zip(rows, shapes, strict=True)
    ]
    lines = ",\n".join(visible_json(json.dumps(feature, ensure_ascii=False, allow_nan=False)) for feature in features)
    told = json.dumps(asdict(provenance), sort_keys=True)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n], "provenance": {told}}}\n'


def _plain(cell: Any) -> Any:
    """A cell as JSON and CSV have it: times as ISO 8601 in UTC."""
    if isinstance(cell, dt.datetime):
        return cell.isoformat(timespec="seconds" if not cell.microsecond else "milliseconds") + "Z"
    return cell
