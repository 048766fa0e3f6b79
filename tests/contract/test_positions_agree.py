"""The queries behind tracks give the same rows on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import tumen
from tests.sea.seas import Fix, every, put, voyage
from tumen.ais.tracks import make_tracks
from tumen.engine.backends import open_engine
from tumen.engine.queries import Engine, Row

#: One worker starts the cluster once; a second would start another.
pytestmark = pytest.mark.xdist_group("spark")

FOLDER = Path(tumen.__file__).parent / "ais"

#: Queries that the tests here ask, through the module that they belong to. Those of `positions` are not among them:
#: files are read by the embedded engine whichever runs later, as `tests/ais/test_positions.py` has it.
ASKED = {
    "tracks_fixes",
    "tracks_doubts",
    "tracks_runs",
    "tracks_ends",
    "tracks_links",
    "tracks_chains",
    "tracks_open",
    "tracks_positions",
    "tracks_suspects",
    "tracks_predecessors",
    "tracks_offsets",
}


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[Engine, Engine]]:
    opened = (open_engine(), open_engine("spark://local[2]"))
    yield opened
    for engine in opened:
        engine.close()


def rounded(rows: list[Row]) -> list[dict[str, object]]:
    """Rows with numbers rounded: the engines' sines may differ in the last digit."""
    return [{k: round(v, 9) if isinstance(v, float) else v for k, v in row.items()} for row in rows]


def test_no_query_of_the_room_is_left_unasked() -> None:
    there = {path.stem for path in FOLDER.rglob("*.sql") if path.stem.startswith("tracks_")}
    assert there == ASKED


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
