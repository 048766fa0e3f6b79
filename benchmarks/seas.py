"""Simulated seas, and what a detector or a plain sort costs on one, each in a process of its own."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

SEEDS = (1, 2, 3, 4)
DAYS = 5.0
RUNS = 5

#: Folders of detectors that are not called after them.
ROOMS = {"feasible-calls": "calls", "port-calls": "calls"}

_SORT = "create table sorted as select * from read_parquet('{0}/*.parquet') order by mmsi, t"


def cpu_s() -> float:
    """CPU seconds of this process so far, user and system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def detect(name: str, folder: Path, memory_mb: int | None = None) -> dict[str, float]:
    """Run a detector on one core, in this process; CPU seconds from the opening of the files to the file written."""
    import duckdb

    from tumen.detect.findings_writing import write_findings
    from tumen.sea.detecting import DetectorInputs, detected
    from tumen.vessels.ports import read_ports

    own = name.replace("-", "_")
    detector = getattr(importlib.import_module(f"tumen.sea.{ROOMS.get(name, own)}.{own}"), own)()
    duckdb.connect().close()
    before = cpu_s()
    inputs = DetectorInputs(
        tuple(sorted(folder.glob("*.parquet"))), "duckdb", read_ports(folder / "simulated-ports.csv"), memory_mb
    )
    with detected(inputs, detector, dt.datetime(2030, 1, 1)) as found:
        number, _ = write_findings(found, folder / f"{name}.csv", dt.datetime.now(dt.UTC).replace(tzinfo=None))
    return {
        "cpu_s": cpu_s() - before,
        "found": number,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def sort(folder: Path) -> dict[str, float]:
    """Scan the positions and sort them by ship and time, on one core, in this process."""
    import duckdb

    duckdb.connect().close()
    before = cpu_s()
    duckdb.connect(config={"threads": 1}).execute(_SORT.format(folder))
    return {"cpu_s": cpu_s() - before}


def apart(what: str, folder: Path, runs: int = RUNS, memory_mb: int | None = None) -> dict[str, float]:
    """The median of some runs, each in a process of its own on one core."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.seas",
        what,
        str(folder),
        *([str(memory_mb)] if memory_mb else []),
    ]
    told = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(runs)]
    return {name: statistics.median(one[name] for one in told) for name in told[0]}


def made(folder: Path, seed: int, days: float = DAYS, vessels: int = 300) -> Path:
    """A simulated sea, written."""
    command = [sys.executable, "-m", "tumen", "simulate", "ais", "--out", str(folder), "--seed", str(seed)]
    subprocess.run([*command, "--days", str(days), "--vessels", str(vessels)], check=True, stdout=subprocess.DEVNULL)
    return folder


def rows(folder: Path) -> int:
    """How many positions a sea has."""
    import duckdb

    ((number,),) = duckdb.connect().execute(f"select count(*) from read_parquet('{folder}/*.parquet')").fetchall()
    return int(number)


if __name__ == "__main__":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    what, folder, *memory = sys.argv[1:]
    print(
        json.dumps(
            sort(Path(folder)) if what == "sort" else detect(what, Path(folder), int(memory[0]) if memory else None)
        )
    )
