"""P(claim): a number where the draws are of the estimand, a range where they only bound it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judge.estimates import evenly
from tests.measure.worlds import many
from tumen.case.model import Region
from tumen.judge.chance import Chance, chance_in, weighed
from tumen.measure.estimate import Bound

BOTH: frozenset[Bound] = frozenset({"lower", "upper"})
LOWER: frozenset[Bound] = frozenset({"lower"})
UPPER: frozenset[Bound] = frozenset({"upper"})
WITHIN, OUTSIDE = Region(within=(0.2, 0.6)), Region(outside=(0.2, 0.6))


@pytest.mark.parametrize(
    ("region", "share"),
    [(Region(above=0.75), 0.25), (Region(below=0.75), 0.75), (WITHIN, 0.4), (OUTSIDE, 0.6)],
)
def test_without_bounds_it_is_the_share_of_draws_in_the_region(region, share):
    chance = chance_in(evenly(), frozenset(), region)
    assert chance.low == chance.share == chance.high
    assert chance.probability == pytest.approx(share)


@pytest.mark.parametrize(
    ("bounds", "region", "low", "high"),
    [
        # The estimand is at least the draws: it is above a bound as often as they are, or more.
        (LOWER, Region(above=0.75), 0.25, 1.0),
        (LOWER, Region(below=0.75), 0.0, 0.75),
        # It is at most the draws.
        (UPPER, Region(above=0.75), 0.0, 0.25),
        (UPPER, Region(below=0.75), 0.75, 1.0),
        # Either: nothing is known. And a band can be passed through.
        (BOTH, Region(above=0.75), 0.0, 1.0),
        (BOTH, Region(below=0.75), 0.0, 1.0),
        (LOWER, WITHIN, 0.0, 1.0),
        (UPPER, OUTSIDE, 0.0, 1.0),
    ],
)
def test_draws_that_bound_the_estimand_give_a_range(bounds, region, low, high):
    chance = chance_in(evenly(), bounds, region)
    assert [chance.low, chance.high] == pytest.approx([low, high])
    assert chance.probability is None
    assert chance.words is None


def test_the_bound_itself_is_neither_above_nor_below_but_within():
    draws = np.array([0.5, 0.5])
    assert chance_in(draws, frozenset(), Region(above=0.5)).share == 0
    assert chance_in(draws, frozenset(), Region(below=0.5)).share == 0
    assert chance_in(draws, frozenset(), Region(within=(0.5, 0.6))).share == 1
    assert chance_in(draws, frozenset(), Region(outside=(0.5, 0.6))).share == 0


@pytest.mark.parametrize(
    ("chance", "outcome"),
    [
        (Chance(0.9, 0.9, 0.9), "supported"),
        (Chance(0.1, 0.1, 0.1), "contradicted"),
        (Chance(0.5, 0.5, 0.5), "undetermined"),
        (Chance(0.9, 0.9, 1.0), "supported"),
        (Chance(0.9, 0.0, 0.9), "undetermined"),
        (Chance(0.1, 0.0, 0.1), "contradicted"),
        (Chance(0.1, 0.1, 1.0), "undetermined"),
        (Chance(1.0, 0.0, 1.0), "undetermined"),
    ],
)
def test_an_outcome_is_what_the_whole_range_says(chance, outcome):
    assert chance.outcome == outcome


draws_of = st.lists(st.floats(-10, 10), min_size=1, max_size=50)


@many
@given(draws=draws_of, shifts=st.lists(st.floats(0, 10), min_size=50, max_size=50), bound=st.floats(-10, 10))
def test_whatever_the_estimand_is_its_chance_lies_in_the_range(draws, shifts, bound):
    known = np.array(draws)
    moved = known + np.array(shifts[: len(draws)])
    for region in (Region(above=bound), Region(below=bound), Region(within=(bound, bound + 1))):
        truth = chance_in(moved, frozenset(), region).share
        lower = chance_in(known, LOWER, region)
        assert lower.low - 1e-12 <= truth <= lower.high + 1e-12
        truth = chance_in(known, frozenset(), region).share
        upper = chance_in(moved, UPPER, region)
        assert upper.low - 1e-12 <= truth <= upper.high + 1e-12


def test_a_mixture_is_a_range_as_soon_as_one_part_is():
    firm, loose = Chance(1.0, 1.0, 1.0), Chance(0.2, 0.2, 1.0)
    assert weighed(0.6, [(0.5, firm), (0.5, loose)]) == Chance(0.6, 0.6, 1.0)
    assert weighed(0.6, [(0.5, firm), (0.5, Chance(0.2, 0.2, 0.2))]) == Chance(0.6, 0.6, 0.6)


@many
@given(parts=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=5))
def test_a_mixtures_range_holds_its_own_share(parts):
    chances = [Chance(sorted(p)[1], sorted(p)[0], sorted(p)[2]) for p in parts]
    weighted = [(1 / len(chances), c) for c in chances]
    share = sum(w * c.share for w, c in weighted)
    found = weighed(share, weighted)
    assert found.low <= found.share <= found.high


@pytest.mark.parametrize("bounds", [{"lower"}, {"upper"}, {"lower", "upper"}])
def test_draws_that_are_bounds_keep_their_own_share(bounds):
    assert chance_in(np.array([1.0, 3.0, 4.0, 5.0]), frozenset(bounds), Region(above=2.0)).share == 0.75


def test_a_mixture_is_a_range_whose_ends_are_weighed():
    sure, open_end = Chance(1.0, 1.0, 1.0), Chance(0.2, 0.2, 0.6)
    found = weighed(0.4, [(0.25, sure), (0.75, open_end)])
    assert (found.low, found.high) == pytest.approx((0.25 + 0.75 * 0.2, 0.25 + 0.75 * 0.6))
