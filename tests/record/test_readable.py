"""Files of the record as people save them: read where it is certain, else one message that says what was seen."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import random
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import TRADE, CaseFolder
from tests.record.readers.made_workbooks import xlsx
from tumen.budgets import Budgets
from tumen.engine.embedded import DuckDB
from tumen.prepare import Prepared, prepare

Read = Callable[[str | bytes], Prepared]

NEW_YEAR, NEXT = dt.date(2023, 1, 1), dt.date(2024, 1, 1)
HEADER, WITH_B, WITH_ALL = TRADE.splitlines()


@pytest.fixture
def read(case_folder: CaseFolder, duckdb: DuckDB) -> Read:
    """Prepare the small case with this as its trade.csv."""
    return lambda content: prepare(case_folder({"record/trade.csv": content}), duckdb)


@pytest.fixture
def read_only(case_folder: CaseFolder, duckdb: DuckDB) -> Callable[[Mapping[str, str | bytes]], Prepared]:
    """Prepare the small case with these in place of its trade.csv."""
    return lambda files: prepare(case_folder({"record/trade.csv": None, **files}), duckdb)


def totals(duckdb: DuckDB) -> list[tuple[str, dt.date, dt.date, float]]:
    rows = duckdb.rows('select id, start, "end", total_usd from trade order by id desc')
    return [(r["id"], r["start"], r["end"], float(r["total_usd"])) for r in rows]


AS_PRINTED = [("with-b", NEW_YEAR, NEXT, 90.0), ("with-all", NEW_YEAR, NEXT, 100.0)]


def said(prepared: Prepared) -> list[tuple[int | None, str, str]]:
    return [(p.line, p.slug, p.severity) for p in prepared.problems]


def unusual(prepared: Prepared) -> str:
    (problem,) = prepared.problems
    assert (problem.slug, problem.severity) == ("read-as", "warning")
    return problem.got


# ---------------------------------------------------------------------------------- what is read and told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (TRADE.replace(",", ";"), "semicolons between cells"),
        (TRADE.replace(",", "\t"), "tabs between cells"),
        (TRADE.replace(",", "|"), "bars between cells"),
        (TRADE.encode("utf-16"), "UTF-16"),
        (TRADE.encode("utf-16-be"), "UTF-16"),
        ("sep=;\n" + TRADE.replace(",", ";"), "a line sep="),
        ('Trade of Alphaland,,\n"Source: a, b",,\n\n' + TRADE, "3 lines before the names of columns"),
        (
            TRADE.replace("book,\n", "book,Côte\n").encode("cp1252"),
            "2 lines in Windows-1252 (Latin-1)",
        ),
        (TRADE.replace("id,territory", "ID,Territory"), "names of columns written 'ID', 'Territory'"),
        (TRADE.replace("total_usd", "Total USD", 1), "names of columns written 'Total USD'"),
        (TRADE.replace("2023-01-01", "01/01/2023").replace("2024-01-01", "01/13/2024"), "days written month first"),
        (TRADE.replace("2023-01-01", "1.1.2023").replace("2024-01-01", "1.1.2024"), "days written day first"),
        (TRADE.replace(",90,", ',"1.000.090,5",'), "decimal commas; thousands parted by points"),
        (TRADE.replace(",90,", ',"1,000,090",'), "thousands parted by commas"),
    ],
)
def test_table_that_is_written_in_another_way_is_read_and_the_way_is_told(
    read: Read, content: str | bytes, told: str
) -> None:
    prepared = read(content)
    assert prepared.record is not None
    assert told in next(p for p in prepared.problems if p.slug == "read-as").got
    assert not [p for p in prepared.problems if p.severity == "error"]
    assert prepared.record.rows["trade"] == 2


@pytest.mark.parametrize(
    "content",
    [
        TRADE.replace("\n", "\r\n") + WITH_B.replace("with-b", "more") + "\n",
        TRADE + WITH_B.replace("with-b", "more") + "\r\n",
        (TRADE + WITH_B.replace("with-b", "more")).replace("\n", "\r"),
        TRADE + "," * 13 + "\n" + WITH_B.replace("with-b", "more") + "\n" + "," * 13 + "\n",
        "\n".join(f"{line},,," for line in (TRADE + WITH_B.replace("with-b", "more")).splitlines()),
        (TRADE + WITH_B.replace("with-b", "more")).replace(",BBB,", ",\u00a0BBB,"),
        "\ufeff" + TRADE + WITH_B.replace("with-b", "more") + "\n",
    ],
    ids=["lf-after-crlf", "crlf-after-lf", "cr", "blank-rows", "empty-columns", "no-break-space", "mark"],
)
def test_line_ends_empty_cells_and_blanks_say_nothing_of_the_data(read: Read, duckdb: DuckDB, content: str) -> None:
    prepared = read(content)
    assert [p for p in prepared.problems if p.slug != "read-as"] == []
    assert sorted(name for name, *_ in totals(duckdb)) == ["more", "with-all", "with-b"]
    assert duckdb.rows("select distinct partner from trade order by 1") == [{"partner": "BBB"}, {"partner": "WLD"}]


def test_european_table_is_read_to_the_cent_and_the_day(read: Read, duckdb: DuckDB) -> None:
    text = TRADE.replace(",", ";").replace("2023-01-01", "01.01.2023").replace("2024-01-01", "01.01.2024")
    prepared = read(text.replace(";40;50;90;", ";;;1.000.090,25;").replace(";45;55;100;", ";;;2.000.000,5;"))
    assert totals(duckdb) == [("with-b", NEW_YEAR, NEXT, 1000090.25), ("with-all", NEW_YEAR, NEXT, 2000000.5)]
    assert unusual(prepared) == (
        "semicolons between cells; days written day first; decimal commas; thousands parted by points"
    )


def test_one_column_tells_the_order_of_days_for_the_others(read: Read, duckdb: DuckDB) -> None:
    read(TRADE.replace("2023-01-01", "02/01/2023").replace("2024-01-01", "31/12/2023"))
    assert {(start, end) for _, start, end, _ in totals(duckdb)} == {(dt.date(2023, 1, 2), dt.date(2023, 12, 31))}


def test_a_letter_that_is_in_neither_encoding_is_told_at_its_line(read: Read) -> None:
    prepared = read(TRADE.replace("book,\n", "book,\x81\n").encode("latin-1"))
    assert said(prepared) == [(2, "not-utf8", "error")]


def test_plain_table_is_read_where_it_lies(read: Read) -> None:
    prepared = read(TRADE)
    assert prepared.record is not None
    assert prepared.problems == ()


# --------------------------------------------------------------------------------------- what is not certain


def test_days_that_nothing_decides_are_one_error_a_column_and_no_list_of_cells(read: Read) -> None:
    prepared = read(TRADE.replace("2023-01-01", "01/02/2023"))
    assert [str(p) for p in prepared.problems] == [
        "record/trade.csv:2: got start = '01/02/2023', in which day or month may come first: none is above 12; "
        "expected days as 2024-01-31. Write the whole column start so. [days-undecided]"
    ]


def test_days_of_both_orders_in_one_column_are_an_error(read: Read) -> None:
    prepared = read(TRADE.replace("2023-01-01", "13/02/2023", 1).replace("2023-01-01", "02/13/2023"))
    assert [(p.line, p.slug) for p in prepared.problems] == [(2, "days-undecided")]
    assert "contradict" in prepared.problems[0].got


@pytest.mark.parametrize("cell", ["1,234", "98.000"])
def test_number_whose_mark_may_part_thousands_is_an_error(read: Read, cell: str) -> None:
    prepared = read(TRADE.replace(",", ";").replace(";90;", f";{cell};"))
    assert (2, "numbers-undecided", "error") in said(prepared)
    assert cell in next(p for p in prepared.problems if p.slug == "numbers-undecided").got


def test_quotes_that_do_not_pair_in_a_table_of_semicolons_are_told(read: Read) -> None:
    assert "quote-open" in [p.slug for p in read(TRADE.replace(",", ";") + '"open;x\n').problems]


@pytest.mark.parametrize(
    ("content", "got"),
    [
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "a web page"),
        (b"\xef\xbb\xbf\n <HTML>", "a web page"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04aaaa", "a workbook or a zip archive"),
        (b'[{"id": "a"}]', "JSON"),
        (b"version https://git-lfs.github.com/spec/v1\n", "a pointer to a file that Git LFS keeps"),
        (gzip.compress(TRADE.encode()), "a gzip file"),
    ],
)
def test_file_that_is_no_table_is_called_what_it_is(read: Read, content: bytes, got: str) -> None:
    (problem,) = read(content).problems
    assert (problem.got, problem.slug) == (got, "file-kind")


@pytest.mark.parametrize(
    "header",
    ["Reporter Code,Reporter ISO,Partner,Commodity Code,Trade Value (US$)", "reporterCode,cmdCode,primaryValue"],
)
def test_download_of_comtrade_is_told_how_it_is_imported(read: Read, header: str) -> None:
    (problem,) = read(f"{header}\n").problems
    assert problem.slug == "table-foreign"
    assert "tumen import comtrade" in problem.fix


# ----------------------------------------------------------------------------- lines, and all that is wrong


def test_lines_are_those_of_the_file_under_its_title(read: Read) -> None:
    more = WITH_B.replace("with-b", "more") + '"two\nlines"'
    text = "\n".join(["A title;;", "", HEADER, WITH_B, more, WITH_ALL.replace("WLD", "World"), ""])
    prepared = read(text.replace(",", ";"))
    assert [p.line for p in prepared.problems if p.slug == "bad-code"] == [7]


def test_row_with_a_cell_that_cannot_be_read_is_looked_at_for_all_else(read: Read) -> None:
    bad = WITH_B.replace("2023-01-01", "2023-13-01").replace(",BBB,", ",Beta,").replace("exact", "exct")
    prepared = read("\n".join([HEADER, bad.replace("book", "nobody"), WITH_ALL, ""]))
    assert [(p.line, p.slug) for p in prepared.problems] == [
        (2, "bad-code"),
        (2, "not-allowed"),
        (2, "unknown-source"),
        (2, "cell-unreadable"),
    ]


def test_rule_that_asks_for_the_cell_that_cannot_be_read_is_not_told(read: Read) -> None:
    bad = WITH_B.replace(",40,50,90,", ",,,x,").replace("2024-01-01", "2022-01-01")
    prepared = read("\n".join([HEADER, bad, WITH_ALL, ""]))
    assert [(p.line, p.slug) for p in prepared.problems] == [(2, "dates-backwards"), (2, "cell-unreadable")]


@pytest.mark.parametrize(("bad", "is_error"), [(1, False), (2, False), (3, True), (4, True)])
def test_table_of_which_less_than_half_can_be_read_is_an_error(read: Read, bad: int, is_error: bool) -> None:
    rows = [WITH_B.replace("with-b", f"r{n}").replace(",40,50,90,", ",,,x," if n < bad else ",,,9,") for n in range(4)]
    prepared = read("\n".join([HEADER, *rows, ""]))
    assert ("table-unread" in [p.slug for p in prepared.problems]) == is_error


def test_row_of_a_table_without_ids_is_told_at_its_line(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    votes = "date,resolution,actor,vote,source\n2023-05-05,R/1,AAA,Y,book\n2023-05-06,R/1,AAA,Y,nobody\n"
    prepared = prepare(case_folder({"record/votes.csv": votes}), duckdb)
    assert [(p.file, p.line, p.slug) for p in prepared.problems] == [("record/votes.csv", 3, "unknown-source")]


# --------------------------------------------------------------------------------- other files and folders


def test_workbook_is_read_with_its_days_and_numbers(
    read_only: Callable[[Mapping[str, str | bytes]], Prepared], duckdb: DuckDB
) -> None:
    rows = [line.split(",") for line in (HEADER, WITH_B, WITH_ALL)]
    days = {"2023-01-01": ("day", "44927"), "2024-01-01": ("day", "45292")}
    cells = [[days.get(c) or (float(c) if c.isdigit() else c) for c in row] for row in rows]
    prepared = read_only({"record/trade.xlsx": xlsx({"Sheet1": cells})})
    assert prepared.problems == ()
    assert totals(duckdb) == AS_PRINTED


def test_sheet_that_is_called_after_the_table_is_read_and_the_others_are_told(
    read_only: Callable[[Mapping[str, str | bytes]], Prepared], duckdb: DuckDB
) -> None:
    rows = [line.split(",") for line in (HEADER, WITH_B, WITH_ALL)]
    sheets = {"Notes": [["see below"]], "Trade": rows, "Old": rows[:2]}
    prepared = read_only({"record/trade.xlsx": xlsx(sheets, hidden=["Old"])})
    assert said(prepared) == [(None, "workbook-sheets", "warning")]
    assert "the sheet 'Trade', besides 'Notes', 'Old'; hidden: 'Old'" in prepared.problems[0].got
    assert totals(duckdb) == AS_PRINTED


def test_line_of_a_workbook_is_the_row_of_its_sheet(
    read_only: Callable[[Mapping[str, str | bytes]], Prepared],
) -> None:
    rows = [["Trade of Alphaland"], [], *[line.split(",") for line in (HEADER, WITH_B, WITH_ALL)]]
    rows[4][2] = "World"
    prepared = read_only({"record/trade.xlsx": xlsx({"A": rows})})
    assert [(p.line, p.slug) for p in prepared.problems if p.severity == "error"] == [(5, "bad-code")]


@pytest.mark.parametrize(
    ("content", "got"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a workbook with a password, or of an older form"),
        (b"id,note\n", "a workbook that cannot be read"),
        (b"<html></html>", "a web page"),
        (xlsx({"A": []}), "a workbook of which no visible sheet holds rows"),
        (xlsx({"A": [["id"], [("xml", "<f>1+1</f>")]]}), "1 formula on the sheet 'A' without a value"),
    ],
)
def test_workbook_that_cannot_be_read_is_told(
    read_only: Callable[[Mapping[str, str | bytes]], Prepared], content: bytes, got: str
) -> None:
    (problem,) = read_only({"record/trade.xlsx": content}).problems
    assert (problem.file, problem.got, problem.severity) == ("record/trade.xlsx", got, "error")


def test_packed_table_is_read(read_only: Callable[[Mapping[str, str | bytes]], Prepared], duckdb: DuckDB) -> None:
    prepared = read_only({"record/trade.csv.gz": gzip.compress(TRADE.encode())})
    assert prepared.problems == ()
    assert totals(duckdb) == AS_PRINTED


def test_packed_table_that_unpacks_beyond_the_budget_is_told(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    bomb = gzip.compress(TRADE.encode() + b"\n" * 3_000_000)
    folder = case_folder({"record/trade.csv": None, "record/trade.csv.gz": bomb})
    (problem,) = prepare(folder, duckdb, budgets=Budgets(megabytes=1)).problems
    assert (problem.file, problem.slug) == ("record/trade.csv.gz", "over-budget")


def test_archive_of_two_tables_is_not_read_and_that_is_told(
    read_only: Callable[[Mapping[str, str | bytes]], Prepared],
) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.csv", TRADE)
        archive.writestr("b.csv", TRADE)
    (problem,) = read_only({"record/trade.zip": content.getvalue()}).problems
    assert (problem.got, problem.slug, problem.severity) == ("an archive of 2 files", "file-packed", "error")


def test_tables_in_folders_of_the_record_are_read_where_the_record_has_none(
    read_only: Callable[[Mapping[str, str | bytes]], Prepared], duckdb: DuckDB
) -> None:
    prepared = read_only(
        {"record/2022/trade.csv": f"{HEADER}\n{WITH_B}\n", "record/2023/trade.csv": f"{HEADER}\n{WITH_ALL}\n"}
    )
    assert prepared.problems == ()
    assert totals(duckdb) == AS_PRINTED


def test_file_beside_the_one_that_is_read_is_told(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    folder = case_folder({"record/old/trade.csv": TRADE, "record/trade.xlsx": b"PK", "record/~$trade.xlsx": b"x"})
    assert [(p.file, p.slug, p.severity) for p in prepare(folder, duckdb).problems] == [
        ("record/old/trade.csv", "file-unread", "warning"),
        ("record/trade.xlsx", "file-unread", "warning"),
    ]


def test_links_out_of_the_folder_are_not_read(case_folder: CaseFolder, duckdb: DuckDB, tmp_path: Path) -> None:
    folder = case_folder({"record/trade.csv": None})
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "trade.csv").write_text(TRADE)
    (folder / "record" / "2023").symlink_to(tmp_path / "outside")
    (folder / "record" / "trade.csv.gz").symlink_to(tmp_path / "outside" / "trade.csv")
    prepared = prepare(folder, duckdb)
    assert prepared.record is not None
    assert prepared.record.rows["trade"] == 0
    assert [(p.file, p.slug) for p in prepared.problems] == [("record/trade.csv.gz", "path-outside")]


def test_any_bytes_under_any_ending_give_rows_or_a_message(case_folder: CaseFolder) -> None:
    chance = random.Random(1)
    pieces = [
        b";",
        b"\t",
        b"|",
        b'"',
        b"\r",
        b"\r\n",
        b"\n",
        b"sep=;\n",
        b"\xff\xfe",
        b"\xa0",
        b"<",
        b"1,5",
        b"1/2/2023",
    ]
    for number in range(60):
        ending = chance.choice(
            ["csv", "tsv", "txt", "xlsx", "ods", "csv.gz", "zip"] if number % 10 == 0 else ["csv", "tsv"]
        )
        body = bytearray(TRADE.encode(chance.choice(["utf-8", "utf-16", "utf-16-be"])))
        for _ in range(chance.randrange(6)):
            at = chance.randrange(len(body))
            body[at : at + chance.randrange(3)] = chance.choice(pieces)
        folder = case_folder({"record/trade.csv": None, f"record/trade.{ending}": bytes(body)}, name=f"case{number}")
        engine = DuckDB()
        prepared = prepare(folder, engine)
        engine.close()
        assert prepared.record is not None
        assert prepared.record.rows["trade"] or [p for p in prepared.problems if p.file.startswith("record/trade")]
