"""Messages of ships in JSON are read as their senders write them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ais.test_positions import dropped, read, refused
from tumen.ais.json_objects import json_objects
from tumen.record.readers.published_files import UNREADABLE_LINE

T = "2024-03-10T01:00:00Z"


def objects(*found: Mapping[str, Any]) -> str:
    """Objects, one on a line."""
    return "".join(json.dumps(each) + "\n" for each in found)


def aisstream(kind: str, body: Mapping[str, Any], mmsi: int = 7, minute: int = 0) -> Mapping[str, Any]:
    """A message as aisstream sends it."""
    about = {
        "MMSI": mmsi,
        "ShipName": "META NAME  ",
        "latitude": 1.5,
        "longitude": 2.5,
        "time_utc": f"2024-03-10 01:{minute:02}:00.207576423 +0000 UTC",
    }
    return {"MessageType": kind, "MetaData": about, "Message": {kind: {"UserID": mmsi, **body}}}


REPORT = {"Latitude": 30.0, "Longitude": 150.0, "Sog": 1.5, "Cog": 10.0, "TrueHeading": 12, "Timestamp": 59}


def test_aisstream_says_the_time_outside_the_message_and_who_a_ship_is_in_another(tmp_path: Path) -> None:
    static = {"ImoNumber": 2222224, "Name": "ALPHA", "Type": 80, "MaximumStaticDraught": 7.5, "Eta": {"Day": 1}}
    reading, (row,) = read(
        tmp_path,
        objects(aisstream("PositionReport", REPORT), aisstream("ShipStaticData", static, minute=5)),
        suffix="json",
    )
    assert row["t"] == dt.datetime(2024, 3, 10, 1, 0, 0, 207576)
    assert (row["lon"], row["lat"], row["speed_kn"], row["heading_deg"]) == (150, 30, 1.5, 12)
    assert (row["name"], row["imo"], row["ship_type"], row["draught_m"]) == ("META NAME", 2222224, 80, 7.5)
    assert reading.said == 1


def test_aisstream_reports_of_two_parts_and_of_others_than_ships(tmp_path: Path) -> None:
    parts = {"ReportA": {"Name": "BRAVO", "Valid": True}, "ReportB": {"ShipType": 36, "Valid": True}}
    shore = aisstream("BaseStationReport", REPORT, mmsi=336000001)
    reading, (row,) = read(
        tmp_path, objects(aisstream("PositionReport", REPORT), aisstream("StaticDataReport", parts), shore)
    )
    assert (row["ship_type"], dropped(reading)) == (36, {"not a ship's position": 1})


CATCHER = {"class": "AIS", "device": "AIS-catcher", "rxtime": "20240310010000", "scaled": True, "type": 1, "mmsi": 7}
MESSAGES: tuple[Mapping[str, Any], ...] = (
    {**CATCHER, "lat": 30.0, "lon": 150.0, "speed": 1.5, "nmea": ["!AIVDM,1,1,,A,x,0*00"]},
    {**CATCHER, "rxuxtime": 1710032400.0, "lat": 30.0, "lon": 150.0, "speed": 1.5},
    {**CATCHER, "scaled": False, "lat": 18000000, "lon": 90000000, "speed": 15},
    {"ssvid": "7", "timestamp": T, "lat": 30.0, "lon": 150.0, "speed": 1.5, "seg_id": "x"},
    {"mmsi": 7, "msgtime": T, "latitude": 30.0, "longitude": 150.0, "speedOverGround": 1.5},
    {"vessel": {"mmsi": 7}, "position": {"timestamp": T, "latitude": 30.0, "longitude": 150.0, "speed": 1.5}},
    {"MMSI": "7", "TIMESTAMP": "2024-03-10T01:00:00", "LAT": "30.0", "LON": "150.0", "SPEED": "15", "STATUS": "0"},
    {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [150.0, 30.0]},
        "properties": {"mmsi": 7, "sog": 1.5, "timestamp": 59, "timestampExternal": 1710032400000},
    },
)


@pytest.mark.parametrize("message", MESSAGES)
def test_messages_as_services_send_them(tmp_path: Path, message: Mapping[str, Any]) -> None:
    _, (row,) = read(tmp_path, objects(message))
    assert (row["mmsi"], row["t"], row["lon"], row["lat"]) == (7, dt.datetime(2024, 3, 10, 1), 150, 30)
    assert row["speed_kn"] == pytest.approx(1.5)


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda held: held,
        lambda held: {"type": "FeatureCollection", "features": held, "numberMatched": 2},
        lambda held: {"data": {"vessels": held}},
        lambda held: [{"ERROR": False, "RECORDS": 2}, held],
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("number", [2, 6000])
def test_arrays_and_wrappers_are_read_whatever_their_size(
    tmp_path: Path, wrapped: Any, indent: int | None, number: int
) -> None:
    held = [{"mmsi": 7, "t": 1710032400 + n, "lat": 30.0, "lon": 150.0} for n in range(number)]
    reading, rows = read(tmp_path, json.dumps(wrapped(held), indent=indent), suffix="json")
    assert len(rows) == number
    assert reading.dropped_rows <= 1


def test_names_not_read_are_known(tmp_path: Path) -> None:
    reading, _ = read(tmp_path, objects({**MESSAGES[3], "airDraught": 31}))
    (columns,) = reading.columns
    assert ("mmsi", "ssvid") in columns.read
    assert columns.unknown == ("airDraught",)


def test_line_that_is_no_object_is_counted_and_the_next_is_read(tmp_path: Path) -> None:
    good = json.dumps({"mmsi": 7, "t": T, "lat": 30.0, "lon": 150.0})
    reading, rows = read(tmp_path, good + "\n" + good[:-9] + "\n" + good.replace("7", "8") + "\n")
    assert [row["mmsi"] for row in rows] == [7, 8]
    assert dropped(reading) == {UNREADABLE_LINE: 1}


def test_points_alone_are_positions(tmp_path: Path) -> None:
    line = {**MESSAGES[-1], "geometry": {"type": "LineString", "coordinates": [[150.0, 30.0], [151.0, 30.0]]}}
    assert "no position: 1" in refused(tmp_path, objects(line))


@pytest.mark.parametrize(
    "text", ["{", "[", "{}", '{"a":' * 5000, "[" * 5000, '{"mmsi": NaN}', '{"mmsi":"' + "x" * 3_000_000]
)
def test_no_text_that_looks_like_json_breaks_the_reader(tmp_path: Path, text: str) -> None:
    assert "positions-none" in refused(tmp_path, text)


@given(st.lists(st.dictionaries(st.text(max_size=4), st.none() | st.integers() | st.text(max_size=9), min_size=1)))
def test_objects_come_out_as_they_went_in(tmp_path_factory: pytest.TempPathFactory, held: list[dict[str, Any]]) -> None:
    file = tmp_path_factory.mktemp("json") / "a.json"
    file.write_text("\n".join(map(json.dumps, held)))
    assert list(json_objects(file)) == held
    file.write_text(json.dumps(held, indent=1))
    assert list(json_objects(file)) == held
