"""What is needed meanwhile goes when the process ends, however it ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tumen import scratch
from tumen.scratch import new_name, scratch_folder

_MAKES = """
import sys, time
from pathlib import Path
from tumen.scratch import new_folder
from tumen.writing import drafted, fill, whole_folder
ours = new_folder("test")
(ours / "plain copy").write_text("who they are")
with drafted(Path("a"), Path(".")) as draft:
    fill(draft, b"half")
    print("ready", flush=True)
    {end}
"""


def ended(folder: Path, end: str) -> subprocess.Popen[bytes]:
    """A process that has a plain copy and a draft, and does something then."""
    (folder / "temporary").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", _MAKES.format(end=end)],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder / "temporary")},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def left(folder: Path) -> list[str]:
    """What is there a while after a process ended."""
    for _ in range(200):
        every = [Path(place, name) for place, folders, files in os.walk(folder) for name in (*folders, *files)]
        found = sorted(str(path.relative_to(folder)) for path in every if path.name != "temporary")
        if not found:
            break
        time.sleep(0.02)
    return found


@pytest.mark.parametrize("end", ["raise SystemExit(3)", "raise KeyError", "import os; os._exit(4)"])
def test_nothing_stays_of_a_process_that_ends(tmp_path: Path, end: str) -> None:
    process = ended(tmp_path, end)
    process.communicate()
    assert left(tmp_path) == []


@pytest.mark.skipif(os.name != "posix" or shutil.which("sh", path=os.defpath) is None, reason="no shell to clean up")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("whom", ["the process", "all of its group"])
def test_nothing_stays_of_a_process_that_is_ended(tmp_path: Path, how: signal.Signals, whom: str) -> None:
    if whom == "the process":
        process = ended(tmp_path, "time.sleep(60)")
        process.send_signal(how)
    else:
        process = ended(tmp_path, f"import os; os.setpgrp(); os.killpg(0, {int(how)})")
    process.communicate()
    assert left(tmp_path) == []


def test_whoever_reads_our_output_does_not_wait_for_the_cleaning(tmp_path: Path) -> None:
    process = ended(tmp_path, "import os; os._exit(0)")
    process.communicate(timeout=20)
    assert process.returncode == 0


def test_a_folder_goes_with_its_block() -> None:
    with scratch_folder("test") as folder:
        (folder / "x").mkdir()
        assert folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()


def test_what_deletes_the_folder_is_there_before_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(scratch, "_sweeper", lambda home: seen.append(home.exists()))
    monkeypatch.setattr("atexit.register", lambda *_: None)
    home = scratch._home.__wrapped__()
    assert (seen, home.parent, home.stat().st_mode & 0o777) == ([False], tmp_path, 0o700)


def test_no_name_comes_twice(tmp_path: Path) -> None:
    assert len({new_name(tmp_path, ".csv") for _ in range(100)}) == 100
