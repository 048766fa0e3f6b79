"""The words of Intelligence Community Directive 203 and the three outcomes."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.measure.worlds import many
from tumen.judge.likelihood_words import CONTRADICTED_TO, SUPPORTED_FROM, likelihood_words, outcome

# Directive 203 (2015), section D.6.e.2.a: almost no chance 01–05, very unlikely 05–20, unlikely
# 20–45, roughly even chance 45–55, likely 55–80, very likely 80–95, almost certain 95–99 per cent.
BANDS = [
    (0.00, 0.05, "almost no chance"),
    (0.05, 0.20, "very unlikely"),
    (0.20, 0.45, "unlikely"),
    (0.45, 0.55, "roughly even chance"),
    (0.55, 0.80, "likely"),
    (0.80, 0.95, "very likely"),
    (0.95, 1.00, "almost certain"),
]


@pytest.mark.parametrize(("low", "high", "words"), BANDS)
def test_inside_each_band_are_its_words(low, high, words):
    for part in (0.001, 0.5, 0.999):
        assert likelihood_words(low + part * (high - low)) == words


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "almost no chance"),
        (0.05, "very unlikely"),
        (0.20, "very unlikely"),
        (0.45, "roughly even chance"),
        (0.55, "roughly even chance"),
        (0.80, "very likely"),
        (0.95, "very likely"),
        (1.0, "almost certain"),
    ],
)
def test_where_bands_touch(probability, words):
    assert likelihood_words(probability) == words


@many
@given(st.floats(0, 1))
def test_outcomes_and_words_never_contradict_each_other(probability):
    supported = {"very likely", "almost certain"}
    contradicted = {"almost no chance", "very unlikely"}
    words = likelihood_words(probability)
    expected = "supported" if words in supported else "contradicted" if words in contradicted else "undetermined"
    assert outcome(probability) == expected


def test_bounds_of_the_outcomes():
    assert (outcome(SUPPORTED_FROM), outcome(CONTRADICTED_TO)) == ("supported", "contradicted")
    assert (outcome(0.799), outcome(0.201)) == ("undetermined", "undetermined")


@many
@given(probability=st.floats(0, 1))
def test_words_of_the_opposite_claim_mirror_each_other(probability):
    assume(all(abs(probability - edge) > 1e-9 and abs(1 - probability - edge) > 1e-9 for _, edge, _ in BANDS))
    order = [words for _, _, words in BANDS]
    there = order.index(likelihood_words(probability))
    back = order.index(likelihood_words(1 - probability))
    assert there + back == len(order) - 1
