"""A matrix of evidence against hypotheses read back into a case."""

from __future__ import annotations

import datetime as dt
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.explanations.test_declared import RIVALS
from tumen.cli import main
from tumen.explanations.ach_reading import read_matrix
from tumen.explanations.declared import SCORE_RANGES
from tumen.explanations.hypotheses_file import declared_in
from tumen.explanations.marks import MARKS
from tumen.prepare import load_case
from tumen.record.left_out import BeyondWall
from tumen.run import BUNDLED, evaluate

KNOWN = ("wary", "content")


def put(folder: Path, matrix: str, *options: str) -> Result:
    file = folder.parent / "matrix.csv"
    file.write_text(matrix, encoding="utf-8")
    return CliRunner().invoke(main, ["import", "ach", str(file), "--into", str(folder), *options])


def evidence(folder: Path) -> dict[str, dict[str, object]]:
    body = tomllib.loads((folder / "hypotheses.toml").read_text(encoding="utf-8"))
    return {item["id"]: item for item in body["evidence"]}


@pytest.fixture
def folder(case_folder) -> Path:
    found: Path = case_folder({"hypotheses.toml": "# why these two\n" + RIVALS})
    return found


def test_a_matrix_that_nobody_changed_changes_nothing(tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(BUNDLED, folder)
    before = (folder / "hypotheses.toml").read_bytes()
    assert (
        CliRunner().invoke(main, ["export", "ach", str(folder), "--out", str(tmp_path / "matrix.csv")]).exit_code == 0
    )
    result = put(folder, (tmp_path / "matrix.csv").read_text(encoding="utf-8"))
    assert result.output.startswith("0 new, 0 scored anew, 32 scored as before.")
    assert (folder / "hypotheses.toml").read_bytes() == before


def test_new_scores_replace_the_old_and_everything_else_stays(folder):
    result = put(folder, "evidence,wary,content\ntoast,CC,-2\n")
    assert (result.exit_code, result.output.split(".")[0]) == (0, "0 new, 1 scored anew, 0 scored as before")
    found = evidence(folder)
    assert found["toast"]["scores"] == {"wary": 2, "content": -2}
    assert found["toast"]["source"] == "book"
    assert found["silence"] == tomllib.loads(RIVALS)["evidence"][1]
    assert (folder / "hypotheses.toml").read_text(encoding="utf-8").startswith("# why these two\n")


def test_an_item_later_than_the_cases_day_is_scored_anew_and_stays_one(case_folder):
    item = '[[evidence]]\nid = "later"\ndate = 2099-01-01\ntext = "T."\nsource = "book"\nscores = { wary = 1 }\n'
    folder = case_folder({"hypotheses.toml": RIVALS + "\n" + item})
    result = put(folder, "evidence,source,wary,content\nlater,book,-1,0\n")
    assert result.output.startswith("0 new, 1 scored anew, 0 scored as before.")
    assert (folder / "hypotheses.toml").read_text(encoding="utf-8").count('id = "later"') == 1
    assert evidence(folder)["later"]["scores"] == {"wary": -1, "content": 0}


def test_ranges_replace_scores(folder):
    assert put(folder, "evidence,wary,content\ntoast,0.1..0.2,0.5..0.9\n").exit_code == 0
    assert evidence(folder)["toast"]["likelihood"] == {"wary": [0.1, 0.2], "content": [0.5, 0.9]}
    assert "scores" not in evidence(folder)["toast"]


def test_a_new_item_needs_its_date_and_its_source(folder):
    result = put(folder, "evidence,text,wary,content\nvisit,A visit,I,C\n")
    assert result.exit_code == 2
    assert "matrix.csv:2: got no 'date'" in result.stderr
    assert "visit" not in evidence(folder)
    result = put(folder, "evidence;date;text;source;wary;content\nvisit;2024-05-01;A visit;book;I;C\n")
    assert result.exit_code == 0
    assert evidence(folder)["visit"]["scores"] == {"wary": -1, "content": 1}
    assert load_case(folder)[1] == []


def test_a_case_without_explanations_takes_those_of_the_matrix(case_folder):
    folder = case_folder({})
    assert put(folder, "evidence,date,text,source,wary,content\nvisit,2024-05-01,A visit,book,I,C\n").exit_code == 0
    case, problems = load_case(folder)
    assert problems == []
    assert case is not None
    found = declared_in(case)
    assert found is not None
    assert found.ids == ("wary", "content")


@pytest.mark.parametrize(
    ("matrix", "told"),
    [
        ("", "header-missing"),
        ("evidence\ntoast\n", "header-missing"),
        ("evidence,wary,contnet\ntoast,1,1\n", "Did you mean 'content'"),
        ("evidence,wary,wary,content\ntoast,1,1,1\n", "column-repeated"),
        ("evidence,wary,content\n", "no item"),
        ("evidence,wary,content\n,1,2\n", "an item without an id"),
        ("evidence,wary,content\ntoast,3,1\n", "'3' for 'wary'"),
        ("evidence,wary,content\ntoast,0.1..0.2,1\n", "marks beside ranges"),
        ("evidence,wary,content\ntoast,0.6..0.2,0.1..0.3\n", "the low end before the high one"),
        ("evidence,wary,content\ntoast,1,1\ntoast,2,2\n", "a second item 'toast'"),
        ("evidence,date,wary,content\ntoast,20 June 2024,1,2\n", "a date such as 2024-12-31"),
        ("evidence,source,wary,content\ntoast,nowhere,1,2\n", "unknown-source"),
        ("evidence,claim,wary,content\ntoast,share-2023,1,2\n", "either a source or a claim"),
        ("evidence,wary,content\nToast!,1,2\n", "lower-case letters"),
        ('evidence,wary,content\ntoast,"1,2\n', "matrix.csv"),
    ],
)
def test_what_is_wrong_is_said_at_its_line_and_nothing_is_written(folder, matrix, told):
    before = (folder / "hypotheses.toml").read_bytes()
    result = put(folder, matrix)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "matrix.csv" in result.stderr
    assert (folder / "hypotheses.toml").read_bytes() == before


def test_an_item_dated_after_the_cases_day_is_taken_and_not_yet_weighed(folder):
    assert put(folder, "evidence,date,wary,content\ntoast,2025-06-20,1,2\n").exit_code == 0
    assert evidence(folder)["toast"]["date"] == dt.date(2025, 6, 20)
    assert evaluate(folder).left_out["hypotheses"] == BeyondWall(1, 0, ("toast",))


def test_all_that_is_wrong_is_said_in_one_pass(folder):
    said = put(folder, "evidence,date,wary,content\ntoast,1,9,1\n,2024-01-01,1,1\nsilence,soon,1,2\n").stderr
    assert all(f"matrix.csv:{line}:" in said for line in (2, 3, 4))


def test_a_file_that_is_not_there_is_named(folder):
    result = CliRunner().invoke(main, ["import", "ach", str(folder / "none.csv"), "--into", str(folder)])
    assert result.exit_code == 2
    assert "file-missing" in result.stderr


def test_text_that_a_spreadsheet_would_run_comes_back_as_it_was(folder):
    assert put(folder, "evidence,text,wary,content\ntoast,'=1+1,1,2\n").exit_code == 0
    assert evidence(folder)["toast"]["text"] == "=1+1"


@given(st.dictionaries(st.sampled_from(KNOWN), st.sampled_from([*MARKS, *(str(s) for s in SCORE_RANGES)]), min_size=2))
def test_every_mark_is_a_score(marks):
    rows, problems = read_matrix("evidence,wary,content\nx," + ",".join(marks[h] for h in KNOWN) + "\n", "m.csv", KNOWN)
    assert problems == []
    assert all(
        rows[0].cells[h] == MARKS.get(mark, int(mark) if mark.lstrip("-").isdigit() else None)
        for h, mark in marks.items()
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_no_text_breaks_the_reader(text):
    rows, problems = read_matrix("evidence,wary,content\n" + text, "m.csv", KNOWN)
    assert rows or problems


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("before", ["", "Who toasts whom\n\n", "sep={}\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_matrix_of_any_separator_below_a_title(separator: str, before: str, end: str) -> None:
    text = before.format(separator) + separator.join(["evidence", "wary", "content", ""]) + "\n"
    text += separator.join(["toast", "CC", "I", ""]) + "\n"
    (row,), problems = read_matrix(text.replace("\n", end), "m.csv", KNOWN)
    assert (row.id, row.cells, row.line, problems) == ("toast", {"wary": 2, "content": -1}, before.count("\n") + 2, [])


@pytest.mark.parametrize(
    ("mark", "score"),
    [
        ("Very Consistent", 2),
        ("consistent", 1),
        ("NEUTRAL", 0),
        ("Inconsistent", -1),
        ("very_inconsistent", -2),
        ("\u22122", -2),
        ("+1", 1),
        ("'-1", -1),
        ("1,0", 1),
        ("0,4..0,6", (0.4, 0.6)),
        ("0.4 \u2013 0.6", (0.4, 0.6)),
        (".4 to .6", (0.4, 0.6)),
    ],
)
def test_marks_of_other_tools_and_keyboards(mark: str, score: object) -> None:
    (row,), problems = read_matrix(f'evidence,wary,content\ntoast,"{mark}",NA\n', "m.csv", KNOWN)
    assert (row.cells, row.inapplicable, problems) == ({"wary": score}, ("content",), [])


def test_minus_alone_is_a_mark_only_where_a_plus_shows_that_it_is_no_dash() -> None:
    header = "evidence,wary,content\n"
    (row,), _ = read_matrix(header + "toast,+,-\n", "m.csv", KNOWN)
    assert row.cells == {"wary": 1, "content": -1}
    _, problems = read_matrix(header + "toast,C,-\n", "m.csv", KNOWN)
    assert [p.got for p in problems] == ["'-' for 'content'"]


def test_cell_that_nobody_filled_and_one_that_does_not_apply_are_told_apart(folder: Path) -> None:
    said = put(folder, "evidence,wary,content\ntoast,,CC\n").output
    assert "Empty, taken as not considered, which says nothing of the hypothesis: 1 cell (toast for wary)." in said
    assert "NA" not in said
    said = put(folder, "evidence,wary,content\ntoast,N/A,CC\n").output
    assert "NA, not applicable, which says nothing of the hypothesis: 1 cell (toast for wary)." in said
    assert evidence(folder)["toast"]["scores"] == {"content": 2}


def test_everything_wrong_with_a_row_is_said_at_once(folder: Path) -> None:
    matrix = "evidence,date,text,source,wary,content\n"
    said = put(folder, matrix + "one,2024-13-02,Seen.,nowhere,Q,I\ntoast,2024-01-02,Else.,elsewhere,C,I\n").output
    for line, what in ((2, "'Q' for 'wary'"), (2, "2024-13-02"), (2, "nowhere"), (3, "elsewhere")):
        assert any(f"matrix.csv:{line}:" in told and what in told for told in said.splitlines()), what


@pytest.mark.parametrize(("order", "day"), [("day-first", "2024-04-03"), ("month-first", "2024-03-04")])
def test_days_in_either_order(folder: Path, order: str, day: str) -> None:
    new = "evidence,date,text,source,wary,content\nnew,{},Seen.,book,C,I\n"
    assert "[day-order]" in put(folder, new.format("3/4/2024")).output
    assert put(folder, new.format("3/4/2024"), "--dates", order).exit_code == 0
    assert str(evidence(folder)["new"]["date"]) == day


@pytest.mark.parametrize(
    ("encoding", "note"), [("utf-16", "Read as UTF-16."), ("cp1252", "Not UTF-8: read as Windows")]
)
def test_matrix_in_another_encoding_is_read_and_that_is_said(folder: Path, encoding: str, note: str) -> None:
    file = folder.parent / "matrix.csv"
    file.write_bytes("evidence,text,wary,content\ntoast,At the caf\u00e9.,C,I\n".encode(encoding))
    result = CliRunner().invoke(main, ["import", "ach", str(file), "--into", str(folder)])
    assert note in result.output
    assert evidence(folder)["toast"]["text"] == "At the caf\u00e9."
