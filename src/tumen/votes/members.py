"""Which state each member of a table of roll calls is, by its code, its name, or both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tumen.record.readers.states import NO_STATE, state_of

#: What R and pandas write where there is no code; the state whose code it is goes by its name.
_NO_CODE = "NA"


@dataclass(frozen=True)
class NamedMember:
    """One row of votes_members.sql: a spelling of a member, and how many votes name it."""

    member: str
    code: str | None
    name: str | None
    votes: int


@dataclass(frozen=True)
class Members:
    """The states of members.

    Args:
        states: by spelling; None for one that is not understood.
        strange: spellings that are not understood, with the number of votes.
        overruled: spellings whose code says another state than their name, with the state that the code says.
    """

    states: dict[str, str | None]
    strange: Counter[str]
    overruled: dict[str, str]


def members_of(rows: Sequence[NamedMember]) -> Members:
    """Which state each member is: a code says it, and the name where the code says nothing.

    Codes of two letters are those of ISO 3166-1, numbers those of the Correlates of War project. Three letters may be
    of either list, which differ: beside names they count as ISO's only where every name that is understood agrees.
    """
    pairs = [
        (state_of(r.code, "name"), state_of(r.name, "name")) for r in rows if r.name and r.code and len(r.code) == 3
    ]
    named = [(code, name) for code, name in pairs if name]
    iso = bool(named) and all(code == name for code, name in named)
    states = {row.member: _state_of(row, iso) for row in rows}
    strange = Counter({row.member: row.votes for row in rows if states[row.member] is None})
    by_name = {row.member: state_of(row.name or "", "name") for row in rows}
    overruled = {
        member: state for member, state in states.items() if state and by_name[member] not in (None, NO_STATE, state)
    }
    return Members(states, strange, overruled)


def _state_of(row: NamedMember, iso: bool) -> str | None:
    """The state of one member; "" for what is no state, None for what is not understood."""
    named = state_of(row.name, "name") if row.name else None
    if row.code is None:
        return named
    code = row.code.removesuffix(".0")
    if code.isdigit():
        said = state_of(code, "cow")
    elif len(code) == 2:
        said = state_of(code, "alpha2") if code.upper() != _NO_CODE else None
    else:
        said = state_of(code, "name") if iso or row.name is None else named
    return named if said is None else said
