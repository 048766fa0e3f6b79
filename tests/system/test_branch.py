"""The principal branch where it turns, where another crosses it or passes near, and where it is lost."""

from __future__ import annotations

import numpy as np
import pytest

from tests.system.games import in_a_row, random_payoffs, two_by_two
from tumen.system import branch, solver
from tumen.system.branch import follow
from tumen.system.game import Payoffs
from tumen.system.solver import solve

#: A game whose branch turns, and passes another so near that long steps leapt to it; and Gambit's answer (pygambit
#: 16.7.0, logit_solve_lambda at precision 1, first_step 0.001, max_accel 1.01).
OWN = (np.array([[6.342], [2.342], [7.685]]), np.array([[14.341], [15.179], [5.367]]))
FIRST = [[-19.28, -14.51, 18.391], [0.797, -1.847, -19.828], [14.767, -19.081, 16.591]]
SECOND = [[19.481, 15.612, 19.196], [-17.559, 17.316, 5.851], [-16.303, -12.123, -0.919]]
GAMBIT = ([1.7283387737e-04, 0.99982031555929, 6.85056e-06], [0.0, 0.99999999942361, 5.76386e-10])

#: How exactly a branch is asked to be an equilibrium.
EXACT = 1e-12


def leaping() -> Payoffs:
    return in_a_row(Payoffs(tuple(one[:, None] for one in OWN), two_by_two(FIRST, SECOND, 1).shared))


def test_a_branch_that_passes_another_near_keeps_its_own():
    found, turned = follow(leaping())
    for mine, theirs in zip(found, GAMBIT, strict=True):
        assert mine[:, 0] == pytest.approx(theirs, abs=1e-10)
    assert turned.tolist() == [True]


@pytest.mark.parametrize("precision", [3, 10, 30])
def test_a_branch_that_another_crosses_goes_straight_on(precision):
    """Chicken: at some precision one of two may give way to the other; the branch on which they are alike goes on."""
    found, turned = follow(in_a_row(two_by_two([[0, 5], [1, 2]], [[0, 1], [5, 2]], precision)))
    assert found[0] == pytest.approx(found[1], abs=1e-6)
    first = float(found[0][0, 0])
    gain = precision * (0 * first + 5 * (1 - first) - 1 * first - 2 * (1 - first))
    assert first == pytest.approx(1 / (1 + np.exp(-gain)), abs=1e-9)
    assert not turned.any()


def test_a_game_without_stakes_stays_even():
    found, turned = follow(in_a_row(random_payoffs((2, 3), 0.0, 2, 1)))
    assert found[1] == pytest.approx(1 / 3)
    assert not turned.any()


def test_a_branch_that_is_given_up_gives_no_numbers(monkeypatch):
    monkeypatch.setattr(branch, "_STEPS", 5)
    found, turned = follow(leaping())
    assert all(np.isnan(one).all() for one in found)
    assert turned.all()


def test_where_a_branch_is_lost_the_solver_counts_it_and_says_how_far_it_is_from_exact(monkeypatch):
    payoffs = Payoffs(tuple(one[:, :, None] for one in OWN), two_by_two(FIRST, SECOND, 1).shared)
    monkeypatch.setattr(branch, "_STEPS", 5)
    solved = solve(payoffs)
    gap = solver._gap(in_a_row(payoffs), [one[:, :, 0] for one in solved.chances])
    assert all(np.isfinite(one).all() for one in solved.chances)
    assert solved.turned.all()
    assert float(gap.max()) <= solved.residual + EXACT


def test_one_lost_branch_leaves_the_others_of_a_batch_alone(monkeypatch):
    payoffs = random_payoffs((3, 3), 20.0, 300, 5)
    whole = solve(payoffs)
    assert 0 < whole.turned.sum() < 30
    monkeypatch.setattr(branch, "_STEPS", 5)
    again = solve(payoffs)
    settled = ~again.turned[:, 0]
    for mine, theirs in zip(again.chances, whole.chances, strict=True):
        assert np.isfinite(mine).all()
        assert mine[:, settled] == pytest.approx(theirs[:, settled], abs=1e-9)
