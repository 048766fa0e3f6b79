"""The ledgers of evasion: workers abroad, thefts, and published cases at sea."""

from __future__ import annotations

from tumen.record.columns import (
    ACTOR,
    FORWARD,
    Column,
    Rule,
    Table,
    figure_columns,
    id_column,
    imo_check,
    imo_column,
    ordered,
    period_columns,
    some_of,
    source_columns,
)

WORKERS = Table(
    "workers",
    "a published figure for one actor's workers in one host, in one period",
    (
        id_column(),
        Column("origin_actor", "text", "whose workers they are, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column(
            "host", "text", "where they work, ISO 3166 alpha-3; WLD is all hosts together", required=True, pattern=ACTOR
        ),
        *period_columns(),
        Column(
            "kind",
            "text",
            "stock: workers present; entries: arrivals; departures: people sent home; plan: people "
            "that somebody means to take in. The four are never added",
            required=True,
            allowed=("stock", "entries", "departures", "plan"),
        ),
        Column("low", "whole", "lowest published number of people", minimum=0),
        Column("high", "whole", "highest published number of people; the same where one number is printed", minimum=0),
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
)

THEFTS = Table(
    "thefts",
    "one report of one theft",
    (
        id_column(),
        Column(
            "date", "date", "day of the theft; the first of the month or year where only that is known", required=True
        ),
        Column("date_precision", "text", "how firm the date is", required=True, allowed=("day", "month", "year")),
        Column("victim", "text", "who was robbed", required=True),
        Column("value_usd", "money", "value stolen, at the time, USD", minimum=0),
        Column("low_usd", "money", "lowest value, USD, where a range is printed", minimum=0),
        Column("high_usd", "money", "highest value, USD, where a range is printed", minimum=0),
        Column("attributed_to", "text", "the actor behind it, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column(
            "attribution",
            "text",
            "who says so: a government, a panel of experts that governments set up, firms, or one researcher",
            required=True,
            allowed=("government", "panel", "firms", "researcher"),
        ),
        Column("duplicate_of", "text", "id of the row that stands for the same theft; empty in that row itself"),
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
            "Leave duplicate_of empty in the row that stands for the theft.",
            "not-allowed",
        ),
    ),
)

THEFT_TOTALS = Table(
    "theft_totals",
    "one publisher's total of what an actor stole in one period",
    (
        id_column(),
        Column("actor", "text", "the actor behind the thefts, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        *period_columns(),
        Column("value_usd", "money", "value stolen in the whole period, USD", minimum=0),
        Column("low_usd", "money", "lowest value, USD, where a range is printed", minimum=0),
        Column("high_usd", "money", "highest value, USD, where a range is printed", minimum=0),
        Column("incidents", "whole", "how many thefts, where printed", minimum=0),
        *figure_columns(),
        *source_columns(),
    ),
    (FORWARD, some_of("value_usd", "low_usd", "high_usd", "incidents"), ordered("low_usd", "high_usd")),
)

EVASION_CASES = Table(
    "evasion_cases",
    "one published case of evasion",
    (
        id_column(),
        Column(
            "actor",
            "text",
            "the actor under sanctions whose cargo it is, ISO 3166 alpha-3",
            required=True,
            pattern=ACTOR,
        ),
        Column(
            "date", "date", "its day; the first of the month, year or period where only that is known", required=True
        ),
        Column("date_precision", "text", "how firm the date is", required=True, allowed=("day", "month", "year")),
        Column("kind", "text", "kind of case, for example sts (ship to ship)", required=True),
        Column("cargo", "text", "what was carried, in one word", required=True),
        Column(
            "cargo_certainty",
            "text",
            "what the report says of the cargo",
            required=True,
            allowed=("stated", "likely", "suspected"),
        ),
        Column("vessel_1", "text", "name of the vessel, or what is known of it"),
        imo_column("imo_1"),
        Column("vessel_2", "text", "name of the other vessel, or what is known of it"),
        imo_column("imo_2"),
        Column("lat", "number", "latitude, degrees north", minimum=-90),
        Column("lon", "number", "longitude, degrees east", minimum=-180),
        Column("area", "text", "where, in words"),
        Column("quantity", "number", "how much was carried, in quantity_unit", minimum=0),
        Column("quantity_unit", "text", "t, bbl, USD …"),
        Column("reported_by", "text", "who published it first: a government, a panel, an institute", required=True),
        *source_columns(),
    ),
    (
        Rule(
            "(lat is null) = (lon is null) and coalesce(lat, 0) <= 90 and coalesce(lon, 0) <= 180",
            "a place off the globe, or half of one",
            "latitude to 90 and longitude to 180, or neither",
            "Correct the place, or leave both empty.",
            "not-allowed",
        ),
        imo_check("imo_1"),
        imo_check("imo_2"),
    ),
)
