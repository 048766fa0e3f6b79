"""Each event is counted once in the same way on every engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import tumen
from tumen.engine.backends import open_engine
from tumen.engine.queries import Engine, query
from tumen.events.events_reading import count_once

#: One worker starts the cluster once; a second would start another.
pytestmark = pytest.mark.xdist_group("spark")

FOLDER = Path(tumen.__file__).parent / "events"

#: Queries that the tests here ask. Those before `events_kept` are not among them: files are read by the embedded engine
#: whichever runs later, as `tests/record/readers` has it; and so are those of votes, which are few.
ASKED = {"events_parties", "events_joint", "events_joint_dyads", "events_once", "events_counted", "events_rows"}
READ_BY_ONE = {
    "events_icews",
    "events_gdelt",
    "events_polecat",
    "events_names",
    "events_judged",
    "events_dropped",
    "events_kept",
}

#: How many reports are made.
NUMBER = 150

_TYPES = {
    "id": "VARCHAR",
    "day": "DATE",
    "code": "VARCHAR",
    "kind": "VARCHAR",
    "source_actor": "VARCHAR",
    "target_actor": "VARCHAR",
    "low": "VARCHAR",
    "high": "VARCHAR",
    "goldstein": "DOUBLE",
    "quad": "VARCHAR",
    "description": "VARCHAR",
    "unit": "VARCHAR",
}


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[Engine, Engine]]:
    opened = (open_engine(), open_engine("spark://local[2]"))
    yield opened
    for engine in opened:
        engine.close()


def reports() -> dict[str, np.ndarray]:
    """Simulated reports among four states in three days, of which some share a sentence."""
    rng = np.random.default_rng(7)
    states = np.array(["AAA", "BBB", "CCC", "DDD"])
    pairs = np.array([rng.choice(4, 2, replace=False) for _ in range(NUMBER)])
    one, other = states[pairs[:, 0]], states[pairs[:, 1]]
    units = np.array([f"s{n}" if n < 3 else None for n in rng.integers(0, 4, NUMBER)], dtype=object)
    return {
        "id": np.array([f"r-{n}" for n in range(NUMBER)], dtype=object),
        "day": np.array([dt.date(2020, 1, 1 + int(d)).isoformat() for d in rng.integers(0, 3, NUMBER)], dtype=object),
        "code": rng.choice(np.array(["036", "111"]), NUMBER).astype(object),
        "kind": np.full(NUMBER, "event", dtype=object),
        "source_actor": one.astype(object),
        "target_actor": other.astype(object),
        "low": np.where(one < other, one, other).astype(object),
        "high": np.where(one < other, other, one).astype(object),
        "goldstein": rng.choice([4.0, -2.0, 0.0], NUMBER),
        "quad": np.full(NUMBER, "verbal-conflict", dtype=object),
        "description": np.full(NUMBER, "what happened", dtype=object),
        "unit": units,
    }


def test_no_query_of_the_readers_is_left_unasked() -> None:
    assert {path.stem for path in FOLDER.glob("events_*.sql")} == ASKED | READ_BY_ONE


@pytest.mark.spark
def test_events_agree(both: tuple[Engine, Engine]) -> None:
    answers = []
    for engine in both:
        engine.tabulate("reports", _TYPES, reports())
        count_once(engine, True)
        counted = engine.rows(query("tumen.events", "events_counted"))
        answers.append((counted, engine.rows(query("tumen.events", "events_rows"), source="book")))
    assert answers[0] == answers[1]
    (told,), rows = answers[0]
    assert told["joint_events"] > 0
    assert told["mirrored"] > 0
    assert sum(row["reports"] for row in rows) == NUMBER
