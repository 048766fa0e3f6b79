"""What the bundled record holds of 2025, counted and added up from its files without tumen.

The numbers of rows and the sums were taken from the tables that the record was made from.
"""

import csv
from collections import Counter
from itertools import combinations

import duckdb
import pytest

from tumen.run import BUNDLED

RECORD = BUNDLED / "record"

#: Rows by table whose day, or the last day of whose period, lies in 2025.
ROWS = {
    "deliveries": 3,
    "designated_vessels": 9,
    "evasion_cases": 3,
    "events": 43,
    "statements": 29,
    "theft_totals": 9,
    "thefts": 3,
    "trade": 16,
}


#: Roll calls of 2025: identical votes, and votes that both cast.
AGREED = {
    ("CHN", "PRK"): (151, 174),
    ("CHN", "RUS"): (146, 184),
    ("CHN", "USA"): (7, 184),
    ("PRK", "RUS"): (158, 174),
    ("PRK", "USA"): (17, 174),
    ("RUS", "USA"): (24, 184),
}


def rows(table: str) -> dict[str, dict[str, str]]:
    with (RECORD / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


def in_2025(row: dict[str, str]) -> bool:
    if "end" in row:
        return "2025-01-01" < row["end"] <= "2026-01-01"
    return (row.get("date") or row.get("list_date") or "").startswith("2025")


@pytest.mark.parametrize(("table", "number"), ROWS.items())
def test_rows_of_2025_are_as_many_as_were_read(table, number):
    assert sum(in_2025(row) for row in rows(table).values()) == number


def test_nothing_happened_after_2025():
    found = {table: [row for row in rows(table).values() if (row.get("date") or "") > "2026"] for table in ROWS}
    assert not any(found.values())


@pytest.mark.parametrize(
    ("name", "apart"),
    [("gacc-chn-2025m09", 0), ("gacc-chn-rus-2025m06", 0), ("gacc-chn-rus-2025m01-m06", 0)],
)
def test_exports_and_imports_of_china_make_the_total(name, apart):
    exports, imports, total = (float(rows("trade")[name][f"{part}_usd"]) for part in ("exports", "imports", "total"))
    assert exports + imports - total == apart


def test_flows_worked_out_from_growth_miss_the_years_total_by_less_than_half_a_per_cent():
    trade = rows("trade")
    flows = sum(float(trade["gacc-chn-rus-2025-b"][f"{part}_usd"]) for part in ("exports", "imports"))
    assert flows / float(trade["gacc-chn-rus-2025"]["total_usd"]) == pytest.approx(1, abs=0.005)


def test_china_notified_all_of_the_oil_of_2025():
    barrels = {name: float(row["barrels"]) for name, row in rows("deliveries").items() if in_2025(row)}
    assert barrels["chn-2025m01"] + barrels["chn-2025m02"] == barrels["chn-rus-2025m01-m02"] == 19_904


def test_the_theft_from_bybit_counts_once():
    found = [row for row in rows("thefts").values() if row["victim"] == "Bybit"]
    assert [row["duplicate_of"] for row in found] == ["", "bybit-2025", "bybit-2025"]


def test_totals_without_a_beginning_say_so():
    assert {name for name, row in rows("theft_totals").items() if not row["start"]} == {
        "chainalysis-to-2025",
        "elliptic-to-2023",
        "rusi-to-2024-03",
    }


def test_no_phrase_is_longer_than_twelve_words():
    assert max(len(row["phrase"].split()) for row in rows("statements").values()) <= 12


def votes_of_2025() -> dict[str, dict[tuple[str, str], str]]:
    """Each member's votes by day and resolution."""
    with duckdb.connect() as connection:
        found = connection.execute(
            "select actor, date::varchar, resolution, vote from read_parquet($place) where date >= '2025-01-01'",
            {"place": str(RECORD / "votes.parquet")},
        ).fetchall()
    votes: dict[str, dict[tuple[str, str], str]] = {}
    for actor, date, resolution, vote in found:
        votes.setdefault(actor, {})[date, resolution] = vote
    return votes


def test_roll_calls_of_2025():
    votes = votes_of_2025()
    assert len(votes) == 193
    assert {len(of_one) for of_one in votes.values()} == {184}
    cast = Counter(vote for of_one in votes.values() for vote in of_one.values())
    assert cast == {"Y": 28_296, "-": 3_516, "A": 2_111, "N": 1_589}


def test_agreement_in_2025_counted_vote_by_vote():
    votes = votes_of_2025()
    counted = {}
    for one, other in combinations(("CHN", "PRK", "RUS", "USA"), 2):
        pairs = [(votes[one][key], votes[other][key]) for key in votes[one]]
        both = [a == b for a, b in pairs if "-" not in (a, b)]
        counted[one, other] = (sum(both), len(both))
    assert counted == AGREED
