"""The results as they are kept: rows with the versions and the seed that they came from, and what falls short."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from benchmarks.calibration.catalogue import BY_KEY
from benchmarks.calibration.scoring import DRAWS, Score
from benchmarks.calibration.trade import FITTED
from benchmarks.calibration.worlds import ROOT_SEED

HERE = Path(__file__).parent

#: The results that the documentation is made from.
KEPT = HERE / "results.json"

#: What coverage is asked of a measure's own worlds, and of harsher ones; what part of sure verdicts may be wrong.
OWN_COVERAGE = (0.87, 0.93)
HARSH_COVERAGE = 0.80
MOST_WRONG = 0.05


@dataclass(frozen=True)
class Results:
    """Rows of the table, and what they were made with.

    Args:
        made_with: versions, seed and draws; by row where only some rows were made anew since.
    """

    rows: tuple[Score, ...]
    made_with: Mapping[str, str | int]


def read(path: Path = KEPT) -> Results:
    """Results that were kept; none where there is no file."""
    if not path.exists():
        return Results((), {})
    held = json.loads(path.read_text(encoding="utf-8"))
    return Results(tuple(Score(**row) for row in held["rows"]), held["made_with"])


def write(scores: Iterable[Score], path: Path = KEPT) -> Results:
    """Keep rows in the order of the catalogue, in place of those of the same name; a row that is no more is dropped."""
    rows = {(r.measure, r.world): r for r in (*read(path).rows, *scores)}
    made_with: dict[str, str | int] = {name: version(name) for name in ("tumen", "numpy", "scipy", "duckdb")}
    made_with |= {"seed": ROOT_SEED, "draws": DRAWS}
    kept = Results(tuple(rows[key] for key in BY_KEY if key in rows), made_with)
    lines = ",\n  ".join(json.dumps(asdict(row)) for row in kept.rows)
    path.write_text(f'{{"made_with": {json.dumps(made_with)},\n "rows": [\n  {lines}\n ]}}\n', encoding="utf-8")
    return kept


def noise(worlds: int) -> float:
    """Standard error of a coverage of 90 per cent over so many worlds."""
    return float((0.9 * 0.1 / worlds) ** 0.5) if worlds else 1.0


def shortfalls(row: Score) -> tuple[str, ...]:
    """In which respects a row misses what is asked of it; that of chance, one standard error, is allowed for."""
    found = []
    if row.coverage is not None:
        low, high = (HARSH_COVERAGE, 1.0) if row.harsh else OWN_COVERAGE
        if row.coverage < low - noise(row.worlds) or row.coverage > high + noise(row.worlds):
            found.append("coverage")
    if row.wrong is not None and row.wrong > MOST_WRONG:
        found.append("sure verdicts")
    if row.brier is not None and row.base is not None and row.brier > row.base:
        found.append("Brier score")
    return tuple(found)


@cache
def whys() -> Mapping[str, Mapping[str, str]]:
    """Why rows fall short, by measure and world, in words of a person's."""
    found: Mapping[str, Mapping[str, str]] = tomllib.loads((HERE / "whys.toml").read_text(encoding="utf-8"))
    return found


def why(row: Score) -> str:
    """Why a row falls short; empty where it does not, or where nobody has said."""
    mine = whys().get(row.measure, {})
    general = "all fitted" if row.world.endswith(FITTED) else "all harsh" if row.harsh else ""
    return mine.get(row.world, mine.get(general, "")) if shortfalls(row) else ""


def unexplained(rows: Sequence[Score]) -> list[Score]:
    """Rows that fall short and of which nobody has said why."""
    return [row for row in rows if shortfalls(row) and not why(row)]
