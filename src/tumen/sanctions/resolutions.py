"""The tables of what resolutions allow, and of what was delivered."""

from __future__ import annotations

from tumen.record.columns import (
    ACTOR,
    FORWARD,
    Column,
    Figure,
    Link,
    Rule,
    Table,
    figure_columns,
    id_column,
    ordered,
    period_columns,
    some_of,
    source_columns,
)

#: What force a provision can have.
FORCES = ("rule", "call", "institution", "draft", "superseded")

PROVISIONS = Table(
    "provisions",
    "one measure of a sanctions resolution",
    (
        id_column(),
        Column("resolution", "text", "resolution that contains the measure", required=True),
        Column("target", "text", "actor that it binds or shields, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("product", "text", "product or activity that it concerns", required=True),
        Column("measure", "text", "type of measure: ban, cap, deadline …", required=True),
        Column(
            "cap_value",
            "number",
            "cap per calendar year, or for its time in force where that is shorter, in cap_unit",
            minimum=0,
        ),
        Column("cap_unit", "text", "unit of the cap: bbl, t or USD", allowed=("bbl", "t", "USD")),
        Column("start", "date", "first day in force", required=True),
        Column("end", "date", "day after the last day in force; empty: still in force"),
        Column(
            "legal_force",
            "text",
            "force that it has: a rule, a call upon states, an institution that it makes or prolongs, a draft that was "
            "not adopted, or one superseded before it began; empty: a rule. Only rules and calls can be broken",
            allowed=FORCES,
        ),
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
    lasts=True,
)

#: A tonne of oil products is 6 to 9 barrels, but for the rounding of the two.
_OF_ONE_SIZE = Rule(
    "quality in ('conflict', 'suspect', 'garbled', 'missing') or not isfinite(tonnes) or not isfinite(barrels) "
    "or coalesce(tonnes, 0) <= 0 or coalesce(barrels, 0) <= 0 "
    "or barrels + coalesce(last_digit, 0) / 2 >= 6 * greatest(0, tonnes - coalesce(last_digit, 0) / 2) "
    "and barrels - coalesce(last_digit, 0) / 2 <= 9 * (tonnes + coalesce(last_digit, 0) / 2)",
    "tonnes and barrels that are not of one quantity",
    "6 to 9 barrels to a tonne of oil products",
    "See in which unit the source prints it, and correct the other cell or leave it empty.",
    "tonnes-against-barrels",
    strict=False,
    shows="format('{:,.0f} tonnes and {:,.0f} barrels, {:,.2f} barrels to a tonne', tonnes, barrels, barrels / tonnes)",
)

_DELIVERED = Figure(
    ("supplier", "recipient", "product", "start", "end", "publisher"), ("tonnes", "barrels"), "last_digit"
)

_ESTIMATED = Figure(
    ("recipient", "product", "start", "end", "load_low", "load_high", "publisher"), ("barrels",), "last_digit"
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
    (FORWARD, some_of("tonnes", "barrels"), _OF_ONE_SIZE),
    figure=_DELIVERED,
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
    figure=_ESTIMATED,
    coverage="sampled",
)

#: The tables whose rows can show that a provision was broken or kept.
WITNESSES = ("evasion_cases", "evasion_parts", "workers", "unrecorded", "events")

BREACHES = Table(
    "breaches",
    "a row of another table that shows that a provision was broken, or kept",
    (
        id_column(),
        Column("provision", "text", "provision, as an id of the table provisions", required=True),
        Column("witness_table", "text", "table of the row that shows it", required=True, allowed=WITNESSES),
        Column("witness_row", "text", "id of that row", required=True),
        Column("shows", "text", "whether the provision was broken or kept", required=True, allowed=("broken", "kept")),
        Column(
            "certainty",
            "text",
            "certainty with which the row shows it: stated, or suspected",
            required=True,
            allowed=("stated", "suspected"),
        ),
        Column("note", "text", "remark for readers"),
    ),
    links=(Link("provision", "provisions", "provision"),),
    coverage="convenience",
)
