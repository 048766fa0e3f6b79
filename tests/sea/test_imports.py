"""A detector can be read, and its levers shown, without any engine: engines are loaded where one is opened."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import tumen.sea

ROOM = Path(tumen.sea.__file__).parent
MODULES = sorted(".".join(("tumen.sea", *p.relative_to(ROOM).with_suffix("").parts)) for p in ROOM.rglob("*.py"))

#: Imports one module after the other, and tells after which of them each backend was there.
_PROGRAM = """
import importlib, json, sys
backends, found = {"tumen.engine.embedded", "tumen.engine.cluster", "duckdb", "pyspark", "sqlglot"}, {}
for module in sys.argv[1:]:
    importlib.import_module(module)
    for backend in sorted(backends & set(sys.modules)):
        found.setdefault(backend, module)
print(json.dumps(found))
"""


def loaded_by(*modules: str) -> dict[str, str]:
    """The backends that modules load, each with the first of them that does."""
    told = subprocess.run([sys.executable, "-c", _PROGRAM, *modules], capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(told.stdout)
    return found


def test_no_module_about_evasion_loads_an_engine() -> None:
    assert {"tumen.sea.observing", "tumen.sea.encounters.encounters"} <= set(MODULES)
    assert loaded_by(*MODULES) == {}


@pytest.mark.parametrize("backend", ["tumen.engine.embedded", "tumen.engine.cluster"])
def test_module_that_loads_an_engine_is_seen(backend: str) -> None:
    assert loaded_by("tumen.sea.sea_levers", backend)[backend] == backend
