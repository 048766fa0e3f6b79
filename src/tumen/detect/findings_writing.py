"""What a detector found as a file: Parquet, CSV or GeoJSON, with where it comes from beside every row."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tumen.detect.detector import Detected, Provenance
from tumen.engine.queries import Row
from tumen.errors import Place, Problem, ProblemsError, visible_json
from tumen.formulas import inert
from tumen.writing import drafted, named_by_user, write_files

SUFFIXES = (".parquet", ".csv", ".geojson")


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
                    fix="Make the folder; end the name in .parquet, .csv or .geojson.",
                    slug="findings-out",
                )
            ]
        )
    named_by_user(out.parent)


def write_findings(found: Detected, out: Path) -> tuple[int, list[Path]]:
    """Write findings, each row saying whether its data are observed or simulated.

    Parquet keeps the provenance in its metadata under "provenance"; CSV has it in a file of its own, named after
    it; GeoJSON in its member "provenance". Times are UTC, in CSV and GeoJSON as 2024-03-01T12:00:00Z. No cell of
    text in a CSV file is taken for a formula.

    Args:
        out: its suffix says what is written.

    Returns: the number of findings, and the files.
    """
    check_target(out)
    told = json.dumps(asdict(found.provenance), indent=2, sort_keys=True)
    if out.suffix.lower() == ".parquet":
        data = "simulated" if found.provenance.simulated else "observed"
        sql = f"select *, '{data}' as data from ({found.detector.query})"  # noqa: S608 - one of two words of ours
        labels = {"provenance": told, "simulated": "true" if found.provenance.simulated else "false"}
        with drafted(out, out.parent) as draft:
            return found.engine.write(sql, draft, labels), [out]
    rows = found.engine.rows(found.detector.query)
    if out.suffix.lower() == ".csv":
        beside = f"{out.name}.provenance.json"
        return len(rows), write_files(out.parent, {out.name: _csv(rows, found), beside: told + "\n"})
    return len(rows), write_files(out.parent, {out.name: geojson(rows, found.detector.places, found.provenance)})


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


def geojson(rows: Sequence[Row], places: Sequence[tuple[str, str]], provenance: Provenance) -> str:
    """A FeatureCollection (RFC 7946) with a feature for each finding; lines are cut where they cross 180 degrees.

    Args:
        places: the columns of longitude and latitude where a finding is: one pair is a point, two are a line.
    """
    data = "simulated" if provenance.simulated else "observed"
    features = [
        {
            "type": "Feature",
            "geometry": _geometry([(row[x], row[y]) for x, y in places]),
            "properties": {**{name: _plain(cell) for name, cell in row.items()}, "data": data},
        }
        for row in rows
    ]
    lines = ",\n".join(visible_json(json.dumps(feature, ensure_ascii=False, allow_nan=False)) for feature in features)
    told = json.dumps(asdict(provenance), sort_keys=True)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n], "provenance": {told}}}\n'


def _geometry(places: Sequence[tuple[float | None, float | None]]) -> Mapping[str, Any] | None:
    """A point or line; None where a place is not known."""
    known = [(lon, lat) for lon, lat in places if lon is not None and lat is not None]
    if len(known) < len(places):
        return None
    if len(known) == 1:
        return {"type": "Point", "coordinates": list(known[0])}
    (lon_1, lat_1), (lon_2, lat_2) = known
    if abs(lon_2 - lon_1) <= 180:
        return {"type": "LineString", "coordinates": [[lon_1, lat_1], [lon_2, lat_2]]}
    edge = 180.0 if lon_1 > 0 else -180.0  # the short way crosses where the first is near
    share = (edge - lon_1) / (lon_2 + 2 * edge - lon_1) if lon_2 + 2 * edge != lon_1 else 0.0
    lat = lat_1 + share * (lat_2 - lat_1)
    parts = [[[lon_1, lat_1], [edge, lat]], [[-edge, lat], [lon_2, lat_2]]]
    return {"type": "MultiLineString", "coordinates": parts}


def _plain(cell: Any) -> Any:
    """A cell as JSON and CSV have it: times as ISO 8601 in UTC."""
    if isinstance(cell, dt.datetime):
        return cell.isoformat(timespec="seconds" if not cell.microsecond else "milliseconds") + "Z"
    return cell
