"""What ships say of themselves in rows without a position is joined to their positions by MMSI and time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.ais.test_positions import NOW, dropped, read
from tumen.ais.positions import read_positions
from tumen.engine.backends import open_engine
from tumen.errors import ProblemsError

POSITIONS = "mmsi,t,lon,lat,name,imo,ship_type,draught_m\n"


def at(hour: int, mmsi: int = 7, rest: str = ",,,") -> str:
    """A position of a ship, one an hour."""
    return f"{mmsi},2024-03-10T{hour:02}:00:00,{100 + hour}.5,30,{rest}\n"


def said(hour: int | None, rest: str, mmsi: int = 7) -> str:
    """A row without a position."""
    return f"{mmsi},{'' if hour is None else f'2024-03-10T{hour:02}:00:00'},,,{rest}\n"


def test_last_said_at_or_before_holds_and_before_the_first_the_first(tmp_path: Path) -> None:
    text = POSITIONS + at(1) + said(2, "OLD,,,") + at(2) + at(3) + said(4, "NEW,,,") + at(4) + at(9)
    reading, rows = read(tmp_path, text)
    assert [row["name"] for row in rows] == ["OLD", "OLD", "OLD", "NEW", "NEW"]
    assert (reading.rows, reading.said, dropped(reading)) == (5, 2, {})


def test_each_of_the_four_is_the_last_that_was_said(tmp_path: Path) -> None:
    text = (
        POSITIONS
        + at(1)
        + said(2, "A,,,")
        + said(3, ",2222224,80,")
        + at(4)
        + said(5, ",,,7.5")
        + said(6, "B,,,")
        + at(7)
    )
    _, rows = read(tmp_path, text)
    assert [(r["name"], r["imo"], r["ship_type"], r["draught_m"]) for r in rows] == [
        ("A", 2222224, 80, 7.5),
        ("A", 2222224, 80, 7.5),
        ("B", 2222224, 80, 7.5),
    ]


def test_what_a_row_says_itself_stands(tmp_path: Path) -> None:
    _, rows = read(tmp_path, POSITIONS + said(0, "SAID_OF_SELF,,,") + at(1, rest="OWN,,,") + at(2))
    assert [row["name"] for row in rows] == ["OWN", "SAID_OF_SELF"]


def test_said_at_no_known_time_comes_before_all_else(tmp_path: Path) -> None:
    text = POSITIONS + at(1) + said(None, "FIRST,,,") + said(2, "THEN,,,") + at(3)
    _, rows = read(tmp_path, text)
    assert [row["name"] for row in rows] == ["FIRST", "THEN"]


def test_a_ship_is_told_of_its_own_words_only(tmp_path: Path) -> None:
    _, rows = read(tmp_path, POSITIONS + at(1) + at(1, mmsi=8) + said(2, "SEVEN,,,"))
    assert [row["name"] for row in rows] == ["SEVEN", None]


@pytest.mark.parametrize("first", [True, False])
def test_names_stand_in_another_file_without_places(tmp_path: Path, first: bool) -> None:
    names = "MMSI,IMO,SHIPNAME,CALLSIGN,SHIPTYPE\n7,2222224,ALPHA TEST,X,80\n"
    texts = [names, "mmsi,t,lon,lat\n7,2024-03-10T01:00:00,100,30\n"]
    _, (row,) = read(tmp_path, *(texts if first else texts[::-1]))
    assert (row["name"], row["imo"], row["ship_type"]) == ("ALPHA TEST", 2222224, 80)


def test_fillers_are_nothing_that_a_ship_says(tmp_path: Path) -> None:
    text = POSITIONS + at(1) + "".join(said(2, f"{name},0,0,0") for name in ("", "@@@@", "NULL", "nan", "N/A"))
    reading, (row,) = read(tmp_path, text)
    assert (row["name"], reading.said, dropped(reading)) == (None, 0, {"no position": 5})


def test_names_alone_are_no_positions(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text("mmsi,name\n7,ALPHA\n")
    with pytest.raises(ProblemsError, match="got no row that can be used"):
        read_positions([file], tmp_path / "out.parquet", open_engine, NOW)


def test_many_words_of_a_ship_make_no_position_twice(tmp_path: Path) -> None:
    texts = "".join(said(hour, f"{'AB'[hour % 2]},,,") for hour in range(24))
    reading, rows = read(tmp_path, POSITIONS + texts + "".join(at(hour) for hour in range(24)))
    assert [row["name"] for row in rows] == list("AB" * 12)
    assert [row["t"] for row in rows] == [dt.datetime(2024, 3, 10, hour) for hour in range(24)]
    assert reading.rows == 24
