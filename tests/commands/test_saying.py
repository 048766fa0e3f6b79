"""What is said goes to closed, full, narrow and impatient places, and the work is done; names are any bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CaseFolder

COMMANDS = (
    ("run", "case"),
    ("run", "case", "--format", "json"),
    ("run", "case", "--format", "html"),
    ("check", "case"),
    ("explain", "case", "share-2023"),
    ("measures", "--long"),
)

posix = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")


@pytest.fixture
def place(case_folder: CaseFolder, tmp_path: Path) -> Path:
    case_folder(edits={"case.toml": ('title = "A small case"', 'title = "Ein kleiner Fall – 남포 \\u009b"')})
    return tmp_path


def tumen(
    place: Path, *words: str | bytes, shell: str = '"$@"', **environment: str
) -> subprocess.CompletedProcess[bytes]:
    command = ["bash", "-c", shell, "bash", sys.executable, "-m", "tumen", *words]
    return subprocess.run(command, cwd=place, capture_output=True, env={**os.environ, **environment}, check=False)


@posix
@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp949"])
def test_what_an_encoding_has_not_is_an_escape(place: Path, encoding: str) -> None:
    for command in COMMANDS:
        told = tumen(place, *command, PYTHONIOENCODING=encoding)
        assert (told.returncode, b"bug" in told.stderr) == (0, False), (command, told.stderr)
        assert told.stdout.decode(encoding)
    assert "\\ub0a8" in tumen(place, "run", "case", PYTHONIOENCODING="latin-1").stdout.decode("latin-1")


@posix
def test_plain_locale_is_enough(place: Path) -> None:
    told = tumen(place, "run", "case", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (told.returncode, told.stderr.count(b"bug")) == (0, 0)


@posix
@pytest.mark.parametrize("closed", ['"$@" >&-', '"$@" >&- 2>&-', '"$@" <&- >&- 2>&-'])
def test_closed_outputs_end_quietly_and_the_work_is_done(place: Path, closed: str) -> None:
    told = tumen(place, "run", "case", "--format", "html", "--out", "out", shell=closed)
    assert told.returncode == 0
    assert told.stdout == b""
    assert {p.name for p in (place / "out").iterdir()} == {"run.json", "evidence.csv", "report.html"}
    assert (place / "out" / "run.json").read_bytes().startswith(b"{")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", [*COMMANDS, ("--help",), ("run", "--help"), ("new", "other")], ids=" ".join)
def test_full_output_has_one_message(place: Path, words: tuple[str, ...]) -> None:
    told = tumen(place, *words, shell='"$@" >/dev/full')
    lines = [line for line in told.stderr.decode().splitlines() if not line.startswith("warning: ")]
    assert (told.returncode, len(lines)) == (2, 1), told.stderr
    assert "got no space left on device" in lines[0]
    assert lines[0].endswith("[output-failed]")


@posix
@pytest.mark.parametrize("words", [*COMMANDS, ("--help",)], ids=" ".join)
def test_a_reader_that_leaves_is_no_failure(place: Path, words: tuple[str, ...]) -> None:
    told = tumen(place, *words, shell='"$@" | true')
    assert b"Error" not in told.stderr
    assert b"bug" not in told.stderr


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="its file system takes UTF-8 names only")
def test_names_that_are_not_utf8_are_told_or_work(place: Path) -> None:
    odd = b"n\xff\x1b"
    positions = b"mmsi,t,lon,lat\n1,2024-01-01 00:00:00,2,3\n"
    (place / os.fsdecode(odd + b".csv")).write_bytes(positions)
    (place / "day.csv").write_bytes(positions)
    (place / "case").rename(place / os.fsdecode(odd))
    refused: tuple[tuple[str | bytes, ...], ...] = (
        ("check", odd),
        ("run", odd),
        ("export", "ach", odd, "--out", "m.csv"),
        ("import", "votes", "day.csv", "--into", odd, "--source", "book"),
        ("run", "--positions", odd + b".csv"),
        ("detect", "gaps", "--positions", odd + b".csv", "--out", "x.csv"),
        ("import", "ais", odd + b".csv", "--out", "x.parquet"),
    )
    for words in refused:
        told = tumen(place, *words)
        assert (told.returncode, b"[name-not-utf8]" in told.stdout + told.stderr) == (2, True), (words, told.stderr)
        assert b"\x1b" not in told.stdout + told.stderr
        assert b"\xff" not in told.stdout + told.stderr
    (place / os.fsdecode(odd)).rename(place / "case")
    written: tuple[tuple[str | bytes, ...], ...] = (
        ("run", "case", "--format", "html", "--out", odd + b"out"),
        ("import", "ais", "day.csv", "--out", odd + b".parquet"),
        ("detect", "gaps", "--positions", "day.csv", "--out", odd + b"gaps.csv"),
        ("new", odd + b"new"),
    )
    for words in written:
        assert tumen(place, *words).returncode == 0
    (place / "case" / "record" / "trade.csv").rename(place / "case" / "record" / os.fsdecode(odd))
    (place / "case" / "record" / "trade.csv").symlink_to(os.fsdecode(odd))
    assert b"record/trade.csv: got a name that is not UTF-8" in tumen(place, "check", "case").stdout


@posix
def test_a_strangers_name_in_a_wrong_command_is_made_visible(place: Path) -> None:
    for words in (
        (b"\xff\x1b",),
        (b"--\xff\x1b",),
        ("run", b"--form\x1b"),
        ("run", "case", "--format", "\u202e"),
        ("run", b"\x1b[2J"),
    ):
        told = tumen(place, *words)
        assert told.returncode == 2
        assert not {"\x1b", "\u202e"} & set(told.stderr.decode())
