"""Names in claims and ways to count that nothing in the record is called: a slip must not count as silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property

from tumen.case.lines import KeyPath
from tumen.case.load import Case
from tumen.engine.loading import quoted
from tumen.engine.queries import typed
from tumen.errors import Place, Problem, did_you_mean
from tumen.judge.binding import BoundClaim
from tumen.judge.names_placed import NamePlaced, names_of_claim
from tumen.record import redaction
from tumen.record.read import Record
from tumen.record.state_codes import ALL_STATES, is_state, left_to_users, meant_by

#: Cells of a column that are looked through for one that is like a name.
_MOST_CELLS = 1000


@dataclass(frozen=True)
class _Cell:
    """One row of what columns hold: a column with its table, and a cell of it."""

    at: str
    cell: str


@dataclass(frozen=True)
class _Columns:
    """The columns that names are compared with, in the whole record.

    Args:
        wanted: the names that are looked for, by column and the condition on its rows.
    """

    record: Record
    wanted: Mapping[tuple[str, str], Collection[str]] = field(default_factory=dict)

    def empty(self, column: str) -> bool:
        """Whether the column's table has no row at all."""
        return not self.record.rows.get(column.split(".")[0])

    @cached_property
    def held(self) -> Mapping[str, set[str]]:
        """Those of the names that some cell is, by column and condition; of cells that join several, each is one."""
        asked = [
            f"select distinct {quoted(at + rows)} as at, {_name(at)} as cell from {_table(at)} "  # noqa: S608 - our schema, quoted names
            f"where ({_name(at)} in ({', '.join(map(quoted, sorted(names)))}) or {_name(at)} like '%+%') "
            f"and {rows or 'true'}"
            for (at, rows), names in self.wanted.items()
            if not self.empty(at)
        ]
        return self._cells(" union all ".join(asked)) if asked else {}

    def shown(self, columns: Sequence[str], rows: str) -> list[str]:
        """What the cells of columns hold, as far as it may be shown, to suggest from."""
        tables = self.record.tables
        found: set[str] = set()
        for at in columns:
            public = redaction.is_public(tables[at.split(".")[0]]) if self.record.redaction.hides else "true"
            sql = (
                f"select distinct {quoted(at)} as at, {_name(at)} as cell from {_table(at)} "  # noqa: S608 - our schema
                f"where {_name(at)} is not null and {public} and {rows or 'true'} order by cell limit {_MOST_CELLS}"
            )
            found |= self._cells(sql).get(at, set())
        return sorted(found)

    def _cells(self, sql: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in typed(self.record.engine.inspect(sql), _Cell):
            found[row.at] |= {row.cell, *row.cell.split("+")}
        return found


def _table(at: str) -> str:
    return '"{}"'.format(at.split(".")[0])


def _name(at: str) -> str:
    return '"{}"'.format(at.split(".")[1])


def unmatched_names(case: Case, record: Record, claims: Sequence[BoundClaim], sound: bool) -> list[Problem]:
    """A problem for each name that the case does not declare and no cell is that it is compared with.

    What the record holds on a later day than the case's is no mistake: all of it is looked at.

    Args:
        record: with what lies beyond the wall.
        claims: as far as they could be read.
        sound: whether the record can be asked; where it cannot, only codes that are no states are told.
    """
    declared = {*(actor.id for actor in case.header.actor), *case.groups, ALL_STATES}
    placed = [one for claim in claims for one in names_of_claim(case, claim)]
    if case.header.unread & {"actor", "groups"}:  # whom the case declares is not known
        placed = [one for one in placed if not one.names.of_actors]
    open_ = [
        one for one in placed if not (one.name in one.names.also or (one.names.of_actors and one.name in declared))
    ]
    if not sound:
        return [_unknown(one, declared, ()) for one in open_ if one.names.of_actors and not is_state(one.name)]
    wanted: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in open_:
        for column in one.names.columns:
            wanted[column, one.names.rows] |= set(one.beside)
    columns = _Columns(record, wanted)
    return [problem for one in open_ for problem in _problems(one, declared, columns)]


def _problems(one: NamePlaced, declared: Collection[str], columns: _Columns) -> list[Problem]:
    """What is wrong with a name that the case does not declare."""
    held = {name for column in one.names.columns for name in columns.held.get(column + one.names.rows, ())}
    if one.name in held:
        return []
    filled = [column for column in one.names.columns if not columns.empty(column)]
    if not filled and (not one.names.of_actors or is_state(one.name)):
        return []  # of a table without rows its measure says that it is missing
    known = columns.shown(filled, one.names.rows)
    may_be_none = one.names.unmatched == "wrong-if-near" and held & set(one.beside)
    return [] if may_be_none and not _near(one.name, known) else [_unknown(one, declared, known)]


def _near(name: str, known: Sequence[str]) -> bool:
    """Whether a name is taken for a slip of a known one."""
    return bool(get_close_matches(name.casefold(), [other.casefold() for other in known], n=1, cutoff=_LIKE))


#: How alike two names are of which one is taken for a slip of the other, from 0 to 1.
_LIKE = 0.8


def _unknown(one: NamePlaced, declared: Collection[str], known: Sequence[str]) -> Problem:
    """The problem of a name that matches nothing."""
    columns = one.names.columns
    where = f"the column {columns[0]}" if len(columns) == 1 else f"one of {', '.join(columns)}"
    if one.names.of_actors:
        expected = f"an actor of the case, or one in {where}"
        fix = meant_by(one.name, sorted({*declared, *known}))
        if is_state(one.name):
            fix += " Declare it as an [[actor]] where the record holds nothing of it."
    else:
        expected, fix = f"a name in {where}{one.names.which}", did_you_mean(one.name, known)
    return Problem(
        one.place,
        got=f"{one.names.noun} '{one.name}', which matches nothing",
        expected=expected,
        fix=fix,
        slug="name-unmatched",
        severity="warning" if one.names.unmatched == "lacking" else "error",
    )


def actor_problems(case: Case) -> list[Problem]:
    """Codes of the case's own actors and members of groups that ISO 3166 does not give, and that no group declares."""
    header = case.header
    if header.unread & {"actor", "groups"}:
        return []
    codes: list[tuple[str, KeyPath]] = [
        (actor.id, ("actor", number, "id")) for number, actor in enumerate(header.actor)
    ]
    codes += [(one, ("groups", code)) for code, group in case.groups.items() for one in group.members]
    return [
        _no_state(code, case, path)
        for code, path in codes
        if code not in case.groups and not is_state(code) and not left_to_users(code)
    ]


def _no_state(code: str, case: Case, path: KeyPath) -> Problem:
    others = {actor.id for actor in case.header.actor if is_state(actor.id)} - {code}
    return Problem(
        Place("case.toml", case.header.line(*path)),
        got=f"'{code}', which ISO 3166 gives no state",
        expected="an alpha-3 code of ISO 3166, or a group that the case declares",
        fix=f'{meant_by(code, sorted(others))} groups.{code} = "its name" declares a group of states.',
        slug="no-state",
    )
