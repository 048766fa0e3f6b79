"""The table of harvests."""

from __future__ import annotations

from tumen import Column, Table
from tumen.record.columns import Rule, id_column, source_columns

HARVESTS = Table(
    "harvests",
    "what one field gave in one year",
    (
        id_column(),
        Column("field", "text", "name of the field", required=True),
        Column("year", "whole", "year of the harvest", required=True, minimum=1),
        Column("hectares", "number", "area of the field in hectares", required=True, minimum=0),
        Column("tonnes", "number", "weight of the harvest in tonnes", required=True, minimum=0),
        *source_columns(),
    ),
    rules=(
        Rule(
            "hectares > 0",
            "a field without an area",
            "hectares above 0",
            "Fill in the area; a yield is a weight by it.",
            "field-without-area",
        ),
    ),
)

TABLES = (HARVESTS,)
