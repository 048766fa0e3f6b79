"""What the HTML report costs beside the JSON run, on the bundled case and as the claims grow tenfold: ratios to a run
of the small example, for no two machines are alike.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.process import cost

ROOT = Path(__file__).parent.parent

#: How many times the claims of the small example are repeated.
TIMES = (1, 10, 100)


def repeated(folder: Path, times: int) -> Path:
    """The small example with its claims so many times, each with an id of its own."""
    shutil.copytree(ROOT / "examples" / "iran-russia-china", folder, ignore=shutil.ignore_patterns(".tumen"))
    claims = folder / "claims.toml"
    text = claims.read_text(encoding="utf-8")
    more = [re.sub(r'(?m)^id = "(.*)"$', rf'id = "\1-{n}"', text) for n in range(1, times)]
    claims.write_text("\n".join([text, *more]), encoding="utf-8")
    return folder


def main() -> None:
    """Measure and print a row each."""
    tumen = [sys.executable, "-m", "tumen", "run"]
    with tempfile.TemporaryDirectory(prefix="tumen-bench-") as name:
        folder = Path(name)
        small = repeated(folder / "small", 1)
        unit = cost([*tumen, str(small)], folder).cpu_s
        rows = [("bundled case", tumen)]
        rows += [(f"example, claims × {n}", [*tumen, str(repeated(folder / f"x{n}", n))]) for n in TIMES]
        print(f"{'CPU in runs of the small example':34} {'JSON':>6} {'HTML':>6} {'more':>6}")
        for label, command in rows:
            plain, page = (cost([*command, "--format", kind], folder).cpu_s / unit for kind in ("json", "html"))
            print(f"{label:34} {plain:6.2f} {page:6.2f} {page - plain:6.2f}")


if __name__ == "__main__":
    main()
