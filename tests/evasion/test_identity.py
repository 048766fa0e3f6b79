"""What does not fit in what ships say of themselves is found, and a listed vessel is never matched in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evasion.seas import Fix, every, hour_of, put, voyage
from tumen.engine import open_engine
from tumen.errors import EngineError, ProblemsError
from tumen.evasion.identity import COLUMNS, find_identity
from tumen.evasion.levers import IdentityLevers
from tumen.evasion.listed import Listed, read_listed
from tumen.evasion.ports import put_ports
from tumen.queries import Engine, Row


@pytest.fixture
def engine() -> Iterator[Engine]:
    opened = open_engine()
    yield opened
    opened.close()


def found(engine: Engine, fixes: Sequence[Fix], listed: Sequence[Listed] = (), **levers: float) -> list[Row]:
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
    assert found(engine, said(1, 0, 40, "ALFA", 9074729)) == []


@pytest.mark.parametrize(("imo", "digit"), [(9074728, "9"), (1234560, "7"), (9999999, "3")])
def test_number_with_a_wrong_last_digit_is_told_with_the_right_one(engine: Engine, imo: int, digit: str) -> None:
    rows = found(engine, said(1, 0, 5, "ALFA", imo))
    assert kinds(rows) == [("imo-check", 1, str(imo), digit)]
    assert tuple(rows[0]) == COLUMNS
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
    rows = found(engine, [*said(1, 0, 20, "ALFA"), *said(1, 10, 30, "BETA")])
    assert kinds(rows) == [("two-names", 1, "ALFA", "BETA")]
    assert (hour_of(rows[0]["start"]), hour_of(rows[0]["end"])) == (10, 20)


def test_one_number_on_two_ships_at_a_time_is_told_and_two_numbers_on_one(engine: Engine) -> None:
    fixes = [*said(1, 0, 20, imo=9074729), *said(2, 5, 15, imo=9074729), *said(3, 0, 9, imo=9074729),
             *said(3, 0, 9, imo=9162485)]  # fmt: skip
    assert [k for k in kinds(found(engine, fixes)) if k[0].startswith("two")] == [
        ("two-imos", 3, "9074729", "9162485"),
        ("two-mmsis", 1, "1", "3"),
        ("two-mmsis", 3, "3", "2"),
    ]


def test_new_mmsi_after_a_silence_is_told_and_without_one_is_not(engine: Engine) -> None:
    silent = found(engine, [*said(1, 0, 20, imo=9074729), *said(2, 33, 50, imo=9074729)])
    assert kinds(silent) == [("mmsi-change", 1, "1", "2")]
    assert silent[0]["gap_h"] == pytest.approx(13)


def test_new_mmsi_at_once_is_told_only_near_a_silence_of_either(engine: Engine) -> None:
    heard = [*said(1, 0, 20, imo=9074729), *said(2, 21, 60, imo=9074729)]
    assert found(engine, heard) == []


@pytest.mark.parametrize(("days", "number"), [(1.0, 0), (2.0, 1)])
def test_new_name_is_told_within_days_of_a_silence(engine: Engine, days: float, number: int) -> None:
    silence_ends_h, renamed_h = 30, 30 + 40
    fixes = [*said(1, 0, 10, "ALFA"), *said(1, silence_ends_h, renamed_h - 1, "ALFA"), *said(1, renamed_h, 90, "BETA")]
    rows = found(engine, fixes, gap_days=days)
    assert kinds(rows) == [("name-change", 1, "ALFA", "BETA")] * number
    assert [row["gap_h"] for row in rows] == [pytest.approx(20)] * number


def test_name_in_one_garbled_message_is_no_name(engine: Engine) -> None:
    fixes = [*said(1, 0, 20, "ALFA"), Fix(1, 5.5, 124, 38, name="ALFB")]
    assert found(engine, fixes) == []


def test_name_in_one_message_counts_where_one_is_enough(engine: Engine) -> None:
    fixes = [*said(1, 0, 20, "ALFA"), Fix(1, 5.5, 124, 38, name="ALFB"), Fix(1, 6.5, 124, 38, name="ALFB")]
    assert kinds(found(engine, fixes, least_messages=1)) == [("two-names", 1, "ALFA", "ALFB")]


def test_listed_vessel_is_found_by_number_whatever_her_name_and_flag(engine: Engine) -> None:
    rows = found(engine, said(211000001, 0, 5, "NEW NAME", 9074729), [Listed("l1", "OLD NAME", 9074729, "AUT")])
    assert kinds(rows) == [("flag", 211000001, "DEU", "AUT"), ("listed-imo", 211000001, "9074729", "OLD NAME")]
    assert {(row["listed"], row["score"]) for row in rows} == {("l1", 100.0)}


def test_flag_that_fits_the_country_digits_is_not_told(engine: Engine) -> None:
    rows = found(engine, said(211000001, 0, 5, "A", 9074729), [Listed("l1", "A", 9074729, "DEU")])
    assert [row["kind"] for row in rows] == ["listed-imo"]


def test_listed_name_is_told_with_its_score(engine: Engine) -> None:
    rows = found(engine, said(1, 0, 5, "STAR BRIGHT 7"), [Listed("l1", "BRIGHT STAR 7"), Listed("l2", "BRIGHT STAR 8")])
    assert [(row["kind"], row["listed"], row["score"]) for row in rows] == [
        ("listed-name", "l1", 100.0),
        ("listed-name", "l2", pytest.approx(100 * 24 / 26)),
    ]


@pytest.mark.parametrize(("name", "number"), [("BRIGHT STAR 7", 1), ("BRIGHT STAR 8", 0)])
def test_another_number_tells_ships_apart_unless_the_name_is_the_very_same(
    engine: Engine, name: str, number: int
) -> None:
    rows = found(engine, said(1, 0, 5, name, 9074729), [Listed("l1", "BRIGHT STAR 7", 9162485)])
    assert [row["kind"] for row in rows] == ["listed-name"] * number


def test_without_the_library_nothing_is_compared_and_the_extra_is_named(engine: Engine) -> None:
    with (
        patch.dict("sys.modules", {"rapidfuzz": None}),
        pytest.raises(EngineError, match=r"extra 'ais'.*\[listed-extra\]"),
    ):
        found(engine, said(1, 0, 5, "A"), [Listed("l", "A")])


def test_list_is_read_with_states_by_name_or_code(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,IMO,flag,more\nalfa,9074729,Germany,x\nBETA,,AUT,\n,9162485,Atlantis,\n")
    assert read_listed(path) == (
        Listed("alfa (line 2)", "ALFA", 9074729, "DEU"),
        Listed("BETA (line 3)", "BETA", None, "AUT"),
        Listed("9162485 (line 4)", "", 9162485, None),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name\nA\n", "a first line without imo"),
        ("name,imo\nA,123\n", r":2: got IMO number '123'"),
        ("name,imo\n,\n", ":2: got neither a name nor an IMO number"),
        ("name,imo\nA,9074729,x\n", ":2: got too many cells"),
        ('name,imo\n"A,9074729\n', "a file that is no CSV"),
    ],
)
def test_list_that_cannot_be_read_says_why(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text)
    with pytest.raises(ProblemsError, match=message) as caught:
        read_listed(path)
    assert "[listed-unreadable]" in str(caught.value)
