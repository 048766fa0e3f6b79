"""A name is what a ship or a list meant by it: fillers are none, and blanks count once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.engine.backends import open_engine
from tumen.vessels.ship_names import FILLERS, make_ships, name_meant


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "  ",
        "@",
        "@@@@@@@@",
        "NULL",
        "null",
        "N/A",
        "n/a",
        "NA",
        "nan",
        "NONE",
        "Unknown",
        "UNKNOWN@@@",
        "-",
        "--",
        "0",
        "000",
        ".",
        "?",
        "[null]",
        "(unknown)",
        "'None'",
        "TBA",
        "None Identified",
        "No  Name",
    ],
)
def test_fillers_are_no_names(text: str | None) -> None:
    assert name_meant(text) == ""


@pytest.mark.parametrize(
    "text", ["NONESUCH", "NULLARBOR", "NANA", "0 KELVIN", "7", "A", "ЯНТАРЬ", "金星", "UNKNOWN SEA"]
)
def test_names_that_look_like_fillers_are_names(text: str) -> None:
    assert name_meant(text) == text


@given(st.text(max_size=20))
def test_what_was_meant_is_meant_by_itself(text: str) -> None:
    assert name_meant(name_meant(text)) == name_meant(text)
    assert name_meant(text) not in FILLERS


def test_ships_have_the_name_that_they_say_most_often_in_any_spelling() -> None:
    engine = open_engine()
    names = ["ALPHA  ONE", "ALPHA ONE@@", "alpha one", "OTHER", "OTHER", *["N/A"] * 9]
    rows = " union all ".join(f"select 5 as mmsi, '{n}' as name, 0 as imo, 70 as ship_type" for n in names)
    engine.create("positions", rows)
    make_ships(engine)
    found = engine.rows("select * from ships")
    engine.close()
    assert found == [{"mmsi": 5, "name": "ALPHA ONE", "imo": None, "ship_type": 70}]
