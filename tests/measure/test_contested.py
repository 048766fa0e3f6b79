"""Figures of one publisher against each other: how they are read, and with what chances."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.measure.contested import Said, against_each_other, one_of, ways_to_read
from tumen.measure.setting import Setting

SETTING = Setting(4000, 1)


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=6))
def test_every_way_to_read_rows_has_its_part_and_each_source_as_much_as_another(sources: list[str]) -> None:
    ways = ways_to_read(sources)
    assert sum(likely for _, likely in ways) == pytest.approx(1.0)
    for name in set(sources):
        mine = [likely for places, likely in ways if sources[places[0]] == name]
        assert sum(mine) == pytest.approx(1 / len(set(sources)))
    assert all(len({sources[n] for n in places}) == 1 for places, _ in ways), "what differs in source is never added"


def test_figures_of_two_sources_are_drawn_between_and_never_averaged() -> None:
    drawn = one_of([98.0, 60.0], ["a", "b"], SETTING, "flow")
    assert set(drawn.tolist()) == {98.0, 60.0}
    assert (drawn == 98.0).mean() == pytest.approx(0.5, abs=0.04)


def test_rows_of_one_source_may_be_parts_of_one_sum() -> None:
    drawn = one_of([60.0, 40.0, 20.0], ["a", "a", "a"], SETTING, "flow")
    assert {value: round(float((drawn == value).mean()), 1) for value in (120.0, 60.0)} == {120.0: 0.5, 60.0: 0.2}
    assert set(drawn.tolist()) == {120.0, 60.0, 40.0, 20.0}


def test_the_same_key_reads_rows_in_the_same_way() -> None:
    one, other = (one_of(each, ["a", "b"], SETTING, "flow") for each in ([98.0, 60.0], [1.0, 0.0]))
    assert ((one == 98.0) == (other == 1.0)).all()
    assert not ((one == 98.0) == (one_of([1.0, 0.0], ["a", "b"], SETTING, "other") == 1.0)).all()


def test_a_figure_alone_stays_as_it_is() -> None:
    assert (one_of([7.0], ["a"], SETTING, "flow") == np.full(4000, 7.0)).all()


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([(98.0, 0.0, "a"), (60.0, 0.0, "b")], [0, 1]),
        ([(98.2, 0.0, "a"), (98.0, 1.0, "b"), (60.0, 0.0, "c")], [0, 2]),
        ([(98.6, 0.0, "a"), (98.0, 1.0, "b")], [0, 1]),
        ([(60.0, 0.0, "a"), (60.0, 0.0, "a"), (20.0, 0.0, "a")], [0, 1, 2]),
    ],
)
def test_what_another_source_says_too_is_not_said_twice(rows: list[tuple[float, float, str]], kept: list[int]) -> None:
    assert against_each_other([Said(*row) for row in rows]) == kept
