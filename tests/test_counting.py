"""A number agrees with its noun."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import tumen
from tumen.counting import counted

SOURCE = Path(tumen.__file__).parent


@pytest.mark.parametrize(("number", "said"), [(0, "no rows"), (1, "1 row"), (2, "2 rows"), (1234, "1,234 rows")])
def test_noun_agrees_with_its_number(number: int, said: str) -> None:
    assert counted(number, "row") == said


@pytest.mark.parametrize(("number", "said"), [(0, "no identities"), (1, "1 identity"), (2, "2 identities")])
def test_noun_with_another_plural_agrees_too(number: int, said: str) -> None:
    assert counted(number, "identity", "identities") == said


def test_whole_number_of_days_is_said_without_a_fraction() -> None:
    assert (counted(1.0, "day"), counted(5.0, "day"), counted(2.5, "day")) == ("1 day", "5 days", "2.5 days")


def plurals_by_hand(text: str) -> list[str]:
    """Expressions that choose an ending by a number, and nouns counted behind one that are always plural."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.IfExp) and {ast.unparse(node.body), ast.unparse(node.orelse)} == {"''", "'s'"}:
            found.append(ast.unparse(node))
        if isinstance(node, ast.JoinedStr):
            for value, after in zip(node.values, node.values[1:], strict=False):
                counts = isinstance(value, ast.FormattedValue) and ast.unparse(value.value).startswith("len(")
                if counts and isinstance(after, ast.Constant) and re.match(r" \w+s\b", str(after.value)):
                    found.append(ast.unparse(node))
    return found


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_nothing_but_the_one_function_makes_a_plural(path: Path) -> None:
    if path.name != "counting.py":
        assert plurals_by_hand(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("text", ["f\"{n} row{'' if n == 1 else 's'}\"", "f'{len(rows)} estimates with'"])
def test_a_plural_made_by_hand_is_seen(text: str) -> None:
    assert plurals_by_hand(text)
