"""Options that several commands share."""

from __future__ import annotations

import click

ENGINE = click.option("--engine", default="duckdb", show_default=True, metavar="URL",
                      help="duckdb, spark://local[2] or spark://host:port.")  # fmt: skip
