"""In a stranger's folder nothing of it is run, and no code of other packages where it was not asked for."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from tests.conftest import CaseFolder
from tests.docs.console import DOCS
from tumen.case.folder import anybody_may_write
from tumen.cli import main
from tumen.kind import Kind
from tumen.kinds import kinds


@pytest.mark.parametrize("name", ["click", "duckdb", "numpy", "json", "tomllib", "jinja2", "tomlkit", "readline"])
def test_no_module_of_the_folder_is_run(case_folder: CaseFolder, name: str) -> None:
    folder = case_folder()
    (folder / f"{name}.py").write_text("raise SystemExit('taken from the folder')")
    for words in (("check", "."), ("run", ".", "--format", "html")):
        said = subprocess.run(
            [sys.executable, "-m", "tumen", *words], cwd=folder, capture_output=True, text=True, check=False
        )
        assert (said.returncode, "taken" in said.stdout + said.stderr) == (0, False), said.stderr


# ------------------------------------------------------------------ code of other packages


@pytest.fixture
def loaded() -> list[str]:
    """What was loaded of a package that offers a measure."""
    return []


@pytest.fixture(autouse=True)
def _offered(loaded: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Point(EntryPoint):
        def load(self) -> Kind:
            loaded.append(self.name)
            return Kind(name="theirs")

    kinds.cache_clear()
    points = [Point("theirs", "their_package:KIND", "tumen.kinds")]
    monkeypatch.setattr("tumen.kinds.entry_points", lambda **_: points)


@pytest.fixture(autouse=True)
def _forgotten() -> object:
    yield
    kinds.cache_clear()


def said(*words: str) -> str:
    kinds.cache_clear()
    with patch("tumen.runs.archive.RUNS", Path(words[1]).parent / "runs"):
        return CliRunner().invoke(main, list(words)).output


@pytest.mark.parametrize("command", ["run", "check"])
@pytest.mark.parametrize(
    ("open_to_all", "option", "loads", "warns"),
    [
        (False, None, True, False),
        (False, "--no-plugins", False, False),
        (True, None, False, True),
        (True, "--plugins", True, False),
        (True, "--no-plugins", False, False),
    ],
)
def test_other_packages_are_loaded_where_the_user_may_want_it(
    case_folder: CaseFolder,
    loaded: list[str],
    command: str,
    open_to_all: bool,
    option: str | None,
    loads: bool,
    warns: bool,
) -> None:
    with patch("tumen.prepare.anybody_may_write", return_value=open_to_all):
        output = said(command, str(case_folder()), *([option] if option else []))
    assert bool(loaded) is loads
    assert ("[plugins-left-out]" in output) is warns


def test_a_folder_below_one_that_all_may_write_counts(tmp_path: Path) -> None:
    case = tmp_path / "open" / "of my own"
    case.mkdir(parents=True)
    (tmp_path / "open").chmod(0o1777)
    assert anybody_may_write(case)
    link = tmp_path / "link"
    link.symlink_to(case)
    assert anybody_may_write(link)


def test_a_folder_of_ones_own_does_not_count() -> None:
    assert not anybody_may_write(Path("/"))


# ------------------------------------------------------------------ the page that promises it


def test_every_test_that_the_page_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/.]+)`", (DOCS / "security.md").read_text(encoding="utf-8"))
    assert len(named) > 15
    assert [name for name in named if not (DOCS.parent / name).exists()] == []
