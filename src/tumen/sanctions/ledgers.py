"""The ledgers of evasion: workers abroad, thefts, and published cases at sea."""

from __future__ import annotations

from tumen.record.columns import (
    ACTOR,
    FORWARD,
    Column,
    Figure,
    Rule,
    Table,
    figure_columns,
    id_column,
    ordered,
    period_columns,
    precision_column,
    some_of,
    source_columns,
)
from tumen.sanctions.plausible_thefts import TOLD_TWICE, VALUE_UNIT
from tumen.vessels.numbers import imo_check, imo_column, imo_filler

#: Whom a figure for workers is about. Only the first stands for all of them.
SCOPES = (
    *("all", "construction", "IT", "seafood", "drones", "students", "business"),
    *("troops", "engineer troops", "construction troops", "sappers", "border guards", "part"),
)

#: The ends of what was stolen, where a range is printed and where it is not.
_PRINTED_USD = (
    "coalesce(low_usd, value_usd, high_usd) as low_usd",
    "coalesce(high_usd, value_usd, low_usd) as high_usd",
)

_WORKERS_FIGURE = Figure(
    ("origin_actor", "host", "start", "end", "kind", "coalesce(scope, 'all')", "publisher"), ("low", "high")
)

_TOTAL_FIGURE = Figure(("actor", "start", "end", "publisher"), _PRINTED_USD)

WORKERS = Table(
    "workers",
    "a published figure for one actor's workers in one host, in one period",
    (
        id_column(),
        Column("origin_actor", "text", "actor whose workers they are, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column(
            "host",
            "text",
            "host where they work, ISO 3166 alpha-3; WLD: all hosts together; XXX: several that the note names",
            required=True,
            pattern=ACTOR,
        ),
        Column(
            "start",
            "date",
            "first day of the period (UTC); of a plan, of the time when it was stated; empty: nobody prints since when",
        ),
        Column("end", "date", "day after the last day of the period (UTC)", required=True),
        Column(
            "kind",
            "text",
            "kind of figure: stock (workers present), entries (arrivals), departures (people sent home), visas (asked "
            "for or issued) or plan (people who are meant to come). The five are never added up",
            required=True,
            allowed=("stock", "entries", "departures", "visas", "plan"),
        ),
        Column(
            "scope",
            "text",
            "people whom the figure counts: all of them, a sort of work or entry, soldiers, or another part that the "
            "note names; empty: all. A part never stands for all",
            allowed=SCOPES,
        ),
        Column("low", "whole", "lowest published number of people", minimum=0),
        Column(
            "high", "whole", "highest published number of people; equal to low where one number is printed", minimum=0
        ),
        Column("remittance_low_usd", "money", "lowest published value of what they send home, USD a year", minimum=0),
        Column("remittance_high_usd", "money", "highest published value of what they send home, USD a year", minimum=0),
        *figure_columns(),
        *source_columns(),
    ),
    (
        FORWARD,
        some_of("low", "high", "remittance_low_usd", "remittance_high_usd"),
        ordered("low", "high"),
        ordered("remittance_low_usd", "remittance_high_usd"),
    ),
    figure=_WORKERS_FIGURE,
    coverage="convenience",
)

THEFTS = Table(
    "thefts",
    "one report of one theft",
    (
        id_column(),
        Column("date", "date", "day of the theft; the first of the month or year if only that is known", required=True),
        precision_column(),
        Column("victim", "text", "victim of the theft", required=True),
        Column("value_usd", "money", "value stolen, at the time of the theft, USD", minimum=0),
        Column("low_usd", "money", "lowest value, USD, where a range is printed", minimum=0),
        Column("high_usd", "money", "highest value, USD, where a range is printed", minimum=0),
        Column("attributed_to", "text", "actor behind the theft, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column(
            "attribution",
            "text",
            "body that names the actor: a government, a panel of experts of governments, firms, or one researcher",
            required=True,
            allowed=("government", "panel", "firms", "researcher"),
        ),
        Column("duplicate_of", "text", "id of the row that counts for the same theft; empty in that row itself"),
        *figure_columns(),
        *source_columns(),
    ),
    (
        some_of("value_usd", "low_usd", "high_usd"),
        ordered("low_usd", "high_usd"),
        Rule(
            "duplicate_of is null or duplicate_of <> id",
            "a duplicate of itself",
            "the id of another row",
            "Leave duplicate_of empty in the row that counts for the theft.",
            "not-allowed",
        ),
    ),
    figure=Figure(("attributed_to", "publisher"), _PRINTED_USD),
    same="duplicate_of",
    coverage="convenience",
    plausible=(TOLD_TWICE, VALUE_UNIT),
)

THEFT_TOTALS = Table(
    "theft_totals",
    "one publisher's total of what an actor stole in one period",
    (
        id_column(),
        Column("actor", "text", "actor behind the thefts, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("start", "date", "first day of the period (UTC); empty: the publisher prints no beginning"),
        Column("end", "date", "day after the last day of the period (UTC)", required=True),
        Column("value_usd", "money", "value stolen in the whole period, USD", minimum=0),
        Column("low_usd", "money", "lowest value, USD, where a range is printed", minimum=0),
        Column("high_usd", "money", "highest value, USD, where a range is printed", minimum=0),
        Column("incidents", "whole", "number of thefts, where printed", minimum=0),
        *figure_columns(),
        *source_columns(),
    ),
    (FORWARD, some_of("value_usd", "low_usd", "high_usd", "incidents"), ordered("low_usd", "high_usd")),
    figure=_TOTAL_FIGURE,
)

EVASION_CASES = Table(
    "evasion_cases",
    "one published case of evasion",
    (
        id_column(),
        Column(
            "actor",
            "text",
            "actor under sanctions whose cargo it is, ISO 3166 alpha-3",
            required=True,
            pattern=ACTOR,
        ),
        Column(
            "date",
            "date",
            "day of the case; the first of the month, year or period if only that is known",
            required=True,
        ),
        precision_column(),
        Column("kind", "text", "kind of case, for example sts (ship to ship)", required=True),
        Column("cargo", "text", "cargo, in one word", required=True),
        Column(
            "cargo_certainty",
            "text",
            "certainty with which the report names the cargo",
            required=True,
            allowed=("stated", "likely", "suspected"),
        ),
        Column("vessel_1", "text", "name of one vessel, or what is known of it"),
        imo_column("imo_1"),
        Column("vessel_2", "text", "name of the other vessel, or what is known of it"),
        imo_column("imo_2"),
        Column("lat", "number", "latitude, degrees north", minimum=-90),
        Column("lon", "number", "longitude, degrees east", minimum=-180),
        Column("area", "text", "area in words"),
        Column("quantity", "number", "quantity carried, in quantity_unit", minimum=0),
        Column("quantity_unit", "text", "unit of the quantity: t, bbl, USD …"),
        Column(
            "reported_by", "text", "body that published it first: a government, a panel, an institute", required=True
        ),
        *source_columns(),
    ),
    (
        Rule(
            "(lat is null) = (lon is null) and coalesce(lat, 0) <= 90 and coalesce(lon, 0) <= 180",
            "a position off the globe, or only one of latitude and longitude",
            "a latitude up to 90 and a longitude up to 180, or neither",
            "Correct the position, or leave both cells empty.",
            "not-allowed",
        ),
        imo_filler("imo_1"),
        imo_filler("imo_2"),
        imo_check("imo_1"),
        imo_check("imo_2"),
    ),
    coverage="convenience",
)

EVASION_PARTS = Table(
    "evasion_parts",
    "one published case of evasion, and what its source says of another actor's part in it",
    (
        id_column(),
        Column("actor", "text", "actor under sanctions, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("part_of", "text", "actor whose part is asked after, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        *period_columns(),
        Column(
            "channels", "text", "ways of evasion, for example coal, oil, workers; several joined by +", required=True
        ),
        Column("description", "text", "case in a few words", required=True),
        Column(
            "part",
            "text",
            "what the source says of that actor's part: stated; none: it tells of others alone; not stated: what was "
            "read is silent; denied: the actor's own answer",
            required=True,
            allowed=("stated", "none", "not stated", "denied"),
        ),
        Column("part_kinds", "text", "where the part lies, for example waters, ports, firms; several joined by +"),
        Column("quantity", "number", "quantity, in quantity_unit", minimum=0),
        Column("quantity_unit", "text", "unit of the quantity: t, bbl, USD …"),
        Column(
            "reported_by", "text", "body that published it first: a government, a panel, an institute", required=True
        ),
        Column("duplicate_of", "text", "id of the row that counts for the same case; empty in that row itself"),
        *source_columns(),
    ),
    (
        FORWARD,
        Rule(
            "duplicate_of is null or duplicate_of <> id",
            "a duplicate of itself",
            "the id of another row",
            "Leave duplicate_of empty in the row that counts for the case.",
            "not-allowed",
        ),
        Rule(
            "(part = 'stated') = (part_kinds is not null)",
            "a part without its kinds, or kinds without a part",
            "part_kinds where, and only where, a part is stated",
            "Fill in part_kinds, or leave it empty.",
            "not-allowed",
        ),
    ),
    same="duplicate_of",
    coverage="convenience",
)
