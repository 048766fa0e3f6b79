"""A case's editions: the latest is its wall, and a new one leaves the rest of case.toml as it stood."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CaseFolder
from tests.measure.worlds import many
from tumen.case.edition_writing import require_later, with_edition
from tumen.case.model import CaseHeader
from tumen.errors import ProblemsError
from tumen.prepare import load_case

HEADER = """# A case.
title = "T"  # its title
focal = "AAA"
seed = 1

[citation]
author = "A"
title = "B"
publisher = "C"
published = 2020-01-01

[[actor]]
id = "AAA"
name = "A"
"""


def header(*days: str, as_of: str = "") -> CaseHeader:
    return CaseHeader.model_validate(tomllib.loads(text(*days, as_of=as_of)))


def text(*days: str, as_of: str = "") -> str:
    top = f"as_of = {as_of}\n" if as_of else ""
    return top + HEADER + "".join(f"\n[[edition]]\nas_of = {day}\n" for day in days)


def test_the_latest_edition_is_the_wall() -> None:
    assert header("2021-01-31", "2022-06-30").as_of == dt.date(2022, 6, 30)


def test_the_editions_before_a_wall_and_that_of_its_day_are_told_apart() -> None:
    found = header("2021-01-31", "2022-06-30", "2023-06-30")
    between = found.model_copy(update={"as_of": dt.date(2022, 12, 31)})
    assert [e.as_of.year for e in found.editions_before] == [2021, 2022]
    assert found.present == found.edition[2]
    assert [e.as_of.year for e in between.editions_before] == [2021, 2022]
    assert between.present is None
    assert header(as_of="2024-12-31").editions_before == ()


@pytest.mark.parametrize(
    ("days", "as_of", "said"),
    [
        (("2021-01-31", "2021-01-31"), "", "expected editions in the order of their days, each day once"),
        (("2022-01-31", "2021-01-31"), "", "expected editions in the order of their days, each day once"),
        (("2021-01-31",), "2024-12-31", "got as_of beside [[edition]]; expected either of them"),
        (("2021-01-31", '"soon"'), "", "got edition.1.as_of = 'soon'; expected a date such as 2024-12-31"),
        ((), "", "got no 'as_of'"),
        (("2019-01-31",), "", "got as_of 2019-01-31, before the assessment's date 2020-01-01"),
    ],
)
def test_editions_that_are_no_walls_are_refused_with_their_line(case_folder: CaseFolder, days, as_of, said) -> None:
    _, problems = load_case(case_folder({"case.toml": text(*days, as_of=as_of)}))
    (told,) = [p for p in problems if p.place.file == "case.toml" and p.severity == "error"]
    assert said in str(told)
    assert told.place.line or not days


def test_an_edition_with_an_unknown_key_is_refused_with_its_line(case_folder: CaseFolder) -> None:
    _, problems = load_case(case_folder({"case.toml": text("2021-01-31") + 'who = "me"\n'}))
    (told,) = [p for p in problems if p.slug == "unknown-key"]
    assert "got key 'edition.0.who'" in str(told)
    assert told.place.line == text("2021-01-31").count("\n") + 1


def test_a_new_edition_of_a_case_without_any_keeps_its_own_day_as_the_first() -> None:
    made = with_edition(text(as_of="2024-12-31"), header(as_of="2024-12-31"), dt.date(2026, 1, 31))
    found = CaseHeader.model_validate(tomllib.loads(made))
    assert [e.as_of for e in found.edition] == [dt.date(2024, 12, 31), dt.date(2026, 1, 31)]
    assert "# A case." in made
    assert 'title = "T"  # its title' in made


@many
@given(
    days=st.lists(st.dates(dt.date(2020, 1, 1), dt.date(2090, 1, 1)), min_size=1, max_size=5, unique=True).map(sorted),
    later=st.integers(1, 3000),
)
def test_what_stood_in_case_toml_stays_and_the_new_edition_is_the_wall(days: list[dt.date], later: int) -> None:
    before = text(*map(str, days))
    new = days[-1] + dt.timedelta(days=later)
    made = with_edition(before, header(*map(str, days)), new)
    assert made.startswith(before)
    found = CaseHeader.model_validate(tomllib.loads(made))
    assert found.as_of == new
    assert [e.as_of for e in found.edition] == [*days, new]


@pytest.mark.parametrize("day", [dt.date(2022, 6, 30), dt.date(2022, 6, 29), dt.date(2021, 1, 31)])
def test_an_edition_that_is_not_later_than_the_latest_is_refused(day: dt.date) -> None:
    with pytest.raises(ProblemsError, match=f"got a new edition as of {day}; expected a day after 2022-06-30"):
        require_later(header("2021-01-31", "2022-06-30"), day)


def test_the_day_after_the_latest_edition_is_late_enough(tmp_path: Path) -> None:
    require_later(header("2022-06-30"), dt.date(2022, 7, 1))
