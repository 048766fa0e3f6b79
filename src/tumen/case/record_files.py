"""The files in a case's record that are called after tables; and case.toml written anew where a table has one more,
with everything else as it stood.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

RECORD = "record"

#: How names end of files that are tables as they lie.
TABLES = (".csv", ".parquet")

#: How names end of files that others publish tables in.
TEXTS = (".tsv", ".tab", ".txt")
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
PACKED = (".gz", ".bz2", ".xz", ".zst", ".zip")

#: How deep folders in a record are looked into, and how many names there are looked at.
MOST_DEEP, MOST_LYING = 5, 20_000


@dataclass(frozen=True)
class LyingFile:
    """A file in a case's record that may hold a table.

    Args:
        shown: its path from the case's folder.
        table: what it is called after: its name without its endings.
        ending: all its endings that say of what form it is, in small letters, such as ".csv.gz".
    """

    shown: str
    table: str
    ending: str

    @property
    def is_plain(self) -> bool:
        """Whether it is of a usual form, and lies where a table's file is looked for first."""
        return self.ending in TABLES and self.shown.count("/") == 1


def endings_of(name: str) -> tuple[str, str]:
    """A file's name without the endings that say of what form it is, and these in small letters; "" where there is
    none.

    Example:
        >>> endings_of("trade.csv.GZ"), endings_of("trade.2023.xlsx"), endings_of("notes.md")
        (('trade', '.csv.gz'), ('trade.2023', '.xlsx'), ('notes.md', ''))
    """
    plain, packed = name, ""
    if (last := PurePosixPath(name).suffix).lower() in PACKED:
        plain, packed = name[: -len(last)], last.lower()
    inner = PurePosixPath(plain).suffix
    if inner.lower() in (*TABLES, *TEXTS, *WORKBOOKS):
        return plain[: -len(inner)], inner.lower() + packed
    return (plain, packed) if packed else (name, "")


def lying_files(folder: Path) -> list[LyingFile]:
    """What lies in a case's record and may hold a table, in the order of their paths; hidden names are passed over.

    No link to a folder is followed.
    """
    found: list[LyingFile] = []
    for path in _below(folder / RECORD):
        table, ending = endings_of(path.name)
        if ending:
            found.append(LyingFile(path.relative_to(folder).as_posix(), table, ending))
    return found


def unreadable_forms(folder: Path, tables: Collection[str]) -> list[tuple[str, str]]:
    """Files in a case's record that are called after tables and are of a form that no table is read from, each with the
    table; notes in Markdown are none.
    """
    named = [(path, path.name.partition(".")[0]) for path in _below(folder / RECORD) if not endings_of(path.name)[1]]
    return [
        (path.relative_to(folder).as_posix(), table)
        for path, table in named
        if table in tables and path.suffix.lower() != ".md"
    ]


def _below(place: Path) -> list[Path]:
    """Files in a folder and the folders in it, so many of them as anybody has."""
    found: list[Path] = []
    waiting = [(place, 0)] if place.is_dir() else []
    while waiting and len(found) < MOST_LYING:
        here, deep = waiting.pop()
        for path in sorted(here.iterdir())[:MOST_LYING]:
            if path.name.startswith((".", "~$")):  # what a spreadsheet program keeps beside an open workbook
                continue
            if not path.is_dir() or path.is_symlink():
                found.append(path)
            elif deep < MOST_DEEP:
                waiting.append((path, deep + 1))
    return sorted(found)


def files_by_name(lying: Sequence[LyingFile], table: str) -> tuple[list[str], list[str]]:
    """The files of a table that are read because they are called after it, and those that lie there beside them.

    Where there is a file of a usual form in the record itself, those are read; else those of a usual form in folders
    there; else the one of another form.
    """
    mine = [one for one in lying if one.table == table]
    plain = [one for one in mine if one.is_plain]
    deeper = [one for one in mine if one.ending in TABLES]
    read = plain or deeper or mine[:1]
    return [one.shown for one in read], [one.shown for one in mine if one not in read]


def files_of_table(declared: Mapping[str, Sequence[str]], folder: Path, table: str) -> list[str]:
    """The files of a table that a case has: those that `[record]` names, else those called after the table."""
    return list(declared[table]) if table in declared else files_by_name(lying_files(folder), table)[0]


def with_file(text: str, declared: Mapping[str, Sequence[str]], folder: Path, table: str, file: str) -> str:
    r"""The text of case.toml with one more file of a table.

    Files of the table that were found by their name have to be named from now on, and are.

    Args:
        text: case.toml as it stands.
        declared: its `[record]`.
        folder: the case's folder, where files of the table's name are looked for.
        file: the new file, from the case's folder.

    Returns: the text; as it was where the file is found already.

    Example:
        >>> print(with_file('title = "A"\n', {}, Path("none"), "events", "record/events_icews.parquet"))
        title = "A"
        <BLANKLINE>
        [record]
        events = ["record/events_icews.parquet"]
        <BLANKLINE>
    """
    import tomlkit

    files = files_of_table(declared, folder, table)
    if file in files:
        return text
    document = tomlkit.parse(text)
    if RECORD not in document:
        document[RECORD] = tomlkit.table()
    document[RECORD][table] = _listed([*files, file])
    return tomlkit.dumps(document)


def _listed(files: Sequence[str]) -> Any:
    """Files as an array, a line for each where there are several."""
    import tomlkit

    array = tomlkit.array()
    array.extend(files)
    return array.multiline(len(files) > 2)
