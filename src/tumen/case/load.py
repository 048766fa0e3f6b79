"""Read a case's folder into a `Case`, with every problem of its TOML files in one pass."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tumen.budgets import TOML_PROBLEMS, overnamed, too_many, unread
from tumen.case.folder import not_utf8, not_utf8_name, read_text
from tumen.case.hypotheses import FILE as HYPOTHESES
from tumen.case.hypotheses import Evidence, Hypotheses, HypothesesFile, Hypothesis, Observable
from tumen.case.hypotheses import check as check_hypotheses
from tumen.case.lines import Path as KeyPath
from tumen.case.lines import key_lines, lines_of_parts
from tumen.case.model import CaseHeader, Claim, Part, Placed, SpecificationChoice
from tumen.case.unseen import unseen_in
from tumen.errors import Problem, did_you_mean

P = TypeVar("P", bound=BaseModel)

#: Most dots on one line of TOML. The parser's memory grows with the square of a dotted key's parts.
MAX_DOTS = 100

_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'""")


@dataclass(frozen=True)
class Case:
    """A case as its author wrote it: what is asserted, not yet measured.

    Args:
        folder: where it was read from.
        allowed: places outside the folder that the user allows it to read.
        specifications: every declared way to count, by id.
        hypotheses: rival explanations, where the case has any.
    """

    folder: Path
    header: CaseHeader
    claims: tuple[Claim, ...]
    specifications: Mapping[str, SpecificationChoice]
    allowed: tuple[Path, ...] = ()
    hypotheses: Hypotheses | None = None


class ClaimsFile(Part):
    """Keys that claims.toml may hold at its top."""

    claim: tuple[Mapping[str, Any], ...] = ()
    specification: tuple[Mapping[str, Any], ...] = ()


def load_case(folder: Path, allowed: Sequence[Path] = ()) -> tuple[Case | None, list[Problem]]:
    """Load a case's TOML files.

    Args:
        folder: the case's folder.
        allowed: places outside the folder that the user allows it to read.

    Returns: the case, or None where too little of it could be read, and every problem found.
    """
    if not_utf8(folder):
        return None, [not_utf8_name(str(folder))]
    if not folder.is_dir():
        return None, [Problem(str(folder), None, "no such folder", "a case's folder",
                              "Give the path of a folder with case.toml and claims.toml; `tumen new DIR` makes one.",
                              "case-missing")]  # fmt: skip
    head, head_lines, problems = _read_toml(folder, "case.toml", allowed)
    body, body_lines, more = _read_toml(folder, "claims.toml", allowed)
    problems += more
    header: CaseHeader | None = None
    if head is not None:
        header, more = validated(CaseHeader, head, "case.toml", head_lines)
        problems += more
    if body is None:
        return None, problems
    claims, specifications, more = _claims(body, body_lines)
    problems += more
    if header is None:
        return None, problems
    header._lines = head_lines
    problems += _cross_checks(header, claims, specifications)
    rivals, more = _hypotheses(folder, header, claims, allowed)
    return Case(folder, header, claims, specifications, tuple(allowed), rivals), [*problems, *more]


def _hypotheses(
    folder: Path, header: CaseHeader, claims: Sequence[Claim], allowed: Sequence[Path]
) -> tuple[Hypotheses | None, list[Problem]]:
    """The rival explanations of a case, where it has the file, and what is wrong with it."""
    if not (folder / HYPOTHESES).exists() and not (folder / HYPOTHESES).is_symlink():
        return None, []
    body, lines, strange = _read_toml(folder, HYPOTHESES, allowed)
    if body is None:
        return None, strange
    top, problems = validated(HypothesesFile, body, HYPOTHESES, lines)
    parts: dict[str, list[Any]] = {}
    own = lines_of_parts(lines)
    for kind, model in (("hypothesis", Hypothesis), ("evidence", Evidence), ("observable", Observable)):
        items = getattr(top, kind) if top else body.get(kind, ())
        for number, item in enumerate(items if isinstance(items, list | tuple) else ()):
            if len(problems) > TOML_PROBLEMS:
                return None, [*problems, unread(HYPOTHESES)]
            part, more = validated(model, item, HYPOTHESES, lines, (kind, number))
            problems += more
            if isinstance(part, Placed):
                part._lines = own.get((kind, number), {})
            parts.setdefault(kind, []).extend([part] if part else [])
    if problems:
        return None, [*strange, *problems]
    found = Hypotheses(
        top.note if top else None, *(tuple(parts.get(k, ())) for k in ("hypothesis", "evidence", "observable"))
    )
    return found, [*strange, *check_hypotheses(found, claims, header.as_of)]


def _read_toml(
    folder: Path, name: str, allowed: Sequence[Path]
) -> tuple[dict[str, Any] | None, Mapping[KeyPath, int], list[Problem]]:
    """Parsed TOML, the line of each key, and what is wrong with the file."""
    text, problems = read_text(folder, name, allowed)
    if problems:
        return None, {}, problems
    crowded = _crowded(text)
    if crowded is not None:
        return None, {}, [Problem(name, crowded, f"a line with more than {MAX_DOTS} dots", "keys of a few parts",
                                  "Break the line, or shorten its key.", "toml-unreadable")]  # fmt: skip
    try:
        body = tomllib.loads(text)
        lines = key_lines(text)
        problems = [*too_many(body, name, lines), *overnamed(body, name)]
        if problems:
            return None, lines, problems
        return body, lines, unseen_in(body, lines, name)
    except ValueError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place.group(1)) if place else None
        got = re.sub(r"\s*\(at .*\)$", "", str(error)) or "unreadable text"
        if not isinstance(error, tomllib.TOMLDecodeError):
            got = "a number of thousands of digits"
        return None, {}, [Problem(name, line, f"TOML that cannot be read ({got})", "valid TOML",
                                  "Mend that line; text needs quotes, dates do not.", "toml-unreadable")]  # fmt: skip
    except RecursionError:
        return None, {}, [Problem(name, None, "tables nested too deeply", "valid TOML",
                                  "A case needs no more than three levels.", "toml-unreadable")]  # fmt: skip


def _crowded(text: str) -> int | None:
    """The first line with more dots than a key may have; those in quotes do not count where it is plain which are."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") <= MAX_DOTS:
            continue
        plain = '"""' not in text and "'''" not in text
        if not plain or _QUOTED.sub("", line).count(".") > MAX_DOTS:
            return number
    return None


def _claims(
    body: Mapping[str, Any], lines: Mapping[KeyPath, int]
) -> tuple[tuple[Claim, ...], dict[str, SpecificationChoice], list[Problem]]:
    """Every claim and specification that can be read, and the problems of the rest."""
    top, problems = validated(ClaimsFile, body, "claims.toml", lines)
    own = lines_of_parts(lines)
    claims: list[Claim] = []
    seen: set[str] = set()
    specifications: dict[str, SpecificationChoice] = {}
    for kind, model in (("specification", SpecificationChoice), ("claim", Claim)):
        items = getattr(top, kind) if top else body.get(kind, ())
        for number, item in enumerate(items if isinstance(items, list | tuple) else ()):
            if len(problems) > TOML_PROBLEMS:
                return tuple(claims), specifications, [*problems, unread("claims.toml")]
            part, more = validated(model, item, "claims.toml", lines, (kind, number))
            problems += more
            if isinstance(part, SpecificationChoice):
                problems += _repeated(part.id, specifications, kind, lines.get((kind, number, "id")))
                specifications[part.id] = part
            elif isinstance(part, Claim):
                part._lines = own.get((kind, number), {})
                problems += _repeated(part.id, seen, kind, part._lines.get(("id",)))
                seen.add(part.id)
                claims.append(part)
    if not claims and not problems:
        problems.append(Problem("claims.toml", None, "no claim", "at least one [[claim]]",
                                "Declare one; `tumen new DIR` shows how.", "no-claims"))  # fmt: skip
    return tuple(claims), specifications, problems


def _repeated(name: str, seen: Any, kind: str, line: int | None) -> list[Problem]:
    if name not in seen:
        return []
    return [Problem("claims.toml", line, f"a second {kind} '{name}'", "each id once",
                    "Give one of them another id.", "id-repeated")]  # fmt: skip


def _cross_checks(
    header: CaseHeader, claims: Sequence[Claim], specifications: Mapping[str, SpecificationChoice]
) -> list[Problem]:
    """What one part of a case says of another: actors, specifications, dates."""
    problems: list[Problem] = []
    actors = {a.id for a in header.actor}
    if header.focal not in actors:
        problems.append(Problem("case.toml", header.line("focal"), f"focal state '{header.focal}'", "an actor of the case",
                                did_you_mean(header.focal, actors), "unknown-actor"))  # fmt: skip
    if header.citation.published > header.as_of:
        problems.append(Problem("case.toml", header.line("as_of"), f"as_of {header.as_of}, before the assessment's date "
                                f"{header.citation.published}", "as_of not before it", "Correct one of the dates.",
                                "dates-backwards"))  # fmt: skip
    for claim in claims:
        for number, name in enumerate(claim.specifications):
            if name not in specifications:
                problems.append(Problem("claims.toml", claim.line("specifications", number),
                                        f"claim '{claim.id}' names specification '{name}'", "a declared [[specification]]",
                                        did_you_mean(name, specifications), "unknown-specification"))  # fmt: skip
    used = {name for claim in claims for name in claim.specifications}
    for name in sorted(set(specifications) - used):
        problems.append(Problem("claims.toml", None, f"specification '{name}', which no claim uses", "specifications in use",
                                "Name it in a claim, or remove it.", "unused-specification", "warning"))  # fmt: skip
    return problems


def validated(
    model: type[P], value: Any, file: str, lines: Mapping[KeyPath, int], at: KeyPath = ()
) -> tuple[P | None, list[Problem]]:
    """A value as its model, or every reason why it is not one, each at its line.

    Args:
        model: the pydantic model that declares the keys.
        value: what the author wrote.
        file, lines, at: where it stands: the file, the line of each key, the path to this part.
    """
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        found = error.errors(include_url=False)
        inner = {tuple(e["loc"])[:end] for e in found for end in range(1, len(e["loc"]))}
        telling = [e for e in found if tuple(e["loc"]) not in inner]
        rest = [unread(file)] if len(telling) > TOML_PROBLEMS else []
        return None, [*(_problem(model, dict(e), file, lines, at) for e in telling[:TOML_PROBLEMS]), *rest]


def _problem(
    model: type[BaseModel], error: Mapping[str, Any], file: str, lines: Mapping[KeyPath, int], at: KeyPath
) -> Problem:
    """One pydantic error in our words."""
    path: KeyPath = (*at, *error["loc"])
    line = next((lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in lines), None)
    inner = ".".join(str(p) for p in error["loc"])
    if error["type"] == "extra_forbidden":
        known = model.model_fields if len(error["loc"]) == 1 else _fields_at(model, error["loc"])
        return Problem(
            file, line, f"key '{inner}'", "a known key", did_you_mean(str(error["loc"][-1]), known), "unknown-key"
        )
    if error["type"] == "missing":
        return Problem(file, line, f"no '{inner}'", f"a value for '{inner}'", "Add it.", "key-missing")
    shown = _shown(error.get("input"))
    message = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    message = _EXPECTED.get(str(error["type"]), message)
    if error["type"] == "literal_error":
        message = f"one of {error['ctx']['expected']}"
    if error["type"] == "string_pattern_mismatch":
        pattern = str(error.get("ctx", {}).get("pattern", ""))
        message = (
            "three capital letters (ISO 3166 alpha-3)" if "A-Z" in pattern else "lower-case letters, digits, . _ -"
        )
    return Problem(file, line, f"{inner or 'this part'} = {shown}", message[:1].lower() + message[1:],
                   "Correct the value.", "bad-value")  # fmt: skip


#: What is expected where a value is of the wrong kind, by pydantic's name of the error.
_EXPECTED = {
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
                    "a date such as 2024-12-31, without quotes"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "a whole number, without quotes"),
    **dict.fromkeys(("float_type", "float_parsing"), "a number, without quotes"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "true or false"),
    **dict.fromkeys(("tuple_type", "list_type"), "a list in square brackets"),
    **dict.fromkeys(("model_type", "dict_type", "mapping_type", "model_attributes_type"), "a table of keys and values"),
    "string_type": "text in quotes",
    "string_too_short": "some text",
}  # fmt: skip


def _shown(value: Any) -> str:
    """A value as its author might know it again, cut short."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):
        return "a value too large to show"
    return text if len(text) <= 60 else text[:57] + "…"


def _fields_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Field names of the nested model that an error's path leads to."""
    here: type[BaseModel] = model
    for step in loc[:-1]:
        if isinstance(step, str) and step in here.model_fields:
            inside = str(here.model_fields[step].annotation)
            nested = [m for m in _models(model) if m.__name__ in inside]
            here = nested[0] if nested else here
    return list(here.model_fields)


def _models(model: type[BaseModel]) -> list[type[BaseModel]]:
    """The models of a case that may stand inside another."""
    return [m for m in Part.__subclasses__() if m is not model]
