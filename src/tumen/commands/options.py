"""Options that several commands share."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tumen.errors import Problem

ENGINE = click.option("--engine", default="duckdb", show_default=True, metavar="URL",
                      help="duckdb, spark://local[2] or spark://host:port.")  # fmt: skip


def folder_of(case: str | None) -> Path:
    """The folder that a user names, or the bundled case; an address is refused, not fetched."""
    from tumen.errors import Problem, ProblemsError
    from tumen.run import BUNDLED

    if case is None:
        return BUNDLED
    if "://" in case or "\x00" in case:
        raise ProblemsError([Problem(case, None, "an address", "a folder on this machine",
                                     "Download the case, look at it, then give its folder.", "case-missing")])  # fmt: skip
    return Path(case)


def files_of(patterns: Sequence[str]) -> tuple[Path, ...]:
    """The files of positions that names or patterns stand for, once each, in order.

    Raises: ProblemsError where one stands for none.
    """
    from tumen.errors import Problem, ProblemsError

    found: dict[Path, None] = {}
    problems = []
    for pattern in patterns:
        names = [pattern] if Path(pattern).is_file() else sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207
        files = [Path(name) for name in names if Path(name).is_file()]
        problems += _unnamed(files)
        found.update(dict.fromkeys(files))
        if not files:
            problems.append(Problem(f"--positions {pattern}", None, "no file of that name", "files of vessel positions",
                                    "Correct the name; put quotes around one with a wildcard.", "positions-missing"))  # fmt: skip
    if problems:
        raise ProblemsError(problems)
    return tuple(found)


def require_names(files: Sequence[Path]) -> None:
    """Raises: ProblemsError where a file's name is not UTF-8, which no engine opens."""
    from tumen.errors import ProblemsError

    if problems := _unnamed(files):
        raise ProblemsError(problems)


def _unnamed(files: Sequence[Path]) -> list[Problem]:
    from tumen.case.folder import not_utf8, not_utf8_name

    return [not_utf8_name(str(file)) for file in files if not_utf8(file)]
