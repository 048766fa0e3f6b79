"""What the pages show is what the tool says: commands, sums, Python, and the pages as a whole."""

from __future__ import annotations

import doctest
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.console import DOCS, blocks, pages, replay, same, sums


def _named(marker: str) -> list[str]:
    """Pages that hold a block of a language or caption."""
    return [
        str(p.relative_to(DOCS))
        for p in pages()
        if any(marker in (b.language, b.caption) for b in blocks(p.read_text(encoding="utf-8")))
    ]


@pytest.mark.parametrize("page", _named("console"))
def test_a_page_shows_what_its_commands_print(page: str, tmp_path: Path):
    for item in replay((DOCS / page).read_text(encoding="utf-8"), tmp_path):
        assert same(item.block.body, item.actual), f"{page} shows:\n{item.block.body}\nThe tool says:\n{item.actual}"


@pytest.mark.parametrize("page", _named("By hand"))
def test_the_sums_that_a_reader_can_redo_are_right(page: str):
    for left, printed, value in sums((DOCS / page).read_text(encoding="utf-8")):
        places = len(printed.partition(".")[2])
        assert f"{value:.{places}f}" == printed, left


@pytest.mark.parametrize("page", ["python.md", "run-object.md", "triangles.md"])
def test_the_python_examples_run(page: str):
    failed, tried = doctest.testfile(str(DOCS / page), module_relative=False)
    assert tried > 0
    assert failed == 0


def test_the_documentation_builds_strictly_and_loads_nothing_from_elsewhere(tmp_path: Path):
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "--quiet",
        "-W",
        "--keep-going",
        "-b",
        "html",
        "-d",
        str(tmp_path / "trees"),
        str(DOCS),
        str(tmp_path / "html"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "no_proxy": "*"}, check=False)
    assert done.returncode == 0, done.stderr
    for page in (tmp_path / "html").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for loads in ('src="http', 'rel="stylesheet" type="text/css" href="http', "@import"):
            assert loads not in text, f"{page.name} loads something from elsewhere: {loads}"
