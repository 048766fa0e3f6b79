"""Where tables live and queries run. With the two modules that it opens, the only one that knows a backend's name.

DuckDB, embedded, reads every file and is the default. Spark runs the same SQL text, written in
DuckDB's dialect and rendered by SQLGlot, on the tables that DuckDB has read and checked. Neither is loaded before it is
asked for.
"""

from __future__ import annotations

from tumen.engine.queries import Engine
from tumen.errors import EngineError


def open_engine(url: str = "duckdb", memory_mb: int | None = None) -> Engine:
    """The engine for `duckdb`, `spark://local[N]` or `spark://host:port`.

    Args:
        url: which engine.
        memory_mb: what it may hold in memory, in megabytes; the rest of a query's work goes to disk, into a
            temporary folder. Where None, on DuckDB half of what the machine or a limit on the process allows; on Spark
            its own default.

    Raises: EngineError where the name is unknown or what it needs is not installed.
    """
    if url == "duckdb":
        from tumen.engine.embedded import DuckDB

        return DuckDB(memory_mb)
    if url.startswith("spark://"):
        from tumen.engine.cluster import Spark

        return Spark(url, memory_mb)
    raise EngineError(
        f"--engine: got '{url}'; expected duckdb, spark://local[2] or spark://host:port. "
        "Leave it out to run on this machine. [unknown-engine]"
    )
