"""What of a record is read, what is left out, and where a message says that the fault is."""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb as duckdb_library
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import SOURCES, TRADE, CaseFolder
from tests.tables import TABLES
from tumen.engine.embedded import DuckDB
from tumen.prepare import Prepared, load_case, prepare
from tumen.record.read import Record, read_record

HEADER, WITH_B, WITH_ALL = TRADE.splitlines()
COLUMNS = ", ".join(
    [
        "commodity, end, exports_usd, id, imports_usd, last_digit_usd, note, partner, published, publisher",
        "quality, source …",
    ]
)

#: The trade of the small case as a query, to write Parquet from.
ROWS = """
    select 'r' || n as id, 'AAA' as territory, 'BBB' as partner, date '2023-01-01' as "start",
        date '2024-01-01' as "end", 'TOTAL' as commodity, 1.5 as exports_usd, 'yearbook' as publisher,
        'exact' as quality, 'book' as source
    from range(3) as t(n)
"""


@pytest.fixture
def read(case_folder: CaseFolder, duckdb: DuckDB) -> Callable[[str | bytes], Prepared]:
    """Prepare the small case with these contents as its trade table."""
    return lambda content: prepare(case_folder({"record/trade.csv": content}), duckdb)


def record_of(prepared: Prepared) -> Record:
    assert prepared.record is not None
    return prepared.record


def said(prepared: Prepared) -> list[str]:
    return [str(p) for p in prepared.problems]


def unreadable(line: int | None, got: str, kind: str) -> str:
    place = "record/trade.csv" if line is None else f"record/trade.csv:{line}"
    return f"{place}: got {got}; expected {kind}. Correct the cell; its row is left out until then. [cell-unreadable]"


TOTAL = "money: exports and imports together, USD; needed only where they are not printed"
PARQUET_CELL = (
    "record/trade.parquet: got row 2 ('r1'), start: cannot read \"soon\" as 'DATE'; "
    "expected date: first day of the period (UTC). Correct the cell; its row is left out until then. [cell-unreadable]"
)


def test_small_record_is_read_whole(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    folder = case_folder()
    told: list[str] = []
    case, _ = load_case(folder)
    assert case is not None
    record, problems = read_record(folder, case.header.record, duckdb, TABLES, progress=told.append)
    assert problems == []
    assert told == ["record/sources.csv", "record/trade.csv"]
    assert {table: n for table, n in record.rows.items() if n} == {"sources": 1, "trade": 2}
    assert not any(record.rejected.values())
    assert record.hashes["record/trade.csv"] == hashlib.sha256(TRADE.encode()).hexdigest()
    assert record.sources["book"].grade == "B2"
    rows = duckdb.rows("select id, total_usd from trade order by id nulls last")
    assert [(r["id"], float(r["total_usd"])) for r in rows] == [("with-all", 100.0), ("with-b", 90.0)]


@pytest.mark.parametrize(
    "content",
    [
        TRADE.replace("\n", "\r\n"),
        "\ufeff" + TRADE,
        TRADE.rstrip("\n"),
        TRADE.replace("\n", "\r"),
        f"{HEADER}\r\n{WITH_B}\n{WITH_ALL}\r\n",
        f"{HEADER}\n\n{WITH_B}\n\n\n{WITH_ALL}\n\n",
        TRADE.replace("with-b", '"with-b"').replace(",90,", ',"90",'),
        ",".join(reversed(HEADER.split(",")))
        + "\n"
        + ",".join(reversed(WITH_B.split(",")))
        + "\n"
        + ",".join(reversed(WITH_ALL.split(",")))
        + "\n",
    ],
    ids=["crlf", "bom", "no-last-newline", "cr", "mixed-newlines", "blank-lines", "quoted", "other-order"],
)
def test_same_table_written_another_way_reads_the_same(
    read: Callable[[str], Prepared], duckdb: DuckDB, content: str
) -> None:
    prepared = read(content)
    assert said(prepared) == []
    rows = duckdb.rows("select id, total_usd from trade order by id nulls last")
    assert [(r["id"], float(r["total_usd"])) for r in rows] == [("with-all", 100.0), ("with-b", 90.0)]


def test_header_alone_is_an_empty_table(read: Callable[[str], Prepared]) -> None:
    prepared = read(HEADER)
    assert said(prepared) == []
    assert record_of(prepared).rows["trade"] == 0


def test_columns_that_may_be_left_out_are_empty(read: Callable[[str], Prepared], duckdb: DuckDB) -> None:
    names = HEADER.split(",")
    kept = [n for n in names if n not in ("exports_usd", "imports_usd", "last_digit_usd", "note")]
    rows = [dict(zip(names, line.split(","), strict=True)) for line in (WITH_B, WITH_ALL)]
    prepared = read("\n".join([",".join(kept), *(",".join(row[n] for n in kept) for row in rows)]))
    assert said(prepared) == []
    assert duckdb.rows("select distinct exports_usd, note from trade") == [{"exports_usd": None, "note": None}]


def test_empty_file_is_told_with_the_header_to_start_from(read: Callable[[str], Prepared]) -> None:
    message = (
        "record/trade.csv:1: got no header; expected column names on the first line. "
        f"Start with: {HEADER.replace(',note', ',published,note')} [header-missing]"
    )
    assert said(read("")) == [message]


@pytest.mark.parametrize("start", ["\n", "\ufeff\n", " , ,\n"])
def test_table_that_begins_after_its_first_line_is_read_and_that_is_told(
    read: Callable[[str], Prepared], start: str
) -> None:
    prepared = read(start + TRADE)
    assert [(p.slug, p.severity) for p in prepared.problems] == [("read-as", "warning")]
    assert "1 line before the names of columns" in prepared.problems[0].got
    assert record_of(prepared).rows["trade"] == 2


def test_missing_column_is_told_with_its_meaning(read: Callable[[str], Prepared]) -> None:
    prepared = read(TRADE.replace("territory,", "teritory,"))
    assert said(prepared) == [
        "record/trade.csv:1: got no column 'territory'; expected the columns of 'trade'. "
        "Add it: territory whose trade it is, ISO 3166 alpha-3. [column-missing]",
        "record/trade.csv:1: got column 'teritory'; expected the columns of 'trade'. "
        "Did you mean 'territory'? It is not read. [column-unknown]",
    ]
    assert record_of(prepared).rows["trade"] == 0


@pytest.mark.parametrize("again", ["note", "NOTE"])
def test_column_that_stands_twice_is_told(read: Callable[[str], Prepared], again: str) -> None:
    assert said(read(f"{HEADER},{again}\n{WITH_B},\n")) == [
        "record/trade.csv:1: got column 'note' 2 times; expected each column once. "
        "Remove or rename the others. [column-repeated]"
    ]


@pytest.mark.parametrize("name", ["colour", "_file", "a'b"])
def test_column_that_nobody_knows_is_left_out_with_a_warning(read: Callable[[str], Prepared], name: str) -> None:
    prepared = read(f"{HEADER},{name}\n{WITH_B},x\n{WITH_ALL},y\n")
    assert said(prepared) == [
        f"record/trade.csv:1: got column '{name}'; expected the columns of 'trade'. Known: {COLUMNS}. "
        "It is not read. [column-unknown]"
    ]
    assert prepared.problems[0].severity == "warning"
    assert record_of(prepared).rows["trade"] == 2


@pytest.mark.parametrize(
    ("cell", "got"),
    [
        ("1x0", "cannot read \"1x0\" as 'DECIMAL'"),
        ("nan", "cannot read \"nan\" as 'DECIMAL'"),
        ("inf", "cannot read \"inf\" as 'DECIMAL'"),
        ("1e30", "cannot read \"1e30\" as 'DECIMAL'"),
        ("\x1b[2J", "cannot read \"\\x1b[2J\" as 'DECIMAL'"),
    ],
)
def test_cell_that_cannot_be_read_loses_its_row_alone(read: Callable[[str], Prepared], cell: str, got: str) -> None:
    prepared = read(f"{HEADER}\n{WITH_B.replace(',90,', f',{cell},')}\n{WITH_ALL}\n")
    (problem,) = [p for p in prepared.problems if p.slug != "character-hidden"]
    assert str(problem) == unreadable(2, f"total_usd: {got}", TOTAL)
    assert problem.severity == "warning"
    assert record_of(prepared).rows["trade"] == 1
    assert record_of(prepared).rejected["trade"] == 1


@pytest.mark.parametrize("cell", ["2023-02-30", "today", "2023"])
def test_date_that_is_none_loses_its_row(read: Callable[[str], Prepared], cell: str) -> None:
    prepared = read(f"{HEADER}\n{WITH_B.replace('2024-01-01', cell)}\n{WITH_ALL}\n")
    kind = "date: day after the last day of the period (UTC)"
    assert said(prepared) == [unreadable(2, f"end: cannot read \"{cell}\" as 'DATE'", kind)]


def test_two_bad_cells_of_a_row_are_two_warnings_and_one_row_lost(read: Callable[[str], Prepared]) -> None:
    prepared = read(f"{HEADER}\n{WITH_B.replace(',40,50,', ',x,y,')}\n{WITH_ALL}\n")
    assert [p.got for p in prepared.problems] == [
        "exports_usd: cannot read \"x\" as 'DECIMAL'",
        "imports_usd: cannot read \"y\" as 'DECIMAL'",
    ]
    assert record_of(prepared).rejected["trade"] == 1


def test_short_line_is_told_once(read: Callable[[str], Prepared]) -> None:
    prepared = read(f"{HEADER}\nwith-b,AAA\n{WITH_ALL}\n")
    assert said(prepared) == [unreadable(2, "fewer cells than the header has columns", "one cell a column")]
    assert record_of(prepared).rows["trade"] == 1


def test_long_line_is_told_once(read: Callable[[str], Prepared]) -> None:
    prepared = read(f"{HEADER}\n{WITH_B},1,2,3\n{WITH_ALL}\n")
    assert said(prepared) == [unreadable(2, "more cells than the header has columns", "one cell a column")]


def test_quote_that_is_never_closed_takes_the_rest_with_it(read: Callable[[str], Prepared]) -> None:
    prepared = read(f'{HEADER}\n{WITH_B}"open\n{WITH_ALL}\n')
    note = "text: remark for readers"
    assert said(prepared)[1:] == [unreadable(2, "note: a quoted cell that does not end in a quote", note)]
    assert prepared.problems[0].slug == "table-unread"
    assert record_of(prepared).rows["trade"] == 0


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("", 3),
        ('"two\nlines"', 4),
        ('"a\n\n\nb"', 6),
        ("\n\n", 5),
        ('"a\nb"\n\n', 6),
        ("x" * 200_000, 3),
        ('"' + "a\n" * 100_000 + '"', 100_003),
    ],
    ids=["plain", "two-lines", "blank-in-quotes", "blank-lines", "both", "long-cell", "long-quoted-cell"],
)
def test_line_is_right_after_cells_and_blanks_of_many_lines(
    read: Callable[[str], Prepared], before: str, line: int
) -> None:
    prepared = read(f"{HEADER}\n{WITH_B}{before}\n{WITH_ALL.replace(',100,', ',bad,')}\n")
    assert said(prepared) == [unreadable(line, "total_usd: cannot read \"bad\" as 'DECIMAL'", TOTAL)]


def test_record_longer_than_the_engine_takes_is_told_where_it_begins(read: Callable[[str], Prepared]) -> None:
    cell = "xxxxx\n" * 400_000
    prepared = read(f'{HEADER}\n{WITH_B}"{cell}"\n{WITH_ALL}\n')
    assert said(prepared) == [unreadable(2, "a line that is too long", "one cell a column")]
    assert record_of(prepared).rows["trade"] == 1


_NOTES = st.text(st.sampled_from("ab ,\"\n'é"), max_size=8)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(_NOTES, st.booleans(), st.integers(0, 2)), max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_lines_of_bad_cells_are_right_in_any_table(rows: list[tuple[str, bool, int]], end: str) -> None:
    text, expected = HEADER + end, []
    for number, (note, is_bad, blanks) in enumerate(rows):
        text += end * blanks
        if is_bad:
            expected.append(text.count("\n") + 1)
        cells = [f"r{number}", *WITH_B.split(",")[1:-1], note]
        cells[8] = "bad" if is_bad else "90"
        out = io.StringIO()
        csv.writer(out, lineterminator=end).writerow(cells)
        text += out.getvalue()
    engine = DuckDB()
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "record").mkdir()
        (Path(place) / "record" / "trade.csv").write_bytes(text.encode())
        (Path(place) / "record" / "sources.csv").write_text(SOURCES)
        record, problems = read_record(Path(place), {}, engine, TABLES)
    engine.close()
    assert [p.line for p in problems if p.slug != "table-unread"] == expected
    assert record.rows["trade"] == len(rows) - len(expected)
    assert record.rejected["trade"] == len(expected)


def test_of_many_bad_cells_twenty_are_listed_and_the_rest_counted(read: Callable[[str], Prepared]) -> None:
    bad = [WITH_B.replace("with-b", f"r{n}").replace(",90,", ",x,") for n in range(25)]
    prepared = read("\n".join([HEADER, *bad, WITH_ALL]))
    assert said(prepared)[-1] == (
        "record/trade.csv: got 5 more cells that cannot be read; expected none. "
        "Correct the first ones, then check again. [cell-unreadable]"
    )
    assert [p.line for p in prepared.problems[:-1]] == [None, *range(2, 22)]
    assert prepared.problems[0].slug == "table-unread"
    assert record_of(prepared).rows["trade"] == 1
    assert record_of(prepared).rejected["trade"] == 25


def test_long_cell_is_cut_short_in_a_message(read: Callable[[str], Prepared]) -> None:
    (message,) = said(read(f"{HEADER}\n{WITH_B.replace(',90,', ',' + 'x' * 1000 + ',')}\n{WITH_ALL}\n"))
    assert len(message) < 400


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            f"{HEADER}\n{WITH_B}{'x' * 1_000_001}\n",
            "record/trade.csv:2: got a line of more than 1000000 bytes; expected lines that a person can read. "
            "Check the line ends and quotes of the file. [line-too-long]",
        ),
        (
            f"{HEADER}\n{WITH_B}\x00\n",
            "record/trade.csv:2: got a NUL byte; expected text. "
            "Remove the byte; the file may be damaged or of another kind. [nul-byte]",
        ),
        (
            f"{HEADER}\n{WITH_B}\n{WITH_ALL}\x81\n".encode("latin-1"),
            "record/trade.csv:3: got bytes that are not UTF-8; expected UTF-8 text. "
            "Save the file as UTF-8 (it may be Latin-1). [not-utf8]",
        ),
    ],
    ids=["long-line", "nul", "no-letter"],
)
def test_file_that_is_no_text_table_is_told(
    read: Callable[[str | bytes], Prepared], content: str | bytes, message: str
) -> None:
    prepared = read(content)
    assert said(prepared) == [message]
    assert record_of(prepared).rows["trade"] == 0


def test_problems_of_every_file_come_in_one_pass(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    folder = case_folder(
        {
            "record/trade.csv": f"{HEADER}\n{WITH_B.replace(',90,', ',x,')}\n{WITH_ALL.replace(',100,', ',-1,')}\n",
            "record/votes.csv": "date,resolution\n",
            "record/events.parquet": "no",
            "record/vote.csv": "x\n",
        },
        {"claims.toml": ("above = 0.5", "above = 98.0")},
    )
    assert [(p.severity, p.file, p.line, p.slug) for p in prepare(folder, duckdb).problems] == [
        ("error", "claims.toml", 13, "region-empty"),
        ("error", "record/events.parquet", None, "file-kind"),
        ("error", "record/trade.csv", 3, "negative"),
        ("error", "record/votes.csv", 1, "column-missing"),
        ("error", "record/votes.csv", 1, "column-missing"),
        ("error", "record/votes.csv", 1, "column-missing"),
        ("warning", "record/trade.csv", 2, "cell-unreadable"),
        ("warning", "record/vote.csv", None, "unknown-table"),
    ]


# ------------------------------------------------------------------------------------------- Parquet


def write_parquet(folder: Path, query: str, name: str = "record/trade.parquet") -> Path:
    duckdb_library.connect().execute(f"copy ({query}) to '{folder / name}' (format parquet)")
    return folder / name


@pytest.fixture
def parquet_case(case_folder: CaseFolder) -> Path:
    """The small case without its trade table."""
    return case_folder({"record/trade.csv": None})


def test_parquet_is_read_like_csv(parquet_case: Path, duckdb: DuckDB) -> None:
    write_parquet(parquet_case, ROWS)
    prepared = prepare(parquet_case, duckdb)
    assert said(prepared) == []
    assert record_of(prepared).rows["trade"] == 3
    assert record_of(prepared).hashes["record/trade.parquet"]
    assert duckdb.rows("select sum(exports_usd) as s from trade")[0]["s"] == pytest.approx(4.5)


def test_parquet_and_csv_of_one_table_are_read_together(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    folder = case_folder()
    write_parquet(folder, ROWS)
    assert record_of(prepare(folder, duckdb)).rows["trade"] == 5


def test_rows_of_parquet_without_ids_are_numbered(parquet_case: Path, duckdb: DuckDB) -> None:
    write_parquet(parquet_case, f"select * exclude (id) from ({ROWS})")
    assert said(prepare(parquet_case, duckdb)) == []
    rows = duckdb.rows("select id from trade order by id nulls last")
    assert [r["id"] for r in rows] == ["0", "1", "2"]


def test_parquet_with_a_bad_cell_loses_its_row_and_counts_it(parquet_case: Path, duckdb: DuckDB) -> None:
    write_parquet(parquet_case, f"""select * replace (if(id = 'r1', 'soon', '2023-01-01') as "start") from ({ROWS})""")
    prepared = prepare(parquet_case, duckdb)
    assert said(prepared) == [PARQUET_CELL]
    assert record_of(prepared).rows["trade"] == 2
    assert record_of(prepared).rejected["trade"] == 1


def test_parquet_named_in_capitals_is_parquet_still(parquet_case: Path, duckdb: DuckDB) -> None:
    query = f"""select * replace (if(id = 'r1', 'soon', '2023-01-01') as "start") from ({ROWS})"""
    write_parquet(parquet_case, query, "record/trade.PARQUET")
    assert said(prepare(parquet_case, duckdb)) == [PARQUET_CELL.replace(".parquet", ".PARQUET")]


def test_many_bad_cells_of_parquet_are_all_counted(parquet_case: Path, duckdb: DuckDB) -> None:
    rows = ROWS.replace("range(3)", "range(30)")
    write_parquet(parquet_case, f"""select * replace (if(id < 'r25', 'nan', '1') as exports_usd) from ({rows})""")
    prepared = prepare(parquet_case, duckdb)
    bad = sum(f"r{n}" < "r25" for n in range(30))
    assert record_of(prepared).rejected["trade"] == bad
    assert record_of(prepared).rows["trade"] == 30 - bad


def test_missing_column_of_parquet_is_told_without_a_line(parquet_case: Path, duckdb: DuckDB) -> None:
    write_parquet(parquet_case, f"select * exclude (source) from ({ROWS})")
    assert said(prepare(parquet_case, duckdb)) == [
        "record/trade.parquet: got no column 'source'; expected the columns of 'trade'. "
        "Add it: source of the row: an id from the table sources. [column-missing]"
    ]


def test_rule_that_a_row_of_parquet_breaks_is_told_with_its_id(parquet_case: Path, duckdb: DuckDB) -> None:
    write_parquet(parquet_case, f"select * replace (if(id = 'r1', -1, 1) as exports_usd) from ({ROWS})")
    assert said(prepare(parquet_case, duckdb)) == [
        "record/trade.parquet: got exports_usd = '-1.00' (row 'r1'); expected exports_usd of 0 or more. "
        "Correct the figure or its sign. [negative]"
    ]


def test_text_named_parquet_is_told(parquet_case: Path, duckdb: DuckDB) -> None:
    (parquet_case / "record" / "trade.parquet").write_text(TRADE)
    assert said(prepare(parquet_case, duckdb)) == [
        "record/trade.parquet: got a file that is not Parquet; expected Parquet, as its name says. "
        "Save it again, or rename it to .csv if it is text. [file-kind]"
    ]


def test_parquet_named_csv_is_told(parquet_case: Path, duckdb: DuckDB) -> None:
    write_parquet(parquet_case, ROWS, "record/trade.csv")
    assert said(prepare(parquet_case, duckdb)) == [
        "record/trade.csv: got Parquet; expected a table as CSV. End its name in .parquet. [file-kind]"
    ]


@pytest.mark.parametrize("kept", [0, 4, 100, -4])
def test_truncated_parquet_is_told(parquet_case: Path, duckdb: DuckDB, kept: int) -> None:
    file = write_parquet(parquet_case, ROWS)
    file.write_bytes(file.read_bytes()[:kept])
    assert [(p.file, p.slug) for p in prepare(parquet_case, duckdb).problems] == [("record/trade.parquet", "file-kind")]


def test_parquet_with_damaged_pages_is_told_and_the_rest_is_read(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    folder = case_folder({"record/votes.csv": "date,resolution,actor,vote,source\n2023-05-05,R/1,AAA,Y,book\n"})
    file = write_parquet(folder, ROWS)
    content = bytearray(file.read_bytes())
    content[4:300] = b"\xff" * 296
    file.write_bytes(content)
    prepared = prepare(folder, duckdb)
    assert said(prepared) == [
        "record/trade.parquet: got a file that cannot be read; expected a table of 'trade'. "
        "Check the file; it may be damaged. [file-unreadable]"
    ]
    assert record_of(prepared).rows["votes"] == 1
    assert record_of(prepared).rows["trade"] == 0


def test_damaged_sources_are_told_once_and_not_as_unknown_sources(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    folder = case_folder({"record/sources.csv": None})
    query = (
        "select 'book' as id, 'p' as publisher, 't' as title, 'B' as reliability, '2' as credibility, "
        "'public' as access"
    )
    file = write_parquet(folder, query, "record/sources.parquet")
    content = bytearray(file.read_bytes())
    content[4:100] = b"\xff" * 96
    file.write_bytes(content)
    assert [(p.file, p.slug) for p in prepare(folder, duckdb).problems] == [
        ("record/sources.parquet", "file-unreadable")
    ]


def test_a_file_that_breaks_the_database_that_reads_it_is_told_and_the_other_tables_are_read(
    case_folder: CaseFolder, duckdb: DuckDB
) -> None:
    folder = case_folder({"record/trade.csv": None})
    file = write_parquet(folder, ROWS)
    content = bytearray(file.read_bytes())
    content[int(0.667 * len(content))] = 1  # a size of -1, which the engine calls fatal
    file.write_bytes(content)
    prepared = prepare(folder, duckdb)
    assert [(p.file, p.slug) for p in prepared.problems] == [("record/trade.parquet", "file-unreadable")]
    assert record_of(prepared).rows["sources"] == 1


@settings(max_examples=30, deadline=None)
@example([(0.667, 1)])
@given(st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=4))
def test_parquet_with_any_bytes_changed_never_raises(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[float, int]]
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    (folder / "record").mkdir()
    (folder / "record" / "sources.csv").write_text(SOURCES)
    file = write_parquet(folder, ROWS)
    content = bytearray(file.read_bytes())
    for place, byte in changes:
        content[int(place * len(content))] = byte
    file.write_bytes(content)
    engine = DuckDB()
    _, problems = read_record(folder, {}, engine, TABLES)
    engine.close()
    assert all(str(p).isprintable() for p in problems)


def test_a_vote_that_two_rows_give_is_an_error(case_folder: CaseFolder, duckdb: DuckDB) -> None:
    cast = "".join(f"2023-01-01,A/1,{vote},book\n" for vote in ("AAA,Y", "AAA,N", "BBB,N"))
    votes = f"date,resolution,actor,vote,source\n{cast}"
    _, problems = read_record(case_folder({"record/votes.csv": votes}), {}, duckdb, TABLES)
    assert [str(p) for p in problems] == [
        "record/votes.csv:3: got date '2023-01-01' and resolution 'A/1' and actor 'AAA' on 2 rows (row 'A/1 AAA'); "
        "expected one row for each date, resolution, actor. Keep one of the rows. [id-repeated]"
    ]
