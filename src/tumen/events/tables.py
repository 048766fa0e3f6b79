"""Events between actors, acts in a council that blocks or lets pass, and counts of tests of weapons."""

from __future__ import annotations

from tumen.record.columns import (
    ACTOR,
    FORWARD,
    QUALITIES,
    Column,
    Figure,
    Rule,
    Table,
    figure_columns,
    id_column,
    period_columns,
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

#: What can become of an act in a council.
FATES = (
    "vetoed",
    "blocked",
    "held",
    "given-up",
    "mandate-ended",
    "watered-down",
    "block-failed",
    "open",
)

COUNCIL_ACTS = Table(
    "council_acts",
    "one source's account of what became of an act in a council of states, such as a draft or a listing",
    (
        id_column(),
        Column("date", "date", "day of it; the first of the month or year if only that is known", required=True),
        precision_column(),
        Column("target", "text", "actor whom the act is about, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("act", "text", "label shared by all rows of one act", required=True),
        Column("description", "text", "short description of what happened", required=True),
        Column(
            "fate",
            "text",
            "what became of it: vetoed; blocked by an objection; held in a committee; given up before a vote; a "
            "mandate that ended; watered down; a block that failed; open",
            required=True,
            allowed=FATES,
        ),
        Column(
            "blocked_by",
            "text",
            "actors that blocked it, in alphabetical order, joined by +; empty: nobody is named",
            pattern="^[A-Z]{3}([+][A-Z]{3})*$",
        ),
        Column("votes_for", "whole", "votes for it; empty: there was no vote, or none is printed", minimum=0),
        Column("votes_against", "whole", "votes against it", minimum=0),
        Column("abstentions", "whole", "abstentions", minimum=0),
        Column("quality", "text", "quality of the account: how firm it is", required=True, allowed=QUALITIES),
        *source_columns(),
    ),
    coverage="convenience",
)

WEAPON_TESTS = Table(
    "weapon_tests",
    "how many tests of one kind of weapon an actor made in one period, as one publisher counts them",
    (
        id_column(),
        Column("actor", "text", "actor that tests, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        *period_columns(),
        Column(
            "kind",
            "text",
            "what is counted: missiles, rounds or days of launches; kinds are never added",
            required=True,
        ),
        Column("tests", "whole", "number of them", required=True, minimum=0),
        *figure_columns(),
        *source_columns(),
    ),
    (FORWARD,),
    figure=Figure(("publisher", "actor", "kind", '"start"', '"end"'), ("tests",)),
)

TABLES = (EVENTS, COUNCIL_ACTS, WEAPON_TESTS)
