"""The rules of a table as checks: SQL that is true for a row at fault, and what a message says of it."""

from __future__ import annotations

from dataclasses import dataclass

from tumen.errors import Severity
from tumen.record.columns import DATED, Column, Link, Table


@dataclass(frozen=True)
class RowCheck:
    """A rule as SQL that is true for a row at fault, and how to show the row.

    Args:
        suggest_from: SQL of the names to suggest from, asked only for a row at fault.
        value_of: the one column that the rule looks at, where each of its values need be judged
            only once however many rows hold it.
        instead: what is said of a protected row, where `shows` holds a cell's content.
    """

    fault: str
    shows: str
    expected: str
    fix: str
    slug: str
    suggest: tuple[str, ...] = ()
    suggest_from: str = ""
    value_of: str | None = None
    instead: str = ""
    severity: Severity = "error"


def checks_of(table: Table) -> list[RowCheck]:
    """Every rule of a table: its columns', its own, and that its sources are known."""
    checks = [check for column in table.columns for check in _column_checks(column)]
    rules = dict.fromkeys([*table.rules, *([DATED] if table.column("published") else [])])
    checks += [
        RowCheck(
            f"not coalesce({r.holds}, true)",
            r.shows or f"'{r.got}'",
            r.expected,
            r.fix,
            r.slug,
            instead=r.got if r.shows else "",
            severity="error" if r.strict else "warning",
        )
        for r in rules
    ]
    if table.column("source"):
        checks.append(
            RowCheck(
                "source is not null and source not in (select id from sources where id is not null)",
                "concat('source ''', source, '''')",
                "the id of a row of sources",
                "Add the source to sources.csv.",
                "unknown-source",
                (),
                "select distinct id from sources order by id nulls last",
                "source",
                "a source that is not named here",
            )
        )
    checks += [_linked(link) for link in table.links]
    checks += [_linked(Link(table.same, table.name, "row"))] if table.same else []
    return checks + ([INCLUSIVE_END] if table.column("start") and table.column("end") else [])


#: SQL of the day after the one that stands as a period's end.
_DAY_AFTER = 'cast("end" + interval 1 day as date)'

#: A period that ends on the last day of a year, or that its last day would make a month, a quarter or half a year.
INCLUSIVE_END = RowCheck(
    f'year("end") < 9999 and day({_DAY_AFTER}) = 1 and (month({_DAY_AFTER}) = 1 or coalesce('
    f'day("start") = 1 and datediff(\'month\', "start", {_DAY_AFTER}) in (1, 3, 6), false))',
    f"concat('an end on ', cast(\"end\" as varchar), ' and not on ', cast({_DAY_AFTER} as varchar))",
    "as end the day after the last day",
    "If the period ends with that day, write the day after.",
    "end-inclusive",
    instead="an end on the last day of a month",
    severity="warning",
)


def _linked(link: Link) -> RowCheck:
    """The rule that what a column names is there."""
    return RowCheck(
        f"{link.column} is not null and {link.column} not in "  # noqa: S608 - from our schema
        f"(select id from {link.table} where id is not null)",
        f"concat('{link.column} ''', {link.column}, '''')",
        f"the id of a row of {link.table}",
        f"Add the {link.noun} to {link.table}.csv.",
        f"unknown-{link.noun}",
        (),
        f"select distinct id from {link.table} where id is not null order by id nulls last",  # noqa: S608
        instead=f"a {link.noun} that is not named here",
    )


def _column_checks(column: Column) -> list[RowCheck]:
    """The rules of one column."""
    name = f'"{column.name}"'
    shows = f"concat('{column.name} = ''', cast({name} as varchar), '''')"
    instead = f"a value of {column.name} that is not shown"
    checks: list[RowCheck] = []
    if column.required and column.name != "source":
        checks.append(
            RowCheck(
                f"{name} is null",
                f"'no {column.name}'",
                f"a value: {column.meaning}".replace("'", "’"),
                "Fill it in.",
                "cell-empty",
            )
        )
    elif column.name == "source":
        checks.append(
            RowCheck(
                f"{name} is null",
                "'no source'",
                "a source for every row",
                "Name the source; a row without one is not evidence.",
                "source-missing",
            )
        )
    if column.allowed:
        values = ", ".join(f"'{v}'" for v in column.allowed)
        checks.append(
            RowCheck(
                f"{name} is not null and {name} not in ({values})",
                shows,
                "one of " + ", ".join(column.allowed),
                "Use one of them.",
                "not-allowed",
                column.allowed,
                value_of=name,
                instead=instead,
            )
        )
    if column.minimum is not None:
        slug = "negative" if column.minimum == 0 else "not-allowed"
        checks.append(
            RowCheck(
                f"{name} < {column.minimum:g}",
                shows,
                f"{column.name} of {column.minimum:g} or more",
                "Correct the figure or its sign.",
                slug,
                instead=instead,
            )
        )
    if column.type == "date":
        checks.append(
            RowCheck(
                f"{name} < date '0001-01-01' or {name} > date '9999-12-31'",
                shows,
                "a date of the years 1 to 9999",
                "Leave the cell empty where there is no date.",
                "not-allowed",
                instead=instead,
            )
        )
    if column.type == "number":
        checks.append(
            RowCheck(
                f"isnan({name}) or {name} = cast('Infinity' as double)",
                shows,
                "a finite number",
                "Leave the cell empty where there is no figure.",
                "not-finite",
                instead=instead,
            )
        )
    if column.pattern:
        checks.append(
            RowCheck(
                f"{name} is not null and not regexp_matches({name}, '{column.pattern}')",
                shows,
                f"{column.meaning}",
                "Correct the code.",
                "bad-code",
                value_of=name,
                instead=instead,
            )
        )
    return checks
