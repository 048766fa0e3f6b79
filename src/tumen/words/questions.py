"""Questions to an actor's officials that name one topic, for each that names another: counts of every month."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tumen.counting import counted
from tumen.engine.queries import query
from tumen.measure.content import in_order
from tumen.measure.draws import stream
from tumen.measure.estimate import Draws, Found, Lacking, Peers, Used
from tumen.measure.months import FEWEST_MONTHS, log_ratio
from tumen.measure.series import Point
from tumen.measure.setting import Setting
from tumen.measure.units import amount
from tumen.record.read import Record
from tumen.words.units import NAMING_QUESTIONS

#: Where a question names a topic: in its own words, or anywhere in it and its answer.
NamedIn = Literal["question", "anywhere"]


@dataclass(frozen=True)
class QuestionCount:
    """One row of questions.sql: how many questions of a period name a topic."""

    id: str
    start: dt.date
    end: dt.date
    topic: str
    naming: int
    asked: int
    publisher: str
    source: str


#: Counts by topic and by the period's start.
_ByTopic = Mapping[str, Mapping[dt.date, QuestionCount]]


def run_questions(
    record: Record,
    actor: str,
    topics: Sequence[str],
    reference: Sequence[str],
    period: tuple[dt.date, dt.date],
    named_in: NamedIn,
    setting: Setting,
) -> Found | Lacking:
    """How many questions name some topics for each that names others, over months in which both were counted.

    A count stands for its topic with all below it, so each topic named is read as it is, and several are added.
    """
    by_topic = _counts(record, actor, period, named_in)
    sides = (_months(by_topic, topics), _months(by_topic, reference))
    both = sorted(set(sides[0]) & set(sides[1]))
    counts = [[sum(r.naming for r in side[month]) for month in both] for side in sides]
    used = tuple(_used(record, actor, row) for side in sides for month in both for row in side[month])
    lacks = _lacks(actor, (topics, reference), counts, period)
    if lacks:
        return Lacking(lacks, used)
    value, error, free, months = log_ratio(*counts)
    drawn = np.exp(value + error * stream(setting, "questions", actor, named_in).standard_t(free, setting.draws))
    over, under = (sum(side) for side in counts)

    def respond(lever: str, value: float) -> Draws:
        more, missed = (value if lever == name else 0.0 for name in ("missed_counted", "missed"))
        moved: Draws = drawn * ((over + more) / over) * (under / (under + missed))
        return moved

    return Found(
        draws=respond("", 0.0),
        used=used,
        notes=(
            f"{over:,} questions name {', '.join(topics)} and {under:,} name {', '.join(reference)}, "
            f"of {sum(next(iter(sides[0][m])).asked for m in both):,}",
            f"{counted(len(both), 'month')}, as {months:.3g} independent ones",
        ),
        series=tuple(
            Point(f"{month:%Y-%m}", label, *[float(count)] * 3)
            for label, side in zip((", ".join(topics), ", ".join(reference)), counts, strict=True)
            for month, count in zip(both, side, strict=True)
        ),
        baselines={"missed": 0.0, "missed_counted": 0.0},
        respond=respond,
        effective=months,
        peers=_peers(by_topic, sides[1], {*topics, *reference}),
    )


def _counts(record: Record, actor: str, period: tuple[dt.date, dt.date], named_in: NamedIn) -> _ByTopic:
    """The counts of a period; of several for one topic and month, that of the best source."""
    first, last = (str(day) for day in period)
    rows = record.answers.rows(
        query("tumen.words", "questions"), QuestionCount, actor=actor, first=first, last=last, named_in=named_in
    )
    found: dict[str, dict[dt.date, QuestionCount]] = defaultdict(dict)
    for row in in_order(rows, record):
        found[row.topic].setdefault(row.start, row)
    return found


def _months(by_topic: _ByTopic, topics: Sequence[str]) -> dict[dt.date, list[QuestionCount]]:
    """Rows of each month in which every one of some topics was counted."""
    each = [by_topic.get(topic, {}) for topic in topics]
    return {month: [rows[month] for rows in each] for month in set.intersection(*(set(rows) for rows in each))}


def _lacks(
    actor: str, sides: Sequence[Sequence[str]], counts: Sequence[Sequence[int]], period: tuple[dt.date, dt.date]
) -> tuple[str, ...]:
    """What keeps a ratio from being measured."""
    first, last = period
    if len(counts[0]) < FEWEST_MONTHS:
        named = ", ".join(dict.fromkeys(t for side in sides for t in side))
        return (
            f"counts of questions to {actor} about {named} in at least {FEWEST_MONTHS} months from {first} to {last}",
        )
    return tuple(
        f"a question to {actor} that names {', '.join(topics)} between {first} and {last}"
        for topics, side in zip(sides, counts, strict=True)
        if not sum(side)
    )


def _peers(by_topic: _ByTopic, reference: Mapping[dt.date, Sequence[QuestionCount]], told: set[str]) -> Peers | None:
    """The same ratio of every other topic that was counted in the same months."""
    values = {}
    for topic, rows in sorted(by_topic.items()):
        months = sorted(set(rows) & set(reference))
        under = sum(r.naming for month in months for r in reference[month])
        if topic not in told and under and len(months) >= FEWEST_MONTHS:
            values[topic] = sum(rows[month].naming for month in months) / under
    return Peers(of="other topics that were counted", values=values) if values else None


def _used(record: Record, actor: str, row: QuestionCount) -> Used:
    return Used(
        table="questions",
        id=row.id,
        source=row.source,
        publisher=row.publisher,
        amount=amount(float(row.naming), NAMING_QUESTIONS),
        start=row.start,
        end=row.end,
        actors=(actor,),
        kind=row.topic,
    )
