"""One claim of the bundled case through the years: on what was known at the end of each, and on what is known now."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tumen.judge.verdict import Verdict
from tumen.report.plain_words import likelihood
from tumen.report.table import interval
from tumen.run import BUNDLED, evaluate

CLAIM = "workers-remain"
YEARS = range(2019, 2026)


def through_the_years() -> list[tuple[str, ...]]:
    """A row a year: the verdict, P and estimate at its end, as known then and as known now."""
    with undated() as known_now:
        return [(str(year), *_said(_verdict(BUNDLED, year)), *_said(_verdict(known_now, year))) for year in YEARS]


@contextmanager
def undated() -> Iterator[Path]:
    """The bundled case without dates of publication, so that all that is known now is known on any day."""
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case"
        shutil.copytree(BUNDLED, case)
        for path in (case / "record").glob("*.csv"):
            with path.open(encoding="utf-8", newline="") as stream:
                rows = list(csv.DictReader(stream))
            with path.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, list(rows[0]))
                writer.writeheader()
                writer.writerows({**row, **({"published": ""} if "published" in row else {})} for row in rows)
        yield case


def _verdict(case: Path, year: int) -> Verdict:
    (found,) = evaluate(case, only=CLAIM, as_of=dt.date(year, 12, 31)).verdicts
    return found


def _said(verdict: Verdict) -> tuple[str, str, str]:
    return verdict.outcome, likelihood(verdict.chance), interval(verdict)
