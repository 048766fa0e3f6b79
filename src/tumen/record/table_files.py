"""Which files make up a record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from tumen.budgets import RECORD_FILES, over
from tumen.case.folder import can_open, not_utf8, not_utf8_name, outside, resolve_inside
from tumen.case.record_files import (
    TABLES,
    TEXTS,
    WORKBOOKS,
    LyingFile,
    endings_of,
    files_by_name,
    lying_files,
    unreadable_forms,
)
from tumen.counting import counted
from tumen.errors import Place, Problem, did_you_mean

#: Gives the line of a key, by the path to it.
LineOf = Callable[..., int | None]


@dataclass(frozen=True)
class PlainTable:
    """A plain CSV of ours, made of a file that was written in another way.

    Args:
        path: UTF-8, cells parted by commas, a row on each line, the columns of the table by their names.
        lines: on which line of the file, or row of its sheet, each data record stands.
        header_line: on which its columns are named.
        said: what was not as in a plain CSV, in words for a user.
    """

    path: Path
    lines: Sequence[int]
    header_line: int
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordFile:
    """A file of the record.

    Args:
        shown: its path as the author knows it, from the case's folder.
        plain: what is read in its place, where it is no plain CSV.
    """

    table: str
    path: Path
    shown: str
    plain: PlainTable | None = field(default=None, compare=False)

    @property
    def ending(self) -> str:
        """What its name says of its form, such as ".csv.gz"."""
        return endings_of(self.path.name)[1]

    @property
    def is_parquet(self) -> bool:
        """Whether it is Parquet, by its name."""
        return self.path.suffix.lower() == ".parquet"

    @property
    def text(self) -> Path:
        """The CSV that is read."""
        return self.plain.path if self.plain else self.path


def find_files(
    folder: Path,
    declared: Mapping[str, Sequence[str]],
    allowed: Sequence[Path],
    tables: Collection[str],
    line: LineOf = lambda *_: None,
    instead: Mapping[str, Path] = MappingProxyType({}),
) -> tuple[list[RecordFile], list[Problem]]:
    """The files of each table: those that case.toml names, else those called after it.

    Args:
        folder: the case's folder.
        declared: `[record]` of case.toml, table to paths.
        allowed: places outside the folder that the user allows.
        tables: names of the tables that a record can have.
        line: the line of a key of case.toml.
        instead: files of ours that are read in place of those of the paths shown.

    Returns: files that exist, lie in an allowed place and may be read, and the problems of the
        rest.
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
        elif not endings_of(real.name)[1]:
            problems.append(
                Problem(
                    Place(shown),
                    got=f"a file ending in '{real.suffix}'",
                    expected=f"a file ending in {', '.join((*TABLES, *TEXTS, *WORKBOOKS))}, or one of these packed",
                    fix="Save it as CSV.",
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
    lying = [
        one for one in lying_files(folder) if one.shown not in {path for paths in declared.values() for path in paths}
    ]
    for table in sorted({one.table for one in lying}):
        if table not in tables:
            problems += [_unknown(one, tables) for one in lying if one.table == table and one.ending not in TEXTS[2:]]
            continue
        read, beside = files_by_name(lying, table)
        left = [one for one in lying if one.table == table and not one.is_plain] if table in declared else []
        named += [(table, shown) for shown in read] if table not in declared else []
        problems += [_beside(one, table) for one in ([one.shown for one in left] if table in declared else beside)]
    return named, problems + [_of_no_form(shown, table) for shown, table in unreadable_forms(folder, tables)]


def _unknown(one: LyingFile, tables: Collection[str]) -> Problem:
    return Problem(
        Place(one.shown),
        got=f"a file called '{one.table}'",
        expected="a file called after its table",
        fix=did_you_mean(one.table, tables),
        slug="unknown-table",
        severity="warning",
    )


def _beside(shown: str, table: str) -> Problem:
    return Problem(
        Place(shown),
        got=f"a file of '{table}' that is not read",
        expected="one place for a table: record/, or the files that [record] of case.toml names",
        fix=f"To read it too, name every file of the table there: {table} = [...]. Else move it out of record/.",
        slug="file-unread",
        severity="warning",
    )


def _of_no_form(shown: str, table: str) -> Problem:
    return Problem(
        Place(shown),
        got=f"a file of '{table}' that is not read, for what its name ends in",
        expected="CSV, Parquet, a workbook, or text with tabs",
        fix="Save it as CSV, or call it something else.",
        slug="file-unread",
        severity="warning",
    )


def tables_in(folder: Path) -> tuple[str, ...]:
    """Paths below the folder where a case's tables are looked for, of what may be one."""
    return tuple(one.shown.partition("/")[2] for one in lying_files(folder))
