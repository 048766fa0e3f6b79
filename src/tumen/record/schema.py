"""The table that every record has: its sources. All other tables come with the kinds of evidence."""

from __future__ import annotations

from tumen.record.columns import DATED, Column, Table

SOURCES = Table(
    "sources",
    "a place where a figure or a statement was read",
    (
        Column("id", "text", "id of the source, by which every other table names it", required=True),
        Column("publisher", "text", "publisher of the text that was read", required=True),
        Column("title", "text", "title of the text", required=True),
        Column("url", "text", "web address of the text; empty where there is none"),
        Column("published", "text", "year, month or day of publication"),
        Column("reliability", "text", "Admiralty grade of the source", required=True, allowed=tuple("ABCDEF")),
        Column("credibility", "text", "Admiralty grade of what it says", required=True, allowed=tuple("123456")),
        Column(
            "access",
            "text",
            "readers who may learn which source it is",
            required=True,
            allowed=("public", "restricted", "chatham-house"),
        ),
        Column(
            "public_description",
            "text",
            "words that stand for a source that is not public, for example an official; empty: outputs say "
            "a protected source",
        ),
        Column("origin", "text", "first publisher, where this source repeats another, for example a news agency"),
        Column("note", "text", "reasons for these grades"),
    ),
    (DATED,),
)
