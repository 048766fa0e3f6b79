"""What officials said, and the tree of topics they spoke about."""

from __future__ import annotations

from dataclasses import replace

from tumen.record.columns import ACTOR, Column, Link, Rule, Table, id_column, source_columns

#: A topic that is named must be one of the tree.
TOPIC = Link("topic", "topics", "topic")

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
        Column(
            "kind",
            "text",
            "kind of remark",
            required=True,
            allowed=("endorse", "neutral", "non-answer", "deny-knowledge", "oppose", "priority-claim", "joint"),
        ),
        Column("phrase", "text", "short quotation"),
        Column(
            "remark",
            "text",
            "label shared by all renderings of one remark; empty: rows of one actor, topic and day are one remark",
        ),
        Column("coder", "text", "coder of the row; empty: there is one coder"),
        *source_columns(),
    ),
    (Rule("stance between -2 and 2", "a stance outside -2 to 2", "-2 to 2", "Use -2, -1, 0, 1 or 2.", "not-allowed"),),
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

TABLES = (STATEMENTS, TOPICS)
