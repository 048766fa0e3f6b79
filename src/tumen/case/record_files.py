"""case.toml written anew where a table of the record has one more file, with everything else as it stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

RECORD = "record"


def files_of_table(declared: Mapping[str, Sequence[str]], folder: Path, table: str) -> list[str]:
    """The files of a table that a case has: those that `[record]` names, else those called after the table."""
    named = [f"{RECORD}/{table}{suffix}" for suffix in (".csv", ".parquet")]
    return list(declared.get(table, [name for name in named if (folder / name).exists()]))


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
