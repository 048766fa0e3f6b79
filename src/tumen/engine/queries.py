"""What the rooms may ask of an engine, whichever it is: tables in, rows out."""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from numpy.typing import NDArray
from pydantic import TypeAdapter

from tumen.errors import EngineError

Row = Mapping[str, Any]

T = TypeVar("T")


@dataclass(frozen=True)
class Reject:
    """A cell that could not be read: its row is left out and the rest loads.

    Args:
        record: 1-based number of the data record in its file, the header not counted; 0 where unknown.
        column: the column, or None where the whole line is at fault.
        reason: what is wrong, in plain words.
    """

    file: str
    record: int
    column: str | None
    reason: str


@dataclass(frozen=True)
class Extent:
    """How large a file is as a table: its rows, the bytes of its cells, and those of its longest text."""

    rows: int
    bytes: int
    longest: int = 0


class UnreadableFileError(EngineError):
    """A file cannot be read as a table; `file` is its path as the author knows it."""

    def __init__(self, file: str, reason: str) -> None:
        self.file = file
        super().__init__(reason)


class MemoryShortError(EngineError):
    """A query needs more memory than the engine may have."""


class CrowdedFileError(UnreadableFileError):
    """Too many rows of a file cannot be read; `rejects` holds the first of them."""

    def __init__(self, file: str, rejects: Sequence[Reject]) -> None:
        self.rejects = tuple(rejects)
        super().__init__(file, "too many rows that cannot be read")


#: What a column's type begins with where each of its cells is one value, in the words of `Engine.parquet_columns`.
_ONE_VALUE = re.compile(
    r"(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|BOOLEAN|DECIMAL|FLOAT|DOUBLE|VARCHAR|BLOB|BIT|UUID|ENUM|DATE|TIME|TIMESTAMP|INTERVAL|NULL)"
    r"\b"
)


def is_nested(kind: str) -> bool:
    """Whether cells of a type hold more than one value, or a value of any type.

    Example:
        >>> is_nested("DECIMAL(18,2)"), is_nested("VARCHAR[]"), is_nested("STRUCT(a INTEGER)"), is_nested("VARIANT")
        (False, True, True, True)
    """
    return kind.endswith("]") or not (_ONE_VALUE.match(kind.strip('"')) or kind.startswith("TIMESTAMP_"))


@dataclass(frozen=True)
class FilePart:
    """One file of a table, and the columns that it holds in file order.

    Args:
        shown: the path as the author knows it.
        columns: name and SQL type of each column in the file; type None where the schema does
            not know the column and it is dropped.
        delimiter: what parts the cells of a text file. Where it is a tab, quotes are letters like any other.
        header: whether the first line of a text file names its columns.
    """

    path: Path
    shown: str
    columns: tuple[tuple[str, str | None], ...]
    delimiter: str = ","
    header: bool = True


class Engine(Protocol):
    """What the rooms may ask of a backend.

    `folder` is one of ours, for files that go with the engine; `reads_here` says that whatever reads files here also
    answers, so that a file may be looked up where it is.
    """

    name: str
    versions: Mapping[str, str]
    folder: Path
    reads_here: bool

    def parquet_columns(self, path: Path) -> Mapping[str, str]:
        """Columns of a Parquet file with their types, in order. Raises EngineError where it is not one."""

    def extent(self, path: Path, columns: Mapping[str, str], most_bytes: int) -> Extent:
        """How large a Parquet file is, found without holding it in memory.

        Args:
            columns: those that will be read, none of them nested, with their types in the file.
            most_bytes: where the file's own account of itself is beyond this, nothing more is read of it.

        Raises: EngineError where it cannot be read.
        """

    def load(self, table: str, columns: Mapping[str, str], parts: Sequence[FilePart]) -> list[Reject]:
        """Make a table of these files; returns cells that could not be read. Raises UnreadableFileError.

        To be called before the first query; called again, it makes the table anew.
        """

    def cells(self, part: FilePart, records: Collection[int]) -> Mapping[int, Mapping[str, str]]:
        """Cells of rows of a Parquet file that was loaded, as text, by the row's number from 1 and the column."""

    def scan(self, table: str, files: Sequence[Path]) -> Mapping[str, str]:
        """Make a table of Parquet files that stay where they are: nothing is read until a query asks for it.

        To be called before the first query, which shuts out every file that was not given. A column that some of
        the files lack is null in their rows.

        Args:
            table: its name in later queries.
            files: existing files, at least one; every engine's workers must be able to open them.

        Returns: SQL type of each column, by name.
        Raises: UnreadableFileError, with the file, where one is not Parquet.
        """

    def labels(self, file: Path) -> Mapping[str, str]:
        """What a Parquet file's key-value metadata says of it. To be called before the first query."""

    def tabulate(self, table: str, types: Mapping[str, str], arrays: Mapping[str, NDArray[Any]]) -> None:
        """Make a table of NumPy arrays of one length, which are copied.

        Args:
            types: SQL type of each column, by name; the arrays' values are cast to it.
            arrays: by column. NaN and the masked cells of a masked array become null.
        """

    def create(self, table: str, sql: str, **parameters: Any) -> None:
        """Keep what a query answers as a table of its own, in memory or, past the memory limit, on disk.

        The table has no order: later queries have to ask for one. Parameters are bound as in `rows`.
        """

    def derive(self, table: str, sql: str) -> None:
        """Name what a query answers: it is asked anew wherever the name is. To be called after all files are in.

        Args:
            sql: without parameters.
        """

    def narrow(self, table: str, holds: str) -> None:
        """Keep of a loaded table only the rows for which a condition holds. To be called before the first query.

        Args:
            holds: SQL of our own, in the dialect of the `.sql` files.
        """

    def widen(self) -> None:
        """Give every table that was narrowed all its rows again, so that it can be narrowed to other ones."""

    def drop(self, table: str) -> None:
        """Forget a table that `create` or `tabulate` made, and give back what it holds."""

    def write(self, sql: str, target: Path, labels: Mapping[str, str] | None = None, **parameters: Any) -> int:
        """Write what a query answers to a file, in the query's order, and count its rows.

        Args:
            target: a file of ours, in a scratch folder or a draft; one that is there is replaced. CSV with a header
                where it ends in `.csv`, else Parquet.
            labels: key-value metadata of a Parquet file, read back with `labels`.
        """

    def inspect(self, sql: str) -> list[Row]:
        """Run SQL where the files are read, to check what was loaded."""

    def rows(self, sql: str, **parameters: Any) -> list[Row]:
        """Run SQL, in the dialect of the `.sql` files, with `$name` parameters bound; one mapping per row."""

    def close(self) -> None:
        """Give back what the engine holds."""


@cache
def query(room: str, name: str) -> str:
    """Text of a query file, `name`.sql in the folder of a room such as `tumen.measure`."""
    return importlib.resources.files(room).joinpath(f"{name}.sql").read_text(encoding="utf-8")


def typed(rows: Sequence[Row], form: type[T]) -> list[T]:
    """Rows as what they are: each a frozen dataclass with the columns of its query, whatever types an engine gives.

    Args:
        form: one field a column; it stands in the module beside the query.

    Example:
        >>> from decimal import Decimal
        >>> @dataclass(frozen=True)
        ... class Sale:
        ...     year: int
        ...     value_usd: float | None
        >>> typed([{"year": 2023, "value_usd": Decimal("1.5")}], Sale)
        [Sale(year=2023, value_usd=1.5)]
    """
    found: list[T] = _reader(form).validate_python(list(rows))  # type: ignore[arg-type]
    return found


@cache
def _reader(form: type[Any]) -> TypeAdapter[list[Any]]:
    return TypeAdapter(list[form])  # type: ignore[valid-type]
