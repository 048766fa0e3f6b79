"""What a user says of files of positions on the command line, and what is told of their columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tumen.ais.position_columns import ColumnsRead
from tumen.ais.reading_told import columns_told, unknown_told
from tumen.cli import main

DATED = "ship,Seen,lon,lat,air_draught_ft\n7,03/10/2024 00:00:00,1,2,31\n"


def told(folder: Path, text: str, *options: str) -> tuple[int, str]:
    """How an import ends, and what it says."""
    (folder / "a.csv").write_text(text)
    given = ["import", "ais", str(folder / "a.csv"), "--out", str(folder / "a.parquet"), *options]
    done = CliRunner().invoke(main, given)
    return done.exit_code, done.output


def test_columns_and_order_of_days_are_taken_from_the_user(tmp_path: Path) -> None:
    code, said = told(tmp_path, DATED, "--column", "mmsi=ship", "--column", "t = Seen", "--dates", "month-first")
    assert code == 0
    assert "1 position of 1 vessel, 2024-03-10 00:00" in said
    assert "read      ship as mmsi, Seen as t, lon, lat" in said
    assert "not read  air_draught_ft" in said


@pytest.mark.parametrize(
    ("option", "expected"),
    [("t", "give our name and the file's"), ("t=", "give our name"), ("time=Seen", "there is no column 'time'")],
)
def test_option_that_names_no_column_is_told(tmp_path: Path, option: str, expected: str) -> None:
    code, said = told(tmp_path, DATED, "--column", option)
    assert code == 2
    assert expected in " ".join(said.split())


def test_detectors_take_the_same_options_and_a_folder(tmp_path: Path) -> None:
    days = tmp_path / "days"
    days.mkdir()
    (days / "a.csv").write_text(DATED)
    (days / ".hidden.csv").write_text("nothing")
    given = ["detect", "gaps", "--positions", str(days), "--out", str(tmp_path / "out.csv")]
    done = CliRunner().invoke(main, [*given, "--column", "mmsi=ship", "--column", "t=Seen", "--dates", "day-first"])
    assert done.exit_code == 0, done.output
    assert f"Columns of {days}/a.csv that were not read: air_draught_ft." in done.output
    assert CliRunner().invoke(main, [*given, "--column", "mmsi=ship", "--column", "t=Seen"]).exit_code == 2


def test_files_with_the_same_columns_are_told_of_once() -> None:
    files = [ColumnsRead(f"{n}.csv", (("t", "Time"),), ("x", "Status")) for n in range(3)]
    assert list(columns_told(files)) == [
        "Columns of 0.csv and 2 other files",
        "    read      Time as t",
        "    not read  x, Status",
    ]
    assert list(unknown_told(files)) == ["Columns of 0.csv and 2 other files that were not read: x."]
    assert list(unknown_told([ColumnsRead("a.csv", (), ("Status",))])) == []


def test_of_a_table_with_our_names_nothing_is_told() -> None:
    assert list(columns_told([ColumnsRead("a.parquet", (("t", "t"), ("lon", "lon")), ())])) == []


def test_of_very_many_columns_the_first_are_told() -> None:
    (said,) = unknown_told([ColumnsRead("a.csv", (), tuple(f"x{n}" for n in range(100)))])
    assert said.endswith("x59 and 40 more.")


def test_name_of_a_column_stays_on_its_line() -> None:
    assert list(unknown_told([ColumnsRead("a.csv", (), ("x\nerror: all is lost", "y" * 99))])) == [
        f"Columns of a.csv that were not read: x error: all is lost, {'y' * 40}."
    ]
