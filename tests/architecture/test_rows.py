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

from tests.architecture.test_rooms import MODULES, SOURCE, room_of, shown

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


#: What asks an engine and reads cells by column all the same, each with the reason.
BY_COLUMN = {
    "record/read.py": "a row of `sources` is read before it is judged, so that its cells may hold anything",
    "record/wall.py": "and is read so once more",
    "detect/detector.py": "findings have whichever columns their detector has",
    "detect/findings_writing.py": "a file of findings has whichever columns its detector has",
    "sea/detecting.py": "findings have whichever columns their detector has",
    "sea/found_tracks.py": "findings have whichever columns their detector has",
}

#: What has `rows` and is no engine: a record's answers are forms already, and what hides rows names their ids.
NOT_ENGINES = ("answers", "redaction", "self", "sentences")


def asks_engine(node: ast.AST) -> bool:
    """Whether a part of a program is a question to an engine."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    of = node.func.value
    name = of.attr if isinstance(of, ast.Attribute) else getattr(of, "id", "")
    return node.func.attr == "inspect" or (node.func.attr == "rows" and name not in NOT_ENGINES)


def untyped(text: str) -> list[int]:
    """Lines in which an engine's answer goes anywhere but into a form, or a row is said to be a mapping."""
    tree = ast.parse(text)
    called = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and ast.unparse(n.func) == "typed" and n.args]
    read = {id(call.args[0]) for call in called}
    asked = [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Call) and asks_engine(n) and id(n) not in read]
    imports = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module == "tumen.engine.queries"]
    return [*asked, *(n.lineno for n in imports if any(one.name == "Row" for one in n.names))]


@pytest.mark.parametrize("path", [p for p in MODULES if room_of(p) != "engine"], ids=shown)
def test_what_an_engine_answers_is_read_as_a_form_so_that_no_row_is_subscripted_by_a_column(path: Path) -> None:
    assert bool(untyped(path.read_text(encoding="utf-8"))) == (shown(path) in BY_COLUMN)


@pytest.mark.parametrize(
    "text",
    [
        "names = [str(row['name']) for row in engine.rows('select name from ports')]",
        "(told,) = self.engine.inspect('select count(*) as n from ports')\nn = told['n']",
        "n = record.engine.rows(sql, first=first)[0]['n']",
        "typed(list(opened.rows(sql)), Port)",
        "from tumen.engine.queries import Engine, Row",
    ],
)
def test_row_that_is_read_by_column_is_seen(text: str) -> None:
    assert untyped(text)


@pytest.mark.parametrize("text", ["typed(engine.rows(sql, first=first), Port)", "record.answers.rows(sql, Port)"])
def test_row_that_is_read_as_a_form_is_let_pass(text: str) -> None:
    assert not untyped(text)
