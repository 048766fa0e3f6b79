"""What a declared table is made of: columns, rules, and those that many tables share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tumen.case.coverage import Coverage
from tumen.record.publication import published_on

#: Types that an author meets, each with the engine's name for it.
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
    """A condition on a whole row, in SQL. A row that breaks it is an error, or a warning where it is not strict.

    Args:
        got: what a row has that breaks it, in words.
        shows: SQL of these words with the row's own figures; said of rows that may be shown.
    """

    holds: str
    got: str
    expected: str
    fix: str
    slug: str
    strict: bool = True
    shows: str = ""


@dataclass(frozen=True)
class Plausibility:
    """What rows of a table cannot say together, or hardly: found by one query over all of them, and told with the rows.

    Args:
        finds: SQL with a row for each finding: `ids`, of the rows that speak of it; `got`, what they say; `size`, by
            which the largest are told first. In it `{usable}` stands for the condition that a row is evidence, and
            `{groups}` for the codes of groups of states that the case declares.
        instead: what is said in place of `got` where a row may not be shown.
    """

    finds: str
    instead: str
    expected: str
    fix: str
    slug: str


@dataclass(frozen=True)
class Twice:
    """How to find things that a table tells twice under two names, each with many rows.

    Args:
        day, name: columns of a thing's day and of its name.
        noun: what a thing is called.
        finds: SQL with a row for each thing told again; see `tumen.record.repeats.Repeat`. In it `{known}` stands for
            the condition that a row is known.
        left_out, told: what is said where whole lists repeat each other, and of single things.
    """

    day: str
    name: str
    noun: str
    finds: str
    left_out: str
    told: str


@dataclass(frozen=True)
class Link:
    """That the cells of a column name rows of a table.

    Args:
        column: whose cells name them.
        table: the table whose ids they are.
        noun: what such a row is called in a message.
        tree: whether the rows named stand above those that name them, so that none may stand above itself.
    """

    column: str
    table: str
    noun: str
    tree: bool = False


@dataclass(frozen=True)
class Figure:
    """Which figure a row prints, so that of one printed twice the last counts; see `tumen.record.prints`.

    Args:
        of: columns, or SQL of columns, that say which it is, its publisher among them: rows alike in all of them print
            the same one.
        values: what is printed: columns, or SQL of columns with a name, as `a + b as whole`.
        last_digit: column of one unit of the last printed digit; empty where the table has none.
    """

    of: tuple[str, ...]
    values: tuple[str, ...]
    last_digit: str = ""


@dataclass(frozen=True)
class ForeignTable:
    """A publisher's own form of what a table holds, which is imported and not read as it lies.

    Args:
        columns: names of columns in small letters without blanks, any two of which tell it.
        got: what it is, in words for a user.
        fix: how it is imported.
    """

    columns: tuple[str, ...]
    got: str
    fix: str


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its columns, its rules, the key columns that tell its rows apart, and its links.

    Args:
        lasts: whether a row is known from its start on, though its end may lie ahead, such as a rule in force.
        figure: which figure a row prints, where publishers print the same one again; the table has a column id then.
        same: column in which a row names another one of the table that tells of the same thing; empty: there is none.
        coverage: how much of what there was it usually holds; a case may say otherwise, see `[coverage]` of case.toml.
        foreign: what publishers have in its place; see `ForeignTable`.
        errors: whether its measures take errors that a case adopts, see `[errors]` of case.toml.
        plausible: what its rows cannot say together; the table has a column id then.
        twice: how things are found that it tells twice under two names.
    """

    name: str
    row_is: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()
    key: tuple[str, ...] = ("id",)
    links: tuple[Link, ...] = ()
    lasts: bool = False
    figure: Figure | None = None
    same: str = ""
    coverage: Coverage = "exhaustive"
    errors: bool = False
    foreign: tuple[ForeignTable, ...] = ()
    plausible: tuple[Plausibility, ...] = ()
    twice: Twice | None = None

    def column(self, name: str) -> Column | None:
        """The column of that name, or None."""
        return next((c for c in self.columns if c.name == name), None)


ACTOR = "^[A-Z]{3}$"


#: A date of publication can be read, or it counts as none.
DATED = Rule(
    f"published is null or ({published_on('published')}) is not null "
    "and (length(published) < 10 or try_cast(published as date) is not null)",
    "a date of publication that is no year, month or day",
    "2024, 2024-07 or 2024-07-31",
    "Correct it; until then the row counts as known on any day, or from the last of a month that has no such day.",
    "published-unclear",
    strict=False,
)


def id_column(meaning: str = "id of this row; shown wherever the row is used") -> Column:
    """The column that names a row."""
    return Column("id", "text", meaning, required=True)


def source_columns() -> tuple[Column, ...]:
    """The columns that say where a row was read and since when it is known, with a remark."""
    return (
        Column("source", "text", "source of the row: an id from the table sources", required=True),
        Column("published", "text", "year, month or day when the row became known; empty: that of its source"),
        Column("note", "text", "remark for readers"),
    )


def period_columns() -> tuple[Column, Column]:
    """The columns of the period that a row covers."""
    return (
        Column("start", "date", "first day of the period (UTC)", required=True),
        Column("end", "date", "day after the last day of the period (UTC)", required=True),
    )


def precision_column(required: bool = True) -> Column:
    """The column that says whether a date is known to the day, the month or the year."""
    return Column(
        "date_precision", "text", "precision of the date", required=required, allowed=("day", "month", "year")
    )


def figure_columns() -> tuple[Column, Column]:
    """The columns that say who made a figure and how firm it is."""
    return (
        Column("publisher", "text", "publisher that made the figure; publishers are never spliced", required=True),
        Column("quality", "text", "quality of the figure: how firm it is", required=True, allowed=QUALITIES),
    )


FORWARD = Rule(
    '"end" > "start"',
    "an end that is not after the start",
    "an end later than the start",
    "Periods are half-open: as end, give the day after the last day.",
    "dates-backwards",
)


def some_of(*names: str) -> Rule:
    """The rule that at least one of these columns holds a figure."""
    some = " or ".join(f"{n} is not null" for n in names)
    return Rule(
        f"{some} or quality = 'missing'",
        "no figure",
        "a figure in one of " + ", ".join(names),
        "Fill one in, or mark the row quality = missing.",
        "no-figure",
    )


def ordered(low: str, high: str) -> Rule:
    """The rule that the low end of a range is not above the high end."""
    return Rule(
        f"{low} is null or {high} is null or {low} <= {high}",
        f"{low} above {high}",
        f"{low} not above {high}",
        "Swap them.",
        "range-reversed",
    )
