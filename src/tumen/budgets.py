"""How much of a case is read, and how many problems are told of: every limit of size in one place.

A case is a stranger's. What is over a budget is told of before it is worked on, so that no file keeps a machine busy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tumen.errors import SHOWN_OF_A_KIND, Place, Problem

#: Most bytes of one TOML file of a case. A larger one is not one that a person wrote.
TOML_BYTES = 4_000_000

#: Longest line of a CSV and longest cell of a Parquet file, in bytes. A longer one no analyst wrote.
LINE_BYTES = 1_000_000

#: Most parts of one kind that case.toml and claims.toml may have, by what they call them; other files say their own.
ITEMS: Mapping[str, int] = {
    "claim": 10_000,
    "specification": 10_000,
    "decision": 1_000,
    "actor": 1_000,
}

#: Most specifications that all claims together may name.
NAMED_SPECIFICATIONS = 50_000

#: Most ways to count that the decisions of one claim may make.
WAYS = 200
#: Most files that `[record]` may name.
RECORD_FILES = 1_000

#: Rows of one file that cannot be read, beyond which the file is refused rather than read without them.
UNREADABLE_ROWS = 50_000

#: Problems of a TOML file beyond which the rest of it is not looked at.
TOML_PROBLEMS = 20_000

#: Problems of one kind in one file of the record beyond this many are counted, not listed.
SHOWN_OF_A_FILE = 20


@dataclass(frozen=True)
class Budgets:
    """How much of a record is read, where the user does not say otherwise.

    Args:
        rows: of one table, all its files together.
        megabytes: of cells, all files of the record together; a megabyte is a million bytes.
    """

    rows: int = 5_000_000
    megabytes: int = 500

    @property
    def bytes(self) -> int:
        """The bytes of cells that may be read."""
        return self.megabytes * 1_000_000


#: What is read where the user does not say otherwise.
USUAL = Budgets()


def over(file: str, line: int | None, got: str, allowed: str, fix: str) -> Problem:
    """The problem of what is larger than its budget.

    Example:
        >>> print(over("claims.toml", None, "10001 of [[claim]]", "at most 10000", "Split the case."))
        claims.toml: got 10001 of [[claim]]; expected at most 10000. Split the case. [over-budget]
    """
    return Problem(Place(file, line), got=got, expected=allowed, fix=fix, slug="over-budget")


def too_many(
    body: Mapping[str, Any], file: str, lines: Mapping[tuple[str | int, ...], int], most: Mapping[str, int] = ITEMS
) -> list[Problem]:
    """Kinds of part of which a TOML file has more than their budget, counted before any is looked at.

    Args:
        most: parts of each kind that the file may have.
    """
    counts = {kind: len(body[kind]) for kind in most if isinstance(body.get(kind), list)}
    return [
        over(
            file,
            lines.get((kind, most[kind])),
            f"{count} of [[{kind}]]",
            f"at most {most[kind]}",
            "Split the case into several.",
        )
        for kind, count in counts.items()
        if count > most[kind]
    ]


def overnamed(body: Mapping[str, Any], file: str) -> list[Problem]:
    """More specifications named by all claims together than their budget."""
    claims = body.get("claim")
    named = [c.get("specifications") for c in claims if isinstance(c, dict)] if isinstance(claims, list) else []
    count = sum(len(names) for names in named if isinstance(names, list))
    if count <= NAMED_SPECIFICATIONS:
        return []
    return [
        over(
            file,
            None,
            f"{count} specifications named by claims",
            f"at most {NAMED_SPECIFICATIONS}",
            "Split the case into several.",
        )
    ]


def unread(file: str) -> Problem:
    """The problem of a TOML file with so many that the rest of it is not looked at."""
    return over(
        file,
        None,
        f"more than {TOML_PROBLEMS} problems",
        "fewer",
        "Correct the first ones, then check again; the rest of the file was not looked at.",
    )


def table_of(most: Mapping[str, int] = ITEMS) -> Sequence[tuple[str, str, str]]:
    """Every budget for the documentation: of what, how much, and the option that moves it.

    Args:
        most: parts of each kind that a case's files may have.
    """
    return (
        ("rows of a table", f"{USUAL.rows:,}", "`--max-rows`"),
        ("cells of the record's files together", f"{USUAL.megabytes:,} MB", "`--max-mb`"),
        ("a line of a CSV, a cell of a Parquet file", f"{LINE_BYTES:,} bytes", ""),
        ("rows of a file that cannot be read", f"{UNREADABLE_ROWS:,}", ""),
        ("files that `[record]` names", f"{RECORD_FILES:,}", ""),
        ("a TOML file", f"{TOML_BYTES:,} bytes", ""),
        *((f"`[[{kind}]]`", f"{number:,}", "") for kind, number in most.items()),
        ("specifications that all claims together name", f"{NAMED_SPECIFICATIONS:,}", ""),
        ("ways to count of one claim", f"{WAYS:,}", ""),
        ("problems of a TOML file that are looked for", f"{TOML_PROBLEMS:,}", ""),
        ("problems of one kind that are printed", f"{SHOWN_OF_A_KIND:,}", ""),
        ("of these, in one file of the record", f"{SHOWN_OF_A_FILE:,}", ""),
    )
