"""Files of vessel positions are read as they are published; what is left out is counted, and the rest still counts."""

from __future__ import annotations

import datetime as dt
import gzip
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tumen.ais.position_table import CROWDED, DUPLICATE, MOST_PLACES, POSITION_COLUMNS, Reading
from tumen.ais.positions import read_positions
from tumen.engine.backends import open_engine
from tumen.errors import ProblemsError
from tumen.record.readers.published_files import UNREADABLE_LINE

NOW = dt.datetime(2026, 1, 1)

NOAA = (
    "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,Cargo,"
    "TransceiverClass\n"
)
NOAA_NOW = (
    "mmsi,base_date_time,longitude,latitude,sog,cog,heading,vessel_name,imo,call_sign,vessel_type,status,length,"
    "width,draft,cargo,transceiver\n"
)
DANISH = (
    "# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status,ROT,SOG,COG,Heading,IMO,Callsign,Name,"
    "Ship type,Cargo type,Width,Length,Type of position fixing device,Draught,Destination,ETA,Data source "
    "type,A,B,C,D\n"
)
PLAIN = "mmsi,t,lon,lat,speed_kn\n"


def read(folder: Path, *texts: str | bytes, suffix: str = "csv") -> tuple[Reading, list[Mapping[str, Any]]]:
    """What reading files of these contents gives, and the rows written."""
    files = []
    for number, text in enumerate(texts):
        file = folder / f"{number}.{suffix}"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        files.append(file)
    out = folder / "out.parquet"
    reading = read_positions(files, out, open_engine, NOW)
    engine = open_engine()
    try:
        assert engine.scan("out", [out]) == POSITION_COLUMNS
        return reading, engine.rows("select * from out")
    finally:
        engine.close()


def dropped(reading: Reading) -> dict[str, int]:
    """Rows left out of all files, by reason."""
    return {reason: n for reasons in reading.dropped.values() for reason, n in reasons.items()}


def refused(folder: Path, *texts: str | bytes) -> str:
    """What is said of files of which nothing can be used."""
    with pytest.raises(ProblemsError) as caught:
        read(folder, *texts)
    return str(caught.value).replace(str(folder) + "/", "")


# ------------------------------------------------------------------------------------------- layouts


def test_marine_cadastre_of_2022(tmp_path: Path) -> None:
    row = (
        "538009563,2022-06-20T00:00:04,29.23668,-116.63519,20.4,149.9,152.0,DEL MONTE "
        "PRIDE,IMO9869693,V7A4893,70,0,192,30,7.6,70,A\n"
    )
    reading, rows = read(tmp_path, NOAA + row)
    assert rows == [
        {
            "mmsi": 538009563,
            "t": dt.datetime(2022, 6, 20, 0, 0, 4),
            "lon": -116.63519,
            "lat": 29.23668,
            "speed_kn": 20.4,
            "course_deg": 149.9,
            "heading_deg": 152.0,
            "ship_type": 70,
            "name": "DEL MONTE PRIDE",
            "imo": 9869693,
            "draught_m": 7.6,
            "receiver": None,
        }
    ]
    assert (reading.rows, reading.vessels, reading.dropped_rows) == (1, 1, 0)


def test_marine_cadastre_since_2024_has_longitude_first(tmp_path: Path) -> None:
    row = "366996430,2025-03-31 00:00:00,-82.55641,38.40362,0.1,295.2,100,CAPT JEFF IRBY,,WDK7088,31,12,20,8,3.3,,A\n"
    _, (got,) = read(tmp_path, NOAA_NOW + row)
    assert (got["lon"], got["lat"], got["ship_type"], got["draught_m"]) == (-82.55641, 38.40362, 31, 3.3)


def test_danish_day_comes_before_the_month(tmp_path: Path) -> None:
    ship = (
        "04/03/2023 00:00:01,Class A,352002266,55.4921,14.7525,Under "
        "way,0.7,12.5,241.8,241,9869693,X,NAME,Tanker,,,,,8.1,,,AIS,,,,\n"
    )
    shore = (
        "04/03/2023 00:00:01,Base Station,2190064,56.7166,11.519,Unknown "
        "value,,,,,Unknown,,,Undefined,,,,GPS,,,,AIS,,,,\n"
    )
    reading, (got,) = read(tmp_path, DANISH + ship + shore)
    assert got["t"] == dt.datetime(2023, 3, 4, 0, 0, 1)
    assert (got["lon"], got["lat"], got["ship_type"], got["draught_m"]) == (14.7525, 55.4921, 80, 8.1)
    assert dropped(reading) == {"not a ship's position": 1}


def test_what_we_wrote_reads_back_the_same(tmp_path: Path) -> None:
    _, rows = read(tmp_path, PLAIN + "1,2022-01-01 00:00:00,2,3,4\n")
    again = tmp_path / "again.parquet"
    reading = read_positions([tmp_path / "out.parquet"], again, open_engine, NOW)
    engine = open_engine()
    engine.scan("again", [again])
    assert engine.rows("select * from again") == rows
    assert reading.dropped_rows == 0
    engine.close()


# ---------------------------------------------------------------------------------------------- time


TIMES = (
    ("2022-01-01 00:00:00+02", dt.datetime(2021, 12, 31, 22)),
    ("2022-01-01T00:00:00.5-0230", dt.datetime(2022, 1, 1, 2, 30, 0, 500000)),
    ("2022-01-01T00:00+09:00", dt.datetime(2021, 12, 31, 15)),
    ("2022-01-01T00:00:00Z", dt.datetime(2022, 1, 1)),
    ("2022-01-01 00:00:00", dt.datetime(2022, 1, 1)),
)


def test_time_becomes_utc(tmp_path: Path) -> None:
    _, rows = read(tmp_path, PLAIN + "".join(f"{n},{text},2,3,4\n" for n, (text, _) in enumerate(TIMES, 1)))
    assert [row["t"] for row in rows] == [moment for _, moment in TIMES]


def test_mixed_time_zones_are_told(tmp_path: Path) -> None:
    reading, rows = read(tmp_path, PLAIN + "1,2022-01-01 09:00:00+09:00,2,3,4\n1,2022-01-01 00:01:00,2,3,4\n")
    assert [r["t"].minute for r in rows] == [0, 1]
    assert "times with a time zone (1) and without one (1)" in str(reading.notes[0])


BAD = (
    ("1,,2,3,4", "no time that can be read"),
    ("1,2022-01-01,2,3,4", "no time that can be read"),
    ("1,2022-02-30 00:00:00,2,3,4", "no time that can be read"),
    ("1,1970-01-01 00:00:00,2,3,4", "a time before AIS"),
    ("1,2036-01-01 00:00:00,2,3,4", "a time in the future"),
    ("1,2022-01-01 00:00:00,181,91,4", "a filler for a position (91, 181 or 0, 0)"),
    ("1,2022-01-01 00:00:00,0,0,4", "a filler for a position (91, 181 or 0, 0)"),
    ("1,2022-01-01 00:00:00,200,3,4", "a position off the globe"),
    ("1,2022-01-01 00:00:00,nan,3,4", "no position"),
    ("1,2022-01-01 00:00:00,2,-inf,4", "no position"),
    ("1,2022-01-01 00:00:00,2,,4", "no position"),
    ("1,2022-01-01 00:00:00,2,3,-1", "an impossible speed"),
    ("1,2022-01-01 00:00:00,2,3,150", "an impossible speed"),
    ("0,2022-01-01 00:00:00,2,3,4", "no MMSI"),
    ("x,2022-01-01 00:00:00,2,3,4", "no MMSI"),
    ("992190936,2022-01-01 00:00:00,2,3,4", "not a ship's position"),
    ("1,2022-01-01 00:00:00,2", UNREADABLE_LINE),
    ('1,2022-01-01 00:00:00,2,3,"4', UNREADABLE_LINE),
)


def test_bad_rows_are_counted_by_reason_and_the_good_one_stays(tmp_path: Path) -> None:
    reading, rows = read(tmp_path, PLAIN + "".join(f"{row}\n" for row, _ in BAD) + "7,2022-01-01 00:00:00,2,3,4\n")
    assert [r["mmsi"] for r in rows] == [7]
    assert dropped(reading) == Counter(reason for _, reason in BAD)


def test_speed_that_is_not_available_leaves_the_position(tmp_path: Path) -> None:
    speeds = ("102.3", "1023", "", "nan", "inf", "fast")
    reading, rows = read(
        tmp_path, PLAIN + "".join(f"{n},2022-01-01 00:00:00,2,3,{v}\n" for n, v in enumerate(speeds, 1))
    )
    assert [row["speed_kn"] for row in rows] == [None] * len(speeds)
    assert reading.dropped_rows == 0


# ------------------------------------------------------------------------------------- whole files


def test_swapped_columns_are_told_where_every_row_fails(tmp_path: Path) -> None:
    said = refused(tmp_path, PLAIN + "1,2022-01-01 00:00:00,38,125,4\n1,2022-01-01 00:01:00,38,125,4\n")
    assert "got positions that are all off the globe" in said
    assert "Swapped, 2 of 2 would be on it" in said
    assert "(a position off the globe: 2)" in said


def test_file_is_known_by_its_content_and_not_its_name(tmp_path: Path) -> None:
    text = (PLAIN + "1,2022-01-01 00:00:00,2,3,4\n").encode()
    assert len(read(tmp_path, gzip.compress(text), suffix="parquet")[1]) == 1


def test_truncated_gzip_is_read_up_to_its_last_whole_line(tmp_path: Path) -> None:
    good = "".join(f"{n},2022-01-01 00:00:00,2.{n % 7},3,4\n" for n in range(1, 50001))
    packed = gzip.compress((PLAIN + good).encode())
    reading, rows = read(tmp_path, packed[: len(packed) // 2])
    assert 10000 < len(rows) < 40000
    assert dropped(reading) == {}
    assert "got a gzip file that breaks off" in str(reading.notes[0])


def test_empty_and_strange_files_are_told_and_the_good_one_counts(tmp_path: Path) -> None:
    good = PLAIN + "1,2022-01-01 00:00:00,2,3,4\n"
    reading, rows = read(tmp_path, "", b"PK\x03\x04zip", b"\xff\xfe\x00\x01", "name,grade\nx,1\n", b"PAR1broken", good)
    assert len(rows) == 1
    said = [str(note).split("got ", 1)[1].split("; expected")[0] for note in reading.notes]
    assert said == [
        "an empty file",
        "a zip archive that is damaged",
        "a file that is no text",
        "a table without a column for mmsi and t and lon and lat",
        "a Parquet file that breaks off or is damaged",
    ]


def test_file_that_is_damaged_in_the_middle_is_told_and_the_good_one_counts(tmp_path: Path) -> None:
    many = tmp_path / "many.parquet"
    duckdb.connect().execute(
        "copy (select '1' as mmsi, '2022-01-01 00:00:00' as t, hash(range)::varchar as lon, '3' as lat from "
        "range(50000)) "
        f"to '{many}'"
    )
    content = bytearray(many.read_bytes())
    content[2000:60000] = bytes(58000)
    reading, rows = read(tmp_path, bytes(content), (PLAIN + "1,2022-01-01 00:00:00,2,3,4\n").encode())
    assert len(rows) == 1
    assert "0.csv: got a file that breaks off or is damaged" in str(reading.notes[0])


def test_file_of_a_header_alone_is_said_to_have_no_rows(tmp_path: Path) -> None:
    assert "got no row that can be used (no rows in it)" in refused(tmp_path, PLAIN)


@pytest.mark.parametrize("bad", ["1,2022-01-01 00:00:00,2\n", "1,2022-01-01 00:00:00,2,3,4,5\n"])
def test_lines_with_too_few_or_too_many_cells_are_each_counted(tmp_path: Path, bad: str) -> None:
    good = "1,2022-01-01 00:00:00,2,3,4\n"
    reading, rows = read(tmp_path, PLAIN + good + bad * 300_000)
    assert len(rows) == 1
    assert dropped(reading) == {UNREADABLE_LINE: 300_000}


def test_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="got no such file or directory"):
        read_positions([tmp_path / "none.csv"], tmp_path / "out.parquet", open_engine, NOW)


def test_duplicates_across_files_count_once(tmp_path: Path) -> None:
    row = "1,2022-01-01 00:00:00,2,3,4\n"
    reading, rows = read(tmp_path, PLAIN + row * 20000, PLAIN + row)
    assert len(rows) == 1
    assert dropped(reading) == {DUPLICATE: 20000}


def test_rows_that_say_the_same_count_as_often_as_they_are_there(tmp_path: Path) -> None:
    good, bad = "1,2022-01-01 00:00:00Z,2,3,4\n", "1,2022-01-01 00:00:00,nan,3,4\n"
    reading, rows = read(tmp_path, PLAIN + good * 3000 + bad * 2000, PLAIN + bad * 5)
    assert len(rows) == 1
    assert [dict(reasons) for reasons in reading.dropped.values()] == [
        {"no position": 2000},
        {"no position": 5},
        {DUPLICATE: 2999},
    ]
    assert ["times with a time zone (3000) and without one (2000)" in str(note) for note in reading.notes] == [True]


def test_one_mmsi_everywhere_at_one_moment_is_left_out(tmp_path: Path) -> None:
    crowd = "".join(f"1,2022-01-01 00:00:00,{n / 1000},3,4\n" for n in range(1, 20001))
    few = "".join(f"2,2022-01-01 00:00:00,{n},3,4\n" for n in range(1, MOST_PLACES + 1))
    reading, rows = read(tmp_path, PLAIN + crowd + few + "1,2022-01-01 00:01:00,2,3,4\n")
    assert len(rows) == MOST_PLACES + 1
    assert dropped(reading) == {CROWDED: 20000}


# Texts that look like the cells of a position, and texts that do not.
_CELL = st.one_of(
    st.sampled_from(
        ["", "nan", "-inf", "91", "181", "1e400", "2022-01-01 00:00:00", "0", '"', "é", "\x00", "++1", "1,2"]
    ),
    st.floats(allow_nan=True).map(str),
    st.text(max_size=6),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(_CELL, min_size=4, max_size=6), max_size=6), end=st.sampled_from(["\n", "\r\n", ""]))
def test_no_text_breaks_the_reader(tmp_path: Path, rows: list[list[str]], end: str) -> None:
    text = PLAIN + "7,2022-01-01 00:00:00,2,3,4\n" + "\n".join(",".join(row) for row in rows) + end
    reading, got = read(tmp_path, text.encode("utf-8", "surrogatepass"))
    assert 7 in {row["mmsi"] for row in got}
    for row in got:
        assert -180 <= row["lon"] <= 180
        assert -90 <= row["lat"] <= 90
        assert dt.datetime(1995, 1, 1) <= row["t"] <= NOW + dt.timedelta(days=1)
    assert reading.rows == len(got)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=200), st.binary(max_size=60).map(lambda b: gzip.compress(b)[:-3])))
def test_no_bytes_break_the_reader(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ProblemsError, match="positions-none"):
        read(tmp_path, content)
