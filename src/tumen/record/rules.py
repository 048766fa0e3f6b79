"""Rows that break a rule of their table, found by the engine in one scan and then named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tumen.engine.loading import quoted
from tumen.engine.queries import Engine, typed
from tumen.errors import Severity, did_you_mean
from tumen.record import redaction
from tumen.record.checks import RowCheck, checks_of
from tumen.record.columns import Table
from tumen.record.row_hashes import summed_hashes
from tumen.record.same import in_circles
from tumen.record.trees import cycles
from tumen.record.unread_rows import UNREAD_CELLS, UNREAD_LINE

#: Tables of no more rows are judged row by row; in larger ones a column's values are gathered and judged once each.
FEW = 10_000


@dataclass(frozen=True)
class BreachRow:
    """A row at fault: its file, its id, what it holds, and a fix of its own where there is one.

    Args:
        public: whether the row may be named.
        line: on which it begins, where that is known.
        key: the cells that tell it apart, as texts, where its table has no ids.
    """

    file: str
    id: str
    got: str
    fix: str = ""
    public: bool = True
    line: int | None = None
    key: tuple[str | None, ...] = ()


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
class _Id:
    """The id of a row that may be suggested."""

    id: str | None


@dataclass(frozen=True)
class Held:
    """How many rows a table has, and what names them; see `tumen.record.row_hashes`."""

    rows: int
    summed: str


@dataclass(frozen=True)
class _Counts:
    """How many rows of a table each of some rules finds at fault."""

    counts: tuple[int, ...]


@dataclass(frozen=True)
class _RuleCount:
    """How many rows a rule finds at fault that judges each value once; `rule` is its place among all."""

    rule: int
    n: int


@dataclass(frozen=True)
class _Apart:
    """Rows of a table, and how many keys tell them apart."""

    n: int
    apart: int


@dataclass(frozen=True)
class _Repeated:
    """A key that `n` rows have.

    Args:
        key: its cells, as texts.
    """

    file: str
    key: tuple[str, ...]
    n: int
    public: bool


@dataclass(frozen=True)
class _Branch:
    """A row of a tree, and the id of the one above it."""

    id: str
    above: str | None
    file: str


def breaches(
    engine: Engine, table: Table, shown: int, with_ids: Sequence[str] = (), hides: bool = False
) -> tuple[Held, list[Breach]]:
    """What a table holds, and every rule that some of them break.

    Args:
        shown: how many rows to name for each rule.
        with_ids: the files whose rows have ids of their own, which must not repeat.
        hides: whether some rows may not be shown.

    Returns: what it holds, and one `Breach` a broken rule.
    """
    key = _key(table)
    public = redaction.is_public(table) if hides else "true"
    checks = checks_of(table)
    held = _held(engine, table)
    counts = _counts(engine, table, checks, held.rows)
    found: list[Breach] = []
    for check, count in zip(checks, counts, strict=True):
        if count:
            sql = (
                f"select _file as file, {key} as id, {check.shows} as got, {public} as public, {_cells(table)} as key "  # noqa: S608 - from our schema
                f'from "{table.name}" where {check.fault} order by _file nulls last, id nulls last limit {shown}'
            )
            found.append(_told(engine, check, count, sql))
    found += [*_repeated(engine, table, shown, with_ids, public), *_circular(engine, table, shown)]
    return held, found + _naming_each_other(engine, table, shown, public)


def unread_breaches(engine: Engine, table: Table, held: str, shown: int, hides: bool = False) -> list[Breach]:
    """Every rule that rows break which were left out because of another cell.

    Args:
        table: theirs, whose rules count where they ask for no cell that could not be read.
        held: the table that holds them; see `tumen.record.unread_rows`.
        shown, hides: as in `breaches`.
    """
    public = redaction.is_public(table) if hides else "true"
    found: list[Breach] = []
    for check in checks_of(table):
        asked = [c.name for c in table.columns if re.search(rf"\b{c.name}\b", check.fault)]
        read = " and ".join(f"not contains({UNREAD_CELLS}, ',{name},')" for name in asked) or "true"
        sql = (
            f"select _file as file, {_key(table)} as id, {check.shows} as got, {public} as public, "  # noqa: S608 - from our schema
            f'{UNREAD_LINE} as line from "{held}" where ({check.fault}) and {read} '
            "order by _file nulls last, line, id nulls last"
        )
        if rows := typed(engine.inspect(sql), BreachRow):
            found.append(_told(engine, check, len(rows), f"{sql} limit {shown}"))
    return found


def _told(engine: Engine, check: RowCheck, count: int, sql: str) -> Breach:
    """A rule that rows break, with those that a query names."""
    if check.suggest_from:
        known = typed(engine.inspect(check.suggest_from), _Id)
        check = replace(check, suggest=tuple(row.id for row in known if row.id is not None))
    return _breach(check, count, typed(engine.inspect(sql), BreachRow))


def _held(engine: Engine, table: Table) -> Held:
    sql = f'select count(*) as rows, {summed_hashes(table)} as summed from "{table.name}"'  # noqa: S608 - from our schema
    return typed(engine.inspect(sql), Held)[0]


def _counts(engine: Engine, table: Table, checks: Sequence[RowCheck], rows: int) -> list[int]:
    """How many rows of a table each check finds at fault."""
    by_row = [(n, c) for n, c in enumerate(checks) if c.value_of is None or rows <= FEW]
    counted = ", ".join(f"count(*) filter (where {c.fault})" for _, c in by_row)
    sql = f'select [{counted}] as counts from "{table.name}"'  # noqa: S608 - from our schema
    (totals,) = typed(engine.inspect(sql), _Counts)
    counts = {n: count for (n, _), count in zip(by_row, totals.counts, strict=True)}
    by_value = [
        f"select {n} as rule, coalesce(sum(held), 0) as n from "  # noqa: S608 - from our schema
        f'(select {c.value_of}, count(*) as held from "{table.name}" group by {c.value_of}) where {c.fault}'
        for n, c in enumerate(checks)
        if n not in counts
    ]
    if by_value:
        counts |= {row.rule: row.n for row in typed(engine.inspect(" union all ".join(by_value)), _RuleCount)}
    return [counts[n] for n in range(len(checks))]


def _breach(check: RowCheck, count: int, rows: Sequence[BreachRow]) -> Breach:
    return Breach(
        f"rows without {check.expected}",
        check.expected,
        check.fix,
        check.slug,
        count,
        tuple(_worded(check, row) for row in rows),
        check.severity,
    )


def _worded(check: RowCheck, row: BreachRow) -> BreachRow:
    """A row with what a message says of it."""
    got = redaction.shown(row.got, row.public, check.instead or row.got)
    fix = did_you_mean(got.split("'")[1], check.suggest) if check.suggest and got == row.got and "'" in got else ""
    return replace(row, got=got if len(got) <= 120 else got[:117] + "…", fix=fix)


def _key(table: Table) -> str:
    """SQL of what names a row in a message: its id, or the texts of its key."""
    if table.column("id"):
        return "coalesce(id, '')"
    texts = [name for name in table.key if (column := table.column(name)) and column.type == "text"]
    joined = ", ' ', ".join(texts)
    return f"concat({joined})"


def _cells(table: Table) -> str:
    """SQL of the cells that tell a row apart, as texts; none where it has an id."""
    names = () if table.column("id") else table.key
    texts = [f'cast("{name}" as varchar)' for name in names]
    return f"[{', '.join(texts)}]"


def _repeated(engine: Engine, table: Table, shown: int, with_ids: Sequence[str], public: str) -> list[Breach]:
    """Rows named alike; rows that the engine numbered have no id of their own to repeat."""
    by_id = table.key == ("id",)
    if by_id and not with_ids:
        return []
    named = ", ".join(f'"{name}"' for name in table.key)
    sql = f'select count(*) as n, count(distinct hash({named})) as apart from "{table.name}"'  # noqa: S608
    (counts,) = typed(engine.inspect(sql), _Apart)
    if counts.n == counts.apart:
        return []
    files = ", ".join("'" + file.replace("'", "''") + "'" for file in with_ids)
    present = " and ".join(f'"{name}" is not null' for name in table.key)
    cells = ", ".join(f'cast("{name}" as varchar)' for name in table.key)
    sql = (
        f"select max(_file) as file, [{cells}] as key, count(*) as n, bool_and({public}) as public "  # noqa: S608
        f'from "{table.name}" where {present} '
        + (f"and _file in ({files}) " if by_id else "")
        + f"group by {named} having count(*) > 1 order by {', '.join(f'{n} nulls last' for n in named.split(', '))}"
    )
    rows = typed(engine.inspect(sql), _Repeated)
    if not rows:
        return []
    found = tuple(_repeated_row(table, by_id, row) for row in rows[:shown])
    what = "each id once" if by_id else f"one row for each {', '.join(table.key)}"
    fix = "Give the rows different ids." if by_id else "Keep one of the rows."
    return [Breach("repeated rows", what, fix, "id-repeated", len(rows), found)]


def _repeated_row(table: Table, by_id: bool, row: _Repeated) -> BreachRow:
    """One name that several rows have, as far as it may be shown."""
    shows = " and ".join(f"{name} '{cell}'" for name, cell in zip(table.key, row.key, strict=True))
    name = row.key[0] if by_id else " ".join(row.key[1:])
    got = redaction.shown(f"{shows} on {row.n} rows", row.public, f"one {' and '.join(table.key)} on {row.n} rows")
    return BreachRow(row.file, name, got, "", row.public, key=() if by_id else row.key)


def _circular(engine: Engine, table: Table, shown: int) -> list[Breach]:
    """Rows that lie above themselves in the tree that their table makes."""
    found: list[Breach] = []
    for link in (one for one in table.links if one.tree):
        sql = (
            f'select id, {link.column} as above, _file as file from "{table.name}" '  # noqa: S608 - from our schema
            "where id is not null order by id nulls last"
        )
        rows = typed(engine.inspect(sql), _Branch)
        circular = set(cycles({row.id: row.above for row in rows}))
        named = tuple(
            BreachRow(row.file, row.id, f"{link.noun} '{row.id}' above itself") for row in rows if row.id in circular
        )
        if named:
            what, mend = f"{table.name} above themselves", "Give one of them another parent, or none."
            slug = f"{link.noun}-cycle"
            found.append(Breach(what, f"a tree of {table.name}", mend, slug, len(named), named[:shown]))
    return found


def _naming_each_other(engine: Engine, table: Table, shown: int, public: str) -> list[Breach]:
    """Rows that tell of the same thing and name each other, so that none of them is the one that counts."""
    ids = in_circles(engine, table)
    if not ids:
        return []
    named = ", ".join(quoted(name) for name in ids[:shown])
    sql = (
        f"select _file as file, id, {quoted(f'a {table.same} that leads back to the row')} as got, "  # noqa: S608 - ours
        f'{public} as public from "{table.name}" where id in ({named}) order by _file nulls last, id nulls last'
    )
    rows = tuple(typed(engine.inspect(sql), BreachRow))
    what, expected = "rows that name each other", f"one row with {table.same} empty, which the others name"
    return [Breach(what, expected, "Empty it in the row that counts.", "same-circle", len(ids), rows, "warning")]
