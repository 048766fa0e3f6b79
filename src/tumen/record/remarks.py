"""What officials said, and the tree of what about."""

from __future__ import annotations

from tumen.record.columns import ACTOR, Column, Rule, Table, id_column, source_columns

STATEMENTS = Table(
    "statements",
    "an official's recorded words, as one source renders them and one coder reads them",
    (
        id_column(),
        Column(
            "date",
            "date",
            "the day they were said; the first of the month or year where only that is known",
            required=True,
        ),
        Column(
            "date_precision",
            "text",
            "how firm the date is; approximate: within a few days",
            required=True,
            allowed=("day", "approximate", "month", "year"),
        ),
        Column("speaker", "text", "who spoke, by office", required=True),
        Column("actor", "text", "for whom, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("topic", "text", "what about: id of a row of topics", required=True),
        Column(
            "stance", "whole", "-2 hostile to +2 warm, toward the actor or dyad spoken about", required=True, minimum=-2
        ),
        Column(
            "kind",
            "text",
            "what kind of remark",
            required=True,
            allowed=("endorse", "neutral", "non-answer", "deny-knowledge", "oppose", "priority-claim", "joint"),
        ),
        Column("phrase", "text", "a short quotation"),
        Column("remark", "text", "ties renderings of one remark; empty: same actor, topic and day are one"),
        Column("coder", "text", "who coded the row; empty: there is one coder"),
        *source_columns(),
    ),
    (Rule("stance between -2 and 2", "a stance beyond two", "-2 to 2", "Use -2, -1, 0, 1 or 2.", "not-allowed"),),
)

TOPICS = Table(
    "topics",
    "a topic of statements, in a tree: a statement counts under its topic and all above it",
    (
        id_column("names the topic in statements and claims"),
        Column("parent", "text", "id of the topic above it; empty: none is above it"),
        Column("label", "text", "the topic in plain words", required=True),
    ),
)
