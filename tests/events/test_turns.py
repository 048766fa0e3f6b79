"""How many answers that follow their like say as much as one that is given on its own."""

import itertools

import numpy as np
import pytest

from tumen.events.turns import LEAST_TURNS, Turns, in_a_row, turns_of


@pytest.mark.parametrize(("ones", "others"), [(1, 1), (1, 4), (3, 3), (4, 2)])
def test_the_turns_expected_are_the_mean_of_all_orders(ones, others):
    orders = set(itertools.permutations([True] * ones + [False] * others))
    mean = np.mean([turns_of(order).turns for order in orders])
    assert Turns(ones + others, ones, 0).expected == pytest.approx(mean)


def test_answers_of_one_kind_or_none_expect_no_turn():
    assert Turns(5, 5, 0).expected == Turns(5, 0, 0).expected == Turns(0, 0, 0).expected == 0


def test_answers_of_a_markov_chain_are_worth_their_effective_number():
    # One that stays with probability 4/5 has a correlation of 2 * 4/5 - 1 = 3/5: (1 + 3/5) / (1 - 3/5) = 4.
    rng = np.random.default_rng(1)
    stays = rng.random(40_000) < 0.8
    answers = np.cumsum(~stays) % 2 == 0
    assert in_a_row([turns_of(answers.tolist())]) == pytest.approx(4.0, rel=0.05)
    assert in_a_row([turns_of((rng.random(40_000) < 0.3).tolist())]) == pytest.approx(1.0, abs=0.05)


def test_sequences_count_together_each_about_its_own_share():
    # Two halves, each of one kind but for its last: between them nothing turns.
    first, second = turns_of([True] * 19 + [False]), turns_of([False] * 19 + [True])
    assert in_a_row([first, second, first]) == pytest.approx((2 * 5.7 - 3) / 3)
    assert in_a_row([turns_of([True] * 20), turns_of([False] * 20)]) == 1.0, "which says nothing"


def test_few_turns_say_nothing():
    assert in_a_row([Turns(10, 5, 1)]) > 1, f"{LEAST_TURNS} expected"
    assert in_a_row([Turns(9, 5, 1)]) == 1.0
    assert in_a_row([]) == 1.0


def test_answers_by_turns_are_worth_no_more_than_their_number():
    assert in_a_row([turns_of([True, False] * 10)]) == 1.0
