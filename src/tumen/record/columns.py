"""What a declared table is made of: columns, rules, and those that many tables share."""

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
    "exact",
    "rounded",
    "as_published",
    "derived",
    "dataset",
    "estimate",
    "typo_corrected",
    "unit_corrected",
    "conflict",
    "lower_bound",
    "upper_bound",
    "suspect",
    "garbled",
    "missing",
)


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
    """A condition on a whole row, in SQL; rows where it is false are errors, or warned of where it is not strict."""

    holds: str
    got: str
    expected: str
    fix: str
    slug: str
    strict: bool = True


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its columns, its rules, and the columns that together name a row once."""

    name: str
    row_is: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()
    key: tuple[str, ...] = ("id",)

    def column(self, name: str) -> Column | None:
        """The column of that name, or None."""
        return next((c for c in self.columns if c.name == name), None)


ACTOR = "^[A-Z]{3}$"


def id_column(meaning: str = "names this row; shown wherever the row is used") -> Column:
    """The column that names a row."""
    return Column("id", "text", meaning, required=True)


def source_columns() -> tuple[Column, Column]:
    """Where a row was read, and a remark."""
    return (
        Column("source", "text", "id of a row of sources: where the figure was read", required=True),
        Column("note", "text", "anything a reader should know"),
    )


def period_columns() -> tuple[Column, Column]:
    """The period that a row speaks of."""
    return (
        Column("start", "date", "first day of the period (UTC)", required=True),
        Column("end", "date", "the day after the period's last (UTC); periods are half-open", required=True),
    )


def figure_columns() -> tuple[Column, Column]:
    """Who made a figure, and how firm it is."""
    return (
        Column("publisher", "text", "who made the figure; publishers are never spliced", required=True),
        Column("quality", "text", "how firm the figure is", required=True, allowed=QUALITIES),
    )


FORWARD = Rule(
    '"end" > "start"',
    "end not after start",
    "a period that runs forward",
    "Periods are half-open: give the day after the last as its end.",
    "dates-backwards",
)


def some_of(*names: str) -> Rule:
    """A rule: at least one of these columns holds a figure."""
    some = " or ".join(f"{n} is not null" for n in names)
    return Rule(
        f"{some} or quality = 'missing'",
        "no figure",
        "one of " + ", ".join(names),
        "Fill one in, or mark the row quality = missing.",
        "no-figure",
    )


def imo_column(name: str = "imo") -> Column:
    """An IMO number."""
    return Column(name, "text", "her IMO number, seven digits", pattern="^[0-9]{7}$")


def imo_check(column: str = "imo") -> Rule:
    """A rule that warns: the last digit of an IMO number is that of the six before, each times its place from the
    right.

    Source: IMO resolution A.1117(30).
    """
    total = " + ".join(f"{8 - n} * cast(substring({column}, {n}, 1) as integer)" for n in range(1, 7))
    fits = f"({total}) % 10 = cast(substring({column}, 7, 1) as integer)"
    return Rule(
        f"case when regexp_matches({column}, '^[0-9]{{7}}$') then {fits} else true end",
        f"a number in {column} that is no IMO number",
        "a seventh digit that fits the six before it",
        "Compare it with the source; a digit may be mistyped. Where the source has it so, say so in note.",
        "imo-check",
        strict=False,
    )


def ordered(low: str, high: str) -> Rule:
    """A rule: a range runs upward."""
    return Rule(
        f"{low} is null or {high} is null or {low} <= {high}",
        f"{low} above {high}",
        f"{low} not above {high}",
        "Swap them.",
        "range-reversed",
    )
