"""Which files make up a record."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import TRADE, CaseFolder
from tests.tables import TABLES
from tumen.record.table_files import RecordFile, find_files
from tumen.record.table_text import header_of, lines_of_ids, record_lines, text_problems


@pytest.fixture
def table(tmp_path: Path) -> RecordFile:
    return RecordFile("trade", tmp_path / "trade.csv", "record/trade.csv")


def write(table: RecordFile, text: str) -> RecordFile:
    table.path.write_bytes(text.encode())
    return table


def test_files_are_found_by_the_names_of_their_tables(case_folder: CaseFolder) -> None:
    folder = case_folder({"record/VOTES.csv": "", "record/events.CSV": "", "record/.trade.csv": "", "record/a.txt": ""})
    files, problems = find_files(folder, {}, [], TABLES)
    assert [(f.table, f.shown) for f in files] == [
        ("events", "record/events.CSV"),
        ("sources", "record/sources.csv"),
        ("trade", "record/trade.csv"),
    ]
    assert [str(p) for p in problems] == [
        "record/VOTES.csv: got a file called 'VOTES'; expected a file called after its table. Did you mean 'votes'? "
        "[unknown-table]"
    ]
    assert problems[0].severity == "warning"


@pytest.mark.parametrize("name", ["trade.json", "trade.feather", "trade", "trade.csv.bak", "2023/trade.dta"])
def test_file_called_after_a_table_of_a_form_that_is_not_read_is_told(case_folder: CaseFolder, name: str) -> None:
    folder = case_folder({f"record/{name}": "x", "record/trade.md": "notes", "record/other.json": "x"})
    files, problems = find_files(folder, {}, [], TABLES)
    assert [(f.table, f.shown) for f in files if f.table == "trade"] == [("trade", "record/trade.csv")]
    assert [(p.file, p.slug, p.severity) for p in problems] == [(f"record/{name}", "file-unread", "warning")]


def test_case_without_a_record_has_no_files(tmp_path: Path) -> None:
    assert find_files(tmp_path, {}, [], TABLES) == ([], [])


def test_file_that_the_case_names_is_taken_in_place_of_the_one_called_after_the_table(case_folder: CaseFolder) -> None:
    folder = case_folder({"record/2023.csv": TRADE, "other/2024.csv": TRADE})
    files, problems = find_files(folder, {"trade": ["record/2023.csv", "other/2024.csv"]}, [], TABLES)
    assert problems == []
    assert [(f.table, f.shown) for f in files if f.table == "trade"] == [
        ("trade", "record/2023.csv"),
        ("trade", "other/2024.csv"),
    ]


def test_table_that_is_none_is_told_with_the_nearest(case_folder: CaseFolder) -> None:
    _, problems = find_files(case_folder(), {"trades": ["record/trade.csv"]}, [], TABLES)
    assert [str(p) for p in problems] == [
        "case.toml: got [record] names 'trades'; expected a table of the record. Did you mean 'trade'? [unknown-table]"
    ]


def test_file_that_is_not_there_is_told(case_folder: CaseFolder) -> None:
    _, problems = find_files(case_folder(), {"trade": ["record/2023.csv"]}, [], TABLES)
    assert [str(p) for p in problems] == [
        "case.toml: got 'record/2023.csv', which is no file to read; expected a file of the table 'trade'. "
        "Correct the path in [record], or make the file readable. [file-missing]"
    ]


def test_file_of_another_kind_is_told(case_folder: CaseFolder) -> None:
    _, problems = find_files(case_folder({"trade.docx": b"PK"}), {"trade": ["trade.docx"]}, [], TABLES)
    assert [str(p) for p in problems] == [
        "trade.docx: got a file ending in '.docx'; expected a file ending in .csv, .parquet, .tsv, .tab, .txt, .xlsx, "
        ".xlsm, .xlsb, .xls, .ods, or one of these packed. Save it as CSV. [file-kind]"
    ]


@pytest.mark.parametrize(
    ("content", "line", "slug"),
    [
        (b"a\nb\nc\x00", 3, "nul-byte"),
        (b"a\nb\n" + b"x" * 1_000_001, 3, "line-too-long"),
        (b"a\n" * 600_000 + b"\xff\n", 600_001, "not-utf8"),
        (b"a\n" * 600_000 + b"\x00", 600_001, "nul-byte"),
        (b"a\n" + b"\xe2\x82", 2, "not-utf8"),
        (b"x" * 900_000 + b"\n" + b"x" * 1_100_000 + b"\n", 2, "line-too-long"),
    ],
    ids=["nul", "long-last-line", "not-utf8-in-second-chunk", "nul-in-second-chunk", "cut-character", "across-chunks"],
)
def test_file_that_is_no_text_is_told_at_its_line(table: RecordFile, content: bytes, line: int, slug: str) -> None:
    table.path.write_bytes(content)
    (problem,) = text_problems(table)
    assert (problem.line, problem.slug) == (line, slug)


def test_longest_line_that_is_allowed_is_no_problem(table: RecordFile) -> None:
    assert text_problems(write(table, "x" * 1_000_000 + "\n" + "y" * 1_000_000)) == []


def test_character_across_two_chunks_is_no_problem(table: RecordFile) -> None:
    assert text_problems(write(table, "a\n" * (1 << 19) + "é\n")) == []
    assert text_problems(write(table, "a" + "b\n" * ((1 << 19) - 1) + "é\n")) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("id,note\n1,2\n", ["id", "note"]),
        ('\ufeffid,"a, b"\r\n', ["id", "a, b"]),
        ("id\rnote\r", ["id"]),
        ("", []),
        ("x" * 200_000 + ",id\n", ["x" * 200_000, "id"]),
    ],
    ids=["plain", "bom-and-quotes", "old-line-ends", "empty", "long"],
)
def test_header_is_read(table: RecordFile, text: str, names: list[str]) -> None:
    assert header_of(write(table, text)) == names


def test_lines_of_records_count_blank_lines_and_cells_of_many_lines(table: RecordFile) -> None:
    write(table, 'id,n\n1,"a\nb"\n\n2,c\n3,d\n')
    assert record_lines(table, [1, 3, 4]) == {
        1: (2, {"id": "1", "n": "a\nb"}),
        3: (5, {"id": "2", "n": "c"}),
        4: (6, {"id": "3", "n": "d"}),
    }
    assert record_lines(table, []) == {}
    assert record_lines(table, [9]) == {}


def test_a_record_with_more_or_fewer_cells_than_columns_has_none_by_name(table: RecordFile) -> None:
    write(table, "id,n\n1\n2,a,b\n")
    assert record_lines(table, [1, 2]) == {1: (2, {}), 2: (3, {})}


def test_lines_of_ids_are_all_lines_that_hold_them(table: RecordFile) -> None:
    write(table, 'n,id\n"x\ny",a\n1,b\n2,a\n3\n')
    assert lines_of_ids(table, ["a", "b", "c"]) == {"a": [2, 5], "b": [4], "c": []}


def test_table_without_ids_has_no_lines_of_them(table: RecordFile) -> None:
    assert lines_of_ids(write(table, "n\na\n"), ["a"]) == {"a": []}
