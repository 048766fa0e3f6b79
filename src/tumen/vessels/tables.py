"""Ships and the ports they call at: what a case knows about them, so that findings at sea can be read."""

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
from tumen.vessels.numbers import imo_check, imo_column, imo_filler

#: What a port handles: words of cargo, in small letters, joined by +.
_CARGOES = "^[a-z][a-z -]*([+][a-z][a-z -]*)*$"

PORTS = Table(
    "ports",
    "one port or anchorage",
    (
        id_column("id of the port"),
        Column("name", "text", "name of the port or anchorage", required=True),
        Column("territory", "text", "territory it belongs to, ISO 3166 alpha-3", pattern=ACTOR),
        Column(
            "kind",
            "text",
            "kind of place: a port, or an anchorage where ships wait",
            required=True,
            allowed=("port", "anchorage"),
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
            "a position off the globe",
            "a latitude up to 90 and a longitude up to 180",
            "Correct the position.",
            "not-allowed",
        ),
    ),
)

VESSELS = Table(
    "vessels",
    "one source's description of one vessel",
    (
        id_column("id of the row"),
        Column("name", "text", "name of the ship"),
        imo_column(),
        Column("mmsi", "whole", "MMSI of the ship, nine digits", minimum=1),
        Column("flag", "text", "flag of the ship, ISO 3166 alpha-3", pattern=ACTOR),
        Column("kind", "text", "kind of ship, by what it is built to carry", allowed=("tanker", "bulk", "other")),
        Column("deadweight_t", "number", "deadweight, metric tonnes", minimum=0),
        *source_columns(),
    ),
    (
        Rule(
            "imo is not null or mmsi is not null",
            "a vessel without a number",
            "an IMO number or an MMSI",
            "Fill one in: a name alone does not tell vessels apart.",
            "vessel-unnumbered",
        ),
        imo_filler(),
        imo_check(),
    ),
)

DESIGNATED_VESSELS = Table(
    "designated_vessels",
    "one authority's listing of one vessel",
    (
        id_column("id of the listing"),
        Column("name", "text", "name of the ship as listed"),
        imo_column(),
        Column("mmsi", "whole", "MMSI of the ship, nine digits, where it is listed", minimum=1),
        Column(
            "flag",
            "text",
            "flag of the ship as listed, ISO 3166 alpha-3; empty: none, or not known",
            pattern=ACTOR,
        ),
        Column("authority", "text", "authority that lists the ship, for example UN 1718", required=True),
        Column(
            "status",
            "text",
            "status: what the authority did; named: it named the ship in public and did no more",
            required=True,
            allowed=("designated", "delisted", "deregistered", "detained", "seized", "forfeited", "proposed", "named"),
        ),
        Column(
            "list_date",
            "date",
            "day of what the status says, such as the listing or, where delisted, its end; the first of the month or "
            "year if only that is known; empty: not known",
        ),
        precision_column(required=False),
        Column(
            "date_certainty",
            "text",
            "certainty of the date; stated: read in a source; recalled: from memory, still to be looked up",
            allowed=("stated", "recalled"),
        ),
        Column("measure", "text", "measure or programme, for example asset freeze"),
        Column(
            "aliases",
            "text",
            "other names of the ship, joined by |, a character that no ship can send in its name, or by ;",
        ),
        *source_columns(),
    ),
    (
        Rule(
            "name is not null or imo is not null or mmsi is not null",
            "a listing without a name or a number",
            "a name, an IMO number or an MMSI",
            "Fill one in.",
            "listing-empty",
        ),
        Rule(
            "(list_date is null) = (date_precision is null) and (list_date is null) = (date_certainty is null)",
            "a date without precision or certainty, or these without a date",
            "all three or none",
            "Fill in all three, or leave all three empty.",
            "date-incomplete",
        ),
        imo_filler(),
        imo_check(),
    ),
)

TABLES = (PORTS, VESSELS, DESIGNATED_VESSELS)
