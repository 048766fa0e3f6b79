"""What a class keeps to itself stays there: no module reads a private attribute of a class that another declares."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.test_rooms import MODULES, shown

#: Names that a library documents for everybody, with an underscore only so that no field of a user's can bear them.
DOCUMENTED = {"_replace", "_fields", "_asdict", "_make"}  # of named tuples


def private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__") and name not in DOCUMENTED


def own(tree: ast.AST) -> set[str]:
    """Private names that the classes of a module declare, in their bodies or on self."""
    found: set[str] = set()
    for node in (inner for c in ast.walk(tree) if isinstance(c, ast.ClassDef) for inner in ast.walk(c)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and of_self(node):
            found.add(node.attr)
    return {name for name in found if private(name)}


def of_self(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")


def crossed(text: str) -> Iterator[str]:
    """Where a module reaches into what is not its own, in its own words."""
    tree = ast.parse(text)
    mine = own(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and private(node.attr) and not of_self(node) and node.attr not in mine:
            yield ast.unparse(node)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names if private(alias.name))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("getattr", "setattr"):
            named = [a.value for a in node.args[1:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            yield from (ast.unparse(node) for name in named if private(name) and name not in mine)


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_no_module_reaches_into_anothers_private_attributes(path: Path) -> None:
    assert list(crossed(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("part._lines = {}", "part._lines"),
        ("def f(claim):\n    return dict(claim._lines.items())", "claim._lines"),
        ("f(x)._held", "f(x)._held"),
        ("class C:\n    _a = 1\n    def f(self, other):\n        return other._b", "other._b"),
        ("def f():\n    from tumen.record.read import _load", "tumen.record.read._load"),
        ("getattr(claim, '_lines')", "getattr(claim, '_lines')"),
        ("setattr(claim, '_lines', {})", "setattr(claim, '_lines', {})"),
    ],
)
def test_private_attribute_of_another_is_seen(text: str, seen: str) -> None:
    assert list(crossed(text)) == [seen]


@pytest.mark.parametrize(
    "text",
    [
        "class C:\n    def f(self):\n        return self._a",
        "class C:\n    _a: int = 1\n    def f(self, other):\n        return other._a",
        "class C:\n    def __init__(self):\n        self._a = 1\ndef f(c):\n    return c._a",
        "class C:\n    @classmethod\n    def f(cls):\n        return cls._of()",
        "pair._replace(x=1)",
        "type(x).__name__",
        "getattr(x, name)",
    ],
)
def test_what_is_a_modules_own_is_let_pass(text: str) -> None:
    assert list(crossed(text)) == []
