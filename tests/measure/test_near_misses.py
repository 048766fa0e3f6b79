"""Rows that a measure would have used but for one cell are named where it lacks something."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import CLAIMS, SOURCES, TRADE, CaseFolder
from tumen.run import evaluate


def missing(folder: Path) -> list[str]:
    (verdict,) = evaluate(folder).verdicts
    return [text for text in verdict.missing if "did you mean" in text]


def with_b(case_folder: CaseFolder, old: str, new: str, **files: str) -> Path:
    return case_folder(
        {"claims.toml": CLAIMS, **{f"record/{name}.csv": text for name, text in files.items()}},
        edits=None if files else {"record/trade.csv": (old, new)},
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("01,TOTAL,40,50", "01,Total,40,50", "row “with-b” of trade has commodity “Total”; did you mean “TOTAL”?"),
        ("90,,yearbook", "90,,Yearbook", "row “with-b” of trade has publisher “Yearbook”; did you mean “yearbook”?"),
        ("90,,yearbook", "90,,yearbok", "row “with-b” of trade has publisher “yearbok”; did you mean “yearbook”?"),
        (
            "BBB,2023-01-01,2024-01-01",
            "BBB,2023-01-01,2023-12-31",
            "row “with-b” of trade has end 2023-12-31; did you mean 2024-01-01?",
        ),
        (
            "BBB,2023-01-01,2024-01-01",
            "BBB,2022-12-31,2024-01-01",
            "row “with-b” of trade has start 2022-12-31; did you mean 2023-01-01?",
        ),
    ],
)
def test_the_row_and_the_cell_that_differs_are_named(case_folder, old, new, told):
    assert missing(with_b(case_folder, old, new)) == [told]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("01,TOTAL,40,50", "01,0306,40,50"),
        ("90,,yearbook", "90,,almanac"),
        ("BBB,2023-01-01,2024-01-01", "BBB,2022-01-01,2022-12-31"),  # of another year, which nobody asked for
        ("BBB,2023-01-01,2024-01-01", "BBB,2023-01-01,2023-06-15"),
    ],
)
def test_a_row_of_something_else_is_not_named(case_folder, old, new):
    assert missing(with_b(case_folder, old, new)) == []


def test_nothing_is_said_where_nothing_is_missing(case_folder):
    more = TRADE + "slip,AAA,BBB,2023-01-01,2024-01-01,Total,40,50,90,,yearbook,exact,book,\n"
    assert missing(case_folder({"record/trade.csv": more})) == []


def test_several_rows_of_one_slip_are_counted(case_folder):
    slips = TRADE.replace("2024-01-01", "2023-12-31")
    (told,) = missing(case_folder({"record/trade.csv": slips}))
    assert told == "row “with-all” of trade and 1 other have end 2023-12-31; did you mean 2024-01-01?"


def test_a_row_of_a_protected_source_is_not_named(case_folder):
    hidden = "kept,An Agency,Secret,,2024,B,2,restricted,,\n"
    slip = TRADE.replace("01,TOTAL,40,50,90,,yearbook,exact,book", "01,Total,40,50,90,,yearbook,exact,kept")
    assert missing(case_folder({"record/sources.csv": SOURCES + hidden, "record/trade.csv": slip})) == []
