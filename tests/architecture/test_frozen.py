"""What says something of a case stays as it was said: dataclasses and models are frozen."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from tests.architecture.test_rooms import MODULES, SOURCE, shown

#: Dataclasses that are not frozen, each with the reason.
THAWED = {
    "ais/json_positions.py": {"JsonRows": "reads a stream: which names it has met becomes more with every object"},
    "ais/position_lines.py": {"_Rows": "reads a stream: what it has counted changes with every piece"},
    "ais/positions_nmea.py": {
        "Sentences": "reads a stream: what it has counted, and the tag it waits with, change with every line"
    },
    "ais/sentences/message_parts.py": {"PartsByMessage": "parts that wait for others change with every sentence"},
    "record/readers/packages.py": {"_Room": "how many bytes may still be unpacked becomes less with every file"},
}


def thawed(text: str) -> Iterator[str]:
    """Dataclasses of a module whose fields can be set anew."""
    for node in (n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.ClassDef)):
        for decorator in node.decorator_list:
            called = decorator.func if isinstance(decorator, ast.Call) else decorator
            words = decorator.keywords if isinstance(decorator, ast.Call) else []
            frozen = any(w.arg == "frozen" and isinstance(w.value, ast.Constant) and w.value.value for w in words)
            if ast.unparse(called).split(".")[-1] == "dataclass" and not frozen:
                yield node.name


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_dataclasses_are_frozen(path: Path) -> None:
    assert list(thawed(path.read_text(encoding="utf-8"))) == list(THAWED.get(shown(path), {}))


@pytest.mark.parametrize(
    "how", ["@dataclass", "@dataclass()", "@dataclass(eq=False)", "@dataclass(frozen=False)", "@dataclasses.dataclass"]
)
def test_dataclass_that_is_not_frozen_is_seen(how: str) -> None:
    assert list(thawed(f"def f():\n    {how}\n    class C:\n        x: int")) == ["C"]


def test_frozen_dataclass_is_let_pass() -> None:
    assert list(thawed("@dataclass(frozen=True, eq=False)\nclass C: ...\n@other\nclass D: ...")) == []


def kinds(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Models made of one, at any remove."""
    for kind in model.__subclasses__():
        yield kind
        yield from kinds(kind)


def thawed_models(package: str) -> set[str]:
    """Models of a package whose fields can be set anew."""
    found = {k for k in kinds(BaseModel) if k.__module__.split(".")[0] == package}
    return {k.__name__ for k in found if not k.model_config.get("frozen")}


def test_models_are_frozen() -> None:
    for path in MODULES:
        if path.stem not in ("__init__", "__main__"):
            importlib.import_module(".".join(("tumen", *path.relative_to(SOURCE).with_suffix("").parts)))
    assert len(list(kinds(BaseModel))) > 10
    assert thawed_models("tumen") == set()


def test_model_that_is_not_frozen_is_seen() -> None:
    class Firm(BaseModel):
        model_config = ConfigDict(frozen=True)

    class Under(Firm): ...

    class Soft(Firm):
        model_config = ConfigDict(frozen=False)

    class Bare(BaseModel): ...

    assert {Under, Soft} <= set(kinds(BaseModel))
    assert thawed_models(__name__.split(".")[0]) >= {"Soft", "Bare"}
    assert not thawed_models(__name__.split(".")[0]) & {"Firm", "Under"}
