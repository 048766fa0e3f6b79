"""Event exports of GDELT, both versions, and the same as Parquet."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.events.reports import gdelt, imported
from tumen.engine.queries import Row
from tumen.events.events_reading import EventsReading
from tumen.events.layouts import GDELT


def read(lines: list[str], folder: Path) -> tuple[EventsReading, list[Row]]:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("20180301.export.CSV", "\n".join(lines) + "\n")
    (folder / "a.zip").write_bytes(stream.getvalue())
    return imported([folder / "a.zip"], GDELT, folder)


def dyads(rows: list[Row]) -> list[tuple[str, str, str | None, int]]:
    return [(r["source_actor"], r["target_actor"], r["parties"], r["reports"]) for r in rows]


@pytest.mark.parametrize("columns", [57, 58, 61])
def test_row_of_each_version_becomes_an_event(columns: int, tmp_path: Path) -> None:
    reading, (row,) = read([gdelt(9, "CHN", "ROM", columns=columns)], tmp_path)
    assert (row["id"], str(row["date"]), row["source_actor"], row["target_actor"]) == (
        "gdelt-9",
        "2018-03-01",
        "CHN",
        "ROU",
    )
    assert (row["kind"], row["description"]) == ("express intent to cooperate", "express intent to cooperate (036)")
    assert (row["code"], row["goldstein"], row["quad"], row["sign"]) == ("036", 4.0, "verbal-cooperation", 1)
    assert reading.with_units == (columns > 57)


def test_quad_class_is_the_publishers(tmp_path: Path) -> None:
    _, (row,) = read([gdelt(9, "CHN", "JPN", code="141", quad="4", goldstein="-6.5")], tmp_path)
    assert (row["quad"], row["sign"]) == ("material-conflict", -1)


def test_article_that_reports_every_pair_of_three_is_one_joint_event(tmp_path: Path) -> None:
    lines = [gdelt(1, "CHN", "PRK"), gdelt(2, "RUS", "CHN"), gdelt(3, "PRK", "RUS"), gdelt(4, "CHN", "PRK", code="042")]
    reading, rows = read(lines, tmp_path)
    assert dyads(rows) == [("CHN", "PRK", "CHN+PRK+RUS", 3), ("CHN", "PRK", None, 1)]
    assert reading.joint_events == 1


def test_article_about_one_state_with_two_others_is_two_events(tmp_path: Path) -> None:
    _, rows = read([gdelt(1, "CHN", "PRK"), gdelt(2, "CHN", "RUS")], tmp_path)
    assert dyads(rows) == [("CHN", "PRK", None, 1), ("CHN", "RUS", None, 1)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (gdelt(1, "EUR", "CHN"), "an actor that is no state"),
        (gdelt(1, "XQZ", "CHN"), "an actor that is not understood"),
        (gdelt(1, "", "CHN"), "no actor on one side"),
        (gdelt(1, "CHN", "CHN"), "the same state on both sides"),
        (gdelt(1, "CHN", "JPN", day="20180230"), "no day that can be read"),
        (gdelt(1, "CHN", "JPN", day="2018-03"), "no day that can be read"),
        (gdelt(1, "CHN", "JPN", columns=58), "a line that cannot be read"),
    ],
)
def test_row_that_is_left_out_is_counted_with_its_reason(line: str, reason: str, tmp_path: Path) -> None:
    reading, rows = read([gdelt(2, "CHN", "RUS"), line], tmp_path)
    assert list(reading.dropped.values()) == [{reason: 1}]
    assert len(rows) == 1


def test_other_tables_of_gdelt_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mentions.CSV").write_text("\t".join("1" for _ in range(16)) + "\n")
    reading, rows = imported([tmp_path / "mentions.CSV"], GDELT, tmp_path)
    assert rows == []
    assert str(reading.problems[0]).endswith(
        "got a table of 16 columns; expected a GDELT event export of 57 or 58 or 61 columns, or a header that names "
        "sqldate, actor1countrycode, actor2countrycode, eventcode. Name an export of events, not of mentions or of the "
        "knowledge graph. [import-layout]"
    )


def test_parquet_without_a_column_is_told_which(tmp_path: Path) -> None:
    duckdb.sql(
        f"copy (select 20180301 as SQLDATE, 'CHN' as Actor1CountryCode) to '{tmp_path / 'g.parquet'}' (format parquet)"
    )
    reading, _ = imported([tmp_path / "g.parquet"], GDELT, tmp_path)
    assert [p.got for p in reading.problems] == ["a table without a column for actor2countrycode, eventcode"]


def test_parquet_with_the_columns_names_gives_the_same_events(tmp_path: Path) -> None:
    duckdb.sql(
        "copy (select n as GLOBALEVENTID, 20180301 + n as SQLDATE, 'CHN' as Actor1CountryCode, 'PRK' as "
        "Actor2CountryCode, "
        "'036' as EventCode, 1 as QuadClass, 4.0 as GoldsteinScale, 'u' as SOURCEURL from range(3) as t(n)) "
        f"to '{tmp_path / 'g.parquet'}' (format parquet)"
    )
    _, rows = imported([tmp_path / "g.parquet"], GDELT, tmp_path)
    lines = [gdelt(n, "CHN", "PRK", day=str(20180301 + n), url="u") for n in range(3)]
    assert rows == read(lines, tmp_path)[1]


@settings(max_examples=6, deadline=None)
@given(content=st.lists(st.binary(max_size=80) | st.just(gdelt(5, "CHN", "JPN").encode()), max_size=8).map(b"\n".join))
def test_any_bytes_after_a_row_leave_the_row(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    (folder / "a.CSV").write_bytes(gdelt(1, "CHN", "RUS").encode() + b"\n" + content)
    reading, rows = imported([folder / "a.CSV"], GDELT, folder)
    assert ("CHN", "RUS") in {(row["source_actor"], row["target_actor"]) for row in rows}
    assert not [p for p in reading.problems if p.severity == "error"]


COLUMNS = ("GLOBALEVENTID", "SQLDATE", "Actor1CountryCode", "Actor2CountryCode", "EventCode", "GoldsteinScale")


def table(separator: str, *rows: tuple[str, ...], columns: tuple[str, ...] = COLUMNS) -> str:
    return "".join(separator.join(row) + "\n" for row in (columns, *rows))


def of_text(text: str, folder: Path, name: str = "g.csv") -> tuple[EventsReading, list[Row]]:
    (folder / name).write_text(text, encoding="utf-8")
    return imported([folder / name], GDELT, folder)


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
@pytest.mark.parametrize("before", ["", "Events\n\n", "sep={}\n"])
def test_table_with_names_needs_only_the_columns_that_are_read(separator: str, before: str, tmp_path: Path) -> None:
    text = before.format(separator) + table(separator, ("7", "20180301", "CHN", "PRK", "036", "4.0"))
    _, (row,) = of_text(text, tmp_path)
    assert (row["id"], row["code"], row["goldstein"], row["source_actor"]) == ("gdelt-7", "036", 4.0, "CHN")


def test_quoted_cells_and_numbers_written_as_fractions(tmp_path: Path) -> None:
    row = ('"7"', "20180301.0", '"CHN"', "PRK", "36.0", "4.0")
    reading, (found,) = of_text(table(",", row), tmp_path)
    assert (str(found["date"]), found["code"]) == ("2018-03-01", "036")
    assert reading.mends == {"code that had lost the zero before it": 1}


def test_export_without_a_header_saved_with_commas(tmp_path: Path) -> None:
    _, (row,) = of_text(gdelt(9, "CHN", "JPN").replace("\t", ",") + "\n", tmp_path)
    assert (row["id"], row["code"]) == ("gdelt-9", "036")


def test_table_that_lacks_a_column_is_told_what_a_header_has_to_name(tmp_path: Path) -> None:
    text = table(",", ("20180301", "CHN"), columns=("SQLDATE", "Actor1CountryCode"))
    (problem,) = of_text(text, tmp_path)[0].problems
    assert "or a header that names sqldate, actor1countrycode, actor2countrycode, eventcode" in problem.expected


@pytest.mark.parametrize(
    ("code", "root", "kept", "mended"),
    [
        ("36", "3", "036", 1),
        ("42", "", "042", 1),
        ("211", "2", "0211", 1),
        ("14", "1", "014", 1),
        ("14", "14", "14", 0),
        ("14", "14.0", "14", 0),
        ("036", "03", "036", 0),
        ("111", "11", "111", 0),
        ("203", "20", "203", 0),
        ("1122", "11", "1122", 0),
    ],
)
def test_zero_that_a_code_has_lost_is_put_back_unless_the_root_says_otherwise(
    code: str, root: str, kept: str, mended: int, tmp_path: Path
) -> None:
    columns = (*COLUMNS, "EventRootCode")
    reading, (row,) = of_text(table(",", ("7", "20180301", "CHN", "PRK", code, "4.0", root), columns=columns), tmp_path)
    assert (row["code"], sum(reading.mends.values())) == (kept, mended)


@pytest.mark.parametrize(
    ("said", "intensity"),
    [("4,0", 4.0), ("-10,0", -10.0), ("\u22122.5", -2.5), ("", None), ("None", None), ("NA", None)],
)
def test_intensity_with_a_decimal_comma_is_no_ten_times_as_much(
    said: str, intensity: float | None, tmp_path: Path
) -> None:
    reading, (row,) = read([gdelt(9, "CHN", "JPN", goldstein=said)], tmp_path)
    assert row["goldstein"] == intensity
    assert reading.mends == ({"intensity with a decimal comma": 1} if "," in said else {})


def test_intensity_that_is_no_number_is_counted_among_what_is_left_out(tmp_path: Path) -> None:
    reading, rows = read([gdelt(9, "CHN", "JPN", goldstein="high"), gdelt(8, "CHN", "RUS")], tmp_path)
    assert list(reading.dropped.values()) == [{"an intensity that is no number": 1}]
    assert len(rows) == 1
