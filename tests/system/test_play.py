"""Futures: luck, levels set, drivers that are moves, and what each level pays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.system.games import game
from tumen.measure.arrays import Floats
from tumen.system.fit import Observed
from tumen.system.game import Game
from tumen.system.play import Outlook, Played, play, starts

EFFECTS = [
    ("AAA.calm", {"AAA.help": "high", "BBB.lean": "mid"}, (0.2, 1.0), None),
    ("AAA.cost", {"AAA.help": "high"}, (-0.6, -0.1), "need"),
    ("BBB.gain", {"BBB.lean": "mid", "AAA.help": "high"}, (0.3, 0.9), None),
    ("BBB.pride", {"BBB.lean": "mid"}, (-0.6, -0.1), None),
    ("CCC.ease", {"CCC.press": "mid"}, (-0.9, 0.9), "need"),
]
IT = game(
    {"AAA.help": 3, "BBB.lean": 2, "CCC.press": 2}, EFFECTS, weight=(0.2, 2.0), habit=(0.0, 1.5), precision=(0.5, 4.0)
)
DRAWS, PERIODS = 200, 4


def drawn(it: Game = IT, draws: int = DRAWS) -> Floats:
    return it.box.at(np.random.default_rng(1).random((draws, it.size)))


def needs(*values: float) -> Floats:
    return np.array(values or (0.5,) * PERIODS)[None, None]


def played(outlook: Outlook, seed: int = 2, reckoned: bool = False) -> Played:
    rng = np.random.default_rng(seed)
    start = np.array([rng.integers(k, size=DRAWS) for k in IT.levels])
    return play(IT, drawn(), start, outlook, rng.random((3, DRAWS, outlook.periods)), reckoned)


def test_probabilities_sum_to_one_and_levels_are_drawn_from_them():
    found = played(Outlook(needs()))
    for agent, k in enumerate(IT.levels):
        assert found.chances[agent].shape == (k, DRAWS, PERIODS)
        assert found.chances[agent].sum(axis=0) == pytest.approx(1, abs=1e-12)
        shares = [(found.levels[agent] == level).mean() for level in range(k)]
        assert shares == pytest.approx(found.chances[agent].mean(axis=(1, 2)), abs=0.07)


def test_the_same_luck_gives_the_same_future():
    one, again, other = played(Outlook(needs())), played(Outlook(needs())), played(Outlook(needs()), seed=3)
    assert (one.levels == again.levels).all()
    assert (one.levels != other.levels).any()


def test_until_something_is_set_futures_are_the_same():
    one, other = played(Outlook(needs())), played(Outlook(needs(), forced={0: {2: 0, 3: 0}}))
    assert (one.levels[:, :, :2] == other.levels[:, :, :2]).all()
    assert (other.levels[0, :, 2:] == 0).all()
    assert (one.levels[1, :, 2:] != other.levels[1, :, 2:]).any()


def test_what_is_set_does_not_reach_those_who_reckon_with_nobody():
    one, other = played(Outlook(needs())), played(Outlook(needs(), forced={0: dict.fromkeys(range(PERIODS), 0)}))
    assert (one.levels[2] == other.levels[2]).all()
    assert (one.chances[2] == other.chances[2]).all()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2), st.integers(0, 1))
def test_a_forced_agent_does_what_it_is_forced_to_with_certainty(agent, level):
    found = played(Outlook(needs(), forced={agent: {1: level}}))
    assert (found.levels[agent, :, 1] == level).all()
    assert (found.chances[agent][level, :, 1] == 1).all()


def test_a_driver_moves_only_those_whose_aims_go_with_it():
    one, other = played(Outlook(needs(0.5))), played(Outlook(needs(0.9)))
    assert (one.chances[2] != other.chances[2]).any()
    without = game({"BBB.lean": 2}, [("BBB.pride", {"BBB.lean": "mid"}, -0.5, None)])
    start, luck = np.zeros((1, 3), dtype=np.int64), np.full((1, 3, 1), 0.5)
    low, high = (play(without, without.box.low[None].repeat(3, 0), start, Outlook(needs(v)), luck) for v in (0.0, 1.0))
    assert (low.chances[0] == high.chances[0]).all()


def test_drivers_may_differ_by_draw():
    each = np.random.default_rng(5).random((1, DRAWS, 1))
    whole = played(Outlook(each))
    for n in (0, 7):
        assert played(Outlook(each[:, n : n + 1])).chances[2][:, n] == pytest.approx(whole.chances[2][:, n], abs=1e-12)


def test_a_driver_that_is_a_move_of_the_period_before_follows_what_was_played():
    """CCC reckons with what BBB did last; its log-odds are precision × value × that driver."""
    it = game({"BBB.lean": 2, "CCC.press": 2}, [("CCC.ease", {"CCC.press": "mid"}, 0.8, "need")], precision=2.0)
    start, rng = np.array([[0, 1, 0, 1], [0, 0, 0, 0]]), np.random.default_rng(1)
    outlook = Outlook(np.zeros((1, 1, 3)), driven={0: (0, np.array([0.25, 1.0]))})
    found = play(it, it.box.low[None].repeat(4, axis=0), start, outlook, rng.random((2, 4, 3)))
    before = np.concatenate([start[:1], found.levels[0, :, :-1].T]).T
    by_hand = 1 / (1 + np.exp(-2.0 * 0.8 * np.where(before == 1, 1.0, 0.25)))
    assert found.chances[1][1] == pytest.approx(by_hand, abs=1e-12)
    assert (outlook.drivers == 0).all()


def test_what_aims_pay_explains_the_choice():
    """Log-odds of an agent's levels are the differences between the sums of what they pay for its aims."""
    found = played(Outlook(needs()), reckoned=True)
    for agent, pays in enumerate(found.pays):
        total = np.sum(list(pays.values()), axis=0)
        odds = np.log(found.chances[agent])
        assert odds - odds[:1] == pytest.approx(total - total[:1], abs=1e-6)
    assert set(found.pays[0]) == {"AAA.habit", "AAA.calm", "AAA.cost"}


def test_nothing_is_reckoned_unless_asked_for():
    assert played(Outlook(needs())).pays == ({}, {}, {})


def test_futures_start_from_the_last_period_as_coders_put_it():
    coded = (np.array([[1.0, 0.2], [0.0, 0.8]]), np.array([[0.5, 0.0], [0.5, 1.0]]))
    found = starts(Observed(coded, np.zeros((0, 1, 2))), 5000, np.random.default_rng(1))
    assert (found[0] == 1).mean() == pytest.approx(0.8, abs=0.03)
    assert (found[1] == 1).all()
