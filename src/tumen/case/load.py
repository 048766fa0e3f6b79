"""Read a case's folder into a `Case`, with every problem of its TOML files in one pass."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tumen.budgets import ITEMS, overnamed, too_many
from tumen.case.claims_file import naming_problems, read_claims
from tumen.case.folder import not_utf8, not_utf8_name, read_text
from tumen.case.lines import KeyPath, key_lines
from tumen.case.model import CaseHeader, Claim, Decision, Group, SpecificationChoice
from tumen.case.salvage import salvaged
from tumen.case.unseen_text import unseen_in
from tumen.case.validating import validated
from tumen.case.values import values_hash
from tumen.errors import Place, Problem, did_you_mean

#: Most dots on one line of TOML. The parser's memory grows with the square of a dotted key's parts.
MAX_DOTS = 100

#: Keys of case.toml that name no value of its own: the day, which the user may move, and files, whose rows count.
_NO_VALUES = ("as_of", "record")

_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'""")


@dataclass(frozen=True)
class Case:
    """A case as its author wrote it: what is asserted, not yet measured.

    Args:
        folder: where it was read from.
        allowed: places outside the folder that the user allows it to read.
        specifications: every declared way to count, by id.
        decisions: every declared decision, by id.
        parts: what its further files hold, by the file's name.
        bodies: its files as parsed, by the file's name, without keys that name no value.
    """

    folder: Path
    header: CaseHeader
    claims: tuple[Claim, ...]
    specifications: Mapping[str, SpecificationChoice]
    decisions: Mapping[str, Decision]
    allowed: tuple[Path, ...] = ()
    parts: Mapping[str, Any] = field(default_factory=dict)
    bodies: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)

    @property
    def groups(self) -> Mapping[str, Group]:
        """The codes that stand for several states, each with what it stands for."""
        return self.header.groups

    @cached_property
    def values(self) -> Mapping[str, str]:
        """What names the values of each of its files, by the file's name."""
        return {name: values_hash(body) for name, body in self.bodies.items()}


@dataclass(frozen=True)
class CaseFile:
    """A file that a case may have beside case.toml and claims.toml.

    Args:
        most: parts of each kind that it may have, by what it calls them.
        read: makes of its keys, the line of each, the header and the claims what the file holds, or None, and says
            everything that is wrong with it.
    """

    name: str
    most: Mapping[str, int]
    read: Callable[
        [Mapping[str, Any], Mapping[KeyPath, int], CaseHeader, Sequence[Claim]], tuple[Any | None, list[Problem]]
    ]


#: What stands in for keys of case.toml that are missing or cannot be read, so that all else is checked; for the day
#: nothing can.
_INSTEAD: Mapping[str, Any] = {
    "title": "none",
    "focal": "XXX",
    "seed": 0,
    "citation": {"author": "none", "title": "none", "publisher": "none", "published": dt.date.min},
    "actor": [{"id": "XXX", "name": "none"}],
}


def read_case(
    folder: Path, files: Sequence[CaseFile], allowed: Sequence[Path] = ()
) -> tuple[Case | None, list[Problem]]:
    """Load a case's TOML files.

    Args:
        folder: the case's folder.
        files: those that it may have beside case.toml and claims.toml.
        allowed: places outside the folder that the user allows it to read.

    Returns: the case, or None where too little of it could be read, and every problem found.
    """
    if not_utf8(folder):
        return None, [not_utf8_name(str(folder))]
    if not folder.is_dir():
        return None, [
            Problem(
                Place(str(folder)),
                got="no such folder",
                expected="a case's folder",
                fix="Give the path of a folder with case.toml and claims.toml; `tumen new DIR` makes one.",
                slug="case-missing",
            )
        ]
    head, head_lines, problems = _read_toml(folder, "case.toml", allowed)
    body, body_lines, more = _read_toml(folder, "claims.toml", allowed)
    problems += more
    header: CaseHeader | None = None
    if head is not None:
        header, more = validated(CaseHeader, head, "case.toml", head_lines)
        problems += more
        header = header or salvaged(CaseHeader, head, _INSTEAD)
    if body is None:
        return None, problems
    declared, more = read_claims(body, body_lines)
    problems += more
    if header is None or head is None:
        return None, problems
    header = header.placed(head_lines)
    problems += [*_header_problems(header), *naming_problems(declared)]
    parts, bodies, more = _parts(folder, files, header, declared.claims, allowed)
    bodies |= {"case.toml": {k: v for k, v in head.items() if k not in _NO_VALUES}, "claims.toml": body}
    return Case(folder, header, **vars(declared), allowed=tuple(allowed), parts=parts, bodies=bodies), [
        *problems,
        *more,
    ]


def _parts(
    folder: Path, files: Sequence[CaseFile], header: CaseHeader, claims: Sequence[Claim], allowed: Sequence[Path]
) -> tuple[dict[str, Any], dict[str, Mapping[str, Any]], list[Problem]]:
    """What each further file of a case holds, where the case has it, as read and as parsed, and what is wrong."""
    parts: dict[str, Any] = {}
    bodies: dict[str, Mapping[str, Any]] = {}
    problems: list[Problem] = []
    for file in files:
        if not (folder / file.name).exists() and not (folder / file.name).is_symlink():
            continue
        body, lines, more = _read_toml(folder, file.name, allowed, file.most)
        problems += more
        if body is not None:
            bodies[file.name] = body
            part, more = file.read(body, lines, header, claims)
            problems += more
            parts |= {file.name: part} if part is not None else {}
    return parts, bodies, problems


def _read_toml(
    folder: Path, name: str, allowed: Sequence[Path], most: Mapping[str, int] = ITEMS
) -> tuple[dict[str, Any] | None, Mapping[KeyPath, int], list[Problem]]:
    """Parsed TOML, the line of each key, and what is wrong with the file."""
    text, problems = read_text(folder, name, allowed)
    if problems:
        return None, {}, problems
    crowded = _crowded(text)
    if crowded is not None:
        return (
            None,
            {},
            [
                Problem(
                    Place(name, crowded),
                    got=f"a line with more than {MAX_DOTS} dots",
                    expected="keys of a few parts",
                    fix="Break the line, or shorten its key.",
                    slug="toml-unreadable",
                )
            ],
        )
    try:
        body = tomllib.loads(text)
        lines = key_lines(text)
        problems = [*too_many(body, name, lines, most), *overnamed(body, name)]
        if problems:
            return None, lines, problems
        return body, lines, unseen_in(body, lines, name)
    except ValueError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place.group(1)) if place else None
        got = re.sub(r"\s*\(at .*\)$", "", str(error)) or "unreadable text"
        if not isinstance(error, tomllib.TOMLDecodeError):
            got = "a number of thousands of digits"
        return (
            None,
            {},
            [
                Problem(
                    Place(name, line),
                    got=f"TOML that cannot be read ({got})",
                    expected="valid TOML",
                    fix="Correct that line; text needs quotes, dates do not.",
                    slug="toml-unreadable",
                )
            ],
        )
    except RecursionError:
        return (
            None,
            {},
            [
                Problem(
                    Place(name),
                    got="tables nested too deeply",
                    expected="valid TOML",
                    fix="A case needs no more than three levels.",
                    slug="toml-unreadable",
                )
            ],
        )


def _crowded(text: str) -> int | None:
    """The first line with more dots than a key may have; those in quotes do not count where it is plain which are."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") <= MAX_DOTS:
            continue
        plain = '"""' not in text and "'''" not in text
        if not plain or _QUOTED.sub("", line).count(".") > MAX_DOTS:
            return number
    return None


def _header_problems(header: CaseHeader) -> list[Problem]:
    """What parts of case.toml say of each other: actors, dates."""
    problems: list[Problem] = []
    actors = {a.id for a in header.actor}
    if header.focal not in actors and header.unread.isdisjoint(("focal", "actor")):
        problems.append(
            Problem(
                Place("case.toml", header.line("focal")),
                got=f"focal state '{header.focal}'",
                expected="an actor of the case",
                fix=did_you_mean(header.focal, actors),
                slug="unknown-actor",
            )
        )
    if header.edition and ("as_of",) in header.lines:
        problems.append(
            Problem(
                Place("case.toml", header.line("as_of")),
                got="as_of beside [[edition]]",
                expected="either of them: each edition has its own day, and the latest is the case's",
                fix="Remove the line.",
                slug="as-of-twice",
            )
        )
    if header.citation.published > header.as_of:
        problems.append(
            Problem(
                Place("case.toml", header.wall_line),
                got=f"as_of {header.as_of}, before the assessment's date {header.citation.published}",
                expected="as_of not before it",
                fix="Correct one of the dates.",
                slug="dates-backwards",
            )
        )
    return problems
