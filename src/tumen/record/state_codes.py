"""Codes of states: which three letters ISO 3166 gives one, and what a code that it does not give may have meant."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from tumen.errors import did_you_mean
from tumen.record.readers.states import known_states, state_of

#: All states together, and several that a row's note names: codes of ours, in the record alone.
ALL_STATES, SEVERAL_STATES = "WLD", "XXX"

#: First and last of the codes that ISO 3166-1 leaves to its users, such as XKX.
_OF_USERS = (("AAA", "AAZ"), ("QMA", "QZZ"), ("XAA", "XZZ"), ("ZZA", "ZZZ"))


@functools.cache
def _given() -> frozenset[str]:
    return frozenset(known_states("name").values())


def is_state(code: str) -> bool:
    """Whether ISO 3166 gives a code to a state, or gave it to one that is no more.

    Example:
        >>> is_state("ABX"), is_state("abw")
        (False, False)
    """
    return code in _given()


def left_to_users(code: str) -> bool:
    """Whether ISO 3166 leaves a code to its users, who have to declare what they mean by it.

    Example:
        >>> left_to_users("XKX"), left_to_users("ZZZ"), left_to_users("EUU")
        (True, True, False)
    """
    plain = len(code) == 3 and code.isascii() and code.isupper()
    return plain and any(first <= code <= last for first, last in _OF_USERS)


def meant_by(code: str, known: Iterable[str]) -> str:
    """What a code that is no state may have meant: the state of that name, or known codes that are like it.

    Args:
        known: codes that are declared or stand in the record.

    Example:
        >>> meant_by("XBA", ["XAB", "XCC"])
        "Did you mean 'XAB'?"
    """
    named = state_of(code, "name")
    return f"Did you mean '{named}'?" if named else did_you_mean(code.upper(), known)
