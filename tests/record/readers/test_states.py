"""Which state a spelling means, and that what means none is told apart from what is not understood."""

from __future__ import annotations

import csv
import importlib.resources

import iso3166
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
        ("XKX", "XKX"),
        ("Argentine Republic", "ARG"),
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


@pytest.mark.parametrize("kind", ["name", "official_name", "common_name"])
def test_every_name_of_the_other_list_of_iso_3166_is_understood(kind: str) -> None:
    named = {str(getattr(s, kind)): s.alpha_3 for s in pycountry.countries if getattr(s, kind, None)}
    assert named
    assert {name: state_of(name, "name") for name in named} == named


def test_every_code_of_the_other_list_is_understood_withdrawn_ones_too() -> None:
    codes = {str(s.alpha_3) for s in [*pycountry.countries, *pycountry.historic_countries]}
    assert {code for code in codes if state_of(code, "name") != code} == set()
    theirs = {"TMP": "TLS"}  # CAMEO has the withdrawn code for the state of today
    assert {code for code in codes if state_of(code, "cameo") != theirs.get(code, code)} == set()


def own_rows() -> list[dict[str, str]]:
    """Every line of our own list."""
    text = importlib.resources.files("tumen.record.readers").joinpath("states.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_own_list_gives_a_code_and_a_source_for_each_spelling_once() -> None:
    known = {s.alpha_3 for s in [*pycountry.countries, *pycountry.historic_countries]} | {"XKX", NO_STATE}
    rows = own_rows()
    assert {row["alpha3"] for row in rows} <= known
    assert all(row["source"] for row in rows)
    assert len({(row["scheme"], row["spelling"]) for row in rows}) == len(rows)


def test_own_list_repeats_nothing_that_the_library_knows() -> None:
    names = {name for c in iso3166.countries for name in (c.name, c.apolitical_name)}
    assert {row["spelling"] for row in own_rows() if row["scheme"] == "name"}.isdisjoint(names)
    assert {row["spelling"] for row in own_rows() if row["scheme"] == "code"}.isdisjoint(
        c.alpha3 for c in iso3166.countries
    )
