"""What the machine refuses: memory from outside. Verdicts stand, and words say the rest."""

from __future__ import annotations

import errno
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from tests.conftest import CaseFolder
from tumen.cli import main
from tumen.commands.failing import out_of_memory, unwritten
from tumen.process import leave_no_core

limited = pytest.mark.skipif(
    importlib.util.find_spec("resource") is None or sys.platform != "linux", reason="no limit of memory can be set here"
)


def within(kilobytes: int, place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What a command says that may map so much memory."""
    shell = f'ulimit -v {kilobytes}; "$@"'
    command = ["bash", "-c", shell, "bash", sys.executable, "-m", "tumen", *words]
    return subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)


@limited
@pytest.mark.parametrize("kilobytes", [1_000_000, 2_000_000, 4_000_000])
def test_a_run_under_a_limit_has_its_verdicts_and_its_pictures(
    case_folder: CaseFolder, tmp_path: Path, kilobytes: int
) -> None:
    case_folder()
    told = within(kilobytes, tmp_path, "run", "case", "--format", "html", "--out", "out")
    assert told.returncode == 0, told.stderr
    assert (
        json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["claims"][0]["verdict"] == "supported"
    )
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert page.count("<svg ") == 2 * page.count("<figure>") > 0
    assert "1 claim: 1 holds." in told.stdout


@limited
@pytest.mark.parametrize(
    "command", [("check", "case"), ("import", "votes", "votes.csv", "--into", "case", "--source", "book")]
)
def test_commands_that_draw_nothing_go_on_under_a_limit(
    case_folder: CaseFolder, tmp_path: Path, command: tuple[str, ...]
) -> None:
    case_folder()
    (tmp_path / "votes.csv").write_text("ms_code,ms_vote,date,resolution\nAAA,Y,2024-12-03,A/1\nBBB,Y,2024-12-03,A/1\n")
    assert "bug" not in within(1_000_000, tmp_path, *command).stderr


@limited
@pytest.mark.parametrize("kilobytes", [100_000, 300_000, 500_000, 900_000])
def test_too_little_memory_is_said_with_what_was_allowed(tmp_path: Path, kilobytes: int) -> None:
    told = within(kilobytes, tmp_path, "measures")
    assert told.returncode == 2
    assert f"the {kilobytes // 1024} MB that it was allowed" in told.stderr
    assert told.stderr.endswith("[memory-short]\n")


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("can't start new thread"),
        ImportError("libx.so: failed to map segment from shared object"),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
    ],
)
def test_what_came_of_too_little_memory_is_no_bug(error: Exception) -> None:
    with patch("tumen.run.evaluate", side_effect=error):
        told = CliRunner().invoke(main, ["run"])
    assert (told.exit_code, "[memory-short]" in told.stderr, "bug" in told.stderr) == (2, True, False)
    later = ValueError("another")
    later.__cause__ = error
    assert out_of_memory(later)


def test_other_errors_are_told_as_they_are() -> None:
    assert out_of_memory(KeyError("memory")) is None
    assert unwritten(KeyError("room")) is None
    assert unwritten(OSError(errno.EACCES, "Permission denied")) is None


def test_a_run_is_stored_before_it_is_drawn(
    case_folder: CaseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = case_folder()
    monkeypatch.chdir(tmp_path)
    stored: list[str] = []

    def look(*_: object) -> str:
        stored.extend(p.name for p in (tmp_path / ".tumen" / "runs").glob("*/*/*"))
        return "page"

    monkeypatch.setattr("tumen.report.page.page", look)
    assert CliRunner().invoke(main, ["run", str(folder), "--format", "html"]).exit_code == 0
    assert "run.json" in stored
    assert "report.html" not in stored


@limited
def test_no_core_is_left_where_a_protected_source_was_read(case_folder: CaseFolder, tmp_path: Path) -> None:
    case_folder(edits={"record/sources.csv": ("public", "restricted")}, name="protected")
    case_folder()
    code = (
        "import resource, sys; from pathlib import Path; from tumen.engine.backends import open_engine; from "
        "tumen.prepare import prepare;"
        "engine = open_engine(); prepare(Path(sys.argv[1]), engine); engine.close();"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    shell = 'ulimit -S -c "$(ulimit -H -c)"; ulimit -S -c; "$@"'
    told = {
        name: subprocess.run(
            ["bash", "-c", shell, "bash", sys.executable, "-c", code, name],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for name in ("case", "protected")
    }
    assert told["protected"][1] == "0"
    assert (told["case"][1] == "0") == (told["case"][0] == "0")


def test_the_command_line_leaves_no_core() -> None:
    with patch("tumen.cli.leave_no_core") as called:
        CliRunner().invoke(main, ["measures"])
    called.assert_called_once_with()


def test_a_system_without_such_limits_is_let_be() -> None:
    with patch.dict(sys.modules, {"resource": None}):
        leave_no_core()
