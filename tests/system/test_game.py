"""What a declared system pays, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.system.games import game, point, still, system
from tumen.system.game import Context, Ranges, forced, game_of, payoffs_of
from tumen.system.solver import solve

TWO = {"AAA.help": 3, "BBB.lean": 2}
HELP, LEAN = "AAA.help", "BBB.lean"

#: Of each kind of effect one: alone, with another's move, with a driver, with one minus it, and one that is idle.
EFFECTS = (
    ("AAA.calm", {HELP: "high"}, 0.5, None),
    ("AAA.calm", {HELP: "high", LEAN: "mid"}, -0.25, None),
    ("AAA.cost", {HELP: "mid"}, -1.0, "need"),
    ("BBB.gain", {LEAN: "mid"}, 0.8, "1 - need"),
    ("BBB.gain", {HELP: "high"}, 1.0, None),
)


def test_a_box_goes_from_the_low_end_to_the_high_one():
    box = Ranges(("a", "b"), np.array([0.0, -1.0]), np.array([2.0, 1.0]))
    assert box.at(np.array([[0.0, 0.0], [0.5, 0.25], [1.0, 1.0]])).tolist() == [[0, -1], [1, -0.5], [2, 1]]
    assert box.holds(np.array([[0.0, 1.0], [2.1, 0.0], [1.0, -1.1]])).tolist() == [True, False, False]
    assert box.place("b") == 1
    narrower = box.with_ranges({"b": (0.0, 0.5)})
    assert (narrower.low.tolist(), narrower.high.tolist()) == ([0, 0], [2, 0.5])
    assert box.low.tolist() == [0, -1]


def test_payoffs_are_products_of_precision_weight_value_and_driver():
    it = game(TWO, EFFECTS, weight=2.0, precision=3.0)
    pays = payoffs_of(it, point(it), still(it, [0.25]))
    assert pays.own[0][:, 0, 0].tolist() == pytest.approx([0, 3 * 2 * -1 * 0.25, 3 * 2 * 0.5])
    assert pays.own[1][:, 0, 0].tolist() == pytest.approx([0, 3 * 2 * 0.8 * 0.75])
    (shared,) = pays.shared
    assert (shared.agent, shared.level, shared.other, shared.other_level) == (0, 2, 1, 1)
    assert shared.pay[0, 0] == pytest.approx(3 * 2 * -0.25)


def test_habit_pays_the_level_of_the_period_before():
    it = game(TWO, habit=1.5, precision=2.0)
    pays = payoffs_of(it, point(it), still(it, last=[2, 0]))
    assert pays.own[0][:, 0, 0].tolist() == [0, 0, 3]
    assert pays.own[1][:, 0, 0].tolist() == [3, 0]


def test_where_the_last_level_is_uncertain_habit_pays_by_its_probability():
    it = game({HELP: 2}, habit=1.0)
    pays = payoffs_of(it, point(it), Context(np.zeros((0, 1, 1)), (np.array([0.7, 0.3])[:, None, None],)))
    assert pays.own[0][:, 0, 0].tolist() == [0.7, 0.3]


def test_an_effect_on_which_no_choice_of_its_actor_bears_moves_nothing():
    it = game(TWO, EFFECTS)
    counted = {factor for term in it.terms for factor in term.factors}
    idle = [n for n in range(len(EFFECTS)) if it.box.place(f"effect {n}") not in counted]
    assert [EFFECTS[n][0] for n in idle] == ["BBB.gain"]


def test_an_effect_with_two_moves_of_one_actor_counts_for_both():
    it = game({"AAA.help": 2, "AAA.talk": 2}, [("AAA.calm", {"AAA.help": "mid", "AAA.talk": "low"}, 1.0, None)])
    assert [(t.agent, t.level, t.other, t.other_level) for t in it.terms] == [(0, 1, 1, 0), (1, 0, 0, 1)]


def test_effects_of_the_same_levels_add_up():
    same = {HELP: "high", LEAN: "mid"}
    it = game(TWO, [("AAA.calm", same, 0.5, None), ("AAA.cost", same, -0.2, None)])
    (shared,) = payoffs_of(it, point(it), still(it)).shared
    assert shared.pay[0, 0] == pytest.approx(0.3)


def test_alone_nobody_reckons_with_the_others():
    it = game(TWO, EFFECTS).alone()
    assert payoffs_of(it, point(it), still(it, [0.5])).shared == ()
    assert len(it.terms) == 3


@given(st.floats(0, 1))
def test_an_effect_times_one_minus_a_driver_is_that_of_the_driver_turned_round(driver):
    one, other = (game({LEAN: 2}, [("BBB.gain", {LEAN: "mid"}, 0.7, t)]) for t in ("need", "1 - need"))
    first = payoffs_of(one, point(one), still(one, [driver])).own[0]
    second = payoffs_of(other, point(other), still(other, [1 - driver])).own[0]
    assert first == pytest.approx(second, abs=1e-15)


@given(st.floats(0.1, 10), st.integers(0, 1000))
def test_weights_times_c_and_precision_by_c_change_nothing(c, seed):
    it = game(TWO, EFFECTS, weight=(0.2, 2), habit=(0, 1), precision=(0.5, 4))
    drawn = it.box.at(np.random.default_rng(seed).random((3, it.size)))
    scaled = drawn.copy()
    for n, name in enumerate(it.box.names):
        kind = name.split()[0]
        if name.split()[1][:3] == "AAA" and kind != "effect":
            scaled[:, n] *= 1 / c if kind == "precision" else c
    one, other = (payoffs_of(it, p, still(it, [0.3])) for p in (drawn, scaled))
    for mine, theirs in zip(one.own, other.own, strict=True):
        assert mine == pytest.approx(theirs, rel=1e-12)
    assert one.shared[0].pay == pytest.approx(other.shared[0].pay, rel=1e-12)


@given(st.permutations(range(len(EFFECTS))), st.permutations(list(TWO)), st.integers(0, 1000))
def test_the_order_of_moves_aims_and_effects_changes_nothing(order, moves, seed):
    ranges = {"weight": (0.2, 2), "habit": (0, 1), "precision": (0.5, 4)}
    it = game(TWO, EFFECTS, **ranges)
    declared = system({m: TWO[m] for m in moves}, [EFFECTS[n] for n in order], **ranges)
    other = game_of(replace(declared, aims=declared.aims[::-1]))
    drawn = it.box.at(np.random.default_rng(seed).random((2, it.size)))
    same = np.empty_like(drawn)
    for n, name in enumerate(other.box.names):
        kind, what = name.split()
        same[:, n] = drawn[:, it.box.place(f"effect {order[int(what)]}" if kind == "effect" else name)]
    mine = solve(payoffs_of(it, drawn, still(it, [0.3]))).chances
    theirs = solve(payoffs_of(other, same, still(other, [0.3]))).chances
    for agent, name in enumerate(it.agents):
        assert mine[agent] == pytest.approx(theirs[other.agents.index(name)], abs=1e-12)


def test_with_the_forced_level_of_another_pays_become_an_agents_own():
    it = game(TWO, EFFECTS)
    pays = payoffs_of(it, point(it), still(it, [0.5]))
    met, missed = forced(pays, {1: 1}), forced(pays, {1: 0})
    assert met.own[0][2, 0, 0] == pytest.approx(0.5 - 0.25)
    assert missed.own[0][2, 0, 0] == pytest.approx(0.5)
    assert met.shared == missed.shared == ()
    assert pays.own[0][2, 0, 0] == pytest.approx(0.5)


def test_a_forced_agent_reckons_with_nobody():
    it = game(TWO, EFFECTS)
    pays = forced(payoffs_of(it, point(it), still(it, [0.5])), {0: 2})
    assert pays.shared == ()
    assert not pays.own[0].any()
