"""The same queries on Spark: the SQL text is DuckDB's dialect, rendered by SQLGlot."""

from __future__ import annotations

import importlib
import os
import re
import shutil
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from tumen.engine.embedded import DuckDB
from tumen.engine.queries import Extent, FilePart, Reject, Row
from tumen.errors import EngineError
from tumen.writing import new_file

#: What Spark calls DuckDB's types, where the two differ.
_SPARK_TYPES = {"VARCHAR": "string"}


class Spark:
    """The same queries on Spark. DuckDB reads and checks the files; Spark gets clean Parquet.

    One that is opened while another is open shares its Spark, with tables of its own, and must be closed before it.
    """

    def __init__(self, url: str, memory_mb: int | None = None) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what a library says to its developers is not for users
                sqlglot = importlib.import_module("sqlglot")
                session = importlib.import_module("pyspark.sql").SparkSession
        except ImportError as error:
            raise EngineError(
                f"--engine: got '{url}', but Spark is not installed; expected the extra 'spark'. "
                "Run: pip install 'tumen[spark]', or leave --engine out. [engine-missing]"
            ) from error
        if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
            raise EngineError(
                f"--engine: got '{url}', but there is no Java; expected Java 17 or newer on the path. "
                "Install it, or leave --engine out. [engine-missing]"
            )
        import pyspark

        self.name = url
        self.reads_here = False
        self._parse, self._table, self._epoch = sqlglot.parse_one, sqlglot.exp.Table, sqlglot.exp.TimeToUnix
        self._column = sqlglot.exp.Column
        self._duckdb = DuckDB(memory_mb)
        self.folder = self._duckdb.folder
        self._published: set[str] = set()
        self._tables: set[str] = set()
        self._kept: dict[str, Any] = {}
        self._written = 0
        self.versions: Mapping[str, str] = {
            **self._duckdb.versions,
            "pyspark": pyspark.__version__,
            "sqlglot": sqlglot.__version__,
        }
        local = url.removeprefix("spark://")
        self._local = local.startswith("local")
        master = local if self._local else url
        try:
            with _chatter_into(self._duckdb.folder / "spark.log"):
                running = session.getActiveSession()
                self._is_ours = running is None
                self._session: Any = (
                    running.newSession() if running else self._started(session.builder, master, memory_mb)
                )
        except Exception as error:
            self._duckdb.close()
            raise EngineError(
                f"--engine: '{url}' did not start: {str(error).splitlines()[0]} [engine-failed]"
            ) from error

    def _started(self, builder: Any, master: str, memory_mb: int | None) -> Any:
        """A Spark of our own."""
        if self._local:
            builder = builder.config("spark.driver.host", "127.0.0.1")
        if memory_mb is not None:
            builder = builder.config("spark.driver.memory", f"{memory_mb}m")
        return (
            builder.master(master)
            .appName("tumen")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.log.level", "OFF")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.ansi.enabled", "true")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.sql.warehouse.dir", str(self._duckdb.folder / "warehouse"))
            .getOrCreate()
        )

    def parquet_columns(self, path: Path) -> Mapping[str, str]:
        """See `Engine`."""
        return self._duckdb.parquet_columns(path)

    def extent(self, path: Path, columns: Mapping[str, str], most_bytes: int) -> Extent:
        """See `Engine`."""
        return self._duckdb.extent(path, columns, most_bytes)

    def load(self, table: str, columns: Mapping[str, str], parts: Sequence[FilePart]) -> list[Reject]:
        """See `Engine`."""
        self._tables.add(table)
        return self._duckdb.load(table, columns, parts)

    def cells(self, part: FilePart, records: Collection[int]) -> Mapping[int, Mapping[str, str]]:
        """See `Engine`."""
        return self._duckdb.cells(part, records)

    def scan(self, table: str, files: Sequence[Path]) -> Mapping[str, str]:
        """See `Engine`. Spark reads the files itself, so its workers must see them under the same paths."""
        types = self._duckdb.scan(table, files)
        with self._failing():
            self._session.read.parquet(*map(_literally, files)).createOrReplaceTempView(table)
        return types

    def labels(self, file: Path) -> Mapping[str, str]:
        """See `Engine`."""
        return self._duckdb.labels(file)

    def tabulate(self, table: str, types: Mapping[str, str], arrays: Mapping[str, NDArray[Any]]) -> None:
        """See `Engine`."""
        self._tables.add(table)
        self._duckdb.tabulate(table, types, arrays)

    def create(self, table: str, sql: str, **parameters: Any) -> None:
        """See `Engine`. Kept in memory, or on disk where that is short."""
        with self._failing():
            frame = self._ask(sql, parameters).localCheckpoint()  # and not persist: its plan would grow with each table
            frame.createOrReplaceTempView(table)
        self._kept[table] = frame

    def derive(self, table: str, sql: str) -> None:
        """See `Engine`."""
        with self._failing():
            self._ask(sql, {}).createOrReplaceTempView(table)

    def narrow(self, table: str, holds: str) -> None:
        """See `Engine`. Spark gets a loaded table as it is by then; files that it reads itself it narrows itself."""
        self._duckdb.narrow(table, holds)
        if table not in self._tables:
            with self._failing():
                self._ask(f'select * from "{table}" where {holds}', {}).createOrReplaceTempView(table)

    def widen(self) -> None:
        """See `Engine`. Loaded tables are handed over anew; files that Spark reads itself stay as they are."""
        self._duckdb.widen()
        self._published.clear()

    def drop(self, table: str) -> None:
        """See `Engine`."""
        if table in self._tables:  # Spark has it only where a query named it
            self._tables.discard(table)
            self._duckdb.drop(table)
        with self._failing():
            self._session.catalog.dropTempView(table)
            self._published.discard(table)
            if table in self._kept:
                self._kept.pop(table).unpersist()

    def write(self, sql: str, target: Path, labels: Mapping[str, str] | None = None, **parameters: Any) -> int:
        """See `Engine`. Spark writes Parquet into a folder that it shares with DuckDB, which writes the file."""
        self._written += 1
        folder = self._duckdb.folder / f"written-{self._written}"
        with self._failing():
            self._ask(sql, parameters).coalesce(1).write.parquet(str(folder))
        return self._duckdb.write(
            f"select * from read_parquet('{folder}/*.parquet', hive_partitioning = false)", target, labels
        )

    def inspect(self, sql: str) -> list[Row]:
        """See `Engine`."""
        return self._duckdb.rows(sql)

    def _publish(self, sql: str) -> None:
        """Hand over the tables that a query names and Spark has not."""
        named = {table.name for table in self._parse(sql, read="duckdb").find_all(self._table)}
        for table in sorted((named & self._tables) - self._published):
            self._frame(table).createOrReplaceTempView(table)
            self._published.add(table)

    def _frame(self, table: str) -> Any:
        """A table as Spark has it: from a file where it runs here, through the driver where it runs elsewhere."""
        if self._local:
            return self._session.read.parquet(str(self._duckdb.copy_out(table)))
        kinds = {str(r["column_name"]): str(r["column_type"]) for r in self._duckdb.rows(f'describe "{table}"')}
        schema = ", ".join(f"`{name}` {_SPARK_TYPES.get(kind, kind)}" for name, kind in kinds.items())
        rows = [tuple(row.values()) for row in self._duckdb.rows(f'select * from "{table}"')]
        return self._session.createDataFrame(rows, schema)

    def rows(self, sql: str, **parameters: Any) -> list[Row]:
        """See `Engine`."""
        with self._failing():
            return [row.asDict() for row in self._ask(sql, parameters).collect()]

    def _ask(self, sql: str, parameters: Mapping[str, Any]) -> Any:
        """The frame that answers a query, not yet computed."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._publish(sql)
        text = self._parse(sql, read="duckdb").transform(self._exactly).sql(dialect="spark")
        return self._session.sql(text, args=dict(parameters) or None)

    def _exactly(self, node: Any) -> Any:
        """Seconds since 1970 with their fraction, as DuckDB counts them; Spark's own function drops it."""
        if not isinstance(node, self._epoch):
            return node
        counted = self._parse("(date_diff('microsecond', timestamp '1970-01-01', t) / 1e6)", read="duckdb")
        counted.find(self._column).replace(node.this)
        return counted

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Turn what Spark says of a failure into one line."""
        try:
            yield
        except Exception as error:
            raise EngineError(f"spark could not answer: {str(error).splitlines()[0]} [engine-failed]") from error

    def close(self) -> None:
        """See `Engine`."""
        if self._is_ours:
            self._session.stop()
        self._duckdb.close()


@contextmanager
def _chatter_into(log: Path) -> Iterator[None]:
    """Send standard error to a file while a process is started that inherits it.

    What a library says to its developers is not for users; what goes wrong comes back as an error.
    """
    kept = os.dup(2)
    with new_file(log) as sink, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        os.dup2(sink.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _literally(file: Path) -> str:
    """A path of which Spark takes no sign for a wildcard."""
    return re.sub(r"([*?\[\]{}\\])", r"\\\1", str(file.resolve()))
