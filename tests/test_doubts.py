"""What `check` doubts of a case without errors: sentences unlike their arguments, and figures that are overdue."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.conftest import SOURCES, TRADE, CaseFolder
from tumen.case.new import write_case
from tumen.doubts import overdue, unlike_texts
from tumen.engine.embedded import DuckDB
from tumen.errors import Problem
from tumen.prepare import Prepared, prepare
from tumen.report.document import document
from tumen.report.explain import explain
from tumen.report.page import page
from tumen.report.table import notable
from tumen.run import BUNDLED, evaluate

PERIOD = "period = [2023-01-01, 2024-01-01]"
SINCE = (
    f'{PERIOD} }}\nspecifications = ["printed"]\nin_time = "fixed"\n',
    """\
period = [2023-01-01, "as_of"] }
specifications = ["printed"]
in_time = "since"
""",
)
TEXT = "More than half of Alphaland's trade in 2023 was with Betaland."
OPEN = "More than half of Alphaland's trade from {start} to {end} was with Betaland, as of {as_of}."


def since(folder: Path, more: str = "", text: str = TEXT) -> Path:
    """The small case, whose claim is about 2023 and all since."""
    claims = folder / "claims.toml"
    old = claims.read_text()
    assert SINCE[0] in old
    claims.write_text(old.replace(SINCE[0], SINCE[1] + more).replace(TEXT, text))
    return folder


def prepared(folder: Path, engine: DuckDB) -> Prepared:
    found = prepare(folder, engine)
    assert [p for p in found.problems if p.severity == "error"] == []
    return found


def slugs(problems: list[Problem]) -> list[str]:
    assert all(p.severity == "warning" for p in problems)
    return [p.slug for p in problems]


def test_a_figure_that_is_due_is_told_once(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    (told,) = overdue(prepared(since(case_folder()), duckdb))
    assert (told.line, told.slug) == (14, "figure-overdue")
    assert "about days until 2024-12-31, whose newest row ends on 2023-12-31" in told.got


def test_a_claim_without_a_row_says_itself_what_is_missing(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    nothing = TRADE.splitlines()[0] + "\n"
    assert overdue(prepared(since(case_folder({"record/trade.csv": nothing})), duckdb)) == []


@pytest.mark.parametrize(("as_of", "due"), [("2024-06-29", []), ("2024-07-31", ["figure-overdue"])])
def test_a_figure_is_due_half_a_year_after_the_last(
    case_folder: CaseFolder, duckdb: DuckDB, as_of: str, due: list[str]
) -> None:
    folder = since(case_folder(edits={"case.toml": ("as_of = 2024-12-31", f"as_of = {as_of}")}))
    asked = 'measure = "continuity.ratio"', 'territory = "AAA", partner = "BBB", by = "month", after = '
    claims = folder / "claims.toml"
    text = claims.read_text().replace('measure = "dependence.share"\nunit = "share"', asked[0])
    text = text.replace('focal = "AAA", partner = "BBB", period = ', f"before = [2022-01-01, 2023-01-01], {asked[1]}")
    claims.write_text(text)
    rows = [f"m{n},AAA,BBB,2023-{n:02}-01,2023-{n + 1:02}-01,TOTAL,,,9,,yearbook,exact,early,\n" for n in range(1, 12)]
    last = "m12,AAA,BBB,2023-12-01,2024-01-01,TOTAL,,,9,,yearbook,exact,early,\n"
    (folder / "record/trade.csv").write_text(TRADE.splitlines()[0] + "\n" + "".join([*rows, last]))
    (folder / "record/sources.csv").write_text(SOURCES + "early,A Publisher,T,,2024-02-01,B,2,public,,\n")
    assert slugs(overdue(prepared(folder, duckdb))) == due


def test_of_a_claim_that_reaches_as_far_as_known_nothing_is_due(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    assert overdue(prepared(since(case_folder(), "as_far_as_known = true\n"), duckdb)) == []


def test_of_a_claim_about_the_past_nothing_is_due(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    assert overdue(prepared(case_folder(), duckdb)) == []


def test_a_sentence_unlike_its_arguments_is_told(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    folder = case_folder(edits={"claims.toml": ("trade in 2023", "trade in 2021")})
    assert slugs(unlike_texts(prepared(folder, duckdb))) == ["text-and-arguments"]


def test_a_sentence_like_its_arguments_is_not(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    assert unlike_texts(prepared(case_folder(), duckdb)) == []


def test_a_claim_as_far_as_known_says_so_wherever_it_is_shown(case_folder: CaseFolder) -> None:
    evaluation = evaluate(since(case_folder(), "as_far_as_known = true\n", OPEN), plugins=False)
    (verdict,) = evaluation.verdicts
    sentence = (
        "More than half of Alphaland's trade from 1 January 2023 to 31 December 2023 was with Betaland, as of "
        "31 December 2024."
    )
    said = "The record reaches to 2023-12-31: period ends there, not on 2024-12-31."
    assert verdict.outcome == "supported"
    assert verdict.claim.text == sentence
    assert said in notable(verdict)
    walk = explain(evaluation)
    assert walk.startswith(f"{sentence}\n")
    assert f"  in time: since; period 2023-01-01 to 2023-12-31\n  {said}\n" in walk
    assert "reach: low; the record reaches to 2023-12-31" in walk
    shown = page(evaluation).replace("&#39;", "'")
    assert sentence in shown
    assert said in shown
    assert "In time: since; period 2023-01-01 to 2023-12-31." in shown
    (claim,) = document(evaluation)["claims"]
    assert (claim["text"], claim["in_time"]) == (sentence, "since")
    assert claim["windows"] == [
        {"argument": "period", "start": "2023-01-01", "end": "2024-01-01", "asked_end": "2025-01-01"}
    ]
    assert [p["level"] for p in claim["confidence_parts"] if p["part"] == "reach"] == ["low"]


def test_without_that_declaration_the_missing_year_leaves_it_undetermined(case_folder: CaseFolder) -> None:
    (verdict,) = evaluate(since(case_folder()), plugins=False).verdicts
    assert verdict.outcome == "undetermined"
    assert "2024: yearbook's figure for AAA with BBB" in verdict.missing


def test_before_a_window_has_begun_a_case_still_runs_and_lacks_its_days(case_folder: CaseFolder) -> None:
    evaluation = evaluate(since(case_folder(), text=OPEN), plugins=False, as_of=dt.date(2018, 12, 31))
    (verdict,) = evaluation.verdicts
    assert verdict.outcome == "undetermined"
    assert verdict.missing == ("period: no day from 2023-01-01 on had come by 2018-12-31",)
    assert "window-empty" in [p.slug for p in evaluation.warnings]
    assert document(evaluation)["claims"][0]["windows"] == []


@pytest.mark.parametrize("as_of", [None, dt.date(2026, 1, 31)])
def test_the_bundled_case_says_what_it_asks_after_on_any_day(duckdb: DuckDB, as_of: dt.date | None) -> None:
    found = prepare(BUNDLED, duckdb, as_of=as_of)
    assert unlike_texts(found) == []
    assert [p.slug for p in found.problems if p.slug in ("window-ended", "window-empty")] == []


def test_the_case_to_start_from_is_without_a_doubt(tmp_path: Path, duckdb: DuckDB) -> None:
    write_case(tmp_path / "case")
    found = prepare(tmp_path / "case", duckdb)
    assert [*found.problems, *unlike_texts(found), *overdue(found)] == []
