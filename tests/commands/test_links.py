"""A link at any path that a command may write moves nothing outside, whatever it leads to."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from tests.commands.every_command import COMMANDS, TYPED, laid, place_of
from tests.docs.console import inside
from tumen.cli import main

#: What a command writes under a name that is drawn anew each time; nobody can put a link there before.
_DRAWN = re.compile(r"\.[0-9a-f]{16}\.draft|\d{8}T\d{6}Z-[0-9a-f]{12}")

#: Commands that write by the same code as one of COMMANDS.
SAME_CODE = {
    "import comtrade",
    "import gdelt",
    "import polecat",
    "import moves",
    "import drivers",
    "detect feasible-calls",
    "detect identity",
    "detect loitering",
    "detect port-calls",
    "detect gaps",
    "identities show",
    "identities check",
    "measures",
    "grades",
    "whatif",
}

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_TARGET = {
    "os.mkdir": 0,
    "os.rename": 1,
    "os.remove": 0,
    "os.rmdir": 0,
    "os.link": 1,
    "os.symlink": 1,
    "os.truncate": 0,
    "os.chmod": 0,
}

_heard: list[list[str]] = []


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    """Note what is written while somebody listens; a hook cannot be taken out again."""
    if not _heard:
        return
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING:
        _heard[-1].append(os.fsdecode(arguments[0]) if not isinstance(arguments[0], int) else "")
    elif event in _TARGET and not isinstance(arguments[_TARGET[event]], int):
        _heard[-1].append(os.fsdecode(arguments[_TARGET[event]]))


sys.addaudithook(_hear)


@contextmanager
def listening() -> Iterator[list[str]]:
    """The paths that are opened for writing, made, renamed to or removed meanwhile."""
    _heard.append([])
    try:
        yield _heard[-1]
    finally:
        _heard.pop()


def call(command: str, folder: Path) -> Result:
    """A command, given where it is given."""
    with inside(place_of(command, folder)):
        return CliRunner().invoke(main, list(COMMANDS[command]), input=TYPED, prog_name="tumen")


def written(command: str, folder: Path) -> set[Path]:
    """Every path below a folder that a command writes, and the folders on the way to it."""
    before = set(folder.rglob("*"))
    with listening() as heard:
        result = call(command, folder)
    assert result.exit_code == 0, result.output
    home = folder.resolve()
    named = {Path(os.path.abspath(place_of(command, home) / path)) for path in heard if path}  # noqa: PTH100
    named |= set(folder.rglob("*")) - before
    below = {path.relative_to(home) for path in named if home in path.parents}
    on_the_way = {parent for path in below for parent in (path, *path.parents)} - {Path(), Path("case")}
    return {path for path in on_the_way if not _DRAWN.search(path.as_posix())}


def tree(folder: Path) -> dict[str, tuple[str, int, bytes]]:
    """All that is in a folder: where links lead, permissions, content."""
    found = {}
    for path in sorted(folder.rglob("*")):
        kind = str(path.readlink()) if path.is_symlink() else "folder" if path.is_dir() else "file"
        content = path.read_bytes() if path.is_file() else b""
        found[path.relative_to(folder).as_posix()] = kind, path.lstat().st_mode, content
    return found


def plant(at: Path, outside: Path, kind: str) -> None:
    """A link to something outside: what was there before, a folder, a file, or nothing."""
    goal = outside / f"{kind}-{at.name}"
    if kind == "what was there" and at.exists():
        shutil.move(at, goal)
    elif at.is_dir():
        shutil.rmtree(at)
    else:
        at.unlink(missing_ok=True)
    if kind == "a folder":
        goal.mkdir()
    elif kind == "a file":
        goal.write_text("precious")
    at.parent.mkdir(parents=True, exist_ok=True)
    at.symlink_to(goal)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_link_moves_anything_outside(command: str, tmp_path: Path) -> None:
    paths = written(command, laid(tmp_path / "trace"))
    for number, path in enumerate(sorted(paths)):
        for kind in ("what was there", "a folder", "a file", "nothing"):
            folder = laid(tmp_path / f"{number}-{kind}" / "here")
            (outside := folder.parent / "outside").mkdir()
            plant(folder / path, outside, kind)
            before = tree(outside)
            said = call(command, folder).output
            assert tree(outside) == before, f"a link to {kind} at {path}"
            assert "[bug]" not in said, said


def test_a_link_that_is_followed_would_be_seen(tmp_path: Path) -> None:
    folder = laid(tmp_path / "here")
    with listening() as heard:
        (folder / "report").mkdir()
        (folder / "report/run.json").write_text("x")
    assert [Path(path).name for path in heard] == ["report", "run.json"]


def test_commands_that_write_are_traced(tmp_path: Path) -> None:
    assert Path("report/run.json") in written("run", laid(tmp_path / "a"))
    assert {Path("case/hypotheses.toml"), Path("case/.tumen.lock")} <= written("import ach", laid(tmp_path / "b"))
    assert {Path("case/.tumen"), Path("case/.tumen/runs")} <= written("run in the case", laid(tmp_path / "c"))


def test_every_command_is_among_them() -> None:
    context = click.Context(main)
    named = {
        f"{name} {inner}" if inner else name
        for name in main.list_commands(context)
        for command in [main.get_command(context, name)]
        for inner in (command.list_commands(context) if isinstance(command, click.Group) else [""])
    }
    ours = {next(name for name in (f"{w[0]} {w[1]}", w[0]) if name in named) for w in COMMANDS.values()}
    assert named - SAME_CODE <= ours | SAME_CODE
