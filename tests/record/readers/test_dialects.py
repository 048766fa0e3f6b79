"""How a table was written as text."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumen.record.readers import dialects
from tumen.record.readers.dialects import START_BYTES, Dialect, PlainCopy, dialect_of, plain_copy

NAMES = ("id", "start", "value")
KNOWN = set(NAMES).__contains__
ROWS = [NAMES, ("a", "2024-01-01", "1"), ("b", "x y", "2")]


def copied(content: bytes, tmp_path: Path) -> tuple[Dialect, PlainCopy, bytes]:
    (tmp_path / "file").write_bytes(content)
    dialect = dialect_of(content[:START_BYTES], KNOWN)
    assert dialect is not None
    (tmp_path / "copy").unlink(missing_ok=True)
    copy = plain_copy(tmp_path / "file", tmp_path / "copy", dialect)
    return dialect, copy, (tmp_path / "copy").read_bytes()


def written(separator: str = ",", end: str = "\n", encoding: str = "utf-8", before: str = "") -> bytes:
    return (before + end.join(separator.join(row) for row in ROWS) + end).encode(encoding)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_table_reads_the_same_however_it_was_written(separator, end, encoding, tmp_path):
    dialect, _, copy = copied(written(separator, end, encoding), tmp_path)
    assert (dialect.separator, dialect.header, dialect.header_line) == (separator, NAMES, 1)
    assert [tuple(row) for row in csv.reader(copy.decode().splitlines(), delimiter=separator)] == ROWS


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("sep=;\n", 2),
        ("SEP=;\r\n", 2),
        ("Trade of a state;;\n;;\n", 3),
        ("# made by a tool\n", 2),
        ("\n\n", 3),
        ("The value\n", 2),
    ],
)
def test_lines_before_the_names_of_columns_are_left_out_and_counted(before, line, tmp_path):
    dialect, _, copy = copied(written(";", before=before), tmp_path)
    assert (dialect.header_line, dialect.separator, dialect.declared) == (line, ";", before[:4].lower() == "sep=")
    assert copy.splitlines()[0] == b"id;start;value"


def test_empty_cells_and_blanks_around_names_are_no_names() -> None:
    dialect = dialect_of(b" id ,start,\xc2\xa0value ,,,\n", KNOWN)
    assert dialect
    assert dialect.header == NAMES


def test_a_table_without_a_known_column_has_no_dialect() -> None:
    assert dialect_of(b"<html><body>id</body>\n", KNOWN) is None
    assert dialect_of(b"", KNOWN) is None


def test_the_line_with_most_known_names_is_the_header() -> None:
    dialect = dialect_of(b"value;of trade\nid;start;value\n", KNOWN)
    assert dialect
    assert dialect.header_line == 2


def test_a_line_that_is_no_utf8_is_read_as_windows_1252_and_counted(tmp_path):
    content = b"id,start,value\n\xd6l,1,\xe2\x82\xac\ncaf\xe9,\x80,1\n"
    _, copy, text = copied(content, tmp_path)
    assert copy.windows_lines == 2
    assert "café,€,1" in text.decode()
    assert "Öl,1," in text.decode()


def test_lines_that_end_in_several_ways_are_told(tmp_path):
    _, copy, text = copied(b"id,start,value\r\na,1,2\r\nb,3,4\n", tmp_path)
    assert (copy.odd_ends, text) == (True, b"id,start,value\na,1,2\nb,3,4\n")
    assert not copied(b"id,start,value\r\na,1,2\r\n", tmp_path)[1].odd_ends


@given(
    cells=st.lists(st.lists(st.text("ab é€,;\t|", max_size=4), min_size=3, max_size=3), max_size=20),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    chunk=st.integers(1, 40),
)
def test_no_cell_changes_wherever_pieces_of_the_file_meet(cells, encoding, end, chunk, tmp_path_factory):
    rows = [list(NAMES), *cells]
    text = end.join(",".join(f'"{cell}"' for cell in row) for row in rows) + end
    before, dialects._CHUNK = dialects._CHUNK, chunk
    try:
        dialect, _, copy = copied(text.encode(encoding), tmp_path_factory.mktemp("any"))
    finally:
        dialects._CHUNK = before
    assert dialect.header == NAMES
    assert list(csv.reader(copy.decode().split("\n")[:-1])) == rows
