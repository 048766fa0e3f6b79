"""Positions in files that Tumen did not write: pandas and DuckDB make them, and reading them is timed with finding.

`python -m benchmarks.foreign_positions [POSITIONS [RUNS]]` prints it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.process import Cost, cost

if TYPE_CHECKING:
    import pandas as pd

POSITIONS = 1_000_000

#: Positions of one ship, and what lies between two of them on average, seconds.
OF_ONE_SHIP = 1_000
APART_S = 300

#: What is asked for: positions in a second of one core, and by what factor the same rows cost more when shuffled.
LEAST_PER_S = 1_500_000
MOST_SHUFFLED = 1.15

#: What is asked of the import of text: so many times what DuckDB needs to read, sort and write it.
MOST_CSV = 1.5

#: DuckDB's own reading, sorting and writing of a file of text.
_PLAIN = """
import duckdb, sys
duckdb.sql("set threads = 2")
duckdb.sql(f"copy (select * from read_csv('{sys.argv[1]}') order by MMSI, BaseDateTime, LON, LAT) "
           f"to '{sys.argv[2]}' (format parquet, compression zstd)")
"""


def heard(positions: int, seed: int = 1) -> pd.DataFrame:
    """Positions of invented ships in the columns of the United States' files, in the order of their times.

    Ships sail from one turn to the next between 20 and 60 degrees north; a tenth of them lie still.
    """
    import numpy as np
    import pandas as pd

    chance = np.random.default_rng(seed)
    ships = max(1, positions // OF_ONE_SHIP)
    each = (ships, OF_ONE_SHIP)
    seconds = np.cumsum(chance.exponential(APART_S, each), axis=1)
    knots = np.where(chance.random((ships, 1)) < 0.1, 0.0, chance.uniform(4, 16, (ships, 1)))
    turns = np.where(chance.random(each) < 0.02, chance.normal(0, 60, each), 0.0)
    course = (chance.uniform(0, 360, (ships, 1)) + np.cumsum(turns, axis=1)) % 360
    miles = knots * np.diff(seconds, prepend=0.0, axis=1) / 3600
    lat = np.clip(
        chance.uniform(25, 55, (ships, 1)) + np.cumsum(miles / 60 * np.cos(np.radians(course)), axis=1), -80, 80
    )
    east = miles / 60 * np.sin(np.radians(course)) / np.cos(np.radians(lat))
    lon = (chance.uniform(-180, 180, (ships, 1)) + np.cumsum(east, axis=1) + 180) % 360 - 180
    mmsi = 201_000_000 + np.arange(ships) * 97
    table = pd.DataFrame(
        {
            "MMSI": np.repeat(mmsi, OF_ONE_SHIP),
            "BaseDateTime": (pd.Timestamp("2024-03-10") + pd.to_timedelta(seconds.ravel().round(), unit="s")).astype(
                "datetime64[us]"
            ),
            "LAT": lat.ravel().round(5),
            "LON": lon.ravel().round(5),
            "SOG": np.abs(knots + chance.normal(0, 0.2, each)).ravel().round(1),
            "COG": course.ravel().round(1),
            "Heading": course.ravel().round(0) % 360,
            "VesselName": np.repeat([f"SHIP {n}" for n in range(ships)], OF_ONE_SHIP),
            "IMO": np.repeat([f"IMO{9_000_000 + n}" for n in range(ships)], OF_ONE_SHIP),
            "CallSign": np.repeat([f"CALL{n}" for n in range(ships)], OF_ONE_SHIP),
            "VesselType": np.repeat(chance.integers(70, 90, ships), OF_ONE_SHIP),
            "Status": 0,
            "Length": 180.0,
            "Width": 30.0,
            "Draft": 8.5,
            "Cargo": 70,
            "TransceiverClass": "A",
        }
    )
    return table.sort_values(["BaseDateTime", "MMSI"], kind="stable").reset_index(drop=True)


def as_parquet(table: pd.DataFrame, path: Path) -> None:
    """A table as Parquet, its rows in their order."""
    import duckdb

    with duckdb.connect() as connection:
        connection.register("heard", table)
        connection.execute(f"copy (select * from heard) to '{path}' (format parquet)")


def write_files(folder: str, positions: int) -> None:
    """Write the positions as Parquet in order and shuffled, and as text."""
    table = heard(positions)
    as_parquet(table, Path(folder) / "heard.parquet")
    as_parquet(table.sample(frac=1, random_state=2), Path(folder) / "shuffled.parquet")
    table.to_csv(Path(folder) / "heard.csv", index=False)


def _detect(file: Path, folder: Path, runs: int) -> Cost:
    """Encounters in a file, start and reading among it."""
    found = str(folder / "found.csv")
    command = [sys.executable, "-m", "tumen", "detect", "encounters", "--positions", str(file), "--out", found]
    return cost(command, folder, runs)


def main(positions: int = POSITIONS, runs: int = 3) -> None:
    """Measure encounters in typed Parquet, in order and shuffled, and the import of the same rows as text."""
    with tempfile.TemporaryDirectory(prefix="tumen-bench-") as name:
        folder = Path(name)
        made = f"from benchmarks.foreign_positions import write_files; write_files('{folder}', {positions})"
        subprocess.run([sys.executable, "-c", made], check=True)  # apart: a child's memory counts its parent's
        ordered, shuffled = (_detect(folder / f"{of}.parquet", folder, runs) for of in ("heard", "shuffled"))
        text, out = str(folder / "heard.csv"), str(folder / "out.parquet")
        read = cost([sys.executable, "-m", "tumen", "import", "ais", text, "--out", out], folder, runs)
        plain = cost([sys.executable, "-c", _PLAIN, text, out], folder, runs)
    rows = positions // OF_ONE_SHIP * OF_ONE_SHIP
    print(f"\n{rows:,} positions {'CPU s':>25} {'a second':>10} {'MB':>6}")
    for label, found in (("encounters, typed Parquet", ordered), ("the same, shuffled", shuffled)):
        print(f"{label:32} {found.cpu_s:7.2f} {rows / found.cpu_s:10,.0f} {found.peak_mb:6.0f}")
    print(
        f"at least {LEAST_PER_S:,} a second; shuffled {shuffled.cpu_s / ordered.cpu_s:.2f} × (at most {MOST_SHUFFLED})"
    )
    for label, found in (("import of CSV", read), ("DuckDB's read, sort and write", plain)):
        print(f"{label:32} {found.cpu_s:7.2f} {rows / found.cpu_s:10,.0f} {found.peak_mb:6.0f}")
    print(f"{read.cpu_s / plain.cpu_s:.2f} × (at most {MOST_CSV})")


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
