"""Sheets of coders are imported into a case, and everything that is wrong with them is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import CaseFolder
from tumen.cli import main
from tumen.engine.embedded import DuckDB
from tumen.prepare import prepare
from tumen.system.coded import coded_drivers, coded_moves

MOVES = """\
coder,period,actor,move,level,second,certainty,events,note
ann,2023H1,AAA,help,some,,high,E001 E002,"Gave food, no arms"
ann,2023H2,AAA,help,much,some,low,,
bob,2023H1,AAA,help,some,,medium,E001,
"""
DRIVERS = "coder,period,driver,value,certainty,note\nann,2023H1,need,0.25,high,\nann,2023H2,need,1,,more\n"


def put(case: Path, what: str, text: str, name: str = "sheet.csv") -> tuple[int, str]:
    (case / name).write_text(text)
    given = ["import", what, str(case / name), "--into", str(case), "--source", "book"]
    done = CliRunner().invoke(main, given)
    return done.exit_code, done.output.replace(str(case), "CASE")


def test_moves_become_rows_of_the_case(case_folder: CaseFolder) -> None:
    case = case_folder()
    code, said = put(case, "moves", MOVES)
    assert (code, said) == (0, "3 rows of 2 coders, 2023H1 to 2023H2, written to CASE/record/moves_book.parquet.\n")
    engine = DuckDB()
    try:
        found = prepare(case, engine)
        assert not [p for p in found.problems if p.severity == "error"]
        assert found.record is not None
        rows = [(r.id, r.coder, str(r.end), r.level, r.second, r.source) for r in coded_moves(found.record)]
    finally:
        engine.close()
    assert rows == [
        ("ann-2023H1-AAA-help", "ann", "2023-07-01", "some", None, "book"),
        ("bob-2023H1-AAA-help", "bob", "2023-07-01", "some", None, "book"),
        ("ann-2023H2-AAA-help", "ann", "2024-01-01", "much", "some", "book"),
    ]


def test_drivers_become_rows_of_the_case(case_folder: CaseFolder) -> None:
    case = case_folder()
    code, said = put(case, "drivers", DRIVERS)
    assert (code, said) == (0, "2 rows of 1 coder, 2023H1 to 2023H2, written to CASE/record/drivers_book.parquet.\n")
    engine = DuckDB()
    try:
        found = prepare(case, engine)
        assert not [p for p in found.problems if p.severity == "error"]
        assert found.record is not None
        assert [(r.id, r.value) for r in coded_drivers(found.record)] == [
            ("ann-2023H1-need", 0.25),
            ("ann-2023H2-need", 1.0),
        ]
    finally:
        engine.close()


def test_a_sheet_without_a_coder_is_called_after_its_coder(case_folder: CaseFolder) -> None:
    case = case_folder()
    text = "Period, Actor,move,level,certainty\n2023H1,AAA,help,some,high\n\n"
    assert put(case, "moves", text, "zoe.csv")[0] == 0
    engine = DuckDB()
    try:
        record = prepare(case, engine).record
        assert record is not None
        assert [(r.coder, r.second) for r in coded_moves(record)] == [("zoe", None)]
    finally:
        engine.close()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2023H1,AAA,help,some,,high", "2023H3,AAA,help,some,,high", ":2: got period '2023H3'; expected a year"),
        ("2023H1,AAA,help,some,,high", "2023H1,aaa,help,some,,high", ":2: got actor 'aaa'; expected three capital"),
        ("2023H1,AAA,help,some,,high", "2023H1,AAA,help,,,high", ":2: got no level; expected a level on every line"),
        (
            "some,,high",
            "some,,hihg",
            ":2: got certainty 'hihg'; expected one of low, medium, high. Did you mean 'high'?",
        ),
        ("much,some", "much,much", ":3: got 'much' as level and as second"),
        ("bob,", "ann,", ":4: got AAA.help of 2023H1 coded again by 'ann', as on CASE/sheet.csv:2; expected one line"),
        ("bob,", ",", ":4: got no coder"),
        ("level,second", "levl,second", ":1: got no column 'level'"),
        ("level,second", "levl,second", ":1: got column 'levl'; expected one of period"),
    ],
)
def test_what_is_wrong_is_said_at_its_line_and_nothing_is_written(
    case_folder: CaseFolder, old: str, new: str, said: str
) -> None:
    case = case_folder()
    assert old in MOVES
    code, told = put(case, "moves", MOVES.replace(old, new, 1))
    assert code != 0
    assert f"CASE/sheet.csv{said}" in told
    assert not (case / "record" / "moves_book.parquet").exists()


@pytest.mark.parametrize("value", ["1.01", "-0.1", "nan", "much"])
def test_a_driver_outside_0_to_1_is_refused(case_folder: CaseFolder, value: str) -> None:
    code, told = put(case_folder(), "drivers", DRIVERS.replace("0.25", value))
    assert code != 0
    assert f":2: got value '{value}'; expected a number from 0 to 1." in told


def test_all_is_told_at_once(case_folder: CaseFolder) -> None:
    wrong = MOVES.replace("2023H1,AAA", "2023,AA").replace("low", "lo")
    assert put(case_folder(), "moves", wrong)[1].count("error:") == 3


def test_a_sheet_without_lines_is_refused(case_folder: CaseFolder) -> None:
    code, told = put(case_folder(), "moves", MOVES.split("\n", 1)[0])
    assert code != 0
    assert "got no row that can be used; expected a line with period, actor, move, level, certainty" in told


def test_a_file_that_is_not_there_is_told(case_folder: CaseFolder) -> None:
    case = case_folder()
    given = ["import", "moves", str(case / "none.csv"), "--into", str(case), "--source", "book"]
    assert "none.csv: got no such file" in CliRunner().invoke(main, given).output
