"""`tumen import table` puts a table with our columns into a case, or says what is wrong at the line of the file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from click.testing import CliRunner, Result

from tests.conftest import TRADE, CaseFolder
from tumen.cli import main
from tumen.engine.backends import open_engine
from tumen.prepare import prepare

HEADER = ("id", "territory", "partner", "start", "end", "commodity", "total_usd", "publisher", "quality", "source")
ROW = ("new", "AAA", "BBB", "2020-01-01", "2021-01-01", "TOTAL", "70.5", "office", "exact", "book")


def workbook(**sheets: Sequence[Sequence[str]]) -> bytes:
    """A workbook with these sheets, in order, whose cells are text."""
    main_space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}">'
            f'<Relationship Id="r" Type="{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        named = "".join(f'<sheet name="{s}" sheetId="{n}" r:id="r{n}"/>' for n, s in enumerate(sheets, 1))
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{main_space}" xmlns:r="{links}"><sheets>{named}</sheets></workbook>'
        )
        targets = "".join(
            f'<Relationship Id="r{n}" Type="{links}/worksheet" Target="worksheets/s{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}">{targets}</Relationships>')
        for n, rows in enumerate(sheets.values(), 1):
            cells = "".join(
                f'<row r="{r}">'
                + "".join(
                    f'<c r="{chr(64 + c)}{r}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
                    for c, cell in enumerate(row, 1)
                )
                + "</row>"
                for r, row in enumerate(rows, 1)
            )
            archive.writestr(
                f"xl/worksheets/s{n}.xml", f'<worksheet xmlns="{main_space}"><sheetData>{cells}</sheetData></worksheet>'
            )
    return stream.getvalue()


def put(case: Path, content: bytes | str, name: str = "More figures.csv", table: str = "trade") -> Result:
    file = case.parent / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return CliRunner().invoke(main, ["import", "table", str(file), "--into", str(case), "--table", table])


def rows_of(case: Path, table: str = "trade") -> int:
    engine = open_engine()
    try:
        record = prepare(case, engine).record
        assert record is not None
        return record.rows[table]
    finally:
        engine.close()


def lines(*rows: Sequence[str], separator: str = ",") -> str:
    return "".join(separator.join(row) + "\n" for row in (HEADER, *rows))


def test_rows_are_put_beside_those_of_the_case_and_put_again_replace_themselves(case_folder: CaseFolder) -> None:
    case = case_folder({})
    before = rows_of(case)
    said = put(case, lines(ROW)).output
    assert said.startswith(f"1 row of trade, written to {case}/record/trade_more-figures.csv.")
    assert "Measures count these trade together with those of record/trade.csv." in said
    assert rows_of(case) == before + 1
    assert "written again" in put(case, lines(ROW, ("next", *ROW[1:3], "2021-01-01", "2022-01-01", *ROW[5:]))).output
    assert rows_of(case) == before + 2


@pytest.mark.parametrize(
    "content",
    [
        lines(ROW, separator=";"),
        lines(ROW, separator="\t"),
        "Figures of an office\n\n" + lines(ROW),
        lines(ROW).replace("\n", "\r\n").encode("utf-16"),
        lines((*ROW, "", ""), ("",) * 10),
        workbook(trade=[HEADER, ROW]),
        workbook(Notes=[["read", "me"]], trade=[HEADER, ROW]),
        workbook(Figures=[HEADER, ROW, [""]]),
    ],
)
def test_table_is_read_however_it_was_saved(content: bytes | str, case_folder: CaseFolder) -> None:
    case = case_folder({})
    before = rows_of(case)
    result = put(case, content)
    assert (result.exit_code, rows_of(case)) == (0, before + 1), result.output
    kept = (case / "record/trade_more-figures.csv").read_text()
    assert kept.splitlines() == [",".join(HEADER), ",".join(ROW)]


def test_sheets_that_are_not_read_are_named(case_folder: CaseFolder) -> None:
    said = put(case_folder({}), workbook(Notes=[["read", "me"]], trade=[HEADER, ROW])).output
    assert "Sheet trade." in said
    assert "Not read: the other sheets, Notes." in said


def test_what_is_wrong_is_said_at_the_lines_of_the_file_and_nothing_is_written(case_folder: CaseFolder) -> None:
    case = case_folder({})
    wrong = ("bad", "AAA", "bb", *ROW[3:9], "nobody")
    known = TRADE.splitlines()[1].split(",")[0]
    result = put(case, "A title\n\n" + lines(ROW, wrong, (known, *ROW[1:])))
    assert result.exit_code == 2
    for told in ("More figures.csv:5: got partner = 'bb'", "More figures.csv:5: got source 'nobody'", "[id-repeated]"):
        assert told in result.output
    assert not (case / "record/trade_more-figures.csv").exists()
    assert "[record]" not in (case / "case.toml").read_text()


@pytest.mark.parametrize(
    ("content", "table", "told"),
    [
        (lines(ROW).replace("partner", "partnr"), "trade", "Did you mean 'partner'?"),
        (lines(ROW).replace("partner", "id"), "trade", "column 'id' twice"),
        (lines(ROW), "trad", "no table 'trad'"),
        ("one,two\n1,2\n", "trade", "no line that names a column"),
        (lines(), "trade", "[import-none]"),
        (b"PK\x03\x04 and no more", "trade", "[import-unreadable]"),
    ],
)
def test_table_that_cannot_be_used_is_told_why(
    content: bytes | str, table: str, told: str, case_folder: CaseFolder
) -> None:
    result = put(case_folder({}), content, table=table)
    assert (result.exit_code, told in result.output) == (2, True), result.output


def test_file_that_is_not_there_is_named(case_folder: CaseFolder) -> None:
    result = CliRunner().invoke(
        main, ["import", "table", "none.csv", "--into", str(case_folder({})), "--table", "trade"]
    )
    assert (result.exit_code, "none.csv: got no such file" in result.output) == (2, True)
