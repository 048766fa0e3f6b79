"""Options that several commands share, and what stands behind them."""

from __future__ import annotations

import glob
from pathlib import Path

import click

ENGINE = click.option("--engine", default="duckdb", show_default=True, metavar="URL",
                      help="duckdb, spark://local[2] or spark://host:port.")  # fmt: skip
POSITIONS = click.option("--positions", required=True, metavar="GLOB",
                         help="Parquet files of vessel positions: a path, or a pattern in quotes.")  # fmt: skip
MEMORY = click.option("--memory-mb", type=click.IntRange(min=200), metavar="MB",
                      help="What the engine may hold in memory; the rest goes to disk.")  # fmt: skip


def files_of(pattern: str) -> list[Path]:
    """The files that a path or a pattern such as `day-*.parquet` names, sorted.

    A name that exists is that file, whatever signs it holds.

    Raises: EngineError where there is none.
    """
    from tumen.errors import EngineError

    found = [Path(pattern)] if Path(pattern).is_file() else sorted(Path(p) for p in glob.glob(pattern, recursive=True))  # noqa: PTH207 - a pattern may be absolute
    files = [path for path in found if path.is_file()]
    if not files:
        raise EngineError(f"--positions: got '{pattern}', which names no file; expected Parquet files of positions. "
                          "Correct the path; put a pattern in quotes. [positions-missing]")  # fmt: skip
    return files
