"""When something was published: one rule, in Python and in SQL."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tumen.engine.embedded import DuckDB
from tumen.record.publication import known_on, published_on


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2024", dt.date(2024, 12, 31)),
        ("2023-02", dt.date(2023, 2, 28)),
        ("2024-02", dt.date(2024, 2, 29)),
        ("2024-02-03", dt.date(2024, 2, 3)),
        ("2024-02-31", dt.date(2024, 2, 29)),
        ("9999-12-31", dt.date.max),
        ("", None),
        ("0000", None),
        ("2024\n", None),
        ("spring 2024", None),
    ],
)
def test_a_month_or_a_year_alone_is_its_last_day(published: str, day: dt.date | None) -> None:
    assert known_on(published) == day


_NEARLY = st.from_regex(r"\A[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\n?\Z") | st.text("0123456789-./ \n", max_size=11)


@settings(max_examples=20, deadline=None, derandomize=True, database=None)
@given(st.lists(_NEARLY, min_size=40, max_size=40))
def test_the_engine_reads_every_text_as_python_does(texts: list[str]) -> None:
    engine = DuckDB()
    try:
        sql = f"select {published_on('published')} as day from (select unnest($texts) as published)"
        rows = engine.rows(sql, texts=texts)
    finally:
        engine.close()
    assert [row["day"] for row in rows] == [known_on(text) for text in texts]
