"""Ships and the ports they call at: what a case says of them, so that what is found at sea can be read."""

from __future__ import annotations

from tumen.record.columns import ACTOR, Column, Rule, Table, id_column, source_columns

#: What a port handles: words of cargo, in small letters, joined by +.
_CARGOES = "^[a-z][a-z -]*([+][a-z][a-z -]*)*$"

PORTS = Table(
    "ports",
    "one port or anchorage",
    (
        id_column("names the port"),
        Column("name", "text", "what it is called", required=True),
        Column("territory", "text", "whose it is, ISO 3166 alpha-3", pattern=ACTOR),
        Column("kind", "text", "a port, or an anchorage where ships wait", required=True, allowed=("port", "anchorage")),
        Column("lat", "number", "latitude, degrees north", required=True, minimum=-90),
        Column("lon", "number", "longitude, degrees east", required=True, minimum=-180),
        Column("handles", "text", "cargoes that it handles, as claims name them, joined by +, for example coal+oil; "
               "empty: not known", pattern=_CARGOES),
        *source_columns(),
    ),
    (
        Rule("lat <= 90 and lon <= 180", "a place off the globe", "latitude to 90 and longitude to 180",
             "Correct the place.", "not-allowed"),
    ),
)  # fmt: skip

VESSELS = Table(
    "vessels",
    "one source's description of one vessel",
    (
        id_column("names the row"),
        Column("name", "text", "what she was called"),
        Column("imo", "text", "her IMO number, seven digits", pattern="^[0-9]{7}$"),
        Column("mmsi", "whole", "her MMSI", minimum=1),
        Column("kind", "text", "what she is built to carry", allowed=("tanker", "bulk", "other")),
        Column("deadweight_t", "number", "her deadweight, metric tonnes", minimum=0),
        *source_columns(),
    ),
    (
        Rule("imo is not null or mmsi is not null", "a vessel without a number", "an IMO number or an MMSI",
             "Fill one in; names alone do not tell vessels apart.", "vessel-unnumbered"),
    ),
)  # fmt: skip
