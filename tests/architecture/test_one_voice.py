"""Text reaches a terminal by one function: nothing else says anything."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.test_rooms import MODULES, shown

#: Where a module may take hold of the terminal, and why.
VOICES = {
    "commands/saying.py": "the one that all commands use",
    "commands/progress.py": "what turns while one waits",
    "report/table.py": "writes to the stream that it is given",
}


def voices(text: str) -> set[str]:
    """Ways past the one function that a module's text has."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in ("print", "click.echo", "click.secho", "echo", "secho") or called.endswith("echo_via_pager"):
                found.add(called)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("sys.stdout", "sys.stderr", "sys.__stdout__"):
            found.add(ast.unparse(node))
        if isinstance(node, ast.ImportFrom) and node.module == "rich.console":
            found.add("rich.console")
    return found


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_only_the_one_function_says_anything(path: Path) -> None:
    if shown(path) in VOICES:
        return
    assert voices(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    "text",
    [
        "print(1)",
        "import click\nclick.echo('x')",
        "import sys\nsys.stdout.write('x')",
        "from rich.console import Console",
    ],
)
def test_another_voice_is_heard(text: str) -> None:
    assert voices(text)
