"""Files of ICEWS: what becomes an event, what is counted once, and what is left out."""

from __future__ import annotations

import csv
import gzip
import importlib.resources
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.events.reports import ICEWS_HEADER, icews, icews_file, imported
from tumen.engine.queries import Row
from tumen.events.events_reading import EventsReading
from tumen.events.layouts import ICEWS
from tumen.record.readers.written import DayOrder


def read(lines: list[str], folder: Path) -> tuple[EventsReading, list[Row]]:
    file = folder / "events.2018.tab"
    file.write_text(icews_file(lines), encoding="utf-8")
    return imported([file], ICEWS, folder)


def dyads(rows: list[Row]) -> list[tuple[str, str, str | None, int]]:
    return [(r["source_actor"], r["target_actor"], r["parties"], r["reports"]) for r in rows]


def test_report_becomes_an_event_with_its_code_intensity_and_quad_class(tmp_path: Path) -> None:
    reading, (row,) = read([icews(7, "China", "North Korea")], tmp_path)
    assert {k: str(v) for k, v in row.items()} == {
        "id": "icews-7-2018-03-01",
        "date": "2018-03-01",
        "date_precision": "day",
        "source_actor": "CHN",
        "target_actor": "PRK",
        "kind": "express intent to cooperate",
        "description": "Express intent to meet or negotiate",
        "sign": "1",
        "certainty": "low",
        "code": "036",
        "goldstein": "4.0",
        "quad": "verbal-cooperation",
        "parties": "None",
        "reports": "1",
        "source": "book",
    }
    assert (reading.reports, reading.events, reading.dropped_rows, reading.with_units) == (1, 1, 0, True)
    assert reading.states == {"CHN", "PRK"}


def test_echoed_and_mirrored_reports_count_once_as_the_first_of_them(tmp_path: Path) -> None:
    lines = [
        icews(12, "China", "North Korea", story="3"),
        icews(11, "North Korea", "China", story="2"),
        icews(10, "China", "North Korea", story="1"),
        icews(13, "China", "North Korea", day="2018-03-02"),
        icews(14, "China", "North Korea", code="042"),
    ]
    reading, rows = read(lines, tmp_path)
    assert dyads(rows) == [("CHN", "PRK", None, 3), ("CHN", "PRK", None, 1), ("CHN", "PRK", None, 1)]
    assert rows[0]["id"] == "icews-10-2018-03-01"
    assert (reading.reports, reading.events, reading.echoed, reading.mirrored) == (5, 3, 1, 1)


def test_sentence_about_three_states_is_one_joint_event(tmp_path: Path) -> None:
    lines = [
        icews(1, "China", "North Korea"),
        icews(2, "China", "Russia"),
        icews(3, "Russia", "North Korea"),
        icews(4, "China", "Japan", sentence="2"),
    ]
    reading, rows = read(lines, tmp_path)
    assert dyads(rows) == [("CHN", "PRK", "CHN+PRK+RUS", 3), ("CHN", "JPN", None, 1)]
    assert (reading.joint_events, reading.joint_reports, reading.events) == (1, 3, 2)


def test_act_toward_two_others_in_one_sentence_is_one_joint_event(tmp_path: Path) -> None:
    _, rows = read([icews(1, "North Korea", "South Korea"), icews(2, "North Korea", "Japan")], tmp_path)
    assert dyads(rows) == [("PRK", "KOR", "JPN+KOR+PRK", 2)]


def test_report_of_a_pair_within_a_joint_event_is_a_report_of_it(tmp_path: Path) -> None:
    lines = [
        icews(1, "China", "North Korea"),
        icews(2, "China", "Russia"),
        icews(3, "Russia", "North Korea", story="2"),
        icews(4, "North Korea", "China", story="3"),
        icews(5, "Russia", "North Korea", story="4", code="111"),
        icews(6, "China", "Japan", story="4"),
    ]
    reading, rows = read(lines, tmp_path)
    assert dyads(rows) == [("CHN", "PRK", "CHN+PRK+RUS", 4), ("RUS", "PRK", None, 1), ("CHN", "JPN", None, 1)]
    assert (reading.echoed, reading.mirrored, reading.joint_reports) == (0, 0, 4)


def test_joint_event_told_twice_is_one(tmp_path: Path) -> None:
    three = [("China", "North Korea"), ("China", "Russia")]
    lines = [icews(10 * s + n, *pair, story=str(s)) for s in (1, 2) for n, pair in enumerate(three)]
    reading, rows = read(lines, tmp_path)
    assert dyads(rows) == [("CHN", "PRK", "CHN+PRK+RUS", 4)]
    assert reading.joint_events == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (icews(1, "China", "Japan", day="2018-02-30"), "no day that can be read"),
        (icews(1, "China", "Japan", day=""), "no day that can be read"),
        (icews(1, "", "Japan"), "no actor on one side"),
        (icews(1, "China", "Bavaria"), "an actor that is not understood"),
        (icews(1, "China", "China"), "the same state on both sides"),
        (icews(1, "Macau", "Macao"), "the same state on both sides"),
        (icews(1, "China", "Japan", code="", text="Something"), "no code of what happened"),
        (icews(1, "China", "Japan", intensity="11"), "an intensity beyond 10"),
        (icews(1, "China", "Japan", intensity="nan"), "an intensity beyond 10"),
        ("1\t2018-03-01\tcut", "a line that cannot be read"),
        (icews(1, "China", "Japan") + "\tmore", "a line that cannot be read"),
    ],
)
def test_row_that_is_left_out_is_counted_with_its_reason(line: str, reason: str, tmp_path: Path) -> None:
    reading, rows = read([icews(9, "China", "Russia"), line], tmp_path)
    assert reading.dropped == {str(tmp_path / "events.2018.tab"): {reason: 1}}
    assert len(rows) == 1


def test_actors_not_understood_are_counted_by_spelling(tmp_path: Path) -> None:
    lines = [icews(1, "Bavaria", "Japan"), icews(2, "Bavaria", "China"), icews(3, "China", "Aeolian Islands")]
    reading, rows = read(lines, tmp_path)
    assert (reading.strange, rows) == ({"Bavaria": 2, "Aeolian Islands": 1}, [])


@pytest.mark.parametrize(
    ("code", "kept"),
    [("42", "042"), ("14", "014"), ("211", "0211"), ("111", "111"), ("203", "203"), ("1122", "1122"), ("13y", "13y")],
)
def test_zero_that_a_code_has_lost_is_put_back(code: str, kept: str, tmp_path: Path) -> None:
    _, (row,) = read([icews(1, "China", "Japan", code=code)], tmp_path)
    assert row["code"] == kept


@pytest.mark.parametrize(
    ("intensity", "code", "sign"),
    [("4", "036", 1), ("-2", "036", -1), ("0", "010", 0), ("", "036", 1), ("", "190", -1)],
)
def test_sign_is_that_of_the_intensity_or_else_of_the_quad_class(
    intensity: str, code: str, sign: int, tmp_path: Path
) -> None:
    _, (row,) = read([icews(1, "China", "Japan", code=code, intensity=intensity)], tmp_path)
    assert row["sign"] == sign


def test_file_that_is_not_of_icews_stops_the_import_with_every_other_problem(tmp_path: Path) -> None:
    (tmp_path / "a.tab").write_text("one\ttwo\n1\t2\n")
    (tmp_path / "b.tab").write_text("")
    (tmp_path / "c.tab").write_text(icews_file([icews(1, "China", "Japan")]))
    reading, rows = imported([tmp_path / name for name in ("a.tab", "b.tab", "c.tab")], ICEWS, tmp_path)
    assert rows == []
    told = {Path(p.file).name: (p.slug, p.got) for p in reading.problems}
    missing = "a table without a column for event_date, source_country, target_country, cameo_code or event_text"
    assert told == {"a.tab": ("import-layout", missing), "b.tab": ("import-unreadable", "an empty file")}


def test_same_event_in_two_files_counts_once(tmp_path: Path) -> None:
    (tmp_path / "a.tab").write_text(icews_file([icews(1, "China", "Japan")]))
    (tmp_path / "b.tab.gz").write_bytes(gzip.compress((tmp_path / "a.tab").read_bytes()))
    reading, rows = imported([tmp_path / "a.tab", tmp_path / "b.tab.gz"], ICEWS, tmp_path)
    assert (reading.reports, len(rows), rows[0]["reports"]) == (2, 1, 2)


@settings(max_examples=6, deadline=None)
@given(
    noise=st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\n\r\0"), max_size=60)
        | st.sampled_from(["\t" * 19, '"', '"\t"', "\t" * 25, "x" * 100_000, '1\t2018-03-01\t"' + "\t" * 17]),
        max_size=12,
    )
)
def test_noise_between_rows_takes_no_row_with_it(noise: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("noise")
    good = [icews(n, "China", "Japan", day=f"2018-03-{n:02}") for n in range(1, len(noise) + 2)]
    lines = [good[0], *(line for pair in zip(noise, good[1:], strict=True) for line in pair)]
    reading, rows = read(lines, folder)
    assert len(rows) == len(good)
    assert reading.reports + reading.dropped_rows + sum(1 for line in noise if not line) == len(lines)


def of_days(days: list[str], folder: Path, order: DayOrder | None = None) -> tuple[EventsReading, list[Row]]:
    lines = [icews(n, "China", "Japan", day=day) for n, day in enumerate(days)]
    (folder / "e.tab").write_text(icews_file(lines), encoding="utf-8")
    return imported([folder / "e.tab"], ICEWS, folder, order=order)


@pytest.mark.parametrize(
    "written", ["{m}/{d}/2017", "{d}/{m}/2017", "{d}.{m}.2017", "{m}-{d}-2017 00:00", "2017{m:02}{d:02}"]
)
def test_days_of_either_order_are_read_and_numbered_by_their_day(written: str, tmp_path: Path) -> None:
    days = [written.format(m=m, d=d) for m, d in ((1, 13), (3, 4))]
    reading, rows = of_days(days, tmp_path)
    assert [row["id"] for row in rows] == ["icews-0-2017-01-13", "icews-1-2017-03-04"]
    assert [f"as {days[0]} shows" in note for note in reading.notes] == ([] if written.startswith("2017") else [True])


def test_days_that_could_be_others_stop_the_import_unless_it_is_told(tmp_path: Path) -> None:
    reading, rows = of_days(["3/4/2017"], tmp_path)
    assert ([p.slug for p in reading.problems], rows) == (["day-order"], [])
    assert [str(r["date"]) for r in of_days(["3/4/2017"], tmp_path, DayOrder.DAY_FIRST)[1]] == ["2017-04-03"]
    assert [str(r["date"]) for r in of_days(["3/4/2017"], tmp_path, DayOrder.MONTH_FIRST)[1]] == ["2017-03-04"]


def without_codes(lines: list[str], folder: Path) -> tuple[EventsReading, list[Row]]:
    at = ICEWS_HEADER.index("CAMEO Code")
    rows = [line.split("\t") for line in icews_file(lines).splitlines()]
    text = "".join("\t".join(cells[:at] + cells[at + 1 :]) + "\n" for cells in rows)
    (folder / "e.tab").write_text(text, encoding="utf-8")
    return imported([folder / "e.tab"], ICEWS, folder)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Make a visit", "042"),
        ("make a visit", "042"),
        ("Meet at a 'third' location", "044"),
        ("Consult, not specified below", "040"),
        ("fight with artillery and tanks", "194"),
        ("Appeal for target to yield", "025"),
        ("MAKE PUBLIC STATEMENT", "01"),
        ("Demand easing of popular dissent", "1052"),
    ],
)
def test_event_without_a_code_has_that_of_its_text(text: str, code: str, tmp_path: Path) -> None:
    reading, (row,) = without_codes([icews(1, "China", "Japan", text=text)], tmp_path)
    assert (row["code"], reading.mends) == (code, {"code told by the event's text": 1})


def test_event_whose_text_nobody_knows_is_left_out_where_there_is_no_code(tmp_path: Path) -> None:
    lines = [icews(1, "China", "Japan", text="Play chess"), icews(2, "China", "Japan", text="Make a visit")]
    reading, rows = without_codes(lines, tmp_path)
    assert ([row["code"] for row in rows], list(reading.dropped.values())) == (
        ["042"],
        [{"no code of what happened": 1}],
    )


@pytest.mark.parametrize(
    ("code", "text", "kept", "mended"),
    [
        ("14", "PROTEST", "14", 0),
        ("14", "Consider policy option", "014", 1),
        ("42", "Consult", "042", 1),
        ("1", "MAKE PUBLIC STATEMENT", "01", 1),
        ("01", "MAKE PUBLIC STATEMENT", "01", 0),
    ],
)
def test_text_tells_a_root_from_a_code_that_lost_its_zero(
    code: str, text: str, kept: str, mended: int, tmp_path: Path
) -> None:
    reading, (row,) = read([icews(1, "China", "Japan", code=code, text=text)], tmp_path)
    assert (row["code"], sum(reading.mends.values())) == (kept, mended)


def test_every_text_stands_for_one_code_of_a_root_that_is_known() -> None:
    folder = importlib.resources.files("tumen.events")
    texts = list(csv.DictReader((folder / "cameo_texts.csv").read_text(encoding="utf-8").splitlines()))
    roots = {r["root"] for r in csv.DictReader((folder / "cameo.csv").read_text(encoding="utf-8").splitlines())}
    plain = [re.sub("[^a-z0-9]", "", row["text"].lower()) for row in texts]
    assert len(set(plain)) == len(plain)
    assert {row["code"][:2] for row in texts} == roots
    assert all(row["source"] for row in texts)
