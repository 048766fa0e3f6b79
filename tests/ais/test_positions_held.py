"""Files whose numbers are numbers are looked up where they are, and give what reading them row by row gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tumen.ais import positions as reading_positions
from tumen.ais.position_dialects import PositionHints
from tumen.ais.position_files import PositionFile
from tumen.ais.position_table import CROWDED, DUPLICATE, POSITION_COLUMNS, PositionsFound, Reading
from tumen.ais.positions import read_positions
from tumen.ais.positions_held import are_packed, hold_positions
from tumen.engine.backends import open_engine
from tumen.errors import ProblemsError

NOW = dt.datetime(2026, 1, 1)

#: The columns of a typed file, and their types.
TYPES = {
    "MMSI": "BIGINT",
    "BaseDateTime": "TIMESTAMP",
    "LON": "DOUBLE",
    "LAT": "DOUBLE",
    "SOG": "DOUBLE",
    "COG": "DOUBLE",
    "Heading": "DOUBLE",
    "VesselType": "INTEGER",
    "VesselName": "VARCHAR",
    "IMO": "VARCHAR",
    "Draft": "DOUBLE",
}
FIRST = (201000001, dt.datetime(2024, 3, 10), 10.5, 54.25, 7.5, 90.0, 91.0, 70, "ALPHA", "IMO9000001", 8.5)
SECOND = (201000001, dt.datetime(2024, 3, 10, 1), 10.75, 54.25, 7.0, 90.0, 91.0, 70, "ALPHA", "IMO9000001", 8.5)

Cells = tuple[Any, ...]


def write_typed(path: Path, rows: Sequence[Cells], types: Mapping[str, str] = TYPES) -> Path:
    """A file of Parquet with these rows, the columns of these types."""
    columns = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute(f"create table t ({columns})")
        if rows:
            connection.executemany(f"insert into t values ({', '.join('?' * len(types))})", [list(r) for r in rows])
        connection.execute(f"copy t to '{path}' (format parquet)")
    return path


def read(out: Path, *files: Path) -> tuple[Reading, list[Mapping[str, Any]]]:
    """What reading files gives, and the rows written."""
    reading = read_positions(files, out, open_engine, NOW)
    with duckdb.connect() as connection:
        rows = connection.execute(f"select * from '{out}'").fetchall()
    return reading, [dict(zip(POSITION_COLUMNS, row, strict=True)) for row in rows]


def row_by_row(monkeypatch: pytest.MonkeyPatch, out: Path, *files: Path) -> tuple[Reading, list[Mapping[str, Any]]]:
    """The same, none of them looked up where it is."""
    with monkeypatch.context() as patched:
        patched.setattr(reading_positions, "_lone_tables", lambda *_: {})
        return read(out, *files)


def is_held(*files: Path) -> bool:
    """Whether files are looked up where they are."""
    engine = open_engine()
    try:
        named = [PositionFile(file, str(file), "parquet") for file in files]
        return hold_positions(engine, named, files[0].parent, NOW, PositionsFound()) is not None
    finally:
        engine.close()


_CELLS = st.tuples(
    st.sampled_from([201000001, 201000002, 2000001, 970000001, 0, -5, None, 1_000_000_000]),
    st.sampled_from(
        [dt.datetime(2024, 3, 10, n) for n in range(4)] + [dt.datetime(1990, 1, 1), dt.datetime(2031, 1, 1), None]
    ),
    st.sampled_from([10.5, 0.0, -170.25, 181.0, 200.0, float("nan"), None, float("inf")]),
    st.sampled_from([54.25, 0.0, 91.0, -95.0, float("nan"), None]),
    st.sampled_from([7.5, 102.2, 102.3, 1023.0, 150.0, -1.0, float("nan"), None]),
    st.sampled_from([90.0, 360.0, -1.0, None]),
    st.sampled_from([91.0, 511.0, None]),
    st.sampled_from([70, 0, 120, None]),
    st.sampled_from(["ALPHA", " ", "null", "@@@", None]),
    st.sampled_from(["IMO9000001", "9000001", "9000001.0", "0", "IMO", "", None]),
    st.sampled_from([8.5, 0.0, 30.0, None]),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(_CELLS, min_size=1, max_size=12))
def test_typed_file_gives_what_the_same_file_of_text_gives(tmp_path: Path, rows: list[Cells]) -> None:
    rows = [FIRST, *rows]
    typed = write_typed(tmp_path / "typed.parquet", rows)
    text = write_typed(tmp_path / "text.parquet", rows, dict.fromkeys(TYPES, "VARCHAR"))
    mine, held = read(tmp_path / "1.out.parquet", typed)
    theirs, judged = read(tmp_path / "2.out.parquet", text)
    assert held == judged
    assert (mine.rows, mine.vessels, mine.first, mine.last, mine.said) == (
        theirs.rows,
        theirs.vessels,
        theirs.first,
        theirs.last,
        theirs.said,
    )
    assert [*mine.dropped.get(str(typed), {}).items()] == [*theirs.dropped.get(str(text), {}).items()]
    assert mine.dropped.get("") == theirs.dropped.get("")


def test_files_of_numbers_are_looked_up_where_they_are(tmp_path: Path) -> None:
    assert is_held(write_typed(tmp_path / "a.parquet", [FIRST, SECOND]))


def test_what_a_ship_says_without_a_position_is_brought_to_its_positions(tmp_path: Path) -> None:
    nameless = (*SECOND[:8], None, None, None)
    said = (201000001, dt.datetime(2024, 3, 9), None, None, None, None, None, None, "BETA", "IMO9000002", None)
    file = write_typed(tmp_path / "a.parquet", [nameless, said])
    reading, (row,) = read(tmp_path / "out.parquet", file)
    assert is_held(file)
    assert (row["name"], row["imo"], reading.said) == ("BETA", 9000002, 1)


def test_position_of_two_files_counts_once_and_moments_with_two_places_keep_both(tmp_path: Path) -> None:
    elsewhere = (201000001, FIRST[1], 11.0, *FIRST[3:])
    files = [
        write_typed(tmp_path / "a.parquet", [FIRST, SECOND]),
        write_typed(tmp_path / "b.parquet", [(*FIRST[:4], 9.5, *FIRST[5:]), elsewhere]),
    ]
    reading, rows = read(tmp_path / "out.parquet", *files)
    assert is_held(*files)
    assert [(r["t"].hour, r["lon"], r["speed_kn"]) for r in rows] == [(0, 10.5, 9.5), (0, 11.0, 7.5), (1, 10.75, 7.0)]
    assert reading.dropped == {"": {DUPLICATE: 1}}


def test_row_without_a_number_for_its_ship_is_left_out_and_the_others_count(tmp_path: Path) -> None:
    rows = [(str(FIRST[0]), *FIRST[1:]), (str(FIRST[0]), *FIRST[1:]), ("none", *SECOND[1:]), (None, *SECOND[1:])]
    file = write_typed(tmp_path / "a.parquet", rows, {**TYPES, "MMSI": "VARCHAR"})
    reading, found = read(tmp_path / "out.parquet", file)
    assert is_held(file)
    assert [r["mmsi"] for r in found] == [FIRST[0]]
    assert reading.dropped == {str(file): {"no MMSI": 2}, "": {DUPLICATE: 1}}


def test_mmsi_in_many_places_at_one_moment_is_left_out_there(tmp_path: Path) -> None:
    many = [(201000001, FIRST[1], 10.0 + n / 10, *FIRST[3:]) for n in range(21)]
    reading, rows = read(tmp_path / "out.parquet", write_typed(tmp_path / "a.parquet", [*many, SECOND]))
    assert [r["lon"] for r in rows] == [10.75]
    assert reading.dropped == {"": {CROWDED: 21}}


@pytest.mark.parametrize(
    ("column", "kind", "cell", "ours", "read_as"),
    [
        ("LON", "FLOAT", 10.1, "lon", 10.1),
        ("LON", "DECIMAL(9,5)", 10.1, "lon", 10.1),
        ("MMSI", "UINTEGER", 201000001, "mmsi", 201000001),
        ("MMSI", "DOUBLE", 201000001.0, "mmsi", 201000001),
        ("MMSI", "VARCHAR", " 201000001 ", "mmsi", 201000001),
        ("IMO", "DOUBLE", 9000001.0, "imo", 9000001),
        ("IMO", "DOUBLE", 9000001.5, "imo", None),
        ("IMO", "INTEGER", 12, "imo", None),
        ("SOG", "SMALLINT", 7, "speed_kn", 7.0),
        ("VesselType", "VARCHAR", "Cargo", "ship_type", 70),
        ("BaseDateTime", "TIMESTAMP_NS", "2024-03-10 00:00:00", "t", FIRST[1]),
        ("BaseDateTime", "TIMESTAMP WITH TIME ZONE", "2024-03-10 02:00:00+02", "t", FIRST[1]),
        ("BaseDateTime", "VARCHAR", "2024-03-10T00:00:00", "t", FIRST[1]),
        ("BaseDateTime", "VARCHAR", "2024-03-10  0:00:00", "t", FIRST[1]),
        ("BaseDateTime", "VARCHAR", "10/03/2024 00:00", "t", None),
        ("BaseDateTime", "VARCHAR", "1710028800", "t", FIRST[1]),
    ],
)
def test_number_or_time_of_any_type_is_what_it_says(
    tmp_path: Path, column: str, kind: str, cell: object, ours: str, read_as: object
) -> None:
    place = list(TYPES).index(column)
    row = (*FIRST[:place], cell, *FIRST[place + 1 :])
    file = write_typed(tmp_path / "a.parquet", [row], {**TYPES, column: kind})
    if ours == "t" and read_as is None:
        with pytest.raises(ProblemsError, match="no day above the 12th"):
            read(tmp_path / "out.parquet", file)
        return
    _, (found,) = read(tmp_path / "out.parquet", file)
    assert found[ours] == read_as
    assert is_held(file)


def test_days_of_text_are_read_by_the_order_that_the_file_shows(tmp_path: Path) -> None:
    rows = [(FIRST[0], f"{day} 05:00", *FIRST[2:]) for day in ("10/03/2024", "13/03/2024")]
    file = write_typed(tmp_path / "a.parquet", rows, {**TYPES, "BaseDateTime": "VARCHAR"})
    _, found = read(tmp_path / "out.parquet", file)
    assert [r["t"] for r in found] == [dt.datetime(2024, 3, 10, 5), dt.datetime(2024, 3, 13, 5)]


@pytest.mark.parametrize("column", ["LON", "VesselName"])
def test_file_that_is_damaged_in_the_middle_is_told_and_the_good_one_counts(tmp_path: Path, column: str) -> None:
    at = [FIRST[1] + dt.timedelta(minutes=n) for n in range(2_000)]
    rows = [(FIRST[0], t, n / 100, *FIRST[3:8], f"SHIP {n}", *FIRST[9:]) for n, t in enumerate(at)]
    bad, good = write_typed(tmp_path / "bad.parquet", rows), write_typed(tmp_path / "good.parquet", [SECOND])
    with duckdb.connect() as connection:
        ((first, size),) = connection.execute(
            "select data_page_offset, total_compressed_size from parquet_metadata(?) where path_in_schema = ? limit 1",
            [str(bad), column],
        ).fetchall()
    content = bytearray(bad.read_bytes())
    content[first + 40 : first + size - 1] = bytes(255 for _ in range(size - 41))
    bad.write_bytes(content)
    reading, found = read(tmp_path / "out.parquet", bad, good)
    assert [r["lon"] for r in found] == [10.75]
    assert any("breaks off or is damaged" in str(note) and "bad.parquet" in str(note) for note in reading.notes)


@pytest.mark.parametrize("kind", ["DOUBLE", "VARCHAR"])
def test_names_that_look_like_our_queries_are_names(tmp_path: Path, kind: str) -> None:
    odd = """x from raw_positions_0) from cells, from written_positions join stamps $now $wraps "';--"""
    types = {odd if name == "LON" else name: kind if name == "LON" else of for name, of in TYPES.items()}
    file = tmp_path / "a from raw_positions_0) '.parquet"
    quoted = {name.replace('"', '""'): of for name, of in types.items()}
    write_typed(tmp_path / "b.parquet", [FIRST, FIRST], quoted).rename(file)
    hints = PositionHints({"lon": odd})
    reading = read_positions([file], tmp_path / "out.parquet", open_engine, NOW, hints=hints)
    assert (reading.rows, reading.dropped) == (1, {"": {DUPLICATE: 1}})


def test_files_are_packed_by_their_first_bytes_and_not_by_their_names(tmp_path: Path) -> None:
    packed = write_typed(tmp_path / "a.parquet", [FIRST])
    named = packed.rename(tmp_path / "a.dat")
    other = tmp_path / "b.parquet"
    other.write_text("mmsi,t,lon,lat\n")
    assert are_packed([named])
    assert not are_packed([named, other])
    assert not are_packed([])
    assert not are_packed([tmp_path])


def test_longitudes_from_0_to_360_are_told_and_turned(tmp_path: Path) -> None:
    rows = [(FIRST[0], FIRST[1] + dt.timedelta(hours=n), 200.0 + n, *FIRST[3:]) for n in range(3)]
    reading, found = read(tmp_path / "out.parquet", write_typed(tmp_path / "a.parquet", rows))
    assert [r["lon"] for r in found] == [-160.0, -159.0, -158.0]
    assert any("longitudes from 0 to 360" in str(note) for note in reading.notes)


def test_table_of_text_gives_the_same_whether_its_numbers_are_read_at_once_or_each_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ["mmsi,t,lon,lat,sog,imo,name"]
    lines += [f"201000001,2024-03-10T0{n}:00:00,10.{n},54.25,7.5,IMO9000001,ALPHA" for n in (1, 2, 2, 3)]
    lines += [
        "201000002,2024-02-31T00:00:00,10.5,54.25,7.5,,",
        "201000002,,10.5,54.25,,,",
        "5,2024-03-10T00:00:00,1,1,,,",
    ]
    at_once, each = tmp_path / "a.csv", tmp_path / "b.csv"
    at_once.write_text("\n".join(lines) + "\n")
    each.write_text("\n".join([*lines, '201000003,2024-03-10T00:00:00,"10,5",54.25,,,']) + "\n")
    mine, held = read(tmp_path / "1.parquet", at_once)
    theirs, judged = read(tmp_path / "2.parquet", each)
    again, whole = row_by_row(monkeypatch, tmp_path / "3.parquet", at_once)
    assert held == whole == judged[:-1]
    assert mine.dropped == again.dropped
    assert theirs.rows == mine.rows + 1
