"""What the HTML report costs beside the JSON run, and how both grow with the claims: CPU in runs of the small example,
for no two machines are alike. Ten times the claims are to cost ten times as much at most. Claims that are repeated ask
for the same rows and pictures, which are made once: those of a case that differ cost more.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.process import cost

ROOT = Path(__file__).parent.parent

#: The cases whose claims are repeated.
CASES = {"example": ROOT / "examples" / "iran-russia-china", "bundled": ROOT / "src/tumen/cases/howell_2024"}

#: How many times.
TIMES = (1, 10)


def repeated(case: Path, folder: Path, times: int) -> int:
    """A copy of a case with its claims so many times, each with an id of its own; how many there are."""
    shutil.copytree(case, folder, ignore=shutil.ignore_patterns(".tumen"))
    file = folder / "claims.toml"
    text = file.read_text(encoding="utf-8")
    claims = [part for part in re.split(r"(?m)^(?=\[\[\w+\]\])", text) if part.startswith("[[claim]]")]
    more = [re.sub(r'(?m)^id = "(.*)"$', rf'id = "\1-{n}"', c, count=1) for n in range(1, times) for c in claims]
    file.write_text("\n".join([text, *more]), encoding="utf-8")
    return len(claims) * times


def main() -> None:
    """Measure and print a row each."""
    tumen = [sys.executable, "-m", "tumen", "run"]
    with tempfile.TemporaryDirectory(prefix="tumen-bench-") as name:
        folder, unit, first = Path(name), 0.0, 1.0
        print(
            f"{'CPU in runs of the small example':34} {'JSON':>7} {'HTML':>7} {'more':>7} {'× claims':>9} {'× HTML':>7}"
        )
        for label, case in CASES.items():
            for times in TIMES:
                number = repeated(case, folder / f"{label}-{times}", times)
                command = [*tumen, str(folder / f"{label}-{times}"), "--format"]
                found = [cost([*command, kind], folder, runs=1).cpu_s for kind in ("json", "html")]
                unit = unit or found[0]
                plain, page = (seconds / unit for seconds in found)
                first = page if times == 1 else first
                row = f"{plain:7.2f} {page:7.2f} {page - plain:7.2f} {times:9} {page / first:7.1f}"
                print(f"{f'{label} case, {number} claims':34} {row}", flush=True)


if __name__ == "__main__":
    main()
