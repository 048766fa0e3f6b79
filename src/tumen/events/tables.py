"""The table of events: dated interactions between actors."""

from __future__ import annotations

from tumen.record.columns import (
    ACTOR,
    Column,
    Rule,
    Table,
    id_column,
    precision_column,
    source_columns,
)

#: Verbal or material, cooperation or conflict.
QUADS = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")

EVENTS = Table(
    "events",
    "one dated interaction, from one actor to another",
    (
        id_column(),
        Column("date", "date", "day of the event; the first of the month or year if only that is known", required=True),
        precision_column(),
        Column("source_actor", "text", "actor that acted, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("target_actor", "text", "actor it acted toward, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("kind", "text", "kind of event, for example summit, visit, sanction", required=True),
        Column("description", "text", "short description of what happened", required=True),
        Column("sign", "whole", "sign: +1 cooperative, -1 conflictual, 0 neutral", required=True, minimum=-1),
        Column(
            "certainty",
            "text",
            "certainty that it happened as described",
            required=True,
            allowed=("high", "medium", "low"),
        ),
        Column("code", "text", "code of the event, as published: CAMEO's digits or PLOVER's words"),
        Column("goldstein", "number", "intensity on Goldstein's scale, -10 to 10", minimum=-10),
        Column("quad", "text", "quad class of the event", allowed=QUADS),
        Column(
            "parties",
            "text",
            "parties to a joint event: three or more, in alphabetical order, joined by +; empty for an event "
            "of two actors. A joint event is one row, and measures of dyads leave it out",
            pattern="^[A-Z]{3}([+][A-Z]{3}){2,}$",
        ),
        Column("reports", "whole", "number of reports that were counted as this one event", minimum=1),
        *source_columns(),
    ),
    (
        Rule(
            "source_actor <> target_actor",
            "an actor acting on itself",
            "two different actors",
            "Name the other actor.",
            "same-actor",
        ),
        Rule("sign between -1 and 1", "a sign other than -1, 0 or 1", "-1, 0 or 1", "Use -1, 0 or 1.", "not-allowed"),
        Rule(
            "goldstein is null or goldstein <= 10",
            "an intensity above 10",
            "-10 to 10",
            "Correct the figure.",
            "not-allowed",
        ),
        Rule(
            "parties is null or (contains(parties, source_actor) and contains(parties, target_actor))",
            "a joint event whose parties leave out source_actor or target_actor",
            "both actors among the parties",
            "Add the missing actor to parties.",
            "not-allowed",
        ),
    ),
    coverage="convenience",
)

TABLES = (EVENTS,)
