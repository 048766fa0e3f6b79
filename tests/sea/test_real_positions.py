"""Files of real receivers give sensible answers. They are not part of the repository: TUMEN_DATA names their folder."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from pathlib import Path

import pytest

from tests.tables import TABLES
from tumen.ais.position_table import Reading
from tumen.ais.positions import read_positions
from tumen.engine.backends import open_engine
from tumen.engine.queries import Row
from tumen.prepare import load_case
from tumen.record.read import read_record
from tumen.run import BUNDLED
from tumen.sea.encounters.encounters import find_encounters
from tumen.sea.identity.identity import find_identity
from tumen.sea.sea_levers import EncounterLevers
from tumen.vessels.known import known_of
from tumen.vessels.ports import PortPlace, put_ports

FOLDER = os.environ.get("TUMEN_DATA", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="TUMEN_DATA names no folder with real files")


def read(name: str, folder: Path) -> tuple[Reading, Row]:
    """The counts of reading a real file, and a summary of what was written."""
    file = Path(FOLDER) / name
    if not file.exists():
        pytest.skip(f"TUMEN_DATA holds no {name}")
    out = folder / "out.parquet"
    reading = read_positions([file], out, open_engine, dt.datetime(2026, 1, 1))
    engine = open_engine()
    engine.scan("out", [out])
    (told,) = engine.rows(
        "select min(lon) as west, max(lon) as east, min(lat) as south, max(lat) as north, count(speed_kn) as speeds, "
        "count(receiver) as receivers, count(ship_type) as types, count(imo) as imos from out"
    )
    engine.close()
    return reading, told


def test_american_day(tmp_path: Path) -> None:
    reading, told = read("noaa_20220103_us.parquet", tmp_path)
    assert (reading.rows, reading.dropped_rows) == (99889, 107)
    assert told["types"] > 0.9 * reading.rows
    assert told["west"] < -150
    assert reading.first is not None
    assert reading.first.date() == dt.date(2022, 1, 3)


def test_north_sea_hour(tmp_path: Path) -> None:
    reading, told = read("northsea_20221101_aisanalyze.parquet", tmp_path)
    assert (reading.vessels, reading.dropped_rows + reading.rows) == (202, 49624)
    assert told["south"] > 50
    assert told["imos"] > 20000


def test_danish_sentences(tmp_path: Path) -> None:
    pytest.importorskip("pyais")
    reading, told = read("dma_sample_nmea.txt.gz", tmp_path)
    assert reading.rows > 24000
    assert told["receivers"] >= reading.rows - 2  # two clocks name no station
    assert (reading.first, reading.last) == (
        dt.datetime(2013, 11, 12, 12, 0, 0, 11000),
        dt.datetime(2013, 11, 12, 12, 4, 59, 979000),
    )
    assert 3 < told["west"] < told["east"] < 20
    assert 53 < told["south"] < told["north"] < 60


def test_few_ships_of_an_american_day_have_numbers_that_are_nobodys_and_none_has_a_listed_one(tmp_path: Path) -> None:
    """Those that are nobody's are of test units, bases and boats, such as 12345678 and 444444444; PATRIOT is a common
    name.
    """
    reading, _ = read("noaa_20220103_us.parquet", tmp_path)
    loaded, _ = load_case(BUNDLED, ())
    assert loaded is not None
    engine = open_engine()
    record, _ = read_record(BUNDLED, loaded.header.record, engine, TABLES)
    known = known_of(record, loaded.header.focal)
    engine.close()
    engine = open_engine()
    engine.scan("positions", [tmp_path / "out.parquet"])
    put_ports(engine, known.places())
    find_identity(engine, known=known.vessels)
    kinds = Counter(str(row["kind"]) for row in engine.rows("select kind from identity"))
    engine.close()
    assert reading.vessels > 10_000
    assert kinds["mid"] == 16
    assert kinds["imo-check"] < 0.01 * reading.vessels
    assert kinds["listed-imo"] == kinds["listed-mmsi"] == kinds["flag"] == 0
    assert 0 < kinds["listed-name"] < 30


def test_labelled_tracks(tmp_path: Path) -> None:
    for name, rows in (("dma_538004030_drift_1.parquet", 1485), ("dma_219165000_ssc_1.parquet", 33)):
        reading, told = read(name, tmp_path)
        assert (reading.vessels, reading.rows + reading.dropped_rows, told["imos"]) == (1, rows, reading.rows)


#: Three harbours on the coast that the hour shows, as the ships that lie in them place them.
HARBOURS = (
    PortPlace("Esbjerg", 8.42, 55.47),
    PortPlace("Hvide Sande", 8.12, 56.00),
    PortPlace("Thorsminde", 8.12, 56.37),
)


def encounters(file: Path, levers: EncounterLevers, ports: tuple[PortPlace, ...] = ()) -> list[Row]:
    engine = open_engine()
    engine.scan("positions", [file])
    put_ports(engine, ports)
    find_encounters(engine, levers)
    found = engine.rows("select * from encounters")
    engine.close()
    return found


def test_ships_in_harbour_are_no_encounters_once_the_harbours_are_given(tmp_path: Path) -> None:
    """An hour is too short for an encounter, so three quarters of one are asked for."""
    read("northsea_20221101_aisanalyze.parquet", tmp_path)
    levers = EncounterLevers(hours=0.75)
    every, away = (encounters(tmp_path / "out.parquet", levers, ports) for ports in ((), HARBOURS))
    assert len(every) > 500
    assert len(away) < 20
    assert all(r["mmsi_1"] < r["mmsi_2"] and r["min_distance_m"] <= 500 and r["median_speed_kn"] < 2 for r in every)
    assert encounters(tmp_path / "out.parquet", EncounterLevers(), HARBOURS) == []


@pytest.mark.parametrize(
    "name", ["dma_538004030_drift_1.parquet", "dma_219165000_ssc_1.parquet", "noaa_20220103_us.parquet"]
)
def test_one_ship_alone_and_ships_heard_seldom_meet_nobody(name: str, tmp_path: Path) -> None:
    read(name, tmp_path)
    assert encounters(tmp_path / "out.parquet", EncounterLevers()) == []
