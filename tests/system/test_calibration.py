"""A small calibration of the fit, and what is kept of the large one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.system import ranking
from benchmarks.system.ranking import BINS, QUANTITIES, Row, places, rows
from benchmarks.system.results import PAGE, falls_short, read, tables, write, write_page
from benchmarks.system.shuffling import LENGTHS, Shuffle, margin, shuffle
from benchmarks.system.worlds import KEEN, SCENES, Scene, game, made

KNOWN = SCENES[0]

ROW = Row("a world", False, QUANTITIES[0], 300, 0.90, 0.5, 0.8)


def test_of_the_models_own_histories_intervals_hold_the_truth_and_ranks_are_even():
    found = np.array([places(KNOWN, number, draws=200)[0] for number in range(20)])
    assert 0.8 < ((found >= 0.05) & (found <= 0.95)).mean() < 0.98
    assert found.mean() == pytest.approx(0.5, abs=0.08)
    assert ((found < 0.5).mean(axis=0) > 0.15).all()
    assert ((found < 0.5).mean(axis=0) < 0.85).all()


def test_moves_told_of_another_fit_worse():
    assert all(margin(replace(KEEN, periods=30), number) > 0 for number in range(2))


def test_a_history_is_the_same_for_the_same_luck_and_within_the_ranges():
    one, again = (made(KNOWN, ranking.rng_of(KNOWN, 3)) for _ in range(2))
    assert (one.levels == again.levels).all()
    assert game().box.holds(one.parameters[None]).all()
    assert KEEN.box.holds(made(KEEN, ranking.rng_of(KEEN, 3)).parameters[None]).all()
    assert [coded.argmax(axis=0).tolist() for coded in one.seen.coded] == one.levels.tolist()


def test_coders_are_right_as_often_as_the_scene_has_it():
    scene = Scene("-", True, says=(0.95,), right=0.8, periods=150)
    world = made(scene, np.random.default_rng(1))
    right = np.mean([c.argmax(axis=0) == one for c, one in zip(world.seen.coded, world.levels, strict=True)])
    assert right == pytest.approx(0.8, abs=0.06)
    for coded in world.seen.coded:
        assert coded.max(axis=0) == pytest.approx(0.95)
        assert coded.sum(axis=0) == pytest.approx(1)


def test_a_driver_is_misread_only_where_the_scene_has_it():
    for misread in (0.0, 0.2):
        world = made(replace(KNOWN, misread=misread), np.random.default_rng(1))
        assert (world.seen.drivers[0, 0] == world.need).all() == (misread == 0)


def test_rows_by_hand():
    below = np.repeat(np.linspace(0.025, 0.975, 20)[:, None], len(QUANTITIES), axis=1)
    width = np.full_like(below, 0.81)
    row = rows(KNOWN, list(np.stack([below, width], axis=1)))[0]
    assert (row.worlds, row.coverage, row.uniform) == (20, 0.9, 1.0)
    assert row.narrowed == pytest.approx(0.81 / (0.9 * 1.8))
    (crowded, *_) = rows(KNOWN, [np.array([np.full(len(QUANTITIES), 0.5), width[0]])] * 60)
    assert crowded.coverage == 1.0
    assert crowded.uniform < 1e-6
    assert BINS == 20


def test_shuffles_by_hand():
    assert shuffle(KEEN, [1.0, 3.0, -1.0, 2.0]) == Shuffle(KEEN.name, 14, 4, 0.75, 1.5)


@pytest.mark.parametrize(
    ("row", "short"),
    [
        (ROW, False),
        (replace(ROW, coverage=0.855), False),  # within one standard error of 87 per cent
        (replace(ROW, coverage=0.85), True),
        (replace(ROW, coverage=0.95), True),
        (replace(ROW, uniform=0.0005), True),
        (replace(ROW, harsh=True, coverage=0.5, uniform=0.0), False),
    ],
)
def test_a_row_falls_short_by_what_was_asked_of_it(row, short):
    assert falls_short(row) is short


def test_every_row_is_kept_and_the_models_own_do_not_fall_short():
    held = read()
    assert [(r.world, r.quantity) for r in held.rows] == [(s.name, q) for s in SCENES for q in QUANTITIES]
    assert [(s.world, s.periods) for s in held.shuffles] == [(s.name, s.periods) for s in LENGTHS]
    assert all(row.worlds >= 300 for row in held.rows)
    assert [row for row in held.rows if falls_short(row)] == []


def test_of_actors_that_care_thirty_periods_tell_whose_aims_are_whose():
    (row,) = [s for s in read().shuffles if (s.world, s.periods) == (KEEN.name, 30)]
    assert row.better >= 0.95


def test_what_is_written_is_read_again_and_shown(tmp_path, monkeypatch):
    path, page = tmp_path / "results.json", tmp_path / "page.md"
    write([ROW, replace(ROW, quantity="P", coverage=0.5, uniform=0.0001, narrowed=None)], read().shuffles, path)
    held = read(path)
    assert held.rows[0] == ROW
    assert held.shuffles == read().shuffles
    shown = tables(held)
    assert "| weight AAA.calm | 300 | 90.0 | 0.500 | 80 |" in shown
    assert "| P | 300 | **50.0** | < 0.001 | – |" in shown
    page.write_text("before\n<!-- table: system -->\n<!-- end -->\nafter\n", encoding="utf-8")
    monkeypatch.setattr("benchmarks.system.results.PAGE", page)
    write_page(held)
    assert page.read_text(encoding="utf-8") == f"before\n<!-- table: system -->\n\n{shown}\n\n<!-- end -->\nafter\n"
    assert PAGE.name == "system-calibration.md"
