"""The tables on the pages are those that the source makes, and a change to the source is seen."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.docs import tables
from tests.docs.console import DOCS, pages
from tests.docs.run_object import PUBLISHED, heading, published
from tests.docs.tables import GENERATORS, made, refreshed, tables_in
from tests.tables import TABLES
from tumen.measure.setting import RELIABILITY_ERROR

HOLDING = [p for p in pages() if tables_in(p.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", HOLDING, ids=lambda p: p.stem)
def test_the_tables_of_a_page_are_what_the_source_makes(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert refreshed(text) == text, "run: python -m tests.docs.refresh"


def test_every_table_stands_on_one_page() -> None:
    found = [name for p in HOLDING for name in tables_in(p.read_text(encoding="utf-8"))]
    assert sorted(found) == sorted(GENERATORS)


def test_every_comment_that_opens_a_table_has_one_that_closes_it() -> None:
    for page in pages():
        text = page.read_text(encoding="utf-8")
        assert text.count("<!-- table: ") == len(tables_in(text)), page.name


def test_a_changed_gloss_makes_the_page_of_the_record_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (DOCS / "record.md").read_text(encoding="utf-8")
    sources = TABLES["sources"]
    first, *others = sources.columns
    changed = replace(sources, columns=(replace(first, meaning="something else"), *others))
    monkeypatch.setattr(tables, "TABLES", {**TABLES, "sources": changed})
    assert "| something else |" in refreshed(text)
    assert "| something else |" not in text


def test_a_changed_grade_makes_the_page_of_verdicts_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    before = made("reliability")
    monkeypatch.setattr(tables, "RELIABILITY_ERROR", {**RELIABILITY_ERROR, "A": 0.5})
    assert made("reliability") == before.replace("0.5 %", "50 %")


def test_the_published_schema_of_a_run_is_the_one_that_the_types_make() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == published(), "run: python -m tests.docs.refresh"


def test_the_page_of_a_run_names_every_object_and_field_of_the_schema() -> None:
    text = made("run")
    whole = json.loads(published())
    for form in (whole, *whole["$defs"].values()):
        assert f"### {heading(form['title'])}\n" in text
        for name, field in form["properties"].items():
            assert any(line.startswith(f"| `{name}` | ") and field["description"] in line for line in text.splitlines())


def test_what_stands_around_a_table_is_left_as_it_is() -> None:
    text = "before\n\n<!-- table: reliability -->\nold\n<!-- end -->\n\n<!-- end -->\nafter\n"
    assert refreshed(text) == (
        f"before\n\n<!-- table: reliability -->\n\n{made('reliability')}\n\n<!-- end -->\n\n<!-- end -->\nafter\n"
    )
