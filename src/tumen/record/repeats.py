"""Things that a table tells twice under two names, as two lists do that spell them differently: each counts once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tumen.counting import counted, named_few
from tumen.engine.loading import quoted
from tumen.engine.queries import Engine, typed
from tumen.errors import Place, Problem
from tumen.record.columns import Table, Twice


@dataclass(frozen=True)
class Repeat:
    """A thing that a table tells twice.

    Args:
        day, name: what its rows have that are told again, in the columns of its table's `Twice`.
        kept: the name under which it stands too.
        lists: whether whole lists repeat each other, so that these rows are left out.
        rows: how many they are.
    """

    day: str
    name: str
    kept: str
    lists: bool
    rows: int


def repeats_of(engine: Engine, among: Mapping[Table, str]) -> dict[str, tuple[Repeat, ...]]:
    """What tables tell twice, by table.

    Args:
        among: for each table, SQL that is true for a row that is known.
    """
    found = {
        table.name: tuple(typed(engine.inspect(table.twice.finds.replace("{known}", known)), Repeat))
        for table, known in among.items()
        if table.twice
    }
    return {name: each for name, each in found.items() if each}


def but_lists_again(twice: Twice, repeats: Sequence[Repeat]) -> str:
    """SQL, after another condition, that is true for a row that is not of a list that repeats another."""
    gone = ", ".join(f"({quoted(one.day)}, {quoted(one.name)})" for one in repeats if one.lists)
    return f' and (cast("{twice.day}" as varchar), "{twice.name}") not in ({gone})' if gone else ""


def repeat_problems(repeats: Mapping[str, Sequence[Repeat]], tables: Mapping[str, Table]) -> list[Problem]:
    """A warning for what is left out as lists repeat each other, and one for what looks like one thing told twice."""
    problems = []
    for name, each in repeats.items():
        twice = tables[name].twice
        for lists in (True, False):
            mine = [one for one in each if one.lists == lists]
            if twice and mine:
                problems.append(_problem(name, twice, mine, lists))
    return problems


def _problem(table: str, twice: Twice, each: Sequence[Repeat], lists: bool) -> Problem:
    named = named_few([f"{one.name} as {one.kept} on {one.day}" for one in each])
    return Problem(
        Place(f"record/{table}.csv"),
        got=f"{counted(len(each), twice.noun)} of {table} told twice under two names ({named})",
        expected=f"each {twice.noun} once",
        fix=twice.left_out if lists else twice.told,
        slug="told-twice",
        severity="warning",
    )
