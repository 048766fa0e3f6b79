"""A table made of rows has a column for every field of their form, and null where a row says nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import pytest

from tumen.engine.embedded import DuckDB
from tumen.engine.forms import column_types, put_rows
from tumen.engine.queries import typed


@dataclass(frozen=True)
class Heard:
    mmsi: int | None
    name: str | None
    kind: Literal["port", "anchorage"] | None
    speed_kn: float | None
    focal: bool | None
    at: dt.datetime | None


@dataclass(frozen=True)
class HeardTwice(Heard):
    id: str


FULL = Heard(1, "ALFA", "port", 1.5, True, dt.datetime(2024, 1, 1, 12, 0, 0, 250_000))
EMPTY = Heard(None, None, None, None, None, None)


def test_columns_are_in_the_order_of_the_fields_those_of_the_form_it_rests_on_first() -> None:
    assert list(column_types(HeardTwice).items()) == [
        ("mmsi", "BIGINT"),
        ("name", "VARCHAR"),
        ("kind", "VARCHAR"),
        ("speed_kn", "DOUBLE"),
        ("focal", "BOOLEAN"),
        ("at", "TIMESTAMP"),
        ("id", "VARCHAR"),
    ]


def test_what_is_put_is_what_is_read_and_none_is_null(duckdb: DuckDB) -> None:
    put_rows(duckdb, "heard", Heard, [FULL, EMPTY])
    assert typed(duckdb.rows("select * from heard order by mmsi nulls last"), Heard) == [FULL, EMPTY]


def test_fields_that_the_form_lacks_are_left_out_and_no_rows_are_a_table(duckdb: DuckDB) -> None:
    put_rows(duckdb, "one", Heard, [HeardTwice(**vars(FULL), id="a")])
    put_rows(duckdb, "none", HeardTwice, [])
    assert typed(duckdb.rows("select * from one"), Heard) == [FULL]
    assert duckdb.rows("select * from none") == []


def test_field_that_no_column_can_hold_is_refused() -> None:
    @dataclass(frozen=True)
    class Many:
        names: tuple[str, ...]

    with pytest.raises(KeyError):
        column_types(Many)
