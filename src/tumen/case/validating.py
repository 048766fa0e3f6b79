"""A part of a case's TOML as its model, or every reason why it is not one, each at its line and in our words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tumen.budgets import TOML_PROBLEMS, unread
from tumen.case.lines import KeyPath
from tumen.case.part import Part
from tumen.errors import Place, Problem, did_you_mean

P = TypeVar("P", bound=BaseModel)


def validated(
    model: type[P], value: Any, file: str, lines: Mapping[KeyPath, int], at: KeyPath = ()
) -> tuple[P | None, list[Problem]]:
    """A value as its model, or every reason why it is not one, each at its line.

    Nothing is taken for another thing: a number or a date in quotes is a text.

    Args:
        model: the pydantic model that declares the keys.
        value: what the author wrote.
        file, lines, at: where it stands: the file, the line of each key, the path to this part.
    """
    try:
        return as_model(model, value), []
    except ValidationError as error:
        found = error.errors(include_url=False)
        inner = {tuple(e["loc"])[:end] for e in found for end in range(1, len(e["loc"]))}
        telling = [e for e in found if tuple(e["loc"]) not in inner]
        rest = [unread(file)] if len(telling) > TOML_PROBLEMS else []
        return None, [*(_problem(model, dict(e), file, lines, at) for e in telling[:TOML_PROBLEMS]), *rest]


def as_model(model: type[P], value: Any) -> P:
    """A value as its model, with nothing in it taken for another thing. Raises: pydantic.ValidationError."""
    return model.model_validate(_tupled(value), strict=True)


def _tupled(value: Any) -> Any:
    """A value as TOML gives it, with tuples for arrays, as strict models want them."""
    if isinstance(value, dict):
        return {key: _tupled(inner) for key, inner in value.items()}
    return tuple(map(_tupled, value)) if isinstance(value, list | tuple) else value


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
            Place(file, line),
            got=f"key '{inner}'",
            expected="a known key",
            fix=did_you_mean(str(error["loc"][-1]), known),
            slug="unknown-key",
        )
    if error["type"] == "missing":
        return Problem(
            Place(file, line), got=f"no '{inner}'", expected=f"a value for '{inner}'", fix="Add it.", slug="key-missing"
        )
    shown = _shown(error.get("input"))
    message = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    message = _EXPECTED.get(str(error["type"]), message)
    if error["type"] == "literal_error":
        message = f"one of {error['ctx']['expected']}"
    if error["type"] == "string_pattern_mismatch":
        pattern = str(error.get("ctx", {}).get("pattern", ""))
        message = next(words for sign, words in _PATTERNS if sign in pattern)
    return Problem(
        Place(file, line),
        got=f"{inner or 'this part'} = {shown}",
        expected=message[:1].lower() + message[1:],
        fix="Correct the value.",
        slug="bad-value",
    )


#: What is expected where a value is of the wrong kind, by pydantic's name of the error.
_EXPECTED = {
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
        "a date such as 2024-12-31, without quotes",
    ),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "a whole number, without quotes"),
    **dict.fromkeys(("float_type", "float_parsing"), "a number, without quotes"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "true or false, without quotes"),
    **dict.fromkeys(("tuple_type", "list_type"), "a list in square brackets"),
    **dict.fromkeys(("model_type", "dict_type", "mapping_type", "model_attributes_type"), "a table of keys and values"),
    "string_type": "text in quotes",
    "string_too_short": "some text",
}


#: What a text of a pattern is, by what tells the pattern from others.
_PATTERNS = (
    ("[A-Z]{3}", "three capital letters (ISO 3166 alpha-3)"),
    ("[A-Z][A-Z0-9]", "a code of capital letters and digits, such as EUU or G7"),
    ("[A-Za-z0-9]", "letters, digits, . _ -"),
    ("", "lower-case letters, digits, . _ -"),
)


def _shown(value: Any) -> str:
    """A value as its author might know it again, cut short."""
    try:
        text = _as_toml(value)
    except (ValueError, RecursionError):
        return "a value too large to show"
    return text if len(text) <= 60 else text[:57] + "…"


def _as_toml(value: Any) -> str:
    """A value as it stands in a file."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_as_toml(inner)}" for key, inner in value.items()) + " }" if value else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_as_toml, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, dt.date | dt.time) else repr(value)


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
