"""Options that several commands share."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from pathlib import Path

import click

ENGINE = click.option("--engine", default="duckdb", show_default=True, metavar="URL",
                      help="duckdb, spark://local[2] or spark://host:port.")  # fmt: skip


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
        found.update(dict.fromkeys(files))
        if not files:
            problems.append(Problem(f"--positions {pattern}", None, "no file of that name", "files of vessel positions",
                                    "Correct the name; put quotes around one with a wildcard.", "positions-missing"))  # fmt: skip
    if problems:
        raise ProblemsError(problems)
    return tuple(found)
