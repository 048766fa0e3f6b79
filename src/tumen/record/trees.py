"""Trees that rows of a table make, such as topics, resolved here because no two engines recurse alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

#: The row above each row, by their ids; None at a root.
Parents = Mapping[str, str | None]


def ancestry(parents: Parents, row: str) -> list[str]:
    """A row and all above it, nearest first; a cycle is walked once.

    Example:
        >>> ancestry({"treaty": "dyad", "dyad": None}, "treaty")
        ['treaty', 'dyad']
    """
    found: list[str] = []
    here: str | None = row
    while here is not None and here not in found:
        found.append(here)
        here = parents.get(here)
    return found


def under(parents: Parents, roots: Iterable[str]) -> frozenset[str]:
    """Every row that is one of these or lies below one.

    Example:
        >>> sorted(under({"treaty": "dyad", "dyad": None, "war": None}, ["dyad"]))
        ['dyad', 'treaty']
    """
    wanted = set(roots)
    inside: dict[str, bool] = {}
    for row in parents:
        path = ancestry(parents, row)
        known = next((n for n, t in enumerate(path) if t in inside), len(path))
        below = inside[path[known]] if known < len(path) else False
        for step in reversed(path[:known]):
            below = below or step in wanted
            inside[step] = below
    return frozenset(t for t in parents if inside[t])


def cycles(parents: Parents) -> list[str]:
    """Rows that lie above themselves.

    Example:
        >>> cycles({"a": "b", "b": "a", "c": "a"})
        ['a', 'b']
    """
    return sorted(t for t in parents if t in {parents.get(step) for step in ancestry(parents, t)})
