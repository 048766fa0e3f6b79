"""The tables of a record: one declared schema each, with units, allowed values and rules.

The schema is the contract between an analyst's files and every measure. The tables of docs/record.md
are made from it.
"""

from __future__ import annotations

from collections.abc import Mapping

from tumen.record.columns import (
    ACTOR,
    FORWARD,
    figure_columns,
    id_column,
    ordered,
    period_columns,
    some_of,
    source_columns,
)
from tumen.record.columns import QUALITIES as QUALITIES
from tumen.record.columns import TYPES as TYPES
from tumen.record.columns import Column as Column
from tumen.record.columns import Rule as Rule
from tumen.record.columns import Table as Table
from tumen.record.ledgers import EVASION_CASES, THEFT_TOTALS, THEFTS, WORKERS
from tumen.record.remarks import STATEMENTS, TOPICS
from tumen.record.ships import DESIGNATED_VESSELS, PORTS, VESSELS

SOURCES = Table(
    "sources",
    "a place where a figure or a statement was read",
    (
        Column("id", "text", "names the source in every other table", required=True),
        Column("publisher", "text", "who published what was read", required=True),
        Column("title", "text", "its title", required=True),
        Column("url", "text", "its address; empty where there is none"),
        Column("published", "text", "year, month or day of publication"),
        Column("reliability", "text", "Admiralty grade of the source", required=True, allowed=tuple("ABCDEF")),
        Column("credibility", "text", "Admiralty grade of what it says", required=True, allowed=tuple("123456")),
        Column(
            "access",
            "text",
            "who may see where it comes from",
            required=True,
            allowed=("public", "restricted", "chatham-house"),
        ),
        Column(
            "public_description",
            "text",
            "all that outputs say of a source that is not public, for example an official; a protected source "
            "where empty",
        ),
        Column(
            "origin", "text", "who first published it, where this source repeats another, for example a news agency"
        ),
        Column("note", "text", "why it has these grades"),
    ),
)

TRADE = Table(
    "trade",
    "goods trade of one territory with one partner in one period, by one publisher",
    (
        id_column(),
        Column("territory", "text", "whose trade it is, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column(
            "partner", "text", "with whom, ISO 3166 alpha-3; WLD is all partners together", required=True, pattern=ACTOR
        ),
        *period_columns(),
        Column("commodity", "text", "TOTAL, an HS code of 2, 4 or 6 digits, or the id of a basket", required=True),
        Column("exports_usd", "money", "the territory's exports to the partner, USD", minimum=0),
        Column("imports_usd", "money", "the territory's imports from the partner, USD", minimum=0),
        Column("total_usd", "money", "both together, USD; needed only where the two are not printed", minimum=0),
        Column("last_digit_usd", "money", "one unit of the last printed digit, USD; empty: taken as exact", minimum=0),
        *figure_columns(),
        *source_columns(),
    ),
    (FORWARD, some_of("exports_usd", "imports_usd", "total_usd")),
)

UNRECORDED = Table(
    "unrecorded",
    "a published range for exchange that trade tables leave out",
    (
        id_column(),
        Column("territory", "text", "whose exchange it is", required=True, pattern=ACTOR),
        Column("partner", "text", "with whom", required=True, pattern=ACTOR),
        *period_columns(),
        Column("kind", "text", "what was exchanged, for example arms or oil", required=True),
        Column("low_usd", "money", "lowest published value for the whole period, USD", required=True, minimum=0),
        Column("high_usd", "money", "highest published value for the whole period, USD", required=True, minimum=0),
        *figure_columns(),
        *source_columns(),
    ),
    (FORWARD, ordered("low_usd", "high_usd")),
)

VOTES = Table(
    "votes",
    "how one member voted on one resolution",
    (
        Column("date", "date", "day of the vote", required=True),
        Column("resolution", "text", "its symbol, with the roll call where one has several", required=True),
        Column("actor", "text", "ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column(
            "vote",
            "text",
            "Y yes, N no, A abstained, - absent or not a member",
            required=True,
            allowed=("Y", "N", "A", "-"),
        ),
        *source_columns(),
    ),
    key=("date", "resolution", "actor"),
)

#: Verbal or material, cooperation or conflict.
QUADS = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")

EVENTS = Table(
    "events",
    "one dated interaction, from one actor to another",
    (
        id_column(),
        Column("date", "date", "its day; the first of the month or year where only that is known", required=True),
        Column("date_precision", "text", "how firm the date is", required=True, allowed=("day", "month", "year")),
        Column("source_actor", "text", "who acted", required=True, pattern=ACTOR),
        Column("target_actor", "text", "toward whom", required=True, pattern=ACTOR),
        Column("kind", "text", "kind of event, for example summit, visit, sanction", required=True),
        Column("description", "text", "what happened, in a few words", required=True),
        Column("sign", "whole", "+1 cooperative, -1 conflictual, 0 neutral", required=True, minimum=-1),
        Column(
            "certainty", "text", "how sure it is that it happened so", required=True, allowed=("high", "medium", "low")
        ),
        Column("code", "text", "the code of what happened, as published: CAMEO's digits or PLOVER's words"),
        Column("goldstein", "number", "its intensity on Goldstein's scale, -10 to 10", minimum=-10),
        Column("quad", "text", "its quad class", allowed=QUADS),
        Column(
            "parties",
            "text",
            "of a joint event: all its parties, three or more, in the order of the alphabet, joined "
            "by +; empty for an event of two. A joint event is one row, and measures of dyads leave it out",
            pattern="^[A-Z]{3}([+][A-Z]{3}){2,}$",
        ),
        Column("reports", "whole", "how many reports were counted once as this event", minimum=1),
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
        Rule("sign between -1 and 1", "a sign beyond one", "-1, 0 or 1", "Use -1, 0 or 1.", "not-allowed"),
        Rule(
            "goldstein is null or goldstein <= 10",
            "an intensity above 10",
            "-10 to 10",
            "Correct the figure.",
            "not-allowed",
        ),
        Rule(
            "parties is null or (contains(parties, source_actor) and contains(parties, target_actor))",
            "a joint event that leaves out who acted, or toward whom",
            "every party in parties",
            "Add the actor to parties.",
            "not-allowed",
        ),
    ),
)

PROVISIONS = Table(
    "provisions",
    "one measure of a sanctions resolution",
    (
        id_column(),
        Column("resolution", "text", "the resolution that holds it", required=True),
        Column("target", "text", "the actor it binds or shields, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("product", "text", "what it is about", required=True),
        Column("measure", "text", "ban, cap, deadline …", required=True),
        Column("cap_value", "number", "the cap, in cap_unit, per calendar year", minimum=0),
        Column("cap_unit", "text", "bbl, t or USD", allowed=("bbl", "t", "USD")),
        Column("start", "date", "first day in force", required=True),
        Column("end", "date", "the day after the last in force; empty: still in force"),
        *source_columns(),
    ),
    (
        Rule(
            '"end" is null or "end" > "start"',
            "end not after start",
            "a provision that runs forward",
            "Correct one of the dates.",
            "dates-backwards",
        ),
        Rule(
            "(cap_value is null) = (cap_unit is null)",
            "a cap without a unit, or a unit without a cap",
            "both or neither",
            "Fill in both.",
            "cap-without-unit",
        ),
    ),
)

DELIVERIES = Table(
    "deliveries",
    "a delivery that suppliers notified, by period",
    (
        id_column(),
        Column(
            "supplier",
            "text",
            "who notified it; several joined by +",
            required=True,
            pattern="^[A-Z]{3}([+][A-Z]{3})*$",
        ),
        Column("recipient", "text", "to whom", required=True, pattern=ACTOR),
        Column("product", "text", "what, as the provision names it", required=True),
        *period_columns(),
        Column("tonnes", "number", "metric tonnes, where printed", minimum=0),
        Column("barrels", "number", "barrels of 159 litres, where printed", minimum=0),
        Column(
            "last_digit", "number", "one unit of the last printed digit, in the unit printed; empty: exact", minimum=0
        ),
        *figure_columns(),
        *source_columns(),
    ),
    (FORWARD, some_of("tonnes", "barrels")),
)

UNREPORTED = Table(
    "unreported",
    "an estimate of deliveries that nobody notified, by period",
    (
        id_column(),
        Column("recipient", "text", "to whom", required=True, pattern=ACTOR),
        Column("product", "text", "what, as the provision names it", required=True),
        *period_columns(),
        Column("calls", "whole", "tanker calls counted", minimum=0),
        Column("barrels", "number", "barrels if every tanker carried the load of the next two columns", minimum=0),
        Column("load_low", "number", "lowest share of capacity that barrels assumes", minimum=0),
        Column("load_high", "number", "highest share of capacity that barrels assumes", minimum=0),
        Column("last_digit", "number", "one unit of the last printed digit, barrels; empty: exact", minimum=0),
        *figure_columns(),
        *source_columns(),
    ),
    (
        FORWARD,
        Rule(
            "barrels is not null or calls is not null or quality = 'missing'",
            "no figure",
            "barrels or calls",
            "Fill one in, or mark the row quality = missing.",
            "no-figure",
        ),
        ordered("load_low", "load_high"),
        Rule(
            "load_high is null or load_high <= 1",
            "a load above one",
            "a share of capacity, 0 to 1",
            "Write 0.9 for 90 per cent.",
            "not-allowed",
        ),
    ),
)

BASKETS = Table(
    "baskets",
    "one commodity of a basket",
    (
        Column("basket", "text", "the basket's id", required=True),
        Column("commodity", "text", "HS code of 2, 4 or 6 digits", required=True, pattern="^[0-9]{2,6}$"),
        Column("tier", "whole", "the list's own tier, where it has one", minimum=0),
        Column("label", "text", "what it is"),
        *source_columns(),
    ),
    key=("basket", "commodity"),
)

TABLES: Mapping[str, Table] = {
    t.name: t
    for t in (
        SOURCES,
        TRADE,
        UNRECORDED,
        VOTES,
        EVENTS,
        PROVISIONS,
        DELIVERIES,
        UNREPORTED,
        BASKETS,
        WORKERS,
        THEFTS,
        THEFT_TOTALS,
        EVASION_CASES,
        STATEMENTS,
        TOPICS,
        PORTS,
        VESSELS,
        DESIGNATED_VESSELS,
    )
}
