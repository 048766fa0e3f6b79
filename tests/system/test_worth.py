"""Much simpler forecasts, by hand on five periods."""

from __future__ import annotations

import numpy as np
import pytest

from tumen.system.fit import Observed
from tumen.system.worth import frequencies, persistence

#: What one agent of three levels did in five periods: twice the first, twice the second, and the first again.
LEVELS = [0, 0, 1, 1, 0]


def seen(*coded: np.ndarray) -> Observed:
    return Observed(coded, np.zeros((0, 1, coded[0].shape[1])))


def test_persistence_is_how_often_it_stayed_so_far():
    """Stays are credited with a half, as leavings are: 1/2, then 1.5/2, 1.5/3 and 2.5/4; leaving has two ways."""
    by_hand = [1 / 2, (1 / 4) / 2, 1 / 2, (1.5 / 4) / 2]
    assert persistence(seen(np.eye(3)[LEVELS].T)) == pytest.approx(np.log(by_hand), abs=1e-12)


def test_frequencies_are_how_often_each_level_came_so_far():
    """Each level is credited with a half."""
    by_hand = [1.5 / 2.5, 0.5 / 3.5, 1.5 / 4.5, 2.5 / 5.5]
    assert frequencies(seen(np.eye(3)[LEVELS].T)) == pytest.approx(np.log(by_hand), abs=1e-12)


def test_what_coders_are_unsure_of_counts_in_part():
    coded = np.array([[0.8, 0.6], [0.2, 0.4]])
    stays, leaves = 0.5 * 0.8 + 0.5 * 0.2, 0.5 * 0.2 + 0.5 * 0.8
    assert persistence(seen(coded)) == pytest.approx([np.log(0.6 * stays + 0.4 * leaves)])
    assert frequencies(seen(coded)) == pytest.approx([np.log(0.6 * 1.3 / 2 + 0.4 * 0.7 / 2)])


def test_where_coders_are_unsure_how_often_it_stayed_is_how_likely_both_agree():
    coded = np.array([[0.8, 0.6, 1.0], [0.2, 0.4, 0.0]])
    stays = (0.8 * 0.6 + 0.2 * 0.4 + 0.5) / 2
    assert persistence(seen(coded))[1] == pytest.approx(np.log(stays * 0.6 + (1 - stays) * 0.4))


@pytest.mark.parametrize("score", [persistence, frequencies])
def test_scores_of_agents_add_up(score):
    one, other = np.eye(3)[LEVELS].T, np.eye(2)[[1, 0, 1, 0, 1]].T
    assert score(seen(one, other)) == pytest.approx(score(seen(one)) + score(seen(other)))


@pytest.mark.parametrize("score", [persistence, frequencies])
def test_forecasts_look_only_at_what_came_before(score):
    one, other = np.eye(3)[LEVELS].T, np.eye(3)[[*LEVELS[:-1], 2]].T
    assert score(seen(one))[:3] == pytest.approx(score(seen(other))[:3])
