"""What actors did in each period, and how what moves them stood, as coders read it."""

from __future__ import annotations

from tumen.record.columns import ACTOR, Column, Rule, Table, id_column, period_columns, source_columns
from tumen.system.periods import PERIOD

#: SQL of how many months a period of that name has, and of its number within the year.
_MONTHS = "case substr(period, 5, 1) when 'H' then 6 when 'Q' then 3 when '-' then 1 else 12 end"
_NUMBER = "coalesce(try_cast(nullif(substr(period, 6), '') as integer), 1)"
_STARTS = f"make_date(cast(left(period, 4) as integer), 1, 1) + to_months(cast(({_NUMBER} - 1) * {_MONTHS} as integer))"

_AGREES = Rule(
    f"case when regexp_matches(period, '{PERIOD}') then "
    f'"start" = {_STARTS} and "end" = {_STARTS} + to_months({_MONTHS}) end',
    "a start or an end that is not that of the period",
    "those of the period that is named: 2024H2 starts on 2024-07-01 and ends on 2025-01-01",
    "Correct one of the three, or let `tumen import moves` write them.",
    "period-differs",
)

_CODER = Column("coder", "text", "who read the record so", required=True)
_PERIOD = Column(
    "period",
    "text",
    "name of the period: a year, half-year, quarter or month, such as 2024, 2024H2, 2024Q3, 2024-07",
    required=True,
    pattern=PERIOD,
)
_EVENTS = Column("events", "text", "ids of the rows of the record that it rests on, with spaces between")

MOVES = Table(
    "moves",
    "one coder's reading of what an actor did in one period: a level of one of its moves",
    (
        id_column(),
        _CODER,
        _PERIOD,
        *period_columns(),
        Column("actor", "text", "actor whose move it is, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("move", "text", "what the actor chooses, such as support", required=True),
        Column("level", "text", "level at which the move stood", required=True),
        Column("second", "text", "other level that a reasonable coder could have chosen; empty: none"),
        Column("certainty", "text", "how sure the coder is", required=True, allowed=("high", "medium", "low")),
        _EVENTS,
        *source_columns(),
    ),
    (
        _AGREES,
        Rule(
            "second is null or second <> level",
            "a second level that is the first one",
            "another level, or none",
            "Empty it, or name the level that could have been chosen as well.",
            "second-level-same",
        ),
    ),
)

DRIVERS = Table(
    "drivers",
    "how strong something outside the actors' moves was in one period, as one coder reads the record",
    (
        id_column(),
        _CODER,
        _PERIOD,
        *period_columns(),
        Column("driver", "text", "what moves the actors, such as a need or a rivalry", required=True),
        Column("value", "number", "how strong it was, from 0 to 1", required=True, minimum=0),
        Column("certainty", "text", "how sure the coder is", allowed=("high", "medium", "low")),
        *source_columns(),
    ),
    (_AGREES, Rule("value <= 1", "a value above 1", "a number from 0 to 1", "Correct it.", "not-allowed")),
)

TABLES = (MOVES, DRIVERS)
