"""What CONTRIBUTING.md says is enough: in a copy of the tree each thing is built from its steps, and its commands pass.

A step names a file, and is followed by what goes into it: the whole of a new file, a text in place of a line, or one
at the end. The last step of a section is followed by the commands to run.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

_STEP = re.compile(
    r"^\d+\. (?:`(?P<path>[^`]+)`, (?P<how>new|at the end|in place of `(?P<old>[^`]+)`):|(?P<run>Run):)"
    r"(?:(?!\n\n).)*\n\n(?P<indent> +)(?P<fence>`{3,})\w+\n(?P<body>.*?\n)(?P=indent)(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
_NUMBERED = re.compile(r"^\d+\. ", re.MULTILINE)


#: What must hold of the tree when all is built.
AS_ALL_ELSE = (
    "ruff check src tests docs",
    "ruff format --check src tests docs",
    "python -m pytest -q tests/architecture -k 'not state and not backend and not short and not what_it_is_for'",
)


@dataclass(frozen=True)
class Step:
    """One step: what goes into a file, or, without a path, what is to be run.

    Args:
        old: the line in whose place it goes; empty where the file is new or the text goes to its end.
    """

    path: str
    old: str
    new: bool
    body: str

    def done(self, root: Path) -> None:
        """Do what the step says."""
        place = root / self.path
        if self.new:
            assert not place.exists(), f"{self.path} is there already"
            place.write_text(self.body, encoding="utf-8")
            return
        text = place.read_text(encoding="utf-8")
        if not self.old:
            place.write_text(text + self.body, encoding="utf-8")
            return
        line = re.compile(rf"^{re.escape(self.old)}$", re.MULTILINE)
        assert len(line.findall(text)) == 1, f"{self.path} has not one line {self.old!r}"
        place.write_text(line.sub(lambda _: self.body.rstrip("\n"), text), encoding="utf-8")


def steps(text: str) -> list[Step]:
    """The steps of a section, in order."""
    found = [
        Step(m["path"] or "", m["old"] or "", m["how"] == "new", _unindented(m["body"], m["indent"]))
        for m in _STEP.finditer(text)
    ]
    assert len(found) == len(_NUMBERED.findall(text)), "a step that the test does not know"
    return found


def _unindented(body: str, indent: str) -> str:
    """A block of a list without the list's own indent."""
    return re.sub(rf"^{indent}", "", body, flags=re.MULTILINE)


#: The steps of each section that has some, by its title.
SECTIONS: Mapping[str, Sequence[Step]] = {
    title: steps(text) for title, text in re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
}


@cache
def tree() -> tuple[str, ...]:
    """The files of the tree, those that are not yet committed among them."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("a tree under git is copied by what git lists")
    listed = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return tuple(name for name in names if name and (ROOT / name).is_file())


def copied(into: Path) -> Path:
    """A copy of the tree."""
    for name in tree():
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, into / name)
    return into


def run(step: Step, root: Path) -> list[str]:
    """What the commands of a step say that fail, in the copy."""
    return [told for line in step.body.splitlines() if (told := failed(shlex.split(line), root))]


def failed(words: Sequence[str], root: Path) -> str:
    """What a command says where it fails; it takes the copy's modules and this interpreter."""
    program = {"python": (), "tumen": ("-m", "tumen"), "ruff": ("-m", "ruff")}[words[0]]
    own = {
        "PYTHONPATH": os.pathsep.join((str(root / "src"), str(root))),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_ADDOPTS": "-x -p no:cacheprovider",
    }
    done = subprocess.run(
        [sys.executable, *program, *words[1:]],
        cwd=root,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=False,
    )
    return f"$ {shlex.join(words)}\n{done.stdout}{done.stderr}" if done.returncode else ""


def test_there_are_steps_for_each_thing_that_is_often_added() -> None:
    assert set(SECTIONS) == {"A table", "A measure", "A chart", "An importer", "A detector"}
    assert all(not its[-1].path and all(step.path for step in its[:-1]) for its in SECTIONS.values())


@pytest.mark.parametrize(
    ("title", "most"), [("A table", 2), ("A measure", 3), ("A chart", 1), ("An importer", 3), ("A detector", 7)]
)
def test_a_thing_takes_few_files(title: str, most: int) -> None:
    assert len({step.path for step in SECTIONS[title]} - {""}) <= most


def test_what_is_built_from_the_steps_passes_what_they_say_to_run_and_is_as_all_else_is(tmp_path: Path) -> None:
    root = copied(tmp_path)
    for *edits, last in SECTIONS.values():
        for step in edits:
            step.done(root)
        assert "\n".join(run(last, root)) == ""
    assert "\n".join(failed(shlex.split(command), root) for command in AS_ALL_ELSE) == "\n" * (len(AS_ALL_ELSE) - 1)


@pytest.mark.parametrize("number", range(len(SECTIONS["A measure"]) - 1))
def test_a_step_of_a_measure_that_is_left_out_is_missed(tmp_path: Path, number: int) -> None:
    root = copied(tmp_path)
    *edits, last = SECTIONS["A measure"]
    for step in edits[:number] + edits[number + 1 :]:
        step.done(root)
    assert any(failed(shlex.split(line), root) for line in last.body.splitlines())


@pytest.mark.parametrize(
    "text",
    ["1. `a.py`, new: no block.\n", "1. `a.py`, instead: a word.\n\n   ```python\n   x = 1\n   ```\n"],
)
def test_a_step_that_cannot_be_followed_is_seen(text: str) -> None:
    with pytest.raises(AssertionError, match="a step that the test does not know"):
        steps(text)


def test_a_line_that_is_not_there_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    with pytest.raises(AssertionError, match="has not one line 'y = 1'"):
        Step("a.py", "y = 1", False, "y = 2\n").done(tmp_path)
