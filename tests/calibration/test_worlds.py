"""Every scene makes worlds that its measure can measure, the same each time; what is true of them is computed right."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from benchmarks.calibration.catalogue import BY_KEY, FAMILIES, SCENES, WITHOUT, family_of
from benchmarks.calibration.recording import Recorder
from benchmarks.calibration.scoring import outcome, score
from benchmarks.calibration.trade import autoregressive
from benchmarks.calibration.votes import excess
from benchmarks.calibration.words import _sorted_into, _true_gap
from benchmarks.calibration.worlds import OWN

from tumen.kinds import kinds


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    made = Recorder()
    yield made
    made.close()


def test_every_measure_has_a_row_or_a_reason():
    rows = {scene.measure for scene in SCENES}
    assert rows | set(WITHOUT) == set(kinds(others=False).measures)
    assert not rows & set(WITHOUT)


def test_every_measure_is_tried_on_its_own_worlds_and_on_harsher_ones():
    for measure in {scene.measure for scene in SCENES}:
        mine = [scene for scene in SCENES if scene.measure == measure]
        assert {scene.harsh for scene in mine} == {True, False}, measure
        assert all(scene.harsh != scene.name.startswith(OWN) for scene in mine), measure


def test_no_two_rows_have_one_name():
    assert len(BY_KEY) == len(SCENES)


def test_measures_with_intervals_belong_to_a_family_and_probabilities_to_none():
    assert set(FAMILIES) == {f for s in SCENES if (f := family_of(s.measure))}
    assert all((family_of(scene.measure) is None) == scene.chance for scene in SCENES)


@pytest.mark.parametrize("scene", SCENES, ids=lambda s: f"{s.measure}: {s.name}")
def test_a_world_can_be_measured(scene, recorder):
    tried = [outcome(scene, number, recorder) for number in range(3 if "three words" in scene.name else 1)]
    found = next(o for o in tried if o.draws.size)
    assert np.isfinite(found.draws).all()
    assert np.isfinite(found.truth)


def test_a_world_is_the_same_whatever_was_measured_before(recorder):
    scene = BY_KEY["contact.ratio", OWN]
    again = [outcome(scene, number, recorder) for number in (4, 3, 4)]
    assert np.array_equal(again[0].draws, again[2].draws)
    assert again[0].truth == again[2].truth != again[1].truth


@pytest.mark.parametrize("measure", ["contact.ratio", "agreement.dyad", "dependence.asymmetry"])
def test_in_a_few_own_worlds_most_intervals_hold_the_truth(measure, recorder):
    scene = BY_KEY[measure, OWN]
    row = score(scene, [outcome(scene, number, recorder) for number in range(20)])
    assert row.coverage is not None
    assert row.coverage >= 0.7


def test_pairs_alone_leave_no_excess_and_a_triangle_does():
    rng = np.random.default_rng(1)
    pairs = np.exp(rng.normal(size=(3, 3, 1, 1)) + rng.normal(size=(1, 3, 3, 1)) + rng.normal(size=(3, 1, 1, 3)))
    assert excess(pairs / pairs.sum()) == pytest.approx(0.0, abs=1e-9)
    pairs[1, 1, 1] *= 5
    assert excess(pairs / pairs.sum()) > 0.001


def test_the_true_gap_is_that_of_many_words_and_deeds():
    rng = np.random.default_rng(1)
    words = np.array([_sorted_into(x, 0) / 2 for x in rng.normal(0.7, 1, 40_000)])
    deeds = np.array([_sorted_into(x, 1) for x in rng.normal(-0.3, 1, 40_000)])
    pooled = ((words.var() + deeds.var()) / 2) ** 0.5
    assert _true_gap([0.7, -0.3], 1.0, 1.0) == pytest.approx((words.mean() - deeds.mean()) / pooled, abs=0.03)


def test_a_memory_of_six_tenths_is_one():
    series = autoregressive(50_000, 0.6, np.random.default_rng(1))
    assert np.corrcoef(series[1:], series[:-1])[0, 1] == pytest.approx(0.6, abs=0.02)
    assert series.std() == pytest.approx(1.0, abs=0.02)
