"""The wall of time leaves the same rows on DuckDB and on Spark, of loaded tables and of files read where they lie."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.tables import TABLES
from tumen.engine.backends import open_engine
from tumen.engine.queries import Row
from tumen.prepare import load_case
from tumen.record.left_out import BeyondWall
from tumen.record.read import read_record
from tumen.record.wall import behind_wall
from tumen.run import BUNDLED

#: One worker starts the cluster once; a second would start another.
pytestmark = pytest.mark.xdist_group("spark")


Seen = tuple[dict[str, BeyondWall], dict[str, list[Row]]]


def behind(engine_url: str) -> tuple[Seen, Seen]:
    """What is left out of the bundled record at the end of 2018, and what a query still sees, by table; and the same
    of a record that was looked at on a later day before.
    """
    case, _ = load_case(BUNDLED)
    assert case is not None
    engine = open_engine(engine_url)
    try:
        record, _ = read_record(BUNDLED, case.header.record, engine, TABLES)
        engine.scan("cast", [BUNDLED / "record" / "votes.parquet"])
        ids = {name: f'select id from "{name}" order by id' for name in ("sources", "trade", "events", "thefts")}
        asked = {**ids, **dict.fromkeys(("votes", "cast"), "")}
        asked = {name: sql or f'select count(*) as n from "{name}"' for name, sql in asked.items()}

        def on(day: dt.date) -> Seen:
            engine.widen()
            known = behind_wall(record, day)
            return dict(known.left_out), {name: engine.rows(sql) for name, sql in asked.items() if name != "cast"}

        first = on(dt.date(2018, 12, 31))
        engine.narrow("cast", "date < timestamp '2019-01-01'")
        first[1]["cast"] = engine.rows(asked["cast"])
        on(dt.date(2023, 12, 31))
        return first, on(dt.date(2018, 12, 31))
    finally:
        engine.close()


@pytest.mark.spark
def test_the_same_wall_leaves_the_same_rows_on_both_engines() -> None:
    ((left_out, rows), again), (there, there_again) = behind("duckdb"), behind("spark://local[2]")
    assert there == (left_out, rows)
    assert there_again == again == (left_out, {name: found for name, found in rows.items() if name != "cast"})
    assert all(
        left_out[name] != BeyondWall() and rows[name] for name in ("sources", "trade", "events", "thefts", "votes")
    )
