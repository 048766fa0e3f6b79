"""Two sides of a claim: priors, pools and levers by hand, and what must hold of any."""

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.explanations.rivals import SETTING, SOURCES, item, rivals
from tumen.explanations.declared import SCORE_RANGES, Hypotheses
from tumen.explanations.likelihood import items_of
from tumen.explanations.sides import Sides, Weighing, sides_of
from tumen.explanations.weighing import weigh_hypotheses


def sides(found: Hypotheses, favours: str = "a", against: str = "b", **how: Any) -> Sides:
    return sides_of(found, items_of(found, SOURCES, {}), favours, against, Weighing(**how), SETTING)


def share(found: Sides, **moved: float) -> float:
    return float(found.share(**moved).mean())


# ---------------------------------------------------------------- by hand

THREE = rivals(item("x", {"a": 0.6, "b": 0.2, "c": 0.4}), priors={"a": 1, "b": 1, "c": 1})


def test_two_against_one_begin_ahead():
    found = sides(THREE, "ab", "c")
    assert found.start == pytest.approx(2 / 3)
    assert share(found) == pytest.approx(0.8 / 1.2)


def test_sides_that_begin_alike_share_half_among_their_explanations():
    # 1/4 × 0.6 and 1/4 × 0.2 against 1/2 × 0.4.
    found = sides(THREE, "ab", "c", priors="sides")
    assert found.start == pytest.approx(0.5)
    assert share(found) == pytest.approx(0.5)


def test_within_a_side_explanations_stand_to_each_other_as_the_case_says():
    # 3/8 × 0.6 and 1/8 × 0.2 against 1/2 × 0.4.
    found = rivals(*THREE.evidence, priors={"a": 3, "b": 1, "c": 9})
    assert share(sides(found, "ab", "c", priors="sides")) == pytest.approx(0.25 / 0.45)


def test_an_item_is_left_out_between_explanations_of_which_it_was_considered_for_one():
    found = rivals(item("x", {"a": 0.9, "c": 0.1}), item("y", {"a": 0.6, "b": 0.2}), priors={"a": 1, "b": 1, "c": 1})
    assert share(sides(found, "a", "b")) == pytest.approx(0.75)
    assert share(sides(found, "a", "c")) == pytest.approx(0.9)
    assert share(sides(found, "b", "c")) == pytest.approx(0.5)


# Alone 4 to 1 and 1 to 2: 4/5 and 1/3.
TWO = rivals(item("x", {"a": 0.8, "b": 0.2}), others={"bob": {"x": {"a": 0.3, "b": 0.6}}})


def test_the_linear_pool_is_the_mean_of_probabilities():
    assert share(sides(TWO, pool="linear")) == pytest.approx(17 / 30)


def test_the_logarithmic_pool_is_the_mean_of_logarithms():
    assert share(sides(TWO, pool="log")) == pytest.approx(2**0.5 / (1 + 2**0.5))


def test_a_prior_moves_each_coder_before_they_are_pooled():
    # From even odds to one in four: 4/3 and 1/6 to one.
    found = sides(TWO, pool="linear")
    assert share(found, shift=-np.log(3)) == pytest.approx((4 / 7 + 1 / 7) / 2)


@pytest.mark.parametrize(("exponent", "odds"), [(0.0, 4.0), (1.0, 2.0), (2.0, 4**0.25)])
def test_the_exponent_of_grades_says_how_much_a_grade_takes_off(exponent, odds):
    # D1 keeps half of a ratio of 4.
    found = sides(rivals(item("x", {"a": 0.8, "b": 0.2}, source="half")))
    assert share(found, grades=exponent) == pytest.approx(odds / (1 + odds))


@pytest.mark.parametrize(("exponent", "odds"), [(0.0, 16.0), (0.5, 4**2**0.5), (1.0, 4.0)])
def test_the_exponent_of_groups_goes_from_each_item_in_full_to_all_as_one(exponent, odds):
    found = sides(rivals(*(item(n, {"a": 0.8, "b": 0.2}, group="g") for n in "xy")))
    assert share(found, groups=exponent) == pytest.approx(odds / (1 + odds))


def test_deception_counts_unless_it_is_left_aside():
    found = rivals(item("x", {"a": 0.8, "b": 0.2}, deception=0.5))
    assert [share(sides(found, deception=d)) for d in (True, False)] == pytest.approx([0.65, 0.8])


def test_a_grade_and_a_group_do_not_stand_in_for_each_other():
    mixed = rivals(
        item("x", {"a": 0.8, "b": 0.2}, source="half"),
        *(item(n, {"a": 0.5, "b": 0.25}, group="g") for n in "yz"),
        item("w", {"a": 0.2, "b": 0.6}),
    )
    # √4 × 2 × 1/3; every grade in full 4 × 2 × 1/3; every item in full √4 × 4 × 1/3.
    odds = [share(sides(mixed), **moved) for moved in ({}, {"grades": 0.0}, {"groups": 0.0})]
    assert odds == pytest.approx([(4 / 3) / (7 / 3), (8 / 3) / (11 / 3), (8 / 3) / (11 / 3)])


# ---------------------------------------------------------------- whatever the evidence

_NAMES = ("a", "b", "c")
_cells = st.dictionaries(st.sampled_from(_NAMES), st.sampled_from(list(SCORE_RANGES)), min_size=1)


@st.composite
def _explained(draw: Any, blanks: bool = True) -> Hypotheses:
    whole = st.fixed_dictionaries({n: st.sampled_from(list(SCORE_RANGES)) for n in _NAMES})
    evidence = [
        item(
            f"e{n}",
            scores=draw(_cells if blanks else whole),
            source=draw(st.sampled_from(list(SOURCES))),
            deception=draw(st.sampled_from([0.0, 0.3])),
            group=draw(st.sampled_from([None, "g"])),
        )
        for n in range(draw(st.integers(1, 5)))
    ]
    return rivals(*evidence, priors={"a": (0.5, 1.0), "b": 1.0, "c": (1.0, 2.0)})


@given(_explained())
def test_the_other_side_has_the_rest(found):
    for one, other in itertools.combinations(_NAMES, 2):
        assert sides(found, one, other).share() == pytest.approx(1.0 - sides(found, other, one).share())


@given(_explained(blanks=False))
def test_where_everything_was_considered_a_share_is_that_of_the_whole_ranking(found):
    weighed = weigh_hypotheses(found, SOURCES, {}, SETTING)
    all_of = sides(found, "a", "bc").share().mean()
    assert all_of == pytest.approx({s.id: s.posterior for s in weighed.standings}["a"])


@given(_explained())
def test_a_coder_who_repeats_the_first_changes_neither_pool(found):
    copy = {e.id: {h: e.range_of(h) for h in _NAMES if e.range_of(h)} for e in found.evidence}
    exact = [
        e.model_copy(update={"scores": {}, "likelihood": {h: (v[0], v[0]) for h, v in copy[e.id].items()}})
        for e in found.evidence
    ]
    again = {"bob": {name: {h: v[0] for h, v in cells.items()} for name, cells in copy.items()}}
    one, two = (
        rivals(*exact, priors=dict.fromkeys(_NAMES, 1)),
        rivals(*exact, priors=dict.fromkeys(_NAMES, 1), others=again),
    )
    for pool in ("log", "linear"):
        assert share(sides(two, "a", "bc", pool=pool)) == pytest.approx(share(sides(one, "a", "bc")))


@given(_explained(), st.sampled_from(["declared", "even", "sides"]))
def test_no_weight_leaves_where_the_sides_began(found, priors):
    one = sides(found, "ab", "c", priors=priors)
    assert share(one, evidence=0.0) == pytest.approx(one.start)
