"""Encounters on simulated seas: how much of the truth is found, and at what cost beside a scan and sort of the same
file.
"""

from __future__ import annotations

import csv
import datetime as dt
import statistics
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import other_detectors_at_sea
from benchmarks.seas import DAYS, SEEDS, apart, made, rows

#: An encounter lasts as long at least.
HOURS = 2.0


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
