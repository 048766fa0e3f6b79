"""Numbers in front of their nouns, so that a sentence never says '1 rows', and names, of which a few are said."""

from __future__ import annotations

from collections.abc import Sequence

#: Of many names, so many are said.
NAMED = 5


def counted(number: float, one: str, many: str = "") -> str:
    """A number with its noun, which agrees with it.

    Args:
        many: the noun for other numbers than one; where empty, `one` with an s.

    Example:
        >>> counted(0, "row"), counted(1, "row"), counted(1234, "row"), counted(2, "identity", "identities")
        ('no rows', '1 row', '1,234 rows', '2 identities')
        >>> counted(1.0, "day"), counted(2.5, "day")
        ('1 day', '2.5 days')
    """
    shown = f"{number:,}".removesuffix(".0") if number else "no"
    return f"{shown} {one if number == 1 else many or f'{one}s'}"


def named_few(names: Sequence[str]) -> str:
    """The first of some names, and how many more there are.

    Example:
        >>> named_few("abcde"), named_few("abcdefg")
        ('a, b, c, d, e', 'a, b, c, d, e and 2 more')
    """
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
