"""What detectors find in files of real receivers is what plain loops over the same files find. TUMEN_DATA names their
folder.
"""

from __future__ import annotations

import datetime as dt
import math
import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from tests.sea.test_real_positions import HARBOURS
from tumen.ais.positions import read_positions
from tumen.engine.backends import open_engine
from tumen.engine.queries import Row
from tumen.sea.calls.port_calls import find_port_calls
from tumen.sea.detecting import DetectorInputs, SeaDetector, detected
from tumen.sea.gaps.gaps import gaps
from tumen.sea.identity.identity import identity
from tumen.sea.loitering.loitering import loitering
from tumen.sea.sea_levers import LoiteringLevers
from tumen.vessels.ports import PortPlace, put_ports

FOLDER = os.environ.get("TUMEN_DATA", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="TUMEN_DATA names no folder with real files")

NOW = dt.datetime(2026, 1, 1)
EARTH_M = 6371008.8
AMERICAN, NORTH_SEA, DRIFT = (
    "noaa_20220103_us.parquet",
    "northsea_20221101_aisanalyze.parquet",
    "dma_538004030_drift_1.parquet",
)


@dataclass(frozen=True)
class Heard:
    """A row of a file as it is; `t_s` since 1970."""

    mmsi: int
    t_s: float
    lon: float
    lat: float
    speed_kn: float | None
    imo: str | None


def file(name: str) -> Path:
    path = Path(FOLDER) / name
    if not path.exists():
        pytest.skip(f"TUMEN_DATA holds no {name}")
    return path


def tracks(name: str) -> Mapping[int, Sequence[Heard]]:
    """Rows of a file that are on the globe, by MMSI and time, each place and moment once."""
    rows = duckdb.connect().execute(
        f"select mmsi, epoch_us(t) / 1e6, lon, lat, sog, imo from '{file(name)}' "
        "where mmsi is not null and lon between -180 and 180 and lat between -90 and 90 and (lon <> 0 or lat <> 0)"
    )
    ships: dict[int, dict[tuple[float, float, float], Heard]] = defaultdict(dict)
    for row in rows.fetchall():
        heard = Heard(*row)
        ships[heard.mmsi][heard.t_s, heard.lon, heard.lat] = heard
    return {mmsi: [places[key] for key in sorted(places)] for mmsi, places in ships.items()}


def found(name: str, detector: SeaDetector) -> list[Row]:
    with detected(DetectorInputs((file(name),), "duckdb"), detector, NOW) as f:
        return f.engine.rows(f.detector.query)


def seconds(moment: dt.datetime) -> float:
    return moment.replace(tzinfo=dt.UTC).timestamp()


def metres(lon_1: float, lat_1: float, lon_2: float, lat_2: float) -> float:
    """Along a great circle, by the cosine of its angle in space."""
    points = [
        (
            math.cos(math.radians(b)) * math.cos(math.radians(a)),
            math.cos(math.radians(b)) * math.sin(math.radians(a)),
            math.sin(math.radians(b)),
        )
        for a, b in ((lon_1, lat_1), (lon_2, lat_2))
    ]
    return 2 * EARTH_M * math.asin(min(1.0, math.dist(*points) / 2))


def silences(hours: float) -> Iterator[tuple[Heard, Heard]]:
    """Two messages of one MMSI that follow each other in the American file, with so long between them."""
    for ship in tracks(AMERICAN).values():
        yield from ((one, two) for one, two in pairwise(ship) if two.t_s - one.t_s >= 3600 * hours)


def test_gaps_of_an_american_day_are_the_silences_that_a_ship_can_have_kept() -> None:
    rows = found(AMERICAN, gaps())
    told = {(row["mmsi"], seconds(row["start"]), seconds(row["end"])) for row in rows}
    kept = {
        (one.mmsi, one.t_s, two.t_s)
        for one, two in silences(12)
        if metres(one.lon, one.lat, two.lon, two.lat) <= 25 * 1852 * (two.t_s - one.t_s) / 3600
    }
    assert len(kept) > 100
    assert told == kept


def test_both_ends_of_each_gap_are_messages_of_the_file() -> None:
    heard = {(h.mmsi, h.t_s, h.lon, h.lat) for track in tracks(AMERICAN).values() for h in track}
    for row in found(AMERICAN, gaps()):
        assert (row["mmsi"], seconds(row["start"]), row["lon_1"], row["lat_1"]) in heard
        assert (row["mmsi"], seconds(row["end"]), row["lon_2"], row["lat_2"]) in heard


def test_reception_in_a_day_that_begins_with_the_file_cannot_be_judged() -> None:
    assert Counter(row["reception"] for row in found(AMERICAN, gaps())).keys() == {"untested"}


def wrong(imo: str) -> bool:
    digits = [int(digit) for digit in imo]
    return sum(digit * weight for digit, weight in zip(digits[:6], range(7, 1, -1), strict=True)) % 10 != digits[6]


@pytest.mark.parametrize(("name", "least"), [(AMERICAN, 30), (NORTH_SEA, 0)])
def test_wrong_check_digits_are_those_that_the_sum_says(name: str, least: int) -> None:
    said = Counter(
        (ship.mmsi, ship.imo.upper().removeprefix("IMO").strip())
        for track in tracks(name).values()
        for ship in track
        if ship.imo
    )
    expected = {
        (mmsi, int(imo))
        for (mmsi, imo), times in said.items()
        if times >= 2 and len(imo) == 7 and imo.isdigit() and imo[0] != "0" and wrong(imo)
    }
    rows = [row for row in found(name, identity()) if row["kind"] == "imo-check"]
    assert len(expected) >= least
    assert {(row["mmsi"], int(row["word"])) for row in rows} == expected


def stops(track: Sequence[Heard], port: PortPlace) -> bool:
    """A ship that does not send its speed has the one to its next message."""
    inside = False
    for heard, after in pairwise((*track, track[-1])):
        off_m = metres(heard.lon, heard.lat, port.lon, port.lat)
        inside = off_m <= 3000 or (inside and off_m <= 4000)
        speed_kn = heard.speed_kn
        if speed_kn is None and after is not heard:
            speed_kn = metres(heard.lon, heard.lat, after.lon, after.lat) / 1852 / (after.t_s - heard.t_s) * 3600
        if inside and speed_kn is not None and speed_kn < 0.2:
            return True
    return False


def test_calls_at_three_harbours_are_of_the_ships_that_stop_in_them(tmp_path: Path) -> None:
    """Who has come within 3 km, and is below 0.2 knots before it is beyond 4."""
    out = tmp_path / "out.parquet"
    read_positions([file(NORTH_SEA)], out, open_engine, NOW)
    engine = open_engine()
    engine.scan("positions", [out])
    put_ports(engine, HARBOURS)
    find_port_calls(engine)
    told = {(row["mmsi"], row["port"]) for row in engine.rows("select mmsi, port from port_calls")}
    engine.close()
    stopped = {
        (track[0].mmsi, port.name) for track in tracks(NORTH_SEA).values() for port in HARBOURS if stops(track, port)
    }
    assert len(stopped) > 30
    assert told == stopped


def test_drifting_ship_loiters_where_its_legs_of_ten_minutes_are_slow() -> None:
    (track,) = tracks(DRIFT).values()
    taken = list({heard.t_s // 600: heard for heard in reversed(track)}.values())[::-1]
    speeds = [
        (one, two, metres(one.lon, one.lat, two.lon, two.lat) / 1852 / (two.t_s - one.t_s) * 3600)
        for one, two in pairwise(taken)
    ]
    runs: list[tuple[float, float]] = []
    for one, two, speed_kn in speeds:
        if speed_kn < 3 and runs and runs[-1][1] == one.t_s:
            runs[-1] = (runs[-1][0], two.t_s)
        elif speed_kn < 3:
            runs.append((one.t_s, two.t_s))
    expected = [run for run in runs if run[1] - run[0] >= 1800]
    rows = found(DRIFT, loitering(LoiteringLevers(max_speed_kn=3, min_duration_h=0.5, min_shore_nm=0)))
    assert len(expected) >= 1
    assert [(seconds(row["start"]), seconds(row["end"])) for row in rows] == expected
    assert found(DRIFT, loitering()) == []
