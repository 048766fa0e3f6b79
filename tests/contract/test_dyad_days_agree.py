"""Dyad-days are counted in the same way on every engine, and as an import counts them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import duckdb
import pytest

from tests.events.reports import imported
from tumen.engine.backends import open_engine
from tumen.engine.queries import Row
from tumen.events.dyad_days import count_dyad_days
from tumen.events.layouts import GDELT

#: One worker starts the cluster once; a second would start another.
pytestmark = pytest.mark.xdist_group("spark")

_MADE = """
copy (
    select
        i as GLOBALEVENTID, 20180101 + (i * 7) % 5 as SQLDATE,
        ['CHN', 'PRK', 'ROM', 'ROU', 'EUR', 'XQZ', null][1 + (i * 13) % 7] as Actor1CountryCode,
        ['PRK', 'CHN', 'JPN', 'ROU', null][1 + (i * 11) % 5] as Actor2CountryCode,
        ['036', '111', '042'][1 + (i * 5) % 3] as EventCode, 1 as QuadClass, 4.0 as GoldsteinScale
    from range(2000) as t(i)
) to '{path}' (format parquet)
"""


def counted(file: Path, url: str) -> list[Row]:
    engine = open_engine(url)
    try:
        count_dyad_days(engine, [file])
        return engine.rows('select * from dyad_days order by "date" nulls last, low nulls last, high nulls last')
    finally:
        engine.close()


def test_dyad_days_are_those_of_an_import(tmp_path: Path) -> None:
    file = tmp_path / "gdelt.parquet"
    duckdb.sql(_MADE.format(path=file))
    _, rows = imported([file], GDELT, tmp_path)
    events = Counter((row["date"], *sorted((row["source_actor"], row["target_actor"]))) for row in rows)
    assert {(r["date"], r["low"], r["high"]): r["events"] for r in counted(file, "duckdb")} == events
    assert max(events.values()) == 3


@pytest.mark.spark
def test_dyad_days_agree(tmp_path: Path) -> None:
    file = tmp_path / "gdelt.parquet"
    duckdb.sql(_MADE.format(path=file))
    assert counted(file, "spark://local[2]") == counted(file, "duckdb") != []
