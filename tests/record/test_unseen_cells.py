"""Characters that cannot be seen in a record are named by line, or counted by column, and no cell is shown."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb as database
import pytest

from tests.conftest import TRADE, CaseFolder
from tumen.case.unseen_text import SHOWN
from tumen.engine.backends import open_engine
from tumen.engine.embedded import DuckDB
from tumen.errors import hidden
from tumen.prepare import prepare
from tumen.record.table_files import RecordFile
from tumen.record.table_text import text_problems
from tumen.record.unseen_cells import _PATTERN


def told(tmp_path: Path, content: bytes) -> list[tuple[int | None, str]]:
    path = tmp_path / "trade.csv"
    path.write_bytes(content)
    return [(p.line, p.got) for p in text_problems(RecordFile("trade", path, "record/trade.csv"))]


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbfid\n1\n", b'id,note\r\n1,"two\r\nlines"\r\n', "id\nä\t남\n".encode(), b""],
    ids=["mark-at-the-start", "line-ends", "tab", "empty"],
)
def test_ordinary_text_is_let_pass(tmp_path: Path, content: bytes) -> None:
    assert told(tmp_path, content) == []


def test_character_is_named_by_its_code_and_line(tmp_path: Path) -> None:
    content = 'id,note\n1,"a\nb\u202e"\n2,\x1b\ufeff\n'.encode()
    assert told(tmp_path, content) == [
        (3, "the character U+202E in text"),
        (4, "the character U+001B in text"),
        (4, "the character U+FEFF in text"),
    ]


def test_character_across_two_chunks_is_found_at_its_line(tmp_path: Path) -> None:
    content = b"a\n" * (1 << 19)
    assert told(tmp_path, content[:-1] + "\u202e\n".encode()) == [(1 << 19, "the character U+202E in text")]


def test_only_the_first_places_of_a_file_are_listed(tmp_path: Path) -> None:
    found = told(tmp_path, b"id\n" + b"\x7f\n" * 1000)
    assert len(found) == SHOWN + 1
    assert found[-1] == (None, f"{1000 - SHOWN} more characters that cannot be seen")


def test_the_engines_pattern_finds_what_is_hidden_and_leaves_ordinary_text(duckdb: DuckDB) -> None:
    chars = [chr(c) for c in (*range(1, 0xD800), *range(0xE000, 0x110000))]
    named = ", ".join(str(ord(c)) for c in chars if hidden(c) and c not in "\t\r\n")
    missed = duckdb.rows(
        f"select c from (select unnest([{named}]) as c) where not regexp_matches(chr(c), '{_PATTERN}')"
    )
    assert missed == []
    plain = "".join(c for c in "aZ9 äé남中\t\n\r\xa0–—\u0301\ufe0f\ud7ff" if not hidden(c) or c in "\t\r\n")
    assert duckdb.rows(f"select regexp_matches($text, '{_PATTERN}') as found", text=plain) == [{"found": False}]


def test_cells_of_parquet_are_counted_by_column(case_folder: CaseFolder) -> None:
    folder = case_folder({"record/trade.csv": None})
    (folder / "trade.csv").write_text(TRADE.replace("book,\n", "book,a note\u2028\n"), encoding="utf-8")
    database.sql(f"copy (from '{folder / 'trade.csv'}') to '{folder / 'record' / 'trade.parquet'}' (format parquet)")
    engine = open_engine()
    try:
        found = [p for p in prepare(folder, engine).problems if p.slug == "character-hidden"]
    finally:
        engine.close()
    assert [(p.file, p.got, p.severity) for p in found] == [
        ("record/trade.parquet", "2 cells of 'note' with characters that cannot be seen", "warning")
    ]


def test_a_protected_sources_row_is_named_by_its_line_alone(case_folder: CaseFolder) -> None:
    edits = {"record/sources.csv": ("public,,", "restricted,,secret\u202eword")}
    engine = open_engine()
    try:
        problems = prepare(case_folder(edits=edits), engine).problems
    finally:
        engine.close()
    (found,) = [str(p) for p in problems if p.slug == "character-hidden"]
    assert found.startswith("record/sources.csv:2: got the character U+202E in text")
    assert not re.search("secret|word", "".join(map(str, problems)))
