"""Sentences of files become positions of ships, with what ships say of themselves anywhere; what is odd is said."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.ais.sentences.made import position, sealed, sentences_of, static
from tests.ais.test_positions import dropped, read, refused

TAG = sealed("s:rNORTH,c:1710028800")
LATER = sealed("s:rNORTH,c:1710032400")
NAMED = [LATER + line for line in static()]


def text(*lines: bytes) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def test_position_has_all_columns(tmp_path: Path) -> None:
    reading, (row,) = read(tmp_path, text(TAG + position(), *NAMED))
    assert row == {
        "mmsi": 219000001,
        "t": dt.datetime(2024, 3, 10),
        "lon": 10.5,
        "lat": 56.25,
        "speed_kn": 7.5,
        "course_deg": 91.2,
        "heading_deg": 90.0,
        "ship_type": 89,
        "name": "LOTUS",
        "imo": 9297137,
        "draught_m": 8.1,
        "receiver": "rNORTH",
    }
    assert (reading.rows, reading.said, reading.dropped_rows, reading.notes) == (1, 1, 0, ())


def test_names_come_from_another_file(tmp_path: Path) -> None:
    _, (row,) = read(tmp_path, text(TAG + position()), text(*NAMED))
    assert (row["name"], row["imo"]) == ("LOTUS", 9297137)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"lon": 181, "lat": 91}, "a filler for a position (91, 181 or 0, 0)"),
        ({"lon": 0, "lat": 0}, "a filler for a position (91, 181 or 0, 0)"),
        ({"lon": 200, "lat": 10}, "a position off the globe"),
        ({"lon": 10, "lat": 95}, "a position off the globe"),
        ({"mmsi": 0}, "no MMSI"),
        ({"mmsi": 1_000_000_000}, "no MMSI"),
        ({"mmsi": 992190907}, "not a ship's position"),
        ({"mmsi": 2190067}, "not a ship's position"),
    ],
)
def test_position_that_cannot_be_used_is_counted(tmp_path: Path, said: dict[str, Any], reason: str) -> None:
    reading, rows = read(tmp_path, text(TAG + position(**said), TAG + position()))
    assert (len(rows), dropped(reading)) == (1, {reason: 1})


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        (b"", "no time that can be read"),
        (sealed("c:86400"), "a time before AIS"),
        (sealed("c:1999999999"), "a time in the future"),
    ],
)
def test_time_that_cannot_be_is_counted(tmp_path: Path, before: bytes, reason: str) -> None:
    reading, rows = read(tmp_path, text(before + position(), TAG + position()))
    assert (len(rows), dropped(reading)) == (1, {reason: 1})


def test_what_is_not_available_is_empty(tmp_path: Path) -> None:
    line = TAG + position(speed=102.3, course=360, heading=511)
    _, (row,) = read(tmp_path, text(line, *(LATER + one for one in static(imo=12, ship_type=200, draught=0))))
    assert [row[name] for name in ("speed_kn", "course_deg", "heading_deg", "ship_type", "imo", "draught_m")] == [
        None
    ] * 6
    assert row["name"] == "LOTUS"


def test_file_of_static_data_alone_has_no_position(tmp_path: Path) -> None:
    assert "got no row that can be used" in refused(tmp_path, text(*NAMED))


def test_tag_blocks_without_a_checksum_are_used_and_told(tmp_path: Path) -> None:
    reading, (row,) = read(tmp_path, text(b"\\s:rNORTH,c:1710028800\\" + position()))
    assert (row["receiver"], row["t"]) == ("rNORTH", dt.datetime(2024, 3, 10))
    assert "got tag blocks without a checksum (1)" in str(reading.notes[0])


def test_tag_blocks_with_a_wrong_checksum_are_told(tmp_path: Path) -> None:
    said = refused(tmp_path, text(b"\\s:rNORTH,c:1710028800*00\\" + position()))
    assert "got tag blocks with a wrong checksum (1)" in said
    assert "(no time that can be read: 1)" in said


@pytest.mark.parametrize(("bad", "told"), [(1, 0), (2, 1)])
def test_file_of_which_a_good_part_is_not_understood_says_so(tmp_path: Path, bad: int, told: int) -> None:
    good = [TAG + position(lon=lon) for lon in range(9)]
    reading, rows = read(tmp_path, text(*good, *[b"what is this"] * bad))
    assert len(rows) == 9
    assert [f"got {bad} of {9 + bad} lines that are not understood" in str(note) for note in reading.notes] == [
        True
    ] * told


@pytest.mark.parametrize(
    "begin", [b"# log of station\n", b"\xef\xbb\xbf", b"\n\n", b"time,sentence\n", b"[2024-03-10 00:00:00] !AIVDM,x\n"]
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r", b""])
def test_file_is_read_however_it_begins_and_its_lines_end(tmp_path: Path, begin: bytes, end: bytes) -> None:
    lines = [TAG + position(lon=1), TAG + position(lon=2)]
    _, rows = read(tmp_path, begin + (end or b"\n").join(lines) + end)
    assert [row["lon"] for row in rows] == [1, 2]


def test_file_of_two_bytes_a_letter_is_read(tmp_path: Path) -> None:
    _, rows = read(tmp_path, (TAG + position() + b"\r\n").decode().encode("utf-16"))
    assert len(rows) == 1


def test_line_that_never_ends_is_one_line(tmp_path: Path) -> None:
    reading, rows = read(tmp_path, text(TAG + position(), b"x" * 5_000_000, TAG + position(lon=1)))
    assert (len(rows), dropped(reading)) == (2, {"a line that is no sentence": 1})


def test_more_rows_than_are_held_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tumen.ais.sentence_rows._MOST_HELD", 3)
    monkeypatch.setattr("tumen.ais.sentences.stretches.STRETCH_BYTES", 500)
    reading, rows = read(tmp_path, text(*(TAG + position(lon=lon) for lon in range(20)), *NAMED))
    assert [row["lon"] for row in rows] == list(range(20))
    assert {row["name"] for row in rows} == {"LOTUS"}
    assert reading.dropped_rows == 0


def test_ships_that_only_say_who_they_are_change_no_others(tmp_path: Path) -> None:
    other = [LATER + line for line in sentences_of(msg_type=24, mmsi=219000009, partno=0, shipname="BOAT")]
    _, (row,) = read(tmp_path, text(TAG + position(), *other))
    assert row["name"] is None
