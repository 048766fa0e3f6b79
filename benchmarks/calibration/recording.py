"""Rows of a world put into a record, as if they had been read from a case's files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np

from benchmarks.calibration.own_model import CREDIBILITY, RELIABILITY
from benchmarks.calibration.worlds import Row
from tumen.case.coverage import Coverage
from tumen.engine.embedded import DuckDB
from tumen.kinds import kinds
from tumen.record.columns import TYPES, Table
from tumen.record.read import Record
from tumen.record.redaction import redaction_of
from tumen.record.sources import source_of

TABLES = kinds(others=False).tables


class Recorder:
    """Puts one world after another into the same engine, which is far quicker than a new one for each."""

    def __init__(self) -> None:
        self.engine = DuckDB()
        for table in TABLES.values():
            self._put(table, ())

    def _put(self, table: Table, rows: Sequence[Row]) -> None:
        types = {c.name: TYPES[c.type] for c in table.columns}
        arrays = {name: np.array([_cell(row.get(name)) for row in rows], dtype=object) for name in types}
        self.engine.tabulate(table.name, types, arrays)

    @contextmanager
    def holding(self, tables: Mapping[str, Sequence[Row]], whole: Collection[str] = ()) -> Iterator[Record]:
        """A record with these rows, for as long as the block lasts.

        Args:
            whole: tables that hold all there was.
        """
        held = {**tables, "sources": sources_of(tables)}
        for name, rows in held.items():
            self.engine.drop(name)
            self._put(TABLES[name], rows)
        shown = redaction_of(self.engine, [source_of(row) for row in held["sources"]], True, TABLES)
        counts = {name: len(held.get(name, ())) for name in TABLES}
        try:
            covers: dict[str, Coverage] = dict.fromkeys(whole, "exhaustive")
            yield Record(self.engine, shown, counts, dict.fromkeys(TABLES, 0), {}, coverage=covers)
        finally:
            for name in held:
                self.engine.drop(name)
                self._put(TABLES[name], ())

    def close(self) -> None:
        """Give back what the engine holds."""
        self.engine.close()


def _cell(value: object) -> str | None:
    """A cell as text, which the engine casts to its column's type."""
    return None if value is None else str(value)


def sources_of(tables: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Every source that a row names: as the world has it, else public, of its own publisher and of the usual grades."""
    given = {row["id"]: row for row in tables.get("sources", ())}
    named = sorted({row["source"] for rows in tables.values() for row in rows if "source" in row} - set(given))
    usual = {
        "title": "a text",
        "published": "2025-12-31",
        "reliability": RELIABILITY,
        "credibility": CREDIBILITY,
        "access": "public",
    }
    return [*given.values(), *({**usual, "id": name, "publisher": name} for name in named)]
