"""What a record of words cannot show."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import EXACT, many, statement, topic, world
from tests.words.telling import covering
from tumen.words.statements import words_of
from tumen.words.unseen import effective_number, independent, noted_draws


@many
@given(st.lists(st.integers(1, 9), min_size=1, max_size=9))
def test_no_more_voices_than_clusters_and_no_fewer_than_one(sizes):
    assert 1 - 1e-9 <= effective_number(sizes) <= len(sizes) + 1e-9


@many
@given(st.lists(st.integers(1, 9), min_size=1, max_size=9), st.integers(2, 5))
def test_copying_all_that_was_said_adds_no_voice(sizes, copies):
    assert effective_number([s * copies for s in sizes]) == pytest.approx(effective_number(sizes))


def test_a_remark_whose_day_is_not_known_is_a_voice_of_its_own():
    rows = [statement(f"m{n}", "2023-01-01", date_precision="month") for n in range(3)]
    rows += [statement("d", "2023-01-01"), statement("e", "2023-01-01", "u")]
    with world(statements=rows, topics=[topic("t"), topic("u", "t")]) as record:
        words = words_of(record, "AAA", ("t",), (dt.date(2023, 1, 1), dt.date(2024, 1, 1)))
    assert independent(words.remarks) == pytest.approx(25 / 7)  # three alone and two of one day


@pytest.mark.parametrize(("coverage", "drawn"), [("convenience", True), ("sampled", False), ("exhaustive", False)])
def test_only_where_somebody_chose_is_it_drawn_what_was_noted(coverage, drawn):
    with world() as record:
        found = noted_draws(covering(record, coverage), "statements", EXACT, "AAA")
    assert (found.std() > 0) == drawn
