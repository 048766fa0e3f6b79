"""Rows of the tables of words that only their own tests need, and records of another coverage."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tests.measure.worlds import Row
from tumen.record.read import Record


def answer(name: str, date: str = "2023-01-05", coder: str = "x", **more: Any) -> Row:
    """A non-answer of AAA about the topic 't', as one coder reads it."""
    row = {"answer": name, "date": date, "speaker": "spokesperson", "actor": "AAA", "topic": "t", "stance": 0}
    return {"id": f"{name}-{coder}", **row, "kind": "non-answer", "coder": coder, "source": "s", **more}


def questions(topic: str, *naming: int, first: int = 2020, **more: Any) -> list[Row]:
    """How many of 100 questions to AAA name a topic, month by month from January."""
    months = [dt.date(first + n // 12, n % 12 + 1, 1) for n in range(len(naming) + 1)]
    row = {"actor": "AAA", "topic": topic, "named_in": "question", "asked": 100, "publisher": "p", "quality": "derived"}
    return [
        {"id": f"{topic}{n}", **row, "start": str(start), "end": str(end), "naming": count, "source": "s", **more}
        for n, (count, start, end) in enumerate(zip(naming, months, months[1:], strict=False))
    ]


def covering(
    record: Record, how: Any, tables: Sequence[str] = ("statements", "answers", "questions", "events")
) -> Record:
    """The same record with another coverage of its words and deeds; as usual where None."""
    return replace(record, coverage=dict.fromkeys(tables, how)) if how else record
