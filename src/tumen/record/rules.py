"""Rows that break a rule of their table, found by the engine in one scan and then named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tumen.engine.queries import Engine, Row
from tumen.errors import Severity, did_you_mean
from tumen.record import redaction
from tumen.record.columns import Column, Link, Table
from tumen.record.trees import cycles

#: Tables of no more rows are judged row by row; in larger ones a column's values are gathered and judged once each.
FEW = 10_000


@dataclass(frozen=True)
class BreachRow:
    """A row at fault: its file, its id, what it holds, and a fix of its own where there is one.

    Args:
        public: whether the row may be named.
    """

    file: str
    id: str
    got: str
    fix: str = ""
    public: bool = True


@dataclass(frozen=True)
class Breach:
    """All rows of a table that break one rule; `rows` holds the first of them."""

    what: str
    expected: str
    fix: str
    slug: str
    count: int
    rows: tuple[BreachRow, ...]
    severity: Severity = "error"


@dataclass(frozen=True)
class _Check:
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


def breaches(
    engine: Engine, table: Table, shown: int, with_ids: Sequence[str] = (), hides: bool = False
) -> tuple[int, list[Breach]]:
    """Rows of a table, and every rule that some of them break.

    Args:
        shown: how many rows to name for each rule.
        with_ids: the files whose rows have ids of their own, which must not repeat.
        hides: whether some rows may not be shown.

    Returns: the number of rows, and one `Breach` a broken rule.
    """
    key = _key(table)
    public = redaction.is_public(table) if hides else "true"
    checks = _checks(table)
    rows, counts = _counts(engine, table, checks)
    found: list[Breach] = []
    for check, count in zip(checks, counts, strict=True):
        if count:
            faulty = engine.inspect(
                f'select _file, {key} as id, {check.shows} as got, {public} as public from "{table.name}" '  # noqa: S608 - from our schema
                f"where {check.fault} order by _file nulls last, id nulls last limit {shown}"
            )
            named = [BreachRow(str(r["_file"]), str(r["id"]), str(r["got"]), "", bool(r["public"])) for r in faulty]
            if check.suggest_from:
                check = replace(check, suggest=tuple(str(r["id"]) for r in engine.inspect(check.suggest_from)))
            found.append(_breach(check, count, named))
    return rows, found + _repeated(engine, table, shown, with_ids, public) + _circular(engine, table, shown)


def _counts(engine: Engine, table: Table, checks: Sequence[_Check]) -> tuple[int, list[int]]:
    """Rows of a table, and how many of them each check finds at fault."""
    ((rows,),) = (row.values() for row in engine.inspect(f'select count(*) as n from "{table.name}"'))  # noqa: S608
    by_row = [(n, c) for n, c in enumerate(checks) if c.value_of is None or rows <= FEW]
    counted = ", ".join(f"count(*) filter (where {c.fault}) as n{n}" for n, c in by_row)
    (totals,) = engine.inspect(f'select {counted} from "{table.name}"')  # noqa: S608 - from our schema
    counts = {n: int(totals[f"n{n}"]) for n, _ in by_row}
    by_value = [
        f"select {n} as rule, coalesce(sum(held), 0) as n from "  # noqa: S608 - from our schema
        f'(select {c.value_of}, count(*) as held from "{table.name}" group by {c.value_of}) where {c.fault}'
        for n, c in enumerate(checks)
        if n not in counts
    ]
    if by_value:
        counts |= {int(r["rule"]): int(r["n"]) for r in engine.inspect(" union all ".join(by_value))}
    return int(rows), [counts[n] for n in range(len(checks))]


def _breach(check: _Check, count: int, rows: Sequence[BreachRow]) -> Breach:
    return Breach(
        f"rows without {check.expected}",
        check.expected,
        check.fix,
        check.slug,
        count,
        tuple(_worded(check, row) for row in rows),
        check.severity,
    )


def _worded(check: _Check, row: BreachRow) -> BreachRow:
    """A row with what a message says of it."""
    got = redaction.shown(row.got, row.public, check.instead or row.got)
    fix = did_you_mean(got.split("'")[1], check.suggest) if check.suggest and got == row.got and "'" in got else ""
    return BreachRow(row.file, row.id, got if len(got) <= 120 else got[:117] + "…", fix, row.public)


def _key(table: Table) -> str:
    """SQL of what names a row in a message: its id, or the texts of its key."""
    if table.column("id"):
        return "coalesce(id, '')"
    texts = [name for name in table.key if (column := table.column(name)) and column.type == "text"]
    joined = ", ' ', ".join(texts)
    return f"concat({joined})"


def _checks(table: Table) -> list[_Check]:
    """Every rule of a table: its columns', its own, and that its sources are known."""
    checks = [check for column in table.columns for check in _column_checks(column)]
    checks += [
        _Check(
            f"not coalesce({r.holds}, true)",
            f"'{r.got}'",
            r.expected,
            r.fix,
            r.slug,
            severity="error" if r.strict else "warning",
        )
        for r in table.rules
    ]
    if table.column("source"):
        checks.append(
            _Check(
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
    return checks


def _linked(link: Link) -> _Check:
    """The rule that what a column names is there."""
    return _Check(
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


def _column_checks(column: Column) -> list[_Check]:
    """The rules of one column."""
    name = f'"{column.name}"'
    shows = f"concat('{column.name} = ''', cast({name} as varchar), '''')"
    instead = f"a value of {column.name} that is not shown"
    checks: list[_Check] = []
    if column.required and column.name != "source":
        checks.append(
            _Check(
                f"{name} is null",
                f"'no {column.name}'",
                f"a value: {column.meaning}".replace("'", "’"),
                "Fill it in.",
                "cell-empty",
            )
        )
    elif column.name == "source":
        checks.append(
            _Check(
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
            _Check(
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
            _Check(
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
            _Check(
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
            _Check(
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
            _Check(
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


def _repeated(engine: Engine, table: Table, shown: int, with_ids: Sequence[str], public: str) -> list[Breach]:
    """Rows named alike; rows that the engine numbered have no id of their own to repeat."""
    by_id = table.key == ("id",)
    if by_id and not with_ids:
        return []
    named = ", ".join(f'"{name}"' for name in table.key)
    (counts,) = engine.inspect(f'select count(*) as n, count(distinct hash({named})) as apart from "{table.name}"')  # noqa: S608
    if counts["n"] == counts["apart"]:
        return []
    files = ", ".join("'" + file.replace("'", "''") + "'" for file in with_ids)
    present = " and ".join(f'"{name}" is not null' for name in table.key)
    rows = engine.inspect(
        f"select max(_file) as _file, {named}, count(*) as n, bool_and({public}) as public "  # noqa: S608
        f'from "{table.name}" where {present} '
        + (f"and _file in ({files}) " if by_id else "")
        + f"group by {named} having count(*) > 1 order by {', '.join(f'{n} nulls last' for n in named.split(', '))}"
    )
    if not rows:
        return []
    found = tuple(_repeated_row(table, by_id, row) for row in rows[:shown])
    what = "each id once" if by_id else f"one row for each {', '.join(table.key)}"
    fix = "Give the rows different ids." if by_id else "Keep one of the rows."
    return [Breach("repeated rows", what, fix, "id-repeated", len(rows), found)]


def _repeated_row(table: Table, by_id: bool, row: Row) -> BreachRow:
    """One name that several rows have, as far as it may be shown."""
    public = bool(row["public"])
    shows = " and ".join(f"{name} '{row[name]}'" for name in table.key)
    name = str(row[table.key[0]]) if by_id else " ".join(str(row[n]) for n in table.key[1:])
    got = redaction.shown(f"{shows} on {row['n']} rows", public, f"one {' and '.join(table.key)} on {row['n']} rows")
    return BreachRow(str(row["_file"]), name, got, "", public)


def _circular(engine: Engine, table: Table, shown: int) -> list[Breach]:
    """Rows that lie above themselves in the tree that their table makes."""
    found: list[Breach] = []
    for link in (one for one in table.links if one.tree):
        rows = engine.inspect(
            f'select id, {link.column} as above, _file from "{table.name}" '  # noqa: S608 - from our schema
            "where id is not null order by id nulls last"
        )
        circular = set(cycles({str(r["id"]): r["above"] for r in rows}))
        named = tuple(
            BreachRow(str(r["_file"]), str(r["id"]), f"{link.noun} '{r['id']}' above itself")
            for r in rows
            if str(r["id"]) in circular
        )
        if named:
            what, mend = f"{table.name} above themselves", "Give one of them another parent, or none."
            slug = f"{link.noun}-cycle"
            found.append(Breach(what, f"a tree of {table.name}", mend, slug, len(named), named[:shown]))
    return found
