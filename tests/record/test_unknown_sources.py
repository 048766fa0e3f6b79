"""What cannot be known to be public is protected: messages name no row while the sources are not known."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.conftest import CASE, SOURCES, TRADE, CaseFolder
from tests.tables import TABLES
from tumen.engine.embedded import DuckDB
from tumen.prepare import prepare
from tumen.record.read import read_sources

KEPT = SOURCES + "official-kim,A Ministry,A talk,,2024,B,2,restricted,,\n"
BAD = TRADE.replace(",book,", ",official-kim,").replace("with-b,", "kims-row,").replace(",90,", ",-90,")
SECRETS = ("kim", "Ministry")


def elsewhere(path: str) -> str:
    return CASE.replace("[citation]", f'[record]\nsources = "{path}"\n\n[citation]')


UNKNOWN: Mapping[str, Mapping[str, str | bytes | None]] = {
    "missing": {"record/sources.csv": None},
    "empty": {"record/sources.csv": ""},
    "without-rows": {"record/sources.csv": SOURCES.splitlines()[0] + "\n"},
    "not-text": {"record/sources.csv": b"\xff\xfe\x00"},
    "without-header": {"record/sources.csv": "book,A Publisher\n"},
    "too-long": {"record/sources.csv": KEPT + "x" * 1_000_001},
    "not-parquet": {"record/sources.csv": None, "record/sources.parquet": "no"},
    "one-of-two": {"record/sources.csv": SOURCES, "record/sources.parquet": "no"},
    "declared-and-missing": {"case.toml": elsewhere("people.csv")},
    "declared-and-outside": {"case.toml": elsewhere("../people.csv")},
    "declared-and-no-table": {"case.toml": elsewhere("people.xlsx"), "people.xlsx": "x"},
    "declared-as-none": {"case.toml": CASE.replace("[citation]", "[record]\nsources = []\n\n[citation]")},
    "declared-misspelt": {"case.toml": elsewhere("people.csv").replace("sources =", "soruces ="), "people.csv": KEPT},
    "case-unreadable": {"case.toml": "title = ", "record/sources.csv": SOURCES},
    "case-invalid": {"case.toml": elsewhere("people.csv").replace("seed = 1\n", ""), "people.csv": KEPT},
}


@pytest.mark.parametrize("how", UNKNOWN)
def test_no_row_is_named_while_sources_are_not_known(case_folder: CaseFolder, duckdb: DuckDB, how: str) -> None:
    problems = prepare(case_folder({"record/trade.csv": BAD, **UNKNOWN[how]}), duckdb).problems
    said = "\n".join(map(str, problems))
    assert "[negative]" in said
    assert not [secret for secret in SECRETS if secret in said]


@pytest.mark.parametrize("how", [h for h in UNKNOWN if not h.startswith("case")])
def test_sources_alone_are_not_known_either(case_folder: CaseFolder, duckdb: DuckDB, how: str) -> None:
    folder = case_folder({**UNKNOWN[how]})
    declared = {"people": ["people.csv"]} if how == "declared-misspelt" else {}
    if how.startswith("declared-and"):
        declared = {
            "sources": ["people.xlsx" if "table" in how else "people.csv" if "missing" in how else "../people.csv"]
        }
    if how == "declared-as-none":
        declared = {"sources": []}
    assert read_sources(folder, declared, duckdb, TABLES)[0].hides


def test_messages_name_rows_where_every_source_is_public(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    folder = case_folder({"record/trade.csv": TRADE.replace(",book,", ",boook,")})
    problem = next(p for p in prepare(folder, duckdb).problems if p.slug == "unknown-source")
    assert (problem.got, problem.fix) == ("source 'boook' (row 'with-b')", "Did you mean 'book'?")


def test_row_that_is_over_a_budget_in_sources_hides_the_others(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    from tumen.budgets import Budgets

    folder = case_folder({"record/trade.csv": BAD, "record/sources.csv": SOURCES + SOURCES.splitlines()[1] + "\n"})
    said = "\n".join(map(str, prepare(folder, duckdb, budgets=Budgets(rows=1)).problems))
    assert "[over-budget]" in said
    assert not [secret for secret in SECRETS if secret in said]
