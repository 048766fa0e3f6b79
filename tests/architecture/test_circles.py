"""No two files need each other, by whatever way round: one of them could not be read, or moved, without the other."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

#: Folders with programs in them, and the package that each of them is.
PACKAGES = {"tumen": ROOT / "src" / "tumen", "benchmarks": ROOT / "benchmarks"}


def modules_of(package: str, folder: Path) -> dict[str, str]:
    """Texts of a package's modules, by the names under which they are imported."""
    named = {p: ".".join((package, *p.relative_to(folder).with_suffix("").parts)) for p in folder.rglob("*.py")}
    return {name.removesuffix(".__init__"): path.read_text(encoding="utf-8") for path, name in named.items()}


def imported(text: str) -> Iterator[str]:
    """Names that a module may mean where it imports: in functions and under TYPE_CHECKING, too."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def needs_of(modules: Mapping[str, str]) -> dict[str, set[str]]:
    """Which of the modules each of them imports. That a package is passed on the way to its module does not count."""
    found: dict[str, set[str]] = {}
    for name, text in modules.items():
        meant = {other for other in imported(text) if other in modules and other != name}
        found[name] = {one for one in meant if not any(other.startswith(f"{one}.") for other in meant)}
    return found


def circles(modules: Mapping[str, str]) -> list[list[str]]:
    """Modules that need each other, a list a circle."""
    needs = needs_of(modules)
    reached = {name: reach(name, needs) for name in needs}
    return [list(c) for c in sorted({tuple(sorted({n for n in reached[m] if m in reached[n]})) for m in needs}) if c]


def reach(name: str, needs: Mapping[str, set[str]]) -> set[str]:
    """Modules that one needs, at any remove; itself among them where it is in a circle."""
    found: set[str] = set()
    ahead = set(needs[name])
    while ahead:
        found |= ahead
        ahead = {far for near in ahead for far in needs[near]} - found
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_no_files_import_each_other(package: str) -> None:
    modules = modules_of(package, PACKAGES[package])
    assert len(modules) > 10
    assert circles(modules) == []


@pytest.mark.parametrize(
    "back",
    [
        "import p.a",
        "from p import a",
        "from p.a import f",
        "def f():\n    from p.a import f",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from p.a import F",
        "class C:\n    def f(self):\n        import p.a as other",
    ],
)
def test_circle_of_two_is_seen_wherever_the_import_stands(back: str) -> None:
    assert circles({"p": "", "p.a": "from p.b import g", "p.b": back, "p.c": "import p.a"}) == [["p.a", "p.b"]]


def test_circle_of_three_is_seen() -> None:
    modules = {"p.a": "import p.b", "p.b": "def f():\n    from p.q import c", "p.q": "", "p.q.c": "from p.a import x"}
    assert circles(modules) == [["p.a", "p.b", "p.q.c"]]


def test_two_circles_are_told_apart() -> None:
    modules = {"a": "import b", "b": "import a", "c": "import d, a", "d": "import c"}
    assert circles(modules) == [["a", "b"], ["c", "d"]]


def test_what_two_files_share_is_no_circle() -> None:
    assert circles({"p": "", "p.a": "import p.c\nfrom p import b", "p.b": "import p.c", "p.c": "import os"}) == []


def test_package_that_gathers_its_modules_is_in_a_circle_only_where_they_take_from_it() -> None:
    gathering = {"p": "from p.a import f", "p.a": "from p.b import g", "p.b": ""}
    assert circles(gathering) == []
    assert circles({**gathering, "p.b": "from p import f"}) == [["p", "p.a", "p.b"]]
