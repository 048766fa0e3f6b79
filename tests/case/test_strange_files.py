"""A stranger's TOML is answered with problems, whatever it holds: never with a traceback, never with raw controls."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import CASE, CLAIMS, DEFAULTS, CaseFolder
from tumen.engine.embedded import DuckDB
from tumen.prepare import load_case, prepare

_MARKS = [b"=", b"\n", b"[", b"]", b"[[", b"]]", b"{", b"}", b'"', b"'", b'"""', b"'''", b".", b",", b"#", b"\\", b"\r"]
_VALUES = [
    b"1",
    b"-",
    b"nan",
    b"inf",
    b"2023-01-01",
    b"true",
    b"\\u0000",
    b"\x00",
    b"\x1b[2J",
    b"\xff",
    b"\xef\xbb\xbf",
]
_KEYS = [
    b"title",
    b"claim",
    b"holds",
    b"above",
    b"specification",
    b"record",
    b"citation",
    b"actor",
    b"grades",
    b"lever",
]
_PIECES = st.one_of(st.sampled_from([*_MARKS, *_VALUES, *_KEYS]), st.binary(max_size=4))
_TOML = st.lists(_PIECES, max_size=50).map(b"".join)


def answer(files: dict[str, bytes]) -> None:
    """Prepare the small case with some files changed; its problems must be fit to show."""
    engine = DuckDB()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "record").mkdir()
        for path, content in ({p: t.encode() for p, t in DEFAULTS.items()} | files).items():
            (folder / path).write_bytes(content)
        prepared = prepare(folder, engine)
    engine.close()
    assert prepared.problems or prepared.case is not None
    assert all(str(p).replace("\n", "").isprintable() for p in prepared.problems)


@settings(max_examples=60, deadline=None)
@given(_TOML, st.booleans())
@example(b"", False)
@example(b"title." * 60_000 + b"x = 1", False)
@example(b"seed = " + b"9" * 10_000, False)
@example(b"seed = 0x" + b"f" * 10_000, False)
@example(b"seed = " + b"[" * 10_000, False)
@example(b"seed = " + b"{a=" * 10_000, False)
@example(b"\n[record]\ntrade = 'a/../../../x'", True)
def test_any_bytes_in_case_toml_are_answered(content: bytes, after: bool) -> None:
    answer({"case.toml": CASE.encode() + content if after else content})


@settings(max_examples=60, deadline=None)
@given(_TOML, st.booleans())
@example(b"", False)
@example(b"claim = [1, 2]", False)
@example(b"claim = 'x'\nspecification = {}", False)
@example(b"[[claim.lever]]\nname = 1", True)
@example(b"[claim.arguments.a.b]\nc = 1", True)
def test_any_bytes_in_claims_toml_are_answered(content: bytes, after: bool) -> None:
    answer({"claims.toml": CLAIMS.encode() + content if after else content})


@pytest.mark.parametrize(
    "value",
    [
        '""',
        '"x"',
        "0",
        "-1",
        "1e400",
        "nan",
        "true",
        "[]",
        "[[]]",
        "{}",
        "{ a = 1 }",
        "2023-01-01",
        "07:32:00",
        "1979-05-27T00:32:00-07:00",
        "0x" + "f" * 300,
        '"\\u0000"',
        '"\\u202E\\u001b[2J"',
    ],
    ids=lambda v: v[:12],
)
@pytest.mark.parametrize("name", ["case.toml", "claims.toml"])
def test_any_value_at_any_key_is_answered(case_folder: CaseFolder, name: str, value: str) -> None:
    text = DEFAULTS[name].splitlines()
    for number, line in enumerate(text):
        key, equals, _ = line.partition(" = ")
        if equals:
            changed = [*text[:number], f"{key} = {value}", *text[number + 1 :]]
            _, problems = load_case(case_folder({name: "\n".join(changed)}))
            assert all(str(p).isprintable() for p in problems)
            assert all(p.line for p in problems if p.slug == "bad-value")
