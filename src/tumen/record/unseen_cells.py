"""Characters that cannot be seen in the files of a record: by line in CSV, by column in Parquet.

Nothing of a cell is told but the character, so that a protected source's row may be named by its line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tumen.case.unseen_text import SHOWN, told, unseen
from tumen.counting import counted
from tumen.engine.queries import Engine, typed
from tumen.errors import Place, Problem
from tumen.record.columns import TYPES, Table

#: What a chunk of ordinary text is made of.
_PLAIN = bytes([*b"\t\n\r", *range(0x20, 0x7F)])

#: The same characters as `tumen.errors.hidden` finds, as the engine's patterns say it; it knows no surrogate.
_PATTERN = (
    r"[\p{Cf}\p{Co}\p{Zl}\p{Zp}\x{1}-\x{8}\x{b}\x{c}\x{e}-\x{1f}\x{7f}-\x{9f}"
    r"\x{34f}\x{115f}\x{1160}\x{17b4}\x{17b5}\x{3164}\x{ffa0}\x{2065}\x{fdd0}-\x{fdef}\x{fff0}-\x{fff8}"
    r"\x{e0000}-\x{e00ff}\x{e01f0}-\x{e0fff}"
    + "".join(rf"\x{{{plane:x}fffe}}\x{{{plane:x}ffff}}" for plane in range(17)).replace("{0fff", "{fff")
    + "]"
)


@dataclass(frozen=True)
class _Strange:
    """How many cells of each column of a file have such characters."""

    file: str
    counts: tuple[int, ...]


class Unseen:
    """Finds invisible characters in a CSV while its text is read, chunk by chunk."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._places: list[tuple[int | None, str]] = []
        self._number = 0

    def read(self, chunk: bytes, text: str, line: int) -> None:
        """Look through a chunk.

        Args:
            text: the chunk, decoded; the byte order mark that a file may begin with is none of it.
            line: on which it begins.
        """
        if not chunk.translate(None, _PLAIN):
            return
        strange = unseen(text)
        if not strange:
            return
        for number, one in enumerate(text.split("\n"), start=line):
            found = [c for c in strange if c in one]
            self._places += [(number, c) for c in found[: SHOWN - len(self._places)]]
            self._number += len(found)

    @property
    def problems(self) -> list[Problem]:
        """What was found: the first places, and a count."""
        return told(self._shown, self._places, self._number)


def unseen_in_columns(engine: Engine, table: Table, packed: Sequence[str]) -> list[Problem]:
    """A warning for each text column that has invisible characters, with the number of such cells.

    Args:
        packed: the table's Parquet files, as the author knows them.

    Raises: EngineError where the file is damaged.
    """
    columns = [c.name for c in table.columns if TYPES[c.type] == "VARCHAR" and not c.allowed and not c.pattern]
    if not packed or not columns:
        return []
    counts = ", ".join(f"count(*) filter (regexp_matches(\"{c}\", '{_PATTERN}'))" for c in columns)
    named = ", ".join("'" + shown.replace("'", "''") + "'" for shown in packed)
    sql = (
        f"select _file as file, [{counts}] as counts from {table.name} "  # noqa: S608 - names of the schema; files are quoted
        f"where _file in ({named}) group by _file order by _file"
    )
    rows = typed(engine.inspect(sql), _Strange)
    return [
        Problem(
            Place(row.file),
            got=f"{counted(count, 'cell')} of '{column}' with characters that cannot be seen",
            expected="characters that can be seen",
            fix="Remove them; outputs show them as escapes.",
            slug="character-hidden",
            severity="warning",
        )
        for row in rows
        for column, count in zip(columns, row.counts, strict=True)
        if count
    ]
