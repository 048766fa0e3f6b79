"""What can go wrong, said so that the reader can mend it.

Every message names the place, what was got, what was expected and the fix, and ends in a slug
that docs/messages.md explains.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from heapq import nsmallest
from typing import Literal

from tumen.counting import counted

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Place:
    """A place that the author of a case can open.

    Args:
        file: path as the author wrote or named it.
        line: 1-based line, or None where the file as a whole is meant.
    """

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing wrong with a case.

    Args:
        got, expected, fix: the three parts of the message, without final stops.
        slug: the entry of docs/messages.md.
        severity: an error stops a run; a warning is shown and the rest goes on.
        stands_for: of how many problems of its kind this one tells.

    Example:
        >>> print(Problem(Place("claims.toml", 14), got="measure 'dependance.share'", expected="a known measure",
        ...               fix="Did you mean 'dependence.share'?", slug="unknown-measure"))
        claims.toml:14: got measure 'dependance.share'; expected a known measure. \
Did you mean 'dependence.share'? [unknown-measure]
    """

    place: Place = field(kw_only=False)
    got: str
    expected: str
    fix: str
    slug: str
    severity: Severity = "error"
    stands_for: int = 1

    @property
    def file(self) -> str:
        """The file that it is in."""
        return self.place.file

    @property
    def line(self) -> int | None:
        """The line that it is on, where it is on one."""
        return self.place.line

    def __str__(self) -> str:
        text = visible(f"{self.place}: got {self.got}; expected {self.expected}. {self.fix} [{self.slug}]")
        return text.replace("\n", "\\n")


def problem_at(place: Place, got: str, expected: str, fix: str, slug: str, severity: Severity = "error") -> Problem:
    """A problem, by its parts in the order in which a reader meets them.

    Example:
        >>> print(problem_at(Place("claims.toml", 14), "no sentence", "one", "Add it.", "key-missing"))
        claims.toml:14: got no sentence; expected one. Add it. [key-missing]
    """
    return Problem(place, got=got, expected=expected, fix=fix, slug=slug, severity=severity)


#: Problems of one kind beyond this many are counted, not listed.
SHOWN_OF_A_KIND = 100


def listed(problems: Iterable[Problem]) -> list[Problem]:
    """Problems as a reader is told of them: the first of each kind, and how many more there are of it.

    Every place that shows problems shows these.

    Returns: in the order given, with the line that counts the rest of a kind at the end.
    """
    told: list[Problem] = []
    rest: dict[tuple[str, Severity], list[Problem]] = {}
    counts: Counter[tuple[str, Severity]] = Counter()
    for problem in problems:
        kind = problem.slug, problem.severity
        counts[kind] += problem.stands_for == 1
        if problem.stands_for > 1 or counts[kind] > SHOWN_OF_A_KIND:
            rest.setdefault(kind, []).append(problem)
        else:
            told.append(problem)
    return [*told, *(line for unlisted in rest.values() for line in _counted(unlisted))]


def _counted(unlisted: Sequence[Problem]) -> list[Problem]:
    """The line for problems of one kind that are not listed; those that count a file's own rest stand if they are
    few.
    """
    if all(p.stands_for > 1 for p in unlisted) and len(unlisted) <= SHOWN_OF_A_KIND:
        return list(unlisted)
    count = sum(p.stands_for for p in unlisted)
    return [
        replace(
            unlisted[0],
            place=Place(unlisted[0].file),
            got=f"{counted(count, 'more problem')} of this kind, here and in later places",
            expected="none",
            fix="Correct the first ones, then check again.",
            stands_for=count,
        )
    ]


class TumenError(Exception):
    """Root of all errors that a user may see. The message is meant for them as it stands."""


class ProblemsError(TumenError, ValueError):
    """A case cannot be run; carries every problem found in one pass."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{p.severity}: {p}" for p in listed(self.problems)))


class EngineError(TumenError, RuntimeError):
    """The engine that was asked for cannot be had, or could not answer."""


class KindError(TumenError, LookupError):
    """A kind of evidence cannot be loaded."""


class WriteError(TumenError, OSError):
    """A file could not be written, or its place is not what it says."""


class BusyError(TumenError, TimeoutError):
    """Another command changes what this one wants to change, and takes too long."""


class OutputError(TumenError, OSError):
    """Standard output does not take what is said."""


class IdentitiesError(TumenError, ValueError):
    """A file of identities could not be opened or written; says nothing of what it holds."""


#: Letters and marks that look like nothing: a joiner of graphemes, fillers of Hangul, inherent vowels of Khmer.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")

#: Where code points that are no character yet, or never will be, are to be ignored.
_UNASSIGNED = ((0x2065, 0x2065), (0xFDD0, 0xFDEF), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF))


def hidden(character: str) -> bool:
    r"""Whether a character cannot be seen, and may act on what shows it; a line end is none.

    Control, format, private-use and direction characters, surrogates, separators of lines and paragraphs,
    noncharacters, and letters that look like nothing.

    Source: The Unicode Standard, chapter 23, and Default_Ignorable_Code_Point of its DerivedCoreProperties.

    Example:
        >>> hidden("\u202e"), hidden("\uffff"), hidden("\u3164"), hidden("x"), hidden("\n")
        (True, True, True, False, False)
    """
    if character == "\n":
        return False
    kind = unicodedata.category(character)
    if kind == "Cn":  # a noncharacter, or one that is to be ignored once it is assigned
        code = ord(character)
        return code & 0xFFFE == 0xFFFE or any(low <= code <= high for low, high in _UNASSIGNED)
    return kind in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") or character in _BLANK


def visible(text: str) -> str:
    r"""Replace what a terminal, a page or a drawing would act on: every hidden character.

    A case is a stranger's, so nothing of it may steer the reader's screen. Line ends stay.

    Example:
        >>> visible("Nampo\x1b[2J")
        'Nampo\\x1b[2J'
    """
    return _replaced(text, lambda c: c.encode("unicode_escape", "surrogatepass").decode("ascii"))


def visible_json(text: str) -> str:
    r"""A JSON text that says the same with every hidden character as an escape, so that values stay what they were.

    Example:
        >>> visible_json('{"name": "Nampo\x9b2J"}')
        '{"name": "Nampo\\u009b2J"}'
    """
    return _replaced(text, lambda c: json.dumps(c)[1:-1])


def hidden_in(text: str) -> list[str]:
    """The hidden characters of a text, once each and in order."""
    if text.isprintable() and (text.isascii() or _BLANK.isdisjoint(text)):
        return []
    return sorted(c for c in set(text) if hidden(c))


def _replaced(text: str, escape: Callable[[str], str]) -> str:
    """A text with every hidden character escaped."""
    strange = hidden_in(text)
    return text.translate({ord(c): escape(c) for c in strange}) if strange else text


#: Most names that are compared with a word, longest word that is, and most names that are looked through: a case may
#: have thousands of names and thousands of typing errors.
MOST_SEARCHED, LONGEST_SEARCHED, MOST_LISTED = 50, 100, 1000


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Name the nearest known words, or list them all when none is near.

    Example:
        >>> did_you_mean("dependance.share", ["dependence.share", "caps.excess"])
        "Did you mean 'dependence.share'?"
    """
    names = list(known)
    if len(names) > MOST_LISTED:
        return f"{len(names)} are known."
    begins = word[:2].casefold()
    searched = (
        names if len(names) <= MOST_SEARCHED else [n for n in names if n[:2].casefold() == begins][:MOST_SEARCHED]
    )
    near = sorted(n for n in searched if n.casefold() == word.casefold())[:2]
    near = near or get_close_matches(word, sorted(searched), n=2, cutoff=0.6) if len(word) <= LONGEST_SEARCHED else []
    if near:
        return "Did you mean " + " or ".join(f"'{n}'" for n in near) + "?"
    if not names:
        return "None is declared."
    shown = ", ".join(nsmallest(12, names)) + (" …" if len(names) > 12 else "")
    return f"Known: {shown}."
