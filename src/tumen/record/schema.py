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
    precision_column,
    some_of,
    source_columns,
)
from tumen.record.columns import QUALITIES as QUALITIES
from tumen.record.columns import TYPES as TYPES
from tumen.record.columns import Column as Column
from tumen.record.columns import Rule as Rule
from tumen.record.columns import Table as Table
from tumen.sanctions.ledgers import EVASION_CASES, THEFT_TOTALS, THEFTS, WORKERS
from tumen.vessels.ships import DESIGNATED_VESSELS, PORTS, VESSELS
from tumen.words.remarks import STATEMENTS, TOPICS

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
)

TRADE = Table(
    "trade",
    "goods trade of one territory with one partner in one period, by one publisher",
    (
        id_column(),
        Column("territory", "text", "territory whose trade it is, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column(
            "partner",
            "text",
            "partner in the trade, ISO 3166 alpha-3; WLD: all partners together",
            required=True,
            pattern=ACTOR,
        ),
        *period_columns(),
        Column(
            "commodity", "text", "goods: TOTAL, an HS code of 2, 4 or 6 digits, or the id of a basket", required=True
        ),
        Column("exports_usd", "money", "exports of the territory to the partner, USD", minimum=0),
        Column("imports_usd", "money", "imports of the territory from the partner, USD", minimum=0),
        Column(
            "total_usd", "money", "exports and imports together, USD; needed only where they are not printed", minimum=0
        ),
        Column("last_digit_usd", "money", "one unit of the last printed digit, USD; empty: exact", minimum=0),
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
        Column("territory", "text", "territory whose exchange it is, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("partner", "text", "partner in the exchange, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        *period_columns(),
        Column("kind", "text", "goods exchanged, for example arms or oil", required=True),
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
)

PROVISIONS = Table(
    "provisions",
    "one measure of a sanctions resolution",
    (
        id_column(),
        Column("resolution", "text", "resolution that contains the measure", required=True),
        Column("target", "text", "actor that it binds or shields, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("product", "text", "product or activity that it concerns", required=True),
        Column("measure", "text", "type of measure: ban, cap, deadline …", required=True),
        Column("cap_value", "number", "cap per calendar year, in cap_unit", minimum=0),
        Column("cap_unit", "text", "unit of the cap: bbl, t or USD", allowed=("bbl", "t", "USD")),
        Column("start", "date", "first day in force", required=True),
        Column("end", "date", "day after the last day in force; empty: still in force"),
        *source_columns(),
    ),
    (
        Rule(
            '"end" is null or "end" > "start"',
            "an end that is not after the start",
            "an end later than the start",
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
            "supplier that notified it, ISO 3166 alpha-3; several joined by +",
            required=True,
            pattern="^[A-Z]{3}([+][A-Z]{3})*$",
        ),
        Column("recipient", "text", "recipient, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("product", "text", "product, as the provision names it", required=True),
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
        Column("recipient", "text", "recipient, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("product", "text", "product, as the provision names it", required=True),
        *period_columns(),
        Column("calls", "whole", "number of tanker calls counted", minimum=0),
        Column("barrels", "number", "barrels delivered if each tanker is as full as load_low and load_high", minimum=0),
        Column("load_low", "number", "lowest share of capacity (0 to 1) that barrels assumes", minimum=0),
        Column("load_high", "number", "highest share of capacity (0 to 1) that barrels assumes", minimum=0),
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
        Column("basket", "text", "id of the basket", required=True),
        Column("commodity", "text", "HS code of 2, 4 or 6 digits", required=True, pattern="^[0-9]{2,6}$"),
        Column("tier", "whole", "tier in the list that was published, where it has tiers", minimum=0),
        Column("label", "text", "name of the commodity in plain words"),
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
