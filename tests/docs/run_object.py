"""The page and the file that say what the JSON object of a run holds, made from its schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.docs.console import DOCS
from tumen.kinds import kinds
from tumen.report.run_schema import SCHEMA_FILE, schema

#: Where the schema is published.
PUBLISHED = DOCS / SCHEMA_FILE

#: What a reader calls a value of each type.
_WORDS: Mapping[str, str] = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "null": "null",
}


def published() -> str:
    """The text of the published schema."""
    return json.dumps(schema(kinds(others=False)), ensure_ascii=False, indent=2) + "\n"


def sections() -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
    """Each object with its name, what it is, and its fields: name, type and meaning; the whole first, then each in the
    order in which it is met.
    """
    whole = schema(kinds(others=False))
    ahead, met = [whole], {whole["title"]}
    while ahead:
        form = ahead.pop(0)
        fields = form["properties"].items()
        yield heading(form["title"]), form["description"], [(k, in_words(f), f["description"]) for k, f in fields]
        named = [name for name in _named(form["properties"]) if name not in met]
        met |= set(named)
        ahead += [whole["$defs"][name] for name in dict.fromkeys(named)]


def _named(form: Any) -> Iterator[str]:
    """The objects that a part of the schema refers to."""
    if isinstance(form, dict):
        yield from (v.rsplit("/", 1)[1] for k, v in form.items() if k == "$ref")
    for inner in form.values() if isinstance(form, dict) else form if isinstance(form, list) else ():
        yield from _named(inner)


def heading(name: str) -> str:
    """What the page calls an object.

    >>> heading("TippingPointObject"), heading("Run")
    ('Tipping point', 'Run')
    """
    words = re.findall("[A-Z][a-z]*", name.removesuffix("Object"))
    return " ".join([words[0], *map(str.lower, words[1:])])


def in_words(form: Mapping[str, Any]) -> str:
    """What a field holds, in words.

    >>> in_words({"anyOf": [{"type": "array", "items": {"$ref": "#/$defs/ClaimObject"}}, {"type": "null"}]})
    'list: [Claim](#claim), or null'
    """
    if "$ref" in form:
        name = heading(form["$ref"].rsplit("/", 1)[1])
        return f"[{name}](#{name.lower().replace(' ', '-')})"
    if "anyOf" in form:
        return ", or ".join(in_words(one) for one in form["anyOf"])
    if "enum" in form:
        return ", ".join(f"`{value}`" for value in form["enum"])
    if "prefixItems" in form:
        return "two numbers"
    if form["type"] == "array":
        return f"list: {in_words(form['items'])}"
    if form["type"] == "object":
        return f"by name: {in_words(form['additionalProperties'])}"
    return "date" if form.get("format") == "date" else _WORDS[form["type"]]
