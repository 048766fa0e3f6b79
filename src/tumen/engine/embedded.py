"""The embedded engine, DuckDB: it reads every file, and is locked before it answers the first query."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from tumen.budgets import UNREADABLE_ROWS
from tumen.engine.loading import as_read, column_name, packed_file, projection, quoted
from tumen.engine.memory import cores, share_of_memory_mb, short_of_memory
from tumen.engine.packed_reading import packed_cells, view_packed
from tumen.engine.queries import Extent, FilePart, MemoryShortError, Reject, Row, UnreadableFileError
from tumen.engine.rejects import clipped, few, fractions, reason_of
from tumen.errors import EngineError
from tumen.scratch import new_folder, remove
from tumen.writing import move

#: Of a larger CSV several threads read, and some rejects are lost; one thread loses quotes that never end instead.
ONE_THREAD_BYTES = 1_000_000

#: Over files that are smaller together, threads wait for each other longer than they work.
FEW_BYTES = 16_000_000


class DuckDB:
    """The embedded engine. Once it answers queries it can read nothing but what `load` was given.

    Files are reached through links in a folder of its own, so that a name with a wildcard opens
    one file only; the first query shuts every other path out for good.
    """

    name = "duckdb"
    reads_here = True

    def __init__(self, memory_mb: int | None = None) -> None:
        import duckdb

        self.versions: Mapping[str, str] = {"duckdb": duckdb.__version__}
        self._failure = duckdb.Error
        self.folder = new_folder("engine")
        self._files = 0
        self._bytes = 0
        self._rejected = 0
        self._memory_mb = memory_mb or share_of_memory_mb()
        self._connection = self._connected()
        self._aside: Any = None
        if memory_mb is not None:
            self._connection.execute("set preserve_insertion_order = false")  # rows stream; only ORDER BY orders them
        self._allowed: list[str] = []
        self._links: dict[str, str] = {}
        self._locked = False
        self._narrowed: dict[str, str] = {}

    def _connected(self) -> Any:
        """A database with nothing in it."""
        import duckdb

        connection = duckdb.connect(
            config={"autoinstall_known_extensions": False, "autoload_known_extensions": False, "threads": 1}
        )
        connection.execute("set temp_directory = $folder", {"folder": f"{self.folder}/spill"})
        connection.execute("set memory_limit = $limit", {"limit": f"{self._memory_mb}MB"})
        return connection

    def _look(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query of a file, asked beside the tables: a file that breaks the database that reads it leaves them
        whole.
        """
        self._aside = self._aside or self._connected()
        try:
            return list(self._aside.execute(sql).fetchall())
        except self._failure:
            self._aside.close()
            self._aside = None
            raise

    def _stage(self, path: Path) -> str:
        """A link to the file under a name of ours, safe to write into SQL."""
        self._files += 1
        link = self.folder / f"{self._files}{path.suffix.lower()}"
        link.symlink_to(path.resolve())
        self._links[str(link)] = str(path)
        self._bytes += path.stat().st_size
        if self._bytes > FEW_BYTES:
            self._use_every_core()
        self._allowed.append(str(path.resolve()))
        return str(link)

    def _use_every_core(self) -> None:
        """Work with threads, which is worth it where there is much to read, or where all is made here."""
        self._connection.execute("set threads = $cores", {"cores": cores()})

    def _lock(self) -> None:
        """Shut out every file that was not loaded. Nothing can be loaded afterwards."""
        if not self._locked:
            if not self._files:
                self._use_every_core()
            self._connection.execute("set allowed_paths = $paths", {"paths": self._allowed})
            self._connection.execute("set allowed_directories = [$folder]", {"folder": str(self.folder)})
            self._connection.execute("set enable_external_access = false")
            self._connection.execute("set lock_configuration = true")
            self._locked = True

    def parquet_columns(self, path: Path) -> Mapping[str, str]:
        """See `Engine`."""
        try:
            found = self._look(f"describe select * from {packed_file(self._stage(path))}")
        except self._failure as error:
            raise EngineError(str(error).splitlines()[0]) from error
        return {str(name): str(kind) for name, kind, *_ in found}

    def extent(self, path: Path, columns: Mapping[str, str], most_bytes: int) -> Extent:
        """See `Engine`. A page of a few bytes may unpack to millions of long cells, so texts are measured as they
        stream.
        """
        link = self._stage(path)
        names = ", ".join(quoted(name) for name in columns) or "''"
        texts = [f"strlen({column_name(name)})" for name, kind in columns.items() if kind in ("VARCHAR", "BLOB")]
        try:
            ((rows,),) = self._look(f"select sum(num_rows) from parquet_file_metadata('{link}')")
            ((held, unpacked),) = self._look(
                "select coalesce(sum(total_uncompressed_size), 0), coalesce(max(case when encodings like "
                "'%DELTA_BYTE_ARRAY%' "
                "then total_uncompressed_size * num_values else 0 end), 0) "
                f"from parquet_metadata('{link}') where path_in_schema in ({names})"
            )
            held = max(held, unpacked if unpacked > most_bytes else 0)
            if held > most_bytes or not texts:
                return Extent(int(rows), int(held))
            sums = " + ".join(f"coalesce(sum(cast({t} as hugeint)), 0)" for t in texts)
            most = "greatest(" + ", ".join(f"coalesce(max({t}), 0)" for t in texts) + ")"
            ((total, longest),) = self._look(f"select {sums}, {most} from {packed_file(link)}")
        except (self._failure, MemoryError) as error:
            raise self._told(error) from error
        return Extent(int(rows), max(int(held), int(total)), int(longest))

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
                if short_of_memory(error):
                    raise self._told(error) from error
                raise UnreadableFileError(part.shown, clipped(str(error).splitlines()[0])) from error
            views.append(f"select * from {view}")
        if not parts:
            nothing = ", ".join(f'cast(null as {t}) as "{c}"' for c, t in columns.items())
            views.append(f"select {nothing}, cast(null as varchar) as _file limit 0")
        self._do(f'create or replace view "{table}" as {" union all ".join(views)}')
        return rejects

    def _read_csv(self, view: str, columns: Mapping[str, str], part: FilePart) -> list[Reject]:
        staged = self._stage(part.path)
        held = {name: as_read(kind) for name, kind in columns.items()}
        rejects = self._read_cells(view, held, part, staged)
        if rejects and part.path.stat().st_size > ONE_THREAD_BYTES:
            self._connection.execute(f"drop table {view}")
            rejects = max(self._read_cells(view, held, part, staged, ", parallel = false"), rejects, key=len)
        for name in (name for name, kind in columns.items() if held[name] != kind):
            broken = f'"{name}" <> floor("{name}")'
            if self._connection.execute(f"select count(*) from {view} where {broken}").fetchone() != (0,):
                rejects += fractions(part, name)
                self._connection.execute(f"delete from {view} where {broken}")
            self._connection.execute(f'alter table {view} alter "{name}" type {columns[name]}')
        return few(part, rejects)

    def _read_cells(
        self, view: str, held: Mapping[str, str], part: FilePart, staged: str, how: str = ""
    ) -> list[Reject]:
        """Read a CSV into a table, and say which cells could not be."""
        types = {name: as_read(kind or "VARCHAR") for name, kind in part.columns}
        quote = "" if part.delimiter == "\t" else '"'
        self._connection.execute(
            f"create or replace table {view} as select {projection(held, part)}, cast($shown as varchar) as _file "
            "from read_csv($path, columns = $types, header = $header, delim = $delimiter, quote = $quote, "
            "escape = $quote, auto_detect = false, store_rejects = true, strict_mode = true, "
            f"null_padding = false, encoding = 'utf-8', hive_partitioning = false{how})",
            {
                "path": staged,
                "types": types,
                "shown": part.shown,
                "header": part.header,
                "delimiter": part.delimiter,
                "quote": quote,
            },
        )
        return self._rejected_cells(staged, part)

    def _rejected_cells(self, staged: str, part: FilePart) -> list[Reject]:
        """Cells of a CSV that are not of their column's type, and lines that are not of the table's shape."""
        ((rejected,),) = self._connection.execute("select count(*) from reject_errors").fetchall()
        if rejected == self._rejected:
            return []
        self._rejected = rejected
        whole = {name for name, kind in part.columns if kind == "BIGINT"}
        found = self._connection.execute(
            "select line, case when error_type <> 'MISSING COLUMNS' then column_name end as name, error_type, "
            "any_value(error_message) from reject_errors "
            "where scan_id = (select max(scan_id) from reject_scans where file_path = $path) "
            f"group by all order by line, min(column_idx) limit {UNREADABLE_ROWS + 1}",
            {"path": staged},
        ).fetchall()
        rejects = (  # a short line is told of once, not for every column that it lacks
            Reject(
                part.shown,
                int(line) - part.header,
                column,
                reason_of(kind, str(message).replace("'DECIMAL'", "'BIGINT'") if column in whole else message),
            )
            for line, column, kind, message in found
        )
        return few(part, list(dict.fromkeys(rejects)))

    def _view_parquet(self, view: str, columns: Mapping[str, str], part: FilePart) -> list[Reject]:
        return view_packed(self._connection.execute, view, columns, part, self._stage(part.path))

    def cells(self, part: FilePart, records: Collection[int]) -> Mapping[int, Mapping[str, str]]:
        """See `Engine`."""
        link = next(link for link, file in self._links.items() if file == str(part.path))
        return packed_cells(self._do, part, link, records)

    def scan(self, table: str, files: Sequence[Path]) -> Mapping[str, str]:
        """See `Engine`. The files stay where they are; each query reads of them what it needs."""
        staged = [self._stage(file) for file in files]
        for file, link in zip(files, staged, strict=True):
            try:
                self._connection.execute(f"describe select * from {packed_file(link)}")
            except self._failure as error:
                raise UnreadableFileError(str(file), clipped(str(error).splitlines()[0])) from error
        source = f"read_parquet({staged!r}, union_by_name = true, hive_partitioning = false)"
        self._connection.execute(f'create view "{table}" as select * from {source}')
        found = self._connection.execute(f'describe "{table}"').fetchall()
        return {str(name): str(kind) for name, kind, *_ in found}

    def labels(self, file: Path) -> Mapping[str, str]:
        """See `Engine`."""
        found = self._connection.execute(
            f"select key, value from parquet_kv_metadata('{self._stage(file)}')"
        ).fetchall()
        return {bytes(key).decode("utf-8", "replace"): bytes(value).decode("utf-8", "replace") for key, value in found}

    def tabulate(self, table: str, types: Mapping[str, str], arrays: Mapping[str, NDArray[Any]]) -> None:
        """See `Engine`."""
        keep = ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind in types.items())
        self._connection.register("arrays.of.ours", {name: arrays[name] for name in types})
        self._do(f'create table "{table}" as select {keep} from "arrays.of.ours"')
        self._connection.unregister("arrays.of.ours")

    def create(self, table: str, sql: str, **parameters: Any) -> None:
        """See `Engine`."""
        self._lock()
        self._do(f'create table "{table}" as {sql}', parameters)

    def derive(self, table: str, sql: str) -> None:
        """See `Engine`."""
        self._lock()
        self._do(f'create view "{table}" as {sql}')

    def narrow(self, table: str, holds: str) -> None:
        """See `Engine`. What is small is kept, so that the condition is looked at once; what is not stays a view."""
        form = "table" if self._bytes <= FEW_BYTES else "view"
        self._do(f'alter view "{table}" rename to "{table}.all"')
        self._do(f'create {form} "{table}" as select * from "{table}.all" where {holds}')
        self._narrowed[table] = form

    def widen(self) -> None:
        """See `Engine`."""
        for table, form in self._narrowed.items():
            self._do(f'drop {form} "{table}"')
            self._do(f'alter view "{table}.all" rename to "{table}"')
        self._narrowed.clear()

    def drop(self, table: str) -> None:
        """See `Engine`."""
        self._do(f'drop table "{table}"')

    def write(self, sql: str, target: Path, labels: Mapping[str, str] | None = None, **parameters: Any) -> int:
        """See `Engine`."""
        self._lock()
        self._files += 1
        own = self.folder / f"{self._files}.out"
        form = "format csv, header true" if target.suffix.lower() == ".csv" else "format parquet, compression zstd"
        if labels and target.suffix.lower() != ".csv":
            pairs = ", ".join(f"{quoted(key)}: {quoted(value)}" for key, value in labels.items())
            form += f", kv_metadata {{{pairs}}}"
        ((count,),) = self._do(f"copy ({sql}) to '{own}' ({form})", parameters).fetchall()
        move(own, target)
        return int(count)

    def _do(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Any:
        try:
            return self._connection.execute(statement, parameters or None)
        except (self._failure, MemoryError) as error:
            raise self._told(error) from error

    def _told(self, error: Exception) -> EngineError:
        """What failed: a file of the user's that is damaged somewhere in the middle, or the query."""
        if short_of_memory(error):
            return MemoryShortError(
                "duckdb needs more memory than it may have; got a query that does not fit, expected one that "
                "does. Give the process more memory, or read fewer rows. [engine-failed]"
            )
        said = str(error).splitlines()[0]
        damaged = next((file for link, file in self._links.items() if f'"{link}"' in said), None)
        if damaged is not None:
            return UnreadableFileError(damaged, f"{damaged} is damaged: {said.rpartition(': ')[2]} [engine-failed]")
        return EngineError(f"duckdb could not answer: {said} [engine-failed]")

    def inspect(self, sql: str) -> list[Row]:
        """See `Engine`."""
        return self.rows(sql)

    def rows(self, sql: str, **parameters: Any) -> list[Row]:
        """See `Engine`."""
        self._lock()
        answer = self._do(sql, parameters)
        names = [str(column[0]) for column in answer.description or ()]
        try:
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
        except (self._failure, MemoryError) as error:
            raise self._told(error) from error

    def copy_out(self, table: str) -> Path:
        """Write a table to a Parquet file of our own and name the file."""
        self._lock()
        target = self.folder / f"{table}.out.parquet"
        self._connection.execute(f"copy \"{table}\" to '{target}' (format parquet)")
        return target

    def close(self) -> None:
        """See `Engine`."""
        for connection in filter(None, (self._connection, self._aside)):
            connection.close()
        remove(self.folder)
