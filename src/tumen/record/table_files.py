"""Which files make up a record, and whether each is text that can be read as a table."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from tumen.budgets import LINE_BYTES as MAX_LINE_BYTES
from tumen.budgets import RECORD_FILES, over
from tumen.case.folder import can_open, not_utf8, not_utf8_name, outside, resolve_inside
from tumen.counting import counted
from tumen.errors import Place, Problem, did_you_mean
from tumen.record.unseen_cells import Unseen

_CHUNK_BYTES = 1 << 20

# The standard library refuses cells that the engine reads.
csv.field_size_limit(2 * MAX_LINE_BYTES)


#: Gives the line of a key, by the path to it.
LineOf = Callable[..., int | None]


@dataclass(frozen=True)
class RecordFile:
    """A file of the record.

    Args:
        shown: its path as the author knows it, from the case's folder.
    """

    table: str
    path: Path
    shown: str


def find_files(
    folder: Path,
    declared: Mapping[str, Sequence[str]],
    allowed: Sequence[Path],
    tables: Collection[str],
    line: LineOf = lambda *_: None,
    instead: Mapping[str, Path] = MappingProxyType({}),
) -> tuple[list[RecordFile], list[Problem]]:
    """The files of each table: those that case.toml names, else record/TABLE.csv or .parquet.

    Args:
        folder: the case's folder.
        declared: `[record]` of case.toml, table to paths.
        allowed: places outside the folder that the user allows.
        tables: names of the tables that a record can have.
        line: the line of a key of case.toml.
        instead: files of ours that are read in place of those of the paths shown.

    Returns: files that exist, lie in an allowed place and are CSV or Parquet, and the problems of
        the rest.
    """
    if not_utf8(folder):
        return [], [not_utf8_name(str(folder))]
    named, problems = _named(folder, declared, tables, line)
    if len(named) > RECORD_FILES:
        return [], [
            over(
                "case.toml",
                line("record"),
                f"{counted(len(named), 'file')} of the record",
                f"at most {RECORD_FILES}",
                "Put several files into one.",
            )
        ]
    files: list[RecordFile] = []
    for table, shown in named:
        place, at = ("case.toml", _line_of(declared, table, shown, line)) if table in declared else (shown, None)
        real = instead.get(shown) or resolve_inside(folder, shown, allowed)
        if real is None:
            problems.append(outside(place, at, shown))
        elif not can_open(real):
            problems.append(
                Problem(
                    Place(place, at),
                    got=f"'{shown}', which is no file to read",
                    expected=f"a file of the table '{table}'",
                    fix="Correct the path in [record], or make the file readable.",
                    slug="file-missing",
                )
            )
        elif not_utf8(real):
            problems.append(not_utf8_name(shown))
        elif real.suffix.lower() not in (".csv", ".parquet"):
            problems.append(
                Problem(
                    Place(shown),
                    got=f"a file ending in '{real.suffix}'",
                    expected="a .csv or .parquet file",
                    fix="Save it as one of the two.",
                    slug="file-kind",
                )
            )
        else:
            files.append(RecordFile(table, real, shown))
    return files, problems


def sources_named(folder: Path, declared: Mapping[str, Sequence[str]], tables: Collection[str]) -> int | None:
    """How many files of sources a case names or has; None if it names an unknown table, perhaps meant as sources."""
    if any(table not in tables for table in declared):
        return None
    return sum(table == "sources" for table, _ in _named(folder, declared, tables, lambda *_: None)[0])


def _line_of(declared: Mapping[str, Sequence[str]], table: str, shown: str, line: LineOf) -> int | None:
    return line("record", table, list(declared[table]).index(shown))


def _named(
    folder: Path, declared: Mapping[str, Sequence[str]], tables: Collection[str], line: LineOf
) -> tuple[list[tuple[str, str]], list[Problem]]:
    """Table and path of each file, declared or found; and names that are no table."""
    named: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for table, paths in declared.items():
        if table in tables:
            named += [(table, path) for path in paths]
        else:
            problems.append(
                Problem(
                    Place("case.toml", line("record", table)),
                    got=f"[record] names '{table}'",
                    expected="a table of the record",
                    fix=did_you_mean(table, tables),
                    slug="unknown-table",
                )
            )
    for path in map(Path, tables_in(folder)):
        shown = f"record/{path.name}"
        if path.stem in declared or any(shown in paths for paths in declared.values()):
            continue
        if path.stem in tables:
            named.append((path.stem, shown))
        else:
            problems.append(
                Problem(
                    Place(shown),
                    got=f"a file called '{path.stem}'",
                    expected="a file called after its table",
                    fix=did_you_mean(path.stem, tables),
                    slug="unknown-table",
                    severity="warning",
                )
            )
    return named, problems


def tables_in(folder: Path) -> tuple[str, ...]:
    """Names in the folder where a case's tables are looked for, of what may be one."""
    place = folder / "record"
    names = sorted(path.name for path in place.iterdir()) if place.is_dir() else []
    return tuple(n for n in names if not n.startswith(".") and Path(n).suffix.lower() in (".csv", ".parquet"))


def text_problems(file: RecordFile) -> list[Problem]:
    """What is wrong with a CSV as text, found without holding the file in memory.

    Returns: the first of a NUL byte, a line beyond MAX_LINE_BYTES, or bytes that are not UTF-8, each of which keeps it
        from being read; where there is none, a warning for each character that cannot be seen.
    """
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    strange = Unseen(file.shown)
    line, carried = 1, 0
    for chunk in chunks(file.path):
        at = chunk.find(b"\x00")
        if at >= 0:
            return [
                Problem(
                    Place(file.shown, line + chunk[:at].count(b"\n")),
                    got="a NUL byte",
                    expected="text",
                    fix="Remove the byte; the file may be damaged or of another kind.",
                    slug="nul-byte",
                )
            ]
        lengths = [len(piece) for piece in chunk.split(b"\n")]
        lengths[0] += carried
        long = next((n for n, length in enumerate(lengths) if length > MAX_LINE_BYTES), None)
        if long is not None:
            return [
                Problem(
                    Place(file.shown, line + long),
                    got=f"a line of more than {MAX_LINE_BYTES} bytes",
                    expected="lines that a person can read",
                    fix="Check the line ends and quotes of the file.",
                    slug="line-too-long",
                )
            ]
        try:
            strange.read(chunk, decoder.decode(chunk, final=not chunk), line)
        except UnicodeDecodeError as error:
            return [
                Problem(
                    Place(file.shown, line + error.object[: error.start].count(b"\n")),
                    got="bytes that are not UTF-8",
                    expected="UTF-8 text",
                    fix="Save the file as UTF-8 (it may be Latin-1).",
                    slug="not-utf8",
                )
            ]
        line, carried = line + len(lengths) - 1, lengths[-1]
    return strange.problems


def chunks(path: Path) -> Iterator[bytes]:
    """The file in pieces, and an empty piece at its end."""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            yield chunk
    yield b""


def header_of(file: RecordFile) -> list[str]:
    """Column names on a CSV's first line; empty where the file is empty."""
    with file.path.open("rb") as stream:
        first = stream.readline(MAX_LINE_BYTES).decode("utf-8-sig", "replace")
    return next(csv.reader(io.StringIO(first, newline=None)), [])


def record_lines(file: RecordFile, records: Sequence[int]) -> dict[int, tuple[int, dict[str, str]]]:
    """Line on which each of these data records (1-based) of a CSV begins, and its cells by column.

    Cells may hold line ends, so a record's number is not its line. A record with more or fewer cells
    than the header has none: which is which cannot be told.
    """
    wanted = set(records)
    found: dict[int, tuple[int, dict[str, str]]] = {}
    if not wanted:
        return found
    header = header_of(file)
    for number, line, cells in data_records(file):
        if number in wanted:
            found[number] = line, dict(zip(header, cells, strict=True)) if len(cells) == len(header) else {}
            if len(found) == len(wanted):
                break
    return found


def lines_of_ids(file: RecordFile, ids: Sequence[str]) -> dict[str, list[int]]:
    """Lines of a CSV on which rows with these ids begin."""
    found: dict[str, list[int]] = {name: [] for name in ids}
    header = header_of(file)
    if "id" not in header:
        return found
    at = header.index("id")
    for _, line, cells in data_records(file):
        if len(cells) > at and cells[at] in found:
            found[cells[at]].append(line)
    return found


def data_records(file: RecordFile) -> Iterator[tuple[int, int, list[str]]]:
    """Number, first line and cells of every data record of a CSV; a blank line has a number too."""
    with file.path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream)
        number, before = -1, 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:  # a cell beyond the limit, where the places of later records are lost
                yield number, before + 1, []
                return
            if number > 0 and cells:
                yield number, before + 1, cells
            before = reader.line_num
