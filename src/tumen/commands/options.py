"""Options that several commands share."""

from __future__ import annotations

import glob
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tumen.budgets import Budgets
from tumen.kinds import kinds

if TYPE_CHECKING:
    from tumen.errors import Problem

MEMORY_MB = click.option(
    "--memory-mb",
    type=click.IntRange(200),
    metavar="MB",
    help="Megabytes of memory that the engine may use; the rest goes to disk.  [default: set by the engine]",
)
ENGINE = click.option(
    "--engine",
    default="duckdb",
    show_default=True,
    metavar="URL",
    help="Engine that runs the queries: duckdb, spark://local[2] or spark://host:port.",
)


def raw_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option for each sort of raw records that may be given beside a case."""
    for raw in kinds(others=False).raw.values():
        command = click.option(f"--{raw.name}", multiple=True, metavar="GLOB", help=raw.help)(command)
    return command


AS_OF = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    callback=lambda _, __, given: given.date() if given else None,
    help="Day by which everything must have happened and been known.  [default: as_of of case.toml]",
)
ALLOW = click.option(
    "--allow",
    multiple=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="Let the case read this file or folder, which lies outside it.",
)
PLUGINS = click.option(
    "--plugins/--no-plugins",
    default=None,
    help="Load kinds of evidence that other packages bring, which runs their code.  [default: unless CASE lies where "
    "anybody may write]",
)


MAX_ROWS = click.option(
    "--max-rows",
    type=click.IntRange(min=1),
    default=Budgets.rows,
    show_default=True,
    metavar="N",
    help="Read at most this many rows of a table.",
)
MAX_MB = click.option(
    "--max-mb",
    type=click.IntRange(min=1),
    default=Budgets.megabytes,
    show_default=True,
    metavar="MB",
    help="Read at most this many megabytes of cells of the record.",
)


def folder_of(case: str | None) -> Path:
    """The folder that a user names, or the bundled case; an address is refused, not fetched."""
    from tumen.errors import Place, Problem, ProblemsError
    from tumen.run import BUNDLED

    if case is None:
        return BUNDLED
    if "://" in case or "\x00" in case:
        raise ProblemsError(
            [
                Problem(
                    Place(case),
                    got="an address",
                    expected="a folder on this machine",
                    fix="Download the case, look at it, then give its folder.",
                    slug="case-missing",
                )
            ]
        )
    return Path(case)


def files_matching(name: str, patterns: Sequence[str]) -> tuple[Path, ...]:
    """The files of raw records that names, folders or patterns stand for, once each, in order.

    Args:
        name: of the option that gives them.

    Raises: ProblemsError where one stands for none.
    """
    from tumen.errors import Place, Problem, ProblemsError

    found: dict[Path, None] = {}
    problems = []
    for pattern in patterns:
        files = _files_behind(pattern)
        problems += _unnamed(files)
        found.update(dict.fromkeys(files))
        if not files:
            problems.append(
                Problem(
                    Place(f"--{name} {pattern}"),
                    got="no file of that name",
                    expected=f"files of {name}",
                    fix="Correct the name; put quotes around one with a wildcard.",
                    slug="raw-missing",
                )
            )
    if problems:
        raise ProblemsError(problems)
    return tuple(found)


def _files_behind(pattern: str) -> list[Path]:
    """The files of one name, one folder or one pattern; of a folder not those that systems hide in it."""
    path = Path(pattern)
    if path.is_dir():
        inside = ((file, file.relative_to(path).parts) for file in sorted(path.rglob("*")) if file.is_file())
        return [file for file, parts in inside if not any(part.startswith((".", "_")) for part in parts)]
    names = [pattern] if path.is_file() else sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207
    return [Path(name) for name in names if Path(name).is_file()]


def require_names(files: Sequence[Path]) -> None:
    """Raises: ProblemsError where a file's name is not UTF-8, which no engine opens."""
    from tumen.errors import ProblemsError

    if problems := _unnamed(files):
        raise ProblemsError(problems)


def _unnamed(files: Sequence[Path]) -> list[Problem]:
    from tumen.case.folder import not_utf8, not_utf8_name

    return [not_utf8_name(str(file)) for file in files if not_utf8(file)]
