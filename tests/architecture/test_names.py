"""One word, one thing: a public name stands at the top of one module only, and no two modules are called alike."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath

import pytest

from tests.architecture.test_rooms import MODULES, shown

#: Names that several modules bear, each with what they all mean by it.
ALIKE: Mapping[str, str] = {
    "KIND": "what a kind of evidence brings, in the file that the others find it by",
    "MEASURES": "the measures of a module, by which its kind finds it",
    "CHARTS": "what a module draws, by the shape of the series",
    "IMPORTERS": "the commands of a module in the group `import`",
    "COMMANDS": "the commands of a module that stand alone",
    "TABLES": "the tables of a kind",
    "UNITS": "the units that a kind brings beside those of all",
    "T": "any type, the same one wherever a signature says it",
}

#: Files that several folders have, each with what they all hold; Python itself tells the first by its folder.
ALIKE_MODULES: Mapping[str, str] = {
    "kind": "what a kind of evidence brings, and the form of all of them",
    "tables": "the tables that a kind brings",
    "__init__": "what makes a folder a package",
    "units": "what is counted in: the units of all, and those that a kind brings",
}


def defined(body: Iterable[ast.stmt]) -> Iterator[str]:
    """Names that statements at the top of a module define; what they import is defined elsewhere."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name) and stored(n))
        elif isinstance(node, ast.If | ast.Try):
            yield from defined(node.body + node.orelse)


def stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def repeated(texts: Mapping[str, str]) -> dict[str, list[str]]:
    """Public names that several modules define, by the modules; those that all mean alike are let pass."""
    where: dict[str, list[str]] = defaultdict(list)
    for module, text in texts.items():
        for name in {n for n in defined(ast.parse(text).body) if not n.startswith("_")}:
            where[name].append(module)
    return {name: modules for name, modules in sorted(where.items()) if len(modules) > 1 and name not in ALIKE}


def called_alike(paths: Iterable[str]) -> dict[str, list[str]]:
    """Names that several modules have, by their paths."""
    where: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        where[PurePath(path).stem].append(path)
    return {stem: found for stem, found in where.items() if len(found) > 1 and stem not in ALIKE_MODULES}


def test_a_public_name_stands_in_one_module() -> None:
    assert repeated({shown(path): path.read_text(encoding="utf-8") for path in MODULES}) == {}


def test_no_two_modules_are_called_alike() -> None:
    assert called_alike(shown(path) for path in MODULES) == {}


@pytest.mark.parametrize(
    "text",
    [
        "def bound(): ...",
        "async def bound(): ...",
        "class bound: ...",
        "bound = 1",
        "free, bound = 0, 1",
        "bound: int = 1",
        "if True:\n    free = 0\nelse:\n    bound = 1",
        "try:\n    bound = 1\nexcept ValueError:\n    raise",
    ],
)
def test_name_of_two_modules_is_seen(text: str) -> None:
    assert repeated({"one.py": text, "other.py": "bound: str"}) == {"bound": ["one.py", "other.py"]}


@pytest.mark.parametrize(
    "text",
    [
        "_bound = 1",
        "from other import bound",
        "import other as bound",
        "def free(bound): ...",
        "class Free:\n    bound = 1",
        "free.bound = 1",
        "MEASURES = ()",
    ],
)
def test_name_of_one_module_is_let_pass(text: str) -> None:
    assert repeated({"one.py": text, "other.py": "bound, _bound, MEASURES = 1, 2, ()"}) == {}


def test_modules_called_alike_are_seen() -> None:
    paths = ["a/words.py", "b/words.py", "a/__init__.py", "b/__init__.py", "a/other.py"]
    assert called_alike(paths) == {"words": ["a/words.py", "b/words.py"]}
