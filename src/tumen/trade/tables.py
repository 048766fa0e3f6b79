"""The tables of goods trade: what publishers print, what they leave out, and baskets of commodities."""

from __future__ import annotations

from tumen.record.columns import (
    ACTOR,
    FORWARD,
    Column,
    Figure,
    ForeignTable,
    Rule,
    Table,
    figure_columns,
    id_column,
    ordered,
    period_columns,
    some_of,
    source_columns,
)
from tumen.trade.plausible_trade import PARTNER_ABOVE_WORLD, PARTNERS_ABOVE_WORLD, RANGES_OVERLAP

#: The two sides make the total, but for the rounding of all three; rows that say of themselves that they are wrong are
#: known to be.
ADDS_UP = Rule(
    "quality in ('conflict', 'suspect', 'garbled', 'missing') or least(total_usd, exports_usd, imports_usd) < 0 "
    "or abs(total_usd - exports_usd - imports_usd) <= 1.5 * coalesce(last_digit_usd, 0)",
    "exports and imports that do not make the total",
    "a total_usd of exports_usd and imports_usd together, but for rounding",
    "Correct a figure or last_digit_usd, or mark the row quality = conflict.",
    "total-contradicted",
    strict=False,
    shows="format('exports of {:,.0f} and imports of {:,.0f} that do not make the total of {:,.0f} USD', "
    "exports_usd, imports_usd, total_usd)",
)

#: Goods that come back are told, for they inflate a total.
_OF_ITS_OWN = Rule(
    "territory <> partner",
    "trade of a territory with itself",
    "another partner",
    "Goods that come back count in a total and are no trade with others. If that is meant, nothing is to be done.",
    "own-partner",
    strict=False,
    shows="format('trade of {} with itself', territory)",
)

_TRADE_FIGURE = Figure(
    ("territory", "partner", "start", "end", "commodity", "publisher"),
    ("exports_usd", "imports_usd", "coalesce(total_usd, exports_usd + imports_usd) as total_usd"),
    "last_digit_usd",
)

#: A download of UN Comtrade, by the names of columns in its present and its earlier form.
COMTRADE_FILE = ForeignTable(
    (
        "reportercode",
        "reporteriso",
        "flowcode",
        "cmdcode",
        "primaryvalue",
        "tradeflowcode",
        "commoditycode",
        "tradevalue(us$)",
    ),
    "the columns of a download of UN Comtrade",
    "Move it out of record/, then: tumen import comtrade FILE --into CASE --source ID.",
)

#: A code of the Harmonized System has two digits for each level; one of three or five has lost the zero before it.
ZERO_KEPT = Rule(
    "commodity is null or not regexp_matches(commodity, '^[0-9]+$') or length(commodity) % 2 = 0",
    "a code with an odd number of digits",
    "an HS code of 2, 4 or 6 digits",
    "Write the zero that is lost before it; spreadsheets drop it.",
    "code-zero-lost",
    strict=False,
    shows="concat('the code ''', commodity, ''', which has an odd number of digits')",
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
    (FORWARD, some_of("exports_usd", "imports_usd", "total_usd"), ADDS_UP, ZERO_KEPT, _OF_ITS_OWN),
    figure=_TRADE_FIGURE,
    errors=True,
    plausible=(PARTNER_ABOVE_WORLD, PARTNERS_ABOVE_WORLD),
    foreign=(COMTRADE_FILE,),
)

_RANGE = Figure(("territory", "partner", "start", "end", "kind", "publisher"), ("low_usd", "middle_usd", "high_usd"))

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
        Column("middle_usd", "money", "value between the two, where one was stated, USD; see `shape`", minimum=0),
        Column("high_usd", "money", "highest published value for the whole period, USD", required=True, minimum=0),
        Column(
            "shape",
            "text",
            "reading of the three values: quantiles (the middle is the median; the default), or pert (least, likeliest "
            "and largest, with nothing outside)",
            allowed=("quantiles", "pert"),
        ),
        *figure_columns(),
        *source_columns(),
    ),
    (
        FORWARD,
        ordered("low_usd", "high_usd"),
        ordered("low_usd", "middle_usd"),
        ordered("middle_usd", "high_usd"),
        _OF_ITS_OWN,
    ),
    figure=_RANGE,
    errors=True,
    plausible=(RANGES_OVERLAP,),
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
    (ZERO_KEPT,),
    key=("basket", "commodity"),
)

TABLES = (TRADE, UNRECORDED, BASKETS)
