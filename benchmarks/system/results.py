"""The results as they are kept, and as the documentation shows them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

from benchmarks.system.ranking import DRAWS, ROOT_SEED, Row
from benchmarks.system.shuffling import DRAWS as SHUFFLE_DRAWS
from benchmarks.system.shuffling import Shuffle

#: The results that the documentation is made from, and the page.
KEPT = Path(__file__).parent / "results.json"
PAGE = Path(__file__).parents[2] / "docs" / "system-calibration.md"

#: What coverage is asked of the model's own worlds, and how uneven ranks may be.
COVERAGE = (0.87, 0.93)
EVEN = 0.001

_TABLE = re.compile(r"(?<=^<!-- table: system -->\n).*?(?=^<!-- end -->$)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Results:
    """Rows of both tables, and what they were made with."""

    rows: tuple[Row, ...]
    shuffles: tuple[Shuffle, ...]
    made_with: Mapping[str, str | int]


def read(path: Path = KEPT) -> Results:
    """Results that were kept."""
    held = json.loads(path.read_text(encoding="utf-8"))
    rows, shuffles = tuple(Row(**r) for r in held["rows"]), tuple(Shuffle(**s) for s in held["shuffles"])
    return Results(rows, shuffles, held["made_with"])


def write(rows: Sequence[Row], shuffles: Sequence[Shuffle], path: Path = KEPT) -> None:
    """Keep results, a row a line."""
    made_with: dict[str, str | int] = {name: version(name) for name in ("tumen", "numpy", "scipy")}
    made_with |= {"seed": ROOT_SEED, "draws": DRAWS, "draws where payoffs are shuffled": SHUFFLE_DRAWS}
    parts = [",\n  ".join(json.dumps(asdict(row)) for row in table) for table in (rows, shuffles)]
    text = f'"rows": [\n  {parts[0]}\n ],\n "shuffles": [\n  {parts[1]}\n ]'
    path.write_text(f'{{"made_with": {json.dumps(made_with)},\n {text}}}\n', encoding="utf-8")


def noise(worlds: int) -> float:
    """Standard error of a coverage of 90 per cent over so many worlds."""
    return float((0.9 * 0.1 / worlds) ** 0.5)


def falls_short(row: Row) -> bool:
    """Whether a row of the model's own worlds misses what is asked of it; one standard error is allowed for."""
    low, high = COVERAGE[0] - noise(row.worlds), COVERAGE[1] + noise(row.worlds)
    return not row.harsh and (not low <= row.coverage <= high or row.uniform < EVEN)


def tables(results: Results) -> str:
    """Both tables, and what they were made with."""
    parts = [_section(world, list(rows)) for world, rows in groupby(results.rows, lambda row: row.world)]
    made = "Made with " + ", ".join(f"{name} {value}" for name, value in results.made_with.items()) + "."
    return "\n\n".join([*parts, _shuffled(results.shuffles), made])


def _section(world: str, rows: Sequence[Row]) -> str:
    head = ["quantity", "worlds", "coverage", "P of ranks as uneven", "width, of that before"]
    lines = [_cells(row) for row in rows]
    return f"### {world[0].upper()}{world[1:]}\n\n{_table(head, lines)}"


def _cells(row: Row) -> list[str]:
    mark = "**" if falls_short(row) else ""
    uniform = "< 0.001" if row.uniform < 0.001 else f"{row.uniform:.3f}"
    narrowed = "–" if row.narrowed is None else f"{100 * row.narrowed:.0f}"
    return [row.quantity, str(row.worlds), f"{mark}{100 * row.coverage:.1f}{mark}", uniform, narrowed]


def _shuffled(shuffles: Sequence[Shuffle]) -> str:
    head = ["worlds made so", "periods", "worlds", "worse when shuffled", "the evidence's logarithm falls by (median)"]
    lines = [[s.world, str(s.periods), str(s.worlds), f"{100 * s.better:.1f}", f"{s.margin:.1f}"] for s in shuffles]
    return f"### Each actor's moves told of the next\n\n{_table(head, lines)}"


def _table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, ["---"] * len(head), *lines])


def write_page(results: Results) -> None:
    """Write the tables into the page."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(_TABLE.sub(lambda _: f"\n{tables(results)}\n\n", text), encoding="utf-8")
