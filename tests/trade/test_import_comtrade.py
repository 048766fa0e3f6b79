"""`tumen import comtrade` puts goods trade into a case, and says what it left out."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from tests.conftest import CaseFolder
from tests.trade.comtrade_files import csv_of, flow
from tumen.cli import main


def run(case: Path, rows: list[dict[str, str]]) -> Result:
    (case.parent / "c.csv").write_text(csv_of(rows), encoding="utf-8")
    command = ["import", "comtrade", str(case.parent / "c.csv"), "--into", str(case), "--source", "book"]
    return CliRunner().invoke(main, command)


def test_rows_are_put_into_the_case_and_what_was_left_out_is_said(case_folder: CaseFolder) -> None:
    case = case_folder({})
    rows = [flow("5"), flow("3", motCode="2100"), flow("1", flowCode="RX"), flow(partnerISO="S19", cmdCode="30617")]
    result = run(case, [*rows, flow(cmdCode="306", legacyEstimationFlag="4")])
    assert result.exit_code == 0
    assert (
        f"2 rows of exports and imports, 2022 to 2022, written to {case}/record/trade_book.parquet.\n"
        "Codes of commodities that had lost the zero before them: 1.\n"
        "Rows with a flag of estimation, which their notes say: 1.\n"
        "Left out: 3 rows.\n"
    ) in result.output
    for reason in ("part of a flow, by second partner", "re-exports or re-imports", "a partner that is no state"):
        assert f"1  {reason}" in result.output
    assert "1  S19/643" in result.output
    assert CliRunner().invoke(main, ["check", str(case)]).exit_code == 0


def test_table_without_a_row_that_can_be_used_changes_nothing(case_folder: CaseFolder) -> None:
    case = case_folder({})
    result = run(case, [flow("much")])
    assert (result.exit_code, "[import-none]" in result.output) == (2, True)
    assert not list((case / "record").glob("*book*"))
