"""What modules of a package declare at their top is found, and nothing else is imported."""

from __future__ import annotations

import ast
import importlib
import sys
import zipfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.architecture.test_names import defined
from tests.architecture.test_rooms import MODULES, shown
from tumen.declaring import DECLARED, Declarations
from tumen.kinds import kinds

_NUMBER = count()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Makes a package of some modules that can be imported, as a folder or zipped; gives its name."""

    def made(modules: dict[str, str], zipped: bool = False) -> str:
        name = f"declares_{next(_NUMBER)}"
        texts = {f"{name}/{path}": text for path, text in {"__init__.py": "", **modules}.items()}
        place = tmp_path / (f"{name}.zip" if zipped else name)
        if zipped:
            with zipfile.ZipFile(place, "w") as archive:
                for path, text in texts.items():
                    archive.writestr(path, text)
        for path, text in {} if zipped else texts.items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_text(text)
        monkeypatch.syspath_prepend(str(place))
        return name

    return made


@pytest.mark.parametrize("zipped", [False, True])
def test_modules_are_found_by_what_they_declare_in_order_of_their_names(package, zipped):
    modules = {
        "b.py": "MEASURES = ('second',)\nUNITS: tuple[str, ...] = ('mile',)\n",
        "a.py": '"""A module."""\n\nMEASURES = (\n    "first",\n)\n',
        "below/__init__.py": "MEASURES = ('third',)\n",
        "charts.py": "CHARTS = {'lines': max}\n",
    }
    declared = Declarations(package(modules, zipped))
    assert declared["MEASURES"] == ("first", "second", "third")
    assert declared["UNITS"] == ("mile",)
    assert declared["CHARTS"] == (("lines", max),)
    assert set(declared) == {"MEASURES", "UNITS", "CHARTS"}
    assert len(declared) == 3


def test_a_shape_that_two_modules_draw_is_not_lost(package):
    declared = Declarations(package({"a.py": "CHARTS = {'x': 1}\n", "b.py": "CHARTS = {'x': 2}\n"}))
    assert declared["CHARTS"] == (("x", 1), ("x", 2))


@pytest.mark.parametrize(
    "text",
    ["    MEASURES = (1,)\n", "# MEASURES = (1,)\n", "MEASURES_OF = (1,)\n", "MEASURES += (1,)\n", "print(MEASURES)\n"],
)
def test_what_only_looks_like_it_is_no_declaration(package, text):
    declared = Declarations(package({"a.py": f"if True:\n    pass\n{text}", "folder/b.py": "MEASURES = (1,)\n"}))
    assert declared.get("MEASURES", ()) == ()


def test_a_module_is_imported_only_when_something_of_it_is_asked_for(package):
    name = package({"light.py": "UNITS = (1,)\n", "heavy.py": "CHARTS = {}\nraise RuntimeError\n", "none.py": "1 / 0"})
    declared = Declarations(name)
    assert declared["UNITS"] == (1,)
    assert {module for module in sys.modules if module.startswith(name)} == {name, f"{name}.light"}
    with pytest.raises(RuntimeError):
        _ = declared["CHARTS"]


def test_everything_that_a_module_of_ours_declares_is_brought():
    names = {
        (shown(path), name)
        for path in MODULES
        for name in defined(ast.parse(path.read_text(encoding="utf-8")).body)
        if name in DECLARED and shown(path) != "measure/units.py"
    }
    folders = {kind.name: kind for kind in kinds(others=False).each}
    assert {name for _, name in names} == set(DECLARED)
    for path, name in names:
        here = getattr(importlib.import_module(f"tumen.{path.removesuffix('.py').replace('/', '.')}"), name)
        brought = folders[path.split("/")[0]].declared[name]
        mine, all_ = (list(held.items() if isinstance(held, dict) else held) for held in (here, brought))
        assert all(one in all_ for one in mine), path
