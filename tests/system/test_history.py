"""What a record tells of a system's moves, period by period, by hand."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measure.worlds import Row, few, many, world
from tests.system.systems import DRIVERS, HELP, LEAN, MOVES, NEED, PRESS, SYSTEM, coded, driven
from tumen.measure.estimate import Lacking
from tumen.system.coded import coded_as
from tumen.system.history import History, history_of
from tumen.system.theory import System


def told(
    moves: Sequence[Row] = MOVES,
    drivers: Sequence[Row] = DRIVERS,
    system: System = SYSTEM,
    until: dt.date | None = None,
) -> Any:
    with world(moves=moves, drivers=drivers) as record:
        return history_of(record, system, until)


def known(*given: Any, **more: Any) -> History:
    found = told(*given, **more)
    assert isinstance(found, History), found
    return found


def rows(found: History, move: str) -> list[list[float]]:
    values: list[list[float]] = found.coded[move].round(4).tolist()
    return values


def test_a_level_gets_what_its_coder_is_sure_of_and_the_rest_goes_to_the_others_alike():
    found = known([*MOVES[:2], *MOVES[2:], coded("2024H1", "AAA.help", "some", certainty="medium"), lean("2024H1")])
    assert found.periods == ("2023H1", "2023H2", "2024H1")
    assert rows(found, "AAA.help") == [[0.95, 0.025, 0.025], [0.025, 0.025, 0.95], [0.1, 0.8, 0.1]]
    assert rows(found, "BBB.lean") == [[0.95, 0.05], [0.05, 0.95], [0.05, 0.95]]


def lean(name: str, **more: Any) -> Row:
    return coded(name, "BBB.lean", "near", **more)


@pytest.mark.parametrize(
    ("second", "certainty", "levels", "expected"),
    [
        (None, "low", "abcd", [0.6, 0.1333, 0.1333, 0.1333]),
        ("c", "low", "abcd", [0.6, 0.1, 0.2, 0.1]),
        ("c", "high", "abc", [0.95, 0.025, 0.025]),
        ("b", "medium", "ab", [0.8, 0.2]),
        ("x", "medium", "abc", [0.8, 0.1, 0.1]),
        ("a", "medium", "abc", [0.8, 0.1, 0.1]),
    ],
)
def test_the_second_level_gets_half_of_the_rest(second, certainty, levels, expected):
    assert np.round(coded_as("a", second, certainty, tuple(levels)), 4).tolist() == expected


@pytest.mark.parametrize(
    ("doubt", "expected"), [(0.0, [1, 0, 0]), (0.5, [0.9, 0.05, 0.05]), (2.0, [0.6, 0.2, 0.2]), (9.0, [1 / 3] * 3)]
)
def test_doubt_multiplies_what_is_left_to_other_levels_and_ends_where_all_are_alike(doubt, expected):
    assert coded_as("a", None, "medium", tuple("abc"), doubt) == pytest.approx(expected)


def test_several_coders_count_alike():
    found = known([*MOVES, coded("2023H2", "AAA.help", "some", "bob", certainty="low", second="much")])
    assert rows(found, "AAA.help")[1] == [0.1125, 0.3125, 0.575]


def test_a_driver_is_the_mean_of_its_coders_and_a_move_of_others_the_mean_of_its_levels():
    found = known(drivers=[*DRIVERS, driven("2023H2", "need", 1.0, "bob")])
    assert found.drivers["need"].tolist() == pytest.approx([0.2, 0.8])
    assert found.drivers["press"].tolist() == pytest.approx([0.5 * 0.025 + 0.025, 0.5 * 0.025 + 0.95])


def test_a_driver_of_the_period_before_begins_with_its_own():
    system = replace(SYSTEM, drivers=(NEED.model_copy(update={"before": True}),))
    found = known([*MOVES, *later("2024H1")], [*DRIVERS, driven("2024H1", "need", 1.0)], system)
    assert found.drivers["need"].tolist() == pytest.approx([0.2, 0.2, 0.6])
    assert found.next["need"] == pytest.approx(1.0)  # the last that was coded, which moves the period to come


def later(name: str) -> list[Row]:
    return [coded(name, "AAA.help", "some"), lean(name), coded(name, "CCC.press", "mid")]


def test_periods_run_from_the_first_to_the_last_in_which_every_move_is_coded():
    alone = [coded("2022H2", "AAA.help", "some"), coded("2024H2", "CCC.press", "low")]
    assert known([*MOVES, *alone]).periods == ("2023H1", "2023H2")


def test_a_period_that_nobody_coded_is_unknown_and_told():
    found = known([*MOVES, *later("2024H2")], [*DRIVERS, driven("2024H2", "need", 1.0)])
    assert found.periods == ("2023H1", "2023H2", "2024H1", "2024H2")
    assert rows(found, "AAA.help")[2] == [0.3333, 0.3333, 0.3333]
    assert rows(found, "BBB.lean")[2] == [0.5, 0.5]
    assert found.drivers["need"].tolist() == pytest.approx([0.2, 0.6, 0.6, 1.0])
    assert found.notes == (
        "AAA.help was not coded in 2024H1: every level is as probable",
        "BBB.lean was not coded in 2024H1: every level is as probable",
        "need was not coded in 2024H1: it stands as in the period before",
        "CCC.press was not coded in 2024H1: it stands as in the period before",
    )


def test_a_driver_that_is_first_coded_later_stands_as_it_did_first():
    assert known(drivers=DRIVERS[1:]).drivers["need"].tolist() == pytest.approx([0.6, 0.6])


def test_nothing_after_a_day_is_seen():
    found = known([*MOVES, *later("2024H1")], until=dt.date(2024, 6, 30))
    assert found.periods == ("2023H1", "2023H2")
    assert known([*MOVES, *later("2024H1")], until=dt.date(2024, 7, 1)).periods[-1] == "2024H1"


def test_the_rows_behind_it_are_named_once_and_those_of_other_periods_are_not():
    found = known([*MOVES, coded("2022H2", "AAA.help", "some"), coded("2023H1", "CCC.other", "low")])
    assert [(used.table, used.id) for used in found.used] == [
        *(("moves", row["id"]) for row in (*MOVES[:2], *MOVES[2:4])),
        *(("drivers", row["id"]) for row in DRIVERS),
        *(("moves", row["id"]) for row in MOVES[4:]),
    ]


@pytest.mark.parametrize(
    ("moves", "drivers", "lacking"),
    [
        (MOVES[:2] + MOVES[4:], DRIVERS, ("a coding of BBB.lean",)),
        ((), DRIVERS, ("a coding of AAA.help", "a coding of BBB.lean")),
        (MOVES[:1] + MOVES[3:], DRIVERS, ("a period in which every move is coded",)),
        (MOVES, (), ("a coding of need",)),
        (MOVES[:4], DRIVERS, ("a coding of CCC.press",)),
        (
            [*MOVES, coded("2024", "AAA.help", "some")],
            DRIVERS,
            ("periods of one form, such as half-years alone",),
        ),
    ],
)
def test_what_is_lacking_is_named(moves, drivers, lacking):
    found = told(moves, drivers)
    assert isinstance(found, Lacking)
    assert found.missing == lacking


LEVELS = st.sampled_from(HELP.levels)


@given(LEVELS, st.none() | LEVELS, st.sampled_from(["high", "medium", "low"]), st.floats(0, 3))
@many
def test_what_a_coder_says_sums_to_one_and_the_coded_level_is_never_the_less_likely(level, second, certainty, doubt):
    found = dict(zip(HELP.levels, coded_as(level, second, certainty, HELP.levels, doubt), strict=True))
    assert sum(found.values()) == pytest.approx(1)
    assert min(found.values()) >= 0
    assert found[level] >= max(found.values()) - 1e-9


@given(st.lists(st.tuples(LEVELS, st.sampled_from(["high", "medium", "low"])), min_size=2, max_size=4), st.randoms())
@few
def test_neither_the_order_of_rows_nor_the_names_of_coders_change_anything(said, chance: random.Random):
    def rows_of(names: Sequence[str]) -> list[Row]:
        return [
            coded("2023H1", "AAA.help", level, name, certainty=certainty)
            for name, (level, certainty) in zip(names, said, strict=True)
        ]

    one = [*MOVES[1:], *rows_of([f"c{n}" for n in range(len(said))])]
    other = [*MOVES[1:], *rows_of([f"z{9 - n}" for n in range(len(said))])]
    chance.shuffle(other)
    for move in (HELP, LEAN):
        first, second = (known(moves).coded[move.name] for moves in (one, other))
        assert np.array_equal(first, second)
        assert first.sum(axis=1) == pytest.approx(np.ones(2))


def test_a_driver_and_a_move_may_be_the_same_thing():
    system = replace(
        SYSTEM, drivers=(PRESS.model_copy(update={"move": "AAA.help", "levels": {"none": 0, "some": 0.5, "much": 1}}),)
    )
    assert known(system=system).drivers["press"].tolist() == pytest.approx([0.0375, 0.9625])
