"""CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import CaseFolder
from tumen.errors import visible
from tumen.formulas import as_meant, inert
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
