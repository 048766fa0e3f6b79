"""The query behind the tracks of pairs gives the same rows on every engine."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.contract.test_positions_agree import both
from tests.sea.seas import START, every, put, voyage
from tumen.engine.queries import Engine
from tumen.sea.found_tracks import tracks_layer
from tumen.sea.pair_tracks import ChosenPair, pair_tracks

#: One worker starts the cluster once; a second would start another.
pytestmark = pytest.mark.xdist_group("spark")

__all__ = ["both"]


@pytest.mark.spark
def test_tracks_of_pairs_agree(both: tuple[Engine, Engine]) -> None:
    met = ChosenPair("e", 1, 2, START + dt.timedelta(hours=3), START + dt.timedelta(hours=5))
    answers = []
    for engine in both:
        put(engine, [*voyage(1, 124, 38, 4, 90, every(20, 0, 19)), *voyage(2, 124.1, 38, 4, 270, every(30, 0, 19))])
        answers.append([(p.hours, [round(d, 3) for d in p.distances_m]) for p in pair_tracks(engine, [met], 1.0)])
        engine.drop("positions")
    assert answers[0] == answers[1]
    assert len(answers[0]) == 1
    assert len(answers[0][0][0]) > 20


@pytest.mark.spark
def test_the_ways_of_the_ships_of_findings_agree(both: tuple[Engine, Engine]) -> None:
    start = START + dt.timedelta(hours=13)
    finding = {"mmsi_1": 1, "mmsi_2": 2, "start": start, "end": start + dt.timedelta(hours=1)}
    answers = []
    for engine in both:
        put(engine, [*voyage(1, 179.8, 38, 8, 90, every(20, 0, 40)), *voyage(2, 124.1, 38, 4, 270, every(30, 0, 40))])
        answers.append(tracks_layer(engine, [finding]))
        engine.drop("positions")
    assert answers[0] == answers[1]
    assert [row[:2] for row in answers[0].rows] == [(1, 1), (1, 2)]
