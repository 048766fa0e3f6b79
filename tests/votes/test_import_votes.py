"""`tumen import votes` puts roll calls into a case, and says whom they are silent on."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import CASE, CaseFolder
from tests.votes.test_votes_reading import UN, un
from tumen.cli import main
from tumen.engine.backends import open_engine
from tumen.prepare import prepare


@pytest.fixture
def case(case_folder: CaseFolder) -> Path:
    folder = case_folder({"case.toml": CASE.replace("AAA", "CHN").replace("BBB", "PRK")})
    (folder / "record/trade.csv").unlink()
    return folder


def run(case: Path, *lines: str) -> Result:
    file = case.parent / "list.csv"
    file.write_text(UN + "".join(lines), encoding="utf-8")
    return CliRunner().invoke(main, ["import", "votes", str(file), "--into", str(case), "--source", "book"])


def test_votes_are_put_into_the_case_and_it_is_a_case_still(case: Path) -> None:
    result = run(case, un("CHN", "Y"), un("PRK", "A"), un("PRK", "A"), un("RUS", "X"))
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        f"2 votes and 1 absence in 1 roll call, 2024-12-03 to 2024-12-03, written to {case}/record/votes_book.parquet.",
        "Counted once: 1 further row with the same vote.",
        "Nothing was left out.",
    ]
    engine = open_engine()
    prepared = prepare(case, engine)
    assert prepared.record is not None
    assert prepared.record.rows["votes"] == 3
    engine.close()


def test_other_files_of_the_table_are_named_because_they_count_too(case: Path) -> None:
    (case / "record/votes.csv").write_text("date,resolution,actor,vote,source\n2020-01-01,R/74/1#1,CHN,Y,book\n")
    said = "Measures count these votes together with those of record/votes.csv."
    assert [run(case, un("CHN", "Y")).output.splitlines()[-1] for _ in range(2)] == [said, said]


def test_state_that_never_votes_and_one_that_is_not_there_are_said(case: Path) -> None:
    silent = run(case, un("CHN", "Y"), un("PRK", "X"))
    assert "got no vote of PRK but absences" in silent.output
    assert "[never-votes]" in silent.output
    assert "got no row of PRK" in run(case, un("CHN", "Y")).output


def test_list_without_a_vote_that_can_be_used_changes_nothing(case: Path) -> None:
    before = (case / "case.toml").read_text()
    result = run(case, un("CHN", "maybe"))
    assert result.exit_code == 2
    assert (
        "got no row that can be used (a vote that cannot be read: 1); expected votes of member states" in result.output
    )
    assert (case / "case.toml").read_text() == before
    assert not list((case / "record").glob("*votes*"))
