"""Ships and the ports they call at: what a case says of them, so that what is found at sea can be read."""

from __future__ import annotations

from tumen.record.columns import ACTOR, Column, Rule, Table, id_column, imo_check, imo_column, source_columns

#: What a port handles: words of cargo, in small letters, joined by +.
_CARGOES = "^[a-z][a-z -]*([+][a-z][a-z -]*)*$"

PORTS = Table(
    "ports",
    "one port or anchorage",
    (
        id_column("names the port"),
        Column("name", "text", "what it is called", required=True),
        Column("territory", "text", "whose it is, ISO 3166 alpha-3", pattern=ACTOR),
        Column(
            "kind", "text", "a port, or an anchorage where ships wait", required=True, allowed=("port", "anchorage")
        ),
        Column("lat", "number", "latitude, degrees north", required=True, minimum=-90),
        Column("lon", "number", "longitude, degrees east", required=True, minimum=-180),
        Column(
            "handles",
            "text",
            "cargoes that it handles, as claims name them, joined by +, for example coal+oil; empty: not known",
            pattern=_CARGOES,
        ),
        *source_columns(),
    ),
    (
        Rule(
            "lat <= 90 and lon <= 180",
            "a place off the globe",
            "latitude to 90 and longitude to 180",
            "Correct the place.",
            "not-allowed",
        ),
    ),
)

VESSELS = Table(
    "vessels",
    "one source's description of one vessel",
    (
        id_column("names the row"),
        Column("name", "text", "what she was called"),
        imo_column(),
        Column("mmsi", "whole", "her MMSI", minimum=1),
        Column("flag", "text", "her flag, ISO 3166 alpha-3", pattern=ACTOR),
        Column("kind", "text", "what she is built to carry", allowed=("tanker", "bulk", "other")),
        Column("deadweight_t", "number", "her deadweight, metric tonnes", minimum=0),
        *source_columns(),
    ),
    (
        Rule(
            "imo is not null or mmsi is not null",
            "a vessel without a number",
            "an IMO number or an MMSI",
            "Fill one in; names alone do not tell vessels apart.",
            "vessel-unnumbered",
        ),
        imo_check(),
    ),
)

DESIGNATED_VESSELS = Table(
    "designated_vessels",
    "one authority's listing of one vessel",
    (
        id_column("names the listing"),
        Column("name", "text", "her name as listed"),
        imo_column(),
        Column("mmsi", "whole", "her MMSI, where it is listed", minimum=1),
        Column(
            "flag",
            "text",
            "the territory whose flag she had, as listed, ISO 3166 alpha-3; empty: none, or not known",
            pattern=ACTOR,
        ),
        Column("authority", "text", "who lists her, for example UN 1718", required=True),
        Column(
            "status",
            "text",
            "what the authority did or said; named: it named her in public and did no more",
            required=True,
            allowed=("designated", "delisted", "deregistered", "detained", "seized", "forfeited", "proposed", "named"),
        ),
        Column(
            "list_date", "date", "the day; the first of the month or year where only that is known; empty: not known"
        ),
        Column("date_precision", "text", "how firm the date is", allowed=("day", "month", "year")),
        Column(
            "date_certainty",
            "text",
            "stated: it was read somewhere; recalled: from memory, to be looked up",
            allowed=("stated", "recalled"),
        ),
        Column("measure", "text", "the measure or programme, for example asset freeze"),
        Column("aliases", "text", "her other names, joined by |, which no ship can send in a name"),
        *source_columns(),
    ),
    (
        Rule(
            "name is not null or imo is not null or mmsi is not null",
            "a listing without a name or number",
            "a name, an IMO number or an MMSI",
            "Fill one in.",
            "listing-empty",
        ),
        Rule(
            "(list_date is null) = (date_precision is null) and (list_date is null) = (date_certainty is null)",
            "a date without its precision and certainty, or these without a date",
            "all three or none",
            "Fill them in, or leave all three empty.",
            "date-incomplete",
        ),
        imo_check(),
    ),
)
