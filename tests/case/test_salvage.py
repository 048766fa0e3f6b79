"""Everything wrong with a file of a case is told in one pass, whatever else in it cannot be read."""

from __future__ import annotations

import pytest

from tests.conftest import CaseFolder
from tumen.engine.embedded import DuckDB
from tumen.prepare import prepare


def slugs(case_folder: CaseFolder, duckdb: DuckDB, *edits: tuple[str, str, str]) -> list[str]:
    folder = case_folder()
    for file, old, new in edits:
        text = (folder / file).read_text()
        assert text.count(old) == 1, old
        (folder / file).write_text(text.replace(old, new))
    return sorted(p.slug for p in prepare(folder, duckdb).problems)


CITES = ("claims.toml", 'cites = "page 1"\n', "")
MEASURE = ("claims.toml", '"dependence.share"', '"dependance.share"')
ACTOR = ("claims.toml", 'partner = "BBB"', 'partner = "RSU"')
UNIT = ("claims.toml", 'unit = "share"', 'unit = "tonnes"')
FOCAL = ("case.toml", 'focal = "AAA"', 'focal = "CCC"')
SEED = ("case.toml", "seed = 1", 'seed = "1"')
CITATION = ("case.toml", 'title = "An Assessment"\n', "")


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ((CITES, MEASURE, FOCAL), ["key-missing", "unknown-actor", "unknown-measure"]),
        ((CITES, UNIT, ACTOR), ["key-missing", "name-unmatched", "unit-mismatch"]),
        ((SEED, MEASURE, FOCAL), ["bad-value", "unknown-actor", "unknown-measure"]),
        ((SEED, CITATION, CITES, ACTOR), ["bad-value", "key-missing", "key-missing", "name-unmatched"]),
        ((("claims.toml", 'measure = "dependence.share"\n', ""), CITES), ["key-missing", "key-missing"]),
        (
            (("claims.toml", "holds = { above = 0.5 }", "holds = { abov = 0.5 }"), UNIT),
            ["unit-mismatch", "unknown-key"],
        ),
        ((("claims.toml", 'id = "share-2023"\n', ""),), ["key-missing"]),
        ((("claims.toml", "specifications = [", "specification = ["),), ["key-missing", "unknown-key"]),
        ((("claims.toml", 'label = "the', 'lable = "the'),), ["key-missing", "unknown-key"]),
    ],
)
def test_all_is_told_and_no_advice_follows_from_what_was_not_read(case_folder, duckdb, edits, told):
    assert slugs(case_folder, duckdb, *edits) == told


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "expected"),
    [
        ("case.toml", "seed = 1", 'seed = "1"', 4, "a whole number, without quotes"),
        ("case.toml", "seed = 1", "seed = true", 4, "a whole number, without quotes"),
        ("case.toml", "draws = 1000", 'draws = "1000"', 5, "a whole number, without quotes"),
        ("case.toml", "as_of = 2024-12-31", 'as_of = "2024-12-31"', 2, "a date such as 2024-12-31, without quotes"),
        ("case.toml", "draws = 1000", 'simulated = "true"', 5, "true or false, without quotes"),
        ("case.toml", "draws = 1000", "simulated = 1", 5, "true or false, without quotes"),
        ("case.toml", "draws = 1000", 'range_coverage = "0.8"', 5, "a number, without quotes"),
        ("claims.toml", "above = 0.5", 'above = "0.5"', 13, "a number, without quotes"),
        ("claims.toml", "[2023-01-01, 2", '["2023-01-01", 2', 14, "a date such as 2024-12-31, without quotes"),
        ("claims.toml", 'in_time = "fixed"', 'planned = "false"', 16, "true or false, without quotes"),
        ("claims.toml", '"yearbook" }', '"yearbook", imputed = "1" }', 15, "a number, without quotes"),
    ],
)
def test_what_stands_in_quotes_is_no_number_and_no_date(case_folder, duckdb, file, old, new, line, expected):
    problems = prepare(case_folder(edits={file: (old, new)}), duckdb).problems
    found = [p for p in problems if p.slug == "bad-value"]
    assert [(p.file, p.line, p.expected) for p in found] == [(file, line, expected)]


@pytest.mark.parametrize(
    ("value", "shown"),
    [("[1, 2]", "[1, 2]"), ("true", "true"), ("{ a = 1979-05-27 }", "{ a = 1979-05-27 }"), ("[]", "[]"), ("{}", "{}")],
)
def test_a_value_is_shown_as_it_is_written(case_folder, duckdb, value, shown):
    problems = prepare(case_folder(edits={"case.toml": ("seed = 1", f"seed = {value}")}), duckdb).problems
    assert [p.got for p in problems] == [f"seed = {shown}"]
