"""What names a table depends on every cell of every row, and on no order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tables import TABLES
from tumen.engine.embedded import DuckDB
from tumen.engine.loading import quoted
from tumen.record.columns import TYPES, Column, Table
from tumen.record.row_hashes import rows_named, summed_hashes

#: Two cells of each type.
CELLS = {
    "text": ("'a'", "''"),
    "date": ("date '2024-01-01'", "date '2024-01-02'"),
    "whole": ("0", "1"),
    "number": ("0.5", "0.25"),
    "money": ("0.01", "0.02"),
    "flag": ("true", "false"),
}
PAIR = Table("pair", "two texts", (Column("one", "text", "a text"), Column("two", "text", "another")))


def summed(engine: DuckDB, table: Table, rows: str) -> str:
    """What names the rows of a query."""
    (row,) = engine.rows(f'select {summed_hashes(table)} as summed from ({rows}) as "{table.name}"')
    return str(row["summed"])


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_each_cell_of_a_row_counts_and_so_does_whether_there_is_one(duckdb: DuckDB, table: Table) -> None:
    def row(name: str, cell: str) -> str:
        values = {column.name: "null" for column in table.columns} | {name: cell}
        types = {column.name: TYPES[column.type] for column in table.columns}
        return "select " + ", ".join(f'cast({values[n]} as {types[n]}) as "{n}"' for n in types)

    asked = [(c.name, cell) for c in table.columns for cell in CELLS[c.type]] + [(table.columns[0].name, "null")]
    assert len({summed(duckdb, table, row(*one)) for one in asked}) == len(asked)


texts = st.lists(st.tuples(*[st.none() | st.text("ab|", max_size=2)] * 2), min_size=1, max_size=4)


@settings(max_examples=50, deadline=None)
@given(texts, texts)
def test_tables_are_named_alike_where_their_rows_are_the_same_in_any_order(one, two) -> None:
    def rows(table: list[tuple[str | None, str | None]]) -> str:
        cells = (", ".join("null" if c is None else quoted(c) for c in row) for row in table)
        return f"select * from (values {', '.join(f'({row})' for row in cells)}) as v(one, two)"

    same = sorted(map(repr, one)) == sorted(map(repr, two))
    assert (summed(ENGINE, PAIR, rows(one)) == summed(ENGINE, PAIR, rows(two))) is same
    assert summed(ENGINE, PAIR, rows(one)) == summed(ENGINE, PAIR, rows(one[::-1]))


ENGINE = DuckDB()


def test_rows_and_those_left_out_count_by_their_number() -> None:
    assert len({rows_named(1, "7", 0), rows_named(2, "7", 0), rows_named(1, "7", 1), rows_named(1, "8", 0)}) == 4
