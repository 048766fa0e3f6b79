"""CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CaseFolder
from tumen.formulas import inert
from tumen.report.spreadsheet import evidence
from tumen.run import evaluate


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert not inert(text).lstrip().startswith(("=", "+", "-", "@", "|", "%", "\t", "\r"))


def test_a_formula_in_a_case_is_text_in_the_evidence(case_folder: CaseFolder) -> None:
    folder = case_folder(edits={"record/sources.csv": ("Yearbook of Trade", '"=HYPERLINK(""http://x"",""y"")"')})
    rows = list(csv.DictReader(io.StringIO(evidence(evaluate(folder)))))
    assert [r["row"] for r in rows] == ["with-all", "with-b"]
    assert all(r["title"].startswith("A Publisher: =HYPERLINK") for r in rows)
    assert all(not cell.startswith("=") for r in rows for cell in r.values())
