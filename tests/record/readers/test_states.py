"""Which state a spelling means, and that what means none is told apart from what is not understood."""

from __future__ import annotations

import csv
import importlib.resources

import pycountry
import pytest

from tumen.record.readers.states import NO_STATE, state_of


@pytest.mark.parametrize(
    ("spelling", "state"),
    [
        ("China", "CHN"),
        ("North Korea", "PRK"),
        ("South Korea", "KOR"),
        ("Russian Federation", "RUS"),
        ("Russia", "RUS"),
        ("UNITED STATES", "USA"),
        ("Cote d'Ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Reunion", "REU"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("Moldova, Republic of", "MDA"),
        ("Viet Nam", "VNM"),
        ("Kosovo", "XKX"),
        ("CHN", "CHN"),
        ("Congo", "COG"),
        ("Democratic Republic of Congo", "COD"),
        ("Bavaria", None),
        ("", None),
        ("CN", None),
    ],
)
def test_name_means_a_state(spelling: str, state: str | None) -> None:
    assert state_of(spelling, "name") == state


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("PRK", "PRK"),
        ("ROM", "ROU"),
        ("TMP", "TLS"),
        ("MTN", "MNE"),
        ("WSB", "PSE"),
        ("EUR", NO_STATE),
        ("ABC", None),
        ("China", None),
    ],
)
def test_code_of_cameo_means_a_state(code: str, state: str | None) -> None:
    assert state_of(code, "cameo") == state


@pytest.mark.parametrize(
    ("number", "state"), [("710", "CHN"), ("731", "PRK"), ("365", "RUS"), ("2", "USA"), ("1", None)]
)
def test_number_of_the_correlates_of_war_means_a_state(number: str, state: str | None) -> None:
    assert state_of(number, "cow") == state


def test_states_that_are_no_more_keep_their_code() -> None:
    assert state_of("SUN", "name") == "SUN"


def test_names_of_today_go_before_names_that_were() -> None:
    assert [state_of(s.name, "name") for s in pycountry.countries] == [s.alpha_3 for s in pycountry.countries]


def test_own_list_repeats_nothing_that_the_library_knows() -> None:
    text = importlib.resources.files("tumen.record.readers").joinpath("states.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    known = {s.alpha_3 for s in [*pycountry.countries, *pycountry.historic_countries]} | {"XKX", ""}
    assert {row["alpha3"] for row in rows} <= known
    assert all(row["source"] for row in rows)
    assert len({(row["scheme"], row["spelling"]) for row in rows}) == len(rows)
    assert {row["spelling"] for row in rows if row["scheme"] == "name"}.isdisjoint(s.name for s in pycountry.countries)
