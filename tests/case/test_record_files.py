"""A file of the record is named in case.toml, and nothing else there changes."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tests.conftest import CASE, CaseFolder
from tumen.case.record_files import with_file
from tumen.prepare import load_case


def test_files_that_were_found_by_their_name_stay_named(tmp_path: Path) -> None:
    (tmp_path / "record").mkdir()
    (tmp_path / "record/events.csv").touch()
    text = with_file(CASE + "# a remark\n", {}, tmp_path, "events", "record/events_book.parquet")
    assert text.startswith(CASE + "# a remark\n")
    assert tomllib.loads(text)["record"] == {"events": ["record/events.csv", "record/events_book.parquet"]}


def test_files_named_before_stay_named(tmp_path: Path) -> None:
    before = CASE + '\n[record]\ntrade = "t.csv"\nevents = "record/e.csv" # ours\n'
    text = with_file(before, {"trade": ("t.csv",), "events": ("record/e.csv",)}, tmp_path, "events", "record/n.parquet")
    assert tomllib.loads(text)["record"] == {"trade": "t.csv", "events": ["record/e.csv", "record/n.parquet"]}


def test_file_that_is_found_already_changes_nothing(tmp_path: Path) -> None:
    named = {"events": ("record/n.parquet",)}
    assert with_file(CASE, named, tmp_path, "events", "record/n.parquet") == CASE


def test_a_case_of_hundreds_of_files_can_be_read(case_folder: CaseFolder) -> None:
    folder = case_folder()
    declared: list[str] = []
    text = CASE
    for number in range(300):
        text = with_file(text, {"events": declared}, folder, "events", f"record/events_{number}.parquet")
        declared.append(f"record/events_{number}.parquet")
    (folder / "case.toml").write_text(text)
    case, problems = load_case(folder)
    assert case is not None
    assert list(case.header.record["events"]) == declared
    assert problems == []
