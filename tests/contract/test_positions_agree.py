"""The queries behind vessel positions and tracks give the same rows on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import tumen
from tests.evasion.seas import START, Fix, every, put, voyage
from tumen.engine import open_engine
from tumen.evasion.position_files import NAMES
from tumen.evasion.tracks import make_tracks
from tumen.queries import Engine, Row, query

ROOM = "tumen.evasion"
FOLDER = Path(tumen.__file__).parent / "evasion"

#: Queries that the tests here ask, directly or through the module that they belong to.
ASKED = {
    "positions_judged", "positions_dropped", "positions_good", "positions_single", "positions_crowded",
    "positions_tidy", "positions_summary", "tracks_fixes", "tracks_doubts", "tracks_runs", "tracks_ends",
    "tracks_links", "tracks_chains", "tracks_open", "tracks_positions",
}  # fmt: skip

RAW = (
    (
        "219000001",
        "2022-01-01 00:00:00+02",
        "10.5",
        "56.25",
        "7.5",
        "91.2",
        "90",
        "Tanker",
        "LOTUS",
        "IMO9297137",
        "8.1",
    ),
    (
        "219000001",
        "2022-01-01 00:00:00+02",
        "10.5",
        "56.25",
        "7.5",
        "91.2",
        "90",
        "Tanker",
        "LOTUS",
        "IMO9297137",
        "8.1",
    ),
    ("219000001", "12/11/2013 12:00:01", "10.5", "56.25", "102.3", "360", "511", "70", "", "0", "0"),
    ("219000001", "2022-01-01T00:00:00.5-0230", "10.6", "56.25", "nan", "", "", "", "", "", ""),
    ("219000002", "2022-01-01", "10.6", "56.25", "1", "", "", "", "", "", ""),
    ("219000002", "2022-01-01 00:00", "200", "56.25", "1", "", "", "", "", "", ""),
    ("219000002", "2022-01-01 00:00:00Z", "38", "125", "1", "", "", "", "", "", ""),
    ("219000002", "2022-01-01 00:00:00", "181", "91", "1", "", "", "", "", "", ""),
    ("992190936", "2022-01-01 00:00:00", "1", "1", "1", "", "", "", "", "", ""),
    ("x", "2022-01-01 00:00:00", "1", "1", "1", "", "", "", "", "", ""),
    ("219000003.0", "1970-01-01 00:00:00", "inf", "1", "1", "", "", "", "", "", ""),
    ("219000003", "2022-01-01 00:00:00", "2", "1", "150", "", "", "", "", "", ""),
    *((f"21900000{4}", "2022-01-01 00:00:00", str(n), "1", "1", "", "", "", "", "", "") for n in range(1, 5)),
)


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[Engine, Engine]]:
    opened = (open_engine(), open_engine("spark://local[2]"))
    yield opened
    for engine in opened:
        engine.close()


def raw(engine: Engine) -> None:
    """The table of a file as it was read, all text."""
    given = (
        "mmsi",
        "t",
        "lon",
        "lat",
        "speed_kn",
        "course_deg",
        "heading_deg",
        "ship_type",
        "name",
        "imo",
        "draught_m",
    )
    others = {n for names in NAMES.values() for n in names if n != "type_of_mobile"} | {"mobile"}
    columns = {name: np.array([row[i] for row in RAW]) for i, name in enumerate(given)}
    columns |= {name: np.ma.masked_all(len(RAW), dtype="<U1") for name in sorted(others - set(given))}
    columns["_file"] = np.array(["f"] * len(RAW))
    engine.tabulate("raw_positions", dict.fromkeys(columns, "VARCHAR"), columns)


def rounded(rows: list[Row]) -> list[dict[str, object]]:
    """Rows with numbers rounded: the engines' sines may differ in the last digit."""
    return [{k: round(v, 9) if isinstance(v, float) else v for k, v in row.items()} for row in rows]


def test_no_query_of_the_room_is_left_unasked() -> None:
    there = {path.stem for path in FOLDER.glob("*.sql") if path.stem.startswith(("positions_", "tracks_"))}
    assert there == ASKED


@pytest.mark.spark
def test_reading_agrees(both: tuple[Engine, Engine]) -> None:
    answers = []
    for engine in both:
        raw(engine)
        engine.create("judged_positions", query(ROOM, "positions_judged"), now=START)
        told = [engine.rows(query(ROOM, "positions_dropped"))]
        engine.create("good_positions", query(ROOM, "positions_good"))
        engine.create("single_positions", query(ROOM, "positions_single"))
        engine.create("crowded_positions", query(ROOM, "positions_crowded"), most=3)
        engine.create("tidy_positions", query(ROOM, "positions_tidy"))
        told.append(engine.rows("select * from tidy_positions order by mmsi nulls last, t nulls last, lon nulls last"))
        told.append(engine.rows(query(ROOM, "positions_summary")))
        answers.append([[dict(row) for row in rows] for rows in told])
    assert answers[0] == answers[1]
    assert [row["rows"] for row in answers[0][0] if row["reason"] is None] == [8]
    assert len(answers[0][1]) == 3


@pytest.mark.spark
def test_tracks_agree(both: tuple[Engine, Engine]) -> None:
    ship = voyage(1, 179.5, 38, 10, 90, every(30, 0, 12))
    jump = [Fix(1, f.hours, 130.0, 20.0, 5.0) for f in ship[8:11]]
    shared = [*voyage(7, 124, 38, 4, 90, every(20, 0, 6)), *voyage(7, 130, 34, 0, 0, every(20, 0.1, 6.1))]
    answers = []
    for engine in both:
        put(engine, [*ship[:8], *jump, *ship[11:], *shared])
        make_tracks(engine)
        answers.append(rounded(engine.rows("select * from tracked order by mmsi nulls last, n nulls last")))
    assert answers[0] == answers[1]
    assert {(row["mmsi"], row["segment"]) for row in answers[0]} == {(1, 1), (1, 2), (7, 1), (7, 2)}
