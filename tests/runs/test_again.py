"""A stored run is evaluated again from what it kept, whatever became of its case."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from tests.conftest import CASE, CLAIMS, SOURCES, TRADE, CaseFolder
from tests.record.readers.made_workbooks import xlsx
from tumen import evaluate
from tumen.cli import main
from tumen.errors import ProblemsError

PROTECTED = "talk,withheld,withheld,,2024,B,2,chatham-house,,\n"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def tumen(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(w) for w in words], catch_exceptions=False)


def stored() -> list[Path]:
    """The stored runs, the oldest first."""
    return sorted(Path(".tumen/runs").glob("*/2*"), key=lambda path: (path.stat().st_mtime_ns, path.name))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def case(case_folder: CaseFolder, tmp_path: Path) -> Path:
    """A case with a protected row, a table outside its folder, a link that ends otherwise, and a stray table."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/trade.csv").write_text(TRADE)
    folder = case_folder(
        {
            "case.toml": CASE + f'\n[record]\ntrade = ["{tmp_path}/shared/trade.csv", "record/more.csv"]\n',
            "record/trade.csv": None,
            "record/sources.csv": SOURCES + PROTECTED,
            "record/notes.csv": "what,ever\n",
        }
    )
    row = TRADE.splitlines()[1].replace("with-b", "said").replace("book", "talk").replace("BBB", "CCC")
    (folder / "deep").mkdir()
    (folder / "deep/more.csv").write_text(TRADE.splitlines()[0] + "\n" + row + "\n")
    query = f"copy (select * from read_csv('{folder}/deep/more.csv')) to '{folder}/deep/more.parquet'"
    with duckdb.connect() as engine:
        engine.execute(query)
    (folder / "record/more.csv").symlink_to("../deep/more.parquet")
    return folder


def run(case: Path, *options: str | Path) -> tuple[Result, dict[str, bytes]]:
    """A run with every output, and its files."""
    out = Path(f"out-{len(stored())}")
    done = tumen("run", case, "--format", "html", "--out", out, *options)
    assert done.exit_code == 0, done.output
    return done, contents(out)


@pytest.mark.parametrize("gone", [False, True], ids=["changed", "gone"])
def test_a_stored_run_gives_the_same_bytes_after_its_case_has_changed_or_gone(
    case: Path, tmp_path: Path, gone: bool
) -> None:
    first, made = run(case, "--allow", tmp_path / "shared", "--as-of", "2025-06-30")
    if gone:
        shutil.rmtree(case)
        shutil.rmtree(tmp_path / "shared")
    else:
        (tmp_path / "shared/trade.csv").write_text(TRADE.replace("40,50,90", "1,1,2"))
        (case / "claims.toml").write_text(CLAIMS.replace("above = 0.5", "below = 0.1"))
        (case / "case.toml").write_text(CASE.replace("2024-12-31", "2024-06-30"))
        (case / "record/more.csv").unlink()
    (one,) = stored()
    again, made_again = run(one)
    assert made_again == made
    assert set(made) == {"run.json", "evidence.csv", "report.html"}
    assert json.loads(made["run.json"])["as_of"] == "2025-06-30"
    assert [w["slug"] for w in json.loads(made["run.json"])["warnings"]].count("unknown-table") == 1
    assert again.stdout.split("Report:")[0] == first.stdout.split("Report:")[0]
    assert again.stderr == first.stderr
    assert {path.parent for path in stored()} == {one.parent}
    assert contents(stored()[1])["run.json"] == made["run.json"]
    assert tumen("runs", case, "--verify").stdout == tumen("runs", one, "--verify").stdout


def test_a_stored_run_is_checked_explained_and_read_from_python(case_folder: CaseFolder) -> None:
    folder = case_folder({"record/notes.csv": "what,ever\n"})
    tumen("run", folder)
    before = [tumen("check", folder).stdout, tumen("explain", folder, "share-2023").stdout]
    found = evaluate(folder)
    shutil.rmtree(folder)
    (one,) = stored()
    assert [tumen("check", one).stdout, tumen("explain", one, "share-2023").stdout] == before
    again = evaluate(one)
    assert (again.digest, again.warnings, again.inputs) == (found.digest, found.warnings, found.inputs)
    assert again.case.folder == one


def test_another_day_may_be_asked_of_a_stored_run(case_folder: CaseFolder) -> None:
    tumen("run", case_folder())
    said = json.loads(tumen("run", stored()[0], "--as-of", "2024-06-30", "--format", "json").stdout)
    assert (said["as_of"], said["claims"][0]["verdict"]) == ("2024-06-30", "undetermined")


def test_other_versions_are_told(case_folder: CaseFolder) -> None:
    tumen("run", case_folder())
    (one,) = stored()
    noted = json.loads((one / "manifest.json").read_text())
    noted["versions"] |= {"numpy": "1.0", "gone": "2"}
    (one / "manifest.json").write_text(json.dumps(noted))
    (warning,) = evaluate(one).warnings
    assert warning.slug == "versions-differ"
    assert warning.got.startswith("gone none, numpy ")
    assert warning.expected == "gone 2, numpy 1.0, as the stored run had"


def test_raw_records_have_to_be_given_again(case_folder: CaseFolder) -> None:
    tumen("run", case_folder())
    (one,) = stored()
    noted = json.loads((one / "manifest.json").read_text())
    noted["raw"] = {"positions": {"days/1.parquet": "0" * 64}}
    (one / "manifest.json").write_text(json.dumps(noted))
    (warning,) = evaluate(one).warnings
    assert (warning.slug, warning.got) == ("raw-differs", "no positions")
    assert "--positions days/1.parquet" in warning.fix


@pytest.mark.parametrize("spoil", ["missing", "changed", "link", "no manifest", "no inputs", "outside"])
def test_a_run_without_all_its_inputs_is_told_and_nothing_else_is_read(
    case_folder: CaseFolder, tmp_path: Path, spoil: str
) -> None:
    tumen("run", case_folder())
    (one,) = stored()
    noted = json.loads((one / "manifest.json").read_text())
    file = one.parent / "inputs" / noted["inputs"]["record/trade.csv"]
    content = file.read_bytes()
    if spoil == "changed":
        file.write_bytes(content + b"\n")
    elif spoil in ("missing", "link"):
        file.unlink()
    if spoil == "link":
        (tmp_path / "same").write_bytes(content)
        file.symlink_to(tmp_path / "same")
    if spoil == "no inputs":
        del noted["inputs"]
    if spoil == "outside":
        (tmp_path / "here/.tumen" / file.name).write_bytes(content)
        noted["inputs"]["record/trade.csv"] = f"../../../{file.name}"
    (one / "manifest.json").write_text("{" if spoil == "no manifest" else json.dumps(noted))
    with pytest.raises(ProblemsError) as told:
        evaluate(one)
    (problem,) = told.value.problems
    kept = "input 'record/trade.csv' is missing or changed" if spoil in ("missing", "changed", "link") else "say what"
    assert problem.slug == "run-incomplete"
    assert kept in problem.got


def test_a_link_in_place_of_the_kept_inputs_is_refused(case_folder: CaseFolder, tmp_path: Path) -> None:
    tumen("run", case_folder())
    (one,) = stored()
    (one.parent / "inputs").rename(tmp_path / "elsewhere")
    (one.parent / "inputs").symlink_to(tmp_path / "elsewhere")
    done = tumen("run", one)
    assert done.exit_code == 2
    assert "[write-outside]" in done.stderr


def test_names_that_a_manifest_gives_lead_nowhere(case_folder: CaseFolder, tmp_path: Path) -> None:
    tumen("run", case_folder())
    (one,) = stored()
    noted = json.loads((one / "manifest.json").read_text())
    noted["inputs"]["../../escaped.toml"] = noted["inputs"]["case.toml"]
    (one / "manifest.json").write_text(json.dumps(noted))
    evaluate(one)
    assert not list(tmp_path.rglob("escaped.toml"))
    (one / "manifest.json").write_text(json.dumps({**noted, "listed": ["../escaped.csv"]}))
    with pytest.raises(ProblemsError, match="run-incomplete"):
        evaluate(one)


def test_a_stored_run_of_a_workbook_a_packed_file_and_a_folder_is_evaluated_again(case_folder: CaseFolder) -> None:
    header, with_b, with_all = TRADE.splitlines()
    votes = "date,resolution,actor,vote,source\n2023-05-05,R/1,AAA,Y,book\n"
    folder = case_folder(
        {
            "record/trade.csv": None,
            "record/trade.xlsx": xlsx({"A": [line.split(",") for line in (header, with_b, with_all)]}),
            "record/sources.csv": None,
            "record/sources.csv.gz": gzip.compress(SOURCES.encode()),
            "record/2023/votes.csv": votes,
        }
    )
    first = tumen("run", folder, "--format", "json")
    (one,) = stored()
    shutil.rmtree(folder)
    again = tumen("run", one, "--format", "json")
    assert again.exit_code == 0, again.output
    before, after = json.loads(first.stdout), json.loads(again.stdout)
    assert (before["claims"], before["inputs"]) == (after["claims"], after["inputs"])
    assert {"record/2023/votes.csv", "record/sources.csv.gz"} <= set(after["inputs"])


@pytest.mark.parametrize("listed", ["a/../../escaped.csv", "../escaped.xlsx", "/escaped.csv.gz", ".a/escaped.csv"])
def test_a_listed_name_that_leads_out_of_the_record_is_refused(
    case_folder: CaseFolder, tmp_path: Path, listed: str
) -> None:
    tumen("run", case_folder())
    (one,) = stored()
    noted = json.loads((one / "manifest.json").read_text())
    (one / "manifest.json").write_text(json.dumps({**noted, "listed": [listed]}))
    with pytest.raises(ProblemsError, match="run-incomplete"):
        evaluate(one)


def test_a_case_with_a_manifest_of_its_own_is_a_case(case_folder: CaseFolder) -> None:
    folder = case_folder({"manifest.json": '{"run": "x", "stored": "y"}'})
    assert evaluate(folder).verdicts
