"""`tumen import icews` and its like put a table into a case, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import CASE, SOURCES, CaseFolder
from tests.events.reports import POLECAT_HEADER, gdelt, icews, icews_file, polecat
from tumen.cli import main
from tumen.engine.backends import open_engine
from tumen.errors import WriteError
from tumen.prepare import prepare

ACTORS = CASE.replace("AAA", "CHN").replace("BBB", "PRK")


@pytest.fixture
def case(case_folder: CaseFolder) -> Path:
    folder = case_folder({"case.toml": ACTORS})
    (folder / "record/trade.csv").unlink()
    return folder


def run(case: Path, lines: list[str], *options: str, source: str = "book") -> Result:
    file = case.parent / "events.tab"
    file.write_text(icews_file(lines), encoding="utf-8")
    command = ["import", "icews", str(file), "--into", str(case), "--source", source, *options]
    return CliRunner().invoke(main, command)


def listed(case: Path) -> dict[str, bytes]:
    return {str(p.relative_to(case)): p.read_bytes() for p in case.rglob("*") if p.is_file()}


def test_events_are_put_into_the_case_and_it_is_a_case_still(case: Path) -> None:
    lines = [icews(1, "China", "North Korea"), icews(2, "North Korea", "China"), icews(3, "China", "Bavaria")]
    result = run(case, lines)
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        f"1 event of 2 reports, 2018-03-01 to 2018-03-01, written to {case}/record/events_book.parquet.",
        "Counted once (same day, pair and code): no echoed reports and 1 mirrored report.",
        "Joint events of three states or more: 0, from no reports.",
        "Left out: 1 row.",
        f"  {case.parent}/events.tab",
        "             1  an actor that is not understood",
        "Actors not understood: 1 spelling, named 1 time.",
        "             1  Bavaria",
    ]
    engine = open_engine()
    prepared = prepare(case, engine)
    assert prepared.record is not None
    assert prepared.record.rows["events"] == 1
    assert [p for p in prepared.problems if p.severity == "error" and "trade" not in str(p)] == []
    engine.close()
    assert 'events = ["record/events_book.parquet"]' in (case / "case.toml").read_text()


def test_import_of_the_same_source_again_replaces_its_events(case: Path) -> None:
    run(case, [icews(1, "China", "North Korea")])
    before = listed(case)
    result = run(case, [icews(n, "China", "North Korea", day=f"2018-03-0{n}") for n in (1, 2)])
    assert result.output.startswith("2 events of 2 reports")
    after = listed(case)
    assert set(after) == set(before)
    assert after["case.toml"] == before["case.toml"]


def test_actor_of_the_case_that_no_row_names_is_said(case: Path) -> None:
    result = run(case, [icews(1, "China", "Japan")])
    assert result.exit_code == 0
    assert (
        "got no row of PRK; expected rows of every actor of the case. Some extracts leave states out altogether; take "
        "care that silence is not read as absence. [actor-absent]" in result.output
    )


@pytest.mark.parametrize(
    ("lines", "source", "said"),
    [
        ([icews(1, "China", "China")], "book", "[import-none]"),
        (
            [icews(1, "China", "Japan")],
            "boook",
            "got no source 'boook'; expected the id of a row of sources. Did you mean "
            "'book'? Or add a row for it; every row names where it was read. [unknown-source]",
        ),
    ],
)
def test_import_that_fails_leaves_the_case_as_it_was(case: Path, lines: list[str], source: str, said: str) -> None:
    before = listed(case)
    result = run(case, lines, source=source)
    assert result.exit_code == 2
    assert said in result.output
    assert listed(case) == before


def test_protected_source_is_not_in_the_name_of_the_file(case: Path) -> None:
    (case / "record/sources.csv").write_text(SOURCES.replace(",public,", ",restricted,"))
    result = run(case, [icews(1, "China", "North Korea")])
    assert result.exit_code == 0
    assert "record/events_protected.parquet" in result.output


def test_record_that_leads_out_of_the_case_is_refused(case: Path, tmp_path: Path) -> None:
    (case / "record").rename(tmp_path / "elsewhere")
    (case / "record").symlink_to(tmp_path / "elsewhere")
    result = run(case, [icews(1, "China", "North Korea")])
    assert result.exit_code == 2
    assert "[path-outside]" in result.output
    assert not list((tmp_path / "elsewhere").glob("events*"))


def test_case_toml_that_cannot_be_written_leaves_no_table_behind(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise WriteError("no room")

    monkeypatch.setattr("tumen.commands.into_case.write_files", refuse)
    before = listed(case)
    assert run(case, [icews(1, "China", "North Korea")]).exit_code == 2
    assert listed(case) == before


@pytest.mark.parametrize(
    ("command", "content", "event"),
    [
        ("gdelt", gdelt(4, "CHN", "PRK"), "gdelt-4"),
        ("polecat", "\t".join(POLECAT_HEADER) + "\n" + polecat("4", "CHN", "PRK"), "polecat-4"),
    ],
)
def test_each_publisher_has_its_command(command: str, content: str, event: str, case: Path) -> None:
    (case.parent / "events.txt").write_text(content + "\n")
    result = CliRunner().invoke(
        main, ["import", command, str(case.parent / "events.txt"), "--into", str(case), "--source", "book"]
    )
    assert result.exit_code == 0
    engine = open_engine()
    prepared = prepare(case, engine)
    assert prepared.record is not None
    assert [row["id"] for row in engine.rows("select id from events order by id nulls last")] == [event]
    engine.close()
