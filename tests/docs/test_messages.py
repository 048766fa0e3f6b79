"""Every message that the source can give is explained, with an example that the tool really says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.causes import CAUSES, said
from tests.docs.console import DOCS
from tests.tables import TABLES
from tumen.record.columns import Link

SOURCE = Path(__file__).parents[2] / "src" / "tumen"
PAGE = (DOCS / "messages.md").read_text(encoding="utf-8")

#: Where the slug stands among the arguments of each class that carries one.
SLUG_AT = {"Problem": 5, "Rule": 4, "RowCheck": 4, "Breach": 3, "problem_at": 4, "unknown": 6, "Plausibility": 4}
_IN_BRACKETS = re.compile(r"\[([a-z][a-z0-9-]*)\]\s*$")


def slugs_in(text: str) -> set[str]:
    """Slugs that a module's text can give.

    >>> sorted(slugs_in('slug = "b-c" if x else "d"\\nProblem(1, 2, 3, 4, 5, slug)\\nraise E("Mend it. [a-b]")'))
    ['a-b', 'b-c', 'd']
    """
    tree = ast.parse(text)
    docstrings = {id(s.value) for s in ast.walk(tree) if isinstance(s, ast.Expr)}
    found = {
        slug[1]
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
        if (slug := _IN_BRACKETS.search(node.value))
    }
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SLUG_AT:
            found |= _texts(_slug_of(call), tree)
    return found


def _slug_of(call: ast.Call) -> ast.expr:
    """The argument of a call that is the slug."""
    named = [k.value for k in call.keywords if k.arg == "slug"]
    return named[0] if named else call.args[SLUG_AT[getattr(call.func, "id", "")]]


def _texts(node: ast.expr, tree: ast.Module) -> set[str]:
    """The texts that an expression can be; of a name, those that are assigned to it anywhere."""
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.IfExp):
        return _texts(node.body, tree) | _texts(node.orelse, tree)
    assigned: Iterator[ast.expr] = (
        a.value
        for a in ast.walk(tree)
        if isinstance(a, ast.Assign)
        and isinstance(node, ast.Name)
        and any(ast.dump(t) == ast.dump(_as_target(node)) for t in a.targets)
    )
    return {text for value in assigned for text in _texts(value, tree)}


def slugs_of_links() -> set[str]:
    """Slugs of rows that name none, or stand above themselves, as the links of the tables call them."""
    links = [link for table in TABLES.values() for link in table.links]
    links += [Link(table.same, table.name, "row") for table in TABLES.values() if table.same]
    return {f"unknown-{link.noun}" for link in links} | {f"{link.noun}-cycle" for link in links if link.tree}


def _as_target(name: ast.Name) -> ast.Name:
    return ast.Name(name.id, ast.Store())


def examples(page: str) -> dict[str, str]:
    """The example of each message on the page, by slug.

    >>> examples("### a-b\\n\\nWhat it means.\\n\\n```text\\nx: got y. [a-b]\\n```\\n\\n**What to do.** Mend it.\\n")
    {'a-b': 'x: got y. [a-b]'}
    """
    entries = re.findall(r"^### (\S+)\n\n.+?\n\n```text\n(.+?)\n```\n\n\*\*What to do\.\*\* .+?$", page, re.MULTILINE)
    return dict(entries)


def test_every_slug_of_the_source_has_an_entry_and_no_other_has():
    in_source = slugs_of_links().union(*(slugs_in(p.read_text(encoding="utf-8")) for p in SOURCE.rglob("*.py")))
    headings = re.findall(r"^### (\S+)$", PAGE, re.MULTILINE)
    assert sorted(headings) == sorted(in_source)


def test_every_entry_says_what_it_means_shows_an_example_and_says_what_to_do():
    assert sorted(examples(PAGE)) == sorted(re.findall(r"^### (\S+)$", PAGE, re.MULTILINE))


def test_every_entry_can_be_brought_about():
    assert sorted(CAUSES) == sorted(examples(PAGE))


@pytest.mark.parametrize("slug", sorted(CAUSES))
def test_the_example_is_what_the_tool_says(slug: str, tmp_path: Path):
    assert said(slug, tmp_path) == examples(PAGE)[slug]
