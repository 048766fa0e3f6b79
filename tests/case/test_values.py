"""What a TOML file says has one name, however it is written; each value, and the order of an array, changes it."""

from __future__ import annotations

import tomllib

import pytest

from tumen.case.values import values_hash


def name_of(text: str) -> str:
    return values_hash(tomllib.loads(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a = 1\nb = 2", "b = 2 # two\n\na   = 1"),
        ("[t]\na = 1\nb = 2", "t = { b = 2, a = 1 }"),
        ("t.a = 1", "[t]\na = 1"),
        ("a = 'x\"y'", 'a = "x\\"y"'),
        ("a = 'é'", 'a = "\\u00e9"'),
        ("a = 1_000", "a = 0x3e8"),
        ("a = 1e3", "a = 1000.0"),
        ("a = [1, 2]", "a = [\n  1,\n  2, # and no more\n]"),
        ("[[c]]\na = 1\n[[c]]\na = 2", "c = [{ a = 1 }, { a = 2 }]"),
        ("a = 2024-01-01T00:00:00Z", "a = 2024-01-01 00:00:00Z"),
        ("a = nan", "a = nan"),
    ],
)
def test_it_does_not_matter_how_a_value_is_written(one: str, other: str) -> None:
    assert name_of(one) == name_of(other)


def test_every_value_has_a_name_of_its_own() -> None:
    values = (
        *(
            "1",
            "2",
            "1.0",
            "1.5",
            "-0.0",
            "0.0",
            "inf",
            "-inf",
            "nan",
            "true",
            "false",
            "'1'",
            "'true'",
            "''",
            "[]",
            "{}",
        ),
        *("2024-01-01", "'2024-01-01'", "2024-01-01T00:00:00", "2024-01-01T00:00:00Z", "00:00:00"),
        *("[1, 2]", "[2, 1]", "[[1], 2]", "[[1, 2]]", "'1,2'", "['1', '2']", "['1,2']", "{ b = 1 }", "{ '' = 1 }"),
        *("'datetime.date(2024, 1, 1)'", "0x" + "f" * 5000, "0x" + "f" * 4999),
    )
    texts = [f"a = {value}" for value in values] + ["b = 1", "", "a = 1\nb = 1", "a.a = 1"]
    assert len({name_of(text) for text in texts}) == len(texts)
