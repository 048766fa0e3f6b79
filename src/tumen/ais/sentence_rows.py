"""Sentences of a file to judged rows: positions, and what ships say of themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tumen.ais.positions_nmea import NOT_UNDERSTOOD_LINES, Sentences
from tumen.ais.sentences.said import SaidPositions, SaidStatics
from tumen.engine.queries import Engine, query
from tumen.errors import Place, Problem

_ROOM = "tumen.ais"

_MICROSECONDS = np.datetime64(0, "us").dtype

#: Rows that are held before the engine takes them.
_MOST_HELD = 400_000

#: Where more of a file's lines than this are not understood, it is said of the file.
_GOOD_PART = 0.1

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
        every = (f'select * from "{table}"' for table in self.tables)  # noqa: S608 - names of ours
        return f"({' union all '.join(every)})"


def judge_sentences(lines: Iterable[bytes], engine: Engine, target: Path, now: dt.datetime) -> Sentences:
    """Write what sentences say as Parquet, judged: positions, and what is new in what a ship says of herself.

    Args:
        lines: stretches of whole lines, ended by line feeds.
        engine: holds no table yet; what does not fit in memory it keeps on disk.
        target: gets the columns of a file's judged rows; static data have no place.
        now: a position of a later day is left out.

    Returns: the counts of what was read and left out.
    """
    sentences = Sentences()
    places, statics = _Kept(engine, "places", _POSITION_TYPES), _Kept(engine, "statics", _STATIC_TYPES)
    for stretch in chain(lines, [b"\n"]):
        heard, said = sentences.read(stretch)
        places.add(_of_positions(heard))
        statics.add(_of_statics(said))
    sentences.end()
    names = sentences.stations.names
    engine.tabulate(
        "stations",
        {"station": "INTEGER", "receiver": "VARCHAR"},
        {"station": np.arange(1, len(names) + 1), "receiver": np.array(names, dtype=object)},
    )
    rows = query(_ROOM, "sentences_judged").replace("from said_positions", f"from {places.source()}")
    engine.write(rows.replace("from said_statics", f"from {statics.source()}"), target, now=now)
    return sentences


def told_of_sentences(shown: str, sentences: Sentences) -> list[Problem]:
    """What a reader should know of a file of sentences beside the counts of what was left out.

    Args:
        shown: the file as the user named it.
    """
    notes = []
    if sentences.unsealed:
        fix = "Their times and stations were used all the same."
        notes.append(_of_tags(shown, f"tag blocks without a checksum ({sentences.unsealed})", fix))
    if sentences.broken:
        fix = "Their times and stations were not used."
        notes.append(_of_tags(shown, f"tag blocks with a wrong checksum ({sentences.broken})", fix))
    lost = sum(sentences.dropped[reason] for reason in NOT_UNDERSTOOD_LINES)
    if lost > _GOOD_PART * sentences.lines:
        notes.append(
            Problem(
                Place(shown),
                got=f"{lost} of {sentences.lines} lines that are not understood",
                expected="sentences of AIS with right checksums",
                fix="Look at some of them: they may be cut, or the file may hold something else besides.",
                slug="sentences-not-understood",
                severity="warning",
            )
        )
    return notes


def _of_tags(shown: str, got: str, fix: str) -> Problem:
    return Problem(
        Place(shown),
        got=got,
        expected="tag blocks that end in their checksum",
        fix=fix,
        slug="sentences-tags",
        severity="warning",
    )


def _of_positions(rows: SaidPositions) -> Mapping[str, NDArray[Any]]:
    """Columns of positions, as the engine takes them."""
    return {
        "mmsi": rows.mmsi.astype(np.int32),
        "t": rows.time_us.view(_MICROSECONDS),
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
        "t": rows.time_us.view(_MICROSECONDS),
        "station": rows.station,
        "name": np.array(names, dtype=object),
        "imo": rows.imo,
        "ship_type": rows.ship_type,
        "draught_m": rows.draught_m,
    }
