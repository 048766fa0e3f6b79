"""Rows of a table that tell of the same thing: each names another, or is the one that counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tumen.engine.queries import Engine, typed
from tumen.record.columns import Table

#: The thing that a row tells of, by the row's id: the id of the row that counts, or of all that name each other.
Things = Mapping[str, str]


@dataclass(frozen=True)
class _Naming:
    """A row that names another one of its table."""

    id: str
    named: str


def same_things(engine: Engine, table: Table) -> dict[str, str]:
    """What each row tells of that names another one, over the whole table.

    Args:
        engine: holds the table as it was read, so that a row that is not known yet still ties those that name it.

    Returns: nothing for a row that names none: it stands for itself.
    """
    return things(_naming(engine, table))


def in_circles(engine: Engine, table: Table) -> list[str]:
    """Ids of the rows of a table that name each other in a circle, so that none of them is the one that counts.

    Returns: no row that names itself alone, which the table's own rules tell.
    """
    named = _naming(engine, table)
    return sorted(row for circle in circles(named) if len(circle) > 1 for row in circle)


def things(named: Mapping[str, str]) -> dict[str, str]:
    """What each row tells of: the end of the chain that it begins, or all rows of the circle that this runs into.

    Args:
        named: the row that each row names, by their ids.

    Example:
        >>> things({"a": "b", "b": "c"}), things({"x": "y", "y": "x"})
        ({'a': 'c', 'b': 'c'}, {'x': 'x = y', 'y': 'x = y'})
    """
    found = {row: " = ".join(circle) for circle in circles(named) for row in circle}
    for row in named:
        path, here = [], row
        while here in named and here not in found:
            path.append(here)
            here = named[here]
        found |= dict.fromkeys(path, found.get(here, here))
    return found


def circles(named: Mapping[str, str]) -> Iterator[list[str]]:
    """Rows that name each other in a circle, in order of their ids.

    Example:
        >>> list(circles({"a": "b", "b": "a", "c": "a"}))
        [['a', 'b']]
    """
    begun: dict[str, int] = {}
    for number, row in enumerate(named):
        here = row
        while here in named and here not in begun:
            begun[here] = number
            here = named[here]
        if begun.get(here) == number:
            circle = [here]
            while (here := named[here]) != circle[0]:
                circle.append(here)
            yield sorted(circle)


def _naming(engine: Engine, table: Table) -> dict[str, str]:
    if not table.same:
        return {}
    sql = f'select id, {table.same} as named from "{table.name}" where id is not null and {table.same} is not null '  # noqa: S608
    return {row.id: row.named for row in typed(engine.inspect(f"{sql}order by id"), _Naming)}
