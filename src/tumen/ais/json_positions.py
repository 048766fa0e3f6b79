"""Messages of ships in JSON to rows of positions: aisstream, AIS-catcher, Global Fishing Watch, GeoJSON points, and any
objects with names that are known.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from tumen.ais.json_objects import JsonObject, json_objects
from tumen.ais.position_columns import NAMES, ColumnsRead, chosen_columns, is_in_tenths
from tumen.ais.position_dialects import PositionHints
from tumen.ais.position_files import PositionFile
from tumen.record.readers.published_files import UNREADABLE_LINE, FileProgress
from tumen.writing import new_file

#: Messages of others than ships, by aisstream's names and by their numbers.
_OTHERS: Mapping[Any, str] = {
    "BaseStationReport": "base station",
    "AidsToNavigationReport": "aton",
    "StandardSearchAndRescueAircraftReport": "sar airborne",
    4: "base station",
    9: "sar airborne",
    11: "base station",
    21: "aton",
}

#: Of what aisstream's messages hold, our columns. Their `Timestamp` is a second of a minute, and no time.
_AISSTREAM: Mapping[str, str] = {
    "Longitude": "lon",
    "Latitude": "lat",
    "Sog": "speed_kn",
    "Cog": "course_deg",
    "TrueHeading": "heading_deg",
    "Name": "name",
    "ImoNumber": "imo",
    "Type": "ship_type",
    "ShipType": "ship_type",
    "MaximumStaticDraught": "draught_m",
}

#: What numbers of a message that was not scaled have to be divided by.
_RAW = {"lon": 600000.0, "lat": 600000.0, "speed_kn": 10.0, "course_deg": 10.0, "draught_m": 10.0}

_Names = Mapping[str, str]


@dataclass
class JsonRows:
    """Reads objects in their order, counting what is no object.

    Args:
        hints: what the user says of columns.
        dropped: pieces left out, by reason.
        read: our columns, and the names under which they were found.
        left: names that were not read.
    """

    hints: PositionHints = field(default_factory=PositionHints)
    dropped: Counter[str] = field(default_factory=Counter)
    read: dict[str, str] = field(default_factory=dict)
    left: dict[str, None] = field(default_factory=dict)
    in_tenths: bool = False

    def positions(self, file: PositionFile, progress: FileProgress) -> Iterator[Mapping[str, Any]]:
        """What each object says, under the names of `position_columns.NAMES`; what it does not say is not there.

        Source: aisstream.io's message models; AIS-catcher's and gpsd's JSON; MarineTraffic's SPEED in tenths of a knot;
            RFC 7946 (GeoJSON).
        Limits: An object of more than a million letters is left out. Of GeoJSON only points are positions.
        """
        size = file.path.stat().st_size
        for found in json_objects(file.path, lambda done: progress(file.shown, done, size)):
            if found is None:
                self.dropped[UNREADABLE_LINE] += 1
            elif isinstance(found.get("Message"), dict) and "MessageType" in found:
                yield self._of_aisstream(found)
            else:
                yield self._of_any(found)

    def columns(self, shown: str) -> ColumnsRead:
        """Which names were read so far, and which were not."""
        read = tuple((ours, self.read[ours]) for ours in NAMES if ours in self.read)
        return ColumnsRead(shown, read, tuple(self.left))

    def _of_aisstream(self, found: JsonObject) -> Mapping[str, Any]:
        kind = found["MessageType"]
        about = found.get("MetaData") or found.get("Metadata") or {}
        message = found["Message"].get(kind)
        body = message if isinstance(message, dict) else {}
        row = {"mmsi": about.get("MMSI", body.get("UserID")), "t": about.get("time_utc"), "name": about.get("ShipName")}
        self.read |= {"mmsi": "MetaData.MMSI", "t": "MetaData.time_utc", "name": "MetaData.ShipName"}
        for part in (body, body.get("ReportA"), body.get("ReportB")):
            for theirs, value in part.items() if isinstance(part, dict) else ():
                if (ours := _AISSTREAM.get(theirs)) and not isinstance(value, dict) and value not in ("", None):
                    row[ours] = value
                    self.read[ours] = f"Message.{theirs}"
        return _plain({**row, "mobile": _OTHERS.get(kind)})

    def _of_any(self, found: JsonObject) -> Mapping[str, Any]:
        flat = dict(_flat(found, ""))
        names = _names(tuple(flat), tuple(self.hints.columns.items()))
        for ours, theirs in names.items():
            self.read.setdefault(ours, theirs)
        self.left |= dict.fromkeys(key for key in flat if key not in names.values())
        row = {ours: flat[theirs] for ours, theirs in names.items()}
        if found.get("scaled") is False:
            row |= {ours: _divided(row[ours], by) for ours, by in _RAW.items() if ours in row}
        elif is_in_tenths(tuple(flat)) and "speed_kn" not in self.hints.columns:
            self.in_tenths = True
            row |= {ours: _divided(row[ours], 10.0) for ours in ("speed_kn", "draught_m") if ours in row}
        if found.get("class") == "AIS":
            row["mobile"] = _OTHERS.get(found.get("type"))
        return _plain(row)


@lru_cache(maxsize=1024)
def _names(keys: tuple[str, ...], told: tuple[tuple[str, str], ...]) -> _Names:
    """The names under which an object of these names says what we look for."""
    columns = chosen_columns(keys, dict(told))
    return {ours: key for ours, key in zip(columns, keys, strict=True) if ours}


def _flat(found: JsonObject, before: str) -> Iterator[tuple[str, Any]]:
    """What an object and those in it hold, under names with points between; the place of a point under two names."""
    for name, value in found.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.") if before.count(".") < 4 else ()
        elif name == "coordinates" and isinstance(value, list):
            if len(value) > 1 and not any(isinstance(part, list) for part in value):
                yield f"{before}lon", value[0]
                yield f"{before}lat", value[1]
        elif not isinstance(value, list):
            yield f"{before}{name}", value


def _divided(value: Any, by: float) -> Any:
    """A number, also as text, divided; anything else as it is. What AIS sends for no position stays what it is."""
    try:
        return float(value) / by
    except (TypeError, ValueError):
        return value


def _plain(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Cells of one line each, without what is not said."""
    return {
        ours: " ".join(value.split()) if isinstance(value, str) else value
        for ours, value in row.items()
        if value is not None and not isinstance(value, bool | dict | list)
    }


def write_rows(rows: Iterable[Mapping[str, Any]], path: Path) -> int:
    """Write positions as CSV, as they come; returns how many."""
    number = 0
    with io.TextIOWrapper(new_file(path), encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, list(NAMES), lineterminator="\n")
        table.writeheader()
        for row in rows:
            table.writerow(row)
            number += 1
    return number
