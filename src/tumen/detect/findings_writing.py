"""What a detector found as a file: Parquet, CSV, GeoJSON or GeoPackage, with where it comes from beside every row."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tumen.detect.detector import Detected, Provenance
from tumen.detect.geo_package import Layer, write_geo_package
from tumen.detect.map_shapes import map_shape
from tumen.detect.rounding import rounded_query
from tumen.engine.backends import open_engine
from tumen.engine.queries import Row
from tumen.errors import Place, Problem, ProblemsError, visible_json
from tumen.formulas import inert
from tumen.scratch import scratch_folder
from tumen.writing import drafted, named_by_user, write_files

SUFFIXES = (".parquet", ".csv", ".geojson", ".gpkg")


def check_target(out: Path) -> None:
    """Refuse a file that findings cannot be written to, before any work is done.

    Raises: ProblemsError. WriteError where a link leads elsewhere.
    """
    got = "a folder that is not there" if not out.parent.is_dir() else f"the name '{out.name}'"
    if out.suffix.lower() not in SUFFIXES or not out.parent.is_dir():
        raise ProblemsError(
            [
                Problem(
                    Place(f"--out {out}"),
                    got=got,
                    expected="a file in a folder that exists",
                    fix="Make the folder; end the name in .parquet, .csv, .geojson or .gpkg.",
                    slug="findings-out",
                )
            ]
        )
    named_by_user(out.parent)


def write_findings(found: Detected, out: Path, now: dt.datetime) -> tuple[int, list[Path]]:
    """Write findings, each row saying whether its data are observed or simulated, with figures as people read them.

    Parquet is GeoParquet, with a column `geometry`, and keeps the provenance in its metadata under "provenance"; CSV
    has it in a file of its own, named after it; GeoJSON in its member "provenance". A GeoPackage has findings as one
    layer, with the provenance as its description, and as further layers what lies beside them on a map. Times are UTC,
    in CSV and GeoJSON as 2024-03-01T12:00:00Z. No cell of text in a CSV file is taken for a formula.

    Args:
        out: its suffix says what is written.
        now: the time of writing, UTC.

    Returns: the number of findings, and the files.
    """
    check_target(out)
    told = json.dumps(asdict(found.provenance), indent=2, sort_keys=True)
    if out.suffix.lower() == ".parquet":
        return _write_parquet(found, out, told), [out]
    rows = found.engine.rows(rounded_query(found.detector))
    if out.suffix.lower() == ".csv":
        beside = f"{out.name}.provenance.json"
        return len(rows), write_files(out.parent, {out.name: _csv(rows, found), beside: told + "\n"})
    if out.suffix.lower() == ".gpkg":
        with drafted(out, out.parent) as draft:
            write_geo_package(draft, [_layer(rows, found, told), *found.layers(rows)], now)
        return len(rows), [out]
    return len(rows), write_files(out.parent, {out.name: geojson(rows, found.detector.places, found.provenance)})


def _data(found: Detected) -> str:
    """Whether what a finding rests on was observed."""
    return "simulated" if found.provenance.simulated else "observed"


def _write_parquet(found: Detected, out: Path, told: str) -> int:
    """Findings as GeoParquet; the engine that found them writes them, and the embedded one gives them their shapes."""
    labels = {"provenance": told, "simulated": "true" if found.provenance.simulated else "false"}
    with drafted(out, out.parent) as draft, scratch_folder("findings") as folder:
        plain = folder / "plain.parquet"
        sql = f"select *, '{_data(found)}' as data from ({rounded_query(found.detector)})"  # noqa: S608 - one of two words
        found.engine.write(sql, plain)
        engine = open_engine()
        try:
            engine.scan("findings", [plain])
            drawn = f"select *, {_geometry_sql(found.detector.places)} as geometry from findings"  # noqa: S608 - ours
            return engine.write(drawn, draft, labels)
        finally:
            engine.close()


def _geometry_sql(places: Sequence[tuple[str, str]]) -> str:
    """SQL for the shape that `map_shape` gives one place or two."""
    spots = [f'"{lon}" || \' \' || "{lat}"' for lon, lat in places]
    if len(spots) == 1:
        return f"cast('POINT(' || {spots[0]} || ')' as geometry)"
    (x1, y1), (x2, y2) = places
    edge = f'case when "{x1}" > 0 then 180e0 else -180e0 end'
    width = f'("{x2}" + 2 * ({edge}) - "{x1}")'
    lat = f'("{y1}" + coalesce((({edge}) - "{x1}") / nullif({width}, 0), 0) * ("{y2}" - "{y1}"))'
    straight = f"'LINESTRING(' || {spots[0]} || ', ' || {spots[1]} || ')'"
    cut = (
        f"'MULTILINESTRING((' || {spots[0]} || ', ' || ({edge}) || ' ' || {lat} || '), (' || -({edge}) || ' ' || {lat} "
        f"|| ', ' || {spots[1]} || '))'"
    )
    begun = f"case when \"{x2}\" is null or \"{y2}\" is null then 'POINT(' || {spots[0]} || ')' "
    return f'cast({begun}when abs("{x2}" - "{x1}") <= 180 then {straight} else {cut} end as geometry)'


def _layer(rows: Sequence[Row], found: Detected, told: str) -> Layer:
    """Findings as a layer of a map."""
    return Layer(
        found.detector.table,
        told,
        (*found.detector.columns, "data"),
        [(*row.values(), _data(found)) for row in rows],
        [map_shape([(row[x], row[y]) for x, y in found.detector.places]) for row in rows],
    )


def _csv(rows: Sequence[Row], found: Detected) -> str:
    """A line for each finding; text made inert, numbers as they are."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*found.detector.columns, "data"])
    data = _data(found)
    for row in rows:
        cells = [_plain(cell) for cell in row.values()]
        writer.writerow([*(inert(cell) if isinstance(cell, str) else cell for cell in cells), data])
    return stream.getvalue()


def geojson(rows: Sequence[Row], places: Sequence[tuple[str, str]], provenance: Provenance) -> str:
    """A FeatureCollection (RFC 7946) with a feature for each finding; lines are cut where they cross 180 degrees.

    Args:
        places: the columns of longitude and latitude where a finding is: one pair is a point, two are a line.
    """
    data = "simulated" if provenance.simulated else "observed"
    features = [
        {
            "type": "Feature",
            "geometry": drawn.geojson if (drawn := map_shape([(row[x], row[y]) for x, y in places])) else None,
            "properties": {**{name: _plain(cell) for name, cell in row.items()}, "data": data},
        }
        for row in rows
    ]
    lines = ",\n".join(visible_json(json.dumps(feature, ensure_ascii=False, allow_nan=False)) for feature in features)
    told = json.dumps(asdict(provenance), sort_keys=True)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n], "provenance": {told}}}\n'


def _plain(cell: Any) -> Any:
    """A cell as JSON and CSV have it: times as ISO 8601 in UTC."""
    if isinstance(cell, dt.datetime):
        return cell.isoformat(timespec="seconds" if not cell.microsecond else "milliseconds") + "Z"
    return cell
