"""Rival explanations: hand-computed posteriors, and what must hold of any."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.explanations.rivals import SETTING, SOURCES, item, rivals
from tumen.explanations.declared import SCORE_RANGES, Hypotheses, Observable
from tumen.explanations.likelihood import (
    CREDIBILITY_WEIGHT,
    RELIABILITY_WEIGHT,
    coder_logs,
    grade_weight,
    items_of,
    likelihood_draws,
    prior_draws,
    truth_draws,
)
from tumen.explanations.telling import expected_information
from tumen.explanations.weighing import Weighed, weigh_hypotheses


def weighed(*evidence, chances=None, **more) -> Weighed:
    return weigh_hypotheses(rivals(*evidence, **more), SOURCES, chances or {}, SETTING)


def posterior(found: Weighed) -> dict[str, float]:
    return {s.id: s.posterior for s in found.standings}


# ---------------------------------------------------------------- by hand


def test_one_item_is_bayes_rule():
    # 0.5 × 0.6 against 0.5 × 0.2: three to one.
    assert posterior(weighed(item("x", {"a": 0.6, "b": 0.2}))) == pytest.approx({"a": 0.75, "b": 0.25})


def test_priors_are_weights_that_are_scaled_to_one():
    # 3 × 0.2 against 1 × 0.6: even.
    found = weighed(item("x", {"a": 0.2, "b": 0.6}), priors={"a": 3, "b": 1})
    assert {s.id: s.prior for s in found.standings} == pytest.approx({"a": 0.75, "b": 0.25})
    assert posterior(found) == pytest.approx({"a": 0.5, "b": 0.5})


def test_a_grade_tempers_by_an_exponent():
    # D1 keeps half: the ratio 4 becomes 2.
    assert grade_weight("D", "1") == 0.5
    assert posterior(weighed(item("x", {"a": 0.8, "b": 0.2}, source="half")))["a"] == pytest.approx(2 / 3)


def test_items_of_one_group_count_as_one():
    # Two items of ratio 4 in a group: half of each, so 4 in all.
    pair = [item(n, {"a": 0.8, "b": 0.2}, group="g") for n in "xy"]
    assert posterior(weighed(*pair))["a"] == pytest.approx(0.8)


def test_a_chance_of_deception_mixes_toward_what_tells_nothing():
    # 0.5 of 0.8 and 0.2, 0.5 of their mean 0.5: 0.65 against 0.35.
    assert posterior(weighed(item("x", {"a": 0.8, "b": 0.2}, deception=0.5)))["a"] == pytest.approx(0.65)
    assert posterior(weighed(item("x", {"a": 0.8, "b": 0.2}, deception=1.0)))["a"] == pytest.approx(0.5)


@pytest.mark.parametrize("p", [0.0, 0.3, 0.7, 1.0])
def test_a_claims_verdict_enters_by_jeffreys_rule(p):
    # P(a) = p P(a | claim) + (1 - p) P(a | not), with P(a | claim) = 0.75 and P(a | not) = 0.4 / 1.2.
    found = weighed(item("x", {"a": 0.6, "b": 0.2}, claim="c"), chances={"c": (p, p)})
    assert posterior(found)["a"] == pytest.approx(p * 0.75 + (1 - p) * (0.4 / 1.2))


def test_a_claim_as_probable_as_it_was_expected_to_be_changes_nothing():
    # Before: P(claim) = 0.5 × 0.6 + 0.5 × 0.2 = 0.4.
    assert posterior(weighed(item("x", {"a": 0.6, "b": 0.2}, claim="c"), chances={"c": (0.4, 0.4)}))[
        "a"
    ] == pytest.approx(0.5)


def test_a_claim_without_a_probability_says_nothing_and_is_named():
    found = weighed(item("x", {"a": 0.6, "b": 0.2}, claim="c"), chances={"c": None})
    assert posterior(found)["a"] == pytest.approx(0.5)
    assert found.skipped == ("x",)


def test_a_claim_with_a_range_enters_anywhere_between_its_ends():
    # By Jeffrey's rule P(a) is linear in P of the claim: 1/3 at 0, 3/4 at 1.
    found = weighed(item("x", {"a": 0.6, "b": 0.2}, claim="c"), chances={"c": (0.2, 0.8)})
    low, high = (1 / 3 + p * (0.75 - 1 / 3) for p in (0.2, 0.8))
    (a,) = [s.summary for s in found.standings if s.id == "a"]
    assert (a.low, a.high) == pytest.approx((low + 0.05 * (high - low), high - 0.05 * (high - low)), abs=0.01)
    assert posterior(found)["a"] == pytest.approx((low + high) / 2, abs=0.01)


def test_a_range_that_leaves_everything_open_says_as_little_as_no_probability():
    found = weighed(item("x", {"a": 0.6, "b": 0.2}, claim="c"), chances={"c": (0.0, 1.0)})
    assert posterior(found)["a"] == pytest.approx(0.5)
    assert found.skipped == ("x",)


def test_two_items_that_rest_on_one_claim_take_its_probability_as_one():
    both = items_of(rivals(*(item(n, {"a": 0.6, "b": 0.2}, claim="c") for n in "xy")), SOURCES, {"c": (0.1, 0.9)})
    first, second = (truth_draws(one, SETTING) for one in both)
    assert first is not None
    assert second is not None
    assert (first == second).all()
    assert first.std() > 0.1


# Considered for a and b alone: 0.8 to 0.2 between them; c stands at their geometric mean, 0.4.
def test_an_item_leaves_a_hypothesis_for_which_it_was_not_considered_where_the_others_are_on_the_whole():
    found = posterior(weighed(item("x", {"a": 0.8, "b": 0.2}), priors={"a": 1, "b": 1, "c": 1}))
    assert found == pytest.approx({"a": 0.8 / 1.4, "b": 0.2 / 1.4, "c": 0.4 / 1.4})


def test_an_item_considered_for_one_hypothesis_alone_changes_nothing():
    assert posterior(weighed(item("x", {"a": 0.9})))["a"] == pytest.approx(0.5)


# Half deception over a and b alone: 0.65 and 0.35 as without c; c at √(0.65 × 0.35).
def test_deception_and_doubt_reckon_with_those_that_were_considered():
    found = posterior(weighed(item("x", {"a": 0.8, "b": 0.2}, deception=0.5), priors={"a": 1, "b": 1, "c": 1}))
    assert found["a"] / found["b"] == pytest.approx(0.65 / 0.35)
    doubted = weighed(
        item("x", {"a": 0.6, "b": 0.2}, claim="c"), chances={"c": (0.3, 0.3)}, priors=dict.fromkeys("abc", 1)
    )
    known = 0.3 * 0.75 + 0.7 * (0.4 / 1.2)
    assert posterior(doubted)["a"] / posterior(doubted)["b"] == pytest.approx(known / (1 - known))


def test_an_observable_that_leaves_a_hypothesis_out_has_it_between_the_others():
    looked = (Observable.model_validate({"id": "o", "text": "o", "likelihood": {"a": 0.9, "b": 0.4}}),)
    (told,) = weighed(
        item("x", {"a": 0.3, "b": 0.3, "c": 0.3}), priors=dict.fromkeys("abc", 1), observables=looked
    ).telling
    assert told.seen == pytest.approx((0.9 + 0.4 + 0.6) / 3)


def test_items_against_a_hypothesis_are_those_that_are_unlikely_under_it():
    x = item("x", scores={"a": -1, "b": 0})
    y = item("y", scores={"a": -2, "b": 1}, day=1)
    z = item("z", {"a": 0.5, "b": (0.4, 0.46)}, day=2)
    assert {s.id: s.inconsistent for s in weighed(x, y, z).standings} == {"a": ("x", "y"), "b": ()}


# Of two coders one finds x unlikely under a, which is half of them; of three, one is fewer.
def test_items_against_a_hypothesis_are_those_that_half_of_the_coders_find_unlikely():
    x = item("x", {"a": 0.3, "b": 0.6})
    likely = {"x": {"a": 0.6, "b": 0.6}}
    for others, found in (({"bob": likely}, ("x",)), ({"bob": likely, "cat": likely}, ())):
        (a,) = [s for s in weighed(x, others=others).standings if s.id == "a"]
        assert a.inconsistent == found


# ---------------------------------------------------------------- a coder's way with the ranges


def places(name: str, coder: str, leniency: float) -> np.ndarray:
    """Where in its range each draw of an item lies, from 0 to 1."""
    found = rivals(item(name, {"a": (0.2, 0.8), "b": 0.3}), others={"bob": {name: {"a": (0.2, 0.8), "b": 0.3}}})
    (one,) = items_of(found, SOURCES, {})
    (scoring,) = [s for s in one.scorings if s.coder == coder]
    drawn = likelihood_draws(one, scoring, replace(SETTING, draws=4000), leniency)[0]
    return np.asarray((drawn - np.log(0.2)) / np.log(4))


@pytest.mark.parametrize("leniency", [0.0, 0.5, 1.0])
def test_places_of_a_coder_go_together_as_far_as_leniency_says_and_each_is_as_probable_as_another(leniency):
    first, second = (places(n, "case", leniency) for n in "xy")
    assert np.corrcoef(first, second)[0, 1] == pytest.approx(leniency, abs=0.05)
    assert np.quantile(first, [0.1, 0.5, 0.9]) == pytest.approx([0.1, 0.5, 0.9], abs=0.03)


def test_each_coder_has_a_way_of_its_own():
    assert np.corrcoef(places("x", "case", 1.0), places("x", "bob", 1.0))[0, 1] == pytest.approx(0.0, abs=0.05)


def test_a_lenient_coder_widens_what_the_scores_leave_open():
    found = rivals(*(item(f"e{n}", scores={"a": -2, "b": 1}, source="half") for n in range(6)))
    items = items_of(found, SOURCES, {})
    prior = prior_draws(found, SETTING)

    def spread(leniency: float) -> float:
        each = [likelihood_draws(one, one.scorings[0], SETTING, leniency) for one in items]
        total = np.log(prior) + sum(0.5 * logs for logs in each)
        return float(np.std(total[0] - total[1]))

    assert spread(1.0) > 1.5 * spread(0.0)


# ---------------------------------------------------------------- several coders

# Even priors; alone 4 to 1 and 1 to 2. The logarithmic pool is √(4 × 1/2) = √2 to one.
TWO = {"bob": {"x": {"a": 0.3, "b": 0.6}}}


def test_coders_are_pooled_by_the_mean_of_logarithms_and_told_apart():
    found = weighed(item("x", {"a": 0.8, "b": 0.2}), others=TWO)
    assert posterior(found)["a"] == pytest.approx(2**0.5 / (1 + 2**0.5))
    assert [(c.name, c.items) for c in found.coders] == [("case", 1), ("bob", 1)]
    assert [c.posterior["a"] for c in found.coders] == pytest.approx([0.8, 1 / 3])
    assert found.steps[-1].posterior == pytest.approx(posterior(found))


def test_who_did_not_consider_an_item_adds_nothing():
    found = weighed(item("x", {"a": 0.8, "b": 0.2}), item("y", {"a": 0.8, "b": 0.2}), others=TWO)
    # 16 to 1 and 1 to 2.
    assert posterior(found)["a"] == pytest.approx(8**0.5 / (1 + 8**0.5))
    assert [c.items for c in found.coders] == [2, 1]


def test_a_coder_who_says_the_same_changes_nothing():
    x = item("x", {"a": 0.8, "b": 0.2})
    assert posterior(weighed(x, others={"bob": {"x": {"a": 0.8, "b": 0.2}}})) == pytest.approx(posterior(weighed(x)))


def test_steps_follow_the_dates():
    late, early = item("late", {"a": 0.6, "b": 0.2}, day=9), item("early", {"a": 0.2, "b": 0.6}, day=1)
    found = weighed(late, early)
    assert [s.items for s in found.steps] == [("early",), ("late",)]
    assert [round(s.posterior["a"], 6) for s in found.steps] == [0.25, 0.5]


def test_an_items_diagnosticity_is_the_ratio_of_its_best_fit_to_its_worst():
    found = weighed(item("x", {"a": 0.8, "b": 0.2}), item("y", {"a": 0.3, "b": 0.3}, day=1))
    assert [r.discriminates for r in found.readings] == pytest.approx([4.0, 1.0])


def test_one_item_one_source_one_group_is_left_out():
    x = item("x", {"a": 0.6, "b": 0.2}, group="g")
    y = item("y", {"a": 0.6, "b": 0.2}, group="g", source="half")
    z = item("z", {"a": 0.2, "b": 0.8}, source="half")
    left = {(o.kind, o.name): o.posterior["a"] for o in weighed(x, y, z).left_out}
    # In a group of two x gives √3; at half weight y gives 3^(1/4) and z gives √(1/4).
    ratio = {"x": 3**0.5, "y": 3**0.25, "z": 0.5}
    without = {("item", "x"): "yz", ("source", "half"): "x", ("group", "g"): "z"}
    assert set(left) == set(without) | {("item", "y"), ("item", "z")}
    for key, kept in without.items():
        odds = np.prod([ratio[n] for n in kept])
        assert left[key] == pytest.approx(odds / (1 + odds)), key


def test_the_ranking_flips_where_one_item_at_the_end_of_its_range_overturns_it():
    # Middle of [0.2, 0.8] is 0.4, against 0.3: a leads; at 0.2 it does not.
    found = weighed(item("x", {"a": (0.2, 0.8), "b": 0.3}))
    (flip,) = found.flips
    assert (flip.leader, flip.rival, flip.alone, flip.fewest) == ("a", "b", ("x",), 1)
    assert flip.margin == pytest.approx(4 / 3)
    leads = {s.id: s.leads for s in found.standings}
    # a leads from 0.3 up: log(0.8 / 0.3) / log(4) of the draws, within sampling error of 400.
    assert leads["a"] == pytest.approx(np.log(0.8 / 0.3) / np.log(4), abs=0.08)


def test_two_items_together_flip_what_neither_does_alone():
    (flip,) = weighed(*(item(n, {"a": (0.4, 0.9), "b": 0.35}) for n in "xy")).flips
    # Each: middle 0.6 against 0.35, at worst 0.4; the margin is (0.6 / 0.35)² = 2.94, one gives 1.5.
    assert flip.alone == ()
    assert flip.fewest is None
    (flip,) = weighed(*(item(n, {"a": (0.2, 0.9), "b": 0.25}) for n in "xy")).flips
    assert (flip.alone, flip.fewest) == ((), 2)


def test_looking_for_something_tells_as_many_bits_as_by_hand():
    # Even odds, seen with 0.9 or 0.1: one bit less the entropy of 0.9 and 0.1.
    left = -(0.9 * np.log2(0.9) + 0.1 * np.log2(0.1))
    assert expected_information(np.array([0.5, 0.5]), np.array([0.9, 0.1])) == pytest.approx(1 - left)


# Even priors, one item that tells nothing; seen: .8/(.8+.2) and .2/(.8+.2); not seen: the other way round. The entropy
# falls from 1 bit to that of one in five, 0.7219 bits, whichever it is.
def test_an_observable_says_what_either_answer_would_leave():
    looked = (
        Observable.model_validate({"id": "o", "text": "o", "source": "fair", "likelihood": {"a": 0.8, "b": 0.2}}),
    )
    (told,) = weighed(item("x", {"a": 0.3, "b": 0.3}), observables=looked).telling
    assert told.if_seen == pytest.approx({"a": 0.8, "b": 0.2})
    assert told.if_not == pytest.approx({"a": 0.2, "b": 0.8})
    assert (told.bits, told.share, told.seen) == pytest.approx((1 - 0.721928, 1 - 0.721928, 0.5), abs=1e-6)
    assert told.source == "fair"


def test_declared_observables_come_before_repeats_of_items():
    looked = tuple(
        Observable(id=n, text=n, likelihood={"a": (p, p), "b": (1 - p, 1 - p)})
        for n, p in (("weak", 0.6), ("strong", 0.9))
    )
    found = weighed(item("x", {"a": 0.3, "b": 0.3}), item("y", {"a": 0.4, "b": 0.3}), observables=looked)
    assert [(t.id, t.to_come) for t in found.telling] == [("strong", True), ("weak", True)]
    assert [t.to_come for t in weighed(item("x", {"a": 0.4, "b": 0.3})).telling] == [False]


def test_hypotheses_with_the_same_range_share_its_draws():
    (one,) = items_of(rivals(item("x", {"a": (0.2, 0.8), "b": (0.2, 0.8)})), SOURCES, {})
    drawn = np.exp(likelihood_draws(one, one.scorings[0], SETTING))
    assert (drawn[0] == drawn[1]).all()
    assert drawn.min() >= 0.2 - 1e-12
    assert drawn.max() <= 0.8 + 1e-12


def test_priors_by_holders_count_each_holder_and_one_more():
    found = rivals()
    first = found.hypotheses[0].model_copy(update={"held_by": ("X", "Y", "Z")})
    prior = prior_draws(Hypotheses(None, (first, found.hypotheses[1]), ()), SETTING, "holders")
    assert prior[:, 0].tolist() == [0.8, 0.2]


def test_every_grade_has_a_weight_and_a_better_one_no_less():
    assert "".join(RELIABILITY_WEIGHT) == "ABCDEF"
    assert "".join(CREDIBILITY_WEIGHT) == "123456"
    for weights in (RELIABILITY_WEIGHT, CREDIBILITY_WEIGHT):
        known = list(weights.values())[:5]
        assert known == sorted(known, reverse=True)
        assert set(weights.values()) <= {1.0, 0.9, 0.75, 0.5, 0.25}


# ---------------------------------------------------------------- whatever the evidence

_NAMES = ("a", "b", "c")
_scores = st.fixed_dictionaries({n: st.sampled_from(list(SCORE_RANGES)) for n in _NAMES}).filter(any)


@st.composite
def _items(draw, most=6):
    number = draw(st.integers(1, most))
    return [
        item(
            f"e{n}",
            scores=draw(_scores),
            day=draw(st.integers(0, 3)),
            source=draw(st.sampled_from(list(SOURCES))),
            deception=draw(st.sampled_from([0.0, 0.3])),
            group=draw(st.sampled_from([None, "g"])),
        )
        for n in range(number)
    ]


_PRIORS = {"a": (0.5, 1.0), "b": 1.0, "c": (1.0, 2.0)}


@given(_items())
def test_posteriors_sum_to_one_at_every_step(evidence):
    found = weighed(*evidence, priors=_PRIORS)
    for values in (posterior(found), *(s.posterior for s in found.steps), *(o.posterior for o in found.left_out)):
        assert sum(values.values()) == pytest.approx(1.0)
        assert all(0 < v < 1 for v in values.values())
    assert found.steps[-1].posterior == pytest.approx(posterior(found))
    assert sum(s.leads for s in found.standings) == pytest.approx(1.0)


@given(_items(), st.randoms(use_true_random=False))
def test_the_order_of_items_does_not_matter(evidence, rng: random.Random):
    mixed = list(evidence)
    rng.shuffle(mixed)
    assert posterior(weighed(*mixed, priors=_PRIORS)) == posterior(weighed(*evidence, priors=_PRIORS))


@given(_items(), st.sampled_from(list(SCORE_RANGES)), st.booleans())
def test_an_item_that_fits_all_alike_changes_nothing(evidence, score, ranged):
    low, high = SCORE_RANGES[score]
    idle = item("idle", dict.fromkeys(_NAMES, (low, high) if ranged else low), deception=0.1)
    before, after = weighed(*evidence, priors=_PRIORS), weighed(*evidence, idle, priors=_PRIORS)
    assert posterior(after) == pytest.approx(posterior(before), abs=1e-12)


@given(_items())
def test_grouping_never_strengthens(evidence):
    apart = [e.model_copy(update={"group": None}) for e in evidence]
    grouped = [e.model_copy(update={"group": "all"}) for e in evidence]
    logs = []
    for some in (apart, grouped):
        found = rivals(*some, priors=_PRIORS)
        items = items_of(found, SOURCES, {})

        prior = prior_draws(found, SETTING)
        total = sum(coder_logs(item, found.coders, SETTING, prior)[0] for item in items)
        logs.append(np.abs(total[:, None, :] - total[None, :, :]))
    assert (logs[1] <= logs[0] + 1e-9).all()


@given(_items())
def test_the_same_case_gives_the_same_draws(evidence):
    assert weighed(*evidence, priors=_PRIORS).standings == weighed(*evidence, priors=_PRIORS).standings


def test_another_item_like_one_that_may_deceive_tells_as_little_as_it():
    # Half deception: 0.65 against 0.35 (above), which is the posterior too. Seen again with 0.65² + 0.35² = 0.545.
    (told,) = weighed(item("x", {"a": 0.8, "b": 0.2}, deception=0.5)).telling
    assert not told.to_come
    assert told.seen == pytest.approx(0.545)
    assert told.if_seen["a"] == pytest.approx(0.65**2 / 0.545)


def test_another_claim_without_a_probability_tells_nothing():
    (told,) = weighed(item("x", {"a": 0.6, "b": 0.2}, claim="c"), chances={"c": None}).telling
    assert (told.bits, told.seen) == pytest.approx((0.0, 0.5))
