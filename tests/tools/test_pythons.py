"""Each Python that the classifiers name reads the source, and runs it where it has the libraries."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tools.pythons import ROOT, bare_environment, claimed, interpreter

from tools import pythons

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(params=claimed())
def python(request: pytest.FixtureRequest) -> str:
    """A Python that the classifiers name, if one is at hand."""
    found = interpreter(request.param)
    if found is None:
        pytest.skip(f"no Python {request.param} is at hand that starts")
    return found


def run(python: str, *words: str, cache: Path) -> subprocess.CompletedProcess[str]:
    """A command of an interpreter, with the source on its path and its compiled files apart from it."""
    own = {"PYTHONPATH": str(ROOT / "src"), "PYTHONPYCACHEPREFIX": str(cache)}
    env = bare_environment() | own
    return subprocess.run([python, *words], env=env, cwd=cache, capture_output=True, text=True, check=False)


def test_source_is_read_without_a_warning(python: str, tmp_path: Path) -> None:
    done = run(python, "-W", "error", "-m", "compileall", "-q", str(ROOT / "src"), cache=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_measures_are_listed(python: str, tmp_path: Path) -> None:
    done = run(python, "-m", "tumen", "measures", cache=tmp_path)
    if missing := re.search(r"No module named '([\w.]+)'", done.stderr):
        assert not missing[1].startswith("tumen"), done.stderr
        pytest.skip(f"{python} has no {missing[1]}; `make pythons` installs what is needed")
    assert done.returncode == 0, done.stderr
    assert "continuity.ratio" in done.stdout


def test_python_that_runs_the_tests_is_claimed_and_is_at_hand() -> None:
    own = "{}.{}".format(*sys.version_info)
    assert own in claimed()
    assert interpreter(own) == sys.executable


def test_oldest_that_is_claimed_is_the_oldest_that_may_install_it() -> None:
    oldest = min(claimed(), key=lambda version: [int(part) for part in version.split(".")])
    assert PROJECT["requires-python"] == f">={oldest}"


def standing_in(folder: Path, script: str) -> str:
    """A program that stands where a Python would."""
    path = folder / "python3.99"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("script", "found"), [("echo 3.99", True), ("echo 3.9", False), ("exit 127", False), ("echo 3.99; exit 1", False)]
)
def test_python_counts_where_it_starts_and_is_of_that_version(
    script: str, found: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = standing_in(tmp_path, script)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert interpreter("3.99") == (path if found else None)


def test_pythons_answer_alike_or_it_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pythons, "claimed", lambda: ["3.97", "3.98", "3.99"])
    monkeypatch.setattr(pythons, "interpreter", lambda version: None if version == "3.98" else version)
    monkeypatch.setattr(pythons, "tried", lambda python, _: f"answer of {python}")
    assert pythons.main() == 1
    said = capsys.readouterr().out.splitlines()
    assert said[1] == "Python 3.98: not tried; none is at hand."
    assert said[-1] == "The answers differ."
    monkeypatch.setattr(pythons, "tried", lambda *_: "one answer")
    assert pythons.main() == 0
