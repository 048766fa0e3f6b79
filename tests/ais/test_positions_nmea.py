"""Raw sentences become positions: time and receiver from what stands beside them, messages of their parts, faults
counted.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.ais.sentences.made import position, read_lines, sealed, sentences_of, static, summed
from tumen.ais.positions_nmea import BAD_CHECKSUM, CUT_OFF, INCOMPLETE, NO_SENTENCE, NOT_A_SHIP, UNDECODABLE

POSITION = position()
STATIC = static()
HEARD_US = 1_710_028_800_000_000
TAG = sealed("s:rNORTH,c:1710028800")
CLOCK = b"$PGHP,1,2013,11,12,12,0,0,11,219,,2190067,1,62*26"


def moment(time_us: Any) -> str | None:
    return None if time_us is None else (dt.datetime(1970, 1, 1) + dt.timedelta(microseconds=time_us)).isoformat()


def told(*lines: bytes) -> list[tuple[str | None, str | None]]:
    """Time and station of each position."""
    _, places, _ = read_lines(*lines)
    return [(moment(row["time_us"]), row["station"]) for row in places]


# ---------------------------------------------------------------------------------------------- time


def test_tag_block_gives_time_and_receiver() -> None:
    _, (row,), _ = read_lines(TAG + POSITION)
    assert (row["time_us"], row["station"]) == (HEARD_US, "rNORTH")
    assert [row[name] for name in ("lon", "lat", "speed_kn", "course_deg", "heading_deg")] == [
        10.5,
        56.25,
        7.5,
        91.2,
        90,
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (sealed("c:1710028800000"), b""),
        (sealed("c:1710028800,n:17"), b""),
        (sealed("x:" + "long" * 60 + ",c:1710028800"), b""),
        (sealed("c:1710028800") + sealed("n:4"), b""),
        (b"\\c:1710028800\\", b""),
        (b"\\c:1710028800*5\\".replace(b"*5", b"*5C"), b""),
        (b"1710028800 ", b""),
        (b"1710028800,", b""),
        (b"1710028800\t", b""),
        (b"1710028800000;", b""),
        (b"1710028800.0 ", b""),
        (b"2024-03-10T00:00:00Z,", b""),
        (b"2024-03-10 00:00:00 ", b""),
        (b"2024-03-10T00:00:00.000Z;", b""),
        (b"2024-03-10T01:30:00+01:30,", b""),
        (b"[2024-03-10 00:00:00 UTC] ", b""),
        (b"20240310T000000Z ", b""),
        (b"2024-03-10T00:00:00Z " + sealed("s:rX"), b""),
        (b"", b",1710028800"),
        (b"", b",1710028800,1710028802"),
        (b"", b",1710028800000"),
        (b"", b"\t1710028800"),
        (b"", b",s22683,d-096,T57.56212,r003669947,1710028800"),
        (b"", b" 2024-03-10T00:00:00Z"),
        (sealed("c:1710028800"), b",1710028899"),
    ],
)
def test_time_beside_a_sentence_is_read(before: bytes, after: bytes) -> None:
    sentences, (row,), _ = read_lines(before + POSITION + after)
    assert row["time_us"] == HEARD_US
    assert sentences.lines == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b""),
        (sealed("c:1710028800").replace(b"88", b"89", 1), b""),
        (b"\\c:1710028800*ZZ\\", b""),
        (b"\\c:17100x*00\\", b""),
        (b"03/10/2024 00:00:00 ", b""),
        (b"2024-02-30T00:00:00Z,", b""),
        (b"2024-03-10T25:00:00Z,", b""),
        (b"17,", b""),
        (b"", b",r003669947"),
        (b"", b",003669947"),
        (b"", b",raahy,T00.123"),
    ],
)
def test_time_that_cannot_be_sure_is_none(before: bytes, after: bytes) -> None:
    _, (row,), _ = read_lines(before + POSITION + after)
    assert row["time_us"] is None


def test_fractions_of_a_second_are_kept() -> None:
    lines = [b"1710028800.25 ", b"2024-03-10T00:00:00.25Z,", b"1710028800250,", sealed("c:1710028800.25")]
    _, places, _ = read_lines(*(line + POSITION for line in lines))
    assert {row["time_us"] for row in places} == {HEARD_US + 250_000}


def test_station_of_a_trailer_is_read() -> None:
    assert told(POSITION + b",s22683,d-096,T57.5,r003669947,1710028800") == [("2024-03-10T00:00:00", "r003669947")]


def test_line_before_gives_time_and_receiver_of_the_next_sentence_only() -> None:
    assert told(b"\\si:AISD*3F\\", CLOCK, POSITION, POSITION) == [
        ("2013-11-12T12:00:00.011000", "2190067"),
        (None, None),
    ]


def test_tag_block_on_its_own_line_is_the_next_sentences() -> None:
    assert told(TAG, POSITION, POSITION) == [("2024-03-10T00:00:00", "rNORTH"), (None, None)]


def test_clock_of_another_sentence_lends_no_station() -> None:
    without = b"$" + summed(b"PGHP,1,2013,11,12,12,0,1,0,265,,,1,6F")
    assert told(CLOCK, b"$PSTT,30C,B*00", without, POSITION) == [("2013-11-12T12:00:01", None)]


@pytest.mark.parametrize("at", [1, 2, 3])
def test_what_a_line_says_reaches_over_the_end_of_a_stretch(at: int) -> None:
    lines = [POSITION, TAG, b"# nothing", POSITION]
    sentences, places, _ = read_lines(*lines, stretch=at)
    assert [row["time_us"] for row in places] == [None, HEARD_US]
    assert sentences.lines == 4


@pytest.mark.parametrize("clock", [CLOCK[:-1] + b"7", b"$" + summed(b"PGHP,1,2013,2,30,12,0,0,11,219,,1,1,62")])
def test_clock_that_is_broken_says_nothing_and_is_counted(clock: bytes) -> None:
    sentences, (row,), _ = read_lines(clock, POSITION)
    assert (row["time_us"], row["station"]) == (None, None)
    assert +sentences.dropped == {UNDECODABLE: 1}


def test_tag_blocks_without_and_with_a_wrong_checksum_are_counted() -> None:
    sentences, _, _ = read_lines(b"\\c:1710028800\\" + POSITION, b"\\c:1710028800*00\\" + POSITION, TAG + POSITION)
    assert (sentences.unsealed, sentences.broken) == (1, 1)


# ------------------------------------------------------------------------------------------- messages


def test_static_data_are_rows_of_their_own_when_they_change() -> None:
    other = static(shipname="OTHER")
    sentences, places, rows = read_lines(*STATIC, POSITION, *STATIC, *other, *STATIC)
    assert [row["name"] for row in rows] == ["LOTUS", "OTHER", "LOTUS"]
    assert [(row["imo"], row["ship_type"], row["draught_m"]) for row in rows] == [(9297137, 89, 8.1)] * 3
    assert (len(places), sentences.statics, sentences.joined, sentences.lines) == (1, 4, 4, 9)


def test_parts_of_small_ships_static_data_and_of_message_19() -> None:
    part_a = sentences_of(msg_type=24, partno=0, shipname="BOAT")
    part_b = sentences_of(msg_type=24, partno=1, ship_type=36)
    nineteen = sentences_of(msg_type=19, lon=1.0, lat=2.0, speed=1.0, shipname="NINETEEN", ship_type=37)
    sentences, places, rows = read_lines(*part_a, *part_b, *nineteen)
    assert [(row["name"], row["ship_type"]) for row in rows] == [("NINETEEN", 37), ("BOAT", 0), ("", 36)]
    assert [(row["lon"], row["lat"]) for row in places] == [(1.0, 2.0)]
    assert (sentences.positions, sentences.statics) == (1, 2)


def test_static_data_that_say_nothing_are_no_row() -> None:
    sentences, _, rows = read_lines(*static(shipname="", imo=0, ship_type=0, draught=0))
    assert (rows, sentences.statics) == ([], 1)


def test_long_range_speed_that_is_not_available_is_empty() -> None:
    _, (row,), _ = read_lines(*sentences_of(msg_type=27, lon=10.5, lat=56.25, speed=63, course=90))
    assert (row["speed_kn"], row["heading_deg"]) == (None, None)


def test_message_of_one_sentence_may_have_a_sequence() -> None:
    line = b"!" + summed(POSITION[1:-3].replace(b",1,1,,", b",1,1,6,"))
    assert len(told(line)) == 1


FIRST, SECOND = STATIC
OTHERS = static(mmsi=219000002, shipname="PEONY", imo=9297149)


def grouped(first: bytes, second: bytes, group: int) -> tuple[bytes, bytes]:
    return sealed(f"g:1-2-{group},s:rX,c:1710028800") + first, sealed(f"g:2-2-{group}") + second


ONE, TWO = grouped(FIRST, SECOND, 11)
THREE, FOUR = grouped(OTHERS[0], OTHERS[1], 12)
SOUTH = [sealed("s:rSOUTH,c:1710028801") + line for line in OTHERS]


@pytest.mark.parametrize(
    "lines",
    [
        [ONE, TWO, THREE, FOUR],
        [TWO, ONE, FOUR, THREE],
        [ONE, THREE, TWO, FOUR],
        [ONE, THREE, FOUR, TWO],
        [TWO, FOUR, THREE, ONE],
        [FIRST, POSITION, SECOND, *OTHERS],
        [FIRST, *SOUTH, SECOND],
        [TAG + FIRST, SOUTH[0], TAG + SECOND, SOUTH[1]],
        [TAG, FIRST, SOUTH[0], TAG, SECOND, SOUTH[1]],
        [FIRST, b"$GPZDA,1", SECOND, *OTHERS],
        [SECOND, FIRST, *OTHERS],
    ],
)
@pytest.mark.parametrize("stretch", [1, 1000])
def test_parts_find_each_other(lines: list[bytes], stretch: int) -> None:
    sentences, _, rows = read_lines(*lines, stretch=stretch)
    assert {(row["mmsi"], row["name"], row["imo"]) for row in rows} == {
        (219000001, "LOTUS", 9297137),
        (219000002, "PEONY", 9297149),
    }
    assert (sentences.joined, +sentences.dropped, sentences.lines) == (2, {}, len(lines))


def test_message_has_the_time_of_whichever_part_has_one() -> None:
    _, _, first = read_lines(TAG + FIRST, SECOND)
    _, _, second = read_lines(FIRST, TAG + SECOND)
    assert [(row["time_us"], row["station"]) for row in (*first, *second)] == [(HEARD_US, "rNORTH")] * 2


@pytest.mark.parametrize(
    "lines",
    [
        [ONE, FOUR],
        [TAG + FIRST, sealed("s:rSOUTH,c:1710028800") + SECOND],
        [TAG + FIRST, sealed("s:rNORTH,c:1710028900") + SECOND],
        [FIRST, FIRST],
        [SECOND, *[POSITION] * 20, FIRST],
        [FIRST, *[POSITION] * 3000, SECOND],
    ],
)
@pytest.mark.parametrize("stretch", [500, 5000])
def test_parts_of_different_messages_are_left_out(lines: list[bytes], stretch: int) -> None:
    sentences, _, rows = read_lines(*lines, stretch=stretch)
    assert rows == []
    assert +sentences.dropped == {INCOMPLETE: 2}
    assert sentences.lines == len(lines)


# --------------------------------------------------------------------------------------------- counts


def test_faults_are_counted_by_reason() -> None:
    broken = POSITION[:-1] + (b"0" if POSITION[-1:] != b"0" else b"1")
    cut = b"!" + summed(POSITION[1:-3].replace(POSITION.split(b",")[5], POSITION.split(b",")[5][:12]))
    lines = [broken, SECOND, POSITION, *sentences_of(msg_type=4, lon=10.5, lat=56.25), b"!AIVDM,1,1,,A,,0*26"]
    lines += [b"!AIVDM,x", b"$PSTT,1*0A", cut, b"time,sentence", b"VDM feed begins"]
    sentences, places, _ = read_lines(*lines)
    assert len(places) == 1
    assert +sentences.dropped == {
        BAD_CHECKSUM: 1,
        INCOMPLETE: 1,
        NOT_A_SHIP: 1,
        UNDECODABLE: 3,
        CUT_OFF: 1,
        NO_SENTENCE: 1,
    }
    assert (sentences.other, sentences.lines) == (1, len(lines))


def test_empty_lines_and_blanks_are_no_lines() -> None:
    sentences, places, _ = read_lines(b"", b"   ", POSITION, b"\t")
    assert (sentences.lines, len(places)) == (1, 1)


def test_comment_with_a_sentence_is_a_comment() -> None:
    sentences, places, _ = read_lines(b"# " + POSITION, POSITION)
    assert (len(places), sentences.other) == (1, 1)


def test_two_sentences_on_one_line_are_two() -> None:
    sentences, places, _ = read_lines(POSITION + POSITION)
    assert (len(places), sentences.lines) == (2, 2)


@pytest.mark.parametrize("fields", [b"$AIVDM,1,1,,A,%b,0", b"!aivdm,1,1,,A,%b,0", b"!AIVDM,1,1,12,A,%b,0"])
def test_unusual_sentences_are_read_by_pyais(fields: bytes) -> None:
    said = fields % POSITION.split(b",")[5]
    line = said[:1] + summed(said[1:])
    assert told(TAG + line) == [("2024-03-10T00:00:00", "rNORTH")]


def test_names_of_stations_may_be_long_and_alike() -> None:
    names = ["r", "rNORTH", "rNORTH2", "station-of-the-north-coast-1", "station-of-the-north-coast-2", "r"]
    found = told(*(sealed(f"s:{name},c:1710028800") + POSITION for name in names))
    assert [station for _, station in found] == names
