"""Which columns of the public formats hold what."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tumen.ais.position_columns import ColumnsRead, chosen_columns

#: Headers as publishers write them, and what of a position they hold beside MMSI, longitude and latitude.
HEADERS: Mapping[str, tuple[str, set[str]]] = {
    "NOAA until 2024": (
        "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,Cargo",
        {"t", "speed_kn", "course_deg", "heading_deg", "name", "imo", "ship_type", "draught_m"},
    ),
    "NOAA since 2025": (
        "mmsi,base_date_time,longitude,latitude,sog,cog,heading,vessel_name,imo,call_sign,vessel_type,status,draft",
        {"t", "speed_kn", "course_deg", "heading_deg", "name", "imo", "ship_type", "draught_m"},
    ),
    "Danish Maritime Authority": (
        "# Timestamp,Type of mobile,MMSI,Latitude,Longitude,ROT,SOG,COG,Heading,IMO,Callsign,Name,Ship type,Draught",
        {"t", "mobile", "speed_kn", "course_deg", "heading_deg", "name", "imo", "ship_type", "draught_m"},
    ),
    "Norwegian Coastal Administration": (
        "mmsi;imo_nr;length;date_time_utc;lon;lat;sog;cog;true_heading;nav_status;message_nr",
        {"t", "speed_kn", "course_deg", "heading_deg", "imo"},
    ),
    "BarentsWatch": (
        "courseOverGround,latitude,longitude,name,rateOfTurn,shipType,speedOverGround,trueHeading,mmsi,msgtime",
        {"t", "speed_kn", "course_deg", "heading_deg", "name", "ship_type"},
    ),
    "AISHub": (
        "MMSI,TSTAMP,LATITUDE,LONGITUDE,COG,SOG,HEADING,NAVSTAT,IMO,NAME,CALLSIGN,TYPE,A,B,C,D,DRAUGHT,DEST,ETA",
        {"t", "speed_kn", "course_deg", "heading_deg", "name", "imo", "ship_type", "draught_m"},
    ),
    "VesselFinder": (
        "MMSI,TIMESTAMP,LATITUDE,LONGITUDE,COURSE,SPEED,HEADING,NAVSTAT,IMO,NAME,CALLSIGN,TYPE,A,B,C,D,DRAUGHT",
        {"t", "speed_kn", "course_deg", "heading_deg", "name", "imo", "ship_type", "draught_m"},
    ),
    "MarineTraffic": (
        "MMSI,IMO,SHIP_ID,LAT,LON,SPEED,HEADING,COURSE,STATUS,TIMESTAMP,DSRC,SHIPNAME,SHIPTYPE",
        {"t", "speed_kn", "course_deg", "heading_deg", "name", "imo", "ship_type"},
    ),
    "Naval Academy, Brest": (
        "sourcemmsi,navigationalstatus,rateofturn,speedoverground,courseoverground,trueheading,lon,lat,t",
        {"t", "speed_kn", "course_deg", "heading_deg"},
    ),
    "exactEarth": (
        "MMSI,Message_ID,Time,Vessel_Name,Call_sign,IMO,Ship_Type,Draught,SOG,Longitude,Latitude,COG,Heading",
        {"t", "speed_kn", "course_deg", "heading_deg", "name", "imo", "ship_type", "draught_m"},
    ),
    "United Nations' platform": (
        "mmsi,imo,vessel_name,callsign,vessel_type,vessel_type_code,draught,longitude,latitude,sog,cog,heading,dt_pos_utc",
        {"t", "speed_kn", "course_deg", "heading_deg", "name", "imo", "ship_type", "draught_m"},
    ),
    "Spire": (
        "mmsi,msg_type,imo,name,ship_type,draught,timestamp,latitude,longitude,speed,course,heading,created_at",
        {"t", "speed_kn", "course_deg", "heading_deg", "name", "imo", "ship_type", "draught_m"},
    ),
    "two columns for the time": (
        "MMSI,DATE,TIME (UTC),LATITUDE,LONGITUDE,SOG,COG",
        {"day", "clock", "speed_kn", "course_deg"},
    ),
}


@pytest.mark.parametrize("header", [header for header, _ in HEADERS.values()], ids=list(HEADERS))
def test_columns_of_the_public_formats_are_known(header: str) -> None:
    names = header.split(";" if ";" in header else ",")
    expected = next(held for text, held in HEADERS.values() if text == header)
    found = chosen_columns(names)
    assert {ours for ours in found if ours} == {"mmsi", "lon", "lat", *expected}
    left = tuple(name for name, ours in zip(names, found, strict=True) if ours is None)
    assert ColumnsRead("a.csv", (), left).unknown in ((), ("vessel_type",))


def test_of_two_times_the_one_that_is_no_second_is_read() -> None:
    assert chosen_columns(["timestamp", "timestampExternal"]) == (None, "t")


def test_number_of_a_ships_type_goes_before_its_words() -> None:
    assert chosen_columns(["vessel_type", "vessel_type_code"]) == (None, "ship_type")


def test_type_is_a_ships_where_the_publisher_is_one_who_says_so() -> None:
    assert chosen_columns(["mmsi", "type"]) == ("mmsi", None)
    assert chosen_columns(["mmsi", "type", "navstat"]) == ("mmsi", "ship_type", None)


def test_another_unit_makes_another_column() -> None:
    assert chosen_columns(["Speed (knots)", "Latitude [deg]"]) == ("speed_kn", "lat")
    assert chosen_columns(["Speed (km/h)", "Draught (ft)", "Time (local)"]) == (None, None, None)


def test_a_day_alone_is_the_time() -> None:
    assert chosen_columns(["Date"]) == ("t",)


def test_what_the_user_says_goes_before_what_is_known() -> None:
    assert chosen_columns(["timestamp", " Seen "], {"t": "seen"}) == (None, "t")


def test_of_two_columns_that_mean_the_same_one_is_read() -> None:
    assert chosen_columns(["name", "NAME"]) == ("name", None)
