"""The provisions of the bundled record: what another resolution took the place of is over, and caps are for a year."""

import csv

import pytest

from tumen.run import BUNDLED


def provisions() -> dict[str, dict[str, str]]:
    with (BUNDLED / "record" / "provisions.csv").open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


def test_what_was_superseded_has_ended():
    assert all(row["end"] for row in provisions().values() if "superseded" in row["note"])


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2270-iron-and-iron-ore", "2371-iron-and-iron-ore"),
        ("2321-coal", "2371-coal"),
        ("2375-crude-oil", "2397-crude-oil"),
    ],
)
def test_one_ends_on_the_day_on_which_the_next_begins(earlier, later):
    found = provisions()
    assert found[earlier]["end"] == found[later]["start"]


def test_one_cap_a_unit_is_in_force_for_a_product_on_any_day():
    caps = [row for row in provisions().values() if row["cap_value"] and row["legal_force"] == "rule"]
    for row in caps:
        alike = [r for r in caps if (r["product"], r["cap_unit"]) == (row["product"], row["cap_unit"])]
        assert [r["id"] for r in alike if r["start"] <= row["start"] < (r["end"] or "9999")] == [row["id"]]
