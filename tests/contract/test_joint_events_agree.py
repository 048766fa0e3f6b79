"""Joint events are found alike on every engine. The bundled record has none, so they are put there by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pytest

from tumen.engine.backends import open_engine
from tumen.engine.queries import Engine, query

#: One worker starts the cluster once; a second would start another.
pytestmark = pytest.mark.xdist_group("spark")

TYPES = {"id": "VARCHAR", "date": "DATE", "date_precision": "VARCHAR", "parties": "VARCHAR", "source": "VARCHAR"}

#: Two reports of one day by one source, one by another, one of four parties; and what is not counted: too
#: early, too late, a day that is not known, a party that is missing, and an event of two.
EVENTS = [
    ("b", "2023-01-01", "day", "AAA+BBB+CCC", "wire"),
    ("a", "2023-01-01", "day", "AAA+BBB+CCC", "wire"),
    ("c", "2023-01-01", "day", "AAA+BBB+CCC", "paper"),
    ("d", "2023-02-03", "day", "AAA+BBB+CCC+DDD", "wire"),
    ("early", "2022-12-31", "day", "AAA+BBB+CCC", "wire"),
    ("late", "2024-01-01", "day", "AAA+BBB+CCC", "wire"),
    ("month", "2023-03-01", "month", "AAA+BBB+CCC", "wire"),
    ("others", "2023-03-04", "day", "AAA+BBB+DDD", "wire"),
    ("two", "2023-03-05", "day", None, "wire"),
]


@pytest.fixture(params=["duckdb", pytest.param("spark://local[2]", marks=pytest.mark.spark)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    opened = open_engine(request.param)
    columns = [
        np.ma.masked_values([row[n] or "" for row in EVENTS], "") if n == 3 else np.array([row[n] for row in EVENTS])
        for n in range(len(TYPES))
    ]
    opened.tabulate("events", TYPES, dict(zip(TYPES, columns, strict=True)))
    yield opened
    opened.close()


def test_days_on_which_all_three_are_party_are_counted_by_source(engine: Engine) -> None:
    asked = {"one": "AAA", "two": "BBB", "three": "CCC", "first": "2023-01-01", "last": "2024-01-01"}
    found = [tuple(row.values()) for row in engine.rows(query("tumen.events", "coupling_joint"), **asked)]
    assert found == [
        (dt.date(2023, 1, 1), "paper", 1),
        (dt.date(2023, 1, 1), "wire", 2),
        (dt.date(2023, 2, 3), "wire", 1),
    ]
