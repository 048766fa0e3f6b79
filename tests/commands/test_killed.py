"""A command that is killed at any moment loses nothing, leaves nothing half written, and no plain copy."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import time
import tomllib
from pathlib import Path

import pytest

from tests.commands.every_command import COMMANDS, TYPED, laid, place_of, program_of
from tumen.engine.backends import open_engine
from tumen.prepare import prepare
from tumen.record.identities import read_identities, write_identities
from tumen.runs import archive

#: Commands that are killed, and how often each.
MOMENTS = {"run": 20, "import votes": 20, "import ach": 20, "identities add": 15, "export ach": 15, "detect csv": 10}

pytestmark = pytest.mark.skipif(
    os.name != "posix" or shutil.which("sh", path=os.defpath) is None,
    reason="no shell to clean up after a killed process",
)


def start(command: str, folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        program_of(command),
        cwd=place_of(command, folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "TMPDIR": str(folder / "temporary")},
    )
    assert process.stdin is not None
    process.stdin.write(TYPED.replace("official-1", f"official-{random.randrange(10**9)}"))
    process.stdin.close()
    return process


def left_over(folder: Path) -> list[str]:
    """Drafts and temporary files that are still there after a while."""
    for _ in range(750):
        every = (Path(place, name) for place, folders, files in os.walk(folder) for name in (*folders, *files))
        found = [path for path in every if path.suffix == ".draft" or path.parent.name == "temporary"]
        if not found:
            return []
        time.sleep(0.02)
    return [str(path) for path in found]


def check(folder: Path) -> None:
    """All that is there is whole: the case with each file that it names, runs, results, identities."""
    case = folder / "case"
    named = tomllib.loads((case / "case.toml").read_text()).get("record", {})
    assert all((case / name).exists() for names in named.values() for name in names)
    engine = open_engine()
    prepared = prepare(case, engine)
    engine.close()
    assert [p for p in prepared.problems if p.severity == "error"] == []
    assert len(read_identities(folder / "identities.tumen", "a passphrase")) >= 1
    for run in archive.stored(case, folder / archive.RUNS):
        assert set(archive.changed(run)) <= {"report.html was added"}  # drawn after the run was stored
    for place in (folder / "report/run.json", folder / "found.csv.provenance.json"):
        assert not place.exists() or json.loads(place.read_text())
    for place in (folder / "matrix-out.csv", folder / "found.csv", folder / "report/evidence.csv"):
        assert not place.exists() or place.read_text().endswith("\n")


@pytest.mark.parametrize("command", MOMENTS)
def test_a_command_killed_at_any_moment_loses_and_leaves_nothing(command: str, tmp_path: Path) -> None:
    folder = laid(tmp_path)
    (folder / "temporary").mkdir()
    write_identities(folder / "identities.tumen", {"official-0": "A Name"}, "a passphrase")
    began = time.monotonic()
    assert start(command, folder).wait(120) == 0
    takes_s = time.monotonic() - began
    kept = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and ".tumen" in p.parts}
    draw = random.Random(command)
    for _ in range(MOMENTS[command]):
        process = start(command, folder)
        time.sleep(draw.uniform(0.1, 1.05) * takes_s)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert left_over(folder) == []
        check(folder)
    now = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and ".tumen" in p.parts}
    assert {path: now[path] for path in kept} == kept


def test_a_hundred_moments_are_tried() -> None:
    assert sum(MOMENTS.values()) == 100
    assert set(MOMENTS) <= set(COMMANDS)
