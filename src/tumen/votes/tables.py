"""The table of votes: how each member voted on each resolution."""

from __future__ import annotations

from tumen.record.columns import (
    ACTOR,
    Column,
    Table,
    source_columns,
)
from tumen.votes.roll_calls_twice import ROLL_CALLS_TWICE

VOTES = Table(
    "votes",
    "how one member voted on one resolution",
    (
        Column("date", "date", "day of the vote", required=True),
        Column(
            "resolution",
            "text",
            "symbol of the resolution; where it had several roll calls, with the number of the roll call",
            required=True,
        ),
        Column("actor", "text", "member that voted, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column(
            "vote",
            "text",
            "vote of the member: Y yes, N no, A abstained, - absent or not a member",
            required=True,
            allowed=("Y", "N", "A", "-"),
        ),
        *source_columns(),
    ),
    key=("date", "resolution", "actor"),
    twice=ROLL_CALLS_TWICE,
)

TABLES = (VOTES,)
