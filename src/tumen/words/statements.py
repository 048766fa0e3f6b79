"""Statements and answers gathered into remarks: renderings of one are one, codings of one rendering are compared."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from tumen.case.model import Claim
from tumen.engine.queries import query
from tumen.errors import Place, Problem, did_you_mean
from tumen.measure.arguments import ActorCode, Form, Share
from tumen.measure.estimate import Used
from tumen.measure.named_columns import Names, acting
from tumen.measure.series import Point
from tumen.measure.units import amount
from tumen.record import redaction
from tumen.record.read import Record
from tumen.record.trees import under
from tumen.words.coding import Coding, coding_notes
from tumen.words.units import COUNTED_STATEMENTS, STANCE

StatementKind = Literal["endorse", "neutral", "non-answer", "deny-knowledge", "oppose", "priority-claim", "joint"]
Topics = Annotated[tuple[str, ...], Field(min_length=1)]

#: Whose words they are.
Speaking = Annotated[ActorCode, acting("statements.actor", "answers.actor", "questions.actor")]

#: The one coder whose rows are read; empty: all.
OneCoder = Annotated[str, Names("coder", ("statements.coder", "answers.coder"), also=("",))]

#: The tables that hold words: what somebody chose to note, and every answer that was given.
WordsTable = Literal["statements", "answers"]

#: Rows are listed one by one up to this many, and by source beyond it.
STATEMENTS_LISTED = 1000


class Counting(Form):
    """renderings: how much each further rendering of a remark counts, 0 (once) to 1 (each);
    coder: the one coder whose rows are read; empty: all.
    """

    renderings: Share = 0.0
    coder: OneCoder = ""


@dataclass(frozen=True)
class Statement:
    """One row of statements.sql: a rendering of what an actor's official said, as one coder reads it."""

    id: str
    date: dt.date
    date_precision: str
    speaker: str
    actor: str
    topic: str
    stance: int
    kind: str
    phrase: str | None
    remark: str | None
    coder: str | None
    source: str


Test = Callable[[Statement], bool]


@dataclass(frozen=True)
class Topic:
    """One row of statement_topics.sql: a declared topic, and the one above it."""

    id: str
    parent: str | None
    label: str


@dataclass(frozen=True)
class Remark:
    """One remark: every row of a table that renders or codes it, in order of date and id."""

    key: str
    rows: tuple[Statement, ...]
    table: WordsTable = "statements"

    @property
    def date(self) -> dt.date:
        """Its first day."""
        return self.rows[0].date

    @property
    def briefing(self) -> str:
        """What it was said with: one actor's remarks of one day are of one briefing."""
        firm = self.rows[0].date_precision in ("day", "approximate")
        return f"{self.rows[0].actor}|{self.date}" if firm else self.key

    @property
    def renderings(self) -> Mapping[str, Sequence[Statement]]:
        """Its rows by source: each source renders it once."""
        found: dict[str, list[Statement]] = {}
        for row in self.rows:
            found.setdefault(row.source, []).append(row)
        return found


@dataclass(frozen=True)
class Words:
    """What was found of an actor's words.

    Args:
        missing: why nothing can be counted; empty where it can.
        notes: how far several coders agree.
    """

    remarks: tuple[Remark, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]


def words_of(
    record: Record,
    actor: str,
    topics: Sequence[str],
    period: tuple[dt.date, dt.date],
    coder: str = "",
    evidence: WordsTable = "statements",
) -> Words:
    """An actor's remarks under some topics in a period.

    Args:
        topics: ids; each stands for itself and all below it.
        coder: the one whose rows are read; all where empty.
        evidence: the table that is read.

    Returns: remarks in order of date, or what is missing.
    """
    first, last = (str(day) for day in period)
    parents = {t.id: t.parent for t in _topics(record)}
    unknown = [t for t in topics if t not in parents]
    if unknown:
        return Words((), tuple(f"topic '{t}' in the table topics: {did_you_mean(t, parents)}" for t in unknown), ())
    wanted = under(parents, topics)
    found = record.answers.rows(query("tumen.words", evidence), Statement, actor=actor, first=first, last=last)
    about = [r for r in found if r.topic in wanted]
    chosen = [r for r in about if not coder or r.coder == coder]
    by = f" by coder '{coder}'" if coder else ""
    missing = () if chosen else (f"{evidence} of {actor} about {', '.join(topics)} between {first} and {last}{by}",)
    return Words(tuple(gathered(chosen, evidence)), missing, _notes(record, about, evidence))


def _notes(record: Record, rows: Sequence[Statement], evidence: WordsTable) -> tuple[str, ...]:
    """How far all coders of some rows agree, whichever of them is read."""
    if not any(r.coder for r in rows):
        return ()
    public = record.redaction.public
    hidden = {r.coder for r in rows if r.coder and r.source not in public}
    return coding_notes([c for m in gathered(rows, evidence) for c in _codings(m)], hidden, evidence[:-1])


def _topics(record: Record) -> Sequence[Topic]:
    return record.answers.rows(query("tumen.words", "statement_topics"), Topic)


def check_topics(claim: Claim, arguments: BaseModel | None, record: Record) -> list[Problem]:
    """Topics that a claim's arguments name and the record's tree does not have; without a tree, evidence is missing."""
    named = [t for side in ("topics", "reference") for t in _named(arguments, side)]
    if not named:
        return []
    known = [t.id for t in _topics(record)]
    return [
        Problem(
            Place(claim.file, claim.line("arguments")),
            got=f"claim '{claim.id}' names topic '{topic}'",
            expected="the id of a row of topics",
            fix=did_you_mean(topic, known),
            slug="unknown-topic",
        )
        for topic in dict.fromkeys(named)
        if known and topic not in known
    ]


def _named(arguments: BaseModel | None, side: str) -> tuple[str, ...]:
    """The topics of an argument, where it holds topics."""
    form = type(arguments).model_fields.get(side) if arguments else None
    return getattr(arguments, side) if form is not None and form.annotation == tuple[str, ...] else ()


def _codings(remark: Remark) -> list[Coding]:
    """What was coded by whom: each rendering of the remark is a thing coded."""
    return [Coding(f"{remark.key}|{row.source}", row.coder, row.stance, row.kind) for row in remark.rows if row.coder]


def gathered(rows: Sequence[Statement], table: WordsTable = "statements") -> list[Remark]:
    """Rows gathered into remarks: by their mark, else by topic and day.

    A row whose date is known to the month or year alone is a remark of its own unless marked.

    Args:
        rows: in order of time.

    Example:
        >>> def r(i, topic="t", remark=None):
        ...     day = dt.date(2024, 1, 1)
        ...     return Statement(i, day, "day", "minister", "AAA", topic, 1, "endorse", None, remark, None, "s")
        >>> [len(m.rows) for m in gathered([r("a"), r("b"), r("c", topic="u"), r("d", remark="x")])]
        [2, 1, 1]
    """
    found: dict[str, list[Statement]] = defaultdict(list)
    for row in rows:
        if row.remark:
            key = f"marked|{row.remark}"
        elif row.date_precision in ("day", "approximate"):
            key = f"{row.actor}|{row.topic}|{row.date}"
        else:
            key = f"row|{row.id}"
        found[key].append(row)
    return [Remark(key, tuple(members), table) for key, members in found.items()]


def share_of(rows: Sequence[Statement], test: Test) -> float:
    """How much of some rows passes a test: the mean over coders of the share of their rows.

    Example:
        >>> def r(coder, kind):
        ...     day = dt.date(2024, 1, 1)
        ...     return Statement("i", day, "day", "minister", "AAA", "t", 1, kind, None, None, coder, "s")
        >>> share_of([r("a", "oppose"), r("b", "oppose"), r("b", "joint")], lambda r: r.kind == "oppose")
        0.75
    """
    if len(rows) == 1:
        return float(test(rows[0]))
    by_coder: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        by_coder[row.coder or ""].append(test(row))
    return fsum(sum(passed) / len(passed) for passed in by_coder.values()) / len(by_coder)


def stance_of(remark: Remark) -> float:
    """Mean stance of a remark over its coders, each coder's rows first averaged."""
    by_coder: dict[str, list[int]] = defaultdict(list)
    for row in remark.rows:
        by_coder[row.coder or ""].append(row.stance)
    return fsum(sum(given) / len(given) for given in by_coder.values()) / len(by_coder)


def used_words(record: Record, remarks: Sequence[Remark]) -> tuple[Used, ...]:
    """The rows behind some remarks: one by one, or by source where there are very many."""
    rows = [(remark.table, row) for remark in remarks for row in remark.rows]
    if len(rows) <= STATEMENTS_LISTED:
        return tuple(_used(record, table, row) for table, row in rows)
    by_source: dict[tuple[WordsTable, str], list[Statement]] = defaultdict(list)
    for table, row in rows:
        by_source[table, row.source].append(row)
    return tuple(_used_together(record, *of, mine) for of, mine in sorted(by_source.items()))


def _used(record: Record, table: WordsTable, row: Statement) -> Used:
    """A statement; of a protected source neither who spoke nor in which words."""
    source = record.sources[row.source]
    speaker, phrase = redaction.spoken(row.speaker, row.phrase or "", source)
    return Used(
        table=table,
        id=row.id,
        source=row.source,
        publisher=source.maker,
        amount=amount(float(row.stance), STANCE),
        start=row.date,
        end=row.date,
        actors=(row.actor,),
        kind=row.kind,
        text=f"{speaker} on {row.topic}" + (f": “{phrase}”" if phrase else ""),
    )


def _used_together(record: Record, table: WordsTable, source: str, rows: Sequence[Statement]) -> Used:
    """All statements of one source, from the first day to the last."""
    return Used(
        table=table,
        id=f"all in {record.sources[source].id}",
        source=source,
        publisher=record.sources[source].maker,
        rows=len(rows),
        amount=amount(float(len(rows)), COUNTED_STATEMENTS),
        start=min(row.date for row in rows),
        end=max(row.date for row in rows),
        actors=tuple(dict.fromkeys(row.actor for row in rows)),
    )


def by_year(remarks: Sequence[Remark], period: tuple[dt.date, dt.date]) -> dict[str, tuple[Remark, ...]]:
    """Remarks of each calendar year that lies wholly in a half-open period, of years without any too.

    Example:
        >>> sorted(by_year((), (dt.date(2019, 5, 1), dt.date(2022, 1, 1))))
        ['2020', '2021']
    """
    first, last = period[0].year + (period[0] > dt.date(period[0].year, 1, 1)), period[1].year
    return {str(year): tuple(m for m in remarks if m.date.year == year) for year in range(first, last)}


def counted_so_far(remarks: Collection[Remark], group: str, period: tuple[dt.date, dt.date]) -> list[Point]:
    """Remarks counted so far, by quarter."""
    points = []
    days = sorted(remark.date for remark in remarks)
    day, count = dt.date(period[0].year, period[0].month, 1), 0
    while day < period[1]:
        until = dt.date(day.year + (day.month + 2) // 12, (day.month + 2) % 12 + 1, 1)
        while count < len(days) and days[count] < until:
            count += 1
        points.append(Point(f"{day:%Y-%m}", group, float(count), float(count), float(count)))
        day = until
    return points
