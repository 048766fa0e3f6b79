"""Files of POLECAT: several actors in one cell, and headers that say more than their rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.events.reports import POLECAT_HEADER, imported, polecat
from tumen.engine.queries import Row
from tumen.events.events_reading import EventsReading
from tumen.events.layouts import POLECAT


def read(lines: list[str], folder: Path, header: Sequence[str] = POLECAT_HEADER) -> tuple[EventsReading, list[Row]]:
    (folder / "a.txt").write_text("\n".join(["\t".join(header), *lines]) + "\n", encoding="utf-8")
    return imported([folder / "a.txt"], POLECAT, folder)


def dyads(rows: list[Row]) -> list[tuple[str, str, str | None, int]]:
    return [(r["source_actor"], r["target_actor"], r["parties"], r["reports"]) for r in rows]


def test_report_becomes_an_event_with_plovers_words(tmp_path: Path) -> None:
    _, (row,) = read([polecat("20230504-7_2", "China", "Russia")], tmp_path)
    assert (row["id"], str(row["date"]), row["code"], row["kind"]) == (
        "polecat-20230504-7_2",
        "2023-05-04",
        "CONSULT:visit",
        "consult",
    )
    assert (row["description"], row["goldstein"], row["quad"]) == ("consult (CONSULT:visit)", 1.5, "verbal-cooperation")


def test_event_without_a_mode_has_its_type_as_code(tmp_path: Path) -> None:
    _, (row,) = read([polecat("1", "CHN", "RUS", kind="SUPPORT", mode="None")], tmp_path)
    assert (row["code"], row["description"]) == ("SUPPORT", "support (SUPPORT)")


@pytest.mark.parametrize(
    ("actors", "recipients", "expected"),
    [
        ("China; Russia", "North Korea", [("CHN", "PRK", "CHN+PRK+RUS", 2)]),
        ("China", "Russia; North Korea", [("CHN", "PRK", "CHN+PRK+RUS", 2)]),
        ("China; Russia", "None", [("CHN", "RUS", None, 1)]),
        ("Russia; China; North Korea", "None", [("CHN", "PRK", "CHN+PRK+RUS", 3)]),
        ("China; Bavaria", "Russia", [("CHN", "RUS", None, 1)]),
        ("China; China", "Russia", [("CHN", "RUS", None, 2)]),
    ],
)
def test_parties_of_one_report(
    actors: str, recipients: str, expected: list[tuple[str, str, str | None, int]], tmp_path: Path
) -> None:
    _, rows = read([polecat("1", actors, recipients)], tmp_path)
    got = dyads(rows)
    assert [(r[2], r[3]) for r in got] == [(r[2], r[3]) for r in expected]
    if expected[0][2] is None:
        assert got == expected


@pytest.mark.parametrize(
    ("actors", "recipients", "reason"),
    [
        ("None", "China", "no actor on one side"),
        ("China", "None", "no actor on one side"),
        ("China", "China", "the same state on both sides"),
        ("Bavaria", "China", "an actor that is not understood"),
        ("China|Taiwan", "Japan", "an actor that is not understood"),
    ],
)
def test_row_that_is_left_out_is_counted_with_its_reason(
    actors: str, recipients: str, reason: str, tmp_path: Path
) -> None:
    reading, rows = read([polecat("1", "China", "Russia"), polecat("2", actors, recipients)], tmp_path)
    assert list(reading.dropped.values()) == [{reason: 1}]
    assert len(rows) == 1


def test_header_that_says_more_than_the_rows_is_cut(tmp_path: Path) -> None:
    header = ["Event ID", "Headline", "Event Text", *POLECAT_HEADER[1:]]
    _, rows = read([polecat("1", "China", "Russia")], tmp_path, header)
    assert dyads(rows) == [("CHN", "RUS", None, 1)]


def test_intensity_has_another_name_in_some_files(tmp_path: Path) -> None:
    header = [{"Intensity": "Event Intensity"}.get(name, name) for name in POLECAT_HEADER]
    _, (row,) = read([polecat("1", "China", "Russia")], tmp_path, header)
    assert row["goldstein"] == 1.5


def test_days_with_the_month_first_are_read_where_a_day_shows_it(tmp_path: Path) -> None:
    lines = [polecat("1", "China", "Japan", day="1/13/2023"), polecat("2", "China", "Japan", day="3/4/2023")]
    (tmp_path / "e.txt").write_text("\n".join(["\t".join(POLECAT_HEADER), *lines]) + "\n", encoding="utf-8")
    reading, rows = imported([tmp_path / "e.txt"], POLECAT, tmp_path)
    assert [str(row["date"]) for row in rows] == ["2023-01-13", "2023-03-04"]
    assert len(reading.notes) == 1
