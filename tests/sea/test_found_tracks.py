"""The ways of the ships of findings."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tumen.detect.geo_package import Layer
from tumen.engine.backends import open_engine
from tumen.sea.found_tracks import TRACK_PAD_H, tracks_layer

START = dt.datetime(2024, 3, 1, 12)


def layer(findings: list[dict[str, Any]], heard: Sequence[tuple[float, ...]]) -> Layer:
    engine = open_engine()
    rows = " union all ".join(
        f"select {mmsi} as mmsi, timestamp '{START + dt.timedelta(hours=hours)}' as t, {lon} as lon, {lat} as lat"
        for mmsi, hours, lon, lat in heard
    )
    try:
        engine.create("positions", rows)
        return tracks_layer(engine, findings)
    finally:
        engine.close()


def test_both_ships_of_an_encounter_are_drawn_from_half_a_day_before_to_half_a_day_after() -> None:
    finding = {"mmsi_1": 1, "mmsi_2": 2, "start": START, "end": START + dt.timedelta(hours=2)}
    heard = [
        (1, -TRACK_PAD_H - 1, 9, 9),
        (1, -TRACK_PAD_H, 1, 1),
        (1, 0, 2, 2),
        (1, 2 + TRACK_PAD_H, 3, 3),
        (1, 15, 9, 9),
    ]
    found = layer([finding], [*heard, (2, 1, 5, 5), (2, 0, 4, 4), (3, 0, 7, 7), (3, 1, 7, 7)])
    assert [shape and shape.parts for shape in found.shapes] == [(((1, 1), (2, 2), (3, 3)),), (((4, 4), (5, 5)),)]
    assert [row[:2] for row in found.rows] == [(1, 1), (1, 2)]
    assert found.rows[0][2:] == (START - dt.timedelta(hours=12), START + dt.timedelta(hours=14), 3)


def test_a_ship_that_was_heard_once_has_no_way() -> None:
    finding = {"mmsi": 1, "start": START, "end": None}
    assert layer([finding], [(1, 0, 2, 2)]).rows == []


def test_findings_are_numbered_as_they_are_written() -> None:
    findings = [{"mmsi": 2, "start": START, "end": START}, {"mmsi": 1, "start": START, "end": START}]
    heard = [(n, hours, hours, n) for n in (1, 2) for hours in (0, 1)]
    assert [row[:2] for row in layer(findings, heard).rows] == [(1, 2), (2, 1)]


def test_no_findings_have_no_ways() -> None:
    assert layer([], [(1, 0, 2, 2)]).rows == []
