"""The queries behind encounters give the same rows on every engine."""

from __future__ import annotations

from pathlib import Path

import pytest

import tumen
from tests.contract.test_positions_agree import both, rounded
from tests.sea.seas import Fix, beside, every, put, voyage
from tumen.engine.queries import Engine
from tumen.sea.encounters.encounters import STEPS, find_encounters
from tumen.sea.sea_levers import EncounterLevers
from tumen.vessels.ports import PortPlace, put_ports

#: One worker starts the cluster once; a second would start another.
pytestmark = pytest.mark.xdist_group("spark")

__all__ = ["both"]


def test_no_query_of_the_detector_is_left_unasked() -> None:
    there = {path.stem for path in (Path(tumen.__file__).parent / "sea").rglob("encounters_*.sql")}
    named = "encounters_named"  # asked where detectors are
    assert there == {named, *(f"encounters_{step}" for step in STEPS)}


def sea() -> list[Fix]:
    """Two ships across 180 degrees with a silence, a third on a shared MMSI, and one pair in a port; odd seconds."""
    drifts = voyage(1, 179.98, 38, 0.8, 80, every(7.3, 0, 9))
    beside_it = beside(drifts, 2, 200, 10, every(11.7, 0, 9), away_h=(1.0, 8.0))
    silent = [f for f in beside_it if not 3 < f.hours < 5]
    twin = voyage(2, 124, 30, 11, 10, every(13, 0.05, 9))
    berth = voyage(3, 120, 30, 0, 0, every(9, 0, 9))
    return [*drifts, *silent, *twin, *berth, *beside(berth, 4, 100, 10, every(10, 0, 9), away_h=(1.0, 8.0))]


@pytest.mark.spark
def test_encounters_agree(both: tuple[Engine, Engine]) -> None:
    answers = []
    for engine in both:
        put(engine, sea(), "positions")
        put_ports(engine, [PortPlace("Alpha", 120, 30)])
        find_encounters(engine, EncounterLevers())
        answers.append(rounded(engine.rows('select * from encounters order by "start" nulls last, mmsi_1 nulls last')))
    assert answers[0] == answers[1]
    assert [(row["mmsi_1"], row["mmsi_2"]) for row in answers[0]] == [(1, 2)]
    assert str(answers[0][0]["longest_silence_h"]).startswith("2.")
