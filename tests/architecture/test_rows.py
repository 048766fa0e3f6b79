"""A row of a query is read as what it is: its form has a field for every column, and none besides.

Rows that are as good as each other are told apart by all that they say, so that a column left out changes answers.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from tests.architecture.test_rooms import MODULES, SOURCE

sqlglot = pytest.importorskip("sqlglot")

_ROW = re.compile(r"One row of (\w+)\.sql")


def forms() -> Iterator[tuple[Path, str, str]]:
    """Each class that says of which query it is a row: its module, its name and the name of the query."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and (found := _ROW.match(ast.get_docstring(node) or "")):
                yield path, node.name, found.group(1)


def columns(path: Path) -> set[str]:
    """The columns that a query gives."""
    return {one.alias_or_name for one in sqlglot.parse_one(path.read_text(encoding="utf-8"), read="duckdb").selects}


@pytest.mark.parametrize(("module", "name", "query"), sorted(forms()), ids=lambda part: getattr(part, "stem", part))
def test_form_has_a_field_for_every_column_of_its_query(module: Path, name: str, query: str) -> None:
    form = getattr(
        importlib.import_module(".".join(["tumen", *module.relative_to(SOURCE).with_suffix("").parts])), name
    )
    assert {field.name for field in fields(form)} == columns(module.with_name(f"{query}.sql"))
