"""P(claim): a number where the draws are of the estimand, a range where they only bound it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judge.estimates import evenly
from tests.measure.worlds import many
from tumen.case.model import Region
from tumen.judge.chance import Chance, across, chance_in, outcome_of
from tumen.measure.estimate import Bound

BOTH: frozenset[Bound] = frozenset({"lower", "upper"})
LOWER: frozenset[Bound] = frozenset({"lower"})
UPPER: frozenset[Bound] = frozenset({"upper"})
WITHIN, OUTSIDE = Region(within=(0.2, 0.6)), Region(outside=(0.2, 0.6))


@pytest.mark.parametrize(
    ("region", "share"),
    [(Region(above=0.75), 0.25), (Region(below=0.75), 0.75), (WITHIN, 0.4)],
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


def test_outside_two_bounds_one_side_has_to_carry_it():
    # A fifth below, two fifths within, two fifths above: no side has more than two fifths.
    chance = chance_in(evenly(), frozenset(), OUTSIDE)
    assert (chance.share, chance.low, chance.high) == pytest.approx((0.4, 0.4, 0.6))
    # Noise around the middle is outside in most draws, and on neither side.
    noise = np.where(evenly() < 0.5, -1.0, 1.0)
    assert chance_in(noise, frozenset(), Region(outside=(-0.5, 0.5))).outcome == "undetermined"
    assert chance_in(np.full(10, 1.0), frozenset(), Region(outside=(-0.5, 0.5))).outcome == "supported"
    assert chance_in(np.zeros(10), frozenset(), Region(outside=(-0.5, 0.5))).outcome == "contradicted"


chances_of = st.lists(
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)).map(
        lambda p: Chance(sorted(p)[1], sorted(p)[0], sorted(p)[2])
    ),
    min_size=1,
    max_size=6,
)


@many
@given(chances=chances_of, data=st.data())
def test_ways_to_count_together_say_what_each_allows_and_no_average(chances, data):
    found = across(chances)
    assert (found.low, found.high) == (min(c.low for c in chances), max(c.high for c in chances))
    assert found.share in [c.share for c in chances]
    copy = data.draw(st.sampled_from(chances))
    assert across([*chances, copy]) == found
    assert outcome_of([*chances, copy]) == outcome_of(chances)


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([0.9, 0.99], "supported"),
        ([0.1, 0.0], "contradicted"),
        ([0.3, 0.7], "undetermined"),
        ([0.9, 0.7], "depends"),
        ([0.9, 0.1], "depends"),
        ([0.1, 0.5], "depends"),
    ],
)
def test_a_verdict_is_that_of_every_way_to_count_or_it_depends(outcomes, expected):
    assert outcome_of([Chance(p, p, p) for p in outcomes]) == expected


@pytest.mark.parametrize(
    ("chance", "shown"),
    [
        (Chance(1.0, 1.0, 1.0), Chance(0.95, 0.95, 0.95)),
        (Chance(0.0, 0.0, 0.0), Chance(0.05, 0.05, 0.05)),
        (Chance(0.5, 0.4, 0.99), Chance(0.5, 0.4, 0.95)),
        (Chance(0.5, 0.5, 1.0), Chance(0.5, 0.5, 1.0)),
        (Chance(0.99, 0.99, 1.0), Chance(0.99, 0.95, 1.0)),
        (Chance(0.99, 0.0, 0.99), Chance(0.99, 0.0, 0.99)),
        (Chance(0.01, 0.0, 0.01), Chance(0.01, 0.0, 0.05)),
        (Chance(1.0, 0.0, 1.0), Chance(1.0, 0.0, 1.0)),
    ],
)
def test_on_poor_evidence_no_probability_is_shown_beyond_one_in_twenty(chance, shown):
    assert chance.cautious == shown


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(0.96, 0.99, "almost certain"), (0.94, 0.99, None), (0.81, 0.9, "very likely"), (0.5, 0.5, "roughly even chance")],
)
def test_words_stand_only_where_the_whole_range_lies_in_the_band_of_one(low, high, words):
    assert Chance(low, low, high).words == words


@pytest.mark.parametrize("bounds", [{"lower"}, {"upper"}, {"lower", "upper"}])
def test_draws_that_are_bounds_keep_their_own_share(bounds):
    assert chance_in(np.array([1.0, 3.0, 4.0, 5.0]), frozenset(bounds), Region(above=2.0)).share == 0.75
