"""The documentation's commands, run again: what a page shows is what the tool says.

On a page, four kinds of block count, in their order, in an empty folder:

- a `console` block: lines that begin with `$ ` are commands, the lines after each its output. A line
  that is only `…` stands for any number of lines;
- a block with the caption "`PATH`": the file as a whole;
- a block with the caption "By hand": sums, one a line, which must be right;
- a block with the caption "At the end of `PATH`", or "In `PATH`, in place of `LINE`": an edit.

`python -m tests.docs.refresh` writes the real output into every page.
"""

from __future__ import annotations

import math
import os
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from click.testing import CliRunner

from tumen.cli import main

DOCS = Path(__file__).parents[2] / "docs"

_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)
_CAPTION = re.compile(r"\A:caption: (?P<caption>.*)\n\n?")
_WHOLE = re.compile(r"^`(?P<path>[^`]+)`$")
_APPEND = re.compile(r"^At the end of `(?P<path>[^`]+)`$")
_REPLACE = re.compile(r"^In `(?P<path>[^`]+)`, in place of `(?P<old>[^`]+)`$")
_BY_HAND = "By hand"
_NAME = r"\d{8}T\d{6}Z-[0-9a-f]{12}(-\d+)?"
_RUN = re.compile(rf"\.tumen/runs/[A-Za-z0-9_.-]+-[0-9a-f]{{8}}(/{_NAME})?|{_NAME}")

ELIDED = "…"


@dataclass(frozen=True)
class Block:
    """A fenced block of a page.

    Args:
        caption: of a file block, else "".
        start, end: where its body stands in the page's text.
    """

    language: str
    caption: str
    body: str
    start: int
    end: int


@dataclass(frozen=True)
class Replay:
    """A console block with what its commands say now."""

    block: Block
    actual: str


def pages() -> list[Path]:
    """Every page of the documentation."""
    return sorted(p for p in DOCS.rglob("*.md") if "_build" not in p.parts)


def blocks(text: str) -> list[Block]:
    """Every fenced block of a page, in order.

    >>> page = "```{code-block} toml\\n:caption: `a.toml`\\n\\nx = 1\\n```\\n"
    >>> [(b.language, b.caption, b.body) for b in blocks(page)]
    [('toml', '`a.toml`', 'x = 1\\n')]
    """
    found = []
    for match in _FENCE.finditer(text):
        language = match["info"].strip().removeprefix("{code-block}").strip()
        caption = _CAPTION.match(match["body"])
        skip = caption.end() if caption else 0
        body = match["body"][skip:]
        found.append(
            Block(language, caption["caption"] if caption else "", body, match.start("body") + skip, match.end("body"))
        )
    return found


def replay(page: str, folder: Path) -> list[Replay]:
    """Apply a page's file blocks and run its console blocks, in a folder."""
    done = []
    with inside(folder):
        for block in blocks(page):
            if block.caption and block.caption != _BY_HAND:
                _write(block, folder)
            elif block.language == "console":
                done.append(Replay(block, _run(block.body)))
    return done


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    """Work in a folder, on a terminal of the usual width."""
    before, width = Path.cwd(), os.environ.get("COLUMNS")
    os.chdir(folder)
    os.environ["COLUMNS"] = "80"
    try:
        yield
    finally:
        os.chdir(before)
        if width is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = width


def _write(block: Block, folder: Path) -> None:
    """Do what the caption of a file block says."""
    if whole := _WHOLE.match(block.caption):
        path = folder / whole["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.body, encoding="utf-8")
    elif append := _APPEND.match(block.caption):
        path = folder / append["path"]
        path.write_text(path.read_text(encoding="utf-8") + block.body, encoding="utf-8")
    elif replace := _REPLACE.match(block.caption):
        path = folder / replace["path"]
        text = path.read_text(encoding="utf-8")
        assert text.count(replace["old"]) == 1, (
            f"{replace['old']!r} stands {text.count(replace['old'])} times in {path.name}"
        )
        path.write_text(text.replace(replace["old"], block.body.rstrip("\n")), encoding="utf-8")
    else:
        raise AssertionError(f"a caption that the tests do not know: {block.caption}")


def sums(page: str) -> list[tuple[str, str, float]]:
    """The sums of a page's "By hand" blocks: what is summed, the result as printed, the result.

    >>> sums("```{code-block} text\\n:caption: By hand\\n\\n√(9) × 2 = 6.0\\n```\\n")
    [('√(9) × 2', '6.0', 6.0)]
    """
    found = []
    for line in (line for b in blocks(page) if b.caption == _BY_HAND for line in b.body.splitlines()):
        left, right = line.split(" = ")
        text = left
        for sign, python in (("×", "*"), ("−", "-"), ("²", "**2"), ("√", "sqrt")):
            text = text.replace(sign, python)
        assert re.fullmatch(r"(sqrt|ln|[\d.()+*/ -])+", text), f"a sum that the tests do not know: {left}"
        found.append((left, right.replace("−", "-"), float(eval(text, {"sqrt": math.sqrt, "ln": math.log}))))
    return found


def _run(body: str) -> str:
    """A console block with the real output of its commands."""
    lines = []
    code = 0
    for command in [line[2:] for line in body.splitlines() if line.startswith("$ ")]:
        output, code = _one(command, code)
        lines += [f"$ {command}", *output.splitlines()]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _one(command: str, before: int) -> tuple[str, int]:
    """Output and exit code of one command."""
    if command == "echo $?":
        return str(before), 0
    program, *arguments = shlex.split(command)
    if program == "ls":
        return "\n".join(sorted(p.name for p in Path(arguments[0]).iterdir() if not p.name.startswith("."))), 0
    assert program == "tumen", f"a command that the tests do not know: {command}"
    result = CliRunner().invoke(main, arguments, prog_name="tumen")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output, result.exit_code


def same(documented: str, actual: str) -> bool:
    """Whether a documented block holds; a run's name may differ, and `…` stands for any lines.

    >>> same("a\\n…\\nd\\n", "a\\nb\\nc\\nd\\n"), same("a\\n…\\nc\\n", "a\\nb\\n")
    (True, False)
    """
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == ELIDED else re.escape(line.rstrip()) + r"\n"
        for line in _RUN.sub("RUN", documented).splitlines()
    )
    return re.fullmatch(pattern, _RUN.sub("RUN", actual)) is not None


def nearest(documented: str, actual: str) -> str | None:
    """An elided block with the lines of today in place of those it showed; None where one has no likeness.

    >>> nearest("a 1\\n…\\nsome words 4\\n", "a 1\\nb 2\\nc 3\\nsome words 5\\n")
    'a 1\\n…\\nsome words 5\\n'
    """
    lines = actual.splitlines()
    kept: list[int] = []
    for shown in (line for line in documented.splitlines() if line.strip() != ELIDED):
        after = kept[-1] + 1 if kept else 0
        likeness = [(SequenceMatcher(None, shown, line).ratio(), -at) for at, line in enumerate(lines) if at >= after]
        best, at = max(likeness, default=(0.0, 0))
        if best < 0.6:
            return None
        kept.append(-at)
    found = []
    for before, at in zip([-1, *kept], [*kept, len(lines)], strict=True):
        found += [ELIDED] if at > before + 1 else []
        found += lines[at : at + 1]
    return "\n".join(found) + "\n"
