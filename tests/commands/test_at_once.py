"""Commands that change one case at once lose nothing of each other's."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.commands.every_command import VOTES, laid

#: Each process gives so many commands, one after the other.
PROCESSES, EACH = 8, 25

_GIVE = """
import sys
from click.testing import CliRunner
from tumen.cli import main
for number in range({first}, {last}):
    words = {words}
    result = CliRunner().invoke(main, [word.format(number=number) for word in words])
    if result.exit_code:
        sys.exit(result.output)
"""


def given_at_once(folder: Path, votes: list[str], ach: list[str], each: int) -> None:
    """Commands of eight processes: six give one kind, two the other."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", _GIVE.format(first=n * each, last=(n + 1) * each, words=votes if n < 6 else ach)],
            cwd=folder,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(PROCESSES)
    ]
    said = [process.communicate(timeout=500)[1] for process in started]
    assert [process.returncode for process in started] == [0] * PROCESSES, "".join(said)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The case with a source for each import, and a file for each to import."""
    folder = laid(tmp_path)
    sources = folder / "case/record/sources.csv"
    row = sources.read_text().splitlines()[1].removeprefix("book,")
    sources.write_text(sources.read_text() + "".join(f"s{n},{row}\n" for n in range(PROCESSES * EACH)))
    for number in range(PROCESSES * EACH):
        (folder / f"votes-{number}.csv").write_text(VOTES.replace("/79/1", f"/79/{number}"))
        (folder / f"matrix-{number}.csv").write_text(
            f"evidence,date,text,source,wary,content\ntreaty-{number},2024-06-20,It said so.,book,1,-2\n"
        )
    return folder


def test_of_two_hundred_imports_at_once_none_is_lost(folder: Path) -> None:
    votes = ["import", "votes", "votes-{number}.csv", "--into", "case", "--source", "s{number}"]
    given_at_once(folder, votes, ["import", "ach", "matrix-{number}.csv", "--into", "case"], EACH)
    header = tomllib.loads((folder / "case/case.toml").read_text())
    wanted = [f"record/votes_s{n}.parquet" for n in range(6 * EACH)]
    assert sorted(header["record"]["votes"]) == sorted(wanted)
    assert all((folder / "case" / name).exists() for name in wanted)
    rivals = tomllib.loads((folder / "case/hypotheses.toml").read_text())
    items = {"treaty", *(f"treaty-{n}" for n in range(6 * EACH, 8 * EACH))}
    assert {item["id"] for item in rivals["evidence"]} == items
    assert [p.name for p in (folder / "case").rglob(".*")] == []


def test_runs_at_once_into_one_place_all_succeed(folder: Path) -> None:
    runs = ["run", "case", "--out", "report"]
    given_at_once(folder, runs, runs, 5)
    assert sorted(p.name for p in (folder / "report").iterdir()) == ["evidence.csv", "run.json"]
    (shelf,) = (folder / ".tumen/runs").iterdir()
    assert len(list(shelf.glob("2*"))) == PROCESSES * 5
    assert len(list((shelf / "inputs").glob("[!.]*"))) == len(list(folder.glob("case/*.toml"))) + len(
        list(folder.glob("case/record/*"))
    )
