"""The shape of three relations, for the eight triangles there are."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import many
from tumen.triangle.dyads import TRIANGLE_TYPES, balanced, dyads_of, friendly, pivot, probabilities, shape_of

ACTORS = ("A", "B", "C")


@pytest.mark.parametrize("signs", list(product([True, False], repeat=3)))
def test_each_triangle_has_its_type_pivot_and_balance(signs):
    closeness = np.where(signs, 0.8, 0.2)
    friends = [set(pair) for pair, sign in zip(dyads_of(ACTORS), signs, strict=True) if sign]
    assert (
        TRIANGLE_TYPES[int(friendly(closeness, 0.5))]
        == {
            3: "ménage à trois",
            2: "romantic triangle",
            1: "stable marriage",
            0: "unit veto",
        }[len(friends)]
    )
    # Balanced: the product of the signs is positive.
    assert bool(balanced(closeness, 0.5)) == (np.prod([1 if s else -1 for s in signs]) > 0)
    turned = int(pivot(closeness, 0.5))
    if len(friends) == 2:
        assert ACTORS[turned] in friends[0] & friends[1]
    elif len(friends) == 1:
        assert ACTORS[turned] not in friends[0]
    else:
        assert turned == -1


def test_probabilities_are_shares_of_draws_in_words():
    draws = np.array([[0.9, 0.7, 0.2]] * 3 + [[0.7, 0.9, 0.6]])
    assert probabilities(draws, 0.5, ACTORS) == {
        "type": {"romantic triangle, pivot A": 0.75, "ménage à trois": 0.25},
        "balance": {"unbalanced": 0.75, "balanced": 0.25},
        "order": {"A–B > A–C > B–C": 0.75, "A–C > A–B > B–C": 0.25},
    }


@many
@given(close=st.lists(st.integers(0, 100), min_size=3, max_size=3, unique=True), turn=st.permutations(range(3)))
def test_other_names_for_the_three_permute_the_answer(close, turn):
    by_pair = dict(zip(map(frozenset, dyads_of(ACTORS)), np.array(close) / 100 + 1e-3, strict=True))
    other = dict(zip(ACTORS, (ACTORS[n] for n in turn), strict=True))  # what was called A is now called other["A"]
    renamed = {frozenset(other[a] for a in pair): value for pair, value in by_pair.items()}
    here, there = (np.array([[found[frozenset(p)] for p in dyads_of(ACTORS)]]) for found in (by_pair, renamed))
    assert friendly(here, 0.5) == friendly(there, 0.5)
    assert balanced(here, 0.5) == balanced(there, 0.5)
    apart = int(pivot(here, 0.5)[0])
    assert int(pivot(there, 0.5)[0]) == (ACTORS.index(other[ACTORS[apart]]) if apart >= 0 else -1)
    closest = {frozenset(dyads_of(ACTORS)[int(np.argmax(c))]) for c in (there,)}
    assert closest == {frozenset(other[a] for a in dyads_of(ACTORS)[int(np.argmax(here))])}


unequal = st.lists(st.integers(0, 100), min_size=3, max_size=3, unique=True)


@many
@given(one=unequal, other=unequal)
def test_the_shape_is_the_same_exactly_where_signs_and_order_are(one, other):
    here, there = np.array(one) / 100 + 1e-3, np.array(other) / 100 + 1e-3
    same = bool((shape_of(here, 0.5) == shape_of(there, 0.5)).all())
    alike = ((here > 0.5) == (there > 0.5)).all() and (np.argsort(here) == np.argsort(there)).all()
    assert same == alike
