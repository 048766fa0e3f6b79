"""What `import tumen` offers: names that are loaded when they are asked for, and are those of their modules."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import re
import subprocess
import sys
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import tumen
from tests.conftest import CaseFolder
from tests.docs.console import DOCS
from tumen import prepare
from tumen.kind import Kinds
from tumen.kinds import kinds
from tumen.version import __version__


def homes() -> dict[str, str]:
    """The module of each name, as it is told to those who check types."""
    tree = ast.parse(Path(tumen.__file__).read_text(encoding="utf-8"))
    checked = next(node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    imports = [node for node in checked.body if isinstance(node, ast.ImportFrom)]
    return {alias.name: str(node.module) for node in imports for alias in node.names}


def test_importing_the_package_loads_nothing_else_of_it_and_no_library() -> None:
    command = [sys.executable, "-c", "import sys, tumen; print(*sys.modules)"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "tumen" in loaded
    assert {m for m in loaded if m.startswith("tumen.")} == set()
    assert not {m.split(".")[0] for m in loaded} & {
        "numpy",
        "pydantic",
        "duckdb",
        "click",
        "rich",
        "tomlkit",
        "jinja2",
    }


@pytest.mark.parametrize("name", tumen.__all__)
def test_a_public_name_is_the_object_of_its_module(name: str) -> None:
    assert getattr(tumen, name) is getattr(importlib.import_module(homes()[name]), name)


def test_those_who_check_types_are_told_the_same_names() -> None:
    assert homes() == tumen._HOMES
    assert set(homes()) == {*tumen.__all__, "__version__"}
    assert tumen.__all__ == sorted(tumen.__all__)
    assert set(tumen.__all__) <= set(dir(tumen))


def test_the_version_is_that_of_the_program() -> None:
    assert tumen.__version__ is __version__


def test_a_name_that_is_not_public_is_refused() -> None:
    with pytest.raises(AttributeError, match="module 'tumen' has no attribute 'nothing'"):
        tumen.nothing  # type: ignore[attr-defined]  # noqa: B018


def classes(hint: Any) -> set[type]:
    """The classes of ours in a type."""
    found = {hint} if inspect.isclass(hint) and hint.__module__.startswith("tumen.") else set()
    return found.union(*(classes(inner) for inner in typing.get_args(hint) if not isinstance(inner, list)))


@pytest.mark.parametrize("function", [tumen.evaluate, tumen.load_case])
def test_every_type_of_a_public_function_is_public(function: Callable[..., Any]) -> None:
    named = set().union(*(classes(hint) for hint in typing.get_type_hints(function).values()))
    assert named
    assert {t.__name__ for t in named} <= set(tumen.__all__)


PAGE = (DOCS / "python.md").read_text(encoding="utf-8")


def test_the_page_lists_every_public_name_with_one_sentence() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE[PAGE.index("## Names\n") :], re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(tumen.__all__)
    assert all(re.fullmatch(r"[A-Z].*[^.]\.", sentence) for _, sentence in rows)
    assert all(re.search(rf"\b{name}\b", PAGE[: PAGE.index("## Names\n")]) for name, _ in rows if name in IN_EXAMPLES)


#: Names that an example shows; the others are what those take or give.
IN_EXAMPLES = set(tumen.__all__) - {"Budgets", "Case", "Estimate", "Evaluation", "Problem", "Verdict"}

MARCHES = """
[[specification]]
id = "all"
label = "all marches"

[[claim]]
id = "many"
sentence = "marches"
text = "There are more than a hundred marches in a year."
cites = "page 1"
measure = "marches.yearly"
unit = "marches a year"
holds = { above = 100 }
arguments = { period = [2023-01-01, 2024-01-01] }
specifications = ["all"]
"""


def test_the_kind_that_the_page_declares_measures_a_claim(
    case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = PAGE[PAGE.index("### A small kind\n") : PAGE.index("## Names\n")]
    declared: dict[str, Any] = {"__name__": "its_package.kind"}
    for example in doctest.DocTestParser().get_examples(told):
        exec(compile(example.source, "python.md", "exec", dont_inherit=True), declared)
    known = Kinds((*kinds(others=False).each, declared["KIND"]))
    monkeypatch.setattr(prepare, "kinds", lambda others=True: known)
    case = case_folder({"claims.toml": MARCHES, "record/marches.csv": "id,date,source\na,2023-05-01,book\n"})
    (verdict,) = tumen.evaluate(case).verdicts
    assert verdict.estimate is not None
    assert (verdict.outcome, [u.id for u in verdict.estimate.used]) == ("contradicted", ["a"])
    case.joinpath("record/marches.csv").write_text("id,date,source\na,2021-05-01,book\n")
    (verdict,) = tumen.evaluate(case).verdicts
    assert verdict.missing == ("marches from 2023-01-01 on",)
