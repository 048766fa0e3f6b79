"""Periods that end on their last day, and codes that lost their zero, are told by row."""

from pathlib import Path

import pytest

from tests.conftest import SOURCES, TRADE
from tumen.engine.embedded import DuckDB
from tumen.prepare import prepare


def told(folder: Path, duckdb: DuckDB, slug: str) -> list[str]:
    return [str(p) for p in prepare(folder, duckdb).problems if p.slug == slug]


@pytest.mark.parametrize(
    ("start", "end", "meant"),
    [
        ("2023-01-01", "2023-12-31", "2024-01-01"),
        ("2023-03-05", "2023-12-31", "2024-01-01"),
        ("2024-02-01", "2024-02-29", "2024-03-01"),
        ("2023-04-01", "2023-06-30", "2023-07-01"),
        ("2023-01-01", "2023-06-30", "2023-07-01"),
        ("2023-01-01", "2024-01-01", ""),
        ("2023-02-01", "2023-02-28", "2023-03-01"),
        ("2024-02-01", "2024-02-28", ""),
        ("2018-01-01", "2018-05-31", ""),
        ("2023-01-15", "2023-01-31", ""),
    ],
)
def test_an_end_on_the_last_day_of_a_period_is_told_with_the_day_after(case_folder, duckdb, start, end, meant):
    row = f"odd,AAA,BBB,{start},{end},0306,1,1,2,,other,exact,book,\n"
    found = told(case_folder({"record/trade.csv": TRADE + row}), duckdb, "end-inclusive")
    assert [f"an end on {end} and not on {meant} (row 'odd')" in one for one in found] == ([True] if meant else [])


def test_every_table_with_periods_is_looked_at(case_folder, duckdb):
    rows = "id,actor,start,end,kind,tests,publisher,quality,source\nw,AAA,2023-01-01,2023-12-31,icbm,1,cns,exact,book\n"
    (found,) = told(case_folder({"record/weapon_tests.csv": rows}), duckdb, "end-inclusive")
    assert found.startswith("record/weapon_tests.csv:2: ")


def test_the_days_of_a_protected_row_are_not_told(case_folder, duckdb):
    hidden = SOURCES + "kept,An Agency,Secret,,2024,B,2,restricted,,\n"
    row = "quiet,AAA,BBB,2023-01-01,2023-12-31,306,1,1,2,,other,exact,kept,\n"
    folder = case_folder({"record/sources.csv": hidden, "record/trade.csv": TRADE + row})
    slugs = ("end-inclusive", "code-zero-lost")
    every = [str(p) for p in prepare(folder, duckdb).problems if p.slug in slugs]
    assert len(every) == 2
    assert not any("quiet" in one or "12-31" in one or "306" in one for one in every)


@pytest.mark.parametrize(
    ("code", "odd"), [("30617", True), ("306", True), ("0306", False), ("TOTAL", False), ("x1", False)]
)
def test_a_code_with_an_odd_number_of_digits_is_told(case_folder, duckdb, code, odd):
    row = f"one,AAA,BBB,2023-01-01,2024-01-01,{code},1,1,2,,other,exact,book,\n"
    found = told(case_folder({"record/trade.csv": TRADE + row}), duckdb, "code-zero-lost")
    assert [f"the code '{code}'" in line for line in found] == ([True] if odd else [])
