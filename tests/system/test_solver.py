"""Equilibria against closed forms, against the branch followed step by step, and what must not change them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from tests.system.games import game, in_a_row, point, random_payoffs, still, two_by_two
from tumen.system.branch import follow
from tumen.system.game import Payoffs, Shared, forced, payoffs_of
from tumen.system.solver import draws_together, in_line, one_only, solve


def logistic(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))


def test_a_single_agent_chooses_by_the_logit_of_its_pays():
    pays = np.array([0.3, -1.0, 2.0])
    solved = solve(Payoffs((pays[:, None, None],), ()))
    assert solved.chances[0][:, 0, 0] == pytest.approx(np.exp(pays) / np.exp(pays).sum(), abs=1e-15)
    assert solved.residual == 0


@pytest.mark.parametrize("precision", [0.5, 2.0, 6.0])
def test_a_two_by_two_game_meets_its_closed_form(precision):
    """Asymmetric matching pennies: one equation in one unknown."""
    solved = solve(two_by_two([[4, 0], [0, 1]], [[0, 1], [1, 0]], precision))

    def off(p: float) -> float:
        q = logistic(precision * (1 - 2 * p))
        return p - logistic(precision * (4 * q - (1 - q)))

    p = brentq(off, 0, 1, xtol=1e-14)
    assert solved.chances[0][0, 0, 0] == pytest.approx(p, abs=1e-9)
    assert solved.chances[1][0, 0, 0] == pytest.approx(logistic(precision * (1 - 2 * p)), abs=1e-9)


@pytest.mark.parametrize("precision", [0.5, 1.0, 3.0])
def test_a_prisoners_dilemma_has_the_logit_of_what_defecting_gains(precision):
    """Defecting gains one whatever the other does."""
    solved = solve(two_by_two([[2, 0], [3, 1]], [[2, 3], [0, 1]], precision))
    for one in solved.chances:
        assert one[1, 0, 0] == pytest.approx(logistic(precision), abs=1e-12)


@pytest.mark.parametrize("precision", [1, 5, 30])
def test_of_a_game_that_favours_neither_side_the_branch_stays_in_the_middle(precision):
    for table in ([[1, 0], [0, 1]], np.eye(3).tolist(), [[0, 3], [1, 2]]):
        solved = solve(two_by_two(table, np.transpose(table).tolist(), precision))
        assert solved.chances[0] == pytest.approx(1 / len(table), abs=1e-9)


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from([(2, 2), (3, 2), (2, 3, 2), (3, 3, 3), (2, 2, 2, 2)]),
    st.sampled_from([0.5, 2.0, 6.0, 20.0]),
    st.integers(0, 10_000),
)
def test_it_ends_where_the_branch_followed_step_by_step_ends(levels, size, seed):
    payoffs = random_payoffs(levels, size, 5, seed)
    solved = solve(payoffs)
    found, _ = follow(in_a_row(payoffs))
    for mine, theirs in zip(solved.chances, found, strict=True):
        assert mine[:, :, 0] == pytest.approx(theirs, abs=1e-8)
        assert mine.sum(axis=0) == pytest.approx(1, abs=1e-12)
        assert (mine >= 0).all()
    assert solved.residual < 1e-9


def test_every_agent_answers_what_the_others_do():
    payoffs = random_payoffs((3, 2, 3), 3.0, 50, 1)
    chances = solve(payoffs).chances
    for agent, own in enumerate(payoffs.own):
        pays = own.copy()
        for one in payoffs.shared:
            if one.agent == agent:
                pays[one.level] += one.pay * chances[one.other][one.other_level]
        answer = np.exp(pays) / np.exp(pays).sum(axis=0)
        assert chances[agent] == pytest.approx(answer, abs=1e-9)


def test_branches_that_turn_back_are_counted():
    solved = solve(random_payoffs((3, 3, 3, 3), 10.0, 300, 3))
    assert 0 < solved.turned.sum() < 30
    assert solved.residual < 1e-9


def test_two_groups_that_bear_not_on_each_other_answer_together_as_apart():
    one, other = random_payoffs((3, 2), 3.0, 40, 1), random_payoffs((2, 3), 3.0, 40, 2)
    moved = tuple(Shared(s.agent + 2, s.level, s.other + 2, s.other_level, s.pay) for s in other.shared)
    together = solve(Payoffs(one.own + other.own, one.shared + moved)).chances
    apart = solve(one).chances + solve(other).chances
    for mine, theirs in zip(together, apart, strict=True):
        assert mine == pytest.approx(theirs, abs=1e-9)


def test_an_agent_with_whom_nobody_reckons_changes_no_other():
    payoffs = random_payoffs((3, 3), 3.0, 40, 4)
    without = tuple(s for s in payoffs.shared if s.agent == 0)
    assert in_line(payoffs) is None
    assert in_line(Payoffs(payoffs.own, without)) == [1, 0]
    chances = solve(Payoffs(payoffs.own, without)).chances
    assert chances[1] == pytest.approx(solve(Payoffs(payoffs.own[1:], ())).chances[0], abs=1e-15)


@pytest.mark.parametrize("size", [0.5, 3.0])
def test_agents_in_a_line_answer_as_the_branch_does(size):
    payoffs = random_payoffs((2, 3, 3), size, 20, 5)
    line = Payoffs(payoffs.own, tuple(s for s in payoffs.shared if s.agent > s.other))
    found, _ = follow(in_a_row(line))
    for mine, theirs in zip(solve(line).chances, found, strict=True):
        assert mine[:, :, 0] == pytest.approx(theirs, abs=1e-9)


BOTH = {"AAA.help": 3, "BBB.lean": 2}
MUTUAL = [
    ("AAA.calm", {"AAA.help": "high", "BBB.lean": "mid"}, 1.0, None),
    ("BBB.gain", {"BBB.lean": "mid", "AAA.help": "high"}, 0.8, None),
    ("BBB.pride", {"BBB.lean": "mid"}, -0.5, None),
]


@pytest.mark.parametrize("more", [{"precision": 0.0}, {"weight": 0.0}])
def test_without_precision_or_weights_all_is_evenly_likely(more):
    it = game(BOTH, MUTUAL, **more)
    chances = solve(payoffs_of(it, point(it), still(it))).chances
    assert chances[0][:, 0, 0] == pytest.approx([1 / 3] * 3, abs=1e-15)
    assert chances[1][:, 0, 0] == pytest.approx([1 / 2] * 2, abs=1e-15)


def test_under_a_strong_habit_nothing_else_matters():
    it = game(BOTH, MUTUAL, habit=20.0, precision=4.0)
    chances = solve(payoffs_of(it, point(it), still(it, last=[1, 0]))).chances
    assert chances[0][1, 0, 0] == pytest.approx(1, abs=1e-12)
    assert chances[1][0, 0, 0] == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("size", [1e3, 1e6])
def test_enormous_payoffs_give_probabilities_all_the_same(size):
    own = np.array([size, 0.0, -size])[:, None, None]
    assert solve(Payoffs((own,), ())).chances[0][:, 0, 0].tolist() == [1, 0, 0]


def test_others_reckon_with_a_forced_level():
    it = game(BOTH, MUTUAL, precision=2.0)
    pays = payoffs_of(it, point(it), still(it))
    chances = solve(forced(pays, {0: 2})).chances
    assert chances[1][1, 0, 0] == pytest.approx(logistic(2 * (0.8 - 0.5)), abs=1e-12)
    chances = solve(forced(pays, {0: 0})).chances
    assert chances[1][1, 0, 0] == pytest.approx(logistic(2 * -0.5), abs=1e-12)


def test_to_force_what_is_certain_changes_nothing():
    sure = [*MUTUAL, ("AAA.will", {"AAA.help": "high"}, 1.0, None)]
    it = game(BOTH, sure, weight=20.0, precision=10.0)
    pays = payoffs_of(it, point(it), still(it))
    free, held = solve(pays), solve(forced(pays, {0: 2}))
    assert free.chances[0][2, 0, 0] == pytest.approx(1, abs=1e-12)
    assert held.chances[1] == pytest.approx(free.chances[1], abs=1e-9)


def test_parts_are_joined_draw_after_draw():
    payoffs = random_payoffs((3, 3, 3, 3), 10.0, 300, 3)
    parts = [
        Payoffs(
            tuple(one[:, of] for one in payoffs.own),
            tuple(Shared(s.agent, s.level, s.other, s.other_level, s.pay[of]) for s in payoffs.shared),
        )
        for of in (slice(0, 200), slice(200, 300))
    ]
    whole, found = solve(payoffs), draws_together([solve(part) for part in parts])
    for mine, theirs in zip(found.chances, whole.chances, strict=True):
        assert mine == pytest.approx(theirs, abs=1e-9)
    assert (found.turned == whole.turned).all()
    assert found.residual < 1e-9


@pytest.mark.parametrize("lead", [0.0, 5.0, 60.0])
def test_games_that_are_sure_to_have_one_equilibrium_never_turn_back(lead: float) -> None:
    payoffs = random_payoffs((3, 3, 3), 3.0 if lead else 0.2, 300, 8)
    for own in payoffs.own:
        own[0] += lead
    flat = Payoffs(
        tuple(one.reshape(3, -1) for one in payoffs.own),
        tuple(Shared(s.agent, s.level, s.other, s.other_level, s.pay.reshape(-1)) for s in payoffs.shared),
    )
    sure = one_only(flat)
    assert sure.all() == (lead != 5.0)
    found, turned = follow(flat)
    assert not turned[sure].any()
    for mine, theirs in zip(solve(payoffs).chances, found, strict=True):
        assert mine.reshape(3, -1)[:, sure] == pytest.approx(theirs[:, sure], abs=1e-9)


def test_games_that_are_not_followed_count_as_turned() -> None:
    payoffs = random_payoffs((3, 3, 3, 3), 10.0, 300, 3)
    every, few, none = (int(solve(payoffs, followed=most).turned.sum()) for most in (10**9, 20, 0))
    assert every < few < none
