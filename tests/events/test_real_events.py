"""Real files of events give sensible answers. They are not part of the repository: TUMEN_DATA names their folder."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from tests.events.reports import imported
from tumen.events.layouts import ICEWS

FOLDER = os.environ.get("TUMEN_DATA", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="TUMEN_DATA names no folder with real files")


def test_six_actors_of_2018(tmp_path: Path) -> None:
    file = Path(FOLDER) / "icews_2018_six_actors.parquet"
    if not file.exists():
        pytest.skip("TUMEN_DATA holds no icews_2018_six_actors.parquet")
    reading, rows = imported([file], ICEWS, tmp_path)
    assert (reading.reports, reading.events, reading.echoed, reading.mirrored) == (30283, 15230, 6026, 9027)
    assert (reading.first, reading.last) == (dt.date(2018, 1, 1), dt.date(2018, 10, 31))
    assert (reading.dropped_rows, reading.strange, reading.with_units) == (0, {}, False)
    assert reading.states == {"CHN", "PRK", "RUS", "USA", "KOR", "JPN"}
    assert {row["quad"] for row in rows} == {
        "verbal-cooperation",
        "material-cooperation",
        "verbal-conflict",
        "material-conflict",
    }
    assert sum(row["reports"] for row in rows) == 30283
