"""Names are alike by the rules of the field: kinds of ship, numbers, blanks, alphabets and slips of a letter."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tumen.vessels.likeness import REORDERED, RESPELLED, likeness, name_parts
from tumen.vessels.name_index import NameIndex


@pytest.mark.parametrize(
    "before", ["M/V ", "MV ", "M.V. ", "M V ", "m/v ", "MT ", "M/T ", "S/V ", "F/V ", "MOTOR VESSEL "]
)
def test_what_says_the_kind_of_ship_is_no_part_of_her_name(before: str) -> None:
    assert likeness(before + "Bravo Sun", "BRAVO SUN") == 100


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("MVP STAR", ("MVP", "STAR")),
        ("MTETE", ("MTETE",)),
        ("SSANG", ("SSANG",)),
        ("MY LADY", ("MY", "LADY")),
    ],
)
def test_a_word_that_begins_like_a_kind_of_ship_stays(name: str, words: tuple[str, ...]) -> None:
    assert name_parts(name).words == words


@pytest.mark.parametrize(
    "other",
    ["TEST STAR 1", "TEST STAR", "TEST STAR 77", "TEST STAR VI", "TEST STAR 7 8", "TEST STAR SIX", "TEST STAR 70"],
)
def test_other_numbers_are_another_ship(other: str) -> None:
    assert likeness("TEST STAR 7", other) == 0


@pytest.mark.parametrize(
    "other", ["TEST STAR VII", "TEST STAR 07", "TEST STAR No.7", "TESTSTAR7", "TEST-STAR 7", "TEST STAR SEVEN"]
)
def test_a_number_may_be_written_in_several_ways(other: str) -> None:
    assert likeness("TEST STAR 7", other) == 100


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CHON MA SAN", "CHEONMASAN"),
        ("CHONG BONG", "CHONG PONG"),
        ("KUM GANG", "GEUM KANG"),
        ("MIKHAIL GORIN", "MIHAIL GORIN"),
        ("YURIY BELOV", "YURI BELOV"),
        ("ALEKSANDRA", "ALEXANDRA"),
    ],
)
def test_one_sound_may_be_written_in_several_ways(one: str, other: str) -> None:
    assert likeness(one, other) == RESPELLED


@pytest.mark.parametrize(
    ("one", "other"),
    [("GOLD STAR", "KOLD STAR"), ("PEARL BAY", "BEARL PAY"), ("BOLD", "PORT"), ("TIGER ROCK", "DIGER LOCK")],
)
def test_sounds_of_syllables_are_not_compared_in_words_that_are_none(one: str, other: str) -> None:
    assert likeness(one, other) < 90


@pytest.mark.parametrize(
    ("one", "other"),
    [("ЯНТАРЬ", "YANTAR"), ("천마산 2", "CHON MA SAN 2"), ("MÜLLER BAY", "MUELLER BAY"), ("ELPIDA", "ΕΛΠΙΔΑ")],
)
def test_names_in_any_alphabet_are_compared(one: str, other: str) -> None:
    assert likeness(one, other) >= RESPELLED


def test_words_in_another_order_are_nearly_the_same() -> None:
    assert likeness("BRIGHT MORNING STAR", "STAR BRIGHT MORNING") == REORDERED


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("ABCDEFGHIJ", "ABCDEFGHIZ", 90.0),
        ("ABCDEFGHI", "ABCDEFGHZ", 88.9),
        ("ABCDEFGHLM", "ABCDEFGHML", 90.0),
        ("ABCDEFGHIJ", "ZBCDEFGHIJ", 85.0),
        ("ABCDE FGHIJ", "ABCDE ZGHIJ", 85.0),
        ("ABCD", "ABCZ", 75.0),
    ],
)
def test_letters_that_differ_count_more_in_short_names_and_at_the_beginning(one: str, other: str, score: float) -> None:
    assert likeness(one, other) == score


@pytest.mark.parametrize(("one", "other"), [("@@@@", "@@@@"), ("N/A", "N/A"), ("", "A"), ("7", "8"), ("STAR", "7")])
def test_what_is_no_name_is_like_none(one: str, other: str) -> None:
    assert likeness(one, other) == 0


names = st.text("ABCKGPIVX7 1.-ÜЯ", min_size=1, max_size=9)


@given(names, names)
def test_likeness_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 100


@settings(max_examples=200)
@given(st.lists(names, max_size=8), names, st.sampled_from([50.0, 75.0, 90.0, 95.0, 100.0]))
def test_the_index_finds_what_comparing_with_each_would(listed: list[str], name: str, least: float) -> None:
    each = {place: likeness(name, other) for place, other in enumerate(listed)}
    assert dict(NameIndex(listed).like(name, least)) == {p: s for p, s in each.items() if s >= least and s > 0}


def test_the_most_alike_come_first_and_of_equals_the_first() -> None:
    assert list(NameIndex(["GOLDEN STARS", "GOLDEN STAR", "M/V GOLDEN STAR"]).like("GOLDEN STAR", 90)) == [
        (1, 100.0),
        (2, 100.0),
        (0, 90.9),
    ]
