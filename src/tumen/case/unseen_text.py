"""Characters of a case that cannot be seen, named by their places: outputs show them as escapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tumen.case.lines import KeyPath
from tumen.counting import counted
from tumen.errors import Place, Problem, hidden_in, visible

#: Places in one file beyond this many are counted, not listed.
SHOWN = 5

#: What text may hold to set it out: no reader is misled by it.
_LAYOUT = "\t\n\r"


def unseen(text: str) -> list[str]:
    r"""The characters of a text that cannot be seen, once each and in order; tabs and line ends are let pass.

    Example:
        >>> unseen("a\u202eb\tc\x1b")
        ['\x1b', '\u202e']
    """
    return [c for c in hidden_in(text) if c not in _LAYOUT]


def unseen_in(body: Mapping[str, Any], lines: Mapping[KeyPath, int], file: str) -> list[Problem]:
    """A warning for each line of a TOML file with such characters in a value or a key, and a count of further ones.

    Args:
        body: what the file holds, so that a character written as an escape is found too.
        lines: the line of each key.
    """
    found: dict[int | None, set[str]] = {}
    for path, text in _texts(body, ()):
        if strange := unseen(text):
            line = next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), None)
            found.setdefault(line, set()).update(strange)
    places = [(line, c) for line in sorted(found, key=lambda at: at or 0) for c in sorted(found[line])]
    return told(file, places[:SHOWN], len(places))


def told(file: str, places: list[tuple[int | None, str]], number: int) -> list[Problem]:
    """The warnings of a file: one for each line and character, then the number of further places.

    Args:
        number: places in all.
    """
    problems = [
        Problem(
            Place(file, line),
            got=f"the character {_code(c)} in text",
            expected="characters that can be seen",
            fix=f"Remove it; outputs show it as {visible(c)}.",
            slug="character-hidden",
            severity="warning",
        )
        for line, c in places
    ]
    if number > len(places):
        problems.append(
            Problem(
                Place(file),
                got=f"{counted(number - len(places), 'more character')} that cannot be seen",
                expected="none",
                fix="Correct the first ones, then check again.",
                slug="character-hidden",
                severity="warning",
            )
        )
    return problems


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _texts(part: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Every text of what a TOML file holds, keys among them, with its path."""
    if isinstance(part, str):
        yield path, part
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield (*path, key), key
            yield from _texts(value, (*path, key))
    elif isinstance(part, list):
        for number, value in enumerate(part):
            yield from _texts(value, (*path, number))
