"""What the schema promises of its own tables."""

from __future__ import annotations

import re

import pytest

from tests.tables import TABLES
from tumen.record.columns import TYPES, Table


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_table_is_declared_whole(table: Table) -> None:
    names = [c.name for c in table.columns]
    assert len(set(names)) == len(names)
    assert all(c.type in TYPES for c in table.columns)
    assert all(c.meaning and not c.meaning.endswith(".") for c in table.columns)
    assert table.row_is.startswith(("a ", "an ", "one ", "how ", "goods "))
    for column in table.columns:
        assert not column.allowed or all("'" not in value for value in column.allowed), "values are written into SQL"
        assert re.compile(column.pattern)
        assert "'" not in column.pattern


#: Rows of breaches point at rows of other tables, which have sources.
OBSERVED = [t for t in TABLES.values() if t.name not in ("sources", "topics", "breaches")]


@pytest.mark.parametrize("table", OBSERVED, ids=lambda t: t.name)
def test_every_row_of_what_was_observed_names_its_source(table: Table) -> None:
    source = table.column("source")
    assert source is not None
    assert source.required


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_money_is_never_negative_and_dimensioned_by_name(table: Table) -> None:
    for column in table.columns:
        if column.type == "money":
            assert column.minimum == 0
            assert column.name.endswith("_usd")


def test_column_that_is_not_there_is_none() -> None:
    assert TABLES["trade"].column("colour") is None
