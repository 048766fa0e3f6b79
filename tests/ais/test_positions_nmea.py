"""Raw sentences become positions: time and receiver from their tags, faults counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tumen.ais.positions_nmea import BAD_CHECKSUM, INCOMPLETE, NOT_A_SHIP, UNDECODABLE, Sentences

pyais = pytest.importorskip("pyais", reason="PyAIS comes with the extra 'ais'")


def sentences(**said: Any) -> list[bytes]:
    """The sentences of one message."""
    return [line.encode() for line in pyais.encode_dict({"mmsi": 219000001, **said}, talker_id="AI")]


POSITION = sentences(msg_type=1, lon=10.5, lat=56.25, speed=7.5, course=91.2, heading=90)
STATIC = sentences(msg_type=5, shipname="LOTUS", imo=9297137, ship_type=89, draught=8.1)


def tagged(line: bytes, tag: str) -> bytes:
    """A sentence with a tag block whose checksum is right."""
    checksum = 0
    for char in tag.encode():
        checksum ^= char
    return f"\\{tag}*{checksum:02X}\\".encode() + line


def read(*lines: bytes) -> tuple[Sentences, list[Mapping[str, Any]]]:
    found = Sentences()
    return found, list(found.rows(lines))


def test_tag_block_gives_time_and_receiver() -> None:
    _, (row,) = read(tagged(POSITION[0], "s:rNORTH,c:1426032000"))
    assert (row["t"], row["receiver"]) == ("2015-03-11T00:00:00", "rNORTH")
    assert (row["lon"], row["lat"], row["speed_kn"], row["course_deg"], row["heading_deg"]) == (
        10.5,
        56.25,
        7.5,
        91.2,
        90,
    )


def test_time_in_milliseconds_is_the_same_moment() -> None:
    _, (row,) = read(tagged(POSITION[0], "c:1426032000000"))
    assert row["t"] == "2015-03-11T00:00:00"


def test_danish_line_before_gives_time_and_receiver() -> None:
    _, (first, second) = read(
        b"\\si:AISD*3F\\", b"$PGHP,1,2013,11,12,12,0,0,11,219,,2190067,1,62*26", POSITION[0], POSITION[0]
    )
    assert (first["t"], first["receiver"]) == ("2013-11-12T12:00:00.011000", "2190067")
    assert second["t"] is None, "a stamp is for the next sentence only"


def test_name_and_draught_come_from_the_ships_last_static_message() -> None:
    found, (before, after) = read(POSITION[0], *STATIC, POSITION[0])
    assert "name" not in before
    assert (after["name"], after["imo"], after["ship_type"], after["draught_m"]) == ("LOTUS", 9297137, 89, 8.1)
    assert found.dropped == {}


def test_faults_are_counted_by_reason() -> None:
    broken = POSITION[0][:-1] + (b"0" if POSITION[0][-1:] != b"0" else b"1")
    station = sentences(msg_type=4, lon=10.5, lat=56.25)
    found, rows = read(
        broken, STATIC[1], STATIC[0], POSITION[0], station[0], b"!AIVDM,1,1,,A,,0*26", b"!AIVDM,x", b"$PSTT,1*0A"
    )
    assert len(rows) == 1
    assert found.dropped[BAD_CHECKSUM] == 1
    assert found.dropped[INCOMPLETE] == 1
    assert found.dropped[NOT_A_SHIP] == 1
    assert found.dropped[UNDECODABLE] == 2
    assert found.other == 1


def test_long_range_speed_that_is_not_available_is_empty() -> None:
    _, (row,) = read(*sentences(msg_type=27, lon=10.5, lat=56.25, speed=63, course=90))
    assert row["speed_kn"] is None
