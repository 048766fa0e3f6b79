"""What is kept of a calibration: rows in order, what falls short, and that somebody said why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from benchmarks.calibration import results
from benchmarks.calibration.catalogue import BY_KEY, SCENES
from benchmarks.calibration.results import read, shortfalls, unexplained, why, whys, write
from benchmarks.calibration.scoring import Score

ROW = Score("contact.ratio", "own errors", False, 300, 0, 0.90, 100, 0.01)


def test_every_row_of_the_catalogue_is_kept_and_no_other():
    assert [(row.measure, row.world) for row in read().rows] == [scene.key for scene in SCENES], (
        "run: python -m benchmarks.calibration"
    )
    assert all(row.harsh == BY_KEY[row.measure, row.world].harsh for row in read().rows)


def test_the_versions_and_the_seed_are_kept():
    assert {"tumen", "numpy", "scipy", "duckdb", "seed", "draws"} <= set(read().made_with)


def test_of_every_row_that_falls_short_somebody_said_why():
    assert [(row.measure, row.world, shortfalls(row)) for row in unexplained(read().rows)] == []


def test_every_reason_is_one_of_a_row():
    for measure, mine in whys().items():
        for world in mine:
            known = any(s.measure == measure and s.harsh for s in SCENES)
            assert (measure, world) in BY_KEY or (world in ("all harsh", "all fitted") and known), (measure, world)


@pytest.mark.parametrize(
    ("row", "short"),
    [
        (ROW, ()),
        (replace(ROW, coverage=0.855), ()),  # within one standard error of 87 per cent
        (replace(ROW, coverage=0.85), ("coverage",)),
        (replace(ROW, coverage=0.95), ("coverage",)),
        (replace(ROW, harsh=True, coverage=0.99), ()),
        (replace(ROW, harsh=True, coverage=0.79), ()),
        (replace(ROW, harsh=True, coverage=0.78), ("coverage",)),
        (replace(ROW, wrong=0.051), ("sure verdicts",)),
        (replace(ROW, wrong=None), ()),
        (replace(ROW, coverage=None, brier=0.2, base=0.25), ()),
        (replace(ROW, coverage=None, brier=0.26, base=0.25), ("Brier score",)),
    ],
)
def test_a_row_falls_short_by_what_was_asked_of_it(row, short):
    assert shortfalls(row) == short


def test_rows_made_anew_take_the_place_of_the_old_in_the_catalogues_order(tmp_path):
    path = tmp_path / "results.json"
    first, last = (Score(*scene.key, scene.harsh, 10, 0, 0.9, 5, 0.0) for scene in (SCENES[0], SCENES[-1]))
    gone = replace(first, world="a world that is no more")
    write([last, first, gone], path)
    write([replace(first, worlds=20)], path)
    assert read(path).rows == (replace(first, worlds=20), last)


def test_a_reason_for_all_harsh_rows_is_none_for_a_measures_own(monkeypatch):
    monkeypatch.setattr(results, "whys", lambda: {"contact.ratio": {"all harsh": "so it is"}})
    short = replace(ROW, coverage=0.5)
    assert why(replace(short, harsh=True)) == "so it is"
    assert why(replace(short, harsh=True, world="wrong, as the case has fitted")) == ""
    assert why(short) == ""
    assert why(replace(ROW, harsh=True)) == ""
    assert unexplained([short, ROW, replace(short, harsh=True)]) == [short]
