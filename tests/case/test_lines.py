"""Every key of a TOML text is found on its line."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tumen.case.lines import KeyPath, key_lines
from tumen.run import BUNDLED


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a = 1\nb = 2\n", {("a",): 1, ("b",): 2}),
        ("# a = 1\n\na = 1 # b = 2\n", {("a",): 3}),
        ("a.b = 1\na.'c d' = 2\n", {("a", "b"): 1, ("a", "c d"): 2}),
        ("[a]\nb = 1\n[c.d]\ne = 2\n", {("a",): 1, ("a", "b"): 2, ("c", "d"): 3, ("c", "d", "e"): 4}),
        (
            "[[a]]\nb = 1\n[[a]]\nb = 2\n",
            {("a",): 1, ("a", 0): 1, ("a", 0, "b"): 2, ("a", 1): 3, ("a", 1, "b"): 4},
        ),
        (
            "[[a]]\n[[a.b]]\nc = 1\n[a.d]\ne = 2\n[[a]]\n[[a.b]]\nc = 3\n",
            {
                ("a",): 1,
                ("a", 0): 1,
                ("a", 0, "b"): 2,
                ("a", 0, "b", 0): 2,
                ("a", 0, "b", 0, "c"): 3,
                ("a", 0, "d"): 4,
                ("a", 0, "d", "e"): 5,
                ("a", 1): 6,
                ("a", 1, "b"): 7,
                ("a", 1, "b", 0): 7,
                ("a", 1, "b", 0, "c"): 8,
            },
        ),
        ('a = """\nb = 1\n[c]\n"""\nd = 2\n', {("a",): 1, ("d",): 5}),
        ("a = '''\nb = 1 \\'''\nd = 2\n", {("a",): 1, ("d",): 3}),
        ("a = [\n  1, # ]\n  2,\n]\nb = 3\n", {("a",): 1, ("b",): 5}),
        ('a = [\n  \'x]\', "]\\"]",\n]\nb = 3\n', {("a",): 1, ("b",): 4}),
        ("a = { b = 1 }\nc = 2\n", {("a",): 1, ("c",): 2}),
        ('"a\\"b" = 1\n\'"\' = 2\n', {('a"b',): 1, ('"',): 2}),
        ('["a]b"]\nc = 1\n[ "d" . e ] # f\n', {("a]b",): 1, ("a]b", "c"): 2, ("d", "e"): 3}),
        ("a = 1\r\n[b]\r\nc = 2\r\n", {("a",): 1, ("b",): 2, ("b", "c"): 3}),
        ('"\\u0061" = 1\n', {("a",): 1}),
        ("", {}),
    ],
)
def test_keys_are_found_on_their_lines(text: str, lines: dict[KeyPath, int]) -> None:
    tomllib.loads(text)
    assert key_lines(text) == lines


@pytest.mark.parametrize("name", ["case.toml", "claims.toml"])
def test_every_key_of_the_bundled_case_has_a_line(name: str) -> None:
    text = (BUNDLED / name).read_text(encoding="utf-8")
    lines = key_lines(text)
    assert not [path for path in _top_paths(tomllib.loads(text)) if path not in lines]


def _top_paths(node: dict[str, Any], at: KeyPath = ()) -> list[KeyPath]:
    """Paths of a text without dotted keys: of its keys, and of those of its tables and arrays of tables."""
    paths: list[KeyPath] = []
    for key, value in node.items():
        paths.append((*at, key))
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            for number, item in enumerate(value):
                paths += [(*at, key, number), *_top_paths(item, (*at, key, number))]
    return paths


@dataclass
class Written:
    """TOML as it is put together, and where each key went."""

    lines: list[str] = field(default_factory=list)
    places: dict[KeyPath, int] = field(default_factory=dict)


_bare = st.text("abcXYZ019_-", min_size=1, max_size=6)
_any_name = st.one_of(_bare, st.text(st.sampled_from("ab \"'\\]#=.[é\t"), max_size=6))


def _key(name: str) -> str:
    plain = name and all(c in "abcXYZ019_-" for c in name)
    return name if plain else json.dumps(name, ensure_ascii=False)


_string = st.text(st.sampled_from("ab \"'\\]#=[{}é"), max_size=8).map(json.dumps)
_literal = st.text(st.sampled_from('ab "\\]#=[{}'), max_size=8).map(lambda s: f"'{s}'")
_long = st.lists(st.sampled_from(["a = 1", "[b]", "", '"', "]", "#", "x\\\\"]), max_size=4).map(
    lambda parts: '"""\n' + "\n".join(parts) + ' """'
)
_long_literal = st.lists(st.sampled_from(["a = 1", "[[b]]", "'", "]", '"""', "\\"]), max_size=4).map(
    lambda parts: "'''\n" + "\n".join(parts) + " '''"
)
_scalar = st.one_of(st.sampled_from(["1", "-2.5", "true", "2024-01-01", "inf"]), _string, _literal)
_array = st.lists(_scalar, max_size=4).map(lambda items: "[\n  " + ", # ]\n  ".join([*items, ""]) + "]")
_flat_array = st.lists(_scalar, max_size=3).map(lambda items: "[" + ", ".join(items) + "]")
_inline = st.lists(_scalar, max_size=3).map(lambda v: "{" + ", ".join(f"k{n} = {x}" for n, x in enumerate(v)) + "}")
_value = st.one_of(_scalar, _long, _long_literal, _array, _flat_array, _inline)
_pairs = st.lists(st.tuples(_any_name, _value), max_size=4, unique_by=lambda pair: pair[0])
_tables = st.lists(st.tuples(st.booleans(), _any_name, _pairs), max_size=4)


def _write(top: list[tuple[str, str]], tables: list[tuple[bool, str, list[tuple[str, str]]]]) -> Written:
    """Keys of the top, then tables and arrays of tables, each with its keys."""
    written = Written()

    def put(pairs: list[tuple[str, str]], at: KeyPath) -> None:
        for name, value in pairs:
            written.places[(*at, name)] = len(written.lines) + 1
            written.lines += f"{_key(name)} = {value}".split("\n")

    put(top, ())
    kinds: dict[str, bool] = dict.fromkeys((name for name, _ in top), False)
    counts: dict[str, int] = {}
    for is_array, name, pairs in tables:
        if name in kinds and not (is_array and kinds[name]):
            continue
        kinds[name] = is_array
        written.places.setdefault((name,), len(written.lines) + 1)
        at: KeyPath = (name,)
        if is_array:
            at = (name, counts.get(name, 0))
            counts[name] = counts.get(name, 0) + 1
            written.places[at] = len(written.lines) + 1
        written.lines.append(f"[[{_key(name)}]]" if is_array else f"[{_key(name)}] # ]")
        put(pairs, at)
    return written


@settings(max_examples=200, deadline=None)
@given(_pairs, _tables)
def test_every_key_of_any_text_is_on_the_line_that_holds_it(
    top: list[tuple[str, str]], tables: list[tuple[bool, str, list[tuple[str, str]]]]
) -> None:
    written = _write(top, tables)
    text = "\n".join(written.lines) + "\n"
    tomllib.loads(text)
    found = key_lines(text)
    assert found == written.places
    for path, line in found.items():
        name = path[-1] if isinstance(path[-1], str) else path[-2]
        assert _key(str(name)) in written.lines[line - 1]
