"""Encounters on simulated seas: how much of the truth is found, and at what cost beside a scan and sort of the same
file.
"""

from __future__ import annotations

import csv
import datetime as dt
import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SEEDS = (1, 2, 3, 4)
DAYS = 5.0
RUNS = 5

#: An encounter lasts as long at least.
HOURS = 2.0

_SORT = "create table sorted as select * from read_parquet('{0}/*.parquet') order by mmsi, t"


@dataclass(frozen=True)
class Span:
    """A meeting of two ships, true or found."""

    ships: tuple[int, int]
    start: dt.datetime
    end: dt.datetime
    kind: str = ""
    heard_h: float = 0.0

    def shared_s(self, other: Span) -> float:
        """Seconds that both cover, of the same ships."""
        if self.ships != other.ships:
            return 0.0
        return max(0.0, (min(self.end, other.end) - max(self.start, other.start)).total_seconds())

    def overlap(self, other: Span) -> float:
        """Seconds that both cover, over seconds that either does."""
        return self.shared_s(other) / (max(self.end, other.end) - min(self.start, other.start)).total_seconds()


def cpu_s() -> float:
    """CPU seconds of this process so far, user and system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def detect(name: str, folder: Path, memory_mb: int | None = None) -> dict[str, float]:
    """Run a detector on one core, in this process; CPU seconds from the opening of the files to the file written."""
    import duckdb

    from tumen.evasion.detecting import Inputs, detected
    from tumen.evasion.known.ports import read_ports
    from tumen.report.findings import write_findings

    own = name.replace("-", "_")
    detector = getattr(importlib.import_module(f"tumen.evasion.{own}"), own)()
    duckdb.connect().close()
    before = cpu_s()
    inputs = Inputs(
        tuple(sorted(folder.glob("*.parquet"))), "duckdb", read_ports(folder / "simulated-ports.csv"), memory_mb
    )
    with detected(inputs, detector, dt.datetime(2030, 1, 1)) as found:
        number, _ = write_findings(found, folder / f"{name}.csv")
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
        "benchmarks.encounters_at_sea",
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


def spans(file: Path) -> list[Span]:
    """The meetings in a CSV file."""
    with file.open() as stream:
        return [
            Span(
                (int(r["mmsi_1"]), int(r["mmsi_2"])),
                dt.datetime.fromisoformat(r["start"]).replace(tzinfo=None),
                dt.datetime.fromisoformat(r["end"]).replace(tzinfo=None),
                f"{r.get('kind', '')}, {r.get('seen', '')}",
                float(r.get("heard_h", 0)),
            )
            for r in csv.DictReader(stream)
        ]


def best(span: Span, others: Iterable[Span]) -> Span | None:
    """Of others, the one that shares most with a span; None where none does."""
    nearest = max(others, key=span.shared_s, default=None)
    return nearest if nearest is not None and span.shared_s(nearest) > 0 else None


def quality(folders: Sequence[Path]) -> None:
    """Print what was found of the truth, each kind apart."""
    many: Counter[str] = Counter()
    found: dict[str, list[tuple[float, float]]] = {}
    right = claimed = shown = 0
    for folder in folders:
        truth, ours = spans(folder / "simulated-encounters.csv"), spans(folder / "encounters.csv")
        for true in truth:
            many[true.kind] += 1
            mine = best(true, ours)
            shown += true.kind.startswith("transfer") and true.heard_h >= HOURS
            if mine is not None:
                off_min = abs((mine.start - true.start).total_seconds()) / 60
                found.setdefault(true.kind, []).append((true.overlap(mine), off_min))
        claimed += len(ours)
        right += sum(1 for mine in ours if best(mine, (t for t in truth if t.kind.startswith("transfer"))) is not None)
    _print_quality(many, found, right, claimed, shown)


def _print_quality(
    many: Mapping[str, int], found: Mapping[str, Sequence[tuple[float, float]]], right: int, claimed: int, shown: int
) -> None:
    print(f"\n{'what truly happened':28} {'times':>6} {'found':>6} {'IoU':>7} {'start off, min':>15}")
    for kind in sorted(many):
        of_kind = found.get(kind, [])
        told = (
            f"{statistics.mean(i for i, _ in of_kind):7.4f} {statistics.median(s for _, s in of_kind):15.2f}"
            if of_kind
            else ""
        )
        print(f"{kind:28} {many[kind]:6} {len(of_kind):6} {told}")
    transfers = [pair for kind in found if kind.startswith("transfer") for pair in found[kind]]
    true = sum(number for kind, number in many.items() if kind.startswith("transfer"))
    print(
        f"of {true} transfers the messages of {shown} show {HOURS:g} hours; recall {len(transfers) / shown:.4f} "
        "of these (at least "
        f"0.99), {len(transfers) / true:.4f} of all; precision {right / claimed:.4f} (at least 0.99)"
    )
    print(
        f"mean IoU {statistics.mean(i for i, _ in transfers):.4f} (at least 0.99), "
        f"median error of the start {statistics.median(s for _, s in transfers):.2f} min (at most 0.5)"
    )


def main() -> None:
    """Measure on seas of about a million positions, and on one of twice as many."""
    from benchmarks import other_detectors_at_sea

    with tempfile.TemporaryDirectory(prefix="tumen-bench-") as name:
        seas = [made(Path(name) / str(seed), seed) for seed in SEEDS]
        costs = [apart("encounters", sea) for sea in seas]
        number, cost, sorting = rows(seas[0]), costs[0]["cpu_s"], apart("sort", seas[0])["cpu_s"]
        double = made(Path(name) / "double", SEEDS[0], days=2 * DAYS)
        doubled, many = apart("encounters", double)["cpu_s"], rows(double)
        print(
            f"\nencounters in {number:,} positions: {cost:.2f} CPU s on one core, {number / cost / 1e6:.2f} "
            "million a second (at least "
            f"1.50), {costs[0]['peak_mb']:.0f} MB, {cost / sorting:.1f} × a scan and sort"
        )
        print(f"{many / number:.2f} × as many positions: {doubled / cost:.2f} × the time (at most {many / number:.2f})")
        quality(seas)
        other_detectors_at_sea.measure(seas, double, sorting)


if __name__ == "__main__":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    what, folder, *memory = sys.argv[1:]
    print(
        json.dumps(
            sort(Path(folder)) if what == "sort" else detect(what, Path(folder), int(memory[0]) if memory else None)
        )
    )
