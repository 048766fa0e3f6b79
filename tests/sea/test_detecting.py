"""Detectors get checked positions whatever the files are, and say where their findings come from."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.sea.seas import every, put, voyage
from tumen.ais.position_table import DUPLICATE, MADE_BY, Reading
from tumen.ais.positions import read_positions
from tumen.engine.backends import open_engine
from tumen.engine.queries import Engine
from tumen.errors import ProblemsError
from tumen.sea.detecting import DetectorInputs, SeaDetector, detected
from tumen.vessels.ports import read_ports

NOW = dt.datetime(2025, 1, 1)
PORTS = "name,lon,lat\nAlpha,1,2\n"
CSV = "mmsi,t,lon,lat,receiver\n1,2024-01-01 00:00:00,2,3,{0}\n1,2024-01-01 00:00:00,2,3,{0}\n2,,2,3,{0}\n"


@dataclass(frozen=True)
class Levers:
    """Of a detector that finds every position."""

    least_mmsi: float = 0.0


def find(engine: Engine) -> None:
    """Every position is a finding; how many ports there are stands beside it."""
    engine.create("all of it", "select p.mmsi, p.lon, p.lat, (select count(*) from ports) as ports from positions as p")


EVERYTHING = SeaDetector(
    "all of it", ("position", "positions"), Levers(), find, ("mmsi", "lon", "lat", "ports"), ("mmsi",)
)


def found(
    *files: Path, ports: Path | None = None
) -> tuple[list[tuple[object, ...]], object, dict[str, str], object, list[str]]:
    """Rows, whether simulated, hashes, the reading and the notes' slugs."""
    given = (
        DetectorInputs(files, "duckdb", read_ports(ports), beside=(ports,))
        if ports
        else DetectorInputs(files, "duckdb")
    )
    with detected(given, EVERYTHING, NOW) as f:
        rows = [tuple(row.values()) for row in f.engine.rows(f.detector.query)]
        return rows, f.provenance.simulated, dict(f.provenance.inputs), f.reading, [n.slug for n in f.notes]


def csv_file(folder: Path, receiver: str = "", name: str = "day.csv") -> Path:
    (folder / name).write_text(CSV.format(receiver))
    return folder / name


def own_file(folder: Path, labels: dict[str, str], mmsi: int = 7) -> Path:
    engine = open_engine()
    put(engine, voyage(mmsi, 124, 38, 10, 90, every(10, 0, 1)))
    engine.write("select * from positions", folder / f"own-{mmsi}.parquet", labels)
    engine.close()
    return folder / f"own-{mmsi}.parquet"


def test_file_as_published_is_read_and_its_rows_counted(tmp_path: Path) -> None:
    file = csv_file(tmp_path)
    rows, simulated, hashes, reading, notes = found(file)
    assert rows == [(1, 2.0, 3.0, 0)]
    assert not simulated
    assert hashes == {file.name: hashlib.sha256(file.read_bytes()).hexdigest()}
    assert reading is not None
    assert notes == ["ports-none"]


def test_file_that_we_wrote_is_used_as_it_is(tmp_path: Path) -> None:
    rows, _, _, reading, _ = found(own_file(tmp_path, {"made by": MADE_BY[0]}))
    assert len(rows) == 7
    assert reading is None


def test_file_that_only_looks_like_ours_is_checked(tmp_path: Path) -> None:
    """Without the label, its rows may be anybody's."""
    rows, _, _, reading, _ = found(own_file(tmp_path, {}))
    assert len(rows) == 7
    assert reading is not None


def test_files_of_both_kinds_are_one_table(tmp_path: Path) -> None:
    rows, _, hashes, _, _ = found(own_file(tmp_path, {"made by": MADE_BY[0]}), csv_file(tmp_path))
    assert {row[0] for row in rows} == {1, 7}
    assert len(hashes) == 2


@pytest.mark.parametrize("simulated", [True, False])
def test_simulated_positions_say_so_through_every_step(tmp_path: Path, simulated: bool) -> None:
    file = csv_file(tmp_path, "simulated" if simulated else "a station")
    imported = tmp_path / "day.parquet"
    read_positions([file], imported, open_engine, NOW)
    assert found(imported)[1] is simulated
    assert found(file)[1] is simulated
    assert found(own_file(tmp_path, {"made by": MADE_BY[1], "simulated": str(simulated).lower()}))[1] is simulated


def test_one_simulated_file_makes_all_findings_simulated(tmp_path: Path) -> None:
    assert found(csv_file(tmp_path, "a station"), own_file(tmp_path, {"made by": MADE_BY[1], "simulated": "true"}))[1]


def test_ports_are_a_table_and_an_input(tmp_path: Path) -> None:
    ports = tmp_path / "ports.csv"
    ports.write_text(PORTS)
    rows, _, hashes, _, notes = found(csv_file(tmp_path), ports=ports)
    assert rows == [(1, 2.0, 3.0, 1)]
    assert ports.name in hashes
    assert notes == []


def test_nothing_to_look_at_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(ProblemsError, match=r"\[positions-none\]"):
        found(tmp_path / "empty.csv")


# -------------------------------------------------------------------------------- tidy files together


def imported(folder: Path, name: str, *days: int) -> Path:
    """A tidy table with one position of ship 1 a day."""
    (folder / f"{name}.csv").write_text(
        "mmsi,t,lon,lat\n" + "".join(f"1,2024-01-{d:02} 00:00:00,{d},3\n" for d in days)
    )
    read_positions([folder / f"{name}.csv"], folder / f"{name}.parquet", open_engine, NOW)
    return folder / f"{name}.parquet"


def test_position_in_two_tidy_files_counts_once(tmp_path: Path) -> None:
    rows, _, _, reading, _ = found(imported(tmp_path, "a", 1, 2, 3), imported(tmp_path, "b", 3, 4))
    assert [row[1] for row in rows] == [1, 2, 3, 4]
    assert isinstance(reading, Reading)
    assert reading.dropped == {"": {DUPLICATE: 1}}


def test_tidy_files_of_times_apart_are_used_as_they_are(tmp_path: Path) -> None:
    rows, _, _, reading, _ = found(imported(tmp_path, "b", 4, 5), imported(tmp_path, "a", 1, 2, 3))
    assert sorted(row[1] for row in rows if isinstance(row[1], float)) == [1, 2, 3, 4, 5]
    assert reading is None


def test_position_in_a_tidy_file_and_in_another_counts_once(tmp_path: Path) -> None:
    tidy = imported(tmp_path, "a", 1, 2, 3)
    assert len(found(tidy, tmp_path / "a.csv")[0]) == 3
