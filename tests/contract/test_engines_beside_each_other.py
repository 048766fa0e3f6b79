"""Engines that are open at once, as for a record and for positions, keep their tables apart."""

from __future__ import annotations

import numpy as np
import pytest

from tumen.engine.backends import open_engine
from tumen.engine.queries import Engine

#: One worker starts the cluster once; a second would start another.
pytestmark = pytest.mark.xdist_group("spark")


def put(engine: Engine, number: int) -> None:
    engine.tabulate("ports", {"n": "BIGINT"}, {"n": np.array([number])})


@pytest.mark.parametrize("url", ["duckdb", pytest.param("spark://local[2]", marks=pytest.mark.spark)])
def test_engine_keeps_its_tables_while_another_is_opened_used_and_closed(url: str) -> None:
    ask = "select n, date_diff('day', timestamp '2024-01-01', timestamp '2024-01-02') as days from ports"
    outer = open_engine(url)
    try:
        put(outer, 1)
        assert outer.rows(ask) == [{"n": 1, "days": 1}]
        inner = open_engine(url)
        put(inner, 2)
        assert inner.rows(ask) == [{"n": 2, "days": 1}]
        inner.close()
        assert outer.rows(ask) == [{"n": 1, "days": 1}]
    finally:
        outer.close()
    again = open_engine(url)
    put(again, 3)
    assert again.rows(ask) == [{"n": 3, "days": 1}]
    again.close()


@pytest.mark.spark
def test_spark_stops_with_the_engine_that_started_it() -> None:
    from pyspark.sql import SparkSession

    outer, inner = open_engine("spark://local[2]"), open_engine("spark://local[2]")
    inner.close()
    assert SparkSession.getActiveSession() is not None
    outer.close()
    assert SparkSession.getActiveSession() is None
