"""Where tables live and queries run: the only module that knows a backend's name.

DuckDB, embedded, reads every file and is the default. Spark runs the same SQL text, written in
DuckDB's dialect and rendered by SQLGlot, on the tables that DuckDB has read and checked.
"""

from __future__ import annotations

import importlib
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tumen.errors import EngineError
from tumen.queries import Engine, FilePart, Reject, Row, UnreadableFileError


def open_engine(url: str = "duckdb") -> Engine:
    """The engine for `duckdb`, `spark://local[N]` or `spark://host:port`.

    Raises: EngineError where the name is unknown or what it needs is not installed.
    """
    if url == "duckdb":
        return DuckDB()
    if url.startswith("spark://"):
        return Spark(url)
    raise EngineError(
        f"--engine: got '{url}'; expected duckdb, spark://local[2] or spark://host:port. "
        "Leave it out to run on this machine. [unknown-engine]"
    )


class DuckDB:
    """The embedded engine. Once it answers queries it can read nothing but what `load` was given.

    Files are reached through links in a folder of its own, so that a name with a wildcard opens
    one file only; the first query shuts every other path out for good.
    """

    name = "duckdb"

    def __init__(self) -> None:
        import duckdb

        self.versions: Mapping[str, str] = {"duckdb": duckdb.__version__}
        self._failure = duckdb.Error
        self.folder = Path(tempfile.mkdtemp(prefix="tumen-"))
        self._files = 0
        self._connection = duckdb.connect(
            config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
        )
        self._connection.execute("set temp_directory = $folder", {"folder": f"{self.folder}/spill"})
        self._allowed: list[str] = []
        self._locked = False

    def _stage(self, path: Path) -> str:
        """A link to the file under a name of ours, safe to write into SQL."""
        self._files += 1
        link = self.folder / f"{self._files}{path.suffix.lower()}"
        link.symlink_to(path.resolve())
        self._allowed.append(str(path.resolve()))
        return str(link)

    def _lock(self) -> None:
        """Shut out every file that was not loaded. Nothing can be loaded afterwards."""
        if not self._locked:
            self._connection.execute("set allowed_paths = $paths", {"paths": self._allowed})
            self._connection.execute("set allowed_directories = [$folder]", {"folder": str(self.folder)})
            self._connection.execute("set enable_external_access = false")
            self._connection.execute("set lock_configuration = true")
            self._locked = True

    def parquet_columns(self, path: Path) -> list[str]:
        """See `Engine`."""
        try:
            found = self._connection.execute(f"describe select * from read_parquet('{self._stage(path)}')").fetchall()
        except self._failure as error:
            raise EngineError(str(error).splitlines()[0]) from error
        return [str(row[0]) for row in found]

    def load(self, table: str, columns: Mapping[str, str], parts: Sequence[FilePart]) -> list[Reject]:
        """See `Engine`. CSV becomes a table; Parquet stays in its files, as a view."""
        rejects: list[Reject] = []
        views: list[str] = []
        for number, part in enumerate(parts):
            view = f'"{table}.{number}"'
            read = self._view_parquet if part.path.suffix.lower() == ".parquet" else self._read_csv
            try:
                rejects += read(view, columns, part)
            except self._failure as error:
                raise UnreadableFileError(part.shown, _clipped(str(error).splitlines()[0])) from error
            views.append(f"select * from {view}")
        if not parts:
            nothing = ", ".join(f'cast(null as {t}) as "{c}"' for c, t in columns.items())
            views.append(f"select {nothing}, cast(null as varchar) as _file limit 0")
        self._connection.execute(f'create view "{table}" as {" union all ".join(views)}')
        return rejects

    def _read_csv(self, view: str, columns: Mapping[str, str], part: FilePart) -> list[Reject]:
        staged = self._stage(part.path)
        types = {name: kind or "VARCHAR" for name, kind in part.columns}
        self._connection.execute(
            f"create table {view} as select {_projection(columns, part)}, cast($shown as varchar) as _file "
            "from read_csv($path, columns = $types, header = true, delim = ',', quote = '\"', "
            "escape = '\"', auto_detect = false, store_rejects = true, strict_mode = true, "
            "null_padding = false, encoding = 'utf-8')",
            {"path": staged, "types": types, "shown": part.shown},
        )
        found = self._connection.execute(
            "select line, column_name, error_type, error_message from reject_errors "
            "join reject_scans using (scan_id, file_id) where file_path = $path order by line, column_idx",
            {"path": staged},
        ).fetchall()
        rejects = (  # a short line is told of once, not for every column that it lacks
            Reject(part.shown, int(line) - 1, None if kind == "MISSING COLUMNS" else column, _reason(kind, message))
            for line, column, kind, message in found
        )
        return list(dict.fromkeys(rejects))

    def _view_parquet(self, view: str, columns: Mapping[str, str], part: FilePart) -> list[Reject]:
        source = f"read_parquet('{self._stage(part.path)}')"
        found = self._connection.execute(f"describe select * from {source}").fetchall()
        stored = {str(name): str(kind) for name, kind, *_ in found}
        cast = [(name, kind) for name, kind in part.columns if kind and stored[name] != kind]
        bad = " or ".join(f'("{name}" is not null and try_cast("{name}" as {kind}) is null)' for name, kind in cast)
        keep = _projection(columns, part, "try_cast", stored)
        if "id" in columns and "id" not in stored:
            keep = keep.replace('cast(null as VARCHAR) as "id"', 'cast(file_row_number as VARCHAR) as "id"')
            source = source[:-1] + ", file_row_number = true)"
        shown = part.shown.replace("'", "''")
        where = f" where not coalesce({bad}, false)" if bad else ""
        self._connection.execute(f"create view {view} as select {keep}, '{shown}' as _file from {source}{where}")
        if not bad:
            return []
        counted = self._connection.execute(f"select count(*) from {source} where {bad}").fetchone()
        lost = int(counted[0]) if counted else 0
        return [Reject(part.shown, 0, None, "a cell is not of its column's type")] * lost

    def inspect(self, sql: str) -> list[Row]:
        """See `Engine`."""
        return self.rows(sql)

    def rows(self, sql: str, **parameters: Any) -> list[Row]:
        """See `Engine`."""
        self._lock()
        try:
            answer = self._connection.execute(sql, parameters or None)
            names = [str(column[0]) for column in answer.description or ()]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
        except self._failure as error:
            raise EngineError(f"duckdb could not answer: {str(error).splitlines()[0]} [engine-failed]") from error

    def copy_out(self, table: str) -> Path:
        """Write a table to a Parquet file of our own and name the file."""
        self._lock()
        target = self.folder / f"{table}.out.parquet"
        self._connection.execute(f"copy \"{table}\" to '{target}' (format parquet)")
        return target

    def close(self) -> None:
        """See `Engine`."""
        self._connection.close()
        shutil.rmtree(self.folder, ignore_errors=True)


#: What Spark calls DuckDB's types, where the two differ.
_SPARK_TYPES = {"VARCHAR": "string"}


class Spark:
    """The same queries on Spark. DuckDB reads and checks the files; Spark gets clean Parquet."""

    def __init__(self, url: str) -> None:
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
        self._render = sqlglot.transpile
        self._parse, self._table = sqlglot.parse_one, sqlglot.exp.Table
        self._duckdb = DuckDB()
        self._published: set[str] = set()
        self._tables: set[str] = set()
        self.versions: Mapping[str, str] = {
            **self._duckdb.versions, "pyspark": pyspark.__version__, "sqlglot": sqlglot.__version__,
        }  # fmt: skip
        local = url.removeprefix("spark://")
        self._local = local.startswith("local")
        master = local if self._local else url
        try:
            with _chatter_into(self._duckdb.folder / "spark.log"):
                builder = session.builder.config("spark.driver.host", "127.0.0.1") if self._local else session.builder
                self._session: Any = (
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
        except Exception as error:
            self._duckdb.close()
            raise EngineError(
                f"--engine: '{url}' did not start: {str(error).splitlines()[0]} [engine-failed]"
            ) from error

    def parquet_columns(self, path: Path) -> list[str]:
        """See `Engine`."""
        return self._duckdb.parquet_columns(path)

    def load(self, table: str, columns: Mapping[str, str], parts: Sequence[FilePart]) -> list[Reject]:
        """See `Engine`."""
        self._tables.add(table)
        return self._duckdb.load(table, columns, parts)

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
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._publish(sql)
            (text,) = self._render(sql, read="duckdb", write="spark")
            frame = self._session.sql(text, args=parameters or None)
            return [row.asDict() for row in frame.collect()]
        except Exception as error:
            raise EngineError(f"spark could not answer: {str(error).splitlines()[0]} [engine-failed]") from error

    def close(self) -> None:
        """See `Engine`."""
        self._session.stop()
        self._duckdb.close()


@contextmanager
def _chatter_into(log: Path) -> Iterator[None]:
    """Send standard error to a file while a process is started that inherits it.

    What a library says to its developers is not for users; what goes wrong comes back as an error.
    """
    kept = os.dup(2)
    with log.open("ab") as sink, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        os.dup2(sink.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _projection(
    columns: Mapping[str, str], part: FilePart, cast: str = "cast", stored: Mapping[str, str] | None = None
) -> str:
    """The select list that gives every column of the schema, empty where the file has none."""
    present = {name for name, kind in part.columns if kind}

    def item(name: str, kind: str) -> str:
        if name not in present:
            return f'cast(null as {kind}) as "{name}"'
        return f'"{name}"' if (stored or {}).get(name) == kind else f'{cast}("{name}" as {kind}) as "{name}"'

    return ", ".join(item(name, kind) for name, kind in columns.items())


def _clipped(text: str) -> str:
    return text if len(text) <= 120 else text[:117] + "…"


def _reason(kind: object, message: object) -> str:
    """DuckDB's words for a rejected cell, turned into ours."""
    text = str(message)
    if str(kind) == "CAST" and '"' in text:
        said = text.split(". ", 1)[-1].replace("Could not convert string ", "cannot read ")
        return _clipped(said.replace("\" to '", "\" as '"))
    return {
        "MISSING COLUMNS": "fewer cells than the header has columns",
        "TOO MANY COLUMNS": "more cells than the header has columns",
        "UNQUOTED VALUE": "a quoted cell that does not end in a quote",
        "LINE SIZE OVER MAXIMUM": "a line that is too long",
        "INVALID ENCODING": "text that is not UTF-8",
    }.get(str(kind), _clipped(text.splitlines()[0]))
