"""The tables of a record: one declared schema each, with units, allowed values and rules.

The schema is the contract between an analyst's files and every measure. docs/record.md is made
from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Types an author meets, and what the engine is told.
TYPES: Mapping[str, str] = {
    "text": "VARCHAR",
    "date": "DATE",
    "whole": "BIGINT",
    "number": "DOUBLE",
    "money": "DECIMAL(18,2)",
    "flag": "BOOLEAN",
}

QUALITIES = (
    "exact", "rounded", "as_published", "derived", "dataset", "estimate", "typo_corrected",
    "unit_corrected", "conflict", "lower_bound", "upper_bound", "suspect", "garbled", "missing",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column: its type, what it means (with unit), and what its cells may hold.

    Args:
        required: an empty cell is an error; the column must be in the file.
        allowed: the only values, where not empty.
        minimum: the smallest value, where not None.
        pattern: a regular expression that the whole cell must match.
    """

    name: str
    type: str
    meaning: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    pattern: str = ""


@dataclass(frozen=True)
class Rule:
    """A condition on a whole row, in SQL; rows where it is false are errors."""

    holds: str
    got: str
    expected: str
    fix: str
    slug: str


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its columns, the key that names a row, and its rules."""

    name: str
    row_is: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()

    def column(self, name: str) -> Column | None:
        """The column of that name, or None."""
        return next((c for c in self.columns if c.name == name), None)


ACTOR = "^[A-Z]{3}$"


def _id(meaning: str = "names this row; shown wherever the row is used") -> Column:
    return Column("id", "text", meaning, required=True)


def _source() -> tuple[Column, Column]:
    return (
        Column("source", "text", "id of a row of sources: where the figure was read", required=True),
        Column("note", "text", "anything a reader should know"),
    )


def _period() -> tuple[Column, Column]:
    return (
        Column("start", "date", "first day of the period (UTC)", required=True),
        Column("end", "date", "the day after the period's last (UTC); periods are half-open", required=True),
    )


def _figure() -> tuple[Column, Column]:
    return (
        Column("publisher", "text", "who made the figure; publishers are never spliced", required=True),
        Column("quality", "text", "how firm the figure is", required=True, allowed=QUALITIES),
    )


FORWARD = Rule(
    '"end" > "start"', "end not after start", "a period that runs forward",
    "Periods are half-open: give the day after the last as its end.", "dates-backwards",
)  # fmt: skip


def _some(*names: str) -> Rule:
    some = " or ".join(f"{n} is not null" for n in names)
    return Rule(
        f"{some} or quality = 'missing'", "no figure", "one of " + ", ".join(names),
        "Fill one in, or mark the row quality = missing.", "no-figure",
    )  # fmt: skip


def _ordered(low: str, high: str) -> Rule:
    return Rule(
        f"{low} is null or {high} is null or {low} <= {high}", f"{low} above {high}",
        f"{low} not above {high}", "Swap them.", "range-reversed",
    )  # fmt: skip


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
        Column("access", "text", "who may see where it comes from", required=True,
               allowed=("public", "restricted", "chatham-house")),
        Column("origin", "text", "who first published it, where this source repeats another, for example a news agency"),
        Column("note", "text", "why it has these grades"),
    ),
)  # fmt: skip

TRADE = Table(
    "trade",
    "goods trade of one territory with one partner in one period, by one publisher",
    (
        _id(),
        Column("territory", "text", "whose trade it is, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("partner", "text", "with whom, ISO 3166 alpha-3; WLD is all partners together",
               required=True, pattern=ACTOR),
        *_period(),
        Column("commodity", "text", "TOTAL, an HS code of 2, 4 or 6 digits, or the id of a basket",
               required=True),
        Column("exports_usd", "money", "the territory's exports to the partner, USD", minimum=0),
        Column("imports_usd", "money", "the territory's imports from the partner, USD", minimum=0),
        Column("total_usd", "money", "both together, USD; needed only where the two are not printed", minimum=0),
        Column("last_digit_usd", "money", "one unit of the last printed digit, USD; empty: taken as exact", minimum=0),
        *_figure(),
        *_source(),
    ),
    (FORWARD, _some("exports_usd", "imports_usd", "total_usd")),
)  # fmt: skip

UNRECORDED = Table(
    "unrecorded",
    "a published range for exchange that trade tables leave out",
    (
        _id(),
        Column("territory", "text", "whose exchange it is", required=True, pattern=ACTOR),
        Column("partner", "text", "with whom", required=True, pattern=ACTOR),
        *_period(),
        Column("kind", "text", "what was exchanged, for example arms or oil", required=True),
        Column("low_usd", "money", "lowest published value for the whole period, USD", required=True, minimum=0),
        Column("high_usd", "money", "highest published value for the whole period, USD", required=True, minimum=0),
        *_figure(),
        *_source(),
    ),
    (FORWARD, _ordered("low_usd", "high_usd")),
)  # fmt: skip

VOTES = Table(
    "votes",
    "how one member voted on one resolution",
    (
        Column("date", "date", "day of the vote", required=True),
        Column("resolution", "text", "its symbol, with the roll call where one has several", required=True),
        Column("actor", "text", "ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("vote", "text", "Y yes, N no, A abstained, - absent or not a member", required=True,
               allowed=("Y", "N", "A", "-")),
        *_source(),
    ),
)  # fmt: skip

EVENTS = Table(
    "events",
    "one dated interaction, from one actor to another",
    (
        _id(),
        Column("date", "date", "its day; the first of the month or year where only that is known", required=True),
        Column("date_precision", "text", "how firm the date is", required=True, allowed=("day", "month", "year")),
        Column("source_actor", "text", "who acted", required=True, pattern=ACTOR),
        Column("target_actor", "text", "toward whom", required=True, pattern=ACTOR),
        Column("kind", "text", "kind of event, for example summit, visit, sanction", required=True),
        Column("description", "text", "what happened, in a few words", required=True),
        Column("sign", "whole", "+1 cooperative, -1 conflictual, 0 neutral", required=True, minimum=-1),
        Column("certainty", "text", "how sure it is that it happened so", required=True,
               allowed=("high", "medium", "low")),
        *_source(),
    ),
    (
        Rule("source_actor <> target_actor", "an actor acting on itself", "two different actors",
             "Name the other actor.", "same-actor"),
        Rule("sign between -1 and 1", "a sign beyond one", "-1, 0 or 1", "Use -1, 0 or 1.", "not-allowed"),
    ),
)  # fmt: skip

PROVISIONS = Table(
    "provisions",
    "one measure of a sanctions resolution",
    (
        _id(),
        Column("resolution", "text", "the resolution that holds it", required=True),
        Column("target", "text", "the actor it binds or shields, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("product", "text", "what it is about", required=True),
        Column("measure", "text", "ban, cap, deadline …", required=True),
        Column("cap_value", "number", "the cap, in cap_unit, per calendar year", minimum=0),
        Column("cap_unit", "text", "bbl, t or USD", allowed=("bbl", "t", "USD")),
        Column("start", "date", "first day in force", required=True),
        Column("end", "date", "the day after the last in force; empty: still in force"),
        *_source(),
    ),
    (
        Rule('"end" is null or "end" > "start"', "end not after start", "a provision that runs forward",
             "Correct one of the dates.", "dates-backwards"),
        Rule("(cap_value is null) = (cap_unit is null)", "a cap without a unit, or a unit without a cap",
             "both or neither", "Fill in both.", "cap-without-unit"),
    ),
)  # fmt: skip

DELIVERIES = Table(
    "deliveries",
    "a delivery that suppliers notified, by period",
    (
        _id(),
        Column("supplier", "text", "who notified it; several joined by +", required=True,
               pattern="^[A-Z]{3}([+][A-Z]{3})*$"),
        Column("recipient", "text", "to whom", required=True, pattern=ACTOR),
        Column("product", "text", "what, as the provision names it", required=True),
        *_period(),
        Column("tonnes", "number", "metric tonnes, where printed", minimum=0),
        Column("barrels", "number", "barrels of 159 litres, where printed", minimum=0),
        Column("last_digit", "number", "one unit of the last printed digit, in the unit printed; empty: exact",
               minimum=0),
        *_figure(),
        *_source(),
    ),
    (FORWARD, _some("tonnes", "barrels")),
)  # fmt: skip

UNREPORTED = Table(
    "unreported",
    "an estimate of deliveries that nobody notified, by period",
    (
        _id(),
        Column("recipient", "text", "to whom", required=True, pattern=ACTOR),
        Column("product", "text", "what, as the provision names it", required=True),
        *_period(),
        Column("calls", "whole", "tanker calls counted", minimum=0),
        Column("barrels", "number", "barrels if every tanker carried the load of the next two columns", minimum=0),
        Column("load_low", "number", "lowest share of capacity that barrels assumes", minimum=0),
        Column("load_high", "number", "highest share of capacity that barrels assumes", minimum=0),
        Column("last_digit", "number", "one unit of the last printed digit, barrels; empty: exact", minimum=0),
        *_figure(),
        *_source(),
    ),
    (
        FORWARD,
        Rule("barrels is not null or calls is not null or quality = 'missing'", "no figure", "barrels or calls",
             "Fill one in, or mark the row quality = missing.", "no-figure"),
        _ordered("load_low", "load_high"),
        Rule("load_high is null or load_high <= 1", "a load above one", "a share of capacity, 0 to 1",
             "Write 0.9 for 90 per cent.", "not-allowed"),
    ),
)  # fmt: skip

BASKETS = Table(
    "baskets",
    "one commodity of a basket",
    (
        Column("basket", "text", "the basket's id", required=True),
        Column("commodity", "text", "HS code of 2, 4 or 6 digits", required=True, pattern="^[0-9]{2,6}$"),
        Column("tier", "whole", "the list's own tier, where it has one", minimum=0),
        Column("label", "text", "what it is"),
        *_source(),
    ),
)  # fmt: skip

STATEMENTS = Table(
    "statements",
    "an official's recorded words, as one source renders them and one coder reads them",
    (
        _id(),
        Column("date", "date", "the day they were said; the first of the month or year where only that is known",
               required=True),
        Column("date_precision", "text", "how firm the date is; approximate: within a few days", required=True,
               allowed=("day", "approximate", "month", "year")),
        Column("speaker", "text", "who spoke, by office", required=True),
        Column("actor", "text", "for whom, ISO 3166 alpha-3", required=True, pattern=ACTOR),
        Column("topic", "text", "what about: id of a row of topics", required=True),
        Column("stance", "whole", "-2 hostile to +2 warm, toward the actor or dyad spoken about", required=True, minimum=-2),
        Column("kind", "text", "what kind of remark", required=True,
               allowed=("endorse", "neutral", "non-answer", "deny-knowledge", "oppose", "priority-claim", "joint")),
        Column("phrase", "text", "a short quotation"),
        Column("remark", "text", "ties renderings of one remark; empty: same actor, topic and day are one"),
        Column("coder", "text", "who coded the row; empty: there is one coder"),
        *_source(),
    ),
    (Rule("stance between -2 and 2", "a stance beyond two", "-2 to 2", "Use -2, -1, 0, 1 or 2.", "not-allowed"),),
)  # fmt: skip

TOPICS = Table(
    "topics",
    "a topic of statements, in a tree: a statement counts under its topic and all above it",
    (
        _id("names the topic in statements and claims"),
        Column("parent", "text", "id of the topic above it; empty: none is above it"),
        Column("label", "text", "the topic in plain words", required=True),
    ),
)

TABLES: Mapping[str, Table] = {
    t.name: t for t in (SOURCES, TRADE, UNRECORDED, VOTES, EVENTS, PROVISIONS, DELIVERIES, UNREPORTED, BASKETS, STATEMENTS, TOPICS)
}  # fmt: skip
