"""A table of positions reads to the same rows however it is written, packed and dated, where that is certain."""

from __future__ import annotations

import bz2
import datetime as dt
import gzip
import io
import lzma
import sys
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ais.test_positions import NOW, PLAIN, dropped, read, refused
from tumen.ais.position_dialects import PositionHints
from tumen.ais.position_table import Reading
from tumen.ais.positions import read_positions
from tumen.engine.backends import open_engine
from tumen.errors import ProblemsError
from tumen.record.readers.published_files import UNREADABLE_LINE
from tumen.record.readers.written import DayOrder

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ROWS = (
    (7, dt.datetime(2024, 3, 10, 1, 0, 5), 150.25, -12.5, 0.5),
    (8, dt.datetime(2024, 3, 11, 13), -70.5, 55.0, 12.25),
)
TEXT = PLAIN + "".join(f"{m},{t},{lon},{lat},{v}\n" for m, t, lon, lat, v in ROWS)


def places(rows: list[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    """Rows as those of `ROWS`."""
    return [(r["mmsi"], r["t"], r["lon"], r["lat"], r["speed_kn"]) for r in rows]


def read_path(folder: Path, path: Path, hints: PositionHints = PositionHints()) -> tuple[Reading, list[Any]]:  # noqa: B008
    """What reading a path gives, and the rows written."""
    out = folder / "out.parquet"
    reading = read_positions([path], out, open_engine, NOW, hints=hints)
    return reading, duckdb.connect().execute(f"select mmsi, t, lon, lat, speed_kn from '{out}' order by all").fetchall()


# ------------------------------------------------------------------------------------------ packed


def as_zip(text: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("AIS/day.csv", text)
        archive.writestr("__MACOSX/day.csv", b"nothing")
    return held.getvalue()


def as_tar(text: bytes) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        member = tarfile.TarInfo("day.csv")
        member.size = len(text)
        archive.addfile(member, io.BytesIO(text))
    return held.getvalue()


@pytest.mark.parametrize(
    "packed", [gzip.compress, bz2.compress, lzma.compress, zstd.compress, as_zip, as_tar], ids=lambda f: f.__name__
)
def test_packed_files_read_as_they_do_unpacked(tmp_path: Path, packed: Callable[[bytes], bytes]) -> None:
    _, rows = read(tmp_path, packed(TEXT.encode()))
    assert places(rows) == list(ROWS)


def test_file_of_an_archive_is_told_by_both_names(tmp_path: Path) -> None:
    reading, _ = read(tmp_path, as_zip((TEXT + "7,,1,2,3\n").encode()), suffix="zip")
    assert dict(reading.dropped) == {f"{tmp_path}/0.zip/AIS/day.csv": {"no time that can be read": 1}}


@pytest.mark.parametrize("pattern", ["days", "days/*.csv", "days/day-?.csv"])
def test_folders_and_patterns_stand_for_their_files(tmp_path: Path, pattern: str) -> None:
    folder = tmp_path / "days"
    folder.mkdir()
    lines = TEXT.splitlines(keepends=True)
    for number in (1, 2):
        (folder / f"day-{number}.csv").write_text(lines[0] + lines[number])
    _, rows = read_path(tmp_path, tmp_path / pattern)
    assert rows == list(ROWS)


# --------------------------------------------------------------------------------- how it is written


def test_rows_with_empty_cells_behind_the_last_column_are_whole(tmp_path: Path) -> None:
    header, *rows = TEXT.splitlines()
    reading, got = read(tmp_path, header + "\n" + "".join(f"{row},,\n" for row in rows) + '"7",x,,,,1\n')
    assert places(got) == list(ROWS)
    assert dropped(reading) == {UNREADABLE_LINE: 1}


def test_lines_before_the_header_are_passed_over(tmp_path: Path) -> None:
    _, rows = read(tmp_path, "# exported by a tool\nPositions of a week\n\n" + TEXT)
    assert places(rows) == list(ROWS)


def test_letters_of_windows_are_told_and_cost_no_row(tmp_path: Path) -> None:
    text = "mmsi,t,lon,lat,name\n7,2024-03-10T00:00:00,1,2,BL\xc5 M\xd8Y\n8,2024-03-10T00:00:00,1,2,PLAIN\n"
    reading, rows = read(tmp_path, text.encode("latin-1"))
    assert [row["name"] for row in rows] == ["BLÅ MØY", "PLAIN"]
    assert "letters that are no UTF-8, in 1 line" in str(reading.notes[0])


def test_quotes_in_a_table_with_tabs_are_letters(tmp_path: Path) -> None:
    _, rows = read(tmp_path, 'mmsi\tt\tlon\tlat\tname\n7\t2024-03-10T00:00:00\t1\t2\tTHE "BIG\n')
    assert [row["name"] for row in rows] == ['THE "BIG']


def iso(t: dt.datetime) -> str:
    return t.isoformat()


TIMES: Mapping[str, Callable[[dt.datetime], str]] = {
    "iso": iso,
    "zulu": lambda t: f"{t.isoformat()}Z",
    "comma before the fraction": lambda t: f"{t:%Y-%m-%dT%H:%M:%S},000Z",
    "nanoseconds": lambda t: f"{t:%Y-%m-%d %H:%M:%S}.000000000 +0000 UTC",
    "GMT": lambda t: f"{t:%Y-%m-%d %H:%M:%S} GMT",
    "compact": lambda t: f"{t:%Y%m%dT%H%M%SZ}",
    "compact with a bar": lambda t: f"{t:%Y%m%d_%H%M%S}",
    "fourteen digits": lambda t: f"{t:%Y%m%d%H%M%S}",
    "seconds": lambda t: f"{t.replace(tzinfo=dt.UTC).timestamp():.0f}",
    "seconds with a fraction": lambda t: f"{t.replace(tzinfo=dt.UTC).timestamp():.2f}",
    "milliseconds": lambda t: f"{t.replace(tzinfo=dt.UTC).timestamp() * 1e3:.0f}",
    "microseconds": lambda t: f"{t.replace(tzinfo=dt.UTC).timestamp() * 1e6:.0f}",
    "another zone": lambda t: f"{t + dt.timedelta(hours=8):%Y-%m-%d %H:%M:%S}+08:00",
    "slashes after the year": lambda t: f"{t:%Y/%m/%d %H:%M:%S}",
    "month in letters": lambda t: f"{t:%d-%b-%Y %H:%M:%S}",
    "as mails have it": lambda t: f"{t:%a, %d %b %Y %H:%M:%S} GMT",
    "dots": lambda t: f"{t:%d.%m.%Y %H:%M:%S}",
}
_SEPARATORS = (",", ";", "\t", "|")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    separator=st.sampled_from(_SEPARATORS),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    time=st.sampled_from(sorted(TIMES)),
    decimal_comma=st.booleans(),
    title=st.booleans(),
    behind=st.integers(0, 2),
    lon_360=st.booleans(),
)
def test_positions_are_the_same_however_they_are_written(
    tmp_path: Path,
    separator: str,
    end: str,
    encoding: str,
    time: str,
    decimal_comma: bool,
    title: bool,
    behind: int,
    lon_360: bool,
) -> None:
    rows = [(*row[:2], abs(row[2]) + 180.5, *row[3:]) if lon_360 else row for row in ROWS]

    def cell(value: Any) -> str:
        text = f"{value:.4f}".replace(".", ",") if decimal_comma and isinstance(value, float) else str(value)
        return f'"{text}"' if separator in text and separator != "\t" else text

    def line(row: tuple[Any, ...]) -> str:
        cells = [cell(row[0]), cell(TIMES[time](row[1])), *map(cell, row[2:])]
        return separator.join(cells + [""] * behind)

    lines = [*(["A title"] if title else []), separator.join(PLAIN.strip().split(",")), *map(line, rows)]
    _, got = read(tmp_path, (end.join(lines) + end).encode(encoding))
    expected = [(*row[:2], row[2] - 360 if row[2] > 180 else row[2], *row[3:]) for row in rows]
    assert places(got) == expected


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1710028800000000000", dt.datetime(2024, 3, 10)),
        ("1.7100288e9", dt.datetime(2024, 3, 10)),
        ("2024-03-10 01:00:00.123456789 +0000 UTC", dt.datetime(2024, 3, 10, 1, 0, 0, 123456)),
        ("March 10, 2024 01:02:03", dt.datetime(2024, 3, 10, 1, 2, 3)),
        ("20240310 01:02:03", dt.datetime(2024, 3, 10, 1, 2, 3)),
        ("20240310T010203+0900", dt.datetime(2024, 3, 9, 16, 2, 3)),
        ("3/13/2024 1:00:05 PM", dt.datetime(2024, 3, 13, 13, 0, 5)),
        ("3/13/2024 12:00 AM", dt.datetime(2024, 3, 13)),
        ("03/03/2024 10:00", dt.datetime(2024, 3, 3, 10)),
    ],
)
def test_times_as_programs_write_them(tmp_path: Path, text: str, moment: dt.datetime) -> None:
    _, (row,) = read(tmp_path, f'mmsi,t,lon,lat\n7,"{text}",1,2\n')
    assert row["t"] == moment


@pytest.mark.parametrize(
    "text", ["45361.04", "2024-03-10 01:00:00 CET", "2024-03-10", "10:00", "31/02/2024 10:00", "1e9x"]
)
def test_times_that_may_mean_anything_are_not_read(tmp_path: Path, text: str) -> None:
    assert "no time that can be read: 1" in refused(tmp_path, f"mmsi,t,lon,lat\n7,{text},1,2\n")


@pytest.mark.parametrize(
    ("day", "clock"), [("2024-03-10", "01:02:03"), ("20240310", "010203"), ("2024-03-10 00:00:00", "1:02:03")]
)
def test_day_and_clock_in_two_columns_are_one_time(tmp_path: Path, day: str, clock: str) -> None:
    _, (row,) = read(tmp_path, f"MMSI,DATE,TIME (UTC),LON,LAT\n7,{day},{clock},1,2\n")
    assert row["t"] == dt.datetime(2024, 3, 10, 1, 2, 3)


# ----------------------------------------------------------------------------- day before month or after


def dated(*days: str) -> str:
    """A position on each day."""
    return "mmsi,t,lon,lat\n" + "".join(f"7,{day} 00:00:00,1,2\n" for day in days)


def days_of(rows: list[Mapping[str, Any]]) -> list[str]:
    return sorted(f"{row['t']:%Y-%m-%d}" for row in rows)


def test_a_day_above_the_twelfth_decides_for_the_whole_file(tmp_path: Path) -> None:
    _, rows = read(tmp_path, dated("03/01/2024", "03/13/2024"))
    assert days_of(rows) == ["2024-03-01", "2024-03-13"]
    _, rows = read(tmp_path, dated("03/01/2024", "13/01/2024"))
    assert days_of(rows) == ["2024-01-03", "2024-01-13"]


def test_days_that_may_be_months_are_asked_for_and_all_such_files_are_told(tmp_path: Path) -> None:
    said = refused(tmp_path, dated("03/10/2024", "03/11/2024"), dated("04/05/2024"), dated("2024-03-10"))
    assert "0.csv: got '03/10/2024 00:00:00', and no day above the 12th" in said
    assert "1.csv: got '04/05/2024 00:00:00'" in said
    assert "--dates day-first" in said


@pytest.mark.parametrize(("order", "day"), [(DayOrder.DAY_FIRST, "2024-10-03"), (DayOrder.MONTH_FIRST, "2024-03-10")])
def test_what_the_user_says_of_days_is_taken(tmp_path: Path, order: DayOrder, day: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(dated("03/10/2024"))
    _, ((_, t, *_),) = read_path(tmp_path, file, PositionHints(dates=order))
    assert f"{t:%Y-%m-%d}" == day


def test_days_both_ways_in_one_file_are_an_error(tmp_path: Path) -> None:
    said = refused(tmp_path, dated("13/03/2024", "03/14/2024", "03/15/2024"))
    assert "days both ways: 1 row as '13/03/2024 00:00:00', 2 rows as '03/14/2024 00:00:00'" in said


def test_what_the_user_says_leaves_out_days_that_contradict_it_and_counts_them(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(dated("13/03/2024", "03/14/2024"))
    reading, rows = read_path(tmp_path, file, PositionHints(dates=DayOrder.MONTH_FIRST))
    assert [f"{t:%Y-%m-%d}" for _, t, *_ in rows] == ["2024-03-14"]
    assert dropped(reading) == {"no time that can be read": 1}


def test_danish_files_have_the_day_first_unless_they_show_otherwise(tmp_path: Path) -> None:
    text = (
        dated("03/10/2024")
        .replace("mmsi,t,", "# Timestamp,mmsi,")
        .replace("7,03/10/2024 00:00:00,", "03/10/2024 00:00:00,7,")
    )
    _, rows = read(tmp_path, text)
    assert days_of(rows) == ["2024-10-03"]
    _, rows = read(tmp_path, text + "03/13/2024 00:00:00,7,1,2\n")
    assert days_of(rows) == ["2024-03-10", "2024-03-13"]


# ------------------------------------------------------------------------------------------ places


def test_longitudes_to_360_are_told(tmp_path: Path) -> None:
    lons = ("179.5", "180.5", "181", "210", "360")
    reading, rows = read(
        tmp_path, PLAIN + "".join(f"{n},2024-03-10 00:00:00,{lon},3,4\n" for n, lon in enumerate(lons, 1))
    )
    assert [row["lon"] for row in rows] == [179.5, -179.5, -179, -150, 0]
    assert "longitudes from 0 to 360 (3 rows beyond 180)" in str(reading.notes[0])


@pytest.mark.parametrize("others", [["-5"], ["5"] * 300])
def test_a_slip_beyond_180_makes_no_other_longitudes(tmp_path: Path, others: list[str]) -> None:
    lons = ["200", "201", *others]
    reading, rows = read(
        tmp_path, PLAIN + "".join(f"{n},2024-03-10 00:00:00,{lon},3,4\n" for n, lon in enumerate(lons, 1))
    )
    assert len(rows) == len(others)
    assert dropped(reading) == {"a position off the globe": 2}


@pytest.mark.parametrize(("lon", "lat"), [("150.5 E", "30.25N"), ("150.5°E", "30.25°N"), ('"150,5"', '"30,25"')])
def test_degrees_with_letters_or_a_comma_are_read(tmp_path: Path, lon: str, lat: str) -> None:
    _, (row,) = read(tmp_path, f"mmsi,t,lon,lat\n7,2024-03-10T00:00:00,{lon},{lat}\n")
    assert (row["lon"], row["lat"]) == (150.5, 30.25)


def test_south_and_west_are_below_zero(tmp_path: Path) -> None:
    _, (row,) = read(tmp_path, "mmsi,t,lon,lat\n7,2024-03-10T00:00:00,150.5W,30.25S\n")
    assert (row["lon"], row["lat"]) == (-150.5, -30.25)


POINTS = (
    "POINT (150.5 -30.25)",
    "SRID=4326;POINT(150.5 -30.25)",
    "POINT Z (150.5 -30.25 0)",
    "01010000000000000000D062400000000000403EC0",
    "0101000020E61000000000000000D062400000000000403EC0",
)


@pytest.mark.parametrize("point", POINTS)
def test_points_of_databases_are_places(tmp_path: Path, point: str) -> None:
    _, (row,) = read(tmp_path, f"mmsi,t,geom\n7,2024-03-10T00:00:00,{point}\n")
    assert (row["lon"], row["lat"]) == (150.5, -30.25)


@pytest.mark.parametrize("kind", ["geometry", "blob"])
def test_points_of_geoparquet_are_places(tmp_path: Path, kind: str) -> None:
    made = "'POINT (150.5 -30.25)'::geometry" if kind == "geometry" else f"unhex('{POINTS[3]}')"
    file = tmp_path / "points.parquet"
    row = f"7 as mmsi, timestamp '2024-03-10 00:00:00' as t, {made} as geometry"
    duckdb.connect().execute(f"copy (select {row}) to '{file}' (format parquet)")
    _, rows = read_path(tmp_path, file)
    assert [row[:4] for row in rows] == [(7, dt.datetime(2024, 3, 10), 150.5, -30.25)]


@pytest.mark.parametrize("kind", ["bigint", "double", "timestamp", "timestamptz", "timestamp_ns"])
def test_times_of_parquet_may_be_numbers_or_moments(tmp_path: Path, kind: str) -> None:
    made = "1710028800" if kind in ("bigint", "double") else "'2024-03-10 00:00:00+00'"
    file = tmp_path / "typed.parquet"
    duckdb.connect().execute(
        "set timezone = 'UTC'; "
        f"copy (select 7 as MMSI, {made}::{kind} as BaseDateTime, 1.5 as LON, 2.5 as LAT) to '{file}' (format parquet)"
    )
    _, rows = read_path(tmp_path, file)
    assert [row[:4] for row in rows] == [(7, dt.datetime(2024, 3, 10), 1.5, 2.5)]


# ----------------------------------------------------------------------------------------- columns


def test_columns_read_and_not_read_are_known(tmp_path: Path) -> None:
    reading, _ = read(tmp_path, "MMSI,BaseDateTime,LON,LAT,CallSign,air_draught_ft\n7,2024-03-10T00:00:00,1,2,X,31\n")
    (columns,) = reading.columns
    assert columns.read == (("mmsi", "MMSI"), ("t", "BaseDateTime"), ("lon", "LON"), ("lat", "LAT"))
    assert columns.left == ("CallSign", "air_draught_ft")
    assert columns.unknown == ("air_draught_ft",)


def test_column_of_any_name_is_read_where_the_user_says_so(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("ship;Seen;x;y;t\n7;2024-03-10T00:00:00;1;2;nothing\n")
    hints = PositionHints({"mmsi": "Ship", "t": "seen", "lon": "x", "lat": "y"})
    _, rows = read_path(tmp_path, file, hints)
    assert [row[:4] for row in rows] == [(7, dt.datetime(2024, 3, 10), 1.0, 2.0)]


def test_column_that_no_file_has_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(TEXT)
    with pytest.raises(ProblemsError, match=r"--column name=Nmae: got no file with a column of that name"):
        read_path(tmp_path, file, PositionHints({"name": "Nmae"}))


def test_whole_speeds_in_the_columns_of_marine_traffic_are_tenths(tmp_path: Path) -> None:
    header = "MMSI,LAT,LON,SPEED,COURSE,STATUS,TIMESTAMP\n"
    reading, (row,) = read(tmp_path, header + "7,2,1,157,290,0,2013-11-20T16:11:00\n")
    assert row["speed_kn"] == 15.7
    assert "read as tenths" in str(reading.notes[0])
    reading, rows = read(
        tmp_path, header + "7,2,1,15,290,0,2013-11-20T16:11:00\n7,2,1,14.5,290,0,2013-11-20T16:12:00\n"
    )
    assert [row["speed_kn"] for row in rows] == [15, 14.5]
    assert not reading.notes
