"""Write the picture of every claim of the bundled case: `python -m tools.overview docs/overview.svg`."""

from __future__ import annotations

import sys
from pathlib import Path

from tumen.report.overview import overview_svg
from tumen.run import BUNDLED, evaluate


def main(path: Path) -> None:
    """Draw the bundled case's claims, with what changed since the edition before, into a file."""
    path.write_text(overview_svg(evaluate(BUNDLED, since=True)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
