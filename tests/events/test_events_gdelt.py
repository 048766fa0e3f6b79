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
        (gdelt(1, "CHN", "JPN", day="2018-03-01"), "no day that can be read"),
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
        "got a table of 16 columns; expected a GDELT event export of 57 or 58 or 61 columns. Name an export of events, "
        "not of mentions or of the knowledge graph. [import-layout]"
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
