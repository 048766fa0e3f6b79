"""The command line as users meet it: what is printed, where, and with which exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import SOURCES, CaseFolder
from tumen.cli import main
from tumen.kinds import kinds

#: A day before the small case's source was published.
EARLIER = ("--as-of", "2024-12-30")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands store runs below the folder they are given in."""
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)


def tumen(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(w) for w in words], catch_exceptions=False)


def test_run_without_a_case_prints_verdicts_of_the_bundled_one() -> None:
    result = tumen("run", "--verbose")
    assert result.exit_code == 0
    assert "china-share-2023" in result.stdout
    assert "It depends on whether the crude oil counts that KOTRA imputes to China" in result.stdout
    assert "Run stored in .tumen" in result.stdout
    assert "\x1b" not in result.stdout


def test_run_of_one_claim_prints_all_there_is_to_it(case_folder: CaseFolder) -> None:
    folder = case_folder()
    told = tumen("run", folder, "--claim", "share-2023").stdout
    assert "share-2023" in told
    assert "supported for any bound below 89.2 per cent." in told
    strange = tumen("run", folder, "--claim", "share-2024")
    assert strange.exit_code == 2
    assert "got claim 'share-2024'; expected the id of a claim. Did you mean 'share-2023'?" in strange.stderr


@pytest.mark.parametrize("how", ["--brief", "--verbose"])
def test_one_claim_is_never_told_in_brief_nor_with_all_others(case_folder: CaseFolder, how: str) -> None:
    refused = tumen("run", case_folder(), "--claim", "share-2023", how)
    assert refused.exit_code == 2
    assert f"Give --claim or {how}, not both." in refused.stderr


def test_run_prints_the_json_object_and_nothing_else(case_folder: CaseFolder) -> None:
    document = json.loads(tumen("run", case_folder(), "--format", "json").stdout)
    assert document["case"] == "A small case"
    assert document["as_of"] == "2024-12-31"
    (claim,) = document["claims"]
    expected = {
        "id",
        "text",
        "verdict",
        "probability",
        "words",
        "confidence",
        "estimate",
        "specifications",
        "tipping_points",
        "sources",
    }
    assert expected <= set(claim)
    assert set(claim["estimate"]) == {"name", "unit", "median", "low", "high"}
    assert claim["estimate"]["median"] == pytest.approx(0.9, abs=0.005)
    assert {"lever", "unit", "specification", "value", "flips_to"} <= set(claim["tipping_points"][0])


def test_a_rerun_on_the_same_inputs_gives_the_same_bytes(case_folder: CaseFolder) -> None:
    folder = case_folder()
    assert tumen("run", folder, "--format", "json").stdout == tumen("run", folder, "--format", "json").stdout


def test_every_run_is_stored_with_its_inputs(case_folder: CaseFolder) -> None:
    folder = case_folder()
    printed = tumen("run", folder, "--format", "json").stdout
    tumen("run", folder)
    runs = sorted(Path(".tumen/runs").glob("*/2*"))
    assert len(runs) == 2
    assert (runs[0] / "run.json").read_text() == printed
    document = json.loads(printed)
    assert set(document["inputs"]) == {"case.toml", "claims.toml", "record/sources.csv", "record/trade.csv"}
    assert {"tumen", "duckdb", "numpy", "python"} <= set(document["versions"])
    assert json.loads((runs[0] / "manifest.json").read_text())["run"] == document["run"]


def test_out_receives_the_page_the_object_and_the_evidence(case_folder: CaseFolder, tmp_path: Path) -> None:
    out = tmp_path / "report"
    result = tumen("run", case_folder(), "--format", "html", "--out", out)
    assert result.exit_code == 0
    assert sorted(p.name for p in out.iterdir()) == ["evidence.csv", "report.html", "run.json"]
    assert f"Report: {out / 'report.html'}" in result.stdout


def test_a_broken_case_gives_every_problem_exit_code_2_and_stores_nothing(case_folder: CaseFolder) -> None:
    folder = case_folder(
        edits={
            "claims.toml": ('measure = "dependence.share"', 'measure = "dependance.share"'),
            "record/trade.csv": (",40,50,90,", ",-40,50,90,"),
        }
    )
    for command in (("run",), ("run", "--format", "html", "--out", "page"), ("check",)):
        result = tumen(command[0], folder, *command[1:])
        assert result.exit_code == 2
        said = result.stdout + result.stderr
        assert "Did you mean 'dependence.share'" in said
        assert "record/trade.csv:2: got exports_usd = '-40.00'" in said
    assert not Path(".tumen").exists()
    assert not Path("page").exists()


def test_check_says_when_all_is_well(case_folder: CaseFolder) -> None:
    result = tumen("check", case_folder())
    assert result.exit_code == 0
    assert result.stdout == "no errors, no warnings: 1 claim, 3 rows.\n"


def test_check_lists_warnings_without_failing(case_folder: CaseFolder) -> None:
    folder = case_folder(
        edits={
            "record/trade.csv": (
                "with-all,AAA,WLD",
                "odd,AAA,CCC,2023-01-01,2024-01-01,TOTAL,x,,,,yearbook,exact,book,\nwith-all,AAA,WLD",
            )
        }
    )
    result = tumen("check", folder)
    assert result.exit_code == 0
    assert 'warning: record/trade.csv:3: got exports_usd: cannot read "x"' in result.stdout


@pytest.mark.parametrize("case", ["nowhere", "https://example.org/case", "a\x00b"])
def test_a_case_that_is_no_folder_is_refused(case: str) -> None:
    result = tumen("run", case)
    assert result.exit_code == 2
    assert "[case-missing]" in result.stderr


def test_an_unknown_engine_is_refused() -> None:
    result = tumen("run", "--engine", "oracle")
    assert result.exit_code == 2
    assert "expected duckdb, spark://local[2] or spark://host:port" in result.stderr


def test_a_file_outside_the_case_is_read_only_when_allowed(case_folder: CaseFolder, tmp_path: Path) -> None:
    folder = case_folder()
    outside = tmp_path / "elsewhere" / "trade.csv"
    outside.parent.mkdir()
    (folder / "record" / "trade.csv").rename(outside)
    (folder / "record" / "trade.csv").symlink_to(outside)
    refused = tumen("run", folder)
    assert refused.exit_code == 2
    assert "which is outside the case's folder" in refused.stderr
    assert tumen("run", folder, "--allow", outside.parent).exit_code == 0


def test_explain_walks_back_to_rows_and_sources() -> None:
    said = tumen("explain", "china-share-2023").stdout
    for part in (
        "VERDICT  depends",
        "CONFIDENCE",
        "SPECIFICATION  crude-counted+table-alone: ",
        "◄ trade/kotra-chn-2023: 2023, PRK–CHN, TOTAL: 2.72 bn USD (kotra)",
        "C2 Asia Today",
        "TIPPING POINTS",
        "USD of trade with Russia missing from the table",
    ):
        assert part in said


def test_a_run_as_of_an_earlier_day_leaves_out_what_was_not_known_and_counts_it(case_folder: CaseFolder) -> None:
    folder = case_folder()
    now, then = (json.loads(tumen("run", folder, "--format", "json", *day).stdout) for day in ((), EARLIER))
    assert (now["as_of"], now["left_out"]) == ("2024-12-31", {})
    assert (then["as_of"], then["left_out"]) == (
        "2024-12-30",
        {"sources": {"later": 0, "unknown": 1, "revised": 0}, "trade": {"later": 0, "unknown": 2, "revised": 0}},
    )
    assert [d["claims"][0]["verdict"] for d in (now, then)] == ["supported", "undetermined"]
    assert now["run"] != then["run"]
    table = tumen("run", folder, *EARLIER, "--out", "out", "--format", "html").stdout
    assert "as of 2024-12-30; left out: 3 later rows\n" in table
    told = tumen("run", folder, *EARLIER, "--verbose").stdout
    assert "Left out, as it happened or became known later: 1 of sources, 2 of trade." in told
    page = Path("out/report.html").read_text(encoding="utf-8")
    assert "by 2024-12-30; left out as later: 1 of sources, 2 of trade." in page


def test_explain_as_of_an_earlier_day_says_what_was_missing_then(case_folder: CaseFolder) -> None:
    folder = case_folder()
    assert "yearbook's figure for AAA with BBB" not in tumen("explain", folder, "share-2023").stdout
    then = tumen("explain", folder, "share-2023", *EARLIER).stdout
    assert "2023: yearbook's figure for AAA with BBB" in then


def test_check_as_of_an_earlier_day_warns_of_what_is_left_out(case_folder: CaseFolder) -> None:
    result = tumen("check", case_folder(), *EARLIER)
    assert result.exit_code == 0
    said = result.stdout + result.stderr
    assert "case.toml:2: got 2 rows of trade beyond 2024-12-30 (2 known later); expected what had happened" in said
    assert said.count("[beyond-wall]") == 2


def test_check_warns_of_public_sources_without_a_date(case_folder: CaseFolder) -> None:
    undated = SOURCES.replace(",2024,", ",,")
    hidden = "secret,A Maker,A Title,,,B,2,restricted,,\n"
    result = tumen("check", case_folder({"record/sources.csv": undated + hidden}))
    assert "got 1 source without a date of publication: book;" in result.stdout + result.stderr


@pytest.mark.parametrize("command", [("run",), ("check",), ("explain", "share-2023")])
@pytest.mark.parametrize("day", ["2024", "31.12.2024", "2024-02-30", "soon"])
def test_a_day_that_cannot_be_read_is_refused(case_folder: CaseFolder, command: tuple[str, ...], day: str) -> None:
    result = tumen(command[0], case_folder(), *command[1:], "--as-of", day)
    assert result.exit_code == 2
    assert f"'{day}' does not match the format '%Y-%m-%d'" in result.stderr


def test_explain_suggests_the_claim_that_was_meant(case_folder: CaseFolder) -> None:
    result = tumen("explain", case_folder(), "share-2032")
    assert result.exit_code == 2
    assert "Did you mean 'share-2023'?" in result.stderr


def test_measures_lists_every_measure_and_long_says_all_of_it() -> None:

    short, long = tumen("measures").stdout, tumen("measures", "--long").stdout
    assert len(short.splitlines()) == len(kinds().measures)
    for measure in kinds().measures.values():
        assert measure.name in short
        assert measure.limits in long
        assert all(f"lever {lever.name} " in long for lever in measure.levers)


def test_new_writes_a_case_that_checks_and_runs() -> None:
    assert tumen("new", "mine").exit_code == 0
    assert tumen("check", "mine").exit_code == 0
    result = tumen("run", "mine")
    assert result.exit_code == 0
    assert "2 claims: 1 holds, 1 is not measured yet." in result.stdout


def test_new_never_overwrites() -> None:
    Path("mine").mkdir()
    Path("mine/notes.txt").write_text("mine")
    result = tumen("new", "mine")
    assert result.exit_code == 2
    assert "[folder-not-empty]" in result.stderr
    assert [p.name for p in Path("mine").iterdir()] == ["notes.txt"]


def test_a_place_that_cannot_be_written_is_a_message(case_folder: CaseFolder) -> None:
    Path(".tumen").write_text("in the way")
    result = tumen("run", case_folder())
    assert result.exit_code == 2
    assert "[not-written]" in result.stderr


def test_control_characters_of_a_case_do_not_reach_the_terminal(case_folder: CaseFolder) -> None:
    folder = case_folder(edits={"case.toml": ('title = "A small case"', 'title = "A \\u001b[2J\\u202e case"')})
    result = tumen("run", folder)
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "A \\x1b[2J\\u202e case" in result.stdout


def test_simulated_data_say_so(case_folder: CaseFolder) -> None:
    folder = case_folder(edits={"case.toml": ("seed = 1", "seed = 1\nsimulated = true")})
    assert "SIMULATED DATA: nothing here was observed." in tumen("run", folder).stdout
    assert "Simulated data: nothing here was observed." in _page(folder)


def _page(folder: Path) -> str:
    tumen("run", folder, "--format", "html", "--out", "page")
    return Path("page/report.html").read_text()


@pytest.mark.parametrize("words", [(), ("--help",)])
def test_help_shows_the_way_in_four_lines_and_cuts_nothing_off(words: tuple[str, ...]) -> None:
    told = tumen(*words).output
    ways = [line.split(": ")[0].split() for line in told.splitlines() if line.startswith("  tumen ")]
    assert [way[-1] for way in ways] == ["run", "look", "new", "check"]
    assert [way[1] for way in ways] == ["run", "run", "new", "check"]
    assert max(map(len, told.splitlines())) <= 80
    assert "..." not in told.partition("Commands:")[2]


def test_help_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys, tumen.cli; print([m for m in ('duckdb', 'numpy', 'scipy', 'pydantic', 'rich') "
        "if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_killed_run_leaves_the_earlier_ones_whole(case_folder: CaseFolder) -> None:
    folder = case_folder()
    assert tumen("run", folder).exit_code == 0
    before = {p: p.read_bytes() for p in Path(".tumen").rglob("*") if p.is_file()}
    for wait_s in (0.3, 0.6, 0.9, 1.2):
        process = subprocess.Popen(
            [sys.executable, "-m", "tumen", "run", str(folder), "--format", "html"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(wait_s)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert {p: p.read_bytes() for p in before} == before
    for run in (p for p in Path(".tumen/runs").glob("*/2*")):
        assert json.loads((run / "run.json").read_text())["case"] == "A small case"
        assert (run / "manifest.json").exists()


def test_a_warning_of_a_library_never_reaches_the_user(case_folder: CaseFolder) -> None:
    result = subprocess.run(
        [sys.executable, "-W", "default", "-m", "tumen", "run", str(case_folder()), "--format", "html"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert result.stderr == ""


# ------------------------------------------------------------------ bugs


def broken(*words: str, monkeypatch: pytest.MonkeyPatch) -> Result:
    """A command in which something unforeseen happens, with a value of the case in its message."""

    def fail(*_: object, **__: object) -> None:
        value = "a value of the case"
        raise KeyError(value)

    monkeypatch.setattr("tumen.run.evaluate", fail)
    return tumen(*words)


def test_a_bug_is_one_line_without_values(monkeypatch: pytest.MonkeyPatch) -> None:
    result = broken("run", monkeypatch=monkeypatch)
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "KeyError: this is a bug: please report it. `tumen --debug …` shows where; it shows no values. [bug]"
    ]


def test_debug_shows_where_a_bug_is_and_no_values(monkeypatch: pytest.MonkeyPatch) -> None:
    result = broken("--debug", "run", monkeypatch=monkeypatch)
    assert result.exit_code == 1
    assert "in _evaluate" in result.output
    assert "'a value of the case'" not in result.output


def test_we_enable_no_dump_of_a_crash() -> None:
    source = Path(str(sys.modules["tumen.cli"].__file__)).parent
    assert not [p for p in source.rglob("*.py") if "faulthandler" in p.read_text(encoding="utf-8")]
