"""What can go wrong, said so that the reader can mend it.

Every message names the place, what was got, what was expected and the fix, and ends in a slug
that docs/messages.md explains.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a case, at a place its author can open.

    Args:
        file: path as the author wrote or named it.
        line: 1-based line, or None where the file as a whole is meant.
        got, expected, fix: the three parts of the message, without final stops.
        slug: the entry of docs/messages.md.
        severity: an error stops a run; a warning is shown and the rest goes on.

    Example:
        >>> print(Problem("claims.toml", 14, "measure 'dependance.share'", "a known measure",
        ...               "Did you mean 'dependence.share'?", "unknown-measure"))
        claims.toml:14: got measure 'dependance.share'; expected a known measure. \
Did you mean 'dependence.share'? [unknown-measure]
    """

    file: str
    line: int | None
    got: str
    expected: str
    fix: str
    slug: str
    severity: Severity = "error"

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        text = visible(f"{place}: got {self.got}; expected {self.expected}. {self.fix} [{self.slug}]")
        return text.replace("\n", "\\n")


class TumenError(Exception):
    """Root of all errors that a user may see. The message is meant for them as it stands."""


class ProblemsError(TumenError, ValueError):
    """A case cannot be run; carries every problem found in one pass."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{p.severity}: {p}" for p in self.problems))


class EngineError(TumenError, RuntimeError):
    """The engine that was asked for cannot be had, or could not answer."""


class MeasurementError(TumenError, LookupError):
    """A measure was asked for that is not there or that cannot be loaded."""


class WriteError(TumenError, OSError):
    """A file could not be written, or its place is not what it says."""


class BusyError(TumenError, TimeoutError):
    """Another command changes what this one wants to change, and takes too long."""


class IdentitiesError(TumenError, ValueError):
    """A file of identities could not be opened or written; says nothing of what it holds."""


#: Signs with which a spreadsheet takes a cell for a formula. Source: OWASP, CSV Injection.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "|", "%", "＝", "＋", "－", "＠")


def visible(text: str) -> str:
    r"""Replace what a terminal would act on: control, format and direction characters.

    A case is a stranger's, so nothing of it may steer the reader's screen. Line ends stay.

    Example:
        >>> visible("Nampo\x1b[2J")
        'Nampo\\x1b[2J'
    """
    if text.isprintable():
        return text
    return "".join(
        c
        if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
        else c.encode("unicode_escape", "surrogatepass").decode("ascii")
        for c in text
    )


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Name the nearest known words, or list them all when none is near.

    Example:
        >>> did_you_mean("dependance.share", ["dependence.share", "caps.excess"])
        "Did you mean 'dependence.share'?"
    """
    names = sorted(known)
    near = get_close_matches(word, names, n=2, cutoff=0.6)
    if near:
        return "Did you mean " + " or ".join(f"'{n}'" for n in near) + "?"
    if not names:
        return "None is declared."
    shown = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    return f"Known: {shown}."
