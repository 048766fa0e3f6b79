"""CSV that a spreadsheet computes with and opens without running anything."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import CaseFolder
from tumen.errors import visible
from tumen.formulas import as_meant, inert
from tumen.measure.units import USD, Amount
from tumen.report.spreadsheet import COLUMNS, evidence
from tumen.run import evaluate


def first_line(folder: Path, **changed: Any) -> dict[str, str]:
    """The line of the case's first row, had the row other content."""
    evaluation = evaluate(folder)
    (verdict,) = evaluation.verdicts
    assert verdict.estimate is not None
    one = verdict.estimate.specifications[0]
    run = replace(one, used=(replace(verdict.estimate.used[0], **changed),))
    verdict = replace(verdict, estimate=replace(verdict.estimate, specifications=(run,)))
    return next(csv.DictReader(io.StringIO(evidence(replace(evaluation, verdicts=(verdict,))))))


def test_a_line_has_a_cell_for_each_column(case_folder: CaseFolder) -> None:
    lines = list(csv.reader(io.StringIO(evidence(evaluate(case_folder())))))
    assert lines[0] == list(COLUMNS)
    assert {len(line) for line in lines} == {len(COLUMNS)}


def test_figure_unit_period_actors_and_goods_have_cells_of_their_own(case_folder: CaseFolder) -> None:
    (line, *_) = csv.DictReader(io.StringIO(evidence(evaluate(case_folder()))))
    told = {name: line[name] for name in ("value", "unit", "actor_1", "actor_2", "actor_3", "more_actors", "commodity")}
    assert told == {
        "value": "100",
        "unit": "USD",
        "actor_1": "AAA",
        "actor_2": "WLD",
        "actor_3": "",
        "more_actors": "",
        "commodity": "TOTAL",
    }
    assert (line["period_start"], line["period_end"]) == ("2023-01-01", "2023-12-31")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (2295380000.0, "2295380000"),
        (1e22, "10000000000000000000000"),
        (0.00000125, "0.00000125"),
        (-1234567.5, "-1234567.5"),
        (0.0, "0"),
        (100.0, "100"),
    ],
)
def test_a_number_is_digits_alone(case_folder: CaseFolder, value: float, written: str) -> None:
    line = first_line(case_folder(), amount=Amount(value, value, USD))
    assert (line["value"], line["low"], line["high"]) == (written, written, written)
    assert float(line["value"]) == value


def test_a_range_has_no_value_and_an_open_end_is_empty(case_folder: CaseFolder) -> None:
    line = first_line(case_folder(), amount=Amount(None, 30.0, USD))
    assert (line["value"], line["low"], line["high"]) == ("", "", "30")


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (Amount(100.0, 100.0, USD), ""),
        (Amount(100.0, 200.0, USD), ""),
        (Amount(100.0, 200.0, USD, "at most"), "at most"),
        (Amount(100.0, None, USD), "at least"),
        (Amount(None, 100.0, USD), "at most"),
        (None, ""),
    ],
)
def test_a_figure_that_is_only_a_bound_says_of_which_side(
    case_folder: CaseFolder, amount: Amount | None, said: str
) -> None:
    assert first_line(case_folder(), amount=amount)["bound"] == said


def test_the_end_of_a_moment_is_its_day_and_an_unknown_end_is_empty(case_folder: CaseFolder) -> None:
    day = dt.date(2024, 3, 1)
    assert first_line(case_folder(), start=day, end=day)["period_end"] == "2024-03-01"
    assert first_line(case_folder(), start=day, end=dt.date(2024, 3, 2))["period_end"] == "2024-03-01"
    assert first_line(case_folder(), start=day, end=None)["period_end"] == ""


def test_a_fourth_actor_and_all_after_it_share_a_cell(case_folder: CaseFolder) -> None:
    line = first_line(case_folder(), actors=("AAA", "BBB", "CCC", "DDD", "EEE"))
    assert [line[f"actor_{n}"] for n in (1, 2, 3)] == ["AAA", "BBB", "CCC"]
    assert line["more_actors"] == "DDD EEE"


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert not inert(text).lstrip().startswith(("=", "+", "-", "@", "|", "%", "\t", "\r"))


def test_a_formula_in_a_case_is_text_in_the_evidence(case_folder: CaseFolder) -> None:
    folder = case_folder(edits={"record/sources.csv": ("Yearbook of Trade", '"=HYPERLINK(""http://x"",""y"")"')})
    rows = list(csv.DictReader(io.StringIO(evidence(evaluate(folder)))))
    assert [r["row"] for r in rows] == ["with-all", "with-b"]
    assert all(r["title"].startswith("A Publisher: =HYPERLINK") for r in rows)
    assert all(not cell.startswith("=") for r in rows for cell in r.values())


PIECES = st.lists(
    st.sampled_from([*"=+-@%|;,\t\n\r\"' \u00a0＝", "a", "A1", "1", "-12.5", ";=A1+1;", "\n=cmd()", ';"=1"', "x"]),
    max_size=8,
)
TEXTS = st.one_of(st.text(max_size=12), PIECES.map("".join))
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def is_live(cell: str) -> bool:
    shown = cell.strip().strip('"').strip().strip('"').strip()
    return shown.startswith(("=", "+", "-", "@", "%", "＝", "＋", "－", "＠")) and not NUMBER.fullmatch(shown)


@settings(max_examples=300)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_no_reader_finds_a_formula_whatever_parts_its_cells(texts: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([inert(text) for text in texts])
    for separator in (",", ";", "\t", "|"):
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            for skip in (False, True):
                reader = csv.reader(
                    io.StringIO(out.getvalue()), delimiter=separator, quoting=quoting, skipinitialspace=skip
                )
                assert not [cell for line in reader for cell in line if is_live(cell)]


@given(TEXTS)
def test_text_comes_back_as_it_was_meant(text: str) -> None:
    assert as_meant(inert(text)) == visible(text)


def test_formula_behind_a_semicolon_is_text_in_the_evidence(case_folder: CaseFolder) -> None:
    folder = case_folder(edits={"record/sources.csv": ("Yearbook of Trade", "Trade;=A1+1;x")})
    assert ";=" not in evidence(evaluate(folder))
