"""Print what the commands cost beside a bare interpreter's start and a plain scan of the same file."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import encounters_at_sea, foreign_positions, received_sentences
from benchmarks.process import Cost, cost

_STRETCH = "from tumen.record.identities import _cipher; _cipher('a passphrase', bytes(16))"
_IMPORT = "import cryptography.hazmat.primitives.kdf.scrypt, cryptography.hazmat.primitives.ciphers.aead"
_SCAN = (
    'import duckdb, sys; duckdb.sql(f"select sum(exports_usd), sum(imports_usd), max(source), max(partner) '
    "from '{sys.argv[1]}'\").fetchall()"
)


def main() -> None:
    """Measure each command and print a row for it."""
    python = sys.executable
    tumen = [python, "-m", "tumen"]
    with tempfile.TemporaryDirectory(prefix="tumen-bench-") as name:
        folder = Path(name)
        case = folder / "large"
        # In a process of its own: a child's peak memory counts its parent's at the fork.
        subprocess.run([python, "-m", "benchmarks.large_trade", str(case)], check=True)
        spoken = folder / "spoken"
        subprocess.run([python, "-m", "benchmarks.many_statements", str(spoken)], check=True)
        weigh = cost([python, "-m", "benchmarks.many_hypotheses"], Path.cwd())
        refits = cost([python, "-m", "benchmarks.coupling_refits"], Path.cwd())
        bare = cost([python, "-c", "pass"], folder)
        scan = cost([python, "-c", _SCAN, str(case / "record" / "trade.parquet")], folder)
        rows = [
            ("a bare interpreter's start", bare, None, None),
            ("tumen --help", cost([*tumen, "--help"], folder), 0.3, None),
            ("tumen run --format json, bundled case", cost([*tumen, "run", "--format", "json"], folder), 2.0, 300.0),
            ("1,000 items × 10 hypotheses × 4,000 draws", weigh, 2.0, 500.0),
            ("1,000 refits of M0 and M1, 120 months", refits, 10.0, None),
            ("a DuckDB scan of 10 million rows", scan, None, None),
            ("dependence.share over them", cost([*tumen, "run", str(case), "--format", "json"], folder), 3.0, 1000.0),
            (
                "stance.reticence over 100,000 statements",
                cost([*tumen, "run", str(spoken), "--format", "json"], folder),
                2.0,
                None,
            ),
        ]
        stretching = cost([python, "-c", _STRETCH], folder).cpu_s - cost([python, "-c", _IMPORT], folder).cpu_s
    print(f"{'':42} {'CPU s':>7} {'bound':>6} {'MB':>6} {'bound':>6} {'× start':>8} {'× scan':>7}")
    for label, found, cpu_bound, memory_bound in rows:
        print(_row(label, found, cpu_bound, memory_bound, bare, scan))
    subprocess.run([sys.executable, "-m", "benchmarks.event_counts"], check=True)
    encounters_at_sea.main()
    foreign_positions.main()
    received_sentences.main()
    print(f"\none guess at a passphrase: {stretching:.2f} s of key stretching (at least 0.10)")


def _row(label: str, found: Cost, cpu_bound: float | None, memory_bound: float | None, bare: Cost, scan: Cost) -> str:
    bounds = [f"{b:g}" if b else "" for b in (cpu_bound, memory_bound)]
    return (
        f"{label:42} {found.cpu_s:7.2f} {bounds[0]:>6} {found.peak_mb:6.0f} {bounds[1]:>6} "
        f"{found.cpu_s / bare.cpu_s:8.1f} {found.cpu_s / scan.cpu_s:7.2f}"
    )


main()
