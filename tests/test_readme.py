"""The README shows what the commands really print. `python -m tests.test_readme` renews it."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.commands.command_tree import EVERY_COMMAND

README = Path(__file__).parent.parent / "README.md"
PROGRAM = ".venv/bin/tumen"

_SHOWN = re.compile(
    r"^(?P<head><!-- output of: tumen (?P<words>[^|\n]+) \| head -n (?P<lines>\d+) -->\n```text\n)"
    r".*?(?P<end>^```\n<!-- end -->)",
    re.MULTILINE | re.DOTALL,
)


def shown(text: str) -> re.Match[str]:
    """The block of the README that shows the first lines of a command's output."""
    found = _SHOWN.search(text)
    assert found is not None
    return found


def printed(program: list[str]) -> str:
    """What the command of the README's block prints, as a program of ours is called."""
    with TemporaryDirectory() as folder:
        words = shown(README.read_text(encoding="utf-8"))["words"].split()
        run = subprocess.run([*program, *words], cwd=folder, capture_output=True, text=True, check=True)
    return run.stdout


def filled(output: str, found: re.Match[str]) -> str:
    """A block with the first lines of what is printed now."""
    first = islice(output.splitlines(), int(found["lines"]))
    return found["head"] + "".join(f"{line.rstrip()}\n" for line in first) + found["end"]


def renewed(text: str) -> str:
    """The README with its output as the command prints it now."""
    return _SHOWN.sub(partial(filled, printed([sys.executable, "-m", "tumen"])), text)


def commands() -> Iterator[str]:
    """What the README tells its reader to type."""
    for block in re.findall(r"^```console\n(.*?)^```", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE):
        yield from (line.removeprefix("$ ") for line in block.splitlines())


def test_the_readme_shows_what_the_command_prints() -> None:
    text = README.read_text(encoding="utf-8")
    assert f"$ {PROGRAM} {shown(text)['words']} | head -n {shown(text)['lines']}\n" in text
    assert text == renewed(text), "run: python -m tests.test_readme"


def test_the_readme_is_short_and_begins_with_a_sentence_and_a_picture() -> None:
    text = README.read_text(encoding="utf-8")
    title, sentence, picture, *_ = text.split("\n\n")
    assert title == "# Tumen"
    assert re.fullmatch(r"[A-Z][^.]+\.", sentence)
    assert picture.endswith("](docs/overview.svg)")
    assert len(text.splitlines()) < 150
    assert int(shown(text)["lines"]) <= 25


def test_links_of_the_readme_lead_somewhere() -> None:
    links = re.findall(r"\]\((?!https?://)([^)#]+)(?:#[^)]*)?\)", README.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (README.parent / link).exists()] == []


@pytest.mark.parametrize("command", list(commands()))
def test_no_shell_reads_a_pattern_or_a_comment_in_a_command_of_the_readme(command: str) -> None:
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", command)
    assert not set(bare) & set("[]*?#~=!{}()<>$&;"), "zsh reads these itself, comments too: put them in quotes"


@pytest.mark.parametrize("command", [c for c in commands() if c.startswith(PROGRAM)])
def test_a_command_of_the_readme_is_one_of_ours(command: str) -> None:
    assert shlex.split(command)[1] in EVERY_COMMAND


def test_the_commands_of_the_readme_are_of_the_program_that_it_sets_up_or_make() -> None:
    assert {command.split()[0] for command in commands()} == {"make", PROGRAM}


def test_the_ways_in_are_run_by_ci() -> None:
    script = (README.parent / ".ci" / "run").read_text(encoding="utf-8")
    assert "\nmake run\n" in script
    assert "make test\n" in script
    assert "make lint\n" in script


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
