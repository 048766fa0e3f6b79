"""What officials said, what they were asked and answered, and the tree of topics they spoke about."""

from __future__ import annotations

from dataclasses import replace

from tumen.record.columns import (
    ACTOR,
    FORWARD,
    Column,
    Link,
    Rule,
    Table,
    figure_columns,
    id_column,
    period_columns,
    source_columns,
)

#: A topic that is named must be one of the tree.
TOPIC = Link("topic", "topics", "topic")

_KIND = Column(
    "kind",
    "text",
    "kind of remark",
    required=True,
    allowed=("endorse", "neutral", "non-answer", "deny-knowledge", "oppose", "priority-claim", "joint"),
)
_STANCE = Rule(
    "stance between -2 and 2", "a stance outside -2 to 2", "-2 to 2", "Use -2, -1, 0, 1 or 2.", "not-allowed"
)

STATEMENTS = Table(
    "statements",
    "an official's recorded words, as one source renders them and one coder reads them",
    (
        id_column(),
        Column(
            "date",
            "date",
            "day on which the words were said; the first of the month or year if only that is known",
            required=True,
        ),
        Column(
            "date_precision",
            "text",
            "precision of the date; approximate: within a few days",
            required=True,
            allowed=("day", "approximate", "month", "year"),
        ),
        Column("speaker", "text", "office of the speaker", required=True),
        Column("actor", "text", "actor for whom the speaker spoke, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("topic", "text", "topic: an id from the table topics", required=True),
        Column(
            "stance",
            "whole",
            "stance toward the actor or dyad spoken about, from -2 (hostile) to +2 (warm)",
            required=True,
            minimum=-2,
        ),
        _KIND,
        Column("phrase", "text", "short quotation"),
        Column(
            "remark",
            "text",
            "label shared by all renderings of one remark; empty: rows of one actor, topic and day are one remark",
        ),
        Column("coder", "text", "coder of the row; empty: there is one coder"),
        *source_columns(),
    ),
    (_STANCE,),
    links=(TOPIC,),
    coverage="convenience",
)

TOPICS = Table(
    "topics",
    "a topic of statements, in a tree: a statement counts under its topic and all topics above it",
    (
        id_column("id of the topic, as statements and claims name it"),
        Column("parent", "text", "id of the topic above it; empty: none is above it"),
        Column("label", "text", "topic in plain words", required=True),
    ),
    links=(replace(TOPIC, column="parent", tree=True),),
)

GIVEN_ANSWERS = Table(
    "answers",
    "an answer to a question, out of all that were given, as one coder reads it",
    (
        id_column(),
        Column("answer", "text", "label shared by all coders' rows of one answer", required=True),
        Column("date", "date", "day on which the answer was given", required=True),
        Column("speaker", "text", "name or office of the speaker", required=True),
        Column("actor", "text", "actor for whom the speaker spoke, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("topic", "text", "topic: an id from the table topics", required=True),
        Column(
            "stance",
            "whole",
            "stance toward what the topic names, from -2 (against) to +2 (for); -2 on sanctions is against sanctions",
            required=True,
            minimum=-2,
        ),
        _KIND,
        Column("certainty", "text", "how sure the coder is", allowed=("high", "medium", "low")),
        Column("phrase", "text", "short quotation"),
        Column("coder", "text", "coder of the row; empty: there is one coder"),
        *source_columns(),
    ),
    (_STANCE,),
    links=(TOPIC,),
)

QUESTION_COUNTS = Table(
    "questions",
    "how many questions of one period name a topic, out of all that an actor's officials answered",
    (
        id_column(),
        Column("actor", "text", "actor whose officials answered, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        *period_columns(),
        Column("topic", "text", "topic: an id from the table topics, with all below it", required=True),
        Column(
            "named_in",
            "text",
            "where the topic is named; anywhere: in the question or in its answer",
            required=True,
            allowed=("question", "anywhere"),
        ),
        Column("naming", "whole", "number of questions that name the topic", required=True, minimum=0),
        Column("asked", "whole", "number of all questions of the period", required=True, minimum=0),
        *figure_columns(),
        *source_columns(),
    ),
    (
        FORWARD,
        Rule(
            "naming <= asked",
            "more questions that name the topic than questions",
            "no more than were asked",
            "Count again.",
            "range-reversed",
        ),
    ),
    links=(TOPIC,),
)

TABLES = (STATEMENTS, TOPICS, GIVEN_ANSWERS, QUESTION_COUNTS)
