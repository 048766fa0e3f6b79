"""Sentences of a file to a Parquet file of typed rows: positions, and what ships say of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tumen.ais.positions_nmea import Sentences
from tumen.ais.sentences.said import SaidPositions, SaidStatics
from tumen.engine.queries import Engine, query

_ROOM = "tumen.ais"

#: Rows that are held before the engine takes them.
_MOST_HELD = 400_000

_PLACED = {"mmsi": "BIGINT", "t": "TIMESTAMP", "station": "INTEGER"}
_POSITION_TYPES = {**_PLACED, **dict.fromkeys(("lon", "lat", "speed_kn", "course_deg", "heading_deg"), "DOUBLE")}
_STATIC_TYPES = {**_PLACED, "name": "VARCHAR", "imo": "BIGINT", "ship_type": "INTEGER", "draught_m": "DOUBLE"}


@dataclass(frozen=True)
class _Kept:
    """Rows of one form, which the engine takes in tables before there are too many.

    Args:
        held: columns of rows that it has not taken yet.
        tables: names of the tables that it has.
    """

    engine: Engine
    name: str
    types: Mapping[str, str]
    held: list[Mapping[str, NDArray[Any]]] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)

    def add(self, columns: Mapping[str, NDArray[Any]]) -> None:
        """Take more rows."""
        self.held.append(columns)
        if sum(one["mmsi"].size for one in self.held) > _MOST_HELD:
            self.hand_over()

    def hand_over(self) -> None:
        """Give the engine what is held."""
        table = f"{self.name}_{len(self.tables)}"
        arrays = {name: np.concatenate([one[name] for one in self.held]) for name in self.types}
        self.engine.tabulate(table, self.types, arrays)
        self.tables.append(table)
        self.held.clear()

    def source(self) -> str:
        """All rows, as a part of a query."""
        if self.held:
            self.hand_over()
        return "(" + " union all ".join(f'select * from "{table}"' for table in self.tables) + ")"


def write_sentence_rows(lines: Iterable[bytes], engine: Engine, target: Path) -> Sentences:
    """Write what sentences say as Parquet, in the columns of a table of positions.

    A row is a position, or, without a place, what is new in what a ship says of herself. It has the columns and types
    of `positions.POSITION_COLUMNS`; a filler of AIS, such as a longitude of 181 degrees, stays.

    Args:
        lines: stretches of whole lines, ended by line feeds.
        engine: holds no table yet; what does not fit in memory it keeps on disk.

    Returns: the counts of what was read and left out.
    """
    sentences = Sentences()
    places, statics = _Kept(engine, "places", _POSITION_TYPES), _Kept(engine, "statics", _STATIC_TYPES)
    for stretch in lines:
        heard, said = sentences.read(stretch)
        places.add(_of_positions(heard))
        statics.add(_of_statics(said))
    sentences.end()
    names = ["", *sentences.stations.names]
    engine.tabulate(
        "stations",
        {"station": "INTEGER", "receiver": "VARCHAR"},
        {"station": np.arange(len(names)), "receiver": np.array(names, dtype=object)},
    )
    rows = query(_ROOM, "sentence_rows")
    rows = rows.replace("from said_positions", f"from {places.source()}")
    engine.write(rows.replace("from said_statics", f"from {statics.source()}"), target)
    return sentences


def _of_positions(rows: SaidPositions) -> Mapping[str, NDArray[Any]]:
    """Columns of positions, as the engine takes them."""
    return {
        "mmsi": rows.mmsi.astype(np.int32),
        "t": rows.time_us.view("datetime64[us]"),
        "lon": rows.lon,
        "lat": rows.lat,
        "speed_kn": rows.speed_kn,
        "course_deg": rows.course_deg,
        "heading_deg": rows.heading_deg,
        "station": rows.station.astype(np.int32),
    }


def _of_statics(rows: SaidStatics) -> Mapping[str, NDArray[Any]]:
    """Columns of static data, as the engine takes them."""
    names = [name.decode("ascii", "replace").strip(" @") for name in rows.name.tolist()]
    return {
        "mmsi": rows.mmsi,
        "t": rows.time_us.view("datetime64[us]"),
        "station": rows.station,
        "name": np.array(names, dtype=object),
        "imo": rows.imo,
        "ship_type": rows.ship_type,
        "draught_m": rows.draught_m,
    }
