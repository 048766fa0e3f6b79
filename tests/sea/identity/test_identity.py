"""What does not fit in what ships say of themselves is found, and a listed vessel is never matched in silence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

import pycountry
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sea.seas import Fix, every, hour_of, put, voyage
from tumen.engine.backends import open_engine
from tumen.engine.forms import column_types
from tumen.engine.queries import Engine, Row
from tumen.sea.identity.identity import IdentityDoubt, find_identity
from tumen.sea.sea_levers import IdentityLevers
from tumen.vessels.listed import Vessel
from tumen.vessels.ports import put_ports

#: Numbers of ships whose first three digits are Germany's.
A, B, C = 211000001, 211000002, 211000003


@pytest.fixture
def engine() -> Iterator[Engine]:
    opened = open_engine()
    yield opened
    opened.close()


def found(engine: Engine, fixes: Sequence[Fix], listed: Sequence[Vessel] = (), **levers: float) -> list[Row]:
    put(engine, fixes)
    put_ports(engine, ())
    find_identity(engine, IdentityLevers(**levers), listed)
    return engine.rows('select * from identity order by kind, mmsi, "start" nulls last, word, listed nulls last')


def said(mmsi: int, first_h: float, last_h: float, name: str | None = None, imo: int | None = None) -> list[Fix]:
    """A ship that lies still and is heard every hour."""
    return voyage(mmsi, 124, 38, 0, 0, every(60, first_h, last_h), name=name, imo=imo)


def kinds(rows: Sequence[Row]) -> list[tuple[str, int, str, str | None]]:
    return [(row["kind"], row["mmsi"], row["word"], row["other"]) for row in rows]


def test_ship_with_one_name_and_a_true_number_gives_nothing(engine: Engine) -> None:
    assert found(engine, said(A, 0, 40, "ALFA", 9074729)) == []


@pytest.mark.parametrize(("imo", "digit"), [(9074728, "9"), (1234560, "7"), (9999999, "3")])
def test_number_with_a_wrong_last_digit_is_told_with_the_right_one(engine: Engine, imo: int, digit: str) -> None:
    rows = found(engine, said(A, 0, 5, "ALFA", imo))
    assert kinds(rows) == [("imo-check", A, str(imo), digit)]
    assert tuple(rows[0]) == tuple(column_types(IdentityDoubt))
    assert (rows[0]["lon"], rows[0]["lat"]) == (pytest.approx(124), pytest.approx(38))


@settings(deadline=None, max_examples=20)
@given(st.integers(100000, 999999))
def test_exactly_one_last_digit_is_right(six: int) -> None:
    total = sum(int(digit) * weight for digit, weight in zip(str(six), range(7, 1, -1), strict=True))
    engine = open_engine()
    try:
        fixes = [f for digit in range(10) for f in said(digit + 1, 0, 1, imo=10 * six + digit)]
        rows = [row for row in found(engine, fixes) if row["kind"] == "imo-check"]
    finally:
        engine.close()
    assert {row["other"] for row in rows} == {str(total % 10)}
    assert {row["mmsi"] - 1 for row in rows} == set(range(10)) - {total % 10}


def test_two_names_at_a_time_are_told_with_the_time_of_both(engine: Engine) -> None:
    rows = found(engine, [*said(A, 0, 20, "ALFA"), *said(A, 10, 30, "BETA")])
    assert kinds(rows) == [("two-names", A, "ALFA", "BETA")]
    assert (hour_of(rows[0]["start"]), hour_of(rows[0]["end"])) == (10, 20)


def test_one_number_on_two_ships_at_a_time_is_told_and_two_numbers_on_one(engine: Engine) -> None:
    fixes = [
        *said(A, 0, 20, imo=9074729),
        *said(B, 5, 15, imo=9074729),
        *said(C, 0, 9, imo=9074729),
        *said(C, 0, 9, imo=9162485),
    ]
    assert [k for k in kinds(found(engine, fixes)) if k[0].startswith("two")] == [
        ("two-imos", C, "9074729", "9162485"),
        ("two-mmsis", A, str(A), str(C)),
        ("two-mmsis", C, str(C), str(B)),
    ]


def test_new_mmsi_after_a_silence_is_told_and_without_one_is_not(engine: Engine) -> None:
    silent = found(engine, [*said(A, 0, 20, imo=9074729), *said(B, 33, 50, imo=9074729)])
    assert kinds(silent) == [("mmsi-change", A, str(A), str(B))]
    assert silent[0]["gap_h"] == pytest.approx(13)


def test_new_mmsi_at_once_is_told_only_near_a_silence_of_either(engine: Engine) -> None:
    heard = [*said(A, 0, 20, imo=9074729), *said(B, 21, 60, imo=9074729)]
    assert found(engine, heard) == []


@pytest.mark.parametrize(("days", "number"), [(1.0, 0), (2.0, 1)])
def test_new_name_is_told_within_days_of_a_silence(engine: Engine, days: float, number: int) -> None:
    silence_ends_h, renamed_h = 30, 30 + 40
    fixes = [*said(A, 0, 10, "ALFA"), *said(A, silence_ends_h, renamed_h - 1, "ALFA"), *said(A, renamed_h, 90, "BETA")]
    rows = found(engine, fixes, gap_days=days)
    assert kinds(rows) == [("name-change", A, "ALFA", "BETA")] * number
    assert [row["gap_h"] for row in rows] == [pytest.approx(20)] * number


def test_name_in_one_garbled_message_is_no_name(engine: Engine) -> None:
    fixes = [*said(A, 0, 20, "ALFA"), Fix(A, 5.5, 124, 38, name="ALFB")]
    assert found(engine, fixes) == []


def test_name_in_one_message_counts_where_one_is_enough(engine: Engine) -> None:
    fixes = [*said(A, 0, 20, "ALFA"), Fix(A, 5.5, 124, 38, name="ALFB"), Fix(A, 6.5, 124, 38, name="ALFB")]
    assert kinds(found(engine, fixes, least_messages=1)) == [("two-names", A, "ALFA", "ALFB")]


def test_listed_vessel_is_found_by_number_whatever_her_name_and_flag(engine: Engine) -> None:
    rows = found(engine, said(A, 0, 5, "NEW NAME", 9074729), [Vessel("l1", "OLD NAME", 9074729, "AUT")])
    assert kinds(rows) == [("flag", A, "DEU", "AUT"), ("listed-imo", A, "9074729", "OLD NAME")]
    assert {(row["listed"], row["score"]) for row in rows} == {("l1", 100.0)}


def test_listed_vessel_is_found_by_her_mmsi(engine: Engine) -> None:
    rows = found(engine, said(A, 3, 5), [Vessel("l1", "ALFA", mmsi=A)])
    assert kinds(rows) == [("listed-mmsi", A, str(A), "ALFA")]
    assert (hour_of(rows[0]["start"]), hour_of(rows[0]["end"])) == (3, 5)


def test_flag_that_fits_the_country_digits_is_not_told(engine: Engine) -> None:
    rows = found(engine, said(A, 0, 5, "A", 9074729), [Vessel("l1", "A", 9074729, "DEU")])
    assert [row["kind"] for row in rows] == ["listed-imo"]


@pytest.mark.parametrize("numbers", [{"imo": 9074729}, {"mmsi": A}, {"imo": 9074729, "mmsi": A}])
def test_flag_of_a_ship_on_no_list_is_held_to_her_digits_once(engine: Engine, numbers: dict[str, Any]) -> None:
    vessel = Vessel("v1", "ALFA", flag="AUT", listed=False, **numbers)
    rows = found(engine, said(A, 2, 7, "ALFA", 9074729), [vessel])
    assert kinds(rows) == [("flag", A, "DEU", "AUT")]
    assert (rows[0]["listed"], hour_of(rows[0]["start"]), hour_of(rows[0]["end"])) == ("v1", 2, 7)


@pytest.mark.parametrize(("flag", "told"), [("CUW", 0), ("SXM", 0), ("BES", 0), ("NLD", 1)])
def test_digits_that_several_territories_share_fit_each_of_them(engine: Engine, flag: str, told: int) -> None:
    rows = found(engine, said(306000001, 0, 5), [Vessel("v1", "", mmsi=306000001, flag=flag, listed=False)])
    assert kinds(rows) == [("flag", 306000001, "BES+CUW+SXM", flag)] * told


@pytest.mark.parametrize(
    ("mmsi", "digits"),
    [
        (217000001, "217"),  # a ship's number
        (790000001, "790"),
        (776000001, "776"),
        (2170001, "217"),  # a coast station's
        (90000001, "900"),  # a group's
        (111217001, "217"),  # an aircraft's
        (821700001, "217"),  # a handheld radio's
        (982170001, "217"),  # a craft's of a parent ship
        (992170001, "217"),  # an aid's to navigation
        (123456789, "123"),  # nobody's
        (977000001, "977"),
    ],
)
def test_digits_that_are_no_territorys_are_told(engine: Engine, mmsi: int, digits: str) -> None:
    rows = found(engine, said(mmsi, 1, 4))
    assert kinds(rows) == [("mid", mmsi, digits, None)]
    assert (hour_of(rows[0]["start"]), hour_of(rows[0]["end"])) == (1, 4)


@pytest.mark.parametrize(
    "mmsi",
    [
        550000001,
        638000001,
        740000001,
        2110001,
        21100001,
        111211001,
        821100001,
        982110001,
        992110001,
        970211001,
        972211001,
        974211001,
        979211001,
    ],
)
def test_digits_that_are_somebodys_or_that_a_form_lacks_are_not_told(engine: Engine, mmsi: int) -> None:
    assert found(engine, said(mmsi, 1, 4)) == []


def test_number_in_one_garbled_message_is_no_number(engine: Engine) -> None:
    assert found(engine, [Fix(217000001, 5.5, 124, 38)]) == []


def test_number_of_a_simulated_ship_is_nobodys_on_purpose_and_not_told(engine: Engine) -> None:
    put(engine, said(790000001, 1, 4), "observed")
    put_ports(engine, ())
    engine.create("positions", "select * replace ('simulated' as receiver) from observed")
    find_identity(engine, IdentityLevers())
    assert engine.rows("select * from identity") == []


def test_country_digits_are_those_of_territories_and_none_is_missing_of_the_published_table() -> None:
    held = tomllib.loads((files("tumen.vessels") / "mids.toml").read_text("utf-8"))
    assert set(held) <= {country.alpha_3 for country in pycountry.countries}
    numbers = {number for state in held.values() for number in state}
    assert (len(numbers), min(numbers), max(numbers)) == (292, 201, 775)
    shared = {n for n in numbers if sum(n in state for state in held.values()) > 1}
    assert shared == {306}


def test_listed_name_is_told_with_its_score(engine: Engine) -> None:
    listed = [Vessel("l1", "BRIGHT STAR 7"), Vessel("l2", "BRIGHD STAR 7")]
    rows = found(engine, said(A, 0, 5, "BRIGHT  STAR 7"), listed)
    assert [(row["kind"], row["listed"], row["score"]) for row in rows] == [
        ("listed-name", "l1", 100.0),
        ("listed-name", "l2", 90.0),
    ]


@pytest.mark.parametrize(("least", "told"), [(90.0, ["l1", "l2"]), (91.0, ["l1"]), (80.0, ["l1", "l2", "l3"])])
def test_the_score_from_which_a_name_is_told_is_a_lever(engine: Engine, least: float, told: list[str]) -> None:
    listed = [Vessel("l1", "BRIGHT STAR"), Vessel("l2", "BRIGHD STAR"), Vessel("l3", "BRIGHD STARS")]
    rows = found(engine, said(A, 0, 5, "BRIGHT STAR"), listed, least_score=least)
    assert [row["listed"] for row in rows] == told


def test_ships_of_a_fleet_are_told_apart_by_their_number_whatever_the_lever(engine: Engine) -> None:
    assert found(engine, said(A, 0, 5, "TEST STAR 7"), [Vessel("l1", "TEST STAR 1")], least_score=50) == []


@pytest.mark.parametrize("filler", ["@@@@", "N/A", "Unknown", "nan", "NULL", "NONE", "-", "0", "  "])
def test_what_stands_for_no_name_is_none(engine: Engine, filler: str) -> None:
    fixes = [*said(A, 0, 20, filler), *said(A, 35, 60, "ALFA")]
    assert found(engine, fixes, [Vessel("l1", filler.upper())]) == []


@pytest.mark.parametrize("other", ["ALFA  ONE", " alfa one", "ALFA ONE@@@"])
def test_one_name_written_in_two_ways_is_one(engine: Engine, other: str) -> None:
    assert found(engine, [*said(A, 0, 20, "ALFA ONE"), *said(A, 35, 60, other)]) == []


def test_number_zero_joins_no_ships(engine: Engine) -> None:
    assert found(engine, [*said(A, 0, 20, imo=0), *said(B, 0, 20, imo=0)]) == []


def test_a_vessel_of_several_numbers_is_told_apart_by_none_of_hers(engine: Engine) -> None:
    vessel = [Vessel("l1", "ALFA ONE", 9162485), Vessel("l1", "ALFA ONE", 9074729)]
    rows = found(engine, said(A, 0, 5, "ALFA ONE", 9074729), vessel)
    assert [row["kind"] for row in rows] == ["listed-imo"]


def test_name_is_compared_with_every_name_of_a_listed_vessel_and_the_most_like_is_told(engine: Engine) -> None:
    vessel = Vessel("l1", "BRIGHT STAR 8", aliases=("BRIGHT STAR 7", "MORNING"))
    rows = found(engine, [*said(A, 0, 5, "BRIGHT STAR 7"), *said(B, 0, 5, "MORNING")], [vessel])
    assert [(row["mmsi"], row["other"], row["score"]) for row in rows] == [
        (A, "BRIGHT STAR 7", 100.0),
        (B, "MORNING", 100.0),
    ]


def test_name_of_a_ship_on_no_list_is_not_compared(engine: Engine) -> None:
    assert found(engine, said(A, 0, 5, "ALFA"), [Vessel("v1", "ALFA", listed=False)]) == []


@pytest.mark.parametrize(("name", "number"), [("BRIGHT STAR 7", 1), ("BRIGHT STAR 8", 0)])
def test_another_number_tells_ships_apart_unless_the_name_is_the_very_same(
    engine: Engine, name: str, number: int
) -> None:
    rows = found(engine, said(A, 0, 5, name, 9074729), [Vessel("l1", "BRIGHT STAR 7", 9162485)])
    assert [row["kind"] for row in rows] == ["listed-name"] * number
